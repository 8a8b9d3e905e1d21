"""What editors write about breaches: why a promise was missed, and what was put right."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from servicebook.model.common import Places, Reference
from servicebook.source import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachOf:
    """A promise that was missed in a period."""

    agreement: Reference
    target: Reference
    period: Reference
    """`2026-10` stands for its parts `2026-10/1` and `2026-10/2` too."""

    def names(self, agreement: str, target: str, period: str) -> bool:
        """Whether a result is meant."""
        is_period = names_period(self.period.id, period)
        return (self.agreement.id, self.target.id) == (agreement, target) and is_period


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachAccount:
    """A file of `content/breaches`: cause and correction of one breach, or of several with the same cause."""

    id: str
    title: str
    breaches: tuple[BreachOf, ...]
    cause: str
    """One sentence or two; the rest is in the body."""
    correction: str = ""
    """What was put right; empty as long as nothing was."""
    owner: Reference | None = None
    """The party that sees to it."""
    corrected: date | None = None
    """The day on which the correction was in place."""
    improvements: tuple[Reference, ...] = ()
    """What is planned so that it doesn't come again."""
    summary: str = ""
    audience: tuple[str, ...] = ()
    body: str = field(default="", compare=False)
    body_position: Position | None = field(default=None, compare=False)
    path: str = field(default="", compare=False)
    places: Places = field(compare=False)


def names_period(written: str, period: str) -> bool:
    """Whether a written period is a result's, or the whole of which that is a part."""
    return written in (period, period.partition("/")[0])
