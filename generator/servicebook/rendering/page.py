"""What rendering hands to a site engine: pages, assets, redirects."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MOST_BYTES, _MOST_ELEMENTS = 170_000, 2_550
"""Of the content alone; pages have at most 200 kB and 3,000 elements."""
_ELEMENT = re.compile("<[a-z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """An entry of a page's table of contents."""

    title: str
    """Plain text."""
    id: str
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of the site."""

    url: str
    """From the site's root, ending in a slash: `services/email/`; the home page is the empty string."""
    title: str
    """Plain text."""
    html: str
    """The content inside the theme's article, from its `<h1>` on; safe as it is. Links to other pages are relative."""
    section: str
    """The tab: `services`, `agreements`, `scorecards` or `more`; empty for home."""
    description: str = ""
    """One plain sentence for search engines and link previews."""
    headings: tuple[Heading, ...] = ()
    edit_path: str | None = None
    """The author's file, relative to the catalogue's root; None where no single file stands behind the page."""
    aliases: tuple[str, ...] = ()
    """Old addresses, in the form of `url`, that lead here."""
    in_search: bool = True
    other_names: tuple[str, ...] = ()
    """Words by which people look for it; they stand on the page too."""
    running: str = ""
    """The line at the foot of each sheet when the page is printed: its name, its version, its day. Plain text."""
    links: tuple[tuple[str, str, str], ...] = ()
    """`<link>` elements for the head: rel, type, href relative to the site's root."""

    @property
    def is_light(self) -> bool:
        """Whether it opens at once on a slow line and a small device, with the theme's own weight around it."""
        return len(self.html.encode()) <= _MOST_BYTES and len(_ELEMENT.findall(self.html)) <= _MOST_ELEMENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file of the site that is no page."""

    url: str
    """From the site's root: `api/v1/results.json`."""
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Everything that the generator adds to the author's own pages."""

    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    hidden: frozenset[str] = frozenset()
    """The author's files that have no page in this edition, relative to the folder of documents."""
