"""No inline scripts and styles: a site may then be served under the strictest content security policy.

The theme writes small scripts and styles into its pages. They are moved to files of their own, named by their content,
so that neither hashes nor `unsafe-inline` are needed. Only the theme's part of a page is treated: prose never comes
here, since text in an attribute could look like an element.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "worker-src 'self'; connect-src 'self'"
)
"""What pages may load: their own site, and the theme's icons, which are data in its style sheet."""

_CHARSET = '<meta charset="utf-8">'
_INLINE = re.compile(r"<(?P<tag>script|style)(?P<attributes>(?:\s[^>]*)?)>(?P<text>.*?)</(?P=tag)\s*>", re.DOTALL)
_TYPE = re.compile(r"""\btype\s*=\s*["']?(?P<type>[^"'\s>]+)""")
_SCRIPT_TYPES = ("text/javascript", "application/javascript", "module")


@dataclass(slots=True)
class Aside:
    """The files that inline scripts and styles were moved to, by their path in the site."""

    files: dict[str, str] = field(default_factory=dict)

    def take_out(self, html: str, base: str) -> str:
        """The same page with links to files in place of inline scripts and styles; `base` leads to the site's root."""

        def link(found: re.Match[str]) -> str:
            attributes, text = found["attributes"], found["text"].strip()
            if re.search(r"\bsrc\s*=", attributes) or not text:
                return found[0]
            if found["tag"] == "style":
                return f'<link rel="stylesheet" href="{base}/{self._keep(text, "stylesheets", "css")}">'
            kind = _TYPE.search(attributes)
            if kind is not None and kind["type"] not in _SCRIPT_TYPES:
                return found[0]
            return f'<script{attributes} src="{base}/{self._keep(text, "javascripts", "js")}"></script>'

        return _INLINE.sub(link, html)

    def _keep(self, text: str, folder: str, suffix: str) -> str:
        path = f"assets/{folder}/inline.{sha256(text.encode()).hexdigest()[:12]}.{suffix}"
        self.files[path] = text
        return path


def with_policy(html: str) -> str:
    """The page with its policy as the first thing that it says."""
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    return html.replace(_CHARSET, _CHARSET + policy, 1)
