"""Reads `content/needs/*.md` and `content/improvements/*.md`."""

from __future__ import annotations

from servicebook.loading.breaches import read_period
from servicebook.loading.documents import Document
from servicebook.loading.fields import Fields
from servicebook.loading.measures import rank_text, read_level
from servicebook.loading.nodes import Entries
from servicebook.loading.report import Report
from servicebook.loading.shared import PAGE_KEYS, read_aliases, read_audience
from servicebook.model.planning import Improvement, ImprovementFor, Need, Requirement
from servicebook.model.target import Measure

NEED_KEYS = (*PAGE_KEYS, "customer", "priority", "requires", "served_by", "status", "reason")
REQUIREMENT_KEYS = ("measure", "objective", "percentile", "of", "within", "statistic", "satisfied_from")
IMPROVEMENT_KEYS = (*PAGE_KEYS, "for", "owner", "due", "done")
PRIORITIES = ("must", "should", "could")
STATUSES = ("open", "agreed", "declined")


def read_need(document: Document, node: Entries, name: str, report: Report) -> Need | None:
    """The need of a file; None where what it must have isn't there."""
    fields = Fields(node, report, what="the need", keys=NEED_KEYS)
    title, customer = fields.required_text("title"), fields.reference("customer", required=True)
    priority, status = (
        fields.choice("priority", PRIORITIES, required=True),
        fields.choice("status", STATUSES, required=True),
    )
    read = [_requirement(item) for item in fields.mappings("requires", what="a requirement", keys=REQUIREMENT_KEYS)]
    served_by, reason, summary = fields.references("served_by"), fields.text("reason"), fields.text("summary")
    audience, aliases = read_audience(fields), read_aliases(fields)
    if status == "declined" and not reason:
        fields.missing("reason", "say why the need was declined")
    if title is None or customer is None or priority is None or status is None:
        return None
    return Need(
        id=name, title=title, customer=customer, priority=priority, status=status, requires=tuple(r for r in read if r is not None),
        served_by=served_by, reason=reason, summary=summary, audience=audience, aliases=aliases, body=document.body,
        body_position=document.body_position, path=document.path, places=fields.places,
    )  # fmt: skip


def _requirement(fields: Fields) -> Requirement | None:
    level = read_level(fields)
    percentile = fields.scalar("percentile")
    if level is None:
        return None
    written = rank_text(percentile.text) if percentile is not None and level.percentile is not None else ""
    return Requirement(
        measure=Measure(level.measure), objective=level.objective, percentile=written, of=level.of, within=level.within,
        statistic=level.statistic, places=fields.places,
    )  # fmt: skip


def read_improvement(document: Document, node: Entries, name: str, report: Report) -> Improvement | None:
    """The improvement of a file; None where what it must have isn't there."""
    fields = Fields(node, report, what="the improvement", keys=IMPROVEMENT_KEYS)
    title, summary, owner = fields.required_text("title"), fields.text("summary"), fields.reference("owner")
    due, done = fields.day("due"), fields.day("done")
    read = [
        _meant_for(item)
        for item in fields.mappings("for", what="an entry of 'for'", keys=("agreement", "target", "period"))
    ]
    audience, aliases = read_audience(fields), read_aliases(fields)
    if title is None:
        return None
    return Improvement(
        id=name, title=title, targets=tuple(t for t in read if t is not None), owner=owner, due=due, done=done, summary=summary,
        audience=audience, aliases=aliases, body=document.body, body_position=document.body_position, path=document.path,
        places=fields.places,
    )  # fmt: skip


def _meant_for(fields: Fields) -> ImprovementFor | None:
    agreement, target = fields.reference("agreement", required=True), fields.reference("target")
    period = read_period(fields)
    if period is not None and target is None:
        fields.missing("target", "a breach is one of a target")
    return None if agreement is None else ImprovementFor(agreement=agreement, target=target, period=period)
