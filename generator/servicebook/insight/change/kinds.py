"""The values of a comparison: two sides, and the changes between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from servicebook.compliance.terms import Entry, Terms, ancestry, resolve
from servicebook.model.catalogue import ROUND_THE_CLOCK, Catalogue
from servicebook.model.common import Reference
from servicebook.model.metric_source import MetricSource
from servicebook.model.target import Target
from servicebook.source import Position


class ChangeKind(StrEnum):
    """What a change is: *tightened*, the provider owes more; *loosened*, less; *changed*, neither or both."""

    ADDED = "added"
    REMOVED = "removed"
    TIGHTENED = "tightened"
    LOOSENED = "loosened"
    EXTENDED = "extended"
    SHORTENED = "shortened"
    SIGNED = "signed"
    CHANGED = "changed"


def kind_of(direction: int) -> ChangeKind:
    """The kind of a direction: above zero tightened, below zero loosened."""
    if direction == 0:
        return ChangeKind.CHANGED
    return ChangeKind.TIGHTENED if direction > 0 else ChangeKind.LOOSENED


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A catalogue with its terms, before or after the change."""

    catalogue: Catalogue
    terms: Mapping[str, Terms]
    """By agreement."""
    broken: frozenset[tuple[str, str]] = frozenset()
    """Kind and id of what couldn't be read, as `loading.Loaded` has them: nothing is said of it."""

    @classmethod
    def of(cls, catalogue: Catalogue, broken: frozenset[tuple[str, str]] = frozenset()) -> Side:
        """A catalogue with its terms worked out."""
        terms = {agreement.id: resolve(catalogue, agreement) for agreement in catalogue.agreements.values()}
        return cls(catalogue=catalogue, terms=terms, broken=broken)

    def knows_calendar(self, calendar: Reference | str | None) -> bool:
        """Whether a calendar that is named is known; none, and the built-in one, are."""
        return calendar is None or str(calendar) in {ROUND_THE_CLOCK, *self.catalogue.calendars}

    def is_whole(self, terms: Terms) -> bool:
        """Whether everything that an agreement extends is known, so that its terms are all there."""
        return ancestry(self.catalogue, terms.agreement)[-1].extends is None

    def source_of(self, target: Target) -> MetricSource | None:
        """The target's metric source, where it is known."""
        return None if target.source is None else self.catalogue.sources.get(target.source.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A back-test of a target's old and new terms over the newest periods that both judge."""

    periods: tuple[str, ...]
    """Their names, in order of time."""
    noun: str
    """What one of them is: `month`."""
    old_met: int
    old_breached: int
    new_met: int
    new_breached: int

    @property
    def is_another_outcome(self) -> bool:
        """Whether another number would have been breached."""
        return self.old_breached != self.new_breached


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that readers were promised, and that is another one now."""

    kind: ChangeKind
    field: str
    """The key as authors write it: `objective`, `hours`, `maintenance.notice`, `until`."""
    old: str | None
    new: str | None
    position: Position
    """Where it stands now; what is gone: where it stood."""
    title: str
    """Of the agreement or service."""
    agreement: str | None = None
    service: str | None = None
    target: str | None = None
    """None for what belongs to the whole agreement."""
    name: str = ""
    """The target's name."""
    services: tuple[str, ...] = ()
    customer: str | None = None
    since: date | None = None
    """The day from which new terms of a target hold; None: as long as they are there."""
    is_term: bool = True
    """Whether it amends the terms: a signature, an exclusion, a termination and prose don't."""
    reaches: int | None = None
    """The first instant at which figures may differ; None where none does."""
    is_latest: bool = False
    """Whether it is between the last entries of a target, which back-tests judge."""
    replay: Replay | None = None
    """What old and new terms make of the history: of a target its own, of a whole agreement those of all its targets together."""
    effects: tuple[tuple[str, Replay], ...] = ()
    """Of what belongs to a whole agreement: the replay of each target, by its id."""
    entries: tuple[Entry | None, Entry | None] = (None, None)
    """Of a target: what held before and what holds now, for those who say it in words of their own."""
    terms: tuple[Terms, Terms] | None = None
    """Of what belongs to a whole agreement: all its terms before and now."""
