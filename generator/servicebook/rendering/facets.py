"""What rows of a list can be chosen by: ids with their titles, for a script that filters."""

from __future__ import annotations

from servicebook.model.agreement import Agreement
from servicebook.model.result import Verdict
from servicebook.model.service import Service
from servicebook.rendering.book import Book
from servicebook.texts import say

Choice = list[str]
"""An id and its title."""
Facets = dict[str, list[Choice] | bool]


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
