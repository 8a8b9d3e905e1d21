"""One promise of an SLA: its links, its ceiling, and the gaps that stand at its objective."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from servicebook.compliance.terms import Entry, Terms
from servicebook.insight.chain.conversion import backs, first_outside, frame_of, level_of, months_after
from servicebook.insight.chain.dependencies import Reached, ceiling, reached, weakest
from servicebook.insight.chain.ground import (
    Ground,
    Held,
    during,
    promises_availability,
    speaks_of,
    worst_credit,
)
from servicebook.insight.chain.limits import Clock, Late, clock_of, first_late, is_same_kind, limit_of
from servicebook.insight.chain.model import Link, Promise, percent
from servicebook.insight.chain.rules import CEILING, HOURS, LIMIT, NO_AVAILABILITY, gap
from servicebook.model.common import Unit
from servicebook.model.target import Measure
from servicebook.source import Position, Problem
from servicebook.timeline.zone import SECOND, local

FULL = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A promise with its SLA and everything under it."""

    ground: Ground
    terms: Terms
    held: Held
    position: Position
    related: tuple[Position, ...]
    """Where an inherited promise is written."""
    services: tuple[str, ...]
    links: Mapping[str, Reached]

    @property
    def entry(self) -> Entry:
        """The promise's terms."""
        return self.held.entry

    @property
    def window(self) -> tuple[int, int]:
        """The twelve months that are looked at."""
        return months_after(self.ground.as_of, self.entry.zone)

    @property
    def name(self) -> str:
        """The target's id in quotes."""
        return f"'{self.entry.target.id}'"

    def candidates(self, service: str) -> Iterator[tuple[Terms, Entry]]:
        """Every target under the promise that speaks of a service while the promise holds."""
        for below in self.ground.backing(self.terms, service):
            for each in during(self.ground.held[below.agreement.id], self.held, self.ground.as_of):
                if speaks_of(each.entry, service):
                    yield below, each.entry


def stand_of(ground: Ground, terms: Terms, held: Held) -> Stand:
    """A target of an SLA with the services that it needs."""
    entry, agreement = held.entry, terms.agreement
    target = entry.target
    known = ground.catalogue.services
    services = tuple(each.id for each in target.services or agreement.services if each.id in known)
    inherited = entry.owner != agreement.id
    written = target.places.of("objective")
    return Stand(
        ground=ground,
        terms=terms,
        held=held,
        position=agreement.places.of("extends") if inherited else written,
        related=(written,) if inherited else (),
        services=services,
        links=reached(ground.catalogue, services),
    )


def promise_of(stand: Stand) -> tuple[Promise, tuple[Problem, ...]]:
    """A target with what stands under it, and its gaps."""
    target = stand.entry.target
    is_rolling = frame_of(stand.entry) is None
    bare = Promise(
        entry=stand.entry,
        position=stand.position,
        services=stand.services,
        level=_share(stand.entry),
        credit=worst_credit(stand.entry),
    )
    if target.measure is Measure.AVAILABILITY and target.objective.comparison.is_lower_limit:
        links = tuple(_available(stand, service) for service in stand.links)
        if is_rolling:
            return replace(bare, links=links), ()
        return _availability(stand, replace(bare, links=links))
    clock = clock_of(stand.entry)
    if clock is None:
        return replace(bare, links=tuple(_bare_link(stand, service) for service in stand.links)), ()
    return _limited(stand, bare, clock)


def _share(entry: Entry) -> Fraction | None:
    return level_of(entry) if entry.target.objective.level.kind is Unit.SHARE else None


# Availability


def _available(stand: Stand, service: str) -> Link:
    """A link with its weakest promise of availability, after conversion."""
    frame = frame_of(stand.entry)
    found: list[tuple[Fraction, Terms, Entry]] = []
    for below, entry in stand.candidates(service):
        under = frame_of(entry)
        if promises_availability(entry) and under is not None:
            level = level_of(entry)
            worth = level if frame is None else backs(frame, under, level, stand.ground.as_of)
            found.append((worth, below, entry))
    if not found:
        return replace(_bare_link(stand, service), backs=FULL)
    worth, below, entry = min(found, key=lambda each: (each[0], level_of(each[2])))
    return Link(
        service=service,
        is_own=stand.links[service].position is None,
        agreement=below.agreement.id,
        entry=entry,
        position=entry.target.places.of("objective"),
        limit=level_of(entry),
        limit_shown=f"{entry.target.objective.text} per {entry.target.per}",
        backs=worth,
        credit=worst_credit(entry),
    )


def _availability(stand: Stand, promise: Promise) -> tuple[Promise, tuple[Problem, ...]]:
    worth = {link.service: link.backs if link.backs is not None else FULL for link in promise.links}
    level, needs = level_of(stand.entry), stand.ground.needs
    most = ceiling(stand.services, needs, worth)
    judged = replace(
        promise,
        ceiling=most,
        backed=level <= most if any(link.agreement is not None for link in promise.links) else None,
        weakest=weakest(stand.services, needs, worth),
    )
    gaps = [*_above_ceiling(stand, judged), *_without_availability(stand, judged), *_out_of_hours(stand, judged)]
    return judged, tuple(gaps)


