"""What a measure makes of a part of a period, before it is judged."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from servicebook.model.result import Budget, TimeLine, Verdict
from servicebook.source import Position

SECOND = 1_000_000
"""Microseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value, or the reason why there is none, with everything that its verdict depends on."""

    value: Fraction | None
    """A share, seconds, or a number in the unit of the result."""
    absent: Verdict | None = None
    """`no data` or `nothing to judge` where there is no value to judge."""
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    numerator_unit: str | None = None
    records: int = 0
    count: Fraction = Fraction(0)
    """What `minimum_count` is compared with: the denominator where it counts, else the records."""
    coverage: Fraction | None = None
    best: Fraction | None = None
    """The best value that the period can still end with, where the rules allow a proof; None: anything may still come."""
    pace: Fraction | None = None
    """The value that the period ends with at the present pace, where it isn't the value so far."""
    budget: Budget | None = None
    time_line: TimeLine = TimeLine()
    missed: tuple[Position, ...] = ()
    """The rows of the tickets that were not within the limit."""

    @property
    def projected(self) -> Fraction | None:
        """The value at the present pace."""
        return self.value if self.pace is None else self.pace


def ratio(numerator: Fraction, denominator: Fraction) -> Fraction | None:
    """The quotient; 0/0 is no figure, never 100 %."""
    return numerator / denominator if denominator else None


def seconds(microseconds: int | Fraction) -> Fraction:
    """Microseconds as exact seconds."""
    return Fraction(microseconds) / SECOND


def share_budget(level: Fraction, total: Fraction, good: Fraction, *, is_lower_limit: bool) -> Budget | None:
    """The budget of a share with a lower limit: (1 − objective) × total; what isn't good uses it up."""
    if not is_lower_limit:
        return None
    return Budget(total=(1 - level) * total, used=total - good)


def rising(value: Fraction | None, *, is_lower_limit: bool) -> Fraction | None:
    """The best end of a figure that can only rise: proof against an upper limit, none against a lower one."""
    return None if is_lower_limit else value


def falling(value: Fraction | None, *, is_lower_limit: bool) -> Fraction | None:
    """The best end of a figure that can only fall."""
    return value if is_lower_limit else None


def good_share_best(value: Fraction | None, level: Fraction, *, is_lower_limit: bool) -> Fraction | None:
    """A share of good records stays open, unless 100 % was promised: then one bad record is proof."""
    return value if is_lower_limit and level == 1 else None
