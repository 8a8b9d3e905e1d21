"""Needs (service level requirements) and improvements."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from servicebook.model.common import Objective, Places, Quantity, Reference
from servicebook.model.target import Measure
from servicebook.source import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A level that a customer needs."""

    measure: Measure
    objective: Objective
    percentile: str = ""
    of: str | None = None
    within: Quantity | None = None
    statistic: str | None = None
    places: Places = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a customer needs, mapped to services."""

    id: str
    title: str
    customer: Reference
    priority: str
    """`must`, `should` or `could`."""
    status: str
    """`open`, `agreed` or `declined`."""
    requires: tuple[Requirement, ...] = ()
    served_by: tuple[Reference, ...] = ()
    reason: str = ""
    summary: str = ""
    aliases: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    body: str = field(default="", compare=False)
    body_position: Position | None = field(default=None, compare=False)
    path: str = field(default="", compare=False)
    places: Places = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementFor:
    """The promise that an improvement is meant for."""

    agreement: Reference
    target: Reference | None = None
    period: Reference | None = None
    """The period of the breach that it answers, where it answers one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement:
    """An entry of the improvement plan."""

    id: str
    title: str
    targets: tuple[ImprovementFor, ...] = ()
    owner: Reference | None = None
    due: date | None = None
    done: date | None = None
    summary: str = ""
    aliases: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    body: str = field(default="", compare=False)
    body_position: Position | None = field(default=None, compare=False)
    path: str = field(default="", compare=False)
    places: Places = field(compare=False)
