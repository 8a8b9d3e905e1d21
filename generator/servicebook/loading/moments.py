"""Dates and times as authors write them.

Every function takes a text and gives a value or raises `Unreadable` with the reason and a hint.
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from servicebook.loading.quantities import tidy
from servicebook.loading.report import Unreadable, excerpt
from servicebook.timeline.zone import AmbiguousTime, ClockChanges, SkippedTime, resolve, start_of_day, to_instant

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Dates outside are slips: no agreement and no record is that old."""

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]+))?)? ?([Zz]|[+-][0-9]{2}:?[0-9]{2})?"
)


def day(text: str) -> date:
    """A date, `2026-10-31`."""
    text = tidy(text)
    found = _DATE.fullmatch(text)
    if found is None:
        raise _no_date(text)
    year, month, number = map(int, found.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"the year {year:04} isn't from {FIRST_YEAR} to {LAST_YEAR}", rule="field/bad-date")
    if not 1 <= month <= 12:
        raise Unreadable(
            f"there is no month {month:02}", "write year-month-day, as in 2026-10-31", rule="field/bad-date"
        )
    last = monthrange(year, month)[1]
    if not 1 <= number <= last:
        raise Unreadable(
            f"there is no {number} {month_name[month]} {year}",
            f"{month_name[month]} {year} has {last} days",
            rule="field/bad-date",
        )
    return date(year, month, number)


def instant(text: str, zone: ZoneInfo | None, *, clock_changes: ClockChanges | None = None, dates: bool = False) -> int:
    """UTC microseconds of a time, `2026-03-03T10:00+01:00`.

    A time without an offset is the zone's; without a zone, or where a clock change makes it unclear and
    `clock_changes` doesn't say which is meant, it is refused. With `dates` a bare date is its first instant in the zone.
    """
    text = tidy(text)
    if _DATE.fullmatch(text):
        return _first_of(text, zone, dates)
    found = _TIME.fullmatch(text)
    if found is None:
        raise _no_time(text, dates)
    on, hour, minute, second, fraction, offset = found.groups()
    moment = _clock_time(text, day(on), int(hour), int(minute), int(second or 0), fraction or "")
    if offset is not None:
        return to_instant(moment.replace(tzinfo=_offset(text, offset)))
    if zone is None:
        raise Unreadable(
            f"'{excerpt(text)}' says neither an offset nor is there a time zone",
            f"write the offset, as in '{excerpt(text)}+01:00' or '…Z', or add `time_zone`",
            rule="field/bad-time",
        )
    try:
        return resolve(moment, zone, clock_changes)
    except AmbiguousTime as error:
        raise Unreadable(
            f"the clocks of {zone.key} read '{excerpt(text)}' twice",
            "write the offset that is meant behind it",
            rule="field/bad-time",
        ) from error
    except SkippedTime as error:
        raise Unreadable(
            f"the clocks of {zone.key} skip '{excerpt(text)}'",
            "write another time, or one with its offset",
            rule="field/bad-time",
        ) from error


def _first_of(text: str, zone: ZoneInfo | None, dates: bool) -> int:
    on = day(text)
    if not dates:
        raise Unreadable(
            f"'{text}' is a date; a time is needed", f"write for example '{text}T10:00+01:00'", rule="field/bad-time"
        )
    if zone is None:
        raise Unreadable(
            f"'{text}' is a date, and there is no time zone in which it begins",
            f"write '{text}T00:00Z', or add `time_zone`",
            rule="field/bad-time",
        )
    return start_of_day(on, zone)


def _clock_time(text: str, on: date, hour: int, minute: int, second: int, fraction: str) -> datetime:
    if hour == 24 and not (minute or second):
        following = on + timedelta(days=1)
        raise Unreadable(
            f"'{excerpt(text)}': 24:00 is the next day's 00:00",
            f"write {following.isoformat()}T00:00",
            rule="field/bad-time",
        )
    if hour > 23 or minute > 59 or second > 59:
        raise Unreadable(
            f"no clock reads '{excerpt(text)}'", "hours go to 23, minutes and seconds to 59", rule="field/bad-time"
        )
    if len(fraction) > 6:
        raise Unreadable(
            f"'{excerpt(text)}' is finer than a microsecond", "write at most six decimals", rule="field/bad-time"
        )
    return datetime.combine(on, time(hour, minute, second, int(fraction.ljust(6, "0"))))


def _offset(text: str, offset: str) -> timezone:
    if offset in "Zz":
        return UTC
    hours, minutes = int(offset[1:3]), int(offset[-2:])
    if hours > 15 or minutes > 59:
        raise Unreadable(
            f"'{excerpt(text)}' has an offset that no zone has", "write it as in +01:00", rule="field/bad-time"
        )
    length = timedelta(hours=hours, minutes=minutes)
    return timezone(-length if offset[0] == "-" else length)


def _no_date(text: str) -> Unreadable:
    hint = "write year-month-day, as in 2026-10-31"
    if _TIME.fullmatch(text):
        return Unreadable(
            f"'{excerpt(text)}' is a time; only a date is needed", f"write {text[:10]}", rule="field/bad-date"
        )
    german = re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", text)
    if german is not None:
        hint = f"write {german[3]}-{int(german[2]):02}-{int(german[1]):02}"
    short = re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", text)
    if short is not None:
        hint = f"write {short[1]}-{int(short[2]):02}-{int(short[3]):02}"
    return Unreadable(f"'{excerpt(text)}' isn't a date", hint, rule="field/bad-date")


def _no_time(text: str, dates: bool) -> Unreadable:
    either = " or a date" if dates else ""
    return Unreadable(
        f"'{excerpt(text)}' isn't a time{either}",
        "write for example 2026-03-03T10:00+01:00" + (" or 2026-03-03" if dates else ""),
        rule="field/bad-time",
    )
