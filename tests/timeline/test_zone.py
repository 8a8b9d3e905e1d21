"""Between instants and what the clocks of a zone read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from servicebook.timeline.zone import (
    DAY,
    EARLIEST,
    HOUR,
    LATEST,
    MINUTE,
    AmbiguousTime,
    OutOfRange,
    SkippedTime,
    UnknownZone,
    add_days,
    add_months,
    check_instant,
    format_utc,
    local,
    local_date,
    next_day,
    offsets,
    resolve,
    shift_days,
    start_of_day,
    to_instant,
    zone,
    zone_names,
)

BERLIN = zone("Europe/Berlin")


def at(text: str) -> int:
    """The instant of an ISO 8601 time with an offset."""
    return to_instant(datetime.fromisoformat(text))


def reading(text: str) -> datetime:
    """What a clock reads, wherever it hangs."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../UTC",
        "/etc/localtime",
        "localtime",
        "europe/berlin",
        "EUROPE/BERLIN",
        "Europe",
        "UTC\0",
        "Europe/Berlin/",
        "posix/UTC",
        "Mars/Olympus",
    ],
)
def test_only_names_of_the_iana_database_are_zones(name: str) -> None:
    """Spelled exactly; a path, a folder or another spelling is no zone on any machine."""
    with pytest.raises(UnknownZone, match="no time zone"):
        zone(name)


def test_a_zone_is_the_same_value_each_time() -> None:
    """Zones are compared by identity, so equal calendars need the same one."""
    assert zone("Europe/Berlin") is BERLIN
    assert BERLIN.key == "Europe/Berlin"


def test_every_name_can_be_read() -> None:
    """Each name of the database opens a zone that has an offset."""
    for name in zone_names():
        assert local(0, zone(name)).utcoffset() is not None


def test_instants_are_exact() -> None:
    """Microseconds since 1970 UTC, also far back, and back again."""
    assert at("1970-01-01T01:00:00.000001+01:00") == 1
    assert at("0001-01-01T00:00+00:00") == EARLIEST
    assert at("9999-12-31T23:59:59.999999+00:00") == LATEST
    assert local(at("2026-07-01T12:00:00.123457+02:00"), BERLIN).isoformat() == "2026-07-01T12:00:00.123457+02:00"


def test_a_time_without_an_offset_is_no_instant() -> None:
    """It says what some clock read, not when."""
    with pytest.raises(ValueError, match="without an offset"):
        to_instant(reading("2026-01-01T00:00"))


@pytest.mark.parametrize(
    "moment",
    [
        datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
        datetime.max.replace(tzinfo=timezone(-timedelta(hours=12))),
    ],
)
def test_instants_outside_the_years_1_to_9999_are_refused(moment: datetime) -> None:
    """A plain reason instead of an overflow somewhere later."""
    with pytest.raises(OutOfRange, match="years 1 to 9999"):
        to_instant(moment)


def test_what_lies_outside_the_years_1_to_9999_is_refused_everywhere() -> None:
    """Whatever is asked, the answer is a ValueError."""
    tokyo, new_york = zone("Asia/Tokyo"), zone("America/New_York")
    for question in (
        lambda: check_instant(LATEST + 1),
        lambda: local(10**30, BERLIN),
        lambda: local(LATEST, tokyo),
        lambda: local_date(EARLIEST, new_york),
        lambda: start_of_day(date.min, tokyo),
        lambda: resolve(reading("9999-12-31T23:00"), new_york, None),
        lambda: shift_days(at("2026-01-01T00:00+00:00"), BERLIN, 10**7),
        lambda: shift_days(at("2026-01-01T00:00+00:00"), BERLIN, -(10**10)),
        lambda: next_day(date.max),
        lambda: add_days(date.min, -1),
        lambda: add_months(date.max, 1),
        lambda: add_months(date.min, -1),
        lambda: format_utc(EARLIEST - 1),
    ):
        with pytest.raises(OutOfRange):
            question()


@pytest.mark.parametrize(
    ("name", "day", "start"),
    [
        ("Europe/Berlin", date(2026, 3, 29), "2026-03-29T00:00+01:00"),
        ("Europe/Berlin", date(2026, 7, 1), "2026-07-01T00:00+02:00"),
        ("America/Sao_Paulo", date(2018, 11, 4), "2018-11-04T01:00-02:00"),
        ("Asia/Beirut", date(2024, 3, 31), "2024-03-31T01:00+03:00"),
        ("Africa/Cairo", date(2024, 4, 26), "2024-04-26T01:00+03:00"),
        ("America/Toronto", date(1919, 3, 31), "1919-03-31T00:30-04:00"),
        ("America/Havana", date(2025, 11, 2), "2025-11-02T00:00-04:00"),
        ("America/St_Johns", date(2010, 11, 7), "2010-11-07T00:00-02:30"),
        ("Pacific/Apia", date(2011, 12, 29), "2011-12-29T00:00-10:00"),
        ("Pacific/Apia", date(2011, 12, 30), "2011-12-31T00:00+14:00"),
        ("Pacific/Apia", date(2011, 12, 31), "2011-12-31T00:00+14:00"),
    ],
)
def test_a_day_begins_at_the_first_instant_that_carries_its_date(name: str, day: date, start: str) -> None:
    """Where the clocks jump over midnight the day begins with the jump; Samoa had no 30 December 2011 at all."""
    assert start_of_day(day, zone(name)) == at(start)


