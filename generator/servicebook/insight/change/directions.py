"""In which direction a term of a target moved: above zero the provider owes more, below zero less, zero neither or both."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from servicebook.compliance.levels import SHARES
from servicebook.compliance.verdict import credit_of
from servicebook.insight.change.hours import HoursChange
from servicebook.model.common import Comparison, Quantity, Unit
from servicebook.model.measurement import Kind
from servicebook.model.target import Credits, Measure, Rolling, Target
from servicebook.timeline.period import Per

LENGTHS: dict[Per, int] = {Per.DAY: 1, Per.WEEK: 7, Per.MONTH: 30, Per.QUARTER: 91, Per.YEAR: 365}
"""About how many days a period has: only their order counts."""
TOTALS = frozenset({Measure.SUM, Measure.COUNT, Measure.OUTAGE_COUNT})
"""Measures that add up over a period."""
EXTREMES = frozenset({Measure.MINIMUM, Measure.MAXIMUM, Measure.LONGEST_OUTAGE})
"""Measures that are kept in a long period exactly if they are in each short one within it."""
NOT_IN_HOURS = frozenset({Kind.SCORES, Kind.VALUES, Kind.LEDGER})
"""Kinds of record that count at any hour."""
_USUALLY_AT_LEAST = frozenset(
    {Measure.AVAILABILITY, Measure.RELIABILITY, Measure.SUCCESS_RATE, Measure.SHARE_WITHIN, Measure.SATISFACTION}
)
_HIGHEST = {"peak": 2, "percentile": 1, "mean": 1}


def sign(difference: Fraction | int) -> int:
    """-1, 0 or 1."""
    return (difference > 0) - (difference < 0)


def size(quantity: Quantity, measure: Measure | None = None) -> tuple[str, Fraction]:
    """A quantity as what can be compared: its kind with its unit, and a number in it."""
    if quantity.kind is Unit.SHARE:
        return "share", quantity.share
    if quantity.kind is Unit.DURATION:
        return "duration", quantity.microseconds
    if quantity.kind is Unit.NUMBER and measure in SHARES and not quantity.unit:
        return "share", quantity.number
    return f"{quantity.kind} {quantity.unit}", quantity.number


def same_objective(old: Target, new: Target) -> bool:
    """Whether two objectives ask for the same, however they are written."""
    return old.objective.comparison is new.objective.comparison and size(old.objective.level, old.measure) == size(
        new.objective.level, new.measure
    )


def objective(old: Target, new: Target) -> int:
    """A higher lower limit or a lower upper limit is stricter; *above* is stricter than *at least*."""
    (kind, before), (kind_now, now) = (
        size(old.objective.level, old.measure),
        size(new.objective.level, new.measure),
    )
    lower = new.objective.comparison.is_lower_limit
    if kind != kind_now or lower is not old.objective.comparison.is_lower_limit:
        return 0
    if before != now:
        return sign(now - before) if lower else sign(before - now)
    strict = (Comparison.ABOVE, Comparison.BELOW)
    return int(new.objective.comparison in strict) - int(old.objective.comparison in strict)


def measure(old: Target, new: Target) -> int:
    """Reliability leaves all planned work out, so that it asks for less than availability at the same level."""
    both = (old.measure, new.measure)
    level = objective(old, new)
    if both == (Measure.AVAILABILITY, Measure.RELIABILITY):
        return -1 if level <= 0 and _comparable(old, new) else 0
    if both == (Measure.RELIABILITY, Measure.AVAILABILITY):
        return 1 if level >= 0 and _comparable(old, new) else 0
    return 0


def _comparable(old: Target, new: Target) -> bool:
    return same_objective(old, new) or objective(old, new) != 0


def per(old: Target, new: Target) -> int:
    """A mean that is kept in each month is kept in the quarter: shorter is stricter; of a total it is the other way round."""
    longer = _longer(old.per, new.per)
    if new.measure in TOTALS:
        return longer if not new.objective.comparison.is_lower_limit else -longer
    if new.measure in EXTREMES or (new.measure is Measure.UTILISATION and new.statistic == "peak"):
        return 0
    return -longer


def _longer(old: Per | Rolling, new: Per | Rolling) -> int:
    if isinstance(old, Rolling) and isinstance(new, Rolling):
        return sign(new.days - old.days)
    if isinstance(old, Rolling) or isinstance(new, Rolling):
        return 0  # rolling windows inform, calendar periods bind
    return sign(LENGTHS[new] - LENGTHS[old])


def within(old: Quantity, new: Quantity, target: Target) -> int:
    """A shorter limit is stricter."""
    (kind, before), (kind_now, now) = size(old), size(new)
    return sign(before - now) * _side(target) if kind == kind_now else 0


def percentile(old: Fraction, new: Fraction, target: Target) -> int:
    """Of an upper limit a higher percentile is stricter, of a lower limit a lower one."""
    return -sign(new - old) if target.objective.comparison.is_lower_limit else sign(new - old)


def statistic(old: str | None, new: str | None, target: Target) -> int:
    """The peak is never below the mean or a percentile; those two can't be ranked."""
    higher = sign(_HIGHEST.get(new or "", 0) - _HIGHEST.get(old or "", 0))
    return -higher if target.objective.comparison.is_lower_limit else higher


def satisfied_from(old: Fraction | None, new: Fraction | None, target: Target) -> int:
    """A higher score that counts as satisfied is stricter; a mean and a share can't be ranked."""
    return 0 if old is None or new is None else sign(new - old) * _side(target)


def unobserved(old: str | None, new: str | None, target: Target) -> int:
    """What nobody saw counts as down, as nothing, or as up."""
    ranks = {"down": 1, None: 0, "up": -1}
    return sign(ranks[new] - ranks[old]) * _side(target)


def hours(change: HoursChange, target: Target) -> int:
    """A promise for more hours is stricter, and a ticket's clock runs faster; a total grows with them, and so does the time between outages."""
    if target.measure is Measure.MTBF:
        return 0
    lower = target.objective.comparison.is_lower_limit
    if target.measure in TOTALS:
        return -change.direction if lower else change.direction
    return change.direction * _side(target)


def _side(target: Target) -> int:
    """1 where the objective limits the bad side, 0 for shares with an upper limit, of which nobody can say who owes what."""
    unusual = target.measure in _USUALLY_AT_LEAST and not target.objective.comparison.is_lower_limit
    return 0 if unusual else 1


def credits(old: Target, new: Target) -> int | None:
    """Higher credits, wherever they differ, are stricter; None where they come to the same everywhere."""
    bands = [band for each in (old.credits, new.credits) if each is not None for band in each.bands]
    if len({size(band.level, new.measure)[0] for band in bands}) > 1:
        return 0
    levels = sorted({size(band.level, new.measure)[1] for band in bands})
    if not levels:
        return None
    between = [(low + high) / 2 for low, high in pairwise(levels)]
    points = [levels[0] - 1, *levels, *between, levels[-1] + 1]
    moved = {sign(_credit(new, point) - _credit(old, point)) for point in points} - {0}
    return None if not moved else moved.pop() if len(moved) == 1 else 0


def _credit(target: Target, value: Fraction) -> Fraction:
    given: Credits | None = target.credits
    levels: Sequence[Fraction] = [size(band.level, target.measure)[1] for band in given.bands] if given else []
    return credit_of(given, tuple(levels), value) or Fraction(0)