def _above_ceiling(stand: Stand, promise: Promise) -> Iterator[Problem]:
    level, most = level_of(stand.entry), promise.ceiling
    if most is None or level <= most:
        return
    objective = stand.entry.target.objective
    short = [link for link in promise.links if link.backs is not None and link.backs < 1]
    parts = "; ".join(
        f"{link.service}: {link.agreement}/{link.target} backs {percent(link.backs)}"
        for link in short
        if link.backs is not None
    )
    message = f"{stand.name} promises {objective.text}, what stands under it backs {percent(most)} at most ({parts})"
    ordered = sorted(short, key=lambda link: link.service != promise.weakest)
    yield gap(CEILING, stand.position, message, (*stand.related, *(link.position for link in ordered)))


def _without_availability(stand: Stand, promise: Promise) -> Iterator[Problem]:
    for link in promise.links:
        if link.agreement is not None and link.entry is None:
            names = ", ".join(each.agreement.id for each in stand.ground.backing(stand.terms, link.service))
            message = (
                f"{stand.name} promises availability, {names} promises none of '{link.service}' by calendar periods"
            )
            yield gap(NO_AVAILABILITY, stand.position, message, (*stand.related, link.position))


def _out_of_hours(stand: Stand, promise: Promise) -> Iterator[Problem]:
    seen = set()
    for link in promise.links:
        if link.entry is None or (link.agreement, link.position) in seen:
            continue
        seen.add((link.agreement, link.position))
        outside = first_outside(stand.entry.calendar, link.entry.calendar, *stand.window)
        if outside is not None:
            message = (
                f"{stand.name} promises {_clock(outside[0], stand.entry)} to {_clock(outside[1], stand.entry)}, for example, "
                f"when {link.agreement}/{link.target} promises nothing of '{link.service}'"
            )
            yield gap(HOURS, stand.position, message, (*stand.related, link.position))


def _clock(instant: int, entry: Entry) -> str:
    """`2026-10-26 08:00` in the promise's zone."""
    return f"{local(instant, entry.zone):%Y-%m-%d %H:%M}"


# Limits of tickets


def _limited(stand: Stand, bare: Promise, clock: Clock) -> tuple[Promise, tuple[Problem, ...]]:
    """A promise of answers or resolutions: every limit of the same kind under it is held against its own."""
    links: list[Link] = []
    gaps: dict[Position, Problem] = {}
    for service in stand.links:
        matching = [
            (below, entry, under)
            for below, entry in stand.candidates(service)
            if is_same_kind(stand.entry.target, entry.target) and (under := clock_of(entry)) is not None
        ]
        late = [(each, found) for each in matching if (found := first_late(clock, each[2], *stand.window)) is not None]
        for (below, entry, _), found in late:
            problem = _late(stand, below, entry, found)
            gaps.setdefault(problem.related[-1], problem)
        if late or matching:
            below, entry, _ = late[0][0] if late else max(matching, key=lambda each: _length(each[2]))
            links.append(_limit_link(stand, service, below, entry))
        else:
            links.append(_bare_link(stand, service))
    backed = not gaps if any(link.entry is not None for link in links) else None
    return replace(bare, links=tuple(links), backed=backed), tuple(gaps.values())


def _length(clock: Clock) -> tuple[int, int]:
    return (clock.working_days or 0, clock.microseconds or 0)


def _limit_link(stand: Stand, service: str, below: Terms, entry: Entry) -> Link:
    limit = limit_of(entry.target)
    is_length = limit is not None and limit.kind is Unit.DURATION
    return Link(
        service=service,
        is_own=stand.links[service].position is None,
        agreement=below.agreement.id,
        entry=entry,
        position=_limit_position(entry),
        limit=limit.microseconds / SECOND if limit is not None and is_length else None,
        limit_shown=limit.text if limit is not None else "",
        credit=worst_credit(entry),
    )


def _limit_position(entry: Entry) -> Position:
    return entry.target.places.of("within" if entry.target.measure is Measure.SHARE_WITHIN else "objective")


def _late(stand: Stand, below: Terms, entry: Entry, late: Late) -> Problem:
    owed, given = limit_of(stand.entry.target), limit_of(entry.target)
    due = "never" if late.link_due is None else _clock(late.link_due, stand.entry)
    message = (
        f"{stand.name} promises {entry.target.of} within {owed.text if owed else ''}, "
        f"{below.agreement.id}/{entry.target.id} within {given.text if given else ''}: opened on "
        f"{_clock(late.opened, stand.entry)}, it is due on {_clock(late.promise_due, stand.entry)} here and "
        f"{f'on {due}' if late.link_due is not None else due} there"
    )
    return gap(LIMIT, stand.position, message, (*stand.related, _limit_position(entry)))


# Links without a promise of the kind


def _bare_link(stand: Stand, service: str) -> Link:
    """A link of which nothing of the kind is promised: where its agreement names it, else where it is needed."""
    below = stand.ground.backing(stand.terms, service)
    named = stand.links[service].position
    if below:
        place = next(each.position for each in below[0].agreement.services if each.id == service)
    elif named is not None:
        place = named
    else:
        place = next((each.position for each in stand.terms.agreement.services if each.id == service), stand.position)
    return Link(
        service=service,
        is_own=named is None,
        agreement=below[0].agreement.id if below else None,
        position=place,
    )
