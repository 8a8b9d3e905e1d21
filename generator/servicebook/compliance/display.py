"""How a figure is shown: in the unit of its objective, never on the other side of it than the exact figure."""

from __future__ import annotations

from fractions import Fraction

from servicebook.model.common import Objective, Unit


def shown(value: Fraction, level: Fraction, objective: Objective, per_unit: Fraction) -> str:
    """A figure in the words of its objective.

    `value` and `level` are in the unit of the result, `per_unit` is one of the objective's own units in it (0.01 for
    per cent of a share, 3600 for hours of seconds). As many decimals as the objective has, rounded towards the side of
    a breach, with one more at a time while it would lie on the other side of the objective than the exact figure.
    """
    exact, limit = value / per_unit, level / per_unit
    decimals = objective.level.decimals
    meets = objective.comparison.holds(exact, limit)
    rounded = rounded_to_breach(exact, decimals, downwards=objective.comparison.is_lower_limit)
    while objective.comparison.holds(rounded, limit) is not meets:
        decimals += 1
        rounded = rounded_to_breach(exact, decimals, downwards=objective.comparison.is_lower_limit)
    return f"{fixed(rounded, decimals)} {unit_shown(objective)}".strip()


def unit_shown(objective: Objective) -> str:
    """The unit behind the figure; nothing where the objective has none."""
    return "%" if objective.level.kind is Unit.SHARE else objective.level.unit


def rounded_to_breach(exact: Fraction, decimals: int, *, downwards: bool) -> Fraction:
    """Rounded down for lower limits, up for upper ones."""
    scale = 10**decimals
    scaled = exact * scale
    whole = scaled.numerator // scaled.denominator
    if not downwards and whole != scaled:
        whole += 1
    return Fraction(whole, scale)


def fixed(value: Fraction, decimals: int) -> str:
    """A number that has at most `decimals` digits behind the point, with exactly so many."""
    whole = value * 10**decimals
    digits = str(abs(whole.numerator)).rjust(decimals + 1, "0")
    sign = "-" if whole < 0 else ""
    if decimals == 0:
        return f"{sign}{digits}"
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"
