"""The chains of a catalogue: every SLA that isn't over, drafts too, with what stands under it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from servicebook.compliance.terms import Terms
from servicebook.insight.chain.dependencies import Reached, needs_of, reached
from servicebook.insight.chain.ground import (
    Ground,
    backs_something,
    end_of_term,
    ground_of,
    held_entries,
    is_over,
    lasts_until,
)
from servicebook.insight.chain.maintenance import shortfalls
from servicebook.insight.chain.model import Chain
from servicebook.insight.chain.promises import promise_of, stand_of
from servicebook.insight.chain.rules import DATES, MAINTENANCE, NOT_IN_FORCE, UNCOVERED, gap
from servicebook.insight.lifecycle import State
from servicebook.model.agreement import AgreementType
from servicebook.model.catalogue import Catalogue
from servicebook.model.target import Measure
from servicebook.source import Position, Problem, in_order


def chains(
    catalogue: Catalogue, terms: Mapping[str, Terms], as_of: int, agreements: Collection[str] | None = None
) -> dict[str, Chain]:
    """The chain of every SLA that isn't over at `as_of` (of those named, where some are), by id.

    It is worked out from the OLAs and supplier contracts that are signed and not over. Unknown references and circles of
    dependencies are passed over: `checks` reports them.
    """
    ground = ground_of(catalogue, terms, as_of, needs_of(catalogue))
    return {
        name: _chain(ground, each)
        for name, each in sorted(terms.items())
        if each.agreement.type is AgreementType.SLA
        and (agreements is None or name in agreements)
        and not is_over(each, ground.statuses[name], as_of)
    }


def _chain(ground: Ground, terms: Terms) -> Chain:
    links = reached(ground.catalogue, [each.id for each in terms.agreement.services])
    worked = [promise_of(stand_of(ground, terms, held)) for held in held_entries(terms, ground.as_of)]
    gaps = [
        *(problem for _, problems in worked for problem in problems),
        *_uncovered(ground, terms, links),
        *_not_in_force(ground, terms),
        *_under(ground, terms, links),
    ]
    return Chain(
        agreement=terms.agreement.id,
        promises=tuple(promise for promise, _ in worked),
        gaps=in_order(gaps),
        needs={service: ground.needs.get(service, ()) for service in links},
    )


def _uncovered(ground: Ground, terms: Terms, links: Mapping[str, Reached]) -> Iterator[Problem]:
    """Services that are reached and covered by nobody. An own one is done by the provider itself."""
    for link in links.values():
        if link.position is None or ground.covering.get(link.service):
            continue
        place = next(each.position for each in terms.agreement.services if each.id == link.root)
        message = f"'{link.root}' needs '{link.service}', for which no agreement or contract is signed and in time"
        yield gap(UNCOVERED, place, message, (link.position,))


def _not_in_force(ground: Ground, terms: Terms) -> Iterator[Problem]:
    """Agreements that are named as backing and back nothing."""
    for reference in terms.agreement.underpinned_by:
        below = ground.terms.get(reference.id)
        if below is None or below.agreement.type is AgreementType.SLA:
            continue
        status = ground.statuses[reference.id]
        if backs_something(status):
            continue
        places = below.agreement.places
        if status.state is State.TERMINATED:
            said, place = f"is terminated since {below.agreement.terminated}", places.of("terminated")
        elif status.state is State.EXPIRED:
            said, place = f"is over since {status.until}", places.of("until")
        else:
            said, place = "isn't signed by both parties", places.of("signatures")
        yield gap(NOT_IN_FORCE, reference.position, f"'{reference.id}' {said}: it backs nothing", (place,))


def _under(ground: Ground, terms: Terms, links: Mapping[str, Reached]) -> Iterator[Problem]:
    """Dates and maintenance of every agreement that a link is promised by, held against the whole SLA's."""
    via: dict[str, str] = {}
    for service in links:
        for below in ground.backing(terms, service):
            via.setdefault(below.agreement.id, service)
    for name, service in via.items():
        yield from _dates(ground, terms, ground.terms[name])
        yield from _maintenance(ground, terms, ground.terms[name], _item(terms, name, links[service].root))


def _item(terms: Terms, below: str, root: str) -> Position:
    """The item of `underpinned_by` that names an agreement, else that of `services` that leads to it."""
    agreement = terms.agreement
    named = [each.position for each in agreement.underpinned_by if each.id == below]
    return (named or [each.position for each in agreement.services if each.id == root])[0]


def _dates(ground: Ground, terms: Terms, below: Terms) -> Iterator[Problem]:
    """An agreement under an SLA begins no later and lasts to the end of the SLA's present term."""
    agreement, under = terms.agreement, below.agreement
    place = agreement.places.of("until" if agreement.until is not None else "from")
    if under.from_ > agreement.from_:
        message = f"the agreement begins on {agreement.from_}, '{under.id}' under it only on {under.from_}"
        yield gap(DATES, place, message, (under.places.of("from"),))
    until, lasts = end_of_term(terms, ground.as_of), lasts_until(below)
    if lasts is not None and (until is None or lasts < until):
        said = "has no end" if until is None else f"holds until {until}"
        message = f"the agreement {said}, '{under.id}' under it ends on {lasts}"
        key = "until" if under.terminated is None else "terminated"
        yield gap(DATES, place, message, (under.places.of(key),))


def _maintenance(ground: Ground, terms: Terms, below: Terms, item: Position) -> Iterator[Problem]:
    """Maintenance under an SLA comes with its notice, in its windows and within its allowance."""
    owed, given, under = terms.maintenance, below.maintenance, below.agreement
    if given is None:
        return
    at_home = below.inherited.get("maintenance") is None
    if owed is None:
        promises = [e for e in held_entries(terms, ground.as_of) if e.entry.target.measure is Measure.AVAILABILITY]
        if promises:
            message = f"'{under.id}' leaves its maintenance out of account, this agreement agrees on none: it counts as downtime here"
            yield gap(MAINTENANCE, item, message, (given.places.position,))
        return
    inherited = "maintenance" in terms.inherited
    place = terms.agreement.places.of("extends" if inherited else "maintenance")
    for short in shortfalls(ground.catalogue, terms, owed, below, given, ground.as_of):
        related = given.places.of(short.key) if at_home else under.places.of("extends")
        yield gap(MAINTENANCE, place, f"'{under.id}' {short.message}", (related,))
