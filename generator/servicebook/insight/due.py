"""What falls due: reviews, notice days, ends, steps of negotiations, improvements, announced maintenance.

Days are judged in the zone of the agreement that they belong to. A day is overdue once it is over and nobody has done
what was due on it; what passes by itself (the last day to give notice, an end, a renewal) is never overdue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from servicebook.compliance.service_time import known_end
from servicebook.compliance.terms import Terms
from servicebook.insight.lifecycle import State, Status, is_tacit
from servicebook.model.agreement import Agreement, AgreementType, Step
from servicebook.model.catalogue import Catalogue
from servicebook.model.measurement import Outage
from servicebook.model.planning import Improvement
from servicebook.timeline.zone import add_days, format_utc, local_date, zone

AHEAD = 90
"""How many days ahead something is called due."""
UNSIGNED = frozenset({State.DRAFT, State.IN_NEGOTIATION})
OVER = frozenset({State.EXPIRED, State.TERMINATED})


class Kind(StrEnum):
    """What falls due."""

    REVIEW = "review"
    NOTICE = "notice"
    """The last day to give notice before the present term ends."""
    RENEWAL = "renewal"
    """The day on which a tacit renewal begins its next term."""
    END = "end"
    """The first day on which the terms no longer hold: `until`, or the day of a termination."""
    BEGIN = "begin"
    """The first day of a signed agreement."""
    SIGNATURES = "signatures"
    """An agreement is to begin that both parties haven't signed yet."""
    STEP = "step"
    """A step of a negotiation's timetable."""
    IMPROVEMENT = "improvement"
    MAINTENANCE = "maintenance"


_ANSWERED = frozenset({Kind.REVIEW, Kind.SIGNATURES, Kind.STEP, Kind.IMPROVEMENT})
"""What somebody has to do, and may be late with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """Something with a day."""

    kind: Kind
    subject: str
    """Id of the agreement, or of the improvement."""
    parties: frozenset[str]
    """Whom it concerns: both parties of the agreement, the owner of the improvement."""
    owner: str | None
    """Who sees to it: the provider, but of a supplier's contract the unit of ours that buys."""
    zone_name: str
    day: date
    """The day on which it is due; of maintenance that on which it begins."""
    today: date
    """The day of `as_of` in the same zone."""
    done: date | None = None
    detail: str = ""
    """The name of a step."""
    name: str = ""
    """What tells it from others of its kind and subject, in words that stay."""
    span: tuple[int, int] | None = None
    """Start and end of maintenance, UTC microseconds."""

    @property
    def is_overdue(self) -> bool:
        """Whether its day is over and nobody did it."""
        return self.done is None and self.day < self.today and self.kind in _ANSWERED

    @property
    def is_ahead(self) -> bool:
        """Whether it is still to come; maintenance that goes on is."""
        return self.done is None and (self.day >= self.today or self.kind is Kind.MAINTENANCE)

    @property
    def days_late(self) -> int:
        """How many days after its day it was done, or is open by now; 0 where it isn't late."""
        if self.kind not in _ANSWERED:
            return 0
        return max(0, ((self.done or self.today) - self.day).days)

    @property
    def is_due(self) -> bool:
        """Whether it is overdue, or falls due within ninety days."""
        return self.is_overdue or (self.is_ahead and self.day <= add_days(self.today, AHEAD))

    @property
    def key(self) -> str:
        """Names it for good: its kind, its subject and what tells it apart, never a day that may be moved."""
        return ".".join(part for part in (self.kind.value, self.subject, self.name) if part)


def due_items(
    catalogue: Catalogue,
    terms: Mapping[str, Terms],
    statuses: Mapping[str, Status],
    planned: Mapping[str, Iterable[Outage]],
    as_of: int,
) -> tuple[DueItem, ...]:
    """Everything with a day, in order of days, kinds and names.

    Agreements that nobody signed have the steps of their negotiation and the day on which they are to begin; those that
    are over keep their end. `planned` is announced work by agreement.
    """
    items: list[DueItem] = []
    for agreement_id, each in terms.items():
        items += _of_agreement(each, statuses[agreement_id], planned.get(agreement_id, ()), as_of)
    items += [item for plan in catalogue.improvements.values() for item in _of_improvement(plan, terms, as_of)]
    return tuple(sorted(items, key=lambda item: (item.day, item.key)))


