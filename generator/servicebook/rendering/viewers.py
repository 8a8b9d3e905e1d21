"""Whose levels a reader sees first: those of a customer, or of one of its sites.

A reader says on the home page where they belong. Pages carry what holds for each choice where it is another thing than
what they show to everybody, so that a script can put the reader's own first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from servicebook.model.agreement import Agreement, Basis
from servicebook.model.party import Party, PartyType
from servicebook.model.result import Verdict
from servicebook.rendering import icons
from servicebook.rendering.book import Book, speaks_of, standing_of


def customers(book: Book) -> list[Party]:
    """The customers that a reader can belong to; one that stands for everybody is no choice unless it has sites."""
    return [
        party
        for party in book.catalogue.parties.values()
        if party.type is PartyType.CUSTOMER and (party.sites or party.id not in book.everybody)
    ]


def choice(customer: str, site: str = "") -> str:
    """A reader's choice as pages and scripts name it: `passenger-services`, `passenger-services/callan`."""
    return f"{customer}/{site}" if site else customer


def holds_for(agreement: Agreement, customer: str) -> bool:
    """Whether an agreement is a customer's own, or for everybody."""
    return agreement.customer.id == customer or agreement.basis is Basis.CORPORATE


def closest(agreements: Iterable[Agreement], service: str, site: str) -> Agreement | None:
    """The agreement about a service that is closest to a site: one that names it before one for the whole customer or everybody."""
    covering = [a for a in agreements if any(r.id == service for r in a.services)]
    named = [a for a in covering if any(each.id == site for each in a.sites)]
    general = sorted((a for a in covering if not a.sites), key=lambda a: a.basis is Basis.CORPORATE)
    return next(iter(named or general), None)


def states(book: Book, service: str, shown: Verdict | None) -> dict[str, str]:
    """For each choice the state of a service's promises, as far as it is another one than what is shown without it.

    A customer's is that of all its own agreements about the service, those for everybody where it has none; a site's
    that of the agreement closest to it. What isn't there is as for the whole customer, or for everybody. A state is
    named as its badge's class is: `at-risk`.
    """
    found: dict[str, str] = {}
    bound = [a for a in book.agreements_of.get(service, ()) if book.is_binding(a.id)]
    for customer in customers(book):
        theirs = [a for a in bound if holds_for(a, customer.id)]
        own = [a for a in theirs if a.customer.id == customer.id] or theirs
        state = _said(book, own, service) or shown
        if state is not None and state is not shown:
            found[choice(customer.id)] = icons.key_of(state)
        for name, at_site in _of_sites(book, theirs, service, customer):
            if at_site is not None and at_site is not state:
                found[choice(customer.id, name)] = icons.key_of(at_site)
    return found


def _of_sites(
    book: Book, agreements: Sequence[Agreement], service: str, customer: Party
) -> Iterator[tuple[str, Verdict | None]]:
    for site in customer.sites:
        agreement = closest(agreements, service, site.id)
        yield site.id, _said(book, [agreement], service) if agreement is not None else None


def _said(book: Book, agreements: Iterable[Agreement], service: str) -> Verdict | None:
    histories = (h for a in agreements for h in book.histories[a.id].values() if speaks_of(h.entry, service))
    return standing_of(histories).said
