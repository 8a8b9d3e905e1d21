"""Days, weeks, months, quarters, years and rolling windows."""

from __future__ import annotations

from datetime import datetime

import pytest

from servicebook.timeline.period import Per, Period, period_named, periods, rolling
from servicebook.timeline.zone import DAY, EARLIEST, HOUR, MINUTE, OutOfRange, to_instant, zone

BERLIN, UTC = zone("Europe/Berlin"), zone("UTC")


def at(text: str) -> int:
    """The instant of an ISO 8601 time with an offset."""
    return to_instant(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("name", "start", "end", "kind"),
    [
        ("2026-10-05", "2026-10-05T00:00+02:00", "2026-10-06T00:00+02:00", Per.DAY),
        ("2026-W41", "2026-10-05T00:00+02:00", "2026-10-12T00:00+02:00", Per.WEEK),
        ("2026-10", "2026-10-01T00:00+02:00", "2026-11-01T00:00+01:00", Per.MONTH),
        ("2026-Q4", "2026-10-01T00:00+02:00", "2027-01-01T00:00+01:00", Per.QUARTER),
        ("2026", "2026-01-01T00:00+01:00", "2027-01-01T00:00+01:00", Per.YEAR),
        ("2026-W01", "2025-12-29T00:00+01:00", "2026-01-05T00:00+01:00", Per.WEEK),
        ("2026-W53", "2026-12-28T00:00+01:00", "2027-01-04T00:00+01:00", Per.WEEK),
    ],
)
def test_a_period_runs_from_local_midnight_to_local_midnight(name: str, start: str, end: str, kind: Per) -> None:
    """Weeks are those of ISO 8601: from Monday, named by the year that has their Thursday."""
    assert period_named(name, BERLIN) == Period(name=name, start=at(start), end=at(end), kind=kind)


@pytest.mark.parametrize(("name", "minutes"), [("2026-03", 44_580), ("2026-10", 44_700), ("2026-04", 43_200)])
def test_months_with_a_clock_change_have_their_real_length(name: str, minutes: int) -> None:
    """In Berlin March has an hour less than 31 days, October one more."""
    period = period_named(name, BERLIN)

    assert period.end - period.start == minutes * MINUTE


@pytest.mark.parametrize(
    "name", ["2025-W53", "2026-W00", "2026-W54", "2026-02-30", "2026-13", "2026-00", "0000", "2026-02-00"]
)
def test_a_period_that_the_calendar_lacks_is_refused(name: str) -> None:
    """2026 has a week 53, 2025 hasn't."""
    with pytest.raises(ValueError, match=f"there is no {name} in the calendar"):
        period_named(name, BERLIN)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "October",
        "2026-1",
        "2026-Q5",
        "2026-Q0",
        "26-10",
        "2026-10-5",
        "2026-W1",
        "2026/10",
        "2026-10 ",
        "٢٠٢٦",
        "rolling-30d@2026-11-01",
    ],
)
def test_another_spelling_is_refused_with_those_that_serve(name: str) -> None:
    """The reason shows each of the five spellings."""
    with pytest.raises(
        ValueError, match="write a day 2026-10-05, a week 2026-W41, a month 2026-10, a quarter 2026-Q4 or a year 2026"
    ):
        period_named(name, BERLIN)


def test_a_day_that_the_zone_skipped_is_no_period() -> None:
    """Samoa went from 29 to 31 December 2011."""
    apia = zone("Pacific/Apia")

    with pytest.raises(ValueError, match="there was no 2011-12-30 in Pacific/Apia"):
        period_named("2011-12-30", apia)
    around = periods(Per.DAY, apia, at("2011-12-29T12:00-10:00"), at("2011-12-31T12:00+14:00"))
    assert [period.name for period in around] == ["2011-12-29", "2011-12-31"]
    week = period_named("2011-W52", apia)
    assert week.end - week.start == 6 * DAY


@pytest.mark.parametrize(
    ("per", "names"),
    [
        (Per.DAY, ["2025-12-31", "2026-01-01"]),
        (Per.WEEK, ["2026-W01"]),
        (Per.MONTH, ["2025-12", "2026-01"]),
        (Per.QUARTER, ["2025-Q4", "2026-Q1"]),
        (Per.YEAR, ["2025", "2026"]),
    ],
)
def test_whole_periods_that_touch_a_stretch_of_time(per: Per, names: list[str]) -> None:
    """Two hours around New Year touch two of each, but both days lie in one week."""
    touched = list(periods(per, BERLIN, at("2025-12-31T23:00+01:00"), at("2026-01-01T01:00+01:00")))

    assert [period.name for period in touched] == names
    assert touched == [period_named(name, BERLIN) for name in names]


def test_a_stretch_that_ends_at_midnight_does_not_touch_the_next_period() -> None:
    """Intervals are half-open: October alone, whether it begins at its start or not."""
    october = period_named("2026-10", BERLIN)

    assert list(periods(Per.MONTH, BERLIN, october.start, october.end)) == [october]
    assert list(periods(Per.MONTH, BERLIN, october.end - 1, october.end)) == [october]
    assert list(periods(Per.MONTH, BERLIN, october.end, october.end)) == []


def test_a_midnight_that_comes_twice_begins_a_day_once() -> None:
    """In St John's the clocks went from 00:01 on 7 November 2010 back to 23:01: that hour belongs to the 7th, which had begun."""
    st_johns = zone("America/St_Johns")
    repeated = at("2010-11-06T23:30-03:30")

    assert [period.name for period in periods(Per.DAY, st_johns, repeated, repeated + 1)] == ["2010-11-07"]


def test_a_rolling_window_is_so_many_times_24_hours() -> None:
    """Thirty days before midnight of 1 November in Berlin begin at 01:00 of 2 October, for the clocks changed in between."""
    as_of = at("2026-11-01T00:00+01:00")

    assert rolling(30, as_of, BERLIN) == Period(
        name="rolling-30d@2026-11-01", start=at("2026-10-02T01:00+02:00"), end=as_of, kind=None
    )


def test_the_date_of_a_rolling_window_is_that_of_the_zone() -> None:
    """At 23:30 UTC on 31 October it is 1 November in Berlin."""
    as_of = at("2026-10-31T23:30+00:00")

    assert rolling(7, as_of, BERLIN).name == "rolling-7d@2026-11-01"
    assert rolling(7, as_of, UTC).name == "rolling-7d@2026-10-31"


def test_periods_beyond_the_years_1_to_9999_are_refused() -> None:
    """The year 9999 has no midnight after it that could be said, the first day no window before it."""
    with pytest.raises(OutOfRange):
        period_named("9999", UTC)
    with pytest.raises(OutOfRange):
        rolling(2, EARLIEST + DAY + HOUR, UTC)
