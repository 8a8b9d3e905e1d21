"""Events, samples, values, scores, usage, ledgers: counted and added up in windows."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servicebook.metrics import series as series_module
from servicebook.metrics.series import TableSeries
from servicebook.model.common import Where
from servicebook.model.measurement import Kind, Reading, Summary
from servicebook.timeline.interval import Intervals
from tests.metrics.builders import at, between, found, opened, where

HOUR = 3_600_000_000
START = at("2026-03-01")

_windows = st.lists(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4).map(
        lambda pairs: Intervals((START + a * HOUR, START + b * HOUR) for a, b in pairs)
    ),
    max_size=5,
)
_rows = st.lists(st.tuples(st.integers(0, 59), st.decimals(-50, 50, places=2)), max_size=25)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_rows, _windows, st.fractions(Fraction(1, 10), 100), st.fractions(-50, 50), st.booleans(), st.booleans())
def test_summaries_are_those_of_sorted_lists(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    rows: list[tuple[int, object]],
    windows: list[Intervals],
    percentile: Fraction,
    limit: Fraction,
    at_least: bool,
    many: bool,
) -> None:
    """Nearest rank, the middle two, limits and sums, exactly, whichever way rows are placed."""
    text = "time,value\n" + "".join(f"2026-03-0{1 + hour // 24}T{hour % 24:02}:00Z,{value}\n" for hour, value in rows)
    monkeypatch.setattr(series_module, "_MANY_ROWS", -1 if many else 10**9)
    with opened(tmp_path, Kind.SAMPLES, {"a.csv": text}) as store:
        series = store.series("s", Where())
        counts = series.counts(windows)
        summaries = series.summaries(windows, percentile=percentile, limit=limit, at_least=at_least)

    for window, count, summary in zip(windows, counts, summaries, strict=True):
        values = sorted(Fraction(str(value)) for hour, value in rows if window.contains(START + hour * HOUR))
        assert count == summary.records == len(values)
        assert summary == _expected(values, percentile, limit, at_least)


def _expected(values: Sequence[Fraction], percentile: Fraction, limit: Fraction, at_least: bool) -> Summary:
    if not values:
        return Summary(records=0)
    number = len(values)
    return Summary(
        records=number,
        total=sum(values, Fraction(0)),
        minimum=values[0],
        maximum=values[-1],
        median=(values[(number - 1) // 2] + values[number // 2]) / 2,
        percentile=values[max(1, ceil(percentile * number / 100)) - 1],
        within=sum(value >= limit if at_least else value <= limit for value in values),
    )


def test_limits_beyond_all_numbers(tmp_path: Path) -> None:
    """Everything is at most the largest, nothing at least."""
    with opened(tmp_path, Kind.SAMPLES, {"a.csv": "time,value\n2026-03-01T08:00Z,1.5\n"}) as store:
        series = store.series("s", Where())
        year = [between("2026-01-01/2027-01-01")]
        huge = Fraction(10**40)
        assert [
            series.summaries(year, limit=limit, at_least=least)[0].within
            for limit, least in (
                (huge, False),
                (huge, True),
                (-huge, False),
                (-huge, True),
                (Fraction(3, 2), False),
                (Fraction(3, 2), True),
            )
        ] == [1, 0, 0, 1, 1, 1]
        assert series.extent() == (at("2026-03-01T08:00"), at("2026-03-01T08:00"))
        assert TableSeries.summaries(series, []) == []


def test_a_value_counts_in_the_periods_that_hold_its_own(tmp_path: Path) -> None:
    """A week that reaches into April lies in no month; a period that isn't over at `as_of` isn't known."""
    rows = "period,time,value\n2026-03,,1\n2026-W14,,2\n2026-Q1,,4\n2026-03-31,,8\n,2026-03-31T12:00,16\n2026-Q4,,32\n2026,,64\n"
    march, quarter = between("2026-02-28T23:00/2026-03-31T22:00"), between("2025-12-31T23:00/2026-03-31T22:00")
    with opened(tmp_path, Kind.VALUES, {"a.csv": rows}, time_zone="Europe/Berlin") as store:
        series = store.series("s", Where())
        assert found(store) == []
        assert [summary.total for summary in series.summaries([march, quarter])] == [25, 29]
        assert series.counts([march, Intervals()]) == [3, 0]
        assert series.extent() == (at("2025-12-31T23:00"), at("2026-04-05T22:00"))


def test_values_need_a_period_or_a_time(tmp_path: Path) -> None:
    """One that is no period, one in no zone, one with neither."""
    rows = "period,time,value\n2026-13,,1\n,,2\n0001-01,,3\n"
    with opened(tmp_path, Kind.VALUES, {"a.csv": rows}, time_zone="Europe/Berlin") as store:
        assert found(store) == ["a.csv:2 metrics/unreadable-period ×2", "a.csv:3 metrics/missing-field"]
    with opened(tmp_path, Kind.VALUES, {"a.csv": "period,value\n2026-03,1\n"}) as store:
        assert found(store) == ["a.csv:2 metrics/time-without-zone"]
    with opened(tmp_path, Kind.VALUES, {"a.csv": "value\n1\n"}) as store:
        assert "s.yml:1 metrics/no-such-column" in found(store)


def test_events(tmp_path: Path) -> None:
    """Σ good and Σ total; counts below zero or more good than all are data problems."""
    rows = "time,good,total\n2026-03-01T08:00Z,9,10\n2026-03-01T09:00Z,99.5,100\n2026-03-01T10:00Z,-1,5\n2026-03-01T11:00Z,6,5\n"
    with opened(tmp_path, Kind.EVENTS, {"a.csv": rows}) as store:
        assert found(store) == ["a.csv:4 metrics/below-zero", "a.csv:5 metrics/more-good-than-total"]
        first, second = store.series("s", Where()).ratios([between("2026-01-01/2027-01-01"), Intervals()])
    assert (first.numerator, first.denominator, first.records) == (Fraction(217, 2), 110, 2)
    assert (second.numerator, second.denominator, second.records) == (0, 0, 0)


def test_a_ledger(tmp_path: Path) -> None:
    """What is empty is nothing; the currencies are told."""
    rows = "time,budget,actual,currency\n2026-03-01,100,,EUR\n2026-03-02,,12.50,USD\n2026-03-03,,-2.5,EUR\n"
    with opened(tmp_path, Kind.LEDGER, {"a.csv": rows}, time_zone="UTC") as store:
        (ratio,) = store.series("s", Where()).ratios([between("2026-01-01/2027-01-01")])
    assert (ratio.numerator, ratio.denominator, ratio.records, ratio.currencies) == (10, 100, 3, ("EUR", "USD"))


def test_usage(tmp_path: Path) -> None:
    """A row's own capacity, else the service's limit; with neither, or 0, it is a data problem."""
    rows = "time,used,capacity\n2026-03-01T08:00Z,50,100\n2026-03-01T09:00Z,50,100.0\n2026-03-01T10:00Z,60,\n2026-03-01T11:00Z,70,0\n"
    year = [between("2026-01-01/2027-01-01")]
    with opened(tmp_path, Kind.USAGE, {"a.csv": rows}, limit=Fraction(200)) as store:
        assert found(store) == ["a.csv:5 metrics/no-capacity"]
        (readings,) = store.series("s", Where()).readings(year)
    assert readings == [Reading(Fraction(50), Fraction(100), 2), Reading(Fraction(60), Fraction(200), 1)]
    with opened(tmp_path, Kind.USAGE, {"a.csv": rows}) as store:
        assert found(store) == ["a.csv:4 metrics/no-capacity ×2"]


def test_probes_serve_as_samples(tmp_path: Path) -> None:
    """Every row with a value counts, whatever its `ok`."""
    rows = "time,ok,value\n2026-03-01T08:00Z,up,1\n2026-03-01T08:01Z,down,2\n2026-03-01T08:02Z,up,\n"
    with opened(tmp_path, Kind.PROBES, {"a.csv": rows}) as store:
        assert store.series("s", Where()).counts([between("2026-01-01/2027-01-01")]) == [2]


def test_scores_within_the_declared_bounds(tmp_path: Path) -> None:
    """Records outside of them don't count; nor do those at or after `as_of`."""
    rows = "time,score,site\n2026-03-01,5,hq\n2026-04-01,4,hq\n2026-05-01,3,branch\n2026-11-01,1,hq\n"
    bounds = {"from_": at("2026-03-15"), "until": at("2026-12-01")}
    with opened(tmp_path, Kind.SCORES, {"a.csv": rows}, time_zone="UTC", **bounds) as store:
        assert store.series("s", Where()).counts([between("2026-01-01/2027-01-01")]) == [2]
        assert store.series("s", where(site="hq")).extent() == (at("2026-04-01"), at("2026-04-01"))
        assert store.series("s", where(site="none")).extent() is None
        evidence = store.evidence("s", where(site="hq"))
    assert (evidence.files[0].rows, evidence.data_until) == (3, at("2026-11-01"))
