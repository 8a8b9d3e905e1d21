"""The pages of services: an index by category and stage, and a page each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from servicebook.model.agreement import Agreement, Basis
from servicebook.model.result import Verdict
from servicebook.model.service import Service, Stage
from servicebook.model.target import Measure
from servicebook.rendering import dates, facets, links, metering, opening, sentences
from servicebook.rendering.book import Book, History, Standing, standing_of
from servicebook.rendering.page import Heading, Page
from servicebook.rendering.promises import Promise, promise, why_no_figures
from servicebook.rendering.prose import Prose
from servicebook.rendering.templating import make
from servicebook.rendering.wording import capital, count, figure, joined, percent
from servicebook.texts import say
from servicebook.timeline.zone import zone

_OF_TIME = (Measure.AVAILABILITY, Measure.RELIABILITY)
_BAD = (Verdict.BREACHED, Verdict.AT_RISK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A service in a list."""

    service: Service
    state: Verdict | None
    users: tuple[str, ...]
    has: facets.Facets
    """What it can be chosen by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Services of one category."""

    id: str
    title: str
    services: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What one agreement promises of a service."""

    agreement: Agreement
    heading: str
    until: str
    standing: Standing
    promises: tuple[Promise, ...]
    everybody: bool
    """Whether it holds for customers without an agreement of their own too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """A service that another one depends on."""

    id: str
    state: Verdict | None
    figure: str
    level: Fraction
    """Its lowest newest share, to compare with the others'."""
    weakest: bool


def pages(book: Book) -> Iterator[Page]:
    """The index, then a page for each service."""
    yield _index(book)
    yield from (_page(book, service) for service in book.catalogue.services.values())


def grouped(book: Book, services: Sequence[Service]) -> tuple[Group, ...]:
    """Services by category, in the order of their titles; those without one come last."""
    by_category: dict[str, list[Item]] = {}
    for service in sorted(services, key=lambda s: s.title.casefold()):
        standing = standing_of(history for _, history in book.service_histories(service.id))
        users = _users(book, service)
        has = facets.of_service(book, service, standing.said, users)
        item = Item(service=service, state=standing.said, users=users, has=has)
        by_category.setdefault(service.category, []).append(item)
    return tuple(
        Group(
            id=f"category-{slug(title or 'further')}",
            title=title or say("Further services"),
            services=tuple(by_category[title]),
        )
        for title in sorted(by_category, key=lambda title: (not title, title.casefold()))
    )


def _users(book: Book, service: Service) -> tuple[str, ...]:
    """Customers that a service is for; none where it is for everybody: a customer with a corporate agreement is all of them."""
    users = tuple(user.id for user in service.users)
    return () if any(user in book.everybody for user in users) else users


def slug(title: str) -> str:
    """A title as an id."""
    return re.sub(r"[^\w]+", "-", title.lower()).strip("-") or "x"


def _index(book: Book) -> Page:
    services = list(book.catalogue.services.values())
    groups = grouped(book, services)
    stages = [(stage, [s for s in services if s.stage is stage]) for stage in Stage]
    return make(
        book,
        "services.html",
        url=links.SERVICES,
        title=say("Services"),
        section="services",
        description=say("All services of %(name)s, by category and stage.", name=book.site.name),
        headings=tuple(Heading(title=g.title, id=g.id) for g in groups)
        + ((Heading(title=say("By stage"), id="by-stage"),) if services else ()),
        values={
            "filters": facets.filters(
                (item.has for group in groups for item in group.services),
                [
                    ("category", say("For")),
                    ("stage", say("Stage")),
                    ("customer", say("Customer")),
                    ("state", say("Promises")),
                ],
                words=True,
            ),
            "groups": groups,
            "stages": [(stage, listed) for stage, listed in stages if listed],
            "lead": say(
                "%(services)s, by what they are for.", services=capital(count(len(services), "service", "services"))
            )
            if services
            else say("What is offered."),
        },
    )


def _page(book: Book, service: Service) -> Page:
    here = links.service(service.id)
    levels = _levels(book, service)
    # Prose that begins with a heading of its own needs none of ours.
    own_heading = service.body.lstrip().startswith("#")
    prose = book.prose(service.body, service.path, here, top=2 if own_heading else 3)
    hours_of = book.catalogue.calendars.get(service.hours.id) if service.hours is not None else None
    return make(
        book,
        "service.html",
        url=here,
        title=service.title,
        section="services",
        description=service.summary,
        headings=_headings(prose, own_heading, bool(book.agreements_of.get(service.id))),
        edit_path=service.path or None,
        aliases=tuple(links.service(alias) for alias in service.aliases),
        other_names=service.synonyms,
        zone=zone(hours_of.time_zone) if hours_of is not None and hours_of.time_zone else None,
        values={
            "service": service,
            "prose": prose,
            "own_heading": own_heading,
            "levels": levels,
            "unbacked": _unbacked(book, service),
            "metering": metering.lines(book, service.id),
            "missing": _why_nothing(book, service),
            "opening": tuple(opening.lines(book, service)),
            "requests": [c for c in service.contacts if c.purpose == "requests"],
            "incidents": [c for c in service.contacts if c.purpose == "incidents"],
            "dependencies": _dependencies(book, service),
            "users": book.users_of.get(service.id, []),
            "agreements": book.agreements_of.get(service.id, []),
            "needs": [n for n in book.catalogue.needs.values() if any(r.id == service.id for r in n.served_by)],
            "improvements": _improvements(book, service),
        },
    )


