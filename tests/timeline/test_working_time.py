"""The clock of a ticket."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from servicebook.timeline.calendar import Calendar, Holidays, parse_days, parse_hours, round_the_clock
from servicebook.timeline.interval import Intervals
from servicebook.timeline.working_time import due_after_working_days, elapsed, last_instant_within, next_opening
from servicebook.timeline.zone import DAY, HOUR, LATEST, MINUTE, resolve, to_instant, zone

BERLIN = zone("Europe/Berlin")


def at(text: str) -> int:
    """The instant of an ISO 8601 time, in Berlin unless it has an offset."""
    moment = datetime.fromisoformat(text)
    return to_instant(moment) if moment.tzinfo else resolve(moment, BERLIN, None)


def calendar(holidays: Holidays | None = None, **hours: str) -> Calendar:
    """A calendar in Berlin as its file writes it, `mon_fri="08:00-17:00"`."""
    weekly: list[tuple[tuple[int, int], ...]] = [()] * 7
    for days, text in hours.items():
        for day in parse_days(days.replace("_", "-")):
            weekly[day] = parse_hours(text)
    return Calendar(zone=BERLIN, weekly=tuple(weekly), holidays=holidays)


def spans(*pairs: tuple[str, str]) -> Intervals:
    """Intervals between times of Berlin."""
    return Intervals((at(start), at(end)) for start, end in pairs)


OFFICE = calendar(mon_fri="08:00-17:00")
UNEVEN = calendar(mon="09:00-17:00", tue="09:00-16:00", thu="08:00-17:00")
SHIFTS = calendar(mon_fri="07:00-12:00, 13:00-20:00")


def test_over_a_weekend() -> None:
    """From Friday 21:00 to Monday 09:30 with mon-fri 08:00-17:00 pass 60:30 on the clock, 1:30 of work."""
    friday, monday = at("2025-12-12T21:00"), at("2025-12-15T09:30")

    assert monday - friday == 60 * HOUR + 30 * MINUTE
    assert elapsed(OFFICE, friday, monday) == 90 * MINUTE


def test_pauses_stop_the_clock_where_it_runs() -> None:
    """A pause from 16:00 to 09:00 takes an hour of Monday and one of Tuesday; the night had none to take."""
    pauses = spans(("2026-01-05T16:00", "2026-01-06T09:00"))

    assert elapsed(OFFICE, at("2026-01-05T15:00"), at("2026-01-06T10:00"), pauses) == 2 * HOUR
    assert elapsed(OFFICE, at("2026-01-05T16:30"), at("2026-01-06T08:30"), pauses) == 0


def test_no_time_passes_backwards() -> None:
    """A window that ends before it starts has no working time."""
    assert (
        elapsed(OFFICE, at("2026-01-05T12:00"), at("2026-01-05T11:00"), spans(("2026-01-05T08:00", "2026-01-05T17:00")))
        == 0
    )


@pytest.mark.parametrize(
    ("hours", "start", "limit", "due"),
    [
        (calendar(mon_fri="08:00-18:00"), "2026-01-05T17:00", 4, "2026-01-06T11:00"),
        (UNEVEN, "2026-01-05T11:00", 16, "2026-01-08T11:00"),
        (calendar(mon_fri="09:00-17:00"), "2026-01-09T16:00", 2, "2026-01-12T10:00"),
        (calendar(mon_fri="09:00-17:00"), "2026-01-09T16:00", 8, "2026-01-12T16:00"),
        (OFFICE, "2026-01-03T12:00", 1, "2026-01-05T09:00"),
        (calendar(sun="00:00-06:00"), "2026-03-29T00:00", 4, "2026-03-29T05:00"),
        (calendar(sun="00:00-06:00"), "2026-10-25T00:00", 4, "2026-10-25T03:00"),
        (calendar(fri="22:00-06:00"), "2026-10-09T12:00", 7, "2026-10-10T05:00"),
    ],
)
def test_a_limit_passes(hours: Calendar, start: str, limit: int, due: str) -> None:
    """On the next morning, over uneven days, over a weekend, out of hours, with a skipped and a repeated hour, in a night shift."""
    assert last_instant_within(hours, at(start), limit * HOUR) == at(due)


def test_a_limit_used_up_at_closing_time_passes_at_the_next_opening() -> None:
    """Nothing is above the limit until work goes on: after the break, on the next morning, after the weekend."""
    assert last_instant_within(SHIFTS, at("2026-01-05T08:00"), 4 * HOUR) == at("2026-01-05T13:00")
    assert last_instant_within(SHIFTS, at("2026-01-05T15:00"), 5 * HOUR) == at("2026-01-06T07:00")
    assert last_instant_within(OFFICE, at("2026-01-09T16:00"), HOUR) == at("2026-01-12T08:00")


def test_a_pause_postpones_the_limit() -> None:
    """Two hours from 09:00 with a pause from 10:00 to 12:00; used up exactly when a pause begins, at its end."""
    pauses = spans(("2026-01-05T10:00", "2026-01-05T12:00"))

    assert last_instant_within(OFFICE, at("2026-01-05T09:00"), 2 * HOUR, pauses) == at("2026-01-05T13:00")
    assert last_instant_within(OFFICE, at("2026-01-05T09:00"), HOUR, pauses) == at("2026-01-05T12:00")


def test_round_the_clock_a_limit_is_clock_time() -> None:
    """Four hours over the night in which the clocks go forward; a pause is skipped all the same."""
    night = at("2026-03-29T00:00")

    assert last_instant_within(round_the_clock(BERLIN), night, 4 * HOUR) == at("2026-03-29T05:00")
    assert last_instant_within(
        round_the_clock(BERLIN), night, 4 * HOUR, spans(("2026-03-29T01:00", "2026-03-29T04:00"))
    ) == at("2026-03-29T07:00")


def test_a_limit_of_many_years() -> None:
    """Ten thousand working hours of nine a day are 1,111 days and an hour: 222 weeks, a day and an hour."""
    assert last_instant_within(OFFICE, at("2026-01-05T08:00"), 10_000 * HOUR) == at("2030-04-09T09:00")


def test_a_limit_that_is_never_used_up_never_passes() -> None:
    """Without hours, with a pause that doesn't end, or past the year 9999 there is no such instant."""
    start = at("2026-01-05T08:00")

    assert last_instant_within(calendar(), start, HOUR) is None
    assert last_instant_within(OFFICE, start, HOUR, Intervals.span(start + MINUTE, LATEST)) is None
    assert last_instant_within(OFFICE, LATEST - 10 * DAY, 100 * HOUR) is None
    assert last_instant_within(round_the_clock(BERLIN), LATEST - DAY, 25 * HOUR) is None


