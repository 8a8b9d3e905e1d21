"""What the promises under an SLA back: links, promises and the chain of one agreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from servicebook.compliance.display import fixed, rounded_to_breach
from servicebook.compliance.terms import Entry
from servicebook.source import Position, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One service that a promise rests on, and what somebody promises for it."""

    service: str
    is_own: bool
    """Whether it is a service of the SLA itself, and not one that those depend on."""
    agreement: str | None = None
    """The agreement under it that says what it promises; None where none covers the service."""
    entry: Entry | None = None
    """The target of that agreement; None where it promises nothing of the kind."""
    position: Position
    """Of the link's promise; without one, where the service is named by the agreement that covers it, else by what needs it."""
    limit: Fraction | None = None
    """What the link promises: a share, or seconds of a limit (None for one in working days)."""
    limit_shown: str = ""
    """The same as written: `at least 99.9 %`, `4 h`, `2 working days`."""
    backs: Fraction | None = None
    """The share that it backs in the promise's periods and hours; 1 where nothing is promised. None where no share is promised."""
    credit: Fraction | None = None
    """The worst band, a share of what is paid for the link."""

    @property
    def target(self) -> str | None:
        """Id of the target."""
        return None if self.entry is None else self.entry.target.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One target of an SLA, as it holds at `as_of` or later, with what stands under it."""

    entry: Entry
    position: Position
    """Where findings about it stand: its `objective`, or `extends` where the target is inherited."""
    services: tuple[str, ...]
    """Those that it speaks of."""
    level: Fraction | None = None
    """What is promised, as a share; None where no share is."""
    ceiling: Fraction | None = None
    """The greatest availability that the links back together; None for other measures, and for rolling windows, which only inform."""
    backed: bool | None = None
    """Whether the links carry the promise; None where nothing under it promises anything of the kind."""
    links: tuple[Link, ...] = ()
    """The promise's own services first, then those that they reach, each once."""
    weakest: str | None = None
    """The service that keeps the ceiling down most; None where nothing does."""
    credit: Fraction | None = None
    """The worst band, a share of what the customer pays."""

    @property
    def target(self) -> str:
        """Id of the target."""
        return self.entry.target.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Everything that stands under one SLA."""

    agreement: str
    promises: tuple[Promise, ...]
    """In the order of the targets' ids; a target that changes while it lasts is there once for each of its entries."""
    gaps: tuple[Problem, ...]
    """In order; all of them stand in the agreement's own file."""
    needs: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """For each service of the chain what it depends on: of several services together, one suffices."""


def percent(share: Fraction) -> str:
    """A share as per cent, cut to four digits behind the point: never more than is backed."""
    digits = fixed(rounded_to_breach(share * 100, 4, downwards=True), 4)
    return f"{digits.rstrip('0').rstrip('.')} %"
