"""Days, weeks, months, quarters and years of a zone, and rolling windows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from servicebook.timeline.zone import DAY, add_days, add_months, check_instant, local_date, start_of_day


class Per(StrEnum):
    """The kinds of calendar period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Per.MONTH: 1, Per.QUARTER: 3, Per.YEAR: 12}
_NAME = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:-W(?P<week>[0-9]{2})|-Q(?P<quarter>[1-4])|-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of time with a name, [start, end)."""

    name: str
    """`2026-10-05`, `2026-W41` (ISO week), `2026-10`, `2026-Q4`, `2026` or `rolling-30d@2026-11-01`."""
    start: int
    end: int
    kind: Per | None = None
    """None for a rolling window."""


def periods(per: Per, zone: ZoneInfo, start: int, end: int) -> Iterator[Period]:
    """All whole periods that touch [start, end), in order of time; nothing where end is not after start.

    Each runs from local midnight to local midnight, weeks from Monday. A day that the zone skipped whole is none.
    """
    if start >= end:
        return
    day = _first_day(per, local_date(start, zone))
    while True:
        period = _period(per, zone, day)
        if period.start >= end:
            return
        if period.end > start and period.end > period.start:
            yield period
        day = _following(per, day)


def period_named(name: str, zone: ZoneInfo) -> Period:
    """The calendar period of a name such as `2026-10`; ValueError with the reason where there is none."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise ValueError(
            f"'{name}' names no period: write a day 2026-10-05, a week 2026-W41, a month 2026-10, a quarter 2026-Q4 or a year 2026"
        )
    per, day = _read(name, found)
    period = _period(per, zone, day)
    if period.start == period.end:
        raise ValueError(f"there was no {name} in {zone.key}: the clocks were put forward over it")
    return period


def rolling(days: int, as_of: int, zone: ZoneInfo) -> Period:
    """The N × 24 hours before `as_of`; the date in its name is that of `as_of` in the zone."""
    start = check_instant(as_of - days * DAY)
    return Period(name=f"rolling-{days}d@{local_date(as_of, zone).isoformat()}", start=start, end=as_of)


def _read(name: str, found: re.Match[str]) -> tuple[Per, date]:
    """The kind of period that a name means, and its first day."""
    year = int(found["year"])
    try:
        if found["week"]:
            return Per.WEEK, date.fromisocalendar(year, int(found["week"]), 1)
        if found["quarter"]:
            return Per.QUARTER, date(year, 3 * int(found["quarter"]) - 2, 1)
        if found["day"]:
            return Per.DAY, date(year, int(found["month"]), int(found["day"]))
        if found["month"]:
            return Per.MONTH, date(year, int(found["month"]), 1)
        return Per.YEAR, date(year, 1, 1)
    except ValueError as error:
        raise ValueError(f"there is no {name} in the calendar") from error


def _period(per: Per, zone: ZoneInfo, day: date) -> Period:
    start, end = start_of_day(day, zone), start_of_day(_following(per, day), zone)
    return Period(name=_name(per, day), start=start, end=end, kind=per)


def _first_day(per: Per, day: date) -> date:
    """First day of the period that a date lies in."""
    match per:
        case Per.DAY:
            return day
        case Per.WEEK:
            return add_days(day, -day.weekday())
        case Per.MONTH:
            return day.replace(day=1)
        case Per.QUARTER:
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case Per.YEAR:
            return day.replace(month=1, day=1)


def _following(per: Per, day: date) -> date:
    """First day of the next period."""
    if per in _MONTHS:
        return add_months(day, _MONTHS[per])
    return add_days(day, 7 if per is Per.WEEK else 1)


def _name(per: Per, day: date) -> str:
    match per:
        case Per.DAY:
            return day.isoformat()
        case Per.WEEK:
            year, week, _ = day.isocalendar()
            return f"{year:04}-W{week:02}"
        case Per.MONTH:
            return f"{day.year:04}-{day.month:02}"
        case Per.QUARTER:
            return f"{day.year:04}-Q{(day.month + 2) // 3}"
        case Per.YEAR:
            return f"{day.year:04}"
