"""The pages of parties: customers with their levels by site, our units, suppliers; each with what it has, gets and owes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from servicebook.insight.due import DueItem
from servicebook.insight.needs import Answered
from servicebook.model.agreement import Agreement, AgreementType, Basis
from servicebook.model.party import Party, PartyType
from servicebook.model.result import Result
from servicebook.rendering import dates, duties, links, metering, scorecards, viewers
from servicebook.rendering.book import Book, Standing, speaks_of, standing_of
from servicebook.rendering.page import Heading, Page
from servicebook.rendering.promises import counted_words
from servicebook.rendering.templating import make
from servicebook.rendering.wording import percent
from servicebook.texts import marked, say, say_many

_HEADINGS = {
    PartyType.CUSTOMER: marked("Customers"),
    PartyType.PROVIDER: marked("Our units"),
    PartyType.SUPPLIER: marked("Suppliers"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What one service has at one site."""

    agreement: str
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A share of the charge that is owed for the newest finished period of a target."""

    result: Result
    target: str
    share: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Something that falls due, or is overdue."""

    item: DueItem
    what: str
    title: str
    address: str


def pages(book: Book) -> Iterator[Page]:
    """The index, then a page for each party."""
    yield _index(book)
    yield from (_page(book, party) for party in book.catalogue.parties.values())


def _index(book: Book) -> Page:
    groups = [
        (kind, sorted((p for p in book.catalogue.parties.values() if p.type is kind), key=lambda p: p.title.casefold()))
        for kind in PartyType
    ]
    return make(
        book,
        "parties.html",
        url=links.PARTIES,
        title=say("Parties"),
        section="more",
        description=say("Customers, our units and suppliers."),
        headings=tuple(Heading(title=say(_HEADINGS[kind]), id=kind.value) for kind, listed in groups if listed),
        values={
            "groups": [(kind, [(p, _standing(book, p)) for p in listed]) for kind, listed in groups if listed],
            "headings": {kind: say(name) for kind, name in _HEADINGS.items()},
        },
    )


def _agreements(book: Book, party: Party, *, as_provider: bool) -> list[Agreement]:
    """Those that a party is one side of; a customer has those for everybody too."""
    found = []
    for agreement in book.catalogue.agreements.values():
        side = agreement.provider if as_provider else agreement.customer
        for_all = not as_provider and party.type is PartyType.CUSTOMER and agreement.basis is Basis.CORPORATE
        if side.id == party.id or for_all:
            found.append(agreement)
    return sorted(found, key=lambda a: (book.is_over(a.id), a.title.casefold()))


def _standing(book: Book, party: Party) -> Standing:
    """How the promises stand that bind a party: those made to a customer, those that a unit or supplier made."""
    own = _agreements(book, party, as_provider=party.type is not PartyType.CUSTOMER)
    return standing_of(h for a in own if book.is_binding(a.id) for h in book.histories[a.id].values())


def _page(book: Book, party: Party) -> Page:
    here = links.party(party.id)
    catalogue = book.catalogue
    provides, receives = (_agreements(book, party, as_provider=side) for side in (True, False))
    groups = [
        ("provides", say("Agreements as provider"), provides),
        ("receives", say("Agreements as customer"), receives),
    ]
    if party.type is PartyType.CUSTOMER:
        groups.reverse()
    services = [
        (
            "owns",
            say("Responsible for"),
            [s for s in catalogue.services.values() if s.owner is not None and s.owner.id == party.id],
        ),
        ("uses", say("Uses"), [s for s in catalogue.services.values() if any(u.id == party.id for u in s.users)]),
    ]
    concerned = [
        *(service.id for _, _, listed in services for service in listed),
        *(reference.id for agreement in (*receives, *provides) for reference in agreement.services),
    ]
    months = scorecards.months(book)
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
            "lead": _lead(book, party, provides, receives),
            "standing": _standing(book, party),
            "agreements": [entry for entry in groups if entry[2]],
            "heat": [scorecards.row(book, a, months) for a in (*receives, *provides) if _has_figures(book, a)],
            "months": scorecards.labels(months),
            "levels": _levels(book, party, receives),
            "services": [entry for entry in services if entry[2]],
            "needs": [each for each in book.needs if each.need.customer.id == party.id],
            "answer": _answer,
            "until": until_words,
            "satisfaction": metering.satisfaction(book, concerned),
            "credits": _credits(book, party, provides, receives),
            "due": _due(book, party),
            "standing_on": _standing_on(book, party),
            "improvements": [
                i for i in catalogue.improvements.values() if i.owner is not None and i.owner.id == party.id
            ],
            "prose": book.prose(party.body, party.path, here, top=2),
        },
    )