def owner_of(agreement: Agreement) -> str:
    """Who sees to an agreement's days: its provider, but of a supplier's contract the unit of ours that buys."""
    side = agreement.customer if agreement.type is AgreementType.UC else agreement.provider
    return side.id


def zone_of_improvement(plan: Improvement, terms: Mapping[str, Terms]) -> str:
    """An improvement's days are those of the first agreement that it is for; UTC without one."""
    return next((terms[aim.agreement.id].zone_name for aim in plan.targets if aim.agreement.id in terms), "UTC")


def step_items(terms: Terms, as_of: int) -> Iterator[DueItem]:
    """The steps of an agreement's negotiation that have a day, whatever became of the agreement."""
    for name, step in named_steps(terms.agreement):
        day = step.due or step.done
        if day is not None:
            item = _item(terms, as_of, Kind.STEP, day)
            yield replace(item, done=_known(step.done, item.today), detail=step.step, name=name)


def _of_agreement(terms: Terms, status: Status, planned: Iterable[Outage], as_of: int) -> Iterator[DueItem]:
    for kind, day in _days_of(terms.agreement, status):
        yield _item(terms, as_of, kind, day)
    if status.state not in OVER:
        yield from step_items(terms, as_of)
    for row in planned if status.state not in UNSIGNED else ():
        end = known_end(row)
        if end is not None:
            begin = _item(terms, as_of, Kind.MAINTENANCE, local_date(row.start, zone(terms.zone_name)))
            yield replace(begin, name=_compact(row.start), span=(row.start, end))


def _item(terms: Terms, as_of: int, kind: Kind, day: date) -> DueItem:
    agreement = terms.agreement
    return DueItem(
        kind=kind,
        subject=agreement.id,
        parties=frozenset({agreement.provider.id, agreement.customer.id}),
        owner=owner_of(agreement),
        zone_name=terms.zone_name,
        day=day,
        today=local_date(as_of, zone(terms.zone_name)),
    )


def _compact(instant: int) -> str:
    """`20261107T210000Z`."""
    return format_utc(instant).replace(":", "").replace("-", "")


def _days_of(agreement: Agreement, status: Status) -> Iterator[tuple[Kind, date]]:
    if status.state in UNSIGNED:
        yield Kind.SIGNATURES, agreement.from_
        return
    yield Kind.BEGIN, agreement.from_
    if status.next_review is not None:
        yield Kind.REVIEW, status.next_review
    if status.notice_by is not None:
        yield Kind.NOTICE, status.notice_by
    if status.until is not None:
        renews = is_tacit(agreement) and agreement.terminated is None
        yield Kind.RENEWAL if renews else Kind.END, status.until


def named_steps(agreement: Agreement) -> Iterator[tuple[str, Step]]:
    """The steps of the negotiation with a name for each that stays when others come or go."""
    seen: dict[str, int] = {}
    for step in agreement.negotiation:
        name = "-".join("".join(c if c.isalnum() else " " for c in step.step.casefold()).split())
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name}-{seen[name]}"), step


def _of_improvement(plan: Improvement, terms: Mapping[str, Terms], as_of: int) -> Iterator[DueItem]:
    day = plan.due or plan.done
    if day is None:
        return
    zone_name = zone_of_improvement(plan, terms)
    today = local_date(as_of, zone(zone_name))
    owner = plan.owner.id if plan.owner is not None else None
    yield DueItem(
        kind=Kind.IMPROVEMENT,
        subject=plan.id,
        parties=frozenset({owner} if owner is not None else ()),
        owner=owner,
        zone_name=zone_name,
        day=day,
        today=today,
        done=_known(plan.done, today),
    )


def _known(done: date | None, today: date) -> date | None:
    """What is dated after `as_of` hasn't been done yet."""
    return done if done is not None and done <= today else None
