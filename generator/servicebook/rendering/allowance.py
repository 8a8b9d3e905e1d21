"""What a promise of availability allows: in the present period, or the first one to come, and in each of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from servicebook.compliance.terms import Entry, Terms, span_of
from servicebook.model.common import Unit
from servicebook.model.result import Result
from servicebook.model.target import Measure, Rolling
from servicebook.rendering.book import History
from servicebook.rendering.wording import seconds
from servicebook.timeline.interval import Intervals
from servicebook.timeline.period import Per, Period, periods
from servicebook.timeline.zone import local_date, start_of_day

_HOUR = 3600


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
    return Allowance(seconds=_allowed_in(terms, entry, start, end), period=period.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one period of the year allows."""

    period: str
    months: int
    """How many months of the year it covers."""
    allowed: Fraction
    """Seconds."""
    used: Fraction | None
    """Seconds; None where the period hasn't begun or nobody knows."""


def share_words(share: Share) -> tuple[str, str]:
    """What is allowed and what was used; without seconds where hours are allowed and minutes tell the two apart."""
    used = share.used or Fraction(0)
    whole, begun = share.allowed // 60, -(-used // 60)
    if share.allowed >= _HOUR and (begun <= whole) is (used <= share.allowed):
        return seconds(whole * 60), seconds(begun * 60)
    return seconds(share.allowed), seconds(used, up=True)


def year_of(terms: Terms, history: History, as_of: int) -> tuple[Share | None, ...]:
    """What a promise of availability by month or quarter allows in each of these of the calendar year of `as_of`.

    Each has its own length and hours. A result knows what was excluded by agreement and how much was used; before there
    is one, listed exclusions alone are known. None where the terms don't hold in any part of a period.
    """
    entry = history.entry
    if not _is_downtime(entry) or entry.target.per not in _MONTHS:
        return ()
    year = local_date(as_of, entry.zone).year
    first = start_of_day(date(year, 1, 1), entry.zone)
    last = start_of_day(date(year + 1, 1, 1), entry.zone)
    results = {result.period: result for result in history.results}
    return tuple(
        _share(terms, history, period, results.get(period.name))
        for period in periods(_per(entry), entry.zone, first, last)
    )


_MONTHS = {Per.MONTH: 1, Per.QUARTER: 3}


def _per(entry: Entry) -> Per:
    if isinstance(entry.target.per, Rolling):
        raise TypeError(entry.target.id)
    return entry.target.per


def _share(terms: Terms, history: History, period: Period, result: Result | None) -> Share | None:
    months = _MONTHS[_per(history.entry)]
    if result is not None and result.budget is not None:
        return Share(period=period.name, months=months, allowed=result.budget.total, used=result.budget.used)
    entry = next((e for e in history.entries if _part(e, terms, period)), None)
    if entry is None:
        return None
    start, end = max(period.start, _held(entry, terms)[0]), min(period.end, _held(entry, terms)[1])
    return Share(period=period.name, months=months, allowed=_allowed_in(terms, entry, start, end), used=None)


def _held(entry: Entry, terms: Terms) -> tuple[int, int]:
    return entry.in_force(*span_of(terms))


def _part(entry: Entry, terms: Terms, period: Period) -> bool:
    start, end = _held(entry, terms)
    return max(start, period.start) < min(end, period.end)


def _allowed_in(terms: Terms, entry: Entry, start: int, end: int) -> Fraction:
    listed = Intervals((exclusion.start, exclusion.end) for exclusion in terms.agreement.exclusions)
    time = entry.calendar.hours(start, end) - listed
    return (1 - entry.target.objective.level.share) * Fraction(time.duration, 1_000_000)
