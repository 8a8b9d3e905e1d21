"""All results: for each target of each agreement in force, every period that its terms touch and that has begun."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from servicebook.compliance.case import Case, declared
from servicebook.compliance.display import shown
from servicebook.compliance.figure import Figure
from servicebook.compliance.levels import Scale, level_in, scale_of
from servicebook.compliance.outages import (
    Observation,
    availability_figures,
    counted_throughout,
    observe,
    outage_figures,
    whole_outages,
)
from servicebook.compliance.parts import Part, parts_of
from servicebook.compliance.rules import PAUSED_LONGER, SEVERAL_CURRENCIES
from servicebook.compliance.series import IN_SERVICE_TIME, series_figures
from servicebook.compliance.service_time import ServiceTime, service_time
from servicebook.compliance.terms import Entry, Terms, signed_on, span_of
from servicebook.compliance.tickets import read_tickets, ticket_figures
from servicebook.compliance.verdict import credit_of, judge
from servicebook.model.catalogue import Catalogue
from servicebook.model.measurement import Evidence, Kind, Records
from servicebook.model.metric_source import MetricSource
from servicebook.model.result import Result, Verdict
from servicebook.model.target import Measure
from servicebook.source import Position, Problem, Severity, in_order
from servicebook.timeline.interval import Intervals
from servicebook.timeline.zone import start_of_day, zone

TIME_MEASURED = frozenset({Kind.OUTAGES, Kind.PROBES, Kind.DOWNTIME}) | IN_SERVICE_TIME
"""Kinds of record whose targets are measured in service time."""
SHARES_OF_TIME = frozenset({Measure.AVAILABILITY, Measure.RELIABILITY})
OUTAGE_MEASURES = SHARES_OF_TIME | {Measure.OUTAGE_COUNT, Measure.LONGEST_OUTAGE, Measure.MTRS, Measure.MTBF}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Results, and the data problems that only a target can see."""

    results: tuple[Result, ...]
    """Ordered by agreement, target, start."""
    problems: tuple[Problem, ...]


def evaluate(catalogue: Catalogue, terms: Iterable[Terms], records: Records) -> Evaluation:
    """Work out every result of the given agreements at the `as_of` of `records`; unsigned ones have none."""
    results: list[Result] = []
    problems: list[Problem] = []
    for each in sorted(terms, key=lambda t: t.agreement.id):
        if not has_results(each, records.as_of):
            continue
        for entries in each.targets.values():
            found, noticed = evaluate_target(catalogue, each, entries, records)
            results += found
            problems += noticed
    return Evaluation(results=tuple(results), problems=in_order(problems))


def has_results(terms: Terms, as_of: int) -> bool:
    """Whether both parties have a dated signature at or before `as_of`."""
    signed = signed_on(terms.agreement)
    return signed is not None and start_of_day(signed, zone(terms.zone_name)) <= as_of


def evaluate_target(
    catalogue: Catalogue, terms: Terms, entries: Sequence[Entry], records: Records
) -> tuple[list[Result], list[Problem]]:
    """The results of one target, in order of time."""
    span = span_of(terms)
    parts = parts_of(entries, span, records.as_of)
    return work_out(catalogue, terms, entries, parts, records)


def work_out(
    catalogue: Catalogue, terms: Terms, entries: Sequence[Entry], parts: Sequence[Part], records: Records
) -> tuple[list[Result], list[Problem]]:
    """Results of the given parts of a target's entries."""
    known = [entry for entry in entries if _source(catalogue, entry) is not None]
    parts = [part for part in parts if part.entry in known]
    if not parts:
        return [], []
    horizon = max(part.end for part in parts)
    time = service_time(catalogue, terms, known, records, horizon)
    worked: list[Result] = []
    figures = _Figures(catalogue, terms, known, time, records)
    for entry in known:
        source = _source(catalogue, entry)
        mine = [part for part in parts if part.entry is entry]
        if source is None or not mine:
            continue
        scale = scale_of(entry.target, source)
        cases = [_case(part, scale, time) for part in mine]
        evidence = records.evidence(source.id, entry.target.where)
        worked += [
            _result(terms, source, case, figure, evidence, records.as_of)
            for case, figure in zip(cases, figures.of(entry, source, cases), strict=True)
        ]
    return sorted(worked, key=lambda r: (r.start, r.period)), figures.problems


def _source(catalogue: Catalogue, entry: Entry) -> MetricSource | None:
    return catalogue.sources.get(entry.target.source.id) if entry.target.source is not None else None


def _case(part: Part, scale: Scale, time: ServiceTime) -> Case:
    return Case(
        part=part,
        scale=scale,
        now=time.clip(part.start, part.horizon),
        whole=time.clip(part.start, part.end),
    )


