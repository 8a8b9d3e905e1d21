"""Whether maintenance under a promise keeps to what the promise says of maintenance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from servicebook.compliance.terms import Terms, calendar_in
from servicebook.insight.chain.conversion import first_outside, months_after
from servicebook.model.agreement import Allowance, Maintenance, Notice
from servicebook.model.catalogue import Catalogue
from servicebook.timeline.calendar import Calendar, round_the_clock
from servicebook.timeline.period import periods
from servicebook.timeline.zone import HOUR, shift_days, zone

_STEP = 6 * HOUR
"""A clock change makes so many days shorter for longer than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """In what the maintenance of a link falls short of the promise."""

    key: str
    """`notice`, `windows` or `allowance` of the link's `maintenance`."""
    message: str
    """To stand behind the link's name."""


def shortfalls(
    catalogue: Catalogue, promise: Terms, owed: Maintenance, link: Terms, given: Maintenance, as_of: int
) -> Iterator[Shortfall]:
    """Each key in which a link's maintenance may come with less notice, at other times or for longer than the promise allows.

    A missing key of the promise asks nothing; a missing one of the link allows everything.
    """
    home, there = zone(promise.zone_name), zone(link.zone_name)
    window = months_after(as_of, home)
    if owed.notice is not None and not _has_notice(owed.notice, home, given.notice, there, window):
        said = "without notice" if given.notice is None else f"with {given.notice.text} of notice"
        yield Shortfall(key="notice", message=f"may do maintenance {said}, the promise needs {owed.notice.text}")
    if owed.windows is not None:
        inside = calendar_in(catalogue, owed.windows.id, promise.zone_name)
        if first_outside(_windows(catalogue, link, given), inside, *window) is not None:
            said = "at any time" if given.windows is None else f"in '{given.windows.id}'"
            message = f"may do maintenance {said}, the promise has it within '{owed.windows.id}' only"
            yield Shortfall(key="windows", message=message)
    if owed.allowance is not None and not _is_allowed(owed.allowance, home, given.allowance, there, window):
        said = "without limit" if given.allowance is None else f"for {given.allowance.text}"
        yield Shortfall(key="allowance", message=f"may do maintenance {said}, the promise allows {owed.allowance.text}")


def _windows(catalogue: Catalogue, link: Terms, given: Maintenance) -> Calendar:
    if given.windows is None:
        return round_the_clock(zone(link.zone_name))
    return calendar_in(catalogue, given.windows.id, link.zone_name)


def _has_notice(owed: Notice, home: ZoneInfo, given: Notice | None, there: ZoneInfo, window: tuple[int, int]) -> bool:
    return given is not None and shortest(given, there, window) >= shortest(owed, home, window)


def shortest(notice: Notice, zone: ZoneInfo, window: tuple[int, int]) -> int:
    """The shortest elapsed time that a notice comes to for maintenance in a window of time, in microseconds.

    Five days are 119 hours where the clocks are put forward in between.
    """
    return _shortest_days(notice.days, zone, *window) if notice.days is not None else notice.microseconds or 0


@lru_cache(maxsize=1024)
def _shortest_days(days: int, zone: ZoneInfo, start: int, end: int) -> int:
    return min(moment - shift_days(moment, zone, -days) for moment in range(start, end, _STEP))


def _is_allowed(
    owed: Allowance, home: ZoneInfo, given: Allowance | None, there: ZoneInfo, window: tuple[int, int]
) -> bool:
    """Whether a link's allowance is never above the promise's; of other kinds of period, at its worst in each of the promise's."""
    if given is None:
        return False
    if given.per is owed.per:
        return given.microseconds <= owed.microseconds
    return all(
        _most_within(given, there, period.start, period.end) <= owed.microseconds
        for period in periods(owed.per, home, *window)
        if period.start >= window[0]
    )


def _most_within(given: Allowance, there: ZoneInfo, start: int, end: int) -> int:
    """The most maintenance that fits into [start, end), in microseconds."""
    touched = periods(given.per, there, start, end)
    return sum(min(given.microseconds, min(end, each.end) - max(start, each.start)) for each in touched)
