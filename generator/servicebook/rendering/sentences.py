"""Promises and results in plain sentences, made by rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from servicebook.compliance.terms import Entry
from servicebook.model.common import Comparison, Quantity, Unit
from servicebook.model.result import Result, Verdict
from servicebook.model.target import Measure, Rolling, Target
from servicebook.rendering import dates
from servicebook.rendering.wording import (
    LARGEST_WORD,
    NBSP,
    capital,
    figure,
    in_words,
    joined,
    number,
    percent,
    quantity,
    seconds,
)

_LIMITS = {
    Comparison.AT_LEAST: "at least",
    Comparison.AT_MOST: "at most",
    Comparison.ABOVE: "above",
    Comparison.BELOW: "below",
}


def level(amount: Quantity) -> str:
    """A quantity as its author wrote it: `99.9 %`, `4 h`, `2 working days`, `€ 500`."""
    return figure(amount.text) if amount.text else quantity(amount.number, amount.unit)


def objective(target: Target) -> str:
    """`at least 99.9 %`."""
    return limit(target.objective.comparison, target.objective.level)


def limit(comparison: Comparison, amount: Quantity) -> str:
    """`at most 4 h`."""
    return f"{_LIMITS[comparison]} {level(amount)}"


def per(target: Target) -> str:
    """How often a target is looked at: `each month`, or `over 30 days`."""
    if isinstance(target.per, Rolling):
        return f"over {target.per.days}{NBSP}days"
    return f"each {target.per.value}"


def target_sentence(entry: Entry) -> str:
    """A promise in one plain sentence, without its full stop: what, how much, of what time, how often looked at."""
    said = _SENTENCES[entry.target.measure](entry)
    return f"{said} {per(entry.target)}"


def _hours(entry: Entry) -> str:
    return "all time" if entry.calendar.always else "service hours"


def _in_hours(entry: Entry) -> str:
    return "" if entry.calendar.always else " in service hours"


def _availability(entry: Entry) -> str:
    return f"usable {objective(entry.target)} of {_hours(entry)}"


def _reliability(entry: Entry) -> str:
    return f"usable {objective(entry.target)} of {_hours(entry)}, all planned work left out,"


def _success(entry: Entry) -> str:
    return f"{objective(entry.target)} of all requests succeed"


def _share_within(entry: Entry) -> str:
    target = entry.target
    within = level(target.within) if target.within is not None else "the limit"
    if target.of is None:
        return f"{objective(target)} within {within}"
    verb = "answered" if target.of == "response" else "resolved"
    hours = _in_hours(entry) if target.within is not None and target.within.kind is Unit.DURATION else ""
    return f"{objective(target)} {verb} within {within}{hours}"


def _percentile(entry: Entry) -> str:
    target = entry.target
    share = target.percentile or Fraction(0)
    things = "readings" if target.of is None else "tickets answered" if target.of == "response" else "tickets resolved"
    among = f"{number(share)} of 100 {things}" if share.denominator == 1 else f"{percent(share / 100, 4)} of {things}"
    return (
        f"{among} in {objective(target)}"
        if target.objective.level.kind is Unit.DURATION
        else f"{among} {objective(target)}"
    )


def _statistic(words: str) -> Callable[[Entry], str]:
    return lambda entry: f"{words} {objective(entry.target)}"


def _outage_count(entry: Entry) -> str:
    return f"{objective(entry.target)} outages{_in_hours(entry)}"


def _satisfaction(entry: Entry) -> str:
    target = entry.target
    if target.satisfied_from is None:
        return f"a mean score of {objective(target)}"
    return f"{objective(target)} give a score of {number(target.satisfied_from)} or more"


def _utilisation(entry: Entry) -> str:
    words = {"mean": "mean use", "percentile": f"use in {number(entry.target.percentile or 0)} of 100 readings"}
    return f"{words.get(entry.target.statistic or '', 'use at its peak')} {objective(entry.target)} of what there is"


_SENTENCES: dict[Measure, Callable[[Entry], str]] = {
    Measure.AVAILABILITY: _availability,
    Measure.RELIABILITY: _reliability,
    Measure.SUCCESS_RATE: _success,
    Measure.SHARE_WITHIN: _share_within,
    Measure.PERCENTILE: _percentile,
    Measure.MEAN: _statistic("on average"),
    Measure.MEDIAN: _statistic("half of all readings"),
    Measure.MINIMUM: _statistic("the lowest reading"),
    Measure.MAXIMUM: _statistic("the highest reading"),
    Measure.SUM: _statistic("in total"),
    Measure.COUNT: _statistic("in number"),
    Measure.OUTAGE_COUNT: _outage_count,
    Measure.LONGEST_OUTAGE: _statistic("the longest outage"),
    Measure.MTRS: _statistic("restored, on average, in"),
    Measure.MTBF: _statistic("on average between two outages"),
    Measure.SATISFACTION: _satisfaction,
    Measure.UTILISATION: _utilisation,
    Measure.COST_AGAINST_BUDGET: _statistic("spent of the budget"),
}


def kept_sentence(results: Sequence[Result]) -> str:
    """`October 2026: two of four promises kept.` of the newest finished result of each target."""
    kept = sum(1 for result in results if result.verdict is Verdict.MET)
    names = list(
        dict.fromkeys(
            dates.period(r.period)
            for r in sorted(results, key=lambda r: (r.period.startswith("rolling"), -r.end, r.period))
        )
    )
    several = names[:2] if len(names) > 3 else names
    of = "the one promise" if len(results) == 1 else f"{_kept_of(kept, len(results))} promises"
    if len(results) == 1:
        return f"{capital(joined(several))}: {of} {'kept' if kept else 'not kept' if _breached(results) else 'not judged'}."
    if not any(result.verdict in (Verdict.MET, Verdict.BREACHED) for result in results):
        return f"{capital(joined(several))}: none of {in_words(len(results))} promises could be judged."
    if kept == len(results):
        of = "both promises" if kept == 2 else f"all {in_words(kept)} promises"
    return f"{capital(joined(several))}: {of} kept."


def _kept_of(kept: int, promises: int) -> str:
    """`two of four`, `none of four`; both in figures where one has to be."""
    if kept == 0:
        return f"none of {in_words(promises)}"
    return f"{in_words(kept)} of {in_words(promises)}" if promises <= LARGEST_WORD else f"{kept} of {promises}"


def _breached(results: Sequence[Result]) -> bool:
    return any(result.verdict is Verdict.BREACHED for result in results)


def breach_sentence(result: Result, name: str) -> str:
    """What a breach was, with the credit that follows: `Mail is usable: down 30 min 18 s longer than allowed; …`."""
    credit = f"; a credit of {percent(result.credit)} is due" if result.credit else ""
    budget = result.budget
    if budget is not None and budget.left < 0 and result.numerator_unit == "seconds":
        return f"{name}: down {seconds(-budget.left, up=True)} longer than allowed{credit}."
    return f"{name}: {figure(result.shown or '')}, promised {limit(result.objective.comparison, result.objective.level)}{credit}."


def summary(results: Sequence[Result], names: dict[str, str]) -> str:
    """How the newest finished periods went, in two or three sentences."""
    breaches = [result for result in results if result.verdict is Verdict.BREACHED]
    said = [kept_sentence(results), *(breach_sentence(r, names.get(r.target, r.target)) for r in breaches[:2])]
    if len(breaches) > 2:
        said.append(f"{capital(in_words(len(breaches) - 2))} more {'was' if len(breaches) == 3 else 'were'} missed.")
    return " ".join(said)


def allowance_sentence(allowed: Fraction, period: str) -> str:
    """What a promise of availability allows: `at most 44 min 42 s down in October 2026`."""
    return f"at most {seconds(allowed)} down {dates.in_period(period)}"


def budget_sentence(result: Result) -> str:
    """Allowed, used, left: `44 min 42 s allowed, 1 h 15 min used: 30 min 18 s over`."""
    budget = result.budget
    if budget is None:
        return ""
    unit = result.numerator_unit or ""

    def said(amount: Fraction, *, up: bool) -> str:
        return seconds(amount, up=up) if unit == "seconds" else quantity(amount, unit)

    rest = f"{said(-budget.left, up=True)} over" if budget.left < 0 else f"{said(budget.left, up=False)} left"
    return f"{said(budget.total, up=False)} allowed, {said(budget.used, up=True)} used: {rest}"
