"""What a promise of availability allows in the present period, or in the first one to come."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from servicebook.compliance.terms import Entry, Terms, span_of
from servicebook.model.common import Unit
from servicebook.model.target import Measure, Rolling
from servicebook.rendering.book import History
from servicebook.timeline.interval import Intervals
from servicebook.timeline.period import periods


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """Downtime that a period may hold."""

    seconds: Fraction
    period: str
    """The period's name."""


def allowed(terms: Terms, history: History, as_of: int) -> Allowance | None:
    """(1 − objective) × the period's service time less exclusions, exact; None where nothing of the kind is promised.

    The present result knows the maintenance that was announced; before there is one, listed exclusions alone are known.
    """
    entry = history.entry
    present = history.present
    if not _is_downtime(entry):
        return None
    if present is not None and present.budget is not None:
        return Allowance(seconds=present.budget.total, period=present.period)
    return _coming(terms, entry, as_of)


def _is_downtime(entry: Entry) -> bool:
    target = entry.target
    return (
        target.measure in (Measure.AVAILABILITY, Measure.RELIABILITY)
        and target.objective.level.kind is Unit.SHARE
        and target.objective.comparison.is_lower_limit
        and not isinstance(target.per, Rolling)
    )


def _coming(terms: Terms, entry: Entry, as_of: int) -> Allowance | None:
    first, last = entry.in_force(*span_of(terms))
    if isinstance(entry.target.per, Rolling) or max(first, as_of) >= last:
        return None
    moment = max(first, as_of)
    period = next(periods(entry.target.per, entry.zone, moment, moment + 1))
    start, end = max(period.start, first), min(period.end, last)
    listed = Intervals((exclusion.start, exclusion.end) for exclusion in terms.agreement.exclusions)
    time = entry.calendar.hours(start, end) - listed
    return Allowance(
        seconds=(1 - entry.target.objective.level.share) * Fraction(time.duration, 1_000_000), period=period.name
    )
