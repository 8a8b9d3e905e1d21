"""The pages of agreements: an index by type and state, and each as a contract that can be scanned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from servicebook.compliance.terms import Terms
from servicebook.insight.lifecycle import Status
from servicebook.model.agreement import Agreement, AgreementType
from servicebook.model.result import Result
from servicebook.rendering import (
    backtests,
    conditions,
    dates,
    drawings,
    facets,
    head_links,
    hours,
    links,
    negotiation,
    sentences,
    versions,
)
from servicebook.rendering.agreement_words import BASES, KINDS, deadlines, maintenance_words, state_sentence
from servicebook.rendering.allowance import Share, allowed, share_words, year_of
from servicebook.rendering.book import Book, History, Standing
from servicebook.rendering.exclusions import announced, left_out
from servicebook.rendering.page import Heading, Page
from servicebook.rendering.promises import why_no_figures
from servicebook.rendering.provenance import Origin, origins, target_origin
from servicebook.rendering.templating import make
from servicebook.rendering.wording import count, number, percent
from servicebook.texts import say
from servicebook.timeline.zone import local_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An agreement in a list."""

    agreement: Agreement
    status: Status
    standing: Standing
    has: facets.Facets
    """What it can be chosen by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Agreements of one type that are in the same part of their lives."""

    id: str
    title: str
    agreements: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Agreements of one type."""

    id: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An entry of a target in words."""

    sentence: str
    dates: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetView:
    """A target as the contract shows it."""

    id: str
    name: str
    why: str
    said: Said
    """What holds now; before anything does, or after all has ended, what is nearest."""
    others: tuple[str, ...]
    """What held before, and what will hold."""
    allows: str
    calendar_id: str
    zone: str
    source: str | None
    where: str
    further: tuple[tuple[str, str], ...]
    origin: Origin | None
    newest: Result | None
    credits: tuple[tuple[str, str], ...]
    cap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The hours of an agreement, drawn and in words."""

    id: str
    words: str
    zone: str
    drawing: Markup


def pages(book: Book) -> Iterator[Page]:
    """The index, then a page for each agreement."""
    yield _index(book)
    yield from (_page(book, agreement) for agreement in book.catalogue.agreements.values())


def _index(book: Book) -> Page:
    agreements = list(book.catalogue.agreements.values())
    groups = tuple(_group(book, kind, [a for a in agreements if a.type is kind]) for kind in AgreementType)
    groups = tuple(group for group in groups if any(part.agreements for part in group.parts))
    binding = sum(1 for a in agreements if book.is_binding(a.id))
    return make(
        book,
        "agreements.html",
        url=links.AGREEMENTS,
        title=say("Agreements"),
        section="agreements",
        description=say("What %(name)s has promised, to whom, and what stands behind it.", name=book.site.name),
        headings=tuple(Heading(title=g.title, id=g.id) for g in groups),
        values={
            "filters": facets.filters(
                (item.has for group in groups for part in group.parts for item in part.agreements),
                [
                    ("type", say("Type")),
                    ("state", say("State")),
                    ("customer", say("Customer")),
                    ("provider", say("Provider")),
                    ("service", say("Service")),
                ],
                words=True,
            ),
            "groups": groups,
            "lead": say(
                "%(all)s, %(number)s of them in force.",
                all=count(len(agreements), "agreement", "agreements"),
                number=number(binding),
            ),
        },
    )


def _group(book: Book, kind: AgreementType, agreements: list[Agreement]) -> Group:
    items = [
        Item(
            agreement=a,
            status=book.status(a.id),
            standing=book.standing(a.id),
            has=facets.of_agreement(book, a, say(KINDS[a.type][0])),
        )
        for a in sorted(agreements, key=lambda a: a.title.casefold())
    ]
    binding = tuple(i for i in items if i.status.is_commitment)
    ended = tuple(i for i in items if book.is_over(i.agreement.id))
    coming = tuple(i for i in items if i not in binding and i not in ended)
    parts = (
        Part(id="binding", title="", agreements=binding),
        Part(id="coming", title=say("Not yet in force"), agreements=coming),
        Part(id="ended", title=say("Ended"), agreements=ended),
    )
    return Group(id=kind.value, title=say(KINDS[kind][1]), parts=parts)


def _page(book: Book, agreement: Agreement) -> Page:
    here = links.agreement(agreement.id)
    terms, status = book.terms(agreement.id), book.status(agreement.id)
    histories = book.histories[agreement.id]
    party = book.catalogue.parties.get(agreement.customer.id)
    titles = {site.id: site.title or site.id for site in party.sites} if party is not None else {}
    kind = say(KINDS[agreement.type][0])
    trials = backtests.trials(book, agreement.id)
    talks = negotiation.is_open(book, agreement)
    answers = negotiation.needs(book, agreement) if talks else ()
    years = _years(book, terms, histories.values())
    history = versions.blocks(book, agreement.id)
    return make(
        book,
        "agreement.html",
        url=here,
        title=agreement.title,
        section="agreements",
        description=agreement.summary
        or say(
            "%(kind)s between %(provider)s and %(customer)s.",
            kind=kind,
            provider=book.title("parties", agreement.provider.id),
            customer=book.title("parties", agreement.customer.id),
        ),
        headings=_headings(
            agreement, trials=bool(trials), answers=bool(answers), years=bool(years), history=bool(history)
        ),
        edit_path=agreement.path or None,
        aliases=tuple(links.agreement(alias) for alias in agreement.aliases),
        zone=book.zone_of(agreement.id),
        head_links=head_links.of_agreement(agreement.id),
        named=f"{agreement.title}, {say('version %(version)s', version=agreement.version)}",
        values={
            "a": agreement,
            "kind": kind,
            "basis": say(BASES[agreement.basis]) if agreement.basis is not None else "",
            "status": status,
            "state_sentence": state_sentence(agreement, status),
            "standing": book.standing(agreement.id),
            "has_results": any(h.results for h in histories.values()),
            "no_results": why_no_figures(book, agreement.id),
            "sites": [titles.get(site.id, site.id) for site in agreement.sites],
            "targets": [_target(book, terms, history) for history in histories.values()],
            "week": _week(book, terms),
            "maintenance": maintenance_words(terms),
            "windows": terms.maintenance.windows.id
            if terms.maintenance is not None and terms.maintenance.windows is not None
            else None,
            "years": years,
            "share_words": share_words,
            "year": local_date(book.site.as_of, book.zone_of(agreement.id)).year,
            "month_names": [dates.period_short(f"2026-{month:02}", year=False) for month in range(1, 13)],
            "origins": origins(book.catalogue, terms),
            "exclusions": left_out(book, agreement),
            "announced": announced(book, agreement),
            "underpins": book.underpins.get(agreement.id, []),
            "deadlines": deadlines(agreement, status),
            "trials": trials,
            "answers": answers,
            "answered": negotiation.answered_words(answers),
            "timetable": negotiation.steps(book, agreement),
            "chart": negotiation.chart(book, [agreement]) if talks else None,
            "sign_off": negotiation.sides(agreement),
            "history": history,
            "prose": book.prose(agreement.body, agreement.path, here),
        },
    )


def _years(book: Book, terms: Terms, histories: Iterable[History]) -> list[tuple[str, tuple[Share | None, ...]]]:
    """For each promise of availability what every month, or quarter, of the present year allows."""
    found = ((history.entry.target.name, year_of(terms, history, book.site.as_of)) for history in histories)
    return [(name, shares) for name, shares in found if any(shares)]


def _headings(agreement: Agreement, *, trials: bool, answers: bool, years: bool, history: bool) -> tuple[Heading, ...]:
    duties = bool(agreement.provider_responsibilities or agreement.customer_responsibilities)
    listed = [(say("What is promised"), "targets", True), (say("Downtime allowed"), "budget", years), (say("How it would have gone"), "back-test", trials),
              (say("What the customer needs"), "needs", answers), (say("Who does what"), "responsibilities", duties), (say("Service hours"), "hours", True),
              (say("Maintenance and exclusions"), "exclusions", True), (say("Further terms"), "further", bool(agreement.body.strip())),
              (say("Signatures and dates"), "signatures", True), (say("History"), "history", history)]  # fmt: skip
    return tuple(Heading(title=title, id=id_) for title, id_, there in listed if there)


def _target(book: Book, terms: Terms, history: History) -> TargetView:
    entry = history.entry
    target = entry.target
    allowance = allowed(terms, history, book.site.as_of)
    return TargetView(
        id=target.id,
        name=target.name,
        why=target.why,
        said=Said(sentence=sentences.target_sentence(entry), dates=conditions.in_force(entry)),
        others=tuple(conditions.at_another_time(other) for other in history.entries if other is not entry),
        allows=sentences.allowance_sentence(allowance.seconds, allowance.period) if allowance is not None else "",
        calendar_id=entry.calendar_id,
        zone=dates.zone_words(entry.zone_name),
        source=target.source.id if target.source is not None and target.source.id in book.catalogue.sources else None,
        where=conditions.rows(target.where),
        further=conditions.further(book, entry),
        origin=target_origin(book.catalogue, terms, entry),
        newest=history.newest,
        credits=tuple(
            (conditions.band(band), percent(band.credit)) for band in (target.credits.bands if target.credits else ())
        ),
        cap=percent(target.credits.cap) if target.credits is not None and target.credits.cap is not None else "",
    )


def _week(book: Book, terms: Terms) -> Week | None:
    entry = book.catalogue.calendars.get(terms.hours.id) if terms.hours is not None else None
    if entry is None:
        return None
    words = hours.in_words(entry.weekly)
    return Week(
        id=entry.id,
        words=words,
        zone=dates.zone_words(entry.time_zone or terms.zone_name),
        drawing=drawings.week(entry.weekly, hours.days(), say("The week: %(words)s", words=words)),
    )
