"""Availability and reliability: counted time, exclusions, impact, coverage, proof."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from servicebook.compliance.given import GivenRecords
from servicebook.model.agreement import Allowance, Exclusion, Maintenance, Notice
from servicebook.model.measurement import DayOfDowntime, Kind
from servicebook.model.result import Verdict
from servicebook.model.target import Measure
from servicebook.timeline.interval import Intervals
from servicebook.timeline.period import Per
from tests.compliance.builders import (
    DAY,
    HOUR,
    MINUTE,
    PLACES,
    agreement,
    at,
    calendar,
    catalogue,
    outage,
    ref,
    result_between,
    results,
    target,
)

MONDAY = at("2026-01-05")


def day(book: Any, *rows: Any, **records: Any) -> Any:
    return result_between(book, MONDAY, MONDAY + DAY, outage_rows=rows, **records)


def test_time_out_of_hours_does_not_count() -> None:
    """Ten hours of service, down half an hour within them and two at night: 9.5 of 10 hours up."""
    book = catalogue(
        agreement(target("at least 95 %", hours=ref("hours"))), calendars=[calendar({"mon-fri": "08:00-18:00"})]
    )

    found = day(book, outage("2026-01-05 09:00", "2026-01-05 09:30"), outage("2026-01-05 20:00", "2026-01-05 22:00"))

    assert found.value == Fraction(95, 100)
    assert found.verdict is Verdict.MET


def test_each_instant_weighs_its_greatest_impact() -> None:
    """A half outage of two hours with a whole one of an hour within it: 1.5 hours down."""
    book = catalogue(agreement(target("at least 90 %")))
    rows = [
        outage("2026-01-05 10:00", "2026-01-05 12:00", impact=Fraction(1, 2)),
        outage("2026-01-05 11:00", "2026-01-05 12:00"),
    ]

    found = day(book, *rows)

    assert found.numerator == Fraction(int(22.5 * HOUR), 1_000_000)
    assert [weight for _, _, weight in found.time_line.down] == [Fraction(1, 2), Fraction(1)]


def test_maintenance_neither_helps_nor_hurts() -> None:
    """Planned with notice, inside the window: out of both sides; the overrun counts."""
    maintenance = Maintenance(windows=ref("hours"), notice=Notice(microseconds=DAY), places=PLACES)
    book = catalogue(
        agreement(target("at least 90 %"), maintenance=maintenance), calendars=[calendar({"mon": "10:00-12:00"})]
    )
    planned = outage("2026-01-05 11:00", "2026-01-05 13:00", planned=True, announced=at("2026-01-04 11:00"))

    found = day(book, planned)

    assert found.excluded_maintenance == HOUR
    assert found.value == Fraction(22, 23)


def test_a_second_too_late_is_no_notice() -> None:
    """Equality suffices, less doesn't; an empty `announced` is none."""
    maintenance = Maintenance(notice=Notice(microseconds=DAY), places=PLACES)
    book = catalogue(agreement(target("at least 90 %"), maintenance=maintenance))
    for announced in (at("2026-01-04 11:00") + 1, None):
        late = outage("2026-01-05 11:00", "2026-01-05 12:00", planned=True, announced=announced)
        assert day(book, late).excluded_maintenance == 0


def test_notice_in_days_is_the_same_time_of_day() -> None:
    """One day before 30 March 2026 02:30 in Berlin the clock skipped: the earlier of its two instants counts."""
    maintenance = Maintenance(notice=Notice(days=1), places=PLACES)
    book = catalogue(agreement(target("at least 90 %"), maintenance=maintenance, time_zone="Europe/Berlin"))
    start = at("2026-03-30 00:30")
    for announced, excluded in ((at("2026-03-29 00:30"), HOUR), (at("2026-03-29 00:30") + 1, 0)):
        row = outage(start, start + HOUR, planned=True, announced=announced)
        found = result_between(book, start - HOUR, start + DAY, outage_rows=(row,))
        assert found.excluded_maintenance == excluded


def test_the_earliest_maintenance_uses_the_allowance_first() -> None:
    """One hour a week is agreed: of two planned hours the first is excluded, the second counts."""
    allowance = Allowance(microseconds=HOUR, per=Per.WEEK)
    book = catalogue(agreement(target("at least 90 %"), maintenance=Maintenance(allowance=allowance, places=PLACES)))
    rows = [
        outage("2026-01-05 10:00", "2026-01-05 10:40", planned=True),
        outage("2026-01-05 20:00", "2026-01-05 21:00", planned=True),
    ]

    found = day(book, *rows)

    assert found.excluded_maintenance == HOUR
    assert found.time_line.maintenance[-1] == (at("2026-01-05 20:00"), at("2026-01-05 20:20"))


