"""Closed periods: figures that were published and don't change any more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Key = tuple[str, str, str]
"""Agreement, target, period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restatement:
    """A correction of a published figure, with its reason."""

    agreement: str
    target: str
    period: str
    why: str
    date: str
    """The day, UTC."""
    old: Mapping[str, Any]
    """What was compared, as published before: verdict, value, numerator, denominator, credit."""
    new: Mapping[str, Any]

    @property
    def key(self) -> Key:
        """What names the result."""
        return (self.agreement, self.target, self.period)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPeriod:
    """A file `data/published/<period>.json`."""

    period: str
    path: str
    """Relative to the catalogue's root."""
    closed_at: str
    """The `as_of` at which the period was closed first, as text."""
    results: Mapping[Key, Mapping[str, Any]]
    """Results as `evaluate` prints them, restated ones with their new figures."""
    restatements: tuple[Restatement, ...] = ()

    @property
    def closed_on(self) -> date:
        """The day on which it was closed first, UTC."""
        return date.fromisoformat(self.closed_at[:10])
