"""Agreements from their own front matter, for tests of what follows from dates and signatures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from servicebook.compliance.terms import Terms, resolve
from servicebook.insight.lifecycle import Status, status, statuses
from servicebook.loading import load
from servicebook.model.agreement import Agreement, AgreementType, Renewal
from servicebook.model.catalogue import Catalogue
from servicebook.model.common import Places, Reference, Span
from servicebook.source import Position

HERE = Position("test", 1, 1)
PLACES = Places(position=HERE)
HEAD = """\
---
title: E-mail for headquarters
type: sla
provider: messaging-team
customer: headquarters
services: [email]
version: "1.0"
"""
BOTH_SIGNED = "signatures: [{party: messaging-team, date: 2025-12-11}, {party: headquarters, date: 2025-12-15}]"
OTHERS: Mapping[str, str] = {
    "content/services/email.md": "---\ntitle: E-mail\nstage: live\n---\n",
    "content/parties/headquarters.md": "---\ntitle: Headquarters\ntype: customer\n---\n",
    "content/parties/messaging-team.md": "---\ntitle: Messaging\ntype: provider\n---\n",
    "content/calendars/berlin.yml": "title: Berlin\ntime_zone: Europe/Berlin\nhours: {mon-fri: '08:00-17:00'}\n",
    "data/metrics/mail-outages.yml": "title: Mail outages\nrecords: outages\nfiles: mail-outages/*.csv\n",
}


def at(text: str) -> int:
    """An instant from `2026-10-19T08:02Z`, or midnight UTC of a date."""
    written = text if "T" in text else f"{text}T00:00Z"
    return int(datetime.fromisoformat(written).timestamp()) * 1_000_000


def loaded(root: Path, *keys: str, more: Mapping[str, str] | None = None) -> Catalogue:
    """A catalogue with one agreement, `email-hq`, whose keys are given, and further files."""
    text = HEAD + "".join(f"{key}\n" for key in keys) + "---\n"
    for path, content in {**OTHERS, "content/agreements/email-hq.md": text, **(more or {})}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    found = load(root)
    assert [problem for problem in found.problems if problem.is_error] == []
    return found.catalogue


def terms_of(catalogue: Catalogue) -> dict[str, Terms]:
    """The terms of its agreements."""
    return {each.id: resolve(catalogue, each) for each in catalogue.agreements.values()}


def states_of(catalogue: Catalogue, as_of: int) -> dict[str, Status]:
    """The states of its agreements."""
    return statuses(terms_of(catalogue), as_of)


def status_at(catalogue: Catalogue, when: str) -> Status:
    """Where `email-hq` stands."""
    return status(terms_of(catalogue)["email-hq"], at(when))


def renewing(until: date, term: Span, notice: Span | None = None) -> Agreement:
    """An agreement that rolls over by its term."""
    return Agreement(
        id="a",
        title="A",
        type=AgreementType.SLA,
        provider=Reference("p", HERE),
        customer=Reference("c", HERE),
        version="1",
        from_=until.replace(year=until.year - 1, day=1),
        until=until,
        renewal=Renewal(kind="tacit", term=term, notice=notice, places=PLACES),
        places=PLACES,
    )
