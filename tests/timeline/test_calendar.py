"""Hours of the week in a zone, turned into intervals."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from time import perf_counter

import pytest

from servicebook.timeline.calendar import Calendar, Holidays, parse_days, parse_hours, round_the_clock
from servicebook.timeline.interval import EMPTY, Intervals
from servicebook.timeline.zone import EARLIEST, HOUR, LATEST, MINUTE, OutOfRange, to_instant, zone


def at(text: str) -> int:
    """The instant of an ISO 8601 time with an offset."""
    return to_instant(datetime.fromisoformat(text))


def calendar(zone_name: str = "Europe/Berlin", holidays: Holidays | None = None, **hours: str) -> Calendar:
    """A calendar as its file writes it, `mon_fri="08:00-17:00"`."""
    weekly: list[tuple[tuple[int, int], ...]] = [()] * 7
    for days, text in hours.items():
        for day in parse_days(days.replace("_", "-")):
            weekly[day] = parse_hours(text)
    return Calendar(zone=zone(zone_name), weekly=tuple(weekly), holidays=holidays)


def spans(*pairs: tuple[str, str]) -> Intervals:
    """Intervals between ISO 8601 times."""
    return Intervals((at(start), at(end)) for start, end in pairs)


def test_hours_of_a_week() -> None:
    """`{mon-fri: "07:00-12:00, 13:00-20:00", sat: "09:00-24:00"}`: from Friday noon to Monday noon."""
    shop = calendar(mon_fri="07:00-12:00, 13:00-20:00", sat="09:00-24:00")

    assert shop.hours(at("2026-10-02T11:00+02:00"), at("2026-10-05T12:30+02:00")) == spans(
        ("2026-10-02T11:00+02:00", "2026-10-02T12:00+02:00"),
        ("2026-10-02T13:00+02:00", "2026-10-02T20:00+02:00"),
        ("2026-10-03T09:00+02:00", "2026-10-04T00:00+02:00"),
        ("2026-10-05T07:00+02:00", "2026-10-05T12:00+02:00"),
    )


def test_hours_hold_their_opening_and_not_their_close() -> None:
    """Half-open, as everything."""
    office = calendar(mon_fri="08:00-17:00")

    assert office.contains(at("2026-10-05T08:00+02:00"))
    assert not office.contains(at("2026-10-05T17:00+02:00"))
    assert not office.contains(at("2026-10-04T12:00+02:00"))


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 5), ("2026-10-25", 7), ("2026-10-18", 6)])
def test_a_repeated_hour_counts_twice_and_a_skipped_one_not_at_all(day: str, hours: int) -> None:
    """Sundays 00:00-06:00 in Berlin on the days on which the clocks change, and on another."""
    sundays = calendar(sun="00:00-06:00")
    midnight = datetime.fromisoformat(day).replace(tzinfo=zone("Europe/Berlin"))
    start, end = to_instant(midnight), to_instant(midnight + timedelta(days=1))

    assert (
        sundays.measure(start, end)
        == sundays.hours(start, end).duration
        == sundays.hours_of(midnight.date()).duration
        == hours * HOUR
    )


def test_only_the_part_of_the_hours_that_the_clocks_read_twice_comes_twice() -> None:
    """02:15-02:45 on 25 October 2026 in Berlin: once in summer time, once in winter time."""
    quarters = calendar(sun="02:15-02:45")

    assert quarters.hours_of(date(2026, 10, 25)) == spans(
        ("2026-10-25T02:15+02:00", "2026-10-25T02:45+02:00"), ("2026-10-25T02:15+01:00", "2026-10-25T02:45+01:00")
    )
    assert quarters.hours_of(date(2026, 3, 29)) == EMPTY


def test_half_an_hour_in_lord_howe() -> None:
    """On 5 April 2026 the clocks go from 02:00 back to 01:30, on 4 October from 02:00 to 02:30."""
    nights = calendar("Australia/Lord_Howe", mon_sun="01:00-03:00")

    assert nights.hours_of(date(2026, 4, 5)).duration == 150 * MINUTE
    assert nights.hours_of(date(2026, 10, 4)).duration == 90 * MINUTE


def test_a_day_without_midnight_opens_with_the_clock_change() -> None:
    """In São Paulo 4 November 2018 began at 01:00."""
    early = calendar("America/Sao_Paulo", mon_sun="00:00-06:00")

    assert early.hours_of(date(2018, 11, 4)) == spans(("2018-11-04T01:00-02:00", "2018-11-04T06:00-02:00"))


def test_a_day_that_the_zone_skipped_has_no_hours() -> None:
    """Samoa had no 30 December 2011, a Friday."""
    office = calendar("Pacific/Apia", mon_fri="08:00-17:00")

    assert office.hours_of(date(2011, 12, 30)) == EMPTY
    assert office.measure(at("2011-12-29T00:00-10:00"), at("2012-01-01T00:00+14:00")) == 9 * HOUR


def test_hours_that_run_into_the_next_day_belong_to_the_day_on_which_they_start() -> None:
    """`fri: 22:00-06:00` is one stretch of eight hours that ends on Saturday."""
    nights = calendar(fri="22:00-06:00")

    assert nights.hours_of(date(2026, 10, 9)) == spans(("2026-10-09T22:00+02:00", "2026-10-10T06:00+02:00"))
    assert nights.hours_of(date(2026, 10, 10)) == EMPTY
    assert nights.contains(at("2026-10-10T05:59+02:00"))
    assert not nights.ends_same_day
    assert calendar(fri="22:00-24:00").ends_same_day


def test_a_holiday_takes_the_hours_that_start_on_it() -> None:
    """A night shift of Thursday goes on into a free Friday; that of Friday is out, its hours on Saturday too."""
    free_friday = Holidays(also=frozenset({date(2026, 10, 9)}))
    nights = calendar(holidays=free_friday, thu_sat="22:00-06:00")

    assert nights.hours(at("2026-10-08T12:00+02:00"), at("2026-10-11T12:00+02:00")) == spans(
        ("2026-10-08T22:00+02:00", "2026-10-09T06:00+02:00"), ("2026-10-10T22:00+02:00", "2026-10-11T06:00+02:00")
    )
    assert nights.hours_of(date(2026, 10, 9)) == EMPTY


def test_a_holiday_is_a_whole_date_of_the_calendars_zone() -> None:
    """25 December in New York lasts until 05:00 UTC of the 26th."""
    always_but_christmas = calendar("America/New_York", holidays=Holidays(country="US"), mon_sun="00:00-24:00")

    assert always_but_christmas.hours(at("2025-12-24T00:00-05:00"), at("2025-12-27T00:00-05:00")) == spans(
        ("2025-12-24T00:00-05:00", "2025-12-25T00:00-05:00"), ("2025-12-26T00:00-05:00", "2025-12-27T00:00-05:00")
    )
    assert not always_but_christmas.always


def test_round_the_clock_never_closes() -> None:
    """Every instant is inside, however long one looks; the same hours written out are the same."""
    start, end = at("2020-01-01T00:00+00:00"), at("2030-01-01T00:00+00:00")
    for never_closed in (
        round_the_clock(zone("Europe/Berlin")),
        calendar(mon_sun="00:00-24:00"),
        calendar(mon_sun="00:00-12:00, 12:00-24:00"),
        calendar(mon_sun="22:00-22:00"),
        calendar(holidays=Holidays(), mon_sun="08:00-08:00"),
    ):
        assert never_closed.always
        assert never_closed.hours(start, end) == Intervals.span(start, end)
        assert never_closed.measure(start, end) == end - start
        assert never_closed.contains(start)
    assert not calendar(mon_sun="00:00-23:59").always
    assert not calendar(mon_sat="00:00-24:00").always


def test_whole_days_merge_across_years() -> None:
    """Only the holiday itself cuts ten years of round-the-clock hours."""
    start, end = at("2020-01-01T00:00+00:00"), at("2030-01-01T00:00+00:00")
    once_closed = calendar("UTC", holidays=Holidays(also=frozenset({date(2025, 6, 1)})), mon_sun="00:00-24:00")

    assert len(once_closed.hours(start, end)) == 2
    assert once_closed.measure(start, end) == end - start - 24 * HOUR


def test_no_time_has_no_hours() -> None:
    """A window that ends where it starts, or before, is empty."""
    office = calendar(mon_sun="08:00-17:00")
    noon = at("2026-10-05T12:00+02:00")

    assert office.hours(noon, noon) == office.hours(noon, noon - HOUR) == EMPTY
    assert office.measure(noon, noon) == office.measure(noon, noon - HOUR) == 0


def test_both_ends_of_time() -> None:
    """Hours can be asked for up to the first and last instants that dates can say, and not beyond."""
    office = calendar("Asia/Tokyo", mon_sun="08:00-17:00")

    assert office.measure(EARLIEST, EARLIEST + 240 * HOUR) >= 9 * 9 * HOUR
    assert office.measure(LATEST - 240 * HOUR, LATEST) >= 9 * 9 * HOUR
    for question in (
        lambda: office.hours(0, LATEST + 2),
        lambda: office.measure(EARLIEST - 1, 0),
        lambda: office.contains(LATEST + 1),
    ):
        with pytest.raises(OutOfRange):
            question()


def test_years_of_hours_are_quick() -> None:
    """Forty years with holidays in less than a second and a half, a second look in no time."""
    office = calendar(holidays=Holidays(country="DE", subdivision="BE"), mon_fri="07:00-12:00, 13:00-20:00")
    start, end = at("1990-01-01T00:00+00:00"), at("2030-01-01T00:00+00:00")
    began = perf_counter()
    worked = office.measure(start, end)
    first = perf_counter() - began

    assert office.hours(start, end).duration == worked
    assert first < 1.5
    began = perf_counter()
    for _ in range(1000):
        office.measure(end - 240 * HOUR, end)
    assert perf_counter() - began < 0.5


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("08:00-17:00", ((480, 1020),)),
        ("13:00-20:00, 07:00-12:00", ((420, 720), (780, 1200))),
        ("09:00-24:00", ((540, 1440),)),
        ("22:00-06:00", ((1320, 1800),)),
        ("00:00-00:00", ((0, 1440),)),
        ("08:00-12:00,12:00-13:00", ((480, 720), (720, 780))),
        (" 08:00 - 17:00 ", ((480, 1020),)),
    ],
)
def test_reading_hours(text: str, ranges: tuple[tuple[int, int], ...]) -> None:
    """Minutes of the wall clock; an end that isn't after its start lies on the next day."""
    assert parse_hours(text) == ranges


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "'' isn't written like 08:00-17:00"),
        ("08:00-17:00,", "'' isn't written like"),
        ("8:00-17:00", "'8:00-17:00' isn't written like"),
        ("08:00–17:00", "isn't written like"),
        ("08:00-17:00-18:00", "isn't written like"),
        ("٠٨:00-17:00", "isn't written like"),
        ("08:60-17:00", "'08:60-17:00' has a time that no clock reads"),
        ("08:00-24:01", "no clock reads"),
        ("25:00-26:00", "no clock reads"),
        ("24:00-06:00", "can't start at 24:00"),
        ("08:00-12:00, 11:59-14:00", "hours overlap: 08:00-12:00 isn't over at 11:59"),
        ("22:00-06:00, 23:00-23:30", "hours overlap: 22:00-06:00 isn't over at 23:00"),
    ],
)
def test_hours_that_are_no_hours_are_refused_with_the_reason(text: str, reason: str) -> None:
    """Nothing is guessed: two digits each, a plain hyphen, no overlap."""
    with pytest.raises(ValueError, match=reason):
        parse_hours(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon", (0,)),
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("sun-thu", (6, 0, 1, 2, 3)),
        ("sun", (6,)),
        ("tue-mon", (1, 2, 3, 4, 5, 6, 0)),
        (" sat-sun ", (5, 6)),
    ],
)
def test_reading_days(text: str, days: tuple[int, ...]) -> None:
    """Monday is 0; a range may wrap over the end of the week."""
    assert parse_days(text) == days


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "'' is no day"),
        ("Mon", "'Mon' is no day: write mon, tue"),
        ("monday", "'monday' is no day"),
        ("mon-", "'' is no day"),
        ("mon-fri-sun", "no range of days"),
        ("mon-mon", "no range of days"),
    ],
)
def test_days_that_are_no_days_are_refused_with_the_reason(text: str, reason: str) -> None:
    """`mon-mon` could mean one day or a week, so it means nothing."""
    with pytest.raises(ValueError, match=reason):
        parse_days(text)