def test_a_limit_below_nought_is_refused() -> None:
    """No instant is within it."""
    with pytest.raises(ValueError, match="below zero"):
        last_instant_within(OFFICE, 0, -1)


@pytest.mark.parametrize(
    ("instant", "opening"),
    [
        ("2026-01-05T12:00", "2026-01-05T12:00"),
        ("2026-01-05T08:00", "2026-01-05T08:00"),
        ("2026-01-05T17:00", "2026-01-06T08:00"),
        ("2026-01-09T18:00", "2026-01-12T08:00"),
    ],
)
def test_the_next_opening(instant: str, opening: str) -> None:
    """An instant inside the hours is its own; closing time is outside."""
    assert next_opening(OFFICE, at(instant)) == at(opening)


def test_without_hours_there_is_no_opening() -> None:
    """A calendar may be empty."""
    assert next_opening(calendar(), 0) is None


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-01-05T10:00", 1, "2026-01-06T10:00"),
        ("2026-01-05T10:00", 5, "2026-01-12T10:00"),
        ("2026-01-09T10:00", 1, "2026-01-12T10:00"),
        ("2026-01-09T18:00", 1, "2026-01-13T08:00"),
        ("2026-01-10T12:00", 2, "2026-01-14T08:00"),
        ("2026-01-05T07:00", 1, "2026-01-06T08:00"),
        ("2026-03-27T10:00", 1, "2026-03-30T10:00"),
    ],
)
def test_working_days_are_due_at_the_same_time_of_day(start: str, days: int, due: str) -> None:
    """On the Nth following day with hours; what is opened out of hours counts as opened at the next opening."""
    assert due_after_working_days(OFFICE, at(start), days) == at(due)


