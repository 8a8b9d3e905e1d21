"""What becomes of promises, as documents for other programs: back-tests, breaches, needs, what is due, closed periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from servicebook.insight.backtest import Backtest
from servicebook.insight.breaches import Breach
from servicebook.insight.documents import Document, backtest_document, number
from servicebook.insight.due import DueItem
from servicebook.insight.needs import Answered, Line
from servicebook.model.published import PublishedPeriod, Restatement
from servicebook.timeline.zone import format_utc


def backtests_document(tests: Mapping[str, Sequence[Backtest]], as_of: int) -> Document:
    """`servicebook/backtests/1`: drafts and agreements in negotiation, each as `backtest` tells it."""
    listed = []
    for name, each in sorted(tests.items()):
        document = backtest_document(name, each, as_of)
        listed.append({"id": name, "agreement": name, "targets": document["targets"]})
    return {"schema": "servicebook/backtests/1", "as_of": format_utc(as_of), "backtests": listed}


def breaches_document(breaches: Iterable[Breach], pages: Mapping[tuple[str, str, str], str], as_of: int) -> Document:
    """`servicebook/breaches/1`, the newest first; `pages` are the addresses of their pages."""
    return {
        "schema": "servicebook/breaches/1",
        "as_of": format_utc(as_of),
        "breaches": [_breach(breach, pages[breach.result.key]) for breach in breaches],
    }


def _breach(breach: Breach, url: str) -> Document:
    result = breach.result
    return {
        "id": "/".join(result.key),
        "agreement": result.agreement,
        "target": result.target,
        "period": result.period,
        "start": format_utc(result.start),
        "end": format_utc(result.end),
        "finished": result.finished,
        "value": number(result.value),
        "shown": result.shown,
        "objective": result.objective.text,
        "credit": number(result.credit),
        "accounts": [
            {
                "id": account.id,
                "title": account.title,
                "cause": account.cause,
                "correction": account.correction,
                "corrected": None if account.corrected is None else account.corrected.isoformat(),
            }
            for account in breach.accounts
        ],
        "improvements": [plan.id for plan in breach.improvements],
        "repeats": {"breached": breach.repeats.breached, "judged": breach.repeats.judged},
        "recovery": {
            "met": breach.recovery.met,
            "judged": breach.recovery.judged,
            "recovered": breach.recovery.recovered,
        },
        "url": url,
    }


def needs_document(answers: Iterable[Answered], as_of: int) -> Document:
    """`servicebook/needs/1`: each need with its answer, line by line."""
    return {
        "schema": "servicebook/needs/1",
        "as_of": format_utc(as_of),
        "needs": [_need(answered) for answered in answers],
    }


def _need(answered: Answered) -> Document:
    need = answered.need
    return {
        "id": need.id,
        "title": need.title,
        "customer": need.customer.id,
        "priority": need.priority,
        "status": need.status,
        "answer": str(answered.answer),
        "reason": need.reason,
        "lines": [_line(line) for line in answered.lines],
    }


def _line(line: Line) -> Document:
    required = line.requirement
    return {
        "measure": None if required is None else str(required.measure),
        "objective": None if required is None else required.objective.text,
        "service": line.service,
        "answer": str(line.answer),
        "promises": [
            {"agreement": promise.agreement, "target": promise.target, "answer": str(promise.answer)}
            for promise in line.promises
        ],
    }


def due_document(items: Iterable[DueItem], as_of: int) -> Document:
    """`servicebook/due/1`: what is overdue, and what falls due within ninety days, by day."""
    return {
        "schema": "servicebook/due/1",
        "as_of": format_utc(as_of),
        "due": [_due(item) for item in items if item.is_due],
    }


def _due(item: DueItem) -> Document:
    return {
        "id": item.key,
        "kind": str(item.kind),
        "subject": item.subject,
        "detail": item.detail,
        "day": item.day.isoformat(),
        "start": None if item.span is None else format_utc(item.span[0]),
        "end": None if item.span is None else format_utc(item.span[1]),
        "overdue": item.is_overdue,
        "owner": item.owner,
        "parties": sorted(item.parties),
    }


def closed_document(published: Mapping[str, PublishedPeriod], as_of: int) -> Document:
    """`servicebook/closed/1`: closed periods with their restatements; the figures are those of the results."""
    return {
        "schema": "servicebook/closed/1",
        "as_of": format_utc(as_of),
        "closed": [_closed(name, each) for name, each in sorted(published.items())],
    }


def _closed(name: str, period: PublishedPeriod) -> Document:
    return {
        "id": name,
        "closed_at": period.closed_at,
        "figures": len(period.results),
        "path": period.path,
        "restatements": [_restatement(each) for each in period.restatements],
    }


def _restatement(each: Restatement) -> Document:
    return {
        "agreement": each.agreement,
        "target": each.target,
        "period": each.period,
        "date": each.date,
        "why": each.why,
        "old": dict(each.old),
        "new": dict(each.new),
    }
