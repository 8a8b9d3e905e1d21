"""Where an agreement stands: its state follows from its dates and signatures, never from a word that can be forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
