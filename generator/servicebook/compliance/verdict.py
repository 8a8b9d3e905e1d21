"""Verdicts: what a figure says about its promise, in the binding order."""

from __future__ import annotations

from fractions import Fraction

from servicebook.compliance.figure import Figure
from servicebook.compliance.parts import Part
from servicebook.model.common import Comparison
from servicebook.model.result import Verdict
from servicebook.model.target import Credits

DEFAULT_MINIMUM_COVERAGE = Fraction(9, 10)
AT_RISK_SHARE = Fraction(3, 4)
"""A budget that is used up so far is at risk."""
PACE_FROM = Fraction(1, 10)
"""The share of the period after which its pace is judged."""


def judge(figure: Figure, part: Part, level: Fraction) -> Verdict:
    """The verdict of a figure; losing data never saves a breach, and no data is never met."""
    target = part.entry.target
    comparison = target.objective.comparison
    if figure.absent is not None:
        return figure.absent
    if figure.value is None:
        return Verdict.NOTHING_TO_JUDGE
    if figure.best is not None and not comparison.holds(figure.best, level):
        return Verdict.BREACHED
    if not _enough(figure, part):
        return Verdict.INDETERMINATE
    if part.finished:
        return Verdict.MET if comparison.holds(figure.value, level) else Verdict.BREACHED
    return Verdict.AT_RISK if _at_risk(figure, part, comparison, level) else Verdict.ON_TRACK


def _enough(figure: Figure, part: Part) -> bool:
    target = part.entry.target
    if target.minimum_count is not None and figure.count < target.minimum_count:
        return False
    if target.unobserved is not None or figure.coverage is None:
        return True
    minimum = DEFAULT_MINIMUM_COVERAGE if target.minimum_coverage is None else target.minimum_coverage
    return figure.coverage >= minimum


def _at_risk(figure: Figure, part: Part, comparison: Comparison, level: Fraction) -> bool:
    budget = figure.budget
    if budget is not None and budget.used > 0 and budget.used >= AT_RISK_SHARE * budget.total:
        return True
    elapsed, length = part.elapsed_share
    projected = figure.projected
    return projected is not None and elapsed >= PACE_FROM * length and not comparison.holds(projected, level)


def credit_of(credits: Credits | None, levels: tuple[Fraction, ...], value: Fraction | None) -> Fraction | None:
    """The highest credit of the bands that the exact value falls into, 0 if none, at most the cap.

    `levels` are the bands' levels in the unit of the value, in their order.
    """
    if credits is None or value is None:
        return None
    owed = [
        band.credit for band, level in zip(credits.bands, levels, strict=True) if band.comparison.holds(value, level)
    ]
    credit = max(owed, default=Fraction(0))
    return credit if credits.cap is None else min(credit, credits.cap)
