"""How a figure is shown: in the unit of its objective, never on the other side of it than the exact figure.

What a result carries (`shown`, `fixed`) is the same in every language; `said` and what stands below it put such a text
into the one that is spoken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache

from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol

from servicebook import texts
from servicebook.model.common import Comparison, Objective, Quantity, Unit
from servicebook.texts import marked, say, say_as

_PART = re.compile(r"([0-9]+)(?:\.([0-9]+))?(?: *([^\s0-9+.,\u2212-][^0-9]*?)(?= *[0-9]| *$))?")
"""A number, its decimals and its unit."""
_UNITS: Mapping[str, Callable[[], str]] = {
    "working day": lambda: say_as("unit", "working day"),
    "working days": lambda: say_as("unit", "working days"),
    "working hour": lambda: say_as("unit", "working hour"),
    "working hours": lambda: say_as("unit", "working hours"),
    "hour": lambda: say_as("unit", "hour"),
    "hours": lambda: say_as("unit", "hours"),
    "minute": lambda: say_as("unit", "minute"),
    "minutes": lambda: say_as("unit", "minutes"),
    "second": lambda: say_as("unit", "second"),
    "seconds": lambda: say_as("unit", "seconds"),
    "tickets": lambda: say_as("unit", "tickets"),
    "events": lambda: say_as("unit", "events"),
    "records": lambda: say_as("unit", "records"),
}
"""Units that are words of ours; a unit of the author's own stays as it is."""
_UNITS_WITHIN: Mapping[str, Callable[[], str]] = {
    "working days": lambda: say_as("unit behind 'within'", "working days"),
}
_UNITS_OF_ONE: Mapping[str, Callable[[], str]] = {
    "tickets": lambda: say_as("unit", "ticket"),
    "events": lambda: say_as("unit", "event"),
    "records": lambda: say_as("unit", "record"),
}
"""What results count has its plural in English throughout; other languages say `1 Ticket`."""
_LIMITS = {
    Comparison.AT_LEAST: marked("at least %(level)s"),
    Comparison.AT_MOST: marked("at most %(level)s"),
    Comparison.ABOVE: marked("above %(level)s"),
    Comparison.BELOW: marked("below %(level)s"),
}


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


def signs() -> tuple[str, str]:
    """The decimal sign of the spoken language, and the sign between groups of three digits."""
    return _signs(texts.locale())


@lru_cache(maxsize=8)
def _signs(locale: Locale) -> tuple[str, str]:
    return get_decimal_symbol(locale), get_group_symbol(locale)


def unit_said(unit: str, amount: Fraction | int | None = None, *, within: bool = False) -> str:
    """A unit in the spoken language: `2 working days` are `2 Arbeitstage`; units of an author's own stay.

    `within` is for what stands behind that word, where some languages have another case.
    """
    if texts.spoken() == texts.ENGLISH:
        return unit
    words = (_UNITS_WITHIN if within else _UNITS_OF_ONE if amount == 1 else {}).get(unit) or _UNITS.get(unit)
    return unit if words is None else words()


def said(text: str, *, within: bool = False) -> str:
    """A number with its unit, or several (`99.8 %`, `1 h 20 min`), in the spoken language; in English as it is written."""

    def part(found: re.Match[str]) -> str:
        decimals = f"{signs()[0]}{found[2]}" if found[2] else ""
        unit = f" {unit_said(found[3].strip(), within=within)}" if found[3] else ""
        return f"{found[1]}{decimals}{unit}"

    return text if texts.spoken() == texts.ENGLISH else _PART.sub(part, text)


def limit_said(comparison: Comparison, level: str) -> str:
    """`at most 4 h`, the level being said already."""
    return say(_LIMITS[comparison], level=level)


def level_said(level: Quantity) -> str:
    """A quantity as its author wrote it, in the spoken language."""
    return said(level.text or f"{fixed(level.number, level.decimals)} {level.unit}".strip())


def objective_said(comparison: Comparison, level: Quantity, text: str) -> str:
    """What an author wrote in English (`>= 99.9 %`): as it is in English, said by rule in other languages."""
    return text if texts.spoken() == texts.ENGLISH else limit_said(comparison, level_said(level))
