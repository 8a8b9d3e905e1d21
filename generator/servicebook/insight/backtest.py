"""Back-tests: how a target would have fared on the history, as if its terms had always held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil

from servicebook.compliance.case import declared
from servicebook.compliance.evaluate import work_out
from servicebook.compliance.levels import scale_of
from servicebook.compliance.outages import observe
from servicebook.compliance.parts import Part
from servicebook.compliance.terms import Entry, Terms
from servicebook.model.catalogue import Catalogue
from servicebook.model.common import Objective, Unit
from servicebook.model.measurement import Kind, Records
from servicebook.model.metric_source import MetricSource
from servicebook.model.result import Result, Verdict
from servicebook.model.target import Measure, Rolling
from servicebook.timeline.period import Per, Period, periods, rolling
from servicebook.timeline.zone import add_days, local_date

NEWEST: Mapping[Per, int] = {Per.DAY: 366, Per.WEEK: 104}
"""How many periods are judged unless asked otherwise; 24 of the others."""
SHARES = (100, 95, 90)
"""The levels that are named: those that would have been met in so many per cent of the judged periods."""
JUDGED = (Verdict.MET, Verdict.BREACHED)


class UnfitObjectiveError(ValueError):
    """An objective of another kind than the target's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """A target's back-test."""

    target: str
    measure: Measure
    unit: str
    objective: Objective
    level: Fraction
    """The objective's level in `unit`."""
    results: tuple[Result, ...]
    """One for each period, in order of time."""

    @property
    def judged(self) -> tuple[Result, ...]:
        """Those that were met or breached."""
        return tuple(result for result in self.results if result.verdict in JUDGED)

    def count(self, verdict: Verdict) -> int:
        """How many periods have a verdict."""
        return sum(result.verdict is verdict for result in self.results)

    @property
    def _best_first(self) -> list[Fraction]:
        values = [result.value for result in self.judged if result.value is not None]
        return sorted(values, reverse=self.objective.comparison.is_lower_limit)

    def level_met_in(self, share: Fraction) -> Fraction | None:
        """The level met in a share of the judged periods: the ⌈share × judged⌉-th best value; None without any."""
        ranked = self._best_first
        return ranked[max(1, ceil(share * len(ranked))) - 1] if ranked else None

    @property
    def lowest(self) -> Fraction | None:
        """The lowest judged value."""
        return min(self._best_first, default=None)

    @property
    def highest(self) -> Fraction | None:
        """The highest judged value."""
        return max(self._best_first, default=None)


def backtest(
    catalogue: Catalogue,
    terms: Terms,
    records: Records,
    *,
    target: str | None = None,
    objective: Objective | None = None,
    newest: int | None = None,
) -> tuple[Backtest, ...]:
    """Back-test an agreement's targets, signed or not; of several entries of one id the last one's terms count.

    With `objective` the target is tried at that level instead of its own; `newest` asks for so many periods.
    """
    found = []
    for name, entries in terms.targets.items():
        if target in (None, name):
            entry = entries[-1]
            if objective is not None:
                _check_fits(entry, objective)
                entry = replace(entry, target=replace(entry.target, objective=objective))
            tested = backtest_entry(catalogue, terms, entry, records, newest=newest)
            if tested is not None:
                found.append(tested)
    return tuple(found)


def _check_fits(entry: Entry, objective: Objective) -> None:
    own = entry.target.objective.level
    tried = objective.level
    if own.kind is not tried.kind or (own.kind is Unit.NUMBER and own.unit != tried.unit):
        raise UnfitObjectiveError(f"'{objective.text}' is of another kind than '{entry.target.objective.text}'")


def backtest_entry(
    catalogue: Catalogue, terms: Terms, entry: Entry, records: Records, *, newest: int | None = None
) -> Backtest | None:
    """Back-test one entry of a target; None where it has no source."""
    named = entry.target.source
    source = catalogue.sources.get(named.id) if named is not None else None
    if source is None:
        return None
    scale = scale_of(entry.target, source)
    always = replace(entry, own_start=None, own_end=None)
    results: list[Result] = []
    span = vouched_span(always, source, records)
    if span is not None:
        parts = list(_parts(always, span, records.as_of))
        per = entry.target.per
        most = newest or (24 if isinstance(per, Rolling) else NEWEST.get(per, 24))
        held = _as_if_always(terms, always, span[0])
        results, _ = work_out(catalogue, held, [always], parts[-most:], records)
    return Backtest(
        target=entry.target.id,
        measure=entry.target.measure,
        unit=scale.unit,
        objective=entry.target.objective,
        level=scale.level,
        results=tuple(results),
    )


def vouched_span(entry: Entry, source: MetricSource, records: Records) -> tuple[int, int] | None:
    """From when to when a source vouches for a target; gaps between only lower the coverage.

    A source that declares nothing vouches here from its first to its last record that passes the `where`.
    """
    where = entry.target.where
    bounds = declared(source, records.as_of)
    if source.records is Kind.OUTAGES:
        listed = records.outages(source.id, where)
        if bounds is not None:
            return (listed.vouched.start, listed.vouched.end) if listed.vouched else None
        return None if listed.first is None or listed.last is None else (listed.first, listed.last)
    if source.records in (Kind.PROBES, Kind.DOWNTIME):
        seen = observe(entry, source, records).observed if source.records is Kind.DOWNTIME else None
        observed = seen if seen is not None else records.probes(source.id, where).observed
        return (observed.start, observed.end) if observed else None
    if bounds is not None and source.from_ is not None:
        return (bounds.start, bounds.end) if bounds else None
    extent = _extent(source, entry, records)
    if extent is None:
        return None
    return extent if bounds is None or not bounds else (extent[0], bounds.end)


def _extent(source: MetricSource, entry: Entry, records: Records) -> tuple[int, int] | None:
    if source.records is Kind.TICKETS:
        opened = [ticket.opened for ticket in records.tickets(source.id, entry.target.where).tickets]
        return (min(opened), max(opened)) if opened else None
    return records.series(source.id, entry.target.where).extent()


def _parts(entry: Entry, span: tuple[int, int], as_of: int) -> Iterator[Part]:
    """The finished periods that lie wholly within a span."""
    per = entry.target.per
    end = min(span[1], as_of)
    for period in _windows(per, entry, span) if isinstance(per, Rolling) else periods(per, entry.zone, span[0], end):
        if span[0] <= period.start and period.end <= end:
            yield Part(
                entry=entry,
                name=period.name,
                start=period.start,
                end=period.end,
                horizon=period.end,
                is_rolling=isinstance(per, Rolling),
            )


def _windows(per: Rolling, entry: Entry, span: tuple[int, int]) -> Iterator[Period]:
    """A rolling target as it would have stood at each month's end."""
    for month in periods(Per.MONTH, entry.zone, *span):
        yield rolling(per.days, month.end, entry.zone)


def _as_if_always(terms: Terms, entry: Entry, start: int) -> Terms:
    """The terms without an end, from well before the first period on."""
    first = max(date(1900, 1, 1), add_days(local_date(start, entry.zone), -366))
    agreement = replace(terms.agreement, from_=first, until=None, terminated=None, renewal=None)
    return replace(terms, agreement=agreement, targets={entry.target.id: (entry,)})


def verdict_counts(results: Sequence[Result]) -> dict[str, int]:
    """Met and breached among results."""
    return {str(verdict): sum(result.verdict is verdict for result in results) for verdict in JUDGED}
