"""Tickets and daily files."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

from servicebook.model.common import Where
from servicebook.model.measurement import Kind
from servicebook.timeline.interval import Intervals
from tests.metrics.builders import at, between, found, opened

TICKETS = """opened,responded,resolved,paused,pauses
2026-03-01T08:00Z,2026-03-01T08:10Z,2026-03-01T12:00Z,,2026-03-01T09:00Z/2026-03-01T10:00Z; 2026-03-01T11:00Z/2026-03-01T11:00Z
2026-03-01T08:00Z,,2026-03-01T12:00Z,1 h 20 min,
2026-10-31T08:00Z,2026-10-31T09:00Z,2026-11-01T00:00Z,,2026-10-31T20:00Z/2026-11-02T00:00Z
2026-11-01T00:00Z,,,,
2026-03-03T08:00Z,2026-03-03T08:00Z,2026-03-03T08:00Z,,
2026-03-04T08:00Z,,2026-03-04T07:00Z,,
2026-03-05T08:00Z,2026-03-05T07:00Z,,,
2026-03-06T08:00Z,,,,2026-03-06T07:00Z/2026-03-06T09:00Z
"""


def test_tickets_as_known_at_as_of(tmp_path: Path) -> None:
    """In the order of their rows; the resolution answers where no response is; what happens at `as_of` isn't there."""
    with opened(tmp_path, Kind.TICKETS, {"a.csv": TICKETS}) as store:
        listed = store.tickets("s", Where())
        assert found(store) == [
            "a.csv:2 metrics/pause-without-length",
            "a.csv:3 metrics/bare-pause",
            "a.csv:7 metrics/answered-before-opened ×3",
        ]

    first, bare, open_one, instant = listed.tickets
    assert (first.responded, first.resolved) == (at("2026-03-01T08:10"), at("2026-03-01T12:00"))
    assert first.pauses == between("2026-03-01T09:00/2026-03-01T10:00")
    assert (bare.responded, bare.paused) == (at("2026-03-01T12:00"), 4_800_000_000)
    assert (open_one.responded, open_one.resolved) == (at("2026-10-31T09:00"), None)
    assert open_one.pauses == between("2026-10-31T20:00/2026-11-01")
    assert instant.opened == instant.resolved
    assert (listed.known_to, instant.origin.line) == (at("2026-11-01"), 6)


def test_a_ticket_not_answered_when_the_list_ends_is_open(tmp_path: Path) -> None:
    """`complete_to` is earlier than `as_of`."""
    with opened(tmp_path, Kind.TICKETS, {"a.csv": TICKETS}, complete_to=at("2026-03-01T10:00")) as store:
        listed = store.tickets("s", Where())
    assert listed.known_to == at("2026-03-01T10:00")
    assert [ticket.resolved for ticket in listed.tickets[:2]] == [None, None]


def test_pauses_as_lists(tmp_path: Path) -> None:
    """`[[start, end], …]` in JSON."""
    row = '{"opened": "2026-03-01T08:00Z", "pauses": [["2026-03-01T09:00Z", "2026-03-01T10:00Z"], ["2026-03-02T09:00Z", null]]}\n'
    with opened(tmp_path, Kind.TICKETS, {"a.ndjson": row}) as store:
        assert found(store) == []
        (ticket,) = store.tickets("s", Where()).tickets
    assert ticket.pauses == between("2026-03-01T09:00/2026-03-01T10:00", "2026-03-02T09:00/2026-11-01")


def test_what_cannot_be_read_of_a_ticket(tmp_path: Path) -> None:
    """A bare number has no unit, a pause two bounds."""
    rows = "opened,paused,pauses\n2026-03-01T08:00Z,90,\n2026-03-01T09:00Z,,tomorrow\n"
    with opened(tmp_path, Kind.TICKETS, {"a.csv": rows}) as store:
        assert found(store) == ["a.csv:2 metrics/unreadable-duration", "a.csv:3 metrics/unreadable-pauses"]


DAYS = """date,minutes,impact,site
2026-03-29,30,,hq
2026-03-29,10,0.5,branch
2026-03-28,0,,hq
2026-03-30,-1,,hq
2026-11-01,5,,hq
"""


def test_days_add_up(tmp_path: Path) -> None:
    """Each day has its real length, weighed minutes and rows; days that have not begun aren't there."""
    with opened(tmp_path, Kind.DOWNTIME, {"a.csv": DAYS}, time_zone="Europe/Berlin", as_of="2026-10-31T22:00") as store:
        kept = store.downtime("s", Where())
        assert found(store) == ["a.csv:5 metrics/below-zero"]
        assert store.report("s").vouched == between("2026-03-27T23:00/2026-03-29T22:00")
        assert store.evidence("s", Where()).data_until == at("2026-03-29T22:00")

    assert kept.zone == "Europe/Berlin"
    assert [day.day for day in kept.days] == [date(2026, 3, 28), date(2026, 3, 29)]
    assert kept.days[1].span == (at("2026-03-28T23:00"), at("2026-03-29T22:00"))
    assert kept.days[1].weighted == Fraction(35 * 60_000_000)
    assert kept.days[1].rows == 2


def test_days_are_cut_to_what_is_declared(tmp_path: Path) -> None:
    """A day that the bounds cut keeps its part."""
    bounds = {"from_": at("2026-03-28T12:00"), "until": at("2026-03-29T12:00")}
    with opened(tmp_path, Kind.DOWNTIME, {"a.csv": DAYS}, time_zone="UTC", **bounds) as store:
        assert Intervals(day.span for day in store.downtime("s", Where()).days) == between(
            "2026-03-28T12:00/2026-03-29T12:00"
        )


def test_days_need_a_zone_and_a_date(tmp_path: Path) -> None:
    """A time of day is no day; a midnight is."""
    rows = "date,minutes\n2026-03-01T00:00,1\n2026-03-02T08:00,1\n2026-03-03T08:00Z,1\n"
    with opened(tmp_path, Kind.DOWNTIME, {"a.csv": rows}) as store:
        assert found(store) == ["a.csv:3 metrics/unreadable-time ×2", "s.yml:1 metrics/time-without-zone"]
        assert [day.day for day in store.downtime("s", Where()).days] == [date(2026, 3, 1)]