def _headings(prose: Prose, own_heading: bool, has_agreements: bool) -> tuple[Heading, ...]:
    about = (
        tuple(h for h in prose.headings if h.level == 2)
        if own_heading
        else (Heading(title=say("What it does for you"), id="about"),)
    )
    return (
        Heading(title=say("What was promised, and how it went"), id="promises"),
        *(about if prose else ()),
        Heading(title=say("What it depends on"), id="depends-on"),
        *((Heading(title=say("Agreements"), id="agreements"),) if has_agreements else ()),
        Heading(title=say("Who uses it, whom to ask"), id="who"),
    )


def _levels(book: Book, service: Service) -> tuple[Level, ...]:
    found: dict[str, list[History]] = {}
    for agreement, history in book.service_histories(service.id):
        found.setdefault(agreement.id, []).append(history)
    return tuple(_level(book, book.catalogue.agreements[id_], histories) for id_, histories in found.items())


def _level(book: Book, agreement: Agreement, histories: list[History]) -> Level:
    party = book.catalogue.parties.get(agreement.customer.id)
    titles = {site.id: site.title or site.id for site in party.sites} if party is not None else {}
    sites = joined([titles.get(site.id, site.id) for site in agreement.sites])
    until = book.status(agreement.id).until
    return Level(
        agreement=agreement,
        heading=book.title("parties", agreement.customer.id) + (f": {sites}" if sites else ""),
        until=say("in force until %(day)s", day=dates.last_day(until))
        if until is not None
        else say("in force, open-ended"),
        standing=standing_of(histories),
        promises=tuple(promise(book, agreement.id, history) for history in histories),
        everybody=agreement.basis is Basis.CORPORATE,
    )


def _why_nothing(book: Book, service: Service) -> str:
    """Why a service shows no promise, and what would change that."""
    agreements = book.agreements_of.get(service.id, [])
    coming = [a for a in agreements if not book.is_over(a.id)]
    if coming:
        return f"{coming[0].title}: {why_no_figures(book, coming[0].id)}"
    if agreements:
        return say("The agreements about it have ended; their figures are kept on their scorecards.")
    return say("No agreement names it. Once an agreement lists it among its services, its targets stand here.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unbacked:
    """A promise that the services under it can't carry."""

    agreement: str
    says: str


def _unbacked(book: Book, service: Service) -> tuple[Unbacked, ...]:
    """Promises of availability for a service that lie above what its dependencies allow together."""
    found = []
    for agreement, history in book.service_histories(service.id):
        chain = book.site.chains.get(agreement.id)
        promises = chain.promises if chain is not None else ()
        for promise_ in promises:
            if promise_.target == history.target and promise_.backed is False and promise_.ceiling is not None:
                said = say(
                    "Together these allow %(ceiling)s at best, less than the %(promised)s that %(customer)s was promised.",
                    ceiling=percent(promise_.ceiling, 2),
                    promised=sentences.level(history.entry.target.objective.level),
                    customer=book.title("parties", agreement.customer.id),
                )
                found.append(Unbacked(agreement=agreement.id, says=said))
    return tuple(found)


def _dependencies(book: Book, service: Service) -> tuple[tuple[Needed, ...], ...]:
    listed = [[_needed(book, reference.id) for reference in d.alternatives] for d in service.depends_on]
    bad = [needed for group in listed for needed in group if needed.state in _BAD]
    weakest = min(bad, key=lambda n: (_BAD.index(n.state) if n.state in _BAD else len(_BAD), n.level)) if bad else None
    return tuple(tuple(replace(needed, weakest=needed is weakest) for needed in group) for group in listed)


def _needed(book: Book, service_id: str) -> Needed:
    histories = [history for _, history in book.service_histories(service_id)]
    shares = [
        r
        for h in histories
        if (r := h.newest) is not None and r.measure in _OF_TIME and r.shown and r.value is not None
    ]
    lowest = min(shares, key=lambda r: r.value or 0, default=None)
    return Needed(
        id=service_id,
        state=standing_of(histories).said,
        figure=figure(lowest.shown or "") if lowest is not None else "",
        level=lowest.value or Fraction(0) if lowest is not None else Fraction(1),
        weakest=False,
    )


def _improvements(book: Book, service: Service) -> list[object]:
    ids = {agreement.id for agreement in book.agreements_of.get(service.id, [])}
    return [
        i
        for i in book.catalogue.improvements.values()
        if i.done is None and any(t.agreement.id in ids for t in i.targets)
    ]
