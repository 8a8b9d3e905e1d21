"""The home page: what there is, how it stands, what was kept, what happened lately, what is coming."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from servicebook.model.party import PartyType
from servicebook.model.result import Result, Verdict
from servicebook.model.service import ServiceType, Stage
from servicebook.model.target import Rolling
from servicebook.rendering import dates, duties, head_links, links, sentences
from servicebook.rendering.book import WORST_FINISHED, Book
from servicebook.rendering.closures import closures
from servicebook.rendering.page import Page
from servicebook.rendering.promises import counted_words
from servicebook.rendering.services import grouped
from servicebook.rendering.templating import make
from servicebook.rendering.wording import capital, figure
from servicebook.texts import say
from servicebook.timeline.period import Per
from servicebook.timeline.zone import local_date, zone

_BACK, _AHEAD, _LISTED = timedelta(days=60), timedelta(days=183), 7
_HIDDEN = (Stage.RETIRED, Stage.PROPOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, or falls due."""

    day: date
    what: str
    address: str
    more: str
    note: str = ""
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How many promises were kept in the newest finished month."""

    period: str
    met: int
    total: int
    rest: str


def page(book: Book) -> Page:
    """The home page."""
    services = [s for s in book.catalogue.services.values() if s.stage not in _HIDDEN]
    facing = [s for s in services if s.type is ServiceType.CUSTOMER_FACING] or services
    today = local_date(book.site.as_of, book.utc)
    lately = sorted(
        (e for e in _lately(book, today) if today - _BACK <= e.day <= today), key=lambda e: (-e.day.toordinal(), e.what)
    )
    coming = sorted((e for e in _coming(book) if today <= e.day <= today + _AHEAD), key=lambda e: (e.day, e.what))
    return make(
        book,
        "home.html",
        url=links.HOME,
        title=say("Home"),
        section="",
        description=say("Services, agreements and results of %(name)s.", name=book.site.name),
        edit_path=book.site.welcome_path,
        head_links=head_links.of_site(),
        values={
            "groups": grouped(book, facing),
            "customers": [p for p in book.catalogue.parties.values() if p.type is PartyType.CUSTOMER],
            "kept": _kept(book),
            "lately": lately[:_LISTED],
            "coming": coming[:_LISTED],
            "this_year": today.year,
            "welcome": book.prose(book.site.welcome, f"{book.site.docs_dir}/index.md", links.HOME, top=2),
        },
    )


def _kept(book: Book) -> Kept | None:
    """The newest finished month that any promise in force was judged for."""
    results = [r for r in _of_binding(book) if r.finished and len(r.period) == len("2026-10") and "Q" not in r.period]
    if not results:
        return None
    period = max(r.period for r in results)
    counts = Counter(r.verdict for r in results if r.period == period)
    total = sum(counts.values())
    rest = counted_words(tuple((v, counts[v]) for v in WORST_FINISHED if counts[v]))
    return Kept(
        period=period, met=counts[Verdict.MET], total=total, rest=capital(f"{rest}.") if rest else say("All were kept.")
    )


def _of_binding(book: Book) -> Iterator[Result]:
    return (
        r
        for id_, histories in book.histories.items()
        if book.is_binding(id_)
        for h in histories.values()
        for r in h.results
    )


def _lately(book: Book, today: date) -> Iterator[Event]:
    for agreement_id, histories in book.histories.items():
        for history in histories.values():
            newest = history.newest_finished
            if (
                newest is None
                or newest.verdict is not Verdict.BREACHED
                or isinstance(history.entry.target.per, Rolling)
            ):
                continue
            if history.entry.target.per is Per.DAY or not book.is_binding(agreement_id):
                continue
            promised = sentences.limit(newest.objective.comparison, newest.objective.level)
            yield Event(
                day=local_date(newest.end, zone(newest.zone)),
                what=history.entry.target.name,
                address=links.working(agreement_id, history.target, newest.period),
                more=": "
                + say("%(figure)s, promised %(promised)s", figure=figure(newest.shown or "–"), promised=promised),
                note=f"{book.title('agreements', agreement_id)}, {dates.period(newest.period)}",
                verdict=Verdict.BREACHED,
            )
    yield from _paperwork(book, today)
    yield from _closings(book)


def _closings(book: Book) -> Iterator[Event]:
    """Periods that were closed, and figures that were restated."""
    for closure in closures(book):
        name = capital(dates.period(closure.period))
        yield Event(day=closure.closed_on, what=name, address=links.DATA + "#closed", more=" " + say("was closed"))
        for each in closure.corrections:
            more = ": " + say("restated, %(old)s → %(new)s", old=each.old_figure, new=each.new_figure)
            address = each.address or links.DATA + "#closed"
            yield Event(day=each.day, what=each.target, address=address, more=more, note=f"{each.agreement}, {name}")


def _paperwork(book: Book, today: date) -> Iterator[Event]:
    """Signatures, new versions, and improvements that were finished."""
    for agreement in book.catalogue.agreements.values():
        signed = book.status(agreement.id).signed
        if signed is not None and signed <= today:
            yield Event(
                day=signed, what=agreement.title, address=links.agreement(agreement.id), more=" " + say("was signed")
            )
        for revision in agreement.revisions:
            version = say("version %(version)s", version=revision.version)
            said = f", {version}: {revision.summary}"
            yield Event(day=revision.date, what=agreement.title, address=links.agreement(agreement.id), more=said)
    for plan in book.catalogue.improvements.values():
        if plan.done is not None:
            yield Event(day=plan.done, what=plan.title, address=links.improvement(plan.id), more=" " + say("is done"))


def _coming(book: Book) -> Iterator[Event]:
    for item in book.due:
        if item.is_ahead:
            words = f"{duties.what(book, item)}:"
            yield Event(day=item.day, what=duties.title(book, item), address=duties.address(item), more=words)