class _Figures:
    """Figures of a target's entries; what several entries share is worked out once."""

    def __init__(
        self, catalogue: Catalogue, terms: Terms, entries: Sequence[Entry], time: ServiceTime, records: Records
    ) -> None:
        self._catalogue = catalogue
        self._time = time
        self._records = records
        spans = [(entry, entry.in_force(*span_of(terms))) for entry in entries]
        self._spans = [(entry, (start, end)) for entry, (start, end) in spans if start < end]
        self.problems: list[Problem] = []

    def of(self, entry: Entry, source: MetricSource, cases: Sequence[Case]) -> list[Figure]:
        bounds = declared(source, self._records.as_of)
        if entry.target.measure in OUTAGE_MEASURES:
            return self._of_outages(entry, source, cases)
        if source.records is Kind.TICKETS:
            same = [(e, s) for e, s in self._spans if e.target.source == entry.target.source]
            reading = read_tickets(same, source.id, self._records, bounds)
            self.problems += _negative_durations(reading.negative)
            return ticket_figures(cases, reading, bounds)
        series = self._records.series(source.id, entry.target.where)
        if entry.target.measure is Measure.COST_AGAINST_BUDGET:
            (everything,) = series.ratios([Intervals.span(-(2**62), 2**62)])
            if len(everything.currencies) > 1:
                self.problems.append(_several_currencies(entry, everything.currencies))
        return series_figures(cases, source, series, bounds)

    def _of_outages(self, entry: Entry, source: MetricSource, cases: Sequence[Case]) -> list[Figure]:
        seen = observe(entry, source, self._records)
        if entry.target.measure in SHARES_OF_TIME:
            return availability_figures(cases, seen)
        observed = list(self._observations())
        counted = counted_throughout(observed, self._time.net, self._records.as_of)
        return outage_figures(cases, seen, whole_outages(observed, counted, self._records.as_of))

    def _observations(self) -> Iterator[tuple[Entry, tuple[int, int], Observation]]:
        for entry, span in self._spans:
            source = _source(self._catalogue, entry)
            if source is not None and source.records is Kind.OUTAGES:
                yield entry, span, observe(entry, source, self._records)


def _several_currencies(entry: Entry, currencies: Sequence[str]) -> Problem:
    chosen = next(currency for currency in currencies if currency)
    return Problem(
        position=entry.target.places.of("where" if entry.target.where else "source"),
        rule=SEVERAL_CURRENCIES.id,
        message=f"the ledger's records are in several currencies: {', '.join(each or 'none' for each in currencies)}",
        hint=f"choose one: `where: {{currency: {chosen}}}`",
    )


def _negative_durations(rows: Iterable[Position]) -> Iterator[Problem]:
    by_path: dict[str, list[Position]] = {}
    for row in rows:
        by_path.setdefault(row.path, []).append(row)
    for positions in by_path.values():
        yield Problem(
            position=min(positions),
            rule=PAUSED_LONGER.id,
            message="a ticket was paused longer than it was worked on in the target's hours; the target doesn't count it",
            hint="write `pauses` as intervals (start/end) instead of a bare `paused` length",
            severity=Severity.WARNING,
            count=len(positions),
            about_rows=True,
        )


def _result(terms: Terms, source: MetricSource, case: Case, figure: Figure, evidence: Evidence, as_of: int) -> Result:
    part, target, scale = case.part, case.target, case.scale
    verdict = judge(figure, part, scale.level)
    in_time = source.records in TIME_MEASURED
    objective = target.objective
    is_final = part.finished and not part.is_rolling and verdict in (Verdict.MET, Verdict.BREACHED)
    bands = target.credits.bands if target.credits is not None else ()
    return Result(
        agreement=terms.agreement.id,
        version=terms.agreement.version,
        target=target.id,
        measure=target.measure,
        services=tuple(s.id for s in target.services or terms.agreement.services),
        customer=terms.agreement.customer.id,
        provider=terms.agreement.provider.id,
        period=part.name,
        start=part.start,
        end=part.end,
        zone=part.entry.zone_name,
        finished=part.finished,
        known_to=as_of,
        verdict=verdict,
        value=figure.value,
        shown=None if figure.value is None else shown(figure.value, scale.level, objective, scale.per_unit),
        unit=scale.unit,
        objective=objective,
        level=scale.level,
        numerator=figure.numerator,
        denominator=figure.denominator,
        numerator_unit=figure.numerator_unit,
        service_time=case.now.service.duration if in_time else None,
        excluded=case.now.excluded.duration if in_time else None,
        excluded_maintenance=case.now.maintenance.duration if in_time else None,
        excluded_listed=case.now.listed.duration if in_time else None,
        coverage=figure.coverage,
        records=figure.records,
        budget=figure.budget,
        credit=credit_of(target.credits, tuple(level_in(b.level, scale.unit) for b in bands), figure.value)
        if is_final
        else None,
        sources=evidence.files,
        data_until=evidence.data_until,
        rule=str(target.measure),
        late_exclusions=_late(terms, part, as_of) if in_time else (),
        time_line=figure.time_line,
        missed=figure.missed,
    )


def _late(terms: Terms, part: Part, as_of: int) -> tuple[str, ...]:
    """Exclusions that touch the part and were declared after its end, or after `as_of`."""
    home = part.entry.zone
    return tuple(
        exclusion.reason
        for exclusion in terms.agreement.exclusions
        if exclusion.start < part.end
        and exclusion.end > part.start
        and start_of_day(exclusion.declared, home) > min(part.end, as_of)
    )


def by_agreement(results: Iterable[Result]) -> Mapping[str, tuple[Result, ...]]:
    """Results grouped by agreement, in their order."""
    grouped: dict[str, list[Result]] = {}
    for result in results:
        grouped.setdefault(result.agreement, []).append(result)
    return {agreement: tuple(found) for agreement, found in grouped.items()}
