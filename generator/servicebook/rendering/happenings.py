"""What happened lately, and what is coming: for the home page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from servicebook.insight.due import DueItem
from servicebook.model.result import Verdict
from servicebook.model.target import Rolling
from servicebook.rendering import dates, duties, links, sentences
from servicebook.rendering.book import Book, History
from servicebook.rendering.closures import closures
from servicebook.rendering.wording import capital, figure, joined
from servicebook.texts import say, say_many
from servicebook.timeline.period import Per
from servicebook.timeline.zone import local_date, zone

_BACK, _AHEAD, _LISTED = timedelta(days=60), timedelta(days=183), 7
_NAMED = 2
"""So many agreements are named; of more the first one, and how many others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, or falls due."""

    day: date
    what: str
    address: str
    more: str
    note: str = ""
    verdict: Verdict | None = None


def lately(book: Book, today: date) -> list[Event]:
    """What became known in the last sixty days, newest first."""
    found = [*_missed(book), *_signed(book), *_versions(book), *_done(book), *_closings(book)]
    known = (event for event in found if today - _BACK <= event.day <= today)
    return sorted(known, key=lambda event: (-event.day.toordinal(), event.what))[:_LISTED]


def coming(book: Book, today: date) -> list[Event]:
    """What falls due within half a year, the next first."""
    found = (_ahead(book, item) for item in book.due if item.is_ahead)
    ahead = (event for event in found if today <= event.day <= today + _AHEAD)
    return sorted(ahead, key=lambda event: (event.day, event.what))[:_LISTED]


def _missed(book: Book) -> Iterator[Event]:
    """Breaches of the newest finished periods; a promise that several agreements make alike is one event."""
    alike: dict[tuple[date, str, str], list[tuple[Event, str, str]]] = {}
    for agreement_id, history in _judged(book):
        newest = history.newest_finished
        if newest is None or newest.verdict is not Verdict.BREACHED:
            continue
        promised = sentences.limit(newest.objective.comparison, newest.objective.level)
        said = say("%(figure)s, promised %(promised)s", figure=figure(newest.shown or "–"), promised=promised)
        event = Event(
            day=local_date(newest.end, zone(newest.zone)),
            what=history.entry.target.name,
            address=links.working(agreement_id, history.target, newest.period),
            more=f": {said}",
            verdict=Verdict.BREACHED,
        )
        title = book.title("agreements", agreement_id)
        alike.setdefault((event.day, event.what, event.more), []).append((event, title, newest.period))
    for events in alike.values():
        first, _, period = events[0]
        yield replace(first, note=f"{_named([title for _, title, _ in events])}, {dates.period(period)}")


def _named(titles: list[str]) -> str:
    if len(titles) <= _NAMED:
        return joined(titles)
    return say_many(
        "%(title)s and %(number)s other agreement",
        "%(title)s and %(number)s other agreements",
        len(titles) - 1,
        title=titles[0],
    )


def _judged(book: Book) -> Iterator[tuple[str, History]]:
    """The targets of agreements in force, but for those of every day."""
    for agreement_id, history in book.binding():
        per = history.entry.target.per
        if per is not Per.DAY and not isinstance(per, Rolling):
            yield agreement_id, history


def _signed(book: Book) -> Iterator[Event]:
    for agreement in book.catalogue.agreements.values():
        signed = book.status(agreement.id).signed
        if signed is not None:
            yield Event(
                day=signed, what=agreement.title, address=links.agreement(agreement.id), more=" " + say("was signed")
            )


def _versions(book: Book) -> Iterator[Event]:
    for agreement in book.catalogue.agreements.values():
        for revision in agreement.revisions:
            version = say("version %(version)s", version=revision.version)
            said = f", {version}: {revision.summary}"
            yield Event(day=revision.date, what=agreement.title, address=links.agreement(agreement.id), more=said)


def _done(book: Book) -> Iterator[Event]:
    for plan in book.catalogue.improvements.values():
        if plan.done is not None:
            yield Event(day=plan.done, what=plan.title, address=links.improvement(plan.id), more=" " + say("is done"))


def _closings(book: Book) -> Iterator[Event]:
    """Periods that were closed, and figures that were restated."""
    for closure in closures(book):
        name = capital(dates.period(closure.period))
        yield Event(day=closure.closed_on, what=name, address=links.DATA + "#closed", more=" " + say("was closed"))
        for each in closure.corrections:
            more = ": " + say("restated, %(old)s → %(new)s", old=each.old_figure, new=each.new_figure)
            address = each.address or links.DATA + "#closed"
            yield Event(day=each.day, what=each.target, address=address, more=more, note=f"{each.agreement}, {name}")


def _ahead(book: Book, item: DueItem) -> Event:
    return Event(
        day=item.day,
        what=duties.title(book, item),
        address=duties.address(item),
        more=f"{duties.what(book, item)}:",
        note=duties.hours(item),
    )
