"""Agreements: what was promised, to whom, from when, and by whom it was signed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from servicebook.model.common import Places, Reference, Span, Where
from servicebook.model.target import Example, Target
from servicebook.source import Position
from servicebook.timeline.period import Per


class AgreementType(StrEnum):
    """`sla` with a customer, `ola` between our units, `uc` (underpinning contract) with a supplier."""

    SLA = "sla"
    OLA = "ola"
    UC = "uc"


class Basis(StrEnum):
    """The level of a multi-level agreement."""

    SERVICE = "service"
    CUSTOMER = "customer"
    CORPORATE = "corporate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """How long before its start maintenance has to be announced: elapsed time, or so many local days."""

    microseconds: int | None = None
    days: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """How much maintenance each period may hold: clock time."""

    microseconds: int
    per: Per
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcements:
    """The outage list whose rows announce planned work."""

    source: Reference
    where: Where = Where()


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintenance:
    """When planned downtime is excluded; what is missing asks nothing."""

    windows: Reference | None = None
    notice: Notice | None = None
    allowance: Allowance | None = None
    announcements: Announcements | None = None
    places: Places = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Time that both parties agreed to leave out."""

    start: int
    """UTC microseconds."""
    end: int
    reason: str
    declared: date
    approved_by: Reference
    places: Places = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A party's signature; it counts once it has a date."""

    party: Reference
    role: str = ""
    name: str = ""
    date: date | None = None
    places: Places = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """How often the agreement is looked at again."""

    every: Span
    last: date | None = None
    places: Places = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """`tacit` (rolls over by its term unless notice is given) or `express` (ends unless renewed)."""

    kind: str
    term: Span | None = None
    notice: Span | None = None
    places: Places = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of the agreed negotiation timetable."""

    step: str
    due: date | None = None
    done: date | None = None
    places: Places = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """An entry of the version history."""

    version: str
    date: date
    summary: str
    places: Places = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An agreement as its file says it; inherited terms are not in here (see `compliance.terms`)."""

    id: str
    title: str
    type: AgreementType
    provider: Reference
    customer: Reference
    version: str
    from_: date
    summary: str = ""
    basis: Basis | None = None
    extends: Reference | None = None
    services: tuple[Reference, ...] = ()
    sites: tuple[Reference, ...] = ()
    until: date | None = None
    terminated: date | None = None
    time_zone: str | None = None
    hours: Reference | None = None
    review: Review | None = None
    renewal: Renewal | None = None
    negotiation: tuple[Step, ...] = ()
    signatures: tuple[Signature, ...] = ()
    provider_responsibilities: tuple[str, ...] = ()
    customer_responsibilities: tuple[str, ...] = ()
    underpinned_by: tuple[Reference, ...] = ()
    maintenance: Maintenance | None = None
    exclusions: tuple[Exclusion, ...] = ()
    targets: tuple[Target, ...] = ()
    examples: tuple[Example, ...] = ()
    revisions: tuple[Revision, ...] = ()
    aliases: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    body: str = field(default="", compare=False)
    """The prose, Markdown."""
    body_position: Position | None = field(default=None, compare=False)
    path: str = field(default="", compare=False)
    places: Places = field(compare=False)
