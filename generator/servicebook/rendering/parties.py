"""The pages of parties: who provides, who uses, who supplies."""

from __future__ import annotations

from collections.abc import Iterator

from servicebook.model.party import Party, PartyType
from servicebook.rendering import links
from servicebook.rendering.book import Book
from servicebook.rendering.page import Heading, Page
from servicebook.rendering.templating import make

_HEADINGS = {PartyType.CUSTOMER: "Customers", PartyType.PROVIDER: "Our units", PartyType.SUPPLIER: "Suppliers"}


def pages(book: Book) -> Iterator[Page]:
    """The index, then a page for each party."""
    yield _index(book)
    yield from (_page(book, party) for party in book.catalogue.parties.values())


def _index(book: Book) -> Page:
    groups = [
        (kind, sorted((p for p in book.catalogue.parties.values() if p.type is kind), key=lambda p: p.title.casefold()))
        for kind in PartyType
    ]
    groups = [(kind, listed) for kind, listed in groups if listed]
    return make(
        book,
        "parties.html",
        url=links.PARTIES,
        title="Parties",
        section="more",
        description="Customers, our units and suppliers.",
        headings=tuple(Heading(title=_HEADINGS[kind], id=kind.value) for kind, _ in groups),
        values={"groups": groups, "headings": _HEADINGS},
    )


def _page(book: Book, party: Party) -> Page:
    here = links.party(party.id)
    catalogue = book.catalogue
    agreements = [
        ("provides", "Agreements as provider", [a for a in catalogue.agreements.values() if a.provider.id == party.id]),
        ("receives", "Agreements as customer", [a for a in catalogue.agreements.values() if a.customer.id == party.id]),
    ]
    services = [
        (
            "owns",
            "Responsible for",
            [s for s in catalogue.services.values() if s.owner is not None and s.owner.id == party.id],
        ),
        ("uses", "Uses", [s for s in catalogue.services.values() if any(u.id == party.id for u in s.users)]),
    ]
    return make(
        book,
        "party.html",
        url=here,
        title=party.title,
        section="more",
        description=party.summary,
        edit_path=party.path or None,
        aliases=tuple(links.party(alias) for alias in party.aliases),
        values={
            "party": party,
            "agreements": [entry for entry in agreements if entry[2]],
            "services": [entry for entry in services if entry[2]],
            "needs": [n for n in catalogue.needs.values() if n.customer.id == party.id],
            "prose": book.prose(party.body, party.path, here, top=2),
        },
    )
