"""Planned work that lies ahead, as pages and calendars announce it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from servicebook.compliance.given import GivenRecords
from servicebook.compliance.service_time import work_ahead
from servicebook.compliance.terms import resolve
from servicebook.model.agreement import Announcements, Maintenance
from servicebook.model.measurement import Outage
from servicebook.timeline.interval import Intervals
from tests.compliance.builders import PLACES, agreement, at, catalogue, outage, ref, target

NOW = at("2026-11-01 12:00")
ANNOUNCED = at("2026-10-20")


def work(start: str, end: str, **more: Any) -> Outage:
    """Announced work that isn't over at `NOW`."""
    given: dict[str, Any] = {"planned": True, "announced": ANNOUNCED, "planned_end": at(end)}
    return outage(start, None, **(given | more))


def ahead(*rows: Outage, announced: tuple[Outage, ...] = (), **terms: Any) -> list[int]:
    """The starts of the work ahead of an agreement with two targets on one list."""
    agreed = agreement(target("at least 99 %", id="a"), target("at least 98 %", id="b"), **terms)
    book = catalogue(agreed)
    records = GivenRecords(as_of=NOW, vouched=Intervals(), outage_rows=rows, announced_rows=announced)
    return [row.start for row in work_ahead(book, resolve(book, agreed), records)]


def test_announced_work_that_is_not_over_in_order_and_once() -> None:
    """For however many targets; work that goes on is there, what is over, unplanned or unannounced isn't."""
    later, present = work("2026-11-07 22:00", "2026-11-08 02:00"), work("2026-11-01 11:00", "2026-11-01 13:00")
    over = outage("2026-11-01 09:00", "2026-11-01 10:00", planned=True, announced=ANNOUNCED)
    fault = outage("2026-11-01 11:30", None)

    assert ahead(later, present, over, fault, replace(later, start=later.start + 1, announced=None)) == [
        present.start,
        later.start,
    ]


def test_work_before_or_after_the_terms_is_nobodys() -> None:
    """A target's own end counts as the agreement's does."""
    inside, after = work("2026-11-07 22:00", "2026-11-08 02:00"), work("2026-12-07 22:00", "2026-12-08 02:00")

    assert ahead(inside, after, until=date(2026, 12, 1)) == [inside.start]
    assert ahead(inside, after, from_=date(2026, 12, 1)) == [after.start]


def test_where_announcements_are_named_they_alone_speak() -> None:
    listed, row = work("2026-11-07 22:00", "2026-11-08 02:00"), work("2026-11-09 22:00", "2026-11-10 02:00")
    rules = Maintenance(announcements=Announcements(source=ref("source")), places=PLACES)

    assert ahead(row, announced=(listed,), maintenance=rules) == [listed.start]