def _has_figures(book: Book, agreement: Agreement) -> bool:
    return book.is_binding(agreement.id) and any(h.results for h in book.histories[agreement.id].values())


def _lead(book: Book, party: Party, provides: list[Agreement], receives: list[Agreement]) -> str:
    """Agreements in force, and what wasn't kept lately, in a sentence or two."""
    own = receives if party.type is PartyType.CUSTOMER else provides
    binding = sum(book.is_binding(a.id) for a in own)
    if not own:
        return ""
    said = say_many("%(number)s agreement in force.", "%(number)s agreements in force.", binding)
    standing = _standing(book, party)
    missed = counted_words(standing.counts)
    if not standing.counts:
        return said
    kept = (
        say("In the newest finished periods: %(missed)s.", missed=missed)
        if missed
        else say("All that is judged was kept.")
    )
    return f"{said} {kept}"


def _levels(book: Book, party: Party, receives: list[Agreement]) -> list[tuple[str, list[Level | None]]]:
    """For each service of a customer what is promised at each of its sites; nothing with fewer than two sites."""
    if len(party.sites) < 2:
        return []
    binding = [a for a in receives if book.is_binding(a.id)]
    names = dict.fromkeys(reference.id for a in binding for reference in a.services)
    return [(name, [_level(book, binding, name, site.id) for site in party.sites]) for name in names]


def _level(book: Book, agreements: list[Agreement], service: str, site: str) -> Level | None:
    """How the promises about a service stand at a site."""
    chosen = viewers.closest(agreements, service, site)
    if chosen is None:
        return None
    histories = [h for h in book.histories[chosen.id].values() if speaks_of(h.entry, service)]
    return Level(agreement=chosen.id, standing=standing_of(histories))


def _credits(book: Book, party: Party, provides: list[Agreement], receives: list[Agreement]) -> list[Credit]:
    """What is owed to a customer, or by a unit or supplier, for the newest finished periods."""
    own = receives if party.type is PartyType.CUSTOMER else provides
    return [
        Credit(
            result=result,
            target=history.entry.target.name,
            share=percent(result.credit or Fraction(0)),
            address=links.working(agreement.id, history.target, result.period),
        )
        for agreement in own
        for history in book.histories[agreement.id].values()
        if (result := history.newest_finished) is not None and result.credit
    ]


def _due(book: Book, party: Party) -> list[Deadline]:
    return [
        Deadline(item=item, what=duties.what(book, item), title=duties.title(book, item), address=duties.address(item))
        for item in book.due
        if party.id in item.parties and item.is_due
    ]


def _standing_on(book: Book, party: Party) -> list[Agreement]:
    """The agreements with customers that stand on what a unit or supplier promises."""
    if party.type is PartyType.CUSTOMER:
        return []
    own = {a.id for a in book.catalogue.agreements.values() if a.provider.id == party.id}
    found = {a.id: a for name in own for a in book.underpins.get(name, ()) if a.type is AgreementType.SLA}
    return sorted(found.values(), key=lambda a: a.title.casefold())


def _answer(answered: Answered) -> str:
    return say(str(answered.answer))


def until_words(book: Book, agreement: Agreement) -> str:
    """The end of the present term and the last day to give notice."""
    status = book.status(agreement.id)
    if status.until is None:
        return say("open-ended")
    said = dates.last_day(status.until)
    if status.notice_by is not None and status.is_commitment:
        return say("%(until)s; notice by %(notice)s", until=said, notice=dates.day(status.notice_by))
    return said
