"""Hours of the week, holidays and zones, turned into intervals.

An instant is inside the hours when the wall clock of the calendar's zone reads so: a repeated
hour counts twice, a skipped one not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from servicebook.timeline.interval import Intervals
from servicebook.timeline.public_holidays import check_holidays, public_holidays
from servicebook.timeline.zone import DAY, HOUR, MINUTE, check_instant, offsets

__all__ = ["Calendar", "Holidays", "Weekly", "check_holidays", "parse_days", "parse_hours", "round_the_clock"]

MINUTES_OF_A_DAY = 1440
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Weekly = tuple[tuple[tuple[int, int], ...], ...]
"""Seven days, Monday first, each with its (start, end) in minutes of the wall clock from that day's midnight."""

_CHUNK = 364 * DAY
"""How much of a calendar is worked out and remembered at a time."""
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_EPOCH_WEEKDAY = 3
_WIDEST_OFFSET = 26 * HOUR
"""More than any zone's clocks are ahead of or behind UTC."""
_RANGE = re.compile(r"\s*([0-9]{2}):([0-9]{2})\s*-\s*([0-9]{2}):([0-9]{2})\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays:
    """Which dates are holidays: the public ones with their observed days, less `except_`, plus `also`."""

    country: str | None = None
    """ISO code; None for no public holidays."""
    subdivision: str | None = None
    also: frozenset[date] = frozenset()
    except_: frozenset[date] = frozenset()

    def on(self, day: date) -> bool:
        """Whether a date is a holiday."""
        if day in self.also:
            return True
        if self.country is None or day in self.except_:
            return False
        return day in public_holidays(self.country, self.subdivision, day.year)

    @property
    def any_possible(self) -> bool:
        """Whether there can be a holiday at all."""
        return bool(self.country or self.also)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Hours that recur every week in a zone, but for holidays.

    A range whose end lies beyond 1440 minutes (at most 2880) runs into the next day and belongs to the day on
    which it starts. A holiday is a whole date of the zone: no hours start on it, so a night shift that would start
    on it is out as a whole, after midnight too; one that starts on the eve belongs to the eve and stays.
    """

    zone: ZoneInfo
    weekly: Weekly
    holidays: Holidays | None = None

    @property
    def always(self) -> bool:
        """Whether it never closes: its hours fill the week and it has no holidays."""
        return _always(self.weekly) and not (self.holidays is not None and self.holidays.any_possible)

    @property
    def ends_same_day(self) -> bool:
        """Whether all hours end on the day on which they start, at 24:00 at the latest."""
        return all(end <= MINUTES_OF_A_DAY for ranges in self.weekly for _, end in ranges)

    def hours(self, start: int, end: int) -> Intervals:
        """The hours within [start, end)."""
        if start >= end:
            return Intervals()
        check_instant(start)
        check_instant(end - 1)
        if self.always:
            return Intervals.span(start, end)
        chunks = range(start // _CHUNK, -(-end // _CHUNK))
        if len(chunks) == 1:
            return _hours_in(self, chunks[0]).clip(start, end)
        return Intervals(pair for chunk in chunks for pair in _hours_in(self, chunk).clip(start, end))

    def measure(self, start: int, end: int) -> int:
        """How long the hours last within [start, end), in microseconds."""
        if start >= end:
            return 0
        check_instant(start)
        check_instant(end - 1)
        if self.always:
            return end - start
        return sum(_hours_in(self, chunk).measure(start, end) for chunk in range(start // _CHUNK, -(-end // _CHUNK)))

    def contains(self, instant: int) -> bool:
        """Whether an instant is inside the hours."""
        return self.always or _hours_in(self, check_instant(instant) // _CHUNK).contains(instant)

    def hours_of(self, day: date) -> Intervals:
        """The hours that start on a date of the calendar's zone, whole; empty on a holiday."""
        return _hours_of(self, day)


def round_the_clock(zone: ZoneInfo) -> Calendar:
    """The calendar that never closes."""
    return Calendar(zone=zone, weekly=(((0, MINUTES_OF_A_DAY),),) * 7)


def parse_hours(text: str) -> tuple[tuple[int, int], ...]:
    """Read `07:00-12:00, 13:00-20:00` as minutes of the wall clock, in order; ValueError with the reason.

    `24:00` may end a range. One whose end is not after its start runs into the next day: `22:00-06:00` is (1320, 1800).
    """
    ranges = sorted(_parse_range(part) for part in text.split(","))
    for (start, end), (following, _) in pairwise(ranges):
        if following < end:
            raise ValueError(f"hours overlap: {_clock(start)}-{_clock(end)} isn't over at {_clock(following)}")
    return tuple(ranges)


def parse_days(text: str) -> tuple[int, ...]:
    """Read `mon`, `mon-fri` or `sun-thu` (which wraps) as days, Monday 0; ValueError with the reason."""
    names = text.strip().split("-")
    for name in names:
        if name not in DAYS:
            raise ValueError(f"'{name}' is no day: write mon, tue, wed, thu, fri, sat or sun")
    if len(names) > 2 or (len(names) == 2 and names[0] == names[1]):
        raise ValueError(f"'{text}' is no range of days: write mon-fri, or one day alone")
    first, last = DAYS.index(names[0]), DAYS.index(names[-1])
    return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))


