"""Where an agreement stands: its state follows from its dates and signatures, never from a word that can be forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from servicebook.compliance.terms import Terms, signed_on
from servicebook.model.agreement import Agreement
from servicebook.model.common import Span
from servicebook.timeline.zone import add_days, add_months, local_date, zone

NOTICE_AHEAD = 60
"""Days before the notice day from which it is due."""


class State(StrEnum):
    """The first of these that holds at `as_of`, in the order of the rule in the content format."""

    TERMINATED = "terminated"
    IN_NEGOTIATION = "in negotiation"
    DRAFT = "draft"
    AGREED = "agreed"
    EXPIRED = "expired"
    NOTICE_DUE = "notice due"
    REVIEW_DUE = "review due"
    IN_FORCE = "in force"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """State and dates of an agreement at `as_of`."""

    state: State
    until: date | None
    """End of the present term, renewals counted, exclusive; after a termination its day."""
    signed: date | None
    """The later of the two parties' dates; None until both have signed."""
    next_review: date | None
    notice_by: date | None
    """Last day to give notice in the present term; None for express renewals and after a termination."""

    @property
    def is_commitment(self) -> bool:
        """Whether its terms bind somebody now."""
        return self.state in (State.IN_FORCE, State.NOTICE_DUE, State.REVIEW_DUE)


def status(terms: Terms, as_of: int) -> Status:
    """Where an agreement stands on the day of `as_of` in its own zone."""
    agreement = terms.agreement
    today = local_date(as_of, zone(terms.zone_name))
    signed = signed_on(agreement)
    if signed is not None and signed > today:
        signed = None
    until = present_until(agreement, today)
    over = agreement.terminated is not None or (until is not None and not is_tacit(agreement) and until <= today)
    review = None if over else next_review(agreement)
    notice = None if over or not is_tacit(agreement) else notice_day(agreement, until)
    return Status(
        state=_state(agreement, today, signed, until, review, notice),
        until=until,
        signed=signed,
        next_review=review,
        notice_by=notice,
    )


def statuses(terms: Mapping[str, Terms], as_of: int) -> dict[str, Status]:
    """The status of each agreement."""
    return {agreement: status(each, as_of) for agreement, each in terms.items()}


def is_tacit(agreement: Agreement) -> bool:
    """Whether the agreement rolls over by its term unless somebody gives notice."""
    return agreement.renewal is not None and agreement.renewal.kind == "tacit"


def present_until(agreement: Agreement, today: date) -> date | None:
    """The end of the present term: whole terms are added to the first `until`, each counted from the first.

    After a termination its day.
    """
    if agreement.terminated is not None:
        return agreement.terminated
    first = agreement.until
    term = agreement.renewal.term if agreement.renewal is not None else None
    if first is None or not is_tacit(agreement) or term is None or not (term.months or term.days):
        return first
    terms, until = 0, first
    while until <= today:
        terms += 1
        until = _moved(first, term, terms)
    return until


def renewed_once(agreement: Agreement) -> date | None:
    """The end of the first renewed term; None where nothing renews tacitly."""
    term = agreement.renewal.term if agreement.renewal is not None and is_tacit(agreement) else None
    return None if agreement.until is None or term is None else _moved(agreement.until, term, 1)


def next_review(agreement: Agreement) -> date | None:
    """The day of the next review, counted from the last one, else from `from`."""
    review = agreement.review
    return None if review is None else _moved(review.last or agreement.from_, review.every, 1)


def notice_day(agreement: Agreement, until: date | None) -> date | None:
    """The last day to give notice before the term ends."""
    notice = agreement.renewal.notice if agreement.renewal is not None else None
    return None if until is None or notice is None else _moved(until, notice, -1)


def _moved(day: date, span: Span, times: int) -> date:
    return add_days(add_months(day, times * span.months), times * span.days)


def _state(
    agreement: Agreement, today: date, signed: date | None, until: date | None, review: date | None, notice: date | None
) -> State:
    if agreement.terminated is not None and agreement.terminated <= today:
        return State.TERMINATED
    if signed is None:
        begun = any(step.done is not None and step.done <= today for step in agreement.negotiation)
        one_side = any(each.date is not None and each.date <= today for each in agreement.signatures)
        return State.IN_NEGOTIATION if begun or one_side else State.DRAFT
    if today < agreement.from_:
        return State.AGREED
    if until is not None and until <= today:
        return State.EXPIRED
    if notice is not None and add_days(notice, -NOTICE_AHEAD) <= today <= notice:
        return State.NOTICE_DUE
    if review is not None and review <= today:
        return State.REVIEW_DUE
    return State.IN_FORCE
