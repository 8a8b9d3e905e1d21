"""In which unit a figure is judged, and what its objective, its limit and its bands come to there."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from servicebook.compliance.figure import SECOND
from servicebook.model.common import MICROSECONDS, Quantity, Unit
from servicebook.model.measurement import Kind
from servicebook.model.metric_source import MetricSource
from servicebook.model.target import Measure, Target

SHARES = frozenset(
    {
        Measure.AVAILABILITY,
        Measure.RELIABILITY,
        Measure.SUCCESS_RATE,
        Measure.SHARE_WITHIN,
        Measure.UTILISATION,
        Measure.COST_AGAINST_BUDGET,
    }
)
DURATIONS = frozenset({Measure.LONGEST_OUTAGE, Measure.MTRS, Measure.MTBF})
COUNTS = frozenset({Measure.COUNT, Measure.OUTAGE_COUNT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The unit of a result."""

    unit: str
    """`share`, `seconds`, `count`, `number`, or the source's."""
    per_unit: Fraction
    """One of the objective's own units, in `unit`."""
    level: Fraction
    """The objective's level, in `unit`."""


def scale_of(target: Target, source: MetricSource) -> Scale:
    """The unit that a target's figure has: values are in the unit that the objective names, unless the source says another."""
    quantity = target.objective.level
    unit = _unit(target, source)
    return Scale(unit=unit, per_unit=_per_unit(quantity, unit), level=level_in(quantity, unit))


def _unit(target: Target, source: MetricSource) -> str:
    measure = target.measure
    if measure in SHARES or (measure is Measure.SATISFACTION and target.satisfied_from is not None):
        return "share"
    if measure in DURATIONS or source.records is Kind.TICKETS:
        return "seconds"
    if measure in COUNTS:
        return "count"
    return value_unit(target.objective.level, source)


def value_unit(quantity: Quantity, source: MetricSource) -> str:
    """The unit of a source's values, as far as the source or the quantity that they are compared with names one."""
    return source.unit or quantity.unit or "number"


def level_in(quantity: Quantity, unit: str) -> Fraction:
    """A quantity in the unit of a result."""
    return quantity.number * _per_unit(quantity, unit)


def _per_unit(quantity: Quantity, unit: str) -> Fraction:
    if unit == "share":
        return Fraction(1, 100) if quantity.kind is Unit.SHARE else Fraction(1)
    if quantity.kind is Unit.DURATION and (unit == "seconds" or unit in MICROSECONDS):
        target_unit = SECOND if unit == "seconds" else MICROSECONDS[unit]
        return Fraction(MICROSECONDS[quantity.unit], target_unit)
    return Fraction(1)
