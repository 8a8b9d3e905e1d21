"""Between instants and what the clocks of a time zone read.

An instant is an integer of microseconds since 1970 UTC. Zones are those of the IANA database as
the `tzdata` package has it, never the machine's own, so that a figure is the same everywhere.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache, partial
from importlib.resources import files
from typing import Literal
from zoneinfo import ZoneInfo

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
"""24 hours, in microseconds; a local day may be shorter or longer."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAIVE_EPOCH = _EPOCH.replace(tzinfo=None)
_LAST_DAY = (date.max - date(1970, 1, 1)).days
_FIRST_DAY = (date.min - date(1970, 1, 1)).days

EARLIEST = _FIRST_DAY * DAY
"""0001-01-01T00:00Z."""
LATEST = (_LAST_DAY + 1) * DAY - 1
"""The last microsecond of the year 9999, UTC."""

_CHUNK = 364 * DAY
"""How much of a zone's history is worked out and remembered at a time."""

ClockChanges = Literal["earlier", "later"]


class UnknownZone(ValueError):
    """A name that the IANA database doesn't have."""


class OutOfRange(ValueError):
    """An instant or date outside the years 1 to 9999."""


class _TwoInstants(ValueError):
    """A local time that a clock change makes unclear."""

    def __init__(self, message: str, earlier: int, later: int) -> None:
        super().__init__(message)
        self.earlier = earlier
        """The earlier of the two instants that the offsets before and after the change give."""
        self.later = later
        """The later of them."""


class AmbiguousTime(_TwoInstants):
    """A local time that the clocks read twice."""


class SkippedTime(_TwoInstants):
    """A local time that the clocks never read."""


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """All names that `zone` knows."""
    return frozenset((files("tzdata") / "zones").read_text(encoding="ascii").split())


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name, spelled exactly so; UnknownZone for anything else."""
    if name not in zone_names():
        raise UnknownZone(f"no time zone '{name}'")
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as source:
        return ZoneInfo.from_file(source, key=name)


def check_instant(instant: int) -> int:
    """The instant itself; OutOfRange outside the years 1 to 9999."""
    if not EARLIEST <= instant <= LATEST:
        raise OutOfRange("an instant outside the years 1 to 9999")
    return instant


def to_instant(moment: datetime) -> int:
    """The instant of a date and time with an offset, exactly; ValueError for one without."""
    if moment.tzinfo is None:
        raise ValueError("a time without an offset is no instant")
    return check_instant(_microseconds(moment - _EPOCH))


def local(instant: int, zone: ZoneInfo) -> datetime:
    """What the clocks of a zone read at an instant."""
    try:
        return (_EPOCH + timedelta(microseconds=instant)).astimezone(zone)
    except OverflowError as error:
        raise OutOfRange("an instant outside the years 1 to 9999") from error


def local_date(instant: int, zone: ZoneInfo) -> date:
    """The date that an instant carries in a zone."""
    return local(instant, zone).date()


@lru_cache(maxsize=65_536)
def start_of_day(day: date, zone: ZoneInfo) -> int:
    """The first instant that carries a date in a zone.

    Some days have no midnight and begin with the clock change; where a zone skipped the whole
    day, it is the first instant after it.
    """
    before, after = _candidates(datetime.combine(day, time.min), zone)
    if before <= after:
        return check_instant(before)
    # The clocks jump over midnight somewhere in between.
    return _first_whole_second(
        check_instant(after), check_instant(before), lambda instant: local(instant, zone).date() >= day
    )


def next_day(day: date) -> date:
    """The day after; OutOfRange after the year 9999."""
    return add_days(day, 1)


def add_days(day: date, days: int) -> date:
    """The date so many days later, or before; OutOfRange outside the years 1 to 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError as error:
        raise OutOfRange("a date outside the years 1 to 9999") from error


