"""Times as metric files write them, one text at a time: the rule that the engine's fast path agrees with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from fractions import Fraction
from zoneinfo import ZoneInfo

from servicebook.metrics.rules import BAD_TIME, NO_ZONE, UNCLEAR_TIME
from servicebook.timeline.zone import (
    AmbiguousTime,
    ClockChanges,
    OutOfRange,
    SkippedTime,
    check_instant,
    resolve,
    start_of_day,
    to_instant,
)

UNIX: dict[str, int] = {"unix s": 1_000_000, "unix ms": 1_000}
"""Microseconds of the units of elapsed time since 1970."""

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?"
    r"(?:([Zz])|([+-])(\d{2})(?::?(\d{2}))?)?",
    re.ASCII,
)
_UNIX = re.compile(r"-?\d{1,20}(?:\.\d{0,20})?(?:[eE][+]?\d{1,2})?", re.ASCII)


class Unreadable(ValueError):
    """A text that can't be read; carries the rule, the reason and a hint."""

    def __init__(self, rule: str, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.rule, self.reason, self.hint = rule, reason, hint


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeReader:
    """Reads times in a source's format and zone."""

    format: str | None = None
    """A strptime pattern, `unix s`, `unix ms`, or none: ISO 8601."""
    zone: ZoneInfo | None = None
    clock_changes: ClockChanges | None = None

    def read(self, text: str) -> int:
        """The instant, in microseconds; Unreadable otherwise. A bare date is the first instant of that day."""
        moment = self._moment(text)
        try:
            return self._instant(moment)
        except OutOfRange as error:
            raise Unreadable(BAD_TIME, f"'{text}' lies outside the years 1 to 9999") from error
        except (AmbiguousTime, SkippedTime) as error:
            raise Unreadable(
                UNCLEAR_TIME, str(error), "write the offset, or say `clock_changes: earlier` or `later`"
            ) from error

    def read_day(self, text: str) -> date:
        """The date of a text that names a day: a bare date, or a naive midnight; Unreadable otherwise."""
        moment = self._moment(text)
        if isinstance(moment, datetime) and moment.tzinfo is None and moment.time() == time():
            return moment.date()
        if isinstance(moment, date) and not isinstance(moment, datetime):
            return moment
        raise Unreadable(BAD_TIME, f"'{text}' isn't a day", "write the date alone")

    def _instant(self, moment: datetime | date | int) -> int:
        if isinstance(moment, int):
            return check_instant(moment)
        if isinstance(moment, datetime) and moment.tzinfo is not None:
            return to_instant(moment)
        if self.zone is None:
            raise Unreadable(
                NO_ZONE,
                f"'{moment}' has no offset, and the source no `time_zone`",
                "add `time_zone: Europe/Berlin`, or whichever it is",
            )
        if isinstance(moment, datetime):
            return resolve(moment, self.zone, self.clock_changes)
        return start_of_day(moment, self.zone)

    def _moment(self, text: str) -> datetime | date | int:
        if self.format is None:
            return _iso(text)
        if self.format in UNIX:
            return _unix(text, UNIX[self.format])
        if "%Z" in self.format:
            raise Unreadable(
                BAD_TIME, "a zone's short name (%Z) tells no offset for sure", "use %z and offsets, or `time_zone`"
            )
        try:
            found = datetime.strptime(text, self.format)  # noqa: DTZ007 - the zone is the source's and is applied by the caller
        except (ValueError, OverflowError) as error:
            raise Unreadable(BAD_TIME, f"'{text}' isn't of the form '{self.format}'") from error
        if not text.isascii():
            raise Unreadable(BAD_TIME, f"'{text}' isn't of the form '{self.format}'")
        has_clock = any(mark in self.format for mark in ("%H", "%I", "%c", "%X", "%M", "%S", "%f", "%z"))
        return found if has_clock else found.date()


def _iso(text: str) -> datetime | date:
    if found := _DATE.fullmatch(text):
        return _date(text, *map(int, found.groups()))
    found = _ISO.fullmatch(text)
    if found is None:
        raise Unreadable(BAD_TIME, f"'{text}' isn't an ISO 8601 time", _hint(text))
    year, month, day, hour, minute = (int(found[index]) for index in range(1, 6))
    second, fraction = int(found[6] or 0), found[7] or ""
    if hour == 24:
        raise Unreadable(BAD_TIME, f"'{text}': hours run from 00 to 23", "midnight is 00:00 of the next day")
    if second == 60:
        raise Unreadable(BAD_TIME, f"'{text}': leap seconds can't be read", "write the second before or after")
    if fraction[6:].strip("0"):
        raise Unreadable(BAD_TIME, f"'{text}' is finer than a microsecond", "round it at its source")
    day_found = _date(text, year, month, day)
    try:
        clock = time(hour, minute, second, int(fraction[:6].ljust(6, "0")))
    except ValueError as error:
        raise Unreadable(BAD_TIME, f"'{text}' isn't a time of day") from error
    moment = datetime.combine(day_found, clock)
    return moment.replace(tzinfo=_offset(text, found)) if found[8] or found[9] else moment


def _date(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Unreadable(BAD_TIME, f"'{text}' isn't a date in the calendar") from error


def _offset(text: str, found: re.Match[str]) -> timezone:
    if found[8]:
        return UTC
    hours, minutes = int(found[10]), int(found[11] or 0)
    if hours > 23 or minutes > 59:
        raise Unreadable(BAD_TIME, f"'{text}' has an offset that can't be")
    length = timedelta(hours=hours, minutes=minutes)
    return timezone(-length if found[9] == "-" else length)


def _hint(text: str) -> str:
    if text.strip() != text:
        return "there is white space around it"
    if re.fullmatch(r"\d{9,11}(\.\d+)?", text):
        return "is it `time_format: unix s`?"
    if re.fullmatch(r"\d{12,14}", text):
        return "is it `time_format: unix ms`?"
    return 'say how times are written: time_format: "%d/%m/%Y %H:%M"'


def _unix(text: str, unit: int) -> int:
    if not _UNIX.fullmatch(text):
        raise Unreadable(
            BAD_TIME, f"'{text}' isn't a number of {'seconds' if unit == UNIX['unix s'] else 'milliseconds'} since 1970"
        )
    exact = Fraction(text.rstrip(".")) * unit
    if exact.denominator != 1:
        raise Unreadable(BAD_TIME, f"'{text}' is finer than a microsecond", "round it at its source")
    return exact.numerator
