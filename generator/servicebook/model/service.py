"""Services: what is offered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from servicebook.model.common import Contact, Places, Reference, Where
from servicebook.source import Position


class ServiceType(StrEnum):
    """Whom a service faces."""

    CUSTOMER_FACING = "customer-facing"
    SUPPORTING = "supporting"


class Stage(StrEnum):
    """Where a service stands in its life."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    PILOT = "pilot"
    LIVE = "live"
    RETIRING = "retiring"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Dependency:
    """Services that are needed: one alternative of them suffices (most dependencies have one only)."""

    alternatives: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a customer pays."""

    amount: Fraction
    text: str
    """The amount as written."""
    currency: str
    per: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """How much the service can carry, and where its use is measured."""

    source: Reference
    limit: Fraction | None = None
    unit: str = ""
    warn_at: Fraction | None = None
    where: Where = Where()
    places: Places = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeteredBy:
    """A metric source with a row filter: the ledger of a service's cost, the scores of its satisfaction."""

    source: Reference
    where: Where = Where()
    satisfied_from: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service as its file says it."""

    id: str
    title: str
    stage: Stage
    summary: str = ""
    synonyms: tuple[str, ...] = ()
    """Other words that people use for it."""
    type: ServiceType = ServiceType.CUSTOMER_FACING
    stages: tuple[tuple[Stage, date], ...] = ()
    """From which day on the service is in which stage, past and planned."""
    category: str = ""
    owner: Reference | None = None
    users: tuple[Reference, ...] = ()
    hours: Reference | None = None
    depends_on: tuple[Dependency, ...] = ()
    contacts: tuple[Contact, ...] = ()
    price: Price | None = None
    capacity: Capacity | None = None
    cost: MeteredBy | None = None
    satisfaction: MeteredBy | None = None
    audience: tuple[str, ...] = ()
    """`customers`, `internal`, or ids of parties; empty: customers."""
    aliases: tuple[str, ...] = ()
    body: str = field(default="", compare=False)
    body_position: Position | None = field(default=None, compare=False)
    path: str = field(default="", compare=False)
    places: Places = field(compare=False)