def test_a_day_that_closes_earlier_is_due_at_its_last_close() -> None:
    """Monday 16:30 plus one day is Tuesday 16:00, with hours until 16:00 there; plus two is Thursday 16:30."""
    assert due_after_working_days(UNEVEN, at("2026-01-05T16:30"), 1) == at("2026-01-06T16:00")
    assert due_after_working_days(UNEVEN, at("2026-01-05T16:30"), 2) == at("2026-01-08T16:30")


def test_a_due_moment_in_a_break_or_before_the_opening_stays() -> None:
    """Thursday 08:30 plus one working day is Monday 08:30, half an hour before the opening; 12:30 falls into a lunch break."""
    lunch = calendar(mon="08:00-17:00", tue="09:00-12:00, 13:00-17:00")

    assert due_after_working_days(UNEVEN, at("2026-01-08T08:30"), 1) == at("2026-01-12T08:30")
    assert due_after_working_days(lunch, at("2026-01-05T12:30"), 1) == at("2026-01-06T12:30")


def test_a_day_that_pauses_cover_whole_does_not_count() -> None:
    """A pause over all of Tuesday's hours moves the due day to Wednesday; with a minute of Tuesday left it doesn't."""
    monday = at("2026-01-05T10:00")

    assert due_after_working_days(OFFICE, monday, 1, spans(("2026-01-06T08:00", "2026-01-06T17:00"))) == at(
        "2026-01-07T10:00"
    )
    assert due_after_working_days(OFFICE, monday, 1, spans(("2026-01-05T12:00", "2026-01-06T16:59"))) == at(
        "2026-01-06T10:00"
    )


def test_a_holiday_is_no_working_day() -> None:
    """Maundy Thursday 2026 plus one working day is the Tuesday after Easter."""
    germany = calendar(holidays=Holidays(country="DE"), mon_fri="08:00-17:00")

    assert due_after_working_days(germany, at("2026-04-02T10:00"), 1) == at("2026-04-07T10:00")


def test_round_the_clock_every_day_is_a_working_day() -> None:
    """Days of the zone: the same time of day, whatever the clocks do; a skipped or repeated time is the earlier of its two instants."""
    always = round_the_clock(BERLIN)

    assert due_after_working_days(always, at("2026-03-28T12:00"), 1) == at("2026-03-29T12:00")
    assert due_after_working_days(always, at("2026-03-28T02:30"), 1) == at("2026-03-29T01:30")
    assert due_after_working_days(always, at("2026-10-24T02:30"), 1) == at("2026-10-25T02:30+02:00")


def test_a_day_that_was_skipped_is_no_working_day() -> None:
    """In Samoa the day after Thursday 29 December 2011 was Saturday the 31st."""
    always = round_the_clock(zone("Pacific/Apia"))

    assert due_after_working_days(always, at("2011-12-29T10:00-10:00"), 1) == at("2011-12-31T10:00+14:00")


def test_working_days_that_never_come() -> None:
    """Without hours there is none to count, nor past the year 9999, nor while a pause doesn't end."""
    monday = at("2026-01-05T10:00")

    assert due_after_working_days(calendar(), monday, 1) is None
    assert due_after_working_days(OFFICE, LATEST - 10 * DAY, 30) is None
    assert due_after_working_days(OFFICE, monday, 1, Intervals.span(monday, LATEST)) is None


def test_working_days_need_hours_that_end_on_their_day() -> None:
    """A night shift has no day of its own to be due on; and no day at all is no time of day to wait for."""
    with pytest.raises(ValueError, match="end on the day on which they start"):
        due_after_working_days(calendar(fri="22:00-06:00"), 0, 1)
    with pytest.raises(ValueError, match="at least one"):
        due_after_working_days(OFFICE, 0, 0)


def test_holidays_without_a_zone_change_nothing_else() -> None:
    """Christmas Eve off: eight hours from the 23rd 16:00 end on Monday the 28th, after one holiday more and a weekend."""
    closed = calendar(holidays=Holidays(country="DE", also=frozenset({date(2026, 12, 24)})), mon_fri="08:00-17:00")

    assert last_instant_within(closed, at("2026-12-23T16:00"), 8 * HOUR) == at("2026-12-28T15:00")