def add_months(day: date, months: int) -> date:
    """The date so many months later, or before: the same day of the month, or the month's last where it is shorter.

    31 January and one month is 28 (or 29) February; so terms are always counted from the first date.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OutOfRange("a date outside the years 1 to 9999")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def resolve(naive: datetime, zone: ZoneInfo, clock_changes: ClockChanges | None) -> int:
    """The instant at which the clocks of a zone read so.

    With `earlier` or `later`, a time that a clock change repeats or skips is the earlier or later of
    the two instants that the offsets before and after the change give. Without, it is AmbiguousTime or SkippedTime.
    """
    before, after = (check_instant(candidate) for candidate in _candidates(naive, zone))
    if before == after:
        return before
    earlier, later = min(before, after), max(before, after)
    if clock_changes is not None:
        return earlier if clock_changes == "earlier" else later
    written = f"{naive.isoformat(sep=' ')} in {zone.key}"
    if before < after:
        raise AmbiguousTime(f"{written} comes twice, at {format_utc(earlier)} and {format_utc(later)}", earlier, later)
    raise SkippedTime(f"{written} never comes: the clocks are put forward over it", earlier, later)


def shift_days(instant: int, zone: ZoneInfo, days: int) -> int:
    """The same local time of day so many local days later, or before.

    A moment that a clock change skips or repeats is the earlier of its two instants.
    """
    if days == 0:
        return check_instant(instant)
    moment = local(instant, zone).replace(tzinfo=None, fold=0)
    return resolve(datetime.combine(add_days(moment.date(), days), moment.time()), zone, "earlier")


def format_utc(instant: int) -> str:
    """`2026-10-31T23:00:00Z`; a fraction of a second only where there is one, as short as it is."""
    moment = _EPOCH + timedelta(microseconds=check_instant(instant))
    written = moment.replace(tzinfo=None).isoformat()
    return re.sub(r"(\.\d*?)0+$", r"\1", written) + "Z"


def offsets(zone: ZoneInfo, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Stretches (start, end, offset) of [start, end) in each of which the zone's offset from UTC, in microseconds, stays the same."""
    if start >= end:
        return
    for chunk in range(start // _CHUNK, -(-end // _CHUNK)):
        for low, high, offset in _offsets_in(zone, chunk):
            if low < end and high > start:
                yield max(low, start), min(high, end), offset


@lru_cache(maxsize=4096)
def _offsets_in(zone: ZoneInfo, chunk: int) -> tuple[tuple[int, int, int], ...]:
    """`offsets` of one chunk, read off day by day, the changes themselves by halving: no zone ever had two within less than a week."""
    found: list[tuple[int, int, int]] = []
    begin, end = chunk * _CHUNK, (chunk + 1) * _CHUNK
    offset = _offset_at(zone, begin)
    for day in range(begin, end, DAY):
        following = _offset_at(zone, day + DAY)
        if following == offset:
            continue
        change = _first_whole_second(day, day + DAY, partial(_has_left, zone, offset))
        if change < end:
            found.append((begin, change, offset))
            begin, offset = change, following
    return (*found, (begin, end, offset))


def _first_whole_second(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The first instant at which something holds that doesn't at `low` and does at `high`, by halving; clocks change at whole seconds."""
    while high - low > SECOND:
        middle = low + (high - low) // (2 * SECOND) * SECOND
        if holds(middle):
            high = middle
        else:
            low = middle
    return high


def _has_left(zone: ZoneInfo, offset: int, instant: int) -> bool:
    """Whether the clocks no longer run with an offset."""
    return _offset_at(zone, instant) != offset


def _offset_at(zone: ZoneInfo, instant: int) -> int:
    # A day from either end of what dates can say, clocks can't be read; no zone changes there.
    within = min(max(instant, EARLIEST + DAY), LATEST - DAY)
    return _microseconds(local(within, zone).replace(tzinfo=None) - _NAIVE_EPOCH) - within


def _candidates(naive: datetime, zone: ZoneInfo) -> tuple[int, int]:
    """The instants that the offsets before and after a clock change give; equal where there is none."""
    before, after = (naive.replace(tzinfo=zone, fold=fold) - _EPOCH for fold in (0, 1))
    return _microseconds(before), _microseconds(after)


def _microseconds(length: timedelta) -> int:
    return (length.days * 86_400 + length.seconds) * SECOND + length.microseconds