def test_a_repeated_time_is_ambiguous() -> None:
    """On 25 October 2026 the clocks of Berlin read 02:30 twice; the error carries both instants."""
    with pytest.raises(AmbiguousTime, match=r"2026-10-25 02:30:00 in Europe/Berlin comes twice") as caught:
        resolve(reading("2026-10-25T02:30"), BERLIN, None)

    assert caught.value.earlier == at("2026-10-25T02:30+02:00")
    assert caught.value.later == at("2026-10-25T02:30+01:00")


def test_a_skipped_time_never_comes() -> None:
    """On 29 March 2026 the clocks of Berlin go from 02:00 to 03:00; the error carries both candidates."""
    with pytest.raises(SkippedTime, match="never comes") as caught:
        resolve(reading("2026-03-29T02:30"), BERLIN, None)

    assert caught.value.earlier == at("2026-03-29T02:30+02:00") == at("2026-03-29T01:30+01:00")
    assert caught.value.later == at("2026-03-29T02:30+01:00") == at("2026-03-29T03:30+02:00")


def test_a_source_may_say_which_instant_is_meant() -> None:
    """The earlier or later of the two instants that the offsets before and after the change give, for both kinds of change."""
    spring, autumn = reading("2026-03-29T02:30"), reading("2026-10-25T02:30")

    assert resolve(autumn, BERLIN, "earlier") == at("2026-10-25T02:30+02:00")
    assert resolve(autumn, BERLIN, "later") == at("2026-10-25T02:30+01:00")
    assert resolve(spring, BERLIN, "earlier") == at("2026-03-29T02:30+02:00")
    assert resolve(spring, BERLIN, "later") == at("2026-03-29T02:30+01:00")
    assert resolve(reading("2026-03-29T03:00"), BERLIN, None) == at("2026-03-29T03:00+02:00")


def test_days_are_counted_at_the_same_local_time() -> None:
    """Five days before a Wednesday 10:00 in April is a Friday 10:00, although a clock change took an hour in between."""
    assert shift_days(at("2026-04-01T10:00+02:00"), BERLIN, -5) == at("2026-03-27T10:00+01:00")


def test_a_counted_moment_that_a_clock_change_touches_is_the_earlier_one() -> None:
    """One day after 28 March 02:30 would be a skipped time, one day after 24 October 02:30 a repeated one."""
    assert shift_days(at("2026-03-28T02:30+01:00"), BERLIN, 1) == at("2026-03-29T01:30+01:00")
    assert shift_days(at("2026-10-24T02:30+02:00"), BERLIN, 1) == at("2026-10-25T02:30+02:00")


def test_no_days_later_is_the_same_instant() -> None:
    """Even the second of two equal local times stays what it is; a day later it is one time again."""
    second = at("2026-10-25T02:30+01:00")

    assert shift_days(second, BERLIN, 0) == second
    assert shift_days(second, BERLIN, 1) == at("2026-10-26T02:30+01:00")


@pytest.mark.parametrize(
    ("months", "day"),
    [
        (0, date(2026, 1, 31)),
        (1, date(2026, 2, 28)),
        (2, date(2026, 3, 31)),
        (3, date(2026, 4, 30)),
        (25, date(2028, 2, 29)),
        (-2, date(2025, 11, 30)),
        (12, date(2027, 1, 31)),
    ],
)
def test_months_are_counted_from_the_first_date(months: int, day: date) -> None:
    """31 January plus one month is 28 February, plus two is 31 March."""
    assert add_months(date(2026, 1, 31), months) == day


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-31T23:00:00Z",
        "2026-10-31T23:00:00.5Z",
        "2026-10-31T23:00:00.000001Z",
        "2026-10-31T23:00:10Z",
        "0044-03-15T12:00:00Z",
    ],
)
def test_instants_are_written_in_utc_and_as_short_as_they_are(text: str) -> None:
    """A fraction only where there is one, without noughts at its end; the year always has four digits."""
    assert format_utc(at(text)) == text


def test_offsets_tell_when_the_clocks_change() -> None:
    """Lord Howe puts its clocks back by half an hour: at 15:00 UTC on 4 April 2026, from +11 to +10:30."""
    change = at("2026-04-04T15:00+00:00")
    found = list(offsets(zone("Australia/Lord_Howe"), change - HOUR, change + HOUR))

    assert found == [(change - HOUR, change, 11 * HOUR), (change, change + HOUR, 10 * HOUR + 30 * MINUTE)]


def test_offsets_across_years_lie_end_to_end() -> None:
    """Two changes a year, without gaps in between."""
    start, end = at("2024-01-01T00:00+00:00"), at("2027-01-01T00:00+00:00")
    found = list(offsets(BERLIN, start, end))

    assert found[0][0] == start
    assert found[-1][1] == end
    assert all(one[1] == other[0] for one, other in pairwise(found))
    assert sum(one[2] != other[2] for one, other in pairwise(found)) == 6


def test_offsets_reach_to_both_ends_of_time() -> None:
    """The first and last days of what dates can say have an offset too."""
    assert {offset for _, _, offset in offsets(zone("Asia/Tokyo"), LATEST - 3 * DAY, LATEST)} == {9 * HOUR}
    assert len(list(offsets(zone("America/New_York"), EARLIEST, EARLIEST + 3 * DAY))) == 1


def test_no_time_has_no_offsets() -> None:
    """A stretch that ends where it starts is empty."""
    assert list(offsets(BERLIN, HOUR, HOUR)) == []


def test_python_agrees_that_these_are_zones() -> None:
    """What `zone` gives serves wherever the standard library wants a zone."""
    assert isinstance(BERLIN, ZoneInfo)
    assert isinstance(BERLIN, tzinfo)
    assert datetime(2026, 1, 1, tzinfo=BERLIN).astimezone(UTC).hour == 23
