"""Days, moments and periods in words, in the zone that they belong to."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from servicebook.rendering.wording import NBSP
from servicebook.timeline.zone import local, local_date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_QUARTERS = ("first", "second", "third", "fourth")
_PERIOD = re.compile(
    r"(?P<year>\d{4})(?:-W(?P<week>\d\d)|-Q(?P<quarter>[1-4])|-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?:/(?P<part>\d+))?"
)
_ROLLING = re.compile(r"rolling-(?P<days>\d+)d@(?P<date>\d{4}-\d\d-\d\d)")


def day(value: date) -> str:
    """`1 November 2026`."""
    return f"{value.day}{NBSP}{MONTHS[value.month - 1]} {value.year}"


def short_day(value: date) -> str:
    """`1 Nov`."""
    return f"{value.day}{NBSP}{MONTHS[value.month - 1][:3]}"


def short_day_and_year(value: date) -> str:
    """`1 Nov 2026`."""
    return f"{short_day(value)} {value.year}"


def last_day(until: date) -> str:
    """The last day of something that ends before a date: a reader takes `until 31 December` as including that day."""
    return day(until - timedelta(days=1))


def zone_words(name: str) -> str:
    """`Berlin time` for `Europe/Berlin`, `UTC` for itself."""
    if "/" not in name or name.startswith("Etc/"):
        return name.rpartition("/")[2]
    return f"{name.rpartition('/')[2].replace('_', ' ')} time"


def place_words(name: str) -> str:
    """`in Berlin`, or `in UTC`."""
    return f"in {name.rpartition('/')[2].replace('_', ' ')}"


def moment(instant: int, zone: ZoneInfo) -> str:
    """`1 November 2026, 00:00 UTC`: a time always says its zone; seconds only where there are any."""
    return f"{day(local_date(instant, zone))}, {clock(instant, zone)} {zone_words(zone.key)}"


def clock(instant: int, zone: ZoneInfo) -> str:
    """What the clocks of the zone show: `10:02`, or `10:02:30`."""
    read = local(instant, zone)
    return read.strftime("%H:%M:%S" if read.second else "%H:%M")


def weekday_clock(instant: int, zone: ZoneInfo) -> str:
    """What clocks show on which day: `Monday, 07:00`."""
    return f"{WEEKDAYS[local(instant, zone).weekday()]}, {clock(instant, zone)}"


def stamp(instant: int, zone: ZoneInfo) -> str:
    """For tables: `25 Oct, 16:40`."""
    return f"{short_day(local_date(instant, zone))}, {clock(instant, zone)}"


def iso(instant: int, zone: ZoneInfo) -> str:
    """For `<time datetime>`: with the offset, to the second."""
    read: datetime = local(instant, zone)
    return read.isoformat(timespec="seconds")


def period(name: str) -> str:
    """A period in words: `October 2026`, `third quarter 2026`, `week from 5 October 2026`, `30 days to 1 November 2026`."""
    if (found := _ROLLING.fullmatch(name)) is not None:
        return f"{found['days']}{NBSP}days to {day(date.fromisoformat(found['date']))}"
    if (found := _PERIOD.fullmatch(name)) is None:
        return name
    return _period_words(found) + (f", part{NBSP}{found['part']}" if found["part"] else "")


def in_period(name: str) -> str:
    """Within a period: `in October 2026`, `in the third quarter 2026`, `on 5 October 2026`, `in the 30 days to …`."""
    found = _PERIOD.fullmatch(name)
    if found is not None and found["day"]:
        return f"on {period(name)}"
    named = found is not None and not found["quarter"] and not found["week"]
    return f"in {'' if named else 'the '}{period(name)}"


def period_short(name: str, *, year: bool = True) -> str:
    """A period for a table or an axis: `Oct 2026`, `Q3 2026`, `W41 2026`, `2026`, `5 Oct 2026`."""
    if (found := _ROLLING.fullmatch(name)) is not None:
        return f"{found['days']}{NBSP}days"
    if (found := _PERIOD.fullmatch(name)) is None:
        return name
    tail = f" {found['year']}" if year else ""
    part = f"{NBSP}({found['part']})" if found["part"] else ""
    if found["week"]:
        return f"W{found['week']}{tail}{part}"
    if found["quarter"]:
        return f"Q{found['quarter']}{tail}{part}"
    if found["day"]:
        return f"{short_day(date(int(found['year']), int(found['month']), int(found['day'])))}{tail}{part}"
    if found["month"]:
        return f"{MONTHS[int(found['month']) - 1][:3]}{tail}{part}"
    return f"{found['year']}{part}"


def axis_labels(names: list[str]) -> list[str]:
    """Labels along an axis: the year stands at the first and wherever it changes (`Nov 25`, `Dec`, `Jan 26`)."""
    labels: list[str] = []
    before = ""
    for name in names:
        found = _PERIOD.fullmatch(name)
        if found is None or name == found["year"]:
            labels.append(period_short(name, year=False))
            continue
        new_year = found["year"] != before
        before = found["year"]
        short = period_short(name, year=False)
        labels.append(f"{short} {before[2:]}" if new_year and not found["day"] else short)
    return labels


def _period_words(found: re.Match[str]) -> str:
    year = int(found["year"])
    if found["week"]:
        return f"week from {day(date.fromisocalendar(year, int(found['week']), 1))}"
    if found["quarter"]:
        return f"{_QUARTERS[int(found['quarter']) - 1]} quarter {year}"
    if found["day"]:
        return day(date(year, int(found["month"]), int(found["day"])))
    if found["month"]:
        return f"{MONTHS[int(found['month']) - 1]} {year}"
    return str(year)
