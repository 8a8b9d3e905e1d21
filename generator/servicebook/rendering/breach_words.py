"""Breaches in words: by how much, how often, and whether the target has recovered."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from servicebook.insight.breaches import Recovery, Repeats
from servicebook.model.common import MICROSECONDS, Unit
from servicebook.model.result import Result, Verdict
from servicebook.model.target import Rolling
from servicebook.rendering import sentences
from servicebook.rendering.wording import NBSP, count, duration, figure, number, percent, quantity, seconds
from servicebook.timeline.period import Per


def missed_sentence(result: Result) -> str:
    """`99.83 %, promised at least 99.9 %: 30 min down too long. A credit of 10 % is due.`"""
    promised = sentences.limit(result.objective.comparison, result.objective.level)
    credit = f" A credit of {percent(result.credit)} is due." if result.credit else ""
    so_far = "" if result.finished else " The period isn't over, but the promise can't be kept any more."
    return f"{figure(result.shown or '–')}, promised {promised}: {missed_by(result)}.{credit}{so_far}"


def missed_by(result: Result) -> str:
    """By how much: `30 min 18 s down too long`, `2 tickets too many`, `40 ms too much`."""
    budget = result.budget
    if budget is not None and budget.left < 0:
        if result.numerator_unit == "seconds":
            return f"{seconds(-budget.left, up=True)} down too long"
        # So many fewer would have been needed.
        return f"{quantity(ceil(-budget.left), result.numerator_unit or '')} too many"
    if result.value is None:
        return "missed"
    gap = abs(result.value - result.level)
    direction = "too little" if result.objective.comparison.is_lower_limit else "too much"
    return f"{_gap(gap, result)} {direction}" if gap else "exactly the limit that had to be passed"


def _gap(gap: Fraction, result: Result) -> str:
    level = result.objective.level
    if level.kind is Unit.SHARE:
        return f"{number(gap * 100, 3)}{NBSP}percentage points"
    if level.kind is Unit.DURATION and result.unit == "seconds":
        return duration(gap * MICROSECONDS["s"], up=True)
    return quantity(gap, level.unit or ("" if result.unit in ("number", "count") else result.unit), 3)


def repeat_words(counted: Repeats, per: Per | Rolling) -> str:
    """`3 of 12 months`."""
    unit = "period" if isinstance(per, Rolling) else per.value
    return f"{counted.breached} of {count(counted.judged, unit, f'{unit}s')}"


def recovery_words(recovery: Recovery) -> str:
    """`kept in all 3 periods since`, `kept in 1 of 3 periods since, not in the newest`, `not judged since`."""
    if recovery.newest is None:
        return "no later period is judged yet"
    if recovery.met == recovery.judged:
        one = recovery.judged == 1
        return (
            "recovered: kept in the one period since"
            if one
            else f"recovered: kept in all {number(recovery.judged)} periods since"
        )
    counted = f"kept in {number(recovery.met)} of {count(recovery.judged, 'period', 'periods')} since"
    return f"recovered: {counted}" if recovery.newest is Verdict.MET else f"not recovered: {counted}, not in the newest"
