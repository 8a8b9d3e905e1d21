"""Which needs (service level requirements) one agreement answers by itself, signed or not, and which it falls short of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from servicebook.compliance.terms import Entry, Terms
from servicebook.insight.strictness import suffices
from servicebook.model.agreement import Basis
from servicebook.model.catalogue import Catalogue
from servicebook.model.planning import Need, Requirement


class Fit(StrEnum):
    """What a draft says to a requirement."""

    ANSWERED = "answered"
    SHORT = "falls short"
    OPEN = "not answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The target that comes closest to a requirement."""

    requirement: Requirement
    fit: Fit
    entry: Entry | None = None
    """None where no target speaks of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedAnswered:
    """A need with an answer to each of its requirements."""

    need: Need
    answers: tuple[Answer, ...]


def needs_answered(catalogue: Catalogue, terms: Terms) -> tuple[NeedAnswered, ...]:
    """The needs of the customer that a service of the agreement is to serve, declined ones left out.

    A corporate agreement is for every customer. The last terms of each target count.
    """
    agreement = terms.agreement
    services = {reference.id for reference in agreement.services}
    return tuple(
        NeedAnswered(
            need=need, answers=tuple(_answer(requirement, _speaking(terms, need)) for requirement in need.requires)
        )
        for need in catalogue.needs.values()
        if need.status != "declined"
        and (need.customer.id == agreement.customer.id or agreement.basis is Basis.CORPORATE)
        and any(reference.id in services for reference in need.served_by)
    )


def _speaking(terms: Terms, need: Need) -> list[Entry]:
    """The targets that speak of a service which is to serve the need."""
    serving = {reference.id for reference in need.served_by}
    last = [entries[-1] for entries in terms.targets.values()]
    return [e for e in last if not e.target.services or any(s.id in serving for s in e.target.services)]


def _answer(requirement: Requirement, entries: Sequence[Entry]) -> Answer:
    for entry in entries:
        if suffices(entry, requirement):
            return Answer(requirement=requirement, fit=Fit.ANSWERED, entry=entry)
    near = next((entry for entry in entries if _is_about(requirement, entry)), None)
    return Answer(requirement=requirement, fit=Fit.SHORT if near is not None else Fit.OPEN, entry=near)


def _is_about(requirement: Requirement, entry: Entry) -> bool:
    """Whether a target measures what is required, however high its level is."""
    target = entry.target
    return target.measure is requirement.measure and requirement.of in (None, target.of)
