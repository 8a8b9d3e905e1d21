"""The time that the simulation covers, and the desk's working hours in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
START = datetime(2024, 11, 1, tzinfo=UTC)
END = datetime(2026, 11, 24, tzinfo=UTC)
"""Midnight in London as well: both lie in winter."""

_HOLIDAYS = """
2024-11-30 2024-12-02 2024-12-25 2024-12-26
2025-01-01 2025-01-02 2025-04-18 2025-05-05 2025-05-26 2025-08-04 2025-12-01 2025-12-25 2025-12-26
2026-01-01 2026-01-02 2026-04-03 2026-05-04 2026-05-25 2026-08-03
"""
HOLIDAYS = frozenset(date.fromisoformat(day) for day in _HOLIDAYS.split())
"""Days on which nobody sits at the desk."""


def local(text: str) -> datetime:
    """`2026-02-11 02:40` on London's clocks."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def wall(moment: datetime, pattern: str = "%Y-%m-%d %H:%M") -> str:
    """What London's clocks show, without an offset."""
    return moment.astimezone(LONDON).strftime(pattern)


def stamp(moment: datetime) -> str:
    """The moment in UTC as ISO 8601."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def minutes(count: float) -> timedelta:
    """So many whole minutes."""
    return timedelta(minutes=round(count))


def days(start: datetime = START, end: datetime = END) -> Iterator[date]:
    """London's dates from `start` to before `end`."""
    day, last = start.astimezone(LONDON).date(), end.astimezone(LONDON).date()
    while day < last:
        yield day
        day += timedelta(days=1)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of a London day."""
    return datetime.combine(day, time(hour, minute), LONDON).astimezone(UTC)


def first_sundays() -> Iterator[date]:
    """The first Sunday of every month: the evening on which planned work begins."""
    return (day for day in days() if day.weekday() == 6 and day.day <= 7)


def months() -> Iterator[tuple[int, int]]:
    """Year and month of every month, the present one included."""
    return ((day.year, day.month) for day in days() if day.day == 1)


def opening(day: date) -> tuple[datetime, datetime] | None:
    """The desk's hours on a day: Monday to Friday 07:00-19:00, Saturday 08:00-13:00, never on a holiday."""
    if day.weekday() == 6 or day in HOLIDAYS:
        return None
    return (at(day, 8), at(day, 13)) if day.weekday() == 5 else (at(day, 7), at(day, 19))


def after_work(start: datetime, working_minutes: float) -> datetime:
    """The moment when so many minutes of the desk's hours have passed since `start`."""
    left, day = timedelta(minutes=round(working_minutes)), start.astimezone(LONDON).date()
    while True:
        hours = opening(day)
        if hours is not None:
            begin = max(start, hours[0])
            if begin < hours[1]:
                if begin + left <= hours[1]:
                    return begin + left
                left -= hours[1] - begin
        day += timedelta(days=1)
