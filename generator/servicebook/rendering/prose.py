"""The authors' prose: Markdown, then an allow-list.

Nothing that could run, load or dress itself up as the site's own parts survives: no scripts, styles, forms or frames,
no address but the web, mail and telephone, no picture from another host, no class but those of admonitions. Ids get a
prefix so that they never meet ours, headings are moved below the heading that the prose stands under, and links to
other Markdown files become links to their pages.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from servicebook.rendering import links
from servicebook.rendering.page import Heading

PREFIX = "text-"
"""Stands before every id of an author."""

_TAGS = frozenset(
    "a abbr b blockquote br cite code dd del details dfn div dl dt em hr i img ins kbd li mark ol p pre q s samp small "
    "span strong sub summary sup table tbody td tfoot th thead tr u ul var".split()
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "scope", "align"},
    "details": {"open"},
}
_ADMONITIONS = frozenset(
    "admonition admonition-title note abstract info tip success question warning failure danger bug example quote".split()
)
_REMOVED_WITH_CONTENT = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "math"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_IGNORED_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")
"""What browsers drop from an address before they read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Prose that is safe as it is, and its headings."""

    html: Markup
    headings: tuple[Heading, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.html)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a piece of prose was written, and where it is shown."""

    here: str = ""
    """Address of the page that shows it."""
    file: str = ""
    """The author's file, relative to the folder of documents: `services/email.md`."""
    pages: Mapping[str, str] = field(default_factory=dict)
    """Address of each file that has a generated page."""
    hidden: frozenset[str] = frozenset()
    """Files that have no page here: their links become plain words."""


def render_prose(text: str, place: Place, *, top: int = 3) -> Prose:
    """An author's Markdown as safe HTML, its highest heading at level `top`.

    Text that nests deeper than can be followed is shown as it was written.
    """
    if not text.strip():
        return Prose(html=Markup(""))
    converter, headings = _converter(top)
    headings.found.clear()
    try:
        html = converter.reset().convert(text)
    except RecursionError:
        return Prose(html=Markup("<pre>{}</pre>").format(text))
    return Prose(html=Markup(sanitise(html, place, top=top)), headings=tuple(headings.found))  # noqa: S704 - sanitised


def sanitise(html: str, place: Place | None = None, *, top: int = 2) -> str:
    """HTML reduced to the allow-list; what it returns passes unchanged."""
    where = place or Place()

    def attribute(tag: str, name: str, value: str) -> str | None:
        if name == "id":
            return value if value.startswith(PREFIX) else PREFIX + value
        if (tag, name) == ("a", "href"):
            return _link(value, where)
        if (tag, name) == ("img", "src"):
            return _picture(value, where)
        return value

    headings = set(_HEADINGS[top - 1 :])
    tags = _TAGS | headings
    cleaned: str = nh3.clean(
        html,
        tags=set(tags),
        clean_content_tags=set(_REMOVED_WITH_CONTENT),
        attributes={**_ATTRIBUTES, **{tag: {"id"} for tag in headings}, "li": {"id"}, "p": set(), "div": set()},
        attribute_filter=attribute,
        allowed_classes={"div": set(_ADMONITIONS), "p": set(_ADMONITIONS)},
        url_schemes=set(links.SAFE_SCHEMES),
    )
    # A carriage return that was written as a reference would read as a line feed the next time.
    return cleaned.replace("\r", "\n")


def _link(value: str, place: Place) -> str | None:
    plain = _IGNORED_IN_ADDRESSES.sub("", value)
    if plain.startswith("#"):
        return plain if plain == "#" or plain.startswith(f"#{PREFIX}") else f"#{PREFIX}{plain[1:]}"
    try:
        parts = urlsplit(plain)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or plain.startswith(("/", "\\")):
        return plain if links.is_safe(plain) else None
    path = unquote(parts.path)
    if not place.file or not path.endswith(".md"):
        return _beside(plain, path, place)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(place.file), path))
    if target.startswith("..") or target in place.hidden:
        return None
    address = links.relative(place.here, place.pages.get(target) or links.page_of_file(target))
    if not parts.fragment or "#" in address:
        return address
    # Only generated pages prefix their prose's ids.
    prefix = PREFIX if target in place.pages and not parts.fragment.startswith(PREFIX) else ""
    return f"{address}#{prefix}{parts.fragment}"


def _picture(value: str, place: Place) -> str | None:
    """A picture beside the author's file; none from another host, and no address that a browser could take for one."""
    plain = _IGNORED_IN_ADDRESSES.sub("", value)
    try:
        parts = urlsplit(plain)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or plain.startswith(("/", "\\")):
        return None
    return _beside(plain, unquote(parts.path), place)


def _beside(written: str, path: str, place: Place) -> str | None:
    """The address of a file beside the author's, seen from the page that shows the prose."""
    if not place.file or not path:
        return written
    target = posixpath.normpath(posixpath.join(posixpath.dirname(place.file), path))
    if target.startswith(".."):
        return None
    tail = written[written.index("?") :] if "?" in written else written[len(written.partition("#")[0]) :]
    return links.relative(place.here, target + ("/" if path.endswith("/") else "")) + tail


class _Headings(Treeprocessor):
    """Moves headings below the one that they stand under, without a gap in their levels, and names them."""

    def __init__(self, md: Markdown, top: int) -> None:
        super().__init__(md)
        self.top = top
        self.found: list[Heading] = []

    def run(self, root: Element) -> None:
        """Change the headings of a document in place."""
        found = [element for element in root.iter() if element.tag in _HEADINGS]
        if not found:
            return
        highest = min(int(element.tag[1]) for element in found)
        before = self.top - 1
        taken: set[str] = set()
        for element in found:
            level = min(int(element.tag[1]) - highest + self.top, before + 1, 6)
            element.tag, before = f"h{level}", level
            title = _plain("".join(element.itertext()))
            element.set("id", _unique(title, taken))
            self.found.append(Heading(title=title, id=element.get("id", ""), level=level))


def _plain(text: str) -> str:
    """The words of a heading; what the converter put aside (code, raw markup) is left out."""
    return " ".join(re.sub("\x02[^\x03]*\x03", "", text).split())


def _unique(title: str, taken: set[str]) -> str:
    slug = PREFIX + (re.sub(r"[^\w]+", "-", title.lower()).strip("-") or "section")
    name, number = slug, 1
    while name in taken:
        number += 1
        name = f"{slug}-{number}"
    taken.add(name)
    return name


class _HeadingsExtension(Extension):
    """Registers the treatment of headings with the converter."""

    def __init__(self, top: int) -> None:
        super().__init__()
        self.top = top
        self.processor: _Headings | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the converter's own name
        """Called by the converter."""
        self.processor = _Headings(md, self.top)
        md.treeprocessors.register(self.processor, "servicebook-headings", 5)


@lru_cache(maxsize=8)
def _converter(top: int) -> tuple[Markdown, _Headings]:
    extension = _HeadingsExtension(top)
    converter = Markdown(
        extensions=["tables", "fenced_code", "admonition", "sane_lists", "def_list", "abbr", extension],
        extension_configs={"tables": {"use_align_attribute": True}},
        output_format="html",
    )
    if extension.processor is None:
        raise AssertionError("the converter registers its extensions when it is made")
    return converter, extension.processor


def plain_text(text: str) -> str:
    """A summary for a page's description: one line, without markup."""
    return " ".join(escape(text, quote=False).split())
