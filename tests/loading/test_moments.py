"""Dates and times as authors write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from servicebook.loading import moments
from servicebook.loading.report import Unreadable
from servicebook.timeline.zone import format_utc, zone

BERLIN = zone("Europe/Berlin")


def test_a_date() -> None:
    """Year, month, day."""
    assert moments.day(" 2026-02-28 ") == date(2026, 2, 28)


BAD_DATES = {
    "2026-02-30": "there is no 30 February 2026 | February 2026 has 28 days",
    "2026-13-01": "there is no month 13 | write year-month-day, as in 2026-10-31",
    "0026-01-01": "the year 0026 isn't from 1900 to 2199 |",
    "31.10.2026": "'31.10.2026' isn't a date | write 2026-10-31",
    "2026/1/5": "'2026/1/5' isn't a date | write 2026-01-05",
    "10/31/2026": "'10/31/2026' isn't a date | write year-month-day, as in 2026-10-31",
    "2026-10-31T10:00Z": "'2026-10-31T10:00Z' is a time; only a date is needed | write 2026-10-31",
    "٢٠٢٦-01-01": "'٢٠٢٦-01-01' isn't a date | write year-month-day, as in 2026-10-31",
    "tomorrow": "'tomorrow' isn't a date | write year-month-day, as in 2026-10-31",
}


@pytest.mark.parametrize("text", BAD_DATES)
def test_a_date_of_the_calendar(text: str) -> None:
    """A day that doesn't exist and other ways to write one are refused with the way to write it."""
    with pytest.raises(Unreadable) as caught:
        moments.day(text)

    assert caught.value.rule == "field/bad-date"
    assert f"{caught.value.message} | {caught.value.hint}".strip() == BAD_DATES[text]


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-03-03T10:00+01:00", "2026-03-03T09:00:00Z"),
        ("2026-03-03 10:00:30+0100", "2026-03-03T09:00:30Z"),
        ("2026-03-03t10:00z", "2026-03-03T10:00:00Z"),
        ("2026-03-03T10:00", "2026-03-03T09:00:00Z"),
        ("2026-07-03T10:00:00", "2026-07-03T08:00:00Z"),
        ("2026-03-03T10:00:00-03:30", "2026-03-03T13:30:00Z"),
        ("2026-07-03", "2026-07-02T22:00:00Z"),
    ],
)
def test_an_instant(text: str, utc: str) -> None:
    """Its own offset, else the zone's; a bare date is its first instant in the zone."""
    assert format_utc(moments.instant(text, BERLIN, dates=True)) == utc


def test_fractions_of_a_second_are_exact() -> None:
    """Microseconds, as they are written."""
    assert moments.instant("1970-01-01T00:00:28.8Z", None) == 28_800_000
    assert moments.instant("1970-01-01T00:00:00.000001Z", None) == 1


BAD_TIMES = {
    "2026-10-25T02:30": "the clocks of Europe/Berlin read '2026-10-25T02:30' twice | write the offset that is meant behind it",
    "2026-03-29T02:30": "the clocks of Europe/Berlin skip '2026-03-29T02:30' | write another time, or one with its offset",
    "2026-03-03T24:00": "'2026-03-03T24:00': 24:00 is the next day's 00:00 | write 2026-03-04T00:00",
    "2026-03-03T10:60Z": "no clock reads '2026-03-03T10:60Z' | hours go to 23, minutes and seconds to 59",
    "2026-03-03T10:00:00.1234567Z": "'2026-03-03T10:00:00.1234567Z' is finer than a microsecond | write at most six decimals",
    "2026-03-03T10:00+19:00": "'2026-03-03T10:00+19:00' has an offset that no zone has | write it as in +01:00",
    "2026-03-03": "'2026-03-03' is a date; a time is needed | write for example '2026-03-03T10:00+01:00'",
    "10:00": "'10:00' isn't a time | write for example 2026-03-03T10:00+01:00",
}


@pytest.mark.parametrize("text", BAD_TIMES)
def test_a_time_that_is_no_instant(text: str) -> None:
    """A local time that a clock change doubles or skips, and what no clock reads."""
    with pytest.raises(Unreadable) as caught:
        moments.instant(text, BERLIN)

    assert (caught.value.rule, f"{caught.value.message} | {caught.value.hint}") == ("field/bad-time", BAD_TIMES[text])


def test_a_clock_change_can_be_decided_beforehand() -> None:
    """`clock_changes: later` takes the second 02:30."""
    assert format_utc(moments.instant("2026-10-25T02:30", BERLIN, clock_changes="later")) == "2026-10-25T01:30:00Z"


@pytest.mark.parametrize(("text", "dates"), [("2026-03-03T10:00", False), ("2026-03-03", True)])
def test_without_a_zone_an_offset_is_needed(text: str, dates: bool) -> None:
    """Nobody guesses UTC."""
    with pytest.raises(Unreadable, match="time zone"):
        moments.instant(text, None, dates=dates)


def test_the_years_that_are_taken_never_leave_what_can_be_counted() -> None:
    """The first and the last day that may be written are instants in every zone."""
    for name in ("Pacific/Kiritimati", "Pacific/Niue"):
        assert moments.instant("1900-01-01", zone(name), dates=True) < 0
        assert (
            moments.instant("2199-12-31T23:59:59", zone(name))
            > datetime(2199, 1, 1, tzinfo=UTC).timestamp() * 1_000_000
        )
