"""Calendars and the clock of tickets, against a count of single minutes as the wall clock reads them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from servicebook.timeline.calendar import Calendar, Holidays
from servicebook.timeline.interval import Intervals
from servicebook.timeline.working_time import elapsed, last_instant_within
from servicebook.timeline.zone import DAY, HOUR, MINUTE, local, to_instant, zone, zone_names

CHANGES = [
    ("Europe/Berlin", "2026-03-29"),
    ("Europe/Berlin", "2026-10-25"),
    ("Australia/Lord_Howe", "2026-04-04"),
    ("Australia/Lord_Howe", "2026-10-03"),
    ("America/Sao_Paulo", "2018-11-04"),
    ("America/Havana", "2025-11-02"),
    ("America/St_Johns", "2010-11-07"),
    ("America/St_Johns", "2011-03-13"),
    ("Asia/Beirut", "2024-03-30"),
    ("Asia/Kathmandu", "2026-01-01"),
    ("Africa/Casablanca", "2026-02-15"),
    ("Pacific/Apia", "2011-12-30"),
    ("Pacific/Kwajalein", "1993-08-21"),
]
"""Clock changes of every kind: an hour, half an hour, over midnight, a whole day, and none."""

MINUTES = st.integers(0, 1439)
RANGES = st.lists(
    st.tuples(MINUTES, st.integers(1, 1440)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=2
).map(tuple)
WHOLE_DAYS = st.sampled_from([((0, 1440),), ()])
WEEKLY = st.lists(st.one_of(RANGES, WHOLE_DAYS), min_size=7, max_size=7).map(tuple)
SOMEWHERE = st.tuples(
    st.sampled_from(sorted(zone_names())), st.dates(date(1980, 1, 1), date(2037, 12, 1)).map(date.isoformat)
)


@st.composite
def calendars_and_starts(draw: st.DrawFn) -> tuple[Calendar, int]:
    """A calendar, and an instant about a day before something may happen to its clocks; there may be holidays about."""
    name, day = draw(st.one_of(st.sampled_from(CHANGES), SOMEWHERE))
    start = to_instant(datetime.fromisoformat(f"{day}T00:00+00:00")) - DAY + draw(st.integers(-600, 600)) * MINUTE
    free = draw(st.frozensets(st.integers(-1, 3), max_size=2))
    also = frozenset(date.fromisoformat(day) + timedelta(days=days) for days in free)
    return Calendar(zone=zone(name), weekly=draw(WEEKLY), holidays=Holidays(also=also)), start


def is_open(calendar: Calendar, instant: int) -> bool:
    """Whether the wall clock reads a time inside the hours of its date, or of the date before that run on."""
    moment = local(instant, calendar.zone)
    minute = moment.hour * 60 + moment.minute
    for day, reading in ((moment.date(), minute), (moment.date() - timedelta(days=1), minute + 1440)):
        if calendar.holidays is not None and calendar.holidays.on(day):
            continue
        if any(start <= reading < end for start, end in calendar.weekly[day.weekday()]):
            return True
    return False


def open_minutes(calendar: Calendar, start: int, count: int) -> list[bool]:
    """For each minute from `start` on, whether it is inside the hours."""
    return [is_open(calendar, start + minute * MINUTE) for minute in range(count)]


@settings(deadline=None, max_examples=100)
@given(calendars_and_starts())
def test_hours_are_the_minutes_that_the_wall_clock_reads_so(given_: tuple[Calendar, int]) -> None:
    """Three days around a clock change, minute by minute."""
    calendar, start = given_
    end = start + 3 * DAY
    minutes = open_minutes(calendar, start, (end - start) // MINUTE)
    expected = Intervals((start + n * MINUTE, start + (n + 1) * MINUTE) for n, inside in enumerate(minutes) if inside)

    assert calendar.hours(start, end) == expected
    assert calendar.measure(start, end) == expected.duration
    assert calendar.contains(start) == minutes[0]


@settings(deadline=None, max_examples=100)
@given(calendars_and_starts())
def test_the_hours_of_all_days_are_the_hours(given_: tuple[Calendar, int]) -> None:
    """Each stretch belongs to the date on which it starts, so that the dates together leave none out and add none."""
    calendar, start = given_
    end = start + 3 * DAY
    first = local(start, calendar.zone).date() - timedelta(days=2)
    by_day = Intervals(pair for days in range(8) for pair in calendar.hours_of(first + timedelta(days=days)))

    assert by_day.clip(start, end) == calendar.hours(start, end)


@settings(deadline=None, max_examples=60)
@given(
    calendars_and_starts(),
    st.integers(0, 40 * 60),
    st.lists(st.tuples(st.integers(0, 5 * 1440), st.integers(0, 1440)), max_size=3),
)
def test_a_limit_passes_at_the_last_instant_that_is_not_above_it(
    given_: tuple[Calendar, int], limit: int, pauses: list[tuple[int, int]]
) -> None:
    """Minutes of work are counted one by one until one more would be too many."""
    calendar, start = given_
    paused = Intervals((start + at * MINUTE, start + (at + length) * MINUTE) for at, length in pauses)
    due = last_instant_within(calendar, start, limit * MINUTE, paused)
    used = 0
    for minute in range(6 * 1440):
        instant = start + minute * MINUTE
        if is_open(calendar, instant) and not paused.contains(instant):
            if used == limit:
                assert due == instant
                return
            used += 1
    assert due is None or due >= start + 6 * DAY


@settings(deadline=None)
@given(calendars_and_starts(), st.integers(0, 10_000 * 60))
def test_what_is_used_up_when_a_limit_passes_is_the_limit(given_: tuple[Calendar, int], limit: int) -> None:
    """Up to then exactly the limit has been worked, and a microsecond later more."""
    calendar, start = given_
    due = last_instant_within(calendar, start, limit * MINUTE)

    if due is not None:
        assert elapsed(calendar, start, due) == limit * MINUTE
        assert elapsed(calendar, start, due + 1) == limit * MINUTE + 1
    else:
        assert calendar.measure(start, start + 20 * 366 * 24 * HOUR) <= limit * MINUTE
