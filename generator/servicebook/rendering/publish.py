"""From the gathered site to its pages and files."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from servicebook import texts
from servicebook.rendering import (
    agreements,
    api,
    atom,
    badges,
    breaches,
    calendars,
    data,
    due,
    feeds,
    home,
    links,
    llms,
    metering,
    method,
    needs_matrix,
    parties,
    plans,
    portfolio,
    reports,
    scorecards,
    services,
    support,
)
from servicebook.rendering.book import Book
from servicebook.rendering.page import Asset, Output, Page
from servicebook.rendering.site import Site


def render(site: Site) -> Output:
    """All generated pages and assets; the same site gives the same bytes.

    Pages expect `assets/servicebook.css` to be linked from every page and `assets/servicebook.js` to be loaded as a
    module where scripts are wanted; both are among the assets. They stand in an element of class `md-typeset`.
    """
    with texts.speaking(site.language):
        book = Book(site)
        return Output(
            pages=tuple(_pages(book)),
            hidden=site.hidden,
            assets=(
                *_assets(),
                *(asset for family in (feeds, reports, api, atom, badges, llms) for asset in family.assets(book)),
            ),
        )


def _pages(book: Book) -> Iterator[Page]:
    yield home.page(book)
    for family in (
        services,
        agreements,
        support,
        scorecards,
        parties,
        calendars,
        needs_matrix,
        plans,
        portfolio,
        breaches,
        metering,
        data,
    ):
        yield from family.pages(book)
    yield due.page(book)
    yield method.page(book)


def _assets() -> Iterator[Asset]:
    folder = files("servicebook.rendering") / "assets"
    for url in (links.STYLE, links.SCRIPT):
        yield Asset(url=url, content=(folder / url.rpartition("/")[2]).read_bytes())
