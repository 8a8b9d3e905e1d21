"""`llms.txt`: what the site holds, for language models (llmstxt.org); nothing that a page doesn't show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from servicebook.rendering import atom, links
from servicebook.rendering.book import Book
from servicebook.rendering.page import Asset
from servicebook.texts import say

ADDRESS = "llms.txt"


def assets(book: Book) -> Iterator[Asset]:
    """The file."""
    yield Asset(url=ADDRESS, content=text(book).encode())


def text(book: Book) -> str:
    """A title, a summary and lists of links."""
    services = (
        (service.title, links.service(service.id), service.summary) for service in book.catalogue.services.values()
    )
    agreements = [
        (a.title, links.agreement(a.id), say(book.status(a.id).state.value)) for a in book.catalogue.agreements.values()
    ]
    scorecards = (
        (title, links.scorecard(id_), "")
        for (title, _, _), id_ in zip(agreements, book.catalogue.agreements, strict=True)
    )
    counted = book.site.metered
    more = (
        (say("How figures are worked out"), links.METHOD, ""),
        (say("Every figure"), "api/v1/results.json", "JSON"),
        (say("Every agreement"), "api/v1/agreements.json", "JSON"),
        *(
            [(say("Services in numbers, by month"), "api/v1/metering.json", "JSON")]
            if counted.costs or counted.uses or counted.satisfactions
            else []
        ),
        (say("Results and changes"), atom.ADDRESS, "Atom"),
    )
    parts = (
        (say("Services"), services),
        (say("Agreements"), agreements),
        (say("Scorecards"), scorecards),
        (say("For programs"), more),
    )
    summary = say("What is offered, what was promised to whom, and whether it was kept.")
    return f"# {book.site.name}\n\n> {summary}\n" + "".join(_part(book, title, items) for title, items in parts)


def _part(book: Book, title: str, items: Iterable[tuple[str, str, str]]) -> str:
    base = book.site.address.rstrip("/")
    lines = [
        f"- [{name}]({f'{base}/{address}' if base else address}){f': {note}' if note else ''}"
        for name, address, note in items
    ]
    return "\n## " + title + "\n\n" + "\n".join(lines) + "\n" if lines else ""
