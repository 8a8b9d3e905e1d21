"""The trend of a use, and when it reaches a level at that pace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from servicebook.timeline.zone import add_months

LEAST_MONTHS = 6
"""Fewer finished months than these show no trend."""
FURTHEST = 60
"""A capacity that lasts so many months longer is called enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachedIn:
    """The months in which a level is reached (`2029-02`), each None where that isn't within five years."""

    already: bool
    """The trend has reached it: the months are the newest finished one."""
    expected: str | None
    earliest: str | None
    """At the fastest pace of the range."""
    latest: str | None
    """At the slowest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """In how many months after the newest finished one a level is reached; 0: it is reached already."""

    expected: int | None
    """None: not within five years."""
    earliest: int | None
    latest: int | None

    def after(self, month: str) -> ReachedIn:
        """The months themselves, where the newest finished one is `month`."""
        return ReachedIn(
            already=self.expected == 0,
            expected=None if self.expected is None else later(month, self.expected),
            earliest=None if self.earliest is None else later(month, self.earliest),
            latest=None if self.latest is None else later(month, self.latest),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """The trend of the monthly peaks.

    The slope is the median of the slopes between any two months (Theil and Sen), so that a single month with a peak
    of its own hardly bends it; its range holds the middle eight tenths of those slopes.
    """

    per_month: Fraction
    slowest: Fraction
    fastest: Fraction
    level: Fraction
    """Where the trend stands in the newest finished month."""
    months: int
    """How many months it was drawn from."""

    def reaches(self, limit: Fraction) -> Reach:
        """When the trend reaches a level."""
        return Reach(
            expected=_months_to(self.level, self.per_month, limit),
            earliest=_months_to(self.level, self.fastest, limit),
            latest=_months_to(self.level, self.slowest, limit),
        )


def growth(peaks: Sequence[tuple[int, Fraction]]) -> Growth | None:
    """The trend of the peaks of some months, each with its number; None with fewer than six."""
    if len(peaks) < LEAST_MONTHS:
        return None
    slopes = sorted(
        (late - early) / (after - before) for before, early in peaks for after, late in peaks if after > before
    )
    slope = _median(slopes)
    newest = max(index for index, _ in peaks)
    level = _median(sorted(peak + slope * (newest - index) for index, peak in peaks))
    tenth = len(slopes) // 10
    return Growth(per_month=slope, slowest=slopes[tenth], fastest=slopes[-1 - tenth], level=level, months=len(peaks))


def _median(ascending: Sequence[Fraction]) -> Fraction:
    middle = len(ascending) // 2
    return ascending[middle] if len(ascending) % 2 else (ascending[middle - 1] + ascending[middle]) / 2


def later(period: str, months: int) -> str:
    """The period of the month so many months after another: `2026-11` and 3 are `2027-02`."""
    return add_months(date.fromisoformat(f"{period}-01"), months).isoformat().removesuffix("-01")


def _months_to(level: Fraction, slope: Fraction, limit: Fraction) -> int | None:
    if level >= limit:
        return 0
    if slope <= 0:
        return None
    months = -(-(limit - level) // slope)
    return int(months) if months <= FURTHEST else None
