"""A target of an agreement: one promise that can be measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from servicebook.model.common import Comparison, Objective, Places, Quantity, Reference, Where
from servicebook.model.measurement import Kind
from servicebook.source import Position
from servicebook.timeline.period import Per


class Measure(StrEnum):
    """The measures of chapter 4 of the Method page, by the names that authors write."""

    AVAILABILITY = "availability"
    RELIABILITY = "reliability"
    SUCCESS_RATE = "success rate"
    SHARE_WITHIN = "share within"
    PERCENTILE = "percentile"
    MEAN = "mean"
    MEDIAN = "median"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    SUM = "sum"
    COUNT = "count"
    OUTAGE_COUNT = "outage count"
    LONGEST_OUTAGE = "longest outage"
    MTRS = "MTRS"
    MTBF = "MTBF"
    SATISFACTION = "satisfaction"
    UTILISATION = "utilisation"
    COST_AGAINST_BUDGET = "cost against budget"


_SERIES = (Kind.SAMPLES, Kind.PROBES, Kind.SCORES, Kind.VALUES)
_OUTAGES = (Kind.OUTAGES, Kind.PROBES, Kind.DOWNTIME)

RECORDS_OF: dict[Measure, tuple[Kind, ...]] = {
    Measure.AVAILABILITY: _OUTAGES,
    Measure.RELIABILITY: _OUTAGES,
    Measure.SUCCESS_RATE: (Kind.EVENTS,),
    Measure.SHARE_WITHIN: (Kind.SAMPLES, Kind.PROBES, Kind.TICKETS),
    Measure.PERCENTILE: (Kind.SAMPLES, Kind.PROBES, Kind.TICKETS),
    Measure.MEAN: _SERIES,
    Measure.MEDIAN: _SERIES,
    Measure.MINIMUM: _SERIES,
    Measure.MAXIMUM: _SERIES,
    Measure.SUM: _SERIES,
    Measure.COUNT: _SERIES,
    Measure.OUTAGE_COUNT: (Kind.OUTAGES,),
    Measure.LONGEST_OUTAGE: (Kind.OUTAGES,),
    Measure.MTRS: (Kind.OUTAGES,),
    Measure.MTBF: (Kind.OUTAGES,),
    Measure.SATISFACTION: (Kind.SCORES,),
    Measure.UTILISATION: (Kind.USAGE,),
    Measure.COST_AGAINST_BUDGET: (Kind.LEDGER,),
}
"""The kinds of record that each measure can be worked out from."""


@dataclass(frozen=True, slots=True)
class Rolling:
    """`rolling N days`: the N times 24 hours before `as_of`."""

    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A share of the charge that is owed when the figure falls into the band."""

    comparison: Comparison
    level: Quantity
    credit: Fraction
    """From 0 to 1."""
    text: str = ""
    """As written, for example `below 99.9 %`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """Service credits of a target."""

    bands: tuple[Band, ...]
    cap: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Records that replace the source, and the result that both parties expect of them."""

    given: tuple[tuple[str, object], ...]
    """Kind of record (`outage`, `ticket`, `sample`, …) and what was written: a mapping or a list of texts, as plain values."""
    target: str
    period: str
    expect: tuple[tuple[str, str], ...]
    """Field of the result and its expected text: `verdict`, `credit`, `value`, `shown`."""
    position: Position = field(compare=False)
    places: Places = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One entry of a target: its terms while they are in force."""

    id: str
    measure: Measure
    source: Reference | None
    """The metric source; a target without one is an error unless the agreement is a draft."""
    objective: Objective
    per: Per | Rolling
    title: str = ""
    why: str = ""
    where: Where = Where()
    of: str | None = None
    """`response` or `resolution`, of tickets."""
    within: Quantity | None = None
    percentile: Fraction | None = None
    """From above 0 to 100."""
    statistic: str | None = None
    """`peak`, `mean` or `percentile`, of utilisation."""
    hours: Reference | None = None
    minimum_coverage: Fraction | None = None
    minimum_count: int | None = None
    unobserved: str | None = None
    """`down` or `up`."""
    attribute: str | None = None
    """`opened` or `resolved`."""
    down_after: int | None = None
    up_after: int | None = None
    satisfied_from: Fraction | None = None
    credits: Credits | None = None
    services: tuple[Reference, ...] = ()
    """Those of the agreement's that it speaks of; empty: all."""
    from_: date | None = None
    until: date | None = None
    examples: tuple[Example, ...] = ()
    places: Places = field(compare=False)

    @property
    def name(self) -> str:
        """Its title, else its id."""
        return self.title or self.id