def _parse_range(text: str) -> tuple[int, int]:
    found = _RANGE.fullmatch(text)
    if found is None:
        raise ValueError(f"'{text.strip()}' isn't written like 08:00-17:00")
    hour, minute, end_hour, end_minute = map(int, found.groups())
    start, end = hour * 60 + minute, end_hour * 60 + end_minute
    if minute > 59 or end_minute > 59 or start > MINUTES_OF_A_DAY or end > MINUTES_OF_A_DAY:
        raise ValueError(f"'{text.strip()}' has a time that no clock reads")
    if start == MINUTES_OF_A_DAY:
        raise ValueError("hours can't start at 24:00: that is 00:00 of the next day")
    return start, end if end > start else end + MINUTES_OF_A_DAY


def _clock(minutes: int) -> str:
    """A minute of the day as a clock reads it; those of the next day start again at 00:00."""
    of_day = minutes if minutes <= MINUTES_OF_A_DAY else minutes - MINUTES_OF_A_DAY
    return f"{of_day // 60:02}:{of_day % 60:02}"


@lru_cache(maxsize=1024)
def _always(weekly: Weekly) -> bool:
    """Whether ranges leave no minute of a week out; those of Sunday reach into Monday."""
    week = 7 * MINUTES_OF_A_DAY
    shifts = [
        (day * MINUTES_OF_A_DAY + start, day * MINUTES_OF_A_DAY + end) for day in range(7) for start, end in weekly[day]
    ]
    return Intervals([*shifts, *((start - week, end - week) for start, end in shifts)]).measure(0, week) == week


@lru_cache(maxsize=1024)
def _hours_in(calendar: Calendar, chunk: int) -> Intervals:
    """The hours within one chunk of time."""
    return Intervals(_opened(calendar, chunk * _CHUNK, (chunk + 1) * _CHUNK))


@lru_cache(maxsize=16_384)
def _hours_of(calendar: Calendar, day: date) -> Intervals:
    number = day.toordinal() - _EPOCH_ORDINAL
    low, high = number * DAY - _WIDEST_OFFSET, (number + 2) * DAY + _WIDEST_OFFSET
    return Intervals(
        pair
        for start, end, offset in offsets(calendar.zone, low, high)
        for pair in _opened_on(calendar, number, offset, start, end)
    )


def _opened(calendar: Calendar, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Hours within [low, high), day by day, in each stretch of time in which the clocks run evenly."""
    for start, end, offset in offsets(calendar.zone, low, high):
        # Hours of the day before may still run.
        for number in range((start + offset) // DAY - 1, -(-(end + offset) // DAY)):
            yield from _opened_on(calendar, number, offset, start, end)


def _opened_on(calendar: Calendar, number: int, offset: int, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Hours that belong to a day (counted from 1970-01-01), as far as they lie in [start, end) with this offset."""
    ranges = calendar.weekly[(number + _EPOCH_WEEKDAY) % 7]
    ordinal = number + _EPOCH_ORDINAL
    if not ranges or not date.min.toordinal() <= ordinal <= date.max.toordinal():
        return
    if calendar.holidays is not None and calendar.holidays.on(date.fromordinal(ordinal)):
        return
    midnight = number * DAY - offset
    for opening, closing in ranges:
        first, last = max(start, midnight + opening * MINUTE), min(end, midnight + closing * MINUTE)
        if first < last:
            yield first, last
