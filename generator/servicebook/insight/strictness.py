"""When one promise is at least as strict as another: every figure that meets it meets the other too."""

from __future__ import annotations

from fractions import Fraction

from servicebook.compliance.terms import Entry
from servicebook.model.common import Objective, Quantity, Unit
from servicebook.model.planning import Requirement


def suffices(entry: Entry, requirement: Requirement | None) -> bool:
    """Whether a target is of what is required, and at least as strict; any will do where nothing is required."""
    if requirement is None:
        return True
    target = entry.target
    same = (
        target.measure is requirement.measure
        and (target.percentile is None) == (not requirement.percentile)
        and (target.percentile is None or target.percentile == Fraction(requirement.percentile))
        and requirement.of in (None, target.of)
        and requirement.statistic in (None, target.statistic)
    )
    return (
        same
        and is_as_strict(target.objective, requirement.objective)
        and (requirement.within is None or _within(target.within, requirement.within))
    )


def _within(own: Quantity | None, required: Quantity) -> bool:
    return own is not None and _comparable(own, required) and _exact(own) <= _exact(required)


def is_as_strict(own: Objective, required: Objective) -> bool:
    """Whether every figure that meets one objective meets the other too."""
    same_side = own.comparison.is_lower_limit == required.comparison.is_lower_limit
    if not same_side or not _comparable(own.level, required.level):
        return False
    level, asked = _exact(own.level), _exact(required.level)
    if level == asked:
        # `above 99 %` meets `at least 99 %`; the other way round it doesn't.
        return required.comparison.holds(asked, asked) or not own.comparison.holds(level, level)
    return required.comparison.holds(level, asked)


def _comparable(one: Quantity, other: Quantity) -> bool:
    return one.kind is other.kind and (one.kind is not Unit.NUMBER or one.unit == other.unit)


def _exact(quantity: Quantity) -> Fraction:
    return quantity.microseconds if quantity.kind is Unit.DURATION else quantity.number
