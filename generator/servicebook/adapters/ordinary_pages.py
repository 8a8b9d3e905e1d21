"""The author's ordinary pages: MkDocs makes them, and nothing in them may run, load or break out of the theme's templates.

The theme prints titles, descriptions and other values of a front matter as they are, so all of them are escaped
before it sees them; what Markdown made of the prose passes an allow-list.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import nh3
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from servicebook.source import Position, Problem, Severity

_NAMES = (
    "a abbr article aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em "
    "figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd label li mark nav ol p picture pre q rp rt ruby s samp "
    "section small source span strong sub summary sup table tbody td tfoot th thead time tr u ul var video audio track wbr"
)
_TAGS = frozenset(_NAMES.split())
_EVERYWHERE = {"class", "id", "title", "lang", "dir", "role", "tabindex"}
_ATTRIBUTES = {
    "a": {"href", "rel", "target", "download", "name"},
    "abbr": set(),
    "audio": {"src", "controls", "loop", "preload"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height", "loading", "align"},
    "input": {"type", "checked", "disabled", "name"},
    "label": {"for"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "source": {"src", "type", "media"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "scope", "align"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "video": {"src", "controls", "loop", "width", "height", "poster", "preload", "muted"},
}
_WITH_CONTENT = {"script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "form"}
_SCHEMES = {"http", "https", "mailto", "tel"}
_LOADED = {"src", "poster"}
_OURS = re.compile(r"md-(?!button)|sb-|mermaid|__")
"""Classes and ids of the theme and of our own parts; `mermaid` makes the theme fetch a script from elsewhere."""
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")
_ICON = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)+")
_TAG = re.compile(r"<[^>]*>")


_LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]]*)\]\((?P<path>[^()\s#]+\.md)(?:#[^()\s]*)?\)")


def unlinked(markdown: str, page: str, hidden: frozenset[str]) -> str:
    """The page without links to files that this edition has no page of: their words stay."""
    if not hidden:
        return markdown

    def words(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(found["path"])))
        return found["words"] if target in hidden else found[0]

    return _LINK.sub(words, markdown)


class OrdinaryPage(Page):
    """A page of the author's, made by MkDocs from Markdown."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """As MkDocs does it; text that nests deeper than can be followed is shown as it was written."""
        try:
            super().render(config, files)
        except RecursionError:
            self.content = f"<pre>{escape(self.markdown or '')}</pre>"
            self.toc = TableOfContents([])
            self.present_anchor_ids = set()


def sanitised(html: str) -> str:
    """HTML reduced to the allow-list."""
    return nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags=set(_WITH_CONTENT),
        attributes={tag: _EVERYWHERE | _ATTRIBUTES.get(tag, set()) for tag in _TAGS},
        attribute_filter=_attribute,
        generic_attribute_prefixes={"aria-"},
        url_schemes=set(_SCHEMES),
        link_rel=None,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        kept = [word for word in value.split() if not _OURS.match(word)]
        return " ".join(kept) or None
    # Content tabs and footnotes of the theme's own extensions have ids with underscores in front.
    if name in ("id", "name", "for"):
        return value if value.startswith("__tabbed") or not _OURS.match(value) else None
    if (tag, name) == ("input", "type"):
        return value if value in ("checkbox", "radio") else "checkbox"
    if name in _LOADED:
        return _own(value)
    return value


def _own(address: str) -> str | None:
    """An address within the site; nothing that a browser would take for another host's."""
    plain = _IGNORED.sub("", address)
    try:
        parts = urlsplit(plain)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc or plain.startswith(("//", "\\", "/\\")) else plain


def safe_text(html: str) -> str:
    """A title, which MkDocs treats as HTML, as text that is escaped once."""
    return escape(unescape(_TAG.sub("", html)))


def tame_front_matter(page: Page, theme_folders: Iterable[str]) -> None:
    """Escape everything that the theme may print of a front matter, and leave out what would choose its templates."""
    meta: dict[str, Any] = {str(key): _escaped(value) for key, value in page.meta.items()}
    meta.pop("template", None)
    icon = meta.get("icon")
    if icon is not None and not (isinstance(icon, str) and _is_icon(icon, theme_folders)):
        del meta["icon"]
    hide = meta.get("hide")
    if hide is not None:
        meta["hide"] = [str(part) for part in hide] if isinstance(hide, list) else [str(hide)]
    for key in ("title", "description", "author", "status", "subtitle"):
        if key in meta:
            meta[key] = str(meta[key])
    if not isinstance(meta.get("search", {}), dict):
        del meta["search"]
    page.meta = meta


def _is_icon(name: str, theme_folders: Iterable[str]) -> bool:
    return _ICON.fullmatch(name) is not None and any(
        (Path(folder) / ".icons" / f"{name}.svg").is_file() for folder in theme_folders
    )


def tame_titles(page: Page) -> None:
    """Make the page's title and those of its headings safe wherever the theme prints them."""
    # The theme takes the tags from a title and reads its entities, unless the front matter has one.
    page.title = page.meta["title"] = safe_text(str(page.title or ""))
    _tame_contents(list(page.toc))


def _tame_contents(links: list[AnchorLink]) -> None:
    for link in links:
        link.title = safe_text(link.title)
        link.id = escape(unescape(link.id))
        _tame_contents(link.children)


def _escaped(value: Any) -> Any:
    """Every text in a value, escaped; numbers, dates and truth values stay."""
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, dict):
        return {escape(str(key)): _escaped(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_escaped(item) for item in value]
    return value


_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(?:.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)|---[ \t]*\n\w[^\n]*:.*?(?:\n[ \t]*\n|\Z)", re.DOTALL
)


def without_broken_front_matter(text: str, path: str) -> tuple[str, Problem | None]:
    """A front matter that couldn't be read is still in front of the text: take it out, and say so."""
    found = _FRONT_MATTER.match(text)
    if found is None:
        return text, None
    return text[found.end() :], Problem(
        position=Position(path),
        rule="prose/front-matter",
        message="the front matter can't be read, so none of it is used",
        hint="it is YAML between two lines with ---",
        severity=Severity.WARNING,
    )


def own_edit_url(address: str | None) -> str | None:
    """The address of the edit button, safe in an attribute: a file's name may hold anything."""
    return quote(address, safe=":/?#[]@!$&()*+,;=%~") if address is not None else None
