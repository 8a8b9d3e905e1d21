"""The results, agreements, services and sources as documents for other programs.

Names and shapes are a contract (see the interfaces). Numbers that are judged are texts: exact decimals where they are
finite, else 16 significant digits. The order of keys is stable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

from servicebook.compliance.figure import SECOND
from servicebook.compliance.terms import Entry, Terms
from servicebook.insight.backtest import SHARES, Backtest
from servicebook.insight.lifecycle import Status
from servicebook.model.catalogue import Catalogue
from servicebook.model.measurement import SourceReport
from servicebook.model.result import Result, Verdict
from servicebook.model.service import Service
from servicebook.timeline.zone import format_utc

SIGNIFICANT = Context(prec=16)
Document = dict[str, Any]


def results_document(results: Iterable[Result], as_of: int) -> Document:
    """`servicebook/results/1`."""
    return {
        "schema": "servicebook/results/1",
        "as_of": format_utc(as_of),
        "results": [result_document(result) for result in results],
    }


def result_document(result: Result) -> Document:
    """One result."""
    budget = result.budget
    excluded_by = {"maintenance": _seconds(result.excluded_maintenance), "listed": _seconds(result.excluded_listed)}
    return {
        "agreement": result.agreement,
        "version": result.version,
        "target": result.target,
        "measure": str(result.measure),
        "services": list(result.services),
        "customer": result.customer,
        "provider": result.provider,
        "period": result.period,
        "start": format_utc(result.start),
        "end": format_utc(result.end),
        "finished": result.finished,
        "verdict": str(result.verdict),
        "value": number(result.value),
        "shown": result.shown,
        "unit": result.unit,
        "objective": {
            "op": str(result.objective.comparison),
            "value": number(result.level),
            "shown": result.objective.text,
        },
        "numerator": number(result.numerator),
        "denominator": number(result.denominator),
        "numerator_unit": result.numerator_unit,
        "service_time": _seconds(result.service_time),
        "excluded": _seconds(result.excluded),
        "excluded_by": None if result.excluded is None else excluded_by,
        "coverage": number(result.coverage),
        "records": result.records,
        "budget": None
        if budget is None
        else {"total": number(budget.total), "used": number(budget.used), "left": number(budget.left)},
        "credit": number(result.credit),
        "sources": [{"path": each.path, "sha256": each.sha256, "rows": each.rows} for each in result.sources],
        "data_until": None if result.data_until is None else format_utc(result.data_until),
        "closed": result.closed,
    }


def agreements_document(
    terms: Mapping[str, Terms],
    statuses: Mapping[str, Status],
    results: Iterable[Result],
    as_of: int,
    sentence: Callable[[Entry], str],
) -> Document:
    """`servicebook/agreements/1`; `sentence` says a target in plain words."""
    present = {(r.agreement, r.target): r for r in results if r.start < as_of <= r.end}
    return {
        "schema": "servicebook/agreements/1",
        "as_of": format_utc(as_of),
        "agreements": [
            _agreement(each, statuses[name], present, as_of, sentence) for name, each in sorted(terms.items())
        ],
    }


def _agreement(
    terms: Terms,
    status: Status,
    present: Mapping[tuple[str, str], Result],
    as_of: int,
    sentence: Callable[[Entry], str],
) -> Document:
    agreement = terms.agreement
    return {
        "id": agreement.id,
        "title": agreement.title,
        "type": str(agreement.type),
        "state": str(status.state),
        "version": agreement.version,
        "provider": agreement.provider.id,
        "customer": agreement.customer.id,
        "services": [service.id for service in agreement.services],
        "sites": [site.id for site in agreement.sites],
        "from": agreement.from_.isoformat(),
        "until": _day(status.until),
        "signed": _day(status.signed),
        "next_review": _day(status.next_review),
        "notice_by": _day(status.notice_by),
        "underpinned_by": [each.id for each in agreement.underpinned_by],
        "targets": [
            _target(target, entries, present.get((agreement.id, target)), as_of, sentence)
            for target, entries in terms.targets.items()
        ],
        "url": f"agreements/{agreement.id}/",
    }


def _target(
    name: str, entries: Sequence[Entry], result: Result | None, as_of: int, sentence: Callable[[Entry], str]
) -> Document:
    return {
        "id": name,
        "sentence": sentence(present_entry(entries, as_of)),
        "verdict": None if result is None else str(result.verdict),
        "period": None if result is None else result.period,
    }


def present_entry(entries: Sequence[Entry], as_of: int) -> Entry:
    """The entry that holds at `as_of`, else the last that began before, else the first."""
    begun = [entry for entry in entries if entry.in_force(-(2**62), 2**62)[0] <= as_of]
    return begun[-1] if begun else entries[0]


def entry_of(entries: Sequence[Entry], result: Result) -> Entry:
    """The entry of its target that a result was judged by: the one in force in its period, or the part of it."""
    for entry in entries:
        start, end = entry.in_force(result.start, result.end)
        if start < end:
            return entry
    return entries[-1]


def services_document(catalogue: Catalogue, as_of: int) -> Document:
    """`servicebook/services/1`."""
    return {
        "schema": "servicebook/services/1",
        "as_of": format_utc(as_of),
        "services": [_service(catalogue, service) for service in catalogue.services.values()],
    }


def _service(catalogue: Catalogue, service: Service) -> Document:
    agreements = [
        agreement.id
        for agreement in catalogue.agreements.values()
        if any(reference.id == service.id for reference in agreement.services)
    ]
    return {
        "id": service.id,
        "title": service.title,
        "summary": service.summary,
        "type": str(service.type),
        "stage": str(service.stage),
        "category": service.category,
        "owner": None if service.owner is None else service.owner.id,
        "users": [user.id for user in service.users],
        "hours": None if service.hours is None else service.hours.id,
        "depends_on": [[each.id for each in needed.alternatives] for needed in service.depends_on],
        "agreements": agreements,
        "url": f"services/{service.id}/",
    }


def sources_document(catalogue: Catalogue, reports: Mapping[str, SourceReport], as_of: int) -> Document:
    """`servicebook/sources/1`."""
    return {
        "schema": "servicebook/sources/1",
        "as_of": format_utc(as_of),
        "sources": [
            _source(catalogue.sources[name].title, str(catalogue.sources[name].records), report)
            for name, report in sorted(reports.items())
        ],
    }


def _source(title: str, records: str, report: SourceReport) -> Document:
    return {
        "id": report.source,
        "title": title,
        "records": records,
        "rows": report.rows,
        "kept": report.kept,
        "first": None if report.first is None else format_utc(report.first),
        "last": None if report.last is None else format_utc(report.last),
        "files": [{"path": each.path, "sha256": each.sha256, "rows": each.rows} for each in report.files],
        "problems": dict(report.problem_counts),
        "url": f"data/{report.source}/",
    }


def number(value: Fraction | None) -> str | None:
    """An exact decimal where it is finite, else 16 significant digits; never with an exponent."""
    if value is None:
        return None
    rest, digits = value.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest //= prime
            count += 1
        digits = max(digits, count)
    if rest == 1:
        scaled = value.numerator * 10**digits // value.denominator
        return format(Decimal(scaled).scaleb(-digits, Context(prec=len(str(scaled)) + 1)), "f")
    return format(SIGNIFICANT.divide(Decimal(value.numerator), Decimal(value.denominator)), "f")


def _seconds(microseconds: int | None) -> str | None:
    return None if microseconds is None else number(Fraction(microseconds, SECOND))


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def backtest_document(agreement: str, tests: Iterable[Backtest], as_of: int) -> Document:
    """`servicebook/backtest/1`."""
    return {
        "schema": "servicebook/backtest/1",
        "as_of": format_utc(as_of),
        "agreement": agreement,
        "targets": [_backtest(test) for test in tests],
    }


def _backtest(test: Backtest) -> Document:
    return {
        "target": test.target,
        "measure": str(test.measure),
        "unit": test.unit,
        "objective": {
            "op": str(test.objective.comparison),
            "value": number(test.level),
            "shown": test.objective.text,
        },
        "judged": len(test.judged),
        "not_judged": len(test.results) - len(test.judged),
        "met": test.count(Verdict.MET),
        "breached": test.count(Verdict.BREACHED),
        "levels": {str(share): number(test.level_met_in(Fraction(share, 100))) for share in SHARES},
        "lowest": number(test.lowest),
        "highest": number(test.highest),
        "periods": [
            {"period": result.period, "value": number(result.value), "verdict": str(result.verdict)}
            for result in test.results
        ],
    }
