"""Measures of series: events, samples, scores, values, usage and ledgers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from servicebook.compliance.case import Case, share_of
from servicebook.compliance.figure import Figure, falling, good_share_best, ratio, rising, share_budget
from servicebook.compliance.levels import level_in, value_unit
from servicebook.model.measurement import Kind, Ratio, Reading, Series, Summary
from servicebook.model.metric_source import MetricSource
from servicebook.model.result import Verdict
from servicebook.model.target import Measure
from servicebook.timeline.interval import Intervals

IN_SERVICE_TIME = frozenset({Kind.EVENTS, Kind.SAMPLES, Kind.PROBES, Kind.USAGE})
"""Kinds whose records count when their instant lies in the counted time; the others count at any hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The time of a case whose records count, and the share of it that the source vouches for."""

    window: Intervals
    coverage: Fraction | None
    vouched: bool


def counted_window(case: Case, source: MetricSource, bounds: Intervals | None) -> Counted:
    """Service time less exclusions, or the whole period, within the declared bounds."""
    in_service = source.records in IN_SERVICE_TIME
    time = case.now.net if in_service else case.elapsed
    return Counted(
        window=time if in_service else Intervals.span(case.part.start, case.part.end),
        coverage=share_of(time, bounds),
        vouched=bounds is None or bool(case.elapsed & bounds),
    )


def series_figures(
    cases: Sequence[Case], source: MetricSource, series: Series, bounds: Intervals | None
) -> list[Figure]:
    """Figures of one entry's cases, all asked for at once."""
    if not cases:
        return []
    counted = [counted_window(case, source, bounds) for case in cases]
    windows = [each.window for each in counted]
    measure = cases[0].target.measure
    if measure in (Measure.SUCCESS_RATE, Measure.COST_AGAINST_BUDGET):
        build = [_ratio_figure(c, t, r) for c, t, r in zip(cases, counted, series.ratios(windows), strict=True)]
    elif measure is Measure.UTILISATION:
        build = [_usage_figure(c, t, r) for c, t, r in zip(cases, counted, series.readings(windows), strict=True)]
    else:
        summaries = _summaries(cases[0], source, series, windows)
        build = [_summary_figure(c, t, s) for c, t, s in zip(cases, counted, summaries, strict=True)]
    return build


def _summaries(case: Case, source: MetricSource, series: Series, windows: list[Intervals]) -> Sequence[Summary]:
    target = case.target
    percentile = target.percentile if target.measure is Measure.PERCENTILE else None
    if target.measure is Measure.SHARE_WITHIN and target.within is not None:
        limit = level_in(target.within, value_unit(target.within, source))
        return series.summaries(windows, limit=limit)
    if target.satisfied_from is not None:
        return series.summaries(windows, limit=target.satisfied_from, at_least=True)
    return series.summaries(windows, percentile=percentile)


def _absent(counted: Counted, records: int) -> Verdict | None:
    return Verdict.NO_DATA if not counted.vouched or not records else None


def _ratio_figure(case: Case, counted: Counted, sums: Ratio) -> Figure:
    """Σ good ÷ Σ total, or Σ actual ÷ Σ budget; never a mean of ratios."""
    absent = _absent(counted, sums.records)
    if absent is None and not sums.denominator:
        absent = Verdict.NOTHING_TO_JUDGE
    value = None if absent else ratio(sums.numerator, sums.denominator)
    figure = Figure(
        value=value,
        absent=absent,
        numerator=sums.numerator,
        denominator=sums.denominator,
        numerator_unit="events",
        records=sums.records,
        count=sums.denominator,
        coverage=counted.coverage,
    )
    if case.target.measure is Measure.COST_AGAINST_BUDGET:
        currency = sums.currencies[0] if sums.currencies else None
        return replace(figure, numerator_unit=currency, count=Fraction(sums.records))
    return _with_good_share(figure, case)


def _with_good_share(figure: Figure, case: Case) -> Figure:
    """Add the budget and the proof of a share of good records."""
    if figure.absent is not None or figure.numerator is None or figure.denominator is None:
        return figure
    level, lower = case.scale.level, case.is_lower_limit
    return replace(
        figure,
        budget=share_budget(level, figure.denominator, figure.numerator, is_lower_limit=lower),
        best=good_share_best(figure.value, level, is_lower_limit=lower),
    )


