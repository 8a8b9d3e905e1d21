"""One part of a period, with its service time and what its source vouches for: what a measure is given."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from servicebook.compliance.figure import ratio
from servicebook.compliance.levels import Scale
from servicebook.compliance.parts import Part
from servicebook.compliance.service_time import ServiceTime
from servicebook.model.metric_source import MetricSource
from servicebook.model.target import Target
from servicebook.timeline.interval import Intervals


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A part to be worked out."""

    part: Part
    scale: Scale
    now: ServiceTime
    """Up to the part's horizon."""
    whole: ServiceTime
    """To the part's end, with the exclusions known now."""

    @property
    def target(self) -> Target:
        """The entry's terms."""
        return self.part.entry.target

    @property
    def is_lower_limit(self) -> bool:
        """Whether more is better."""
        return self.target.objective.comparison.is_lower_limit

    @property
    def elapsed(self) -> Intervals:
        """Clock time of the part so far."""
        return Intervals.span(self.part.start, self.part.horizon)


def declared(source: MetricSource, as_of: int) -> Intervals | None:
    """The time between a source's declared bounds, up to `as_of`; None where it declares none."""
    if source.from_ is None and source.until is None and source.complete_to is None:
        return None
    start = source.from_ if source.from_ is not None else _BEGINNING
    end = min(bound for bound in (source.until, source.complete_to, as_of) if bound is not None)
    return Intervals.span(start, end) if start < end else Intervals()


def share_of(time: Intervals, bounds: Intervals | None) -> Fraction | None:
    """The declared share of a time: coverage where a source vouches by its bounds; None where it declares none."""
    if bounds is None:
        return None
    return ratio(Fraction((time & bounds).duration), Fraction(time.duration))


_BEGINNING = -62_135_596_800_000_000
"""0001-01-01T00:00Z in microseconds."""
