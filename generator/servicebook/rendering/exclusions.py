"""Time left out by agreement and announced work, and when everybody could first read of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from servicebook.compliance.service_time import known_end
from servicebook.insight.late_exclusions import DAYS, days_late
from servicebook.model.agreement import Agreement, Exclusion
from servicebook.model.history import Unknown
from servicebook.model.measurement import Outage
from servicebook.rendering.book import Book
from servicebook.texts import say, say_many
from servicebook.timeline.zone import local_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An exclusion as its agreement's page shows it."""

    exclusion: Exclusion
    committed: date | None
    """The day on which it was first committed; None where that isn't known."""
    note: str
    """How late that was, or why it isn't known."""
    is_late: bool


def left_out(book: Book, agreement: Agreement) -> tuple[Left, ...]:
    """The exclusions of an agreement, as they are written."""
    return tuple(_left(book, agreement, each) for each in agreement.exclusions)


def _left(book: Book, agreement: Agreement, exclusion: Exclusion) -> Left:
    first = book.site.commits.of(agreement.id, exclusion.start, exclusion.end)
    if isinstance(first, Unknown):
        return Left(exclusion=exclusion, committed=None, note=_WHY[first](), is_late=False)
    days = days_late(book.terms(agreement.id), exclusion, book.site.commits)
    is_late = days is not None and days > DAYS
    note = (
        say_many("%(number)s day after it was declared", "%(number)s days after it was declared", days)
        if is_late and days is not None
        else ""
    )
    committed = local_date(first, book.zone_of(agreement.id))
    return Left(exclusion=exclusion, committed=committed, note=note, is_late=is_late)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Announced work as an agreement's page shows it."""

    start: int
    end: int
    announced: int
    committed: date | None
    """The day on which its row was committed as it stands; None where that isn't known."""
    note: str
    """After it began, or why the day isn't known."""
    is_late: bool


def announced(book: Book, agreement: Agreement) -> tuple[Work, ...]:
    """The announced work of the last three months and ahead, the newest first."""
    listed = book.site.announced.get(agreement.id, ())
    return tuple(_work(book, agreement, each) for each in reversed(listed))


def _work(book: Book, agreement: Agreement, work: Outage) -> Work:
    end, told = known_end(work), work.announced
    if end is None or told is None:
        raise AssertionError(work)
    known = book.site.commits.of_row(work.origin.path, work.origin.line)
    if isinstance(known, Unknown):
        return Work(start=work.start, end=end, announced=told, committed=None, note=_WHY[known](), is_late=False)
    is_late = known > work.start
    return Work(
        start=work.start,
        end=end,
        announced=told,
        committed=local_date(known, book.zone_of(agreement.id)),
        note=say("after it began") if is_late else "",
        is_late=is_late,
    )


_WHY = {
    Unknown.NOT_TEXT: lambda: say("unknown: the file isn't text"),
    Unknown.NO_HISTORY: lambda: say("unknown: no history was at hand"),
    Unknown.NOT_COMMITTED: lambda: say("not committed yet"),
    Unknown.CUT: lambda: say("unknown: the history that was at hand begins later"),
}
