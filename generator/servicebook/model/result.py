"""Results: what `evaluate` lists, with everything that shows where a figure comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from servicebook.model.common import Objective
from servicebook.model.measurement import FileEvidence
from servicebook.model.target import Measure
from servicebook.source import Position


class Verdict(StrEnum):
    """What a result says about its promise; neither `no data` nor `nothing to judge` is ever `met`."""

    MET = "met"
    BREACHED = "breached"
    NO_DATA = "no data"
    NOTHING_TO_JUDGE = "nothing to judge"
    INDETERMINATE = "indeterminate"
    AT_RISK = "at risk"
    ON_TRACK = "on track"


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How much failure the objective allows in the period; seconds, events, tickets or records."""

    total: Fraction
    used: Fraction

    @property
    def left(self) -> Fraction:
        """Below zero when more was used than allowed."""
        return self.total - self.used


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLine:
    """What happened in a period, for drawings and for the working; UTC microseconds."""

    down: tuple[tuple[int, int, Fraction], ...] = ()
    """Pieces of counted downtime with their impact."""
    maintenance: tuple[tuple[int, int], ...] = ()
    listed: tuple[tuple[int, int], ...] = ()
    unobserved: tuple[tuple[int, int], ...] = ()
    """Service time, not excluded, up to `as_of`, that nobody observed."""
    outages: tuple[tuple[int, int, int], ...] = ()
    """Whole outages that count in the period (count, longest outage, MTRS, MTBF): start, end, counted time of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One target in one period."""

    agreement: str
    version: str
    target: str
    measure: Measure
    services: tuple[str, ...]
    customer: str
    provider: str
    period: str
    """`2026-10`, `2026-Q4`, `2026-W41`, `2026`, `2026-10-05`, `rolling-30d@2026-11-01`; parts of a split period end in `/1`, `/2`."""
    start: int
    end: int
    zone: str
    """IANA name of the target's time zone."""
    finished: bool
    known_to: int
    """The `as_of` that it was worked out for: nothing later is in it."""
    verdict: Verdict
    value: Fraction | None
    """A share from 0 to 1, seconds, or a number in `unit`."""
    shown: str | None
    unit: str
    """`share`, `seconds`, `count`, a currency, `number`, or the source's."""
    objective: Objective
    level: Fraction
    """The objective's level in `unit`."""
    numerator: Fraction | None
    denominator: Fraction | None
    numerator_unit: str | None
    service_time: int | None
    """Microseconds, as the three that follow."""
    excluded: int | None
    excluded_maintenance: int | None
    excluded_listed: int | None
    coverage: Fraction | None
    records: int
    budget: Budget | None
    credit: Fraction | None
    sources: tuple[FileEvidence, ...] = ()
    data_until: int | None = None
    closed: bool = False
    rule: str = ""
    """The name of the rule that the figure follows, for example `availability`."""
    late_exclusions: tuple[str, ...] = ()
    """Reasons of exclusions that were declared after the period's end."""
    time_line: TimeLine = field(default=TimeLine(), compare=False)
    missed: tuple[Position, ...] = field(default=(), compare=False)
    """The rows of the tickets that were not within the limit."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What names a result."""
        return (self.agreement, self.target, self.period)
