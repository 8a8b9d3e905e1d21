"""What stands under SLAs at `as_of`: the agreements that back them, and which of their terms still hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from servicebook.compliance.terms import Entry, Terms, span_of
from servicebook.insight.chain.conversion import frame_of
from servicebook.insight.lifecycle import State, Status, is_tacit, present_until, status
from servicebook.model.agreement import AgreementType
from servicebook.model.catalogue import Catalogue
from servicebook.model.target import Measure
from servicebook.timeline.zone import local_date, zone

OVER = frozenset({State.EXPIRED, State.TERMINATED})
UNDER = frozenset({AgreementType.OLA, AgreementType.UC})


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An entry of a target with the time in which it holds."""

    entry: Entry
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The catalogue as the chains of all its SLAs see it."""

    catalogue: Catalogue
    terms: Mapping[str, Terms]
    as_of: int
    statuses: Mapping[str, Status]
    needs: Mapping[str, tuple[tuple[str, ...], ...]]
    covering: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By service: the OLAs and supplier contracts for it that are signed and not over, by id."""
    held: Mapping[str, tuple[Held, ...]] = field(default_factory=dict)
    """Which terms of these hold at `as_of` or later."""

    def backing(self, terms: Terms, service: str) -> tuple[Terms, ...]:
        """The agreements that a link of an SLA is promised by: those of its `underpinned_by` that cover the service, else all that do."""
        named = [each.id for each in terms.agreement.underpinned_by]
        among = self.covering.get(service, ())
        chosen = [each for each in dict.fromkeys(named) if each in among]
        return tuple(self.terms[each] for each in chosen or among)


def ground_of(
    catalogue: Catalogue, terms: Mapping[str, Terms], as_of: int, needs: Mapping[str, tuple[tuple[str, ...], ...]]
) -> Ground:
    """Looks once through all agreements."""
    states = {name: status(each, as_of) for name, each in terms.items()}
    covering: dict[str, tuple[str, ...]] = {}
    held: dict[str, tuple[Held, ...]] = {}
    for name in sorted(terms):
        agreement = terms[name].agreement
        if agreement.type in UNDER and backs_something(states[name]):
            held[name] = held_entries(terms[name], as_of)
            for service in dict.fromkeys(each.id for each in agreement.services):
                covering[service] = (*covering.get(service, ()), name)
    return Ground(
        catalogue=catalogue,
        terms=terms,
        as_of=as_of,
        statuses=states,
        needs=needs,
        covering=covering,
        held=held,
    )


def backs_something(status: Status) -> bool:
    """Whether an agreement is signed and not over."""
    return status.signed is not None and status.state not in OVER


def is_over(terms: Terms, status: Status, as_of: int) -> bool:
    """Whether an agreement has ended, one that was never signed by its date."""
    until = end_of_term(terms, as_of)
    return status.state in OVER or (until is not None and until <= local_date(as_of, zone(terms.zone_name)))


def end_of_term(terms: Terms, as_of: int) -> date | None:
    """The day on which the present term ends, renewals counted; None without end."""
    return present_until(terms.agreement, local_date(as_of, zone(terms.zone_name)))


def lasts_until(terms: Terms) -> date | None:
    """The day on which an agreement ends for good unless somebody acts: a tacit renewal lasts."""
    agreement = terms.agreement
    if agreement.terminated is not None:
        return agreement.terminated
    return None if is_tacit(agreement) else agreement.until


def held_entries(terms: Terms, as_of: int) -> tuple[Held, ...]:
    """The entries of targets that hold at `as_of` or later."""
    span = span_of(terms)
    held = ((entry, *entry.in_force(*span)) for entry in terms.entries)
    return tuple(Held(entry=entry, start=start, end=end) for entry, start, end in held if start < end and end > as_of)


def during(under: Sequence[Held], promise: Held, as_of: int) -> tuple[Held, ...]:
    """Those that hold, from `as_of` on, while a promise does; where none does, all of them: dates are a gap of their own."""
    start = max(promise.start, as_of)
    return tuple(each for each in under if each.start < promise.end and start < each.end) or tuple(under)


def speaks_of(entry: Entry, service: str) -> bool:
    """Whether a target promises something of a service: its own list, else all of its agreement's."""
    own = entry.target.services
    return not own or any(each.id == service for each in own)


def promises_availability(entry: Entry) -> bool:
    """Whether a target promises availability by calendar periods; rolling windows back nothing."""
    is_lower = entry.target.objective.comparison.is_lower_limit
    return entry.target.measure is Measure.AVAILABILITY and is_lower and frame_of(entry) is not None


def worst_credit(entry: Entry) -> Fraction | None:
    """The worst band of a target, capped; None where no credit was agreed."""
    credits = entry.target.credits
    if credits is None or not credits.bands:
        return None
    worst = max(band.credit for band in credits.bands)
    return worst if credits.cap is None else min(worst, credits.cap)
