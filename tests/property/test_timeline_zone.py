"""Zones and periods, for moments all over the world and around every clock change."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from servicebook.timeline.period import Per, period_named, periods
from servicebook.timeline.zone import (
    DAY,
    HOUR,
    format_utc,
    local,
    local_date,
    offsets,
    resolve,
    shift_days,
    start_of_day,
    to_instant,
    zone,
    zone_names,
)

ZONES = st.sampled_from(sorted(zone_names())).map(zone)
FIRST, LAST = (
    to_instant(datetime.fromisoformat(text)) for text in ("1900-01-01T00:00+00:00", "2037-12-31T00:00+00:00")
)
INSTANTS = st.one_of(st.integers(FIRST, LAST), st.integers(FIRST // HOUR, LAST // HOUR).map(lambda hour: hour * HOUR))
DATES = st.dates(date(1900, 1, 2), date(2037, 12, 31))


@given(INSTANTS, ZONES)
def test_reading_a_clock_and_resolving_it_gives_the_instant_back(instant: int, where: ZoneInfo) -> None:
    """Unless the reading comes twice; then the instant is one of the two."""
    moment = local(instant, where)
    reading = moment.replace(tzinfo=None, fold=0)

    assert instant in (resolve(reading, where, "earlier"), resolve(reading, where, "later"))
    assert to_instant(moment) == instant
    assert to_instant(datetime.fromisoformat(format_utc(instant))) == instant


@given(DATES, ZONES)
def test_a_day_begins_at_the_first_instant_with_its_date(day: date, where: ZoneInfo) -> None:
    """The instant before carries an earlier date; the first one carries it, or a later one where the day was skipped."""
    start = start_of_day(day, where)

    assert local_date(start, where) >= day
    assert local_date(start - 1, where) < day
    assert start <= start_of_day(day + timedelta(days=1), where) <= start + 2 * DAY


@given(INSTANTS, ZONES, st.integers(-400, 400))
def test_counting_days_keeps_the_time_of_day(instant: int, where: ZoneInfo, days: int) -> None:
    """The clocks read the same, or the time was skipped there and lies within the jump."""
    before, after = local(instant, where), local(shift_days(instant, where, days), where)
    expected = before.replace(tzinfo=None, fold=0) + timedelta(days=days)

    if after.replace(tzinfo=None, fold=0) != expected:
        assert resolve(expected, where, "earlier") < resolve(expected, where, "later")
        assert to_instant(after) == resolve(expected, where, "earlier")


@given(INSTANTS, ZONES, st.integers(0, 800 * DAY))
def test_offsets_are_what_the_clocks_show(start: int, where: ZoneInfo, length: int) -> None:
    """Stretches lie end to end, and at both ends of each the zone has that offset."""
    found = list(offsets(where, start, start + length))

    at = start
    for low, high, offset in found:
        assert low == at < high
        for instant in (low, high - 1):
            assert local(instant, where).utcoffset() == timedelta(microseconds=offset)
        at = high
    assert at == start + length


@given(st.sampled_from(Per), INSTANTS, ZONES, st.integers(1, 900 * 24))
def test_periods_cover_a_stretch_end_to_end(per: Per, start: int, where: ZoneInfo, hours: int) -> None:
    """Without gaps or overlaps, none empty, each known by its name; the first and last touch the stretch."""
    end = start + hours * HOUR if per is not Per.DAY else start + hours % 240 * HOUR + 1
    found = list(periods(per, where, start, end))

    assert found[0].start <= start < found[0].end
    assert found[-1].start < end <= found[-1].end
    assert all(one.end == other.start for one, other in pairwise(found))
    assert all(period.start < period.end and period == period_named(period.name, where) for period in found)
