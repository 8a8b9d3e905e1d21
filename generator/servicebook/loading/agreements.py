"""Reads `content/agreements/*.md`."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from servicebook.loading import moments, quantities, spans
from servicebook.loading.documents import Document
from servicebook.loading.examples import read_examples
from servicebook.loading.fields import Fields
from servicebook.loading.nodes import Entries, Scalar
from servicebook.loading.report import Report, Unreadable
from servicebook.loading.shared import PAGE_KEYS, read_aliases, read_audience, read_metered, read_zone
from servicebook.loading.targets import KEYS as TARGET_KEYS
from servicebook.loading.targets import read_target
from servicebook.model.agreement import (
    Agreement,
    AgreementType,
    Announcements,
    Basis,
    Exclusion,
    Maintenance,
    Renewal,
    Review,
    Revision,
    Signature,
    Step,
)
from servicebook.model.target import Target

KEYS = (
    *PAGE_KEYS, "type", "basis", "extends", "provider", "customer", "services", "sites", "version", "from", "until", "terminated",
    "time_zone", "hours", "review", "renewal", "negotiation", "signatures", "responsibilities", "underpinned_by", "maintenance",
    "exclusions", "targets", "examples", "revisions",
)  # fmt: skip


def read_agreement(document: Document, node: Entries, name: str, report: Report) -> Agreement | None:
    """The agreement of a file; None where what it must have isn't there."""
    fields = Fields(node, report, what="the agreement", keys=KEYS)
    title, kind, basis = (
        fields.required_text("title"),
        fields.member("type", AgreementType, required=True),
        fields.member("basis", Basis),
    )
    provider, customer = fields.reference("provider", required=True), fields.reference("customer", required=True)
    version, begins = fields.read("version", version_text, required=True), fields.day("from", required=True)
    until, terminated, zone = fields.day("until"), fields.day("terminated"), read_zone(fields)
    summary, extends, hours = fields.text("summary"), fields.reference("extends"), fields.reference("hours")
    services, sites, underpinned_by = (
        fields.references("services"),
        fields.references("sites"),
        fields.references("underpinned_by"),
    )
    review, renewal, maintenance = _review(fields), _renewal(fields), _maintenance(fields)
    negotiation, signatures, revisions = _negotiation(fields), _signatures(fields), _revisions(fields)
    duties, exclusions = _responsibilities(fields), read_exclusions(fields, zone)
    targets = _targets(fields, name)
    examples, audience, aliases = read_examples(fields), read_audience(fields), read_aliases(fields)
    if begins is not None and until is not None and until <= begins:
        fields.error(
            "until",
            "lifecycle/no-length",
            f"the agreement ends on {until}, which isn't after {begins}",
            "'until' is the first day without it",
        )
    if title is None or kind is None or provider is None or customer is None or version is None or begins is None:
        return None
    return Agreement(
        id=name, title=title, type=kind, provider=provider, customer=customer, version=version, from_=begins, summary=summary, basis=basis,
        extends=extends, services=services, sites=sites, until=until, terminated=terminated, time_zone=zone.key if zone is not None else None,
        hours=hours, review=review, renewal=renewal, negotiation=negotiation, signatures=signatures, provider_responsibilities=duties[0],
        customer_responsibilities=duties[1], underpinned_by=underpinned_by, maintenance=maintenance, exclusions=exclusions, targets=targets,
        examples=examples, revisions=revisions, aliases=aliases, audience=audience, body=document.body,
        body_position=document.body_position, path=document.path, places=fields.places,
    )  # fmt: skip


def version_text(text: str) -> str:
    """A version as it is written: `2.10` stays `2.10`."""
    version = quantities.tidy(text)
    if not version:
        raise Unreadable("an empty version", "write for example 1.0")
    return version


def _targets(fields: Fields, agreement: str) -> tuple[Target, ...]:
    targets = []
    for item in fields.mappings("targets", what="the target", keys=TARGET_KEYS, named_by="id"):
        name = item.node("id")
        target = read_target(item)
        if target is not None:
            targets.append(target)
        elif isinstance(name, Scalar):
            fields.report.broken.add(("target", f"{agreement}/{name.text}"))
    return tuple(targets)


