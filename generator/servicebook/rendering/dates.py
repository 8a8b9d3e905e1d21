"""Days, moments and periods in words, in the zone that they belong to."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names

from servicebook import texts
from servicebook.rendering.wording import NBSP
from servicebook.texts import say
from servicebook.timeline.zone import local, local_date

_PERIOD = re.compile(
    r"(?P<year>\d{4})(?:-W(?P<week>\d\d)|-Q(?P<quarter>[1-4])|-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?:/(?P<part>\d+))?"
)
_ROLLING = re.compile(r"rolling-(?P<days>\d+)d@(?P<date>\d{4}-\d\d-\d\d)")


def month(number: int) -> str:
    """`November`."""
    return str(get_month_names("wide", "format", texts.locale())[number])


def short_month(number: int) -> str:
    """`Nov`: for tables and axes."""
    return str(get_month_names("abbreviated", "stand-alone", _plain_locale())[number])


def weekday(value: date) -> str:
    """`Monday`."""
    return str(get_day_names("wide", "stand-alone", texts.locale())[value.weekday()])


def _plain_locale() -> str:
    """The language alone: British English writes `Sept`, and no other month with more than three letters."""
    return texts.spoken()


def day(value: date) -> str:
    """`1 November 2026`."""
    return say("%(day)s\u00a0%(month)s %(year)s", day=value.day, month=month(value.month), year=value.year)


def short_day(value: date) -> str:
    """`1 Nov`."""
    name = get_month_names("abbreviated", "format", _plain_locale())[value.month]
    return say("%(day)s\u00a0%(month)s", day=value.day, month=name)


def short_day_and_year(value: date) -> str:
    """`1 Nov 2026`."""
    return f"{short_day(value)} {value.year}"


def last_day(until: date) -> str:
    """The last day of something that ends before a date: a reader takes `until 31 December` as including that day."""
    return day(until - timedelta(days=1))


def zone_words(name: str) -> str:
    """`Berlin time` for `Europe/Berlin`, `UTC` for itself."""
    place = name.rpartition("/")[2]
    if "/" not in name or name.startswith("Etc/"):
        return place
    place = place.replace("_", " ")
    if texts.spoken() != texts.ENGLISH:
        place = texts.locale().time_zones.get(name, {}).get("city", place)
    return say("%(place)s time", place=place)


def moment(instant: int, zone: ZoneInfo) -> str:
    """`1 November 2026, 00:00 UTC`: a time always says its zone; seconds only where there are any."""
    return say(
        "%(day)s, %(time)s %(zone)s",
        day=day(local_date(instant, zone)),
        time=clock(instant, zone),
        zone=zone_words(zone.key),
    )


def clock(instant: int, zone: ZoneInfo) -> str:
    """What the clocks of the zone show: `10:02`, or `10:02:30`."""
    read = local(instant, zone)
    return read.strftime("%H:%M:%S" if read.second else "%H:%M")


def weekday_clock(instant: int, zone: ZoneInfo) -> str:
    """What clocks show on which day: `Monday, 07:00`."""
    return f"{weekday(local_date(instant, zone))}, {clock(instant, zone)}"


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
        return say("%(days)s\u00a0days to %(day)s", days=found["days"], day=day(date.fromisoformat(found["date"])))
    if (found := _PERIOD.fullmatch(name)) is None:
        return name
    return _with_part(_period_words(found), found)


def in_period(name: str) -> str:
    """Within a period: `in October 2026`, `in the third quarter 2026`, `on 5 October 2026`, `in the 30 days to …`."""
    if (found := _ROLLING.fullmatch(name)) is not None:
        end = day(date.fromisoformat(found["date"]))
        return say("in the %(days)s\u00a0days to %(day)s", days=found["days"], day=end)
    if (found := _PERIOD.fullmatch(name)) is None:
        return say("in the %(period)s", period=name)
    return _with_part(_in_period_words(found), found)


def period_short(name: str, *, year: bool = True) -> str:
    """A period for a table or an axis: `Oct 2026`, `Q3 2026`, `W41 2026`, `2026`, `5 Oct 2026`."""
    if (found := _ROLLING.fullmatch(name)) is not None:
        return say("%(days)s\u00a0days", days=found["days"])
    if (found := _PERIOD.fullmatch(name)) is None:
        return name
    tail = f" {found['year']}" if year else ""
    part = f"{NBSP}({found['part']})" if found["part"] else ""
    if found["week"]:
        return say("W%(week)s", week=found["week"]) + tail + part
    if found["quarter"]:
        return say("Q%(quarter)s", quarter=found["quarter"]) + tail + part
    if found["day"]:
        return f"{short_day(date(int(found['year']), int(found['month']), int(found['day'])))}{tail}{part}"
    if found["month"]:
        return f"{short_month(int(found['month']))}{tail}{part}"
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


def _with_part(words: str, found: re.Match[str]) -> str:
    return say("%(period)s, part\u00a0%(part)s", period=words, part=found["part"]) if found["part"] else words


def _period_words(found: re.Match[str]) -> str:
    year = int(found["year"])
    if found["week"]:
        return say("week from %(day)s", day=day(date.fromisocalendar(year, int(found["week"]), 1)))
    if found["quarter"]:
        return _quarters(year)[int(found["quarter"]) - 1]
    if found["day"]:
        return day(date(year, int(found["month"]), int(found["day"])))
    if found["month"]:
        return say("%(month)s %(year)s", month=month(int(found["month"])), year=year)
    return str(year)


def _in_period_words(found: re.Match[str]) -> str:
    year = int(found["year"])
    if found["week"]:
        return say("in the week from %(day)s", day=day(date.fromisocalendar(year, int(found["week"]), 1)))
    if found["quarter"]:
        return _in_quarters(year)[int(found["quarter"]) - 1]
    if found["day"]:
        return say("on %(day)s", day=day(date(year, int(found["month"]), int(found["day"]))))
    if found["month"]:
        return say("in %(month)s %(year)s", month=month(int(found["month"])), year=year)
    return say("in %(year)s", year=year)


def _quarters(year: int) -> tuple[str, str, str, str]:
    return (
        say("first quarter %(year)s", year=year),
        say("second quarter %(year)s", year=year),
        say("third quarter %(year)s", year=year),
        say("fourth quarter %(year)s", year=year),
    )


def _in_quarters(year: int) -> tuple[str, str, str, str]:
    return (
        say("in the first quarter %(year)s", year=year),
        say("in the second quarter %(year)s", year=year),
        say("in the third quarter %(year)s", year=year),
        say("in the fourth quarter %(year)s", year=year),
    )
