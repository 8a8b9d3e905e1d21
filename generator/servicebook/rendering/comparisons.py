"""How promises were kept by customer, by supplier and by service: counts side by side, never a mean over targets."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from servicebook.model.agreement import AgreementType
from servicebook.rendering import links
from servicebook.rendering.book import Book, History, Standing, standing_of
from servicebook.texts import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A customer, supplier or service."""

    title: str
    address: str
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Things of one kind, by title."""

    id: str
    title: str
    lines: tuple[Line, ...]


def comparisons(book: Book) -> tuple[Comparison, ...]:
    """The newest finished figures of agreements that bind now; a kind with one thing alone has nothing to compare."""
    customers: dict[str, list[History]] = defaultdict(list)
    suppliers: dict[str, list[History]] = defaultdict(list)
    for agreement in book.catalogue.agreements.values():
        if not book.is_binding(agreement.id):
            continue
        histories = list(book.histories[agreement.id].values())
        if agreement.type is AgreementType.SLA:
            customers[agreement.customer.id] += histories
        elif agreement.type is AgreementType.UC:
            suppliers[agreement.provider.id] += histories
    services = {id_: [h for _, h in book.service_histories(id_)] for id_ in book.catalogue.services}
    found = (
        Comparison(id="by-customer", title=say("By customer"), lines=_lines(book, "parties", customers)),
        Comparison(id="by-supplier", title=say("By supplier"), lines=_lines(book, "parties", suppliers)),
        Comparison(id="by-service", title=say("By service"), lines=_lines(book, "services", services)),
    )
    return tuple(each for each in found if len(each.lines) > 1)


def _lines(book: Book, kind: str, groups: dict[str, list[History]]) -> tuple[Line, ...]:
    address = links.party if kind == "parties" else links.service
    listed = [
        Line(title=book.title(kind, id_), address=address(id_), standing=standing)
        for id_, histories in groups.items()
        if (standing := standing_of(histories)).counts
    ]
    return tuple(sorted(listed, key=lambda line: line.title.casefold()))