def test_reliability_excludes_every_planned_outage_whole() -> None:
    """Without any agreed maintenance and without notice."""
    book = catalogue(agreement(target("at least 90 %", measure=Measure.RELIABILITY)))

    found = day(book, outage("2026-01-05 11:00", "2026-01-05 13:00", planned=True))

    assert found.value == 1
    assert found.excluded_maintenance == 2 * HOUR


def exclusion(start: str, end: str, declared: str) -> Exclusion:
    return Exclusion(
        start=at(start),
        end=at(end),
        reason="Power cut",
        declared=date.fromisoformat(declared),
        approved_by=ref("customer"),
        places=PLACES,
    )


def test_listed_exclusions_take_unplanned_outages_out() -> None:
    """Excluded time leaves both sides of the fraction; one that was declared after the period's end is marked."""
    listed = exclusion("2026-01-05 10:00", "2026-01-05 14:00", "2026-01-09")
    book = catalogue(agreement(target("at least 99 %"), exclusions=(listed,)))

    found = day(book, outage("2026-01-05 11:00", "2026-01-05 13:00"))

    assert found.value == 1
    assert found.excluded_listed == 4 * HOUR
    assert found.late_exclusions == ("Power cut",)


def test_nobody_looked() -> None:
    """No data is never met; half a day observed is not enough, but a breach that is proven stays one."""
    book = catalogue(agreement(target("at least 99 %")))
    half = Intervals.span(MONDAY, MONDAY + 12 * HOUR)

    assert day(book, vouched=Intervals()).verdict is Verdict.NO_DATA
    assert day(book, vouched=half).verdict is Verdict.INDETERMINATE
    assert day(book, outage(MONDAY, MONDAY + HOUR), vouched=half).verdict is Verdict.BREACHED


def test_unobserved_time_by_agreement() -> None:
    """`unobserved: down` counts a gap as downtime, `up` as uptime; coverage is shown and asks nothing."""
    half = Intervals.span(MONDAY, MONDAY + 12 * HOUR)
    for word, value in (("down", Fraction(1, 2)), ("up", Fraction(1))):
        found = day(catalogue(agreement(target("at least 99 %", unobserved=word))), vouched=half)
        assert found.value == value
        assert found.coverage == Fraction(1, 2)


def test_a_day_without_hours() -> None:
    """No service time although somebody looked: nothing to judge, and 0/0 is no figure."""
    book = catalogue(
        agreement(target("at least 99 %", hours=ref("hours"))), calendars=[calendar({"tue": "08:00-18:00"})]
    )

    found = day(book)

    assert found.verdict is Verdict.NOTHING_TO_JUDGE
    assert (found.value, found.shown, found.coverage) == (None, None, None)


def test_a_day_of_a_daily_file_is_bounded_by_its_counted_time() -> None:
    """20 hours of downtime in a day with ten hours of service: ten hours."""
    book = catalogue(
        agreement(target("at least 1 %", hours=ref("hours"))),
        Kind.DOWNTIME,
        calendars=[calendar({"mon": "08:00-18:00"})],
    )
    full = DayOfDowntime(day=date(2026, 1, 5), span=(MONDAY, MONDAY + DAY), weighted=Fraction(20 * HOUR), rows=1)

    found = day(book, days=(full,))

    assert (found.value, found.records) == (0, 1)


def test_an_unfinished_month() -> None:
    """At risk once three quarters of the budget are used, breached once the whole month's can't be kept."""
    book = catalogue(agreement(target("at least 99 %", per=Per.MONTH)))
    as_of = at("2026-01-11")

    def present(minutes: int) -> Verdict:
        row = outage("2026-01-05 10:00", at("2026-01-05 10:00") + minutes * MINUTE)
        known = GivenRecords(as_of=as_of, vouched=Intervals.span(0, as_of), outage_rows=(row,))
        return results(book, known)[-1].verdict

    # The month's budget is 446.4 minutes; the pace of ten days allows 144.
    assert present(60) is Verdict.ON_TRACK
    assert present(150) is Verdict.AT_RISK
    assert present(440) is Verdict.AT_RISK
    assert present(447) is Verdict.BREACHED
