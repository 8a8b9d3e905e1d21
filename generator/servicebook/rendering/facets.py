"""What rows of a list can be chosen by: ids with their titles, for a script that filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from servicebook.model.agreement import Agreement
from servicebook.model.result import Verdict
from servicebook.model.service import Service
from servicebook.rendering.book import Book
from servicebook.texts import say

Choice = list[str]
"""An id and its title."""
Facets = dict[str, list[Choice] | bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list is filtered by."""

    choices: tuple[tuple[str, str, tuple[Choice, ...]], ...]
    """Name, label and options of each; one with a single option is no choice."""
    words: bool = False
    months: bool = False
    breaches: bool = False


def of_service(book: Book, service: Service, state: Verdict | None, users: tuple[str, ...]) -> Facets:
    """Category, stage, customers and how its promises were kept; a service for everybody is each customer's."""
    customers = users or tuple(sorted(book.customers))
    return {
        "category": [[service.category, service.category]] if service.category else [],
        "stage": [[service.stage.value, say(service.stage.value)]],
        "customer": [[id_, book.title("parties", id_)] for id_ in customers],
        "state": [[state.value, say(state.value)]] if state is not None else [],
    }


def of_agreement(book: Book, agreement: Agreement, kind: str) -> Facets:
    """Type, both parties, services and state."""
    state = book.status(agreement.id).state.value
    return {
        "type": [[agreement.type.value, kind]],
        "state": [[state, say(state)]],
        "customer": [[agreement.customer.id, book.title("parties", agreement.customer.id)]],
        "provider": [[agreement.provider.id, book.title("parties", agreement.provider.id)]],
        "service": [[each.id, book.title("services", each.id)] for each in agreement.services],
    }


def filters(
    rows: Iterable[Facets],
    wanted: Sequence[tuple[str, str]],
    *,
    words: bool = False,
    months: bool = False,
    breaches: bool = False,
) -> Filters:
    """The choices that some rows offer: for each name and label the options that occur, by title."""
    listed = list(rows)
    return Filters(
        choices=tuple((name, label, _options(listed, name)) for name, label in wanted),
        words=words,
        months=months,
        breaches=breaches,
    )


def _options(rows: Sequence[Facets], name: str) -> tuple[Choice, ...]:
    found: dict[str, str] = {}
    for row in rows:
        choices = row.get(name)
        if isinstance(choices, list):
            found.update((value, title) for value, title in choices)
    return tuple([value, title] for value, title in sorted(found.items(), key=lambda item: item[1].casefold()))
