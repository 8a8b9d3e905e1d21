"""A small catalogue that nothing is wrong with, for tests that add what is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from servicebook.checks import check, check_metrics
from servicebook.checks.unsaid import SAY_HOURS
from servicebook.compliance.terms import resolve
from servicebook.loading import Loaded, load
from servicebook.model.common import Where
from servicebook.source import Problem

AGREEMENT = "content/agreements/email-hq.md"
SIGNED = """\
---
title: E-mail for headquarters
type: sla
provider: messaging-team
customer: headquarters
services: [email]
version: "1.0"
from: 2026-01-01
signatures: [{party: messaging-team, date: 2025-12-01}, {party: headquarters, date: 2025-12-01}]
"""
"""Front matter of an agreement in force that isn't closed yet; the next key stands in line 10."""

BASE: Mapping[str, str] = {
    "content/services/email.md": "---\ntitle: E-mail\nstage: live\n---\n",
    "content/services/network.md": "---\ntitle: Network\nstage: live\n---\n",
    "content/parties/headquarters.md": "---\ntitle: Headquarters\ntype: customer\nsites: [{id: main-site}]\n---\n",
    "content/parties/messaging-team.md": "---\ntitle: Messaging\ntype: provider\n---\n",
    "content/parties/carrier.md": "---\ntitle: Carrier\ntype: supplier\n---\n",
    "content/calendars/office-hours.yml": 'title: Office hours\ntime_zone: Europe/Berlin\nhours: {mon-fri: "08:00-17:00"}\n',
    "content/calendars/night-shift.yml": 'title: Night shift\nhours: {mon-fri: "22:00-06:00"}\n',
    "data/metrics/mail-outages.yml": "title: Mail outages\nrecords: outages\nfiles: mail-outages/*.csv\n",
    "data/metrics/mail-days.yml": "title: Mail, by day\nrecords: downtime\ntime_zone: Europe/Berlin\nfiles: mail-days/*.csv\n",
    "data/metrics/mail-probes.yml": "title: Mail probes\nrecords: probes\nevery: 60 s\nfiles: mail-probes/*.csv\n",
    "data/metrics/mail-speed.yml": "title: Mail speed\nrecords: samples\nunit: ms\nfiles: mail-speed/*.csv\n",
    "data/metrics/mail-usage.yml": "title: Mailboxes\nrecords: usage\nfiles: mail-usage/*.csv\n",
    "data/metrics/tickets.yml": "title: Tickets\nrecords: tickets\nfiles: tickets/*.csv\n",
}
AS_OF = "2026-11-01T00:00Z"


def instant(text: str) -> int:
    """An instant in microseconds."""
    return int(datetime.fromisoformat(text).timestamp()) * 1_000_000


def agreement(*keys: str) -> dict[str, str]:
    """The agreement `email-hq`, in force; its further keys begin in line 10."""
    return {AGREEMENT: SIGNED + "".join(key.rstrip("\n") + "\n" for key in keys) + "---\n"}


def target(*terms: str) -> dict[str, str]:
    """The agreement with one target, of availability unless said, whose further terms begin in line 12."""
    given = [f"    {term}" for term in terms]
    names = {term.partition(":")[0] for term in terms}
    rest = {"measure": "availability", "source": "mail-outages", "objective": "at least 95 %", "per": "month"}
    given += [f"    {key}: {value}" for key, value in rest.items() if key not in names]
    return agreement("targets:", "  - id: mail", *given)


def written(root: Path, files: Mapping[str, str]) -> Loaded:
    """The base catalogue with some files added or replaced."""
    for path, content in {**BASE, **files}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return load(root)


def problems_of(
    root: Path, *files: Mapping[str, str], as_of: str = AS_OF, hours_are_due: bool = False
) -> tuple[Problem, ...]:
    """What `check` says of the base catalogue with some files added or replaced.

    The base agreement says no hours; that is told with `hours_are_due` only, for it is nothing to most tests.
    """
    loaded = written(root, {path: content for each in files for path, content in each.items()})
    terms = {each.id: resolve(loaded.catalogue, each) for each in loaded.catalogue.agreements.values()}
    said = check(loaded.catalogue, terms, as_of=instant(as_of), broken=loaded.broken)
    return tuple(problem for problem in said if hours_are_due or problem.rule != SAY_HOURS.id)


def found(root: Path, *files: Mapping[str, str], as_of: str = AS_OF) -> list[str]:
    """Problems as `path:line:column severity rule`, the folder `content/agreements/` left out."""
    return [line(problem) for problem in problems_of(root, *files, as_of=as_of)]


def messages(root: Path, *files: Mapping[str, str], as_of: str = AS_OF) -> list[str]:
    """Problems as `message | hint`."""
    return [f"{problem.message} | {problem.hint}" for problem in problems_of(root, *files, as_of=as_of)]


def line(problem: Problem) -> str:
    """A problem as `path:line:column severity rule`."""
    place = problem.position
    path = place.path.removeprefix("content/agreements/")
    return f"{path}:{place.line}:{place.column} {problem.severity} {problem.rule}"


@dataclass(frozen=True)
class Facts:
    """Metric files as a table of columns by source, and the filters that no row passes."""

    tables: Mapping[str, Collection[str]]
    empty: Collection[str] = ()
    files_read: frozenset[str] = field(default=frozenset())
    cells: Mapping[tuple[str, str], Collection[str]] = field(default_factory=dict)
    """The texts of a source's column, whatever is filtered."""

    def columns(self, source_id: str, /) -> Collection[str]:
        return self.tables.get(source_id, ())

    def matches(self, source_id: str, where: Where, /) -> int:
        return 0 if str(where) in self.empty else 7

    def texts(self, source_id: str, column: str, where: Where, /) -> frozenset[str]:
        return frozenset(self.cells.get((source_id, column), ()))


def metric_problems(
    root: Path, facts: Facts, *files: Mapping[str, str], lying: Collection[str] = ()
) -> tuple[Problem, ...]:
    """What `check_metrics` says of the base catalogue with some files added or replaced, and of metric files that lie there."""
    loaded = written(root, {path: content for each in files for path, content in each.items()})
    terms = {each.id: resolve(loaded.catalogue, each) for each in loaded.catalogue.agreements.values()}
    return check_metrics(loaded.catalogue, terms, facts, frozenset(lying), broken=loaded.broken)