def _summary_figure(case: Case, counted: Counted, summary: Summary) -> Figure:
    absent = _absent(counted, summary.records)
    number = Fraction(summary.records)
    target = case.target
    if target.measure is Measure.SHARE_WITHIN or target.satisfied_from is not None:
        figure = Figure(
            value=None if absent else ratio(Fraction(summary.within), number),
            absent=absent,
            numerator=Fraction(summary.within),
            denominator=number,
            numerator_unit="records",
            records=summary.records,
            count=number,
            coverage=counted.coverage,
        )
        return _with_good_share(figure, case)
    is_mean = target.measure in (Measure.MEAN, Measure.SATISFACTION)
    value = None if absent else _statistic(target.measure, summary)
    elapsed, length = case.part.elapsed_share
    adds_up = target.measure in (Measure.SUM, Measure.COUNT)
    return Figure(
        value=value,
        absent=absent,
        numerator=summary.total if is_mean else None,
        denominator=number if is_mean else None,
        numerator_unit="records" if is_mean else None,
        records=summary.records,
        count=number,
        coverage=counted.coverage,
        best=_best(case, value),
        pace=value * length / elapsed if adds_up and value is not None else None,
    )


def _statistic(measure: Measure, summary: Summary) -> Fraction | None:
    match measure:
        case Measure.MEAN | Measure.SATISFACTION:
            return ratio(summary.total, Fraction(summary.records))
        case Measure.MEDIAN:
            return summary.median
        case Measure.MINIMUM:
            return summary.minimum
        case Measure.MAXIMUM:
            return summary.maximum
        case Measure.SUM:
            return summary.total
        case Measure.COUNT:
            return Fraction(summary.records)
        case _:
            return summary.percentile


def _best(case: Case, value: Fraction | None) -> Fraction | None:
    """Maximum, percentile 100, sum and count can only rise; a minimum only falls."""
    target = case.target
    rises = target.measure in (Measure.MAXIMUM, Measure.SUM, Measure.COUNT)
    if rises or (target.measure is Measure.PERCENTILE and target.percentile == 100):
        return rising(value, is_lower_limit=case.is_lower_limit)
    if target.measure is Measure.MINIMUM:
        return falling(value, is_lower_limit=case.is_lower_limit)
    return None


def _usage_figure(case: Case, counted: Counted, readings: Sequence[Reading]) -> Figure:
    """used ÷ capacity of each reading, then peak, mean or percentile of the shares."""
    number = sum(reading.count for reading in readings)
    absent = _absent(counted, number)
    statistic = case.target.statistic or "peak"
    total = sum((reading.count * reading.used / reading.capacity for reading in readings), Fraction(0))
    is_mean = statistic == "mean"
    value = None if absent else _usage_value(case, statistic, readings, total, number)
    return Figure(
        value=value,
        absent=absent,
        numerator=total if is_mean else None,
        denominator=Fraction(number) if is_mean else None,
        numerator_unit="records" if is_mean else None,
        records=number,
        count=Fraction(number),
        coverage=counted.coverage,
        best=rising(value, is_lower_limit=case.is_lower_limit) if _only_rises(case, statistic) else None,
    )


def _only_rises(case: Case, statistic: str) -> bool:
    return statistic == "peak" or (statistic == "percentile" and case.target.percentile == 100)


def _usage_value(
    case: Case, statistic: str, readings: Sequence[Reading], total: Fraction, number: int
) -> Fraction | None:
    if statistic == "mean":
        return ratio(total, Fraction(number))
    shares = sorted((reading.used / reading.capacity, reading.count) for reading in readings)
    if statistic == "peak":
        return shares[-1][0]
    return nearest_rank(shares, case.target.percentile or Fraction(100), number)


def nearest_rank(values: Sequence[tuple[Fraction, int]], percentile: Fraction, number: int) -> Fraction | None:
    """The smallest value with at least `percentile` per cent of the records at or below it.

    `values` are ascending, each with how often it occurs; `number` is how many records there are.
    """
    rank = max(1, ceil(percentile * number / 100))
    seen = 0
    for value, count in values:
        seen += count
        if seen >= rank:
            return value
    return None
