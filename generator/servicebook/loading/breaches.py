"""Reads `content/breaches/*.md`."""

from __future__ import annotations

import re

from servicebook.loading.documents import Document
from servicebook.loading.fields import Fields
from servicebook.loading.nodes import Entries, Items
from servicebook.loading.report import Report, Unreadable, excerpt
from servicebook.loading.shared import read_audience
from servicebook.model.breach import BreachAccount, BreachOf
from servicebook.model.common import Reference
from servicebook.timeline.period import period_named
from servicebook.timeline.zone import zone

BREACH_KEYS = (
    "title", "summary", "audience", "breach", "cause", "correction", "corrected", "owner", "improvements",
)  # fmt: skip
BREACH_OF_KEYS = ("agreement", "target", "period")

_PART = re.compile(r"/[1-9][0-9]*")


def read_breach(document: Document, node: Entries, name: str, report: Report) -> BreachAccount | None:
    """The account of a file; None where what it must have isn't there."""
    fields = Fields(node, report, what="the breach", keys=BREACH_KEYS)
    title, cause = fields.required_text("title"), fields.required_text("cause")
    correction, corrected, owner = fields.text("correction"), fields.day("corrected"), fields.reference("owner")
    improvements, summary, audience = fields.references("improvements"), fields.text("summary"), read_audience(fields)
    breaches = tuple(each for item in _named(fields) if (each := _breach(item)) is not None)
    if title is None or cause is None or not breaches:
        return None
    return BreachAccount(
        id=name, title=title, breaches=breaches, cause=cause, correction=correction, corrected=corrected, owner=owner,
        improvements=improvements, summary=summary, audience=audience, body=document.body,
        body_position=document.body_position, path=document.path, places=fields.places,
    )  # fmt: skip


def _named(fields: Fields) -> tuple[Fields, ...]:
    """One mapping, or a list of them."""
    if isinstance(fields.node("breach", required=True), Items):
        return fields.mappings("breach", what="an entry of 'breach'", keys=BREACH_OF_KEYS)
    one = fields.mapping("breach", what="'breach'", keys=BREACH_OF_KEYS)
    return () if one is None else (one,)


def _breach(fields: Fields) -> BreachOf | None:
    agreement, target = fields.reference("agreement", required=True), fields.reference("target", required=True)
    period = read_period(fields, required=True)
    if agreement is None or target is None or period is None:
        return None
    return BreachOf(agreement=agreement, target=target, period=period)


def read_period(fields: Fields, *, required: bool = False) -> Reference | None:
    """The name of a period, with its place."""
    name = fields.read("period", _period, required=required)
    return None if name is None else Reference(name, fields.place("period"))


def _period(text: str) -> str:
    name = text.strip()
    whole, slash, part = name.partition("/")
    try:
        period_named(whole, zone("UTC"))
    except ValueError as error:
        raise Unreadable(excerpt(str(error), 200)) from error
    if _PART.fullmatch(slash + part) is None and slash:
        raise Unreadable(f"'{excerpt(name)}' names no part of a period", f"write {whole}/1 or {whole}/2")
    return name
