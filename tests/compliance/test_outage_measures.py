"""Outage count, longest outage, MTRS and MTBF: an outage counts whole, in the period in which it ends."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from servicebook.compliance.given import GivenRecords
from servicebook.model.result import Result, Verdict
from servicebook.model.target import Measure
from servicebook.timeline.interval import Intervals
from servicebook.timeline.period import Per
from tests.compliance.builders import agreement, at, calendar, catalogue, outage, ref, results, target

AS_OF = at("2026-03-01")


def monthly(measure: Measure, text: str, *rows: Any, as_of: int = AS_OF, **terms: Any) -> dict[str, Result]:
    book = catalogue(
        agreement(target(text, measure=measure, per=Per.MONTH, **terms)),
        calendars=[calendar({"mon-fri": "08:00-18:00"})],
    )
    known = GivenRecords(as_of=as_of, vouched=Intervals.span(0, as_of), outage_rows=rows)
    return {result.period: result for result in results(book, known)}


def test_six_hours_across_the_end_of_a_month() -> None:
    """One outage of six hours, in the month in which it ends."""
    row = outage("2026-01-31 21:00", "2026-02-01 03:00")

    counts = monthly(Measure.OUTAGE_COUNT, "at most 0", row)
    longest = monthly(Measure.LONGEST_OUTAGE, "at most 4 h", row)

    assert (counts["2026-01"].value, counts["2026-02"].value) == (0, 1)
    assert longest["2026-02"].shown == "6 h"
    assert longest["2026-01"].verdict is Verdict.MET


def test_one_that_ends_on_the_edge_belongs_to_the_period_before() -> None:
    """An outage that ends exactly where a period ends belongs to that period."""
    counts = monthly(Measure.OUTAGE_COUNT, "at most 0", outage("2026-01-31 21:00", "2026-02-01"))

    assert (counts["2026-01"].value, counts["2026-02"].value) == (1, 0)


def test_outages_that_touch_are_one_and_those_out_of_hours_none() -> None:
    """Impact 0 and time that doesn't count make no outage; partial ones last as long as they last."""
    rows = [
        outage("2026-01-05 10:00", "2026-01-05 11:00", impact=Fraction(1, 4)),
        outage("2026-01-05 11:00", "2026-01-05 12:00"),
        outage("2026-01-06 20:00", "2026-01-06 23:00"),
        outage("2026-01-07 10:00", "2026-01-07 11:00", impact=Fraction(0)),
    ]

    found = monthly(Measure.MTRS, "at most 1 h", *rows, hours=ref("hours"))["2026-01"]

    assert (found.numerator, found.denominator) == (7200, 1)
    assert found.verdict is Verdict.BREACHED


@pytest.mark.parametrize("measure", [Measure.MTRS, Measure.MTBF])
def test_a_mean_of_no_outage(measure: Measure) -> None:
    """There is nothing to divide by: nothing to judge, while a count of 0 is a figure."""
    assert monthly(measure, "at least 1 h")["2026-01"].verdict is Verdict.NOTHING_TO_JUDGE
    assert monthly(Measure.OUTAGE_COUNT, "at most 0")["2026-01"].verdict is Verdict.MET


def test_an_open_outage_counts_now_and_proves_nothing() -> None:
    """Still open at `as_of`: it counts as long as it has lasted, in the present period, as no proof of a breach."""
    as_of = at("2026-02-20")
    row = outage("2026-01-30", None)

    longest = monthly(Measure.LONGEST_OUTAGE, "at most 1 h", row, as_of=as_of)

    assert longest["2026-01"].value == 0
    assert longest["2026-02"].value == 21 * 86400
    assert longest["2026-02"].verdict is Verdict.AT_RISK


def test_mtbf_counts_partial_outages_in_full() -> None:
    """31 days less 4 hours down, partial or not, between two failures."""
    rows = [
        outage("2026-01-05 10:00", "2026-01-05 11:00", impact=Fraction(1, 4)),
        outage("2026-01-10 10:00", "2026-01-10 13:00"),
    ]

    found = monthly(Measure.MTBF, "at least 100 h", *rows)["2026-01"]

    assert found.value == Fraction((31 * 24 - 4) * 3600, 2)


def test_a_month_can_be_lost_before_it_is_over() -> None:
    """A count can only rise: the third outage proves the breach; the pace warns before."""
    as_of = at("2026-02-10")
    rows = [outage(f"2026-02-0{day} 10:00", f"2026-02-0{day} 11:00") for day in (2, 4, 6)]

    def present(number: int) -> Verdict:
        return monthly(Measure.OUTAGE_COUNT, "at most 2", *rows[:number], as_of=as_of)["2026-02"].verdict

    assert [present(number) for number in (0, 1, 2, 3)] == [
        Verdict.ON_TRACK,
        Verdict.AT_RISK,
        Verdict.AT_RISK,
        Verdict.BREACHED,
    ]
