"""Which services are fit to pilot service level management with, as far as what is written tells.

A pilot should be easy to measure and to talk about: figures are there, one customer answers for it, one unit owns it, and
little else can go wrong beneath it. Each condition is told with its reason; nothing is weighed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from servicebook.model.agreement import AgreementType
from servicebook.model.catalogue import Catalogue
from servicebook.model.party import PartyType
from servicebook.model.service import Service, Stage

FEW = 3
"""At most so many dependencies are few."""
_RUNNING = (Stage.PILOT, Stage.LIVE)


class Condition(StrEnum):
    """What makes a service fit."""

    DATA = "figures are there"
    CUSTOMER = "one customer"
    OWNER = "a clear owner"
    HOURS = "hours are written down"
    ASKED = "somebody asks for it"
    FEW = "few dependencies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitness:
    """A service that runs, and which conditions it meets."""

    service: str
    met: tuple[Condition, ...]
    lacking: tuple[Condition, ...]

    @property
    def is_fit(self) -> bool:
        """Whether nothing is lacking."""
        return not self.lacking


def fitness(catalogue: Catalogue, measured: Collection[str]) -> tuple[Fitness, ...]:
    """Every service that runs, the fittest first; `measured` are the sources that have records."""
    found = [_of(catalogue, service, measured) for service in catalogue.services.values() if service.stage in _RUNNING]
    return tuple(sorted(found, key=lambda each: (len(each.lacking), each.service)))


def _of(catalogue: Catalogue, service: Service, measured: Collection[str]) -> Fitness:
    agreements = [a for a in catalogue.agreements.values() if any(r.id == service.id for r in a.services)]
    sources = {
        t.source.id for a in agreements for t in a.targets if t.source is not None and _speaks(t.services, service.id)
    }
    sources |= {m.source.id for m in (service.capacity, service.satisfaction) if m is not None}
    customers = {user.id for user in service.users} or {
        a.customer.id for a in agreements if a.type is AgreementType.SLA
    }
    named = [id_ for id_ in customers if (party := catalogue.parties.get(id_)) and party.type is PartyType.CUSTOMER]
    asked = bool(agreements) or any(r.id == service.id for need in catalogue.needs.values() for r in need.served_by)
    holds = {
        Condition.DATA: bool(sources & set(measured)),
        Condition.CUSTOMER: len(named) == 1,
        Condition.OWNER: service.owner is not None,
        Condition.HOURS: service.hours is not None,
        Condition.ASKED: asked,
        Condition.FEW: len(service.depends_on) <= FEW,
    }
    return Fitness(
        service=service.id,
        met=tuple(condition for condition, is_met in holds.items() if is_met),
        lacking=tuple(condition for condition, is_met in holds.items() if not is_met),
    )


def _speaks(named: Collection[object], service: str) -> bool:
    """Whether a target is about a service: it names none, or this one."""
    return not named or any(getattr(reference, "id", None) == service for reference in named)