def _review(fields: Fields) -> Review | None:
    item = fields.mapping("review", what="the review", keys=("every", "last"))
    if item is None:
        return None
    every, last = item.read("every", spans.span, required=True), item.day("last")
    return None if every is None else Review(every=every, last=last, places=item.places)


def _renewal(fields: Fields) -> Renewal | None:
    item = fields.mapping("renewal", what="the renewal", keys=("kind", "term", "notice"))
    if item is None:
        return None
    kind = item.choice("kind", ("tacit", "express"), required=True)
    term, notice = item.read("term", spans.span), item.read("notice", spans.span)
    if kind == "tacit" and "term" not in item.written:
        item.missing("term", "say by how long it renews, as in `term: 12 months`")
    if kind is None or (kind == "tacit" and term is None):
        return None
    return Renewal(kind=kind, term=term, notice=notice, places=item.places)


def _negotiation(fields: Fields) -> tuple[Step, ...]:
    steps = []
    for item in fields.mappings("negotiation", what="a step of the negotiation", keys=("step", "due", "done")):
        step, due, done = item.required_text("step"), item.day("due"), item.day("done")
        if step is not None:
            steps.append(Step(step=step, due=due, done=done, places=item.places))
    return tuple(steps)


def _signatures(fields: Fields) -> tuple[Signature, ...]:
    signatures = []
    for item in fields.mappings("signatures", what="a signature", keys=("party", "role", "name", "date")):
        party, role, name, date = (
            item.reference("party", required=True),
            item.text("role"),
            item.text("name"),
            item.day("date"),
        )
        if party is not None:
            signatures.append(Signature(party=party, role=role, name=name, date=date, places=item.places))
    return tuple(signatures)


def _revisions(fields: Fields) -> tuple[Revision, ...]:
    revisions = []
    for item in fields.mappings("revisions", what="a revision", keys=("version", "date", "summary")):
        version, date, summary = (
            item.read("version", version_text, required=True),
            item.day("date", required=True),
            item.required_text("summary"),
        )
        if version is not None and date is not None and summary is not None:
            revisions.append(Revision(version=version, date=date, summary=summary, places=item.places))
    return tuple(revisions)


def _responsibilities(fields: Fields) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the provider and what the customer has to do."""
    item = fields.mapping("responsibilities", what="'responsibilities'", keys=("provider", "customer"))
    return ((), ()) if item is None else (item.texts("provider"), item.texts("customer"))


def _maintenance(fields: Fields) -> Maintenance | None:
    item = fields.mapping(
        "maintenance", what="the maintenance", keys=("windows", "notice", "allowance", "announcements")
    )
    if item is None:
        return None
    windows, notice = item.reference("windows"), item.read("notice", spans.notice)
    allowance, announced = item.read("allowance", spans.allowance), read_metered(item, "announcements")
    announcements = None if announced is None else Announcements(source=announced.source, where=announced.where)
    return Maintenance(
        windows=windows, notice=notice, allowance=allowance, announcements=announcements, places=item.places
    )


def read_exclusions(fields: Fields, zone: ZoneInfo | None) -> tuple[Exclusion, ...]:
    """Time that both parties left out; naive times are those of the agreement's zone."""
    keys = ("start", "end", "reason", "declared", "approved_by")
    read = (_exclusion(item, zone) for item in fields.mappings("exclusions", what="the exclusion", keys=keys))
    return tuple(exclusion for exclusion in read if exclusion is not None)


def _exclusion(fields: Fields, zone: ZoneInfo | None) -> Exclusion | None:
    start, end = fields.read("start", _moment(zone), required=True), fields.read("end", _moment(zone), required=True)
    reason, declared = fields.required_text("reason"), fields.day("declared", required=True)
    approved_by = fields.reference("approved_by", required=True)
    if start is not None and end is not None and end <= start:
        fields.error(
            "end",
            "exclusion/no-length",
            "the exclusion doesn't end after it starts",
            "check both times and their offsets",
        )
        return None
    if start is None or end is None or reason is None or declared is None or approved_by is None:
        return None
    return Exclusion(
        start=start, end=end, reason=reason, declared=declared, approved_by=approved_by, places=fields.places
    )


def _moment(zone: ZoneInfo | None) -> Callable[[str], int]:
    return lambda text: moments.instant(text, zone)
