"""What a repository's history tells of a catalogue's files; no figure depends on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

ExclusionKey = tuple[str, int, int]
"""An exclusion: its agreement, start and end (UTC microseconds)."""


class Unknown(StrEnum):
    """Why it isn't known when something was first committed."""

    NO_HISTORY = "no history"
    """No git, no repository, or one that can't be read."""
    NOT_COMMITTED = "not committed yet"
    CUT = "history is cut"
    """A shallow clone, which has it from its first commit on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstCommits:
    """When exclusions were first committed."""

    exclusions: Mapping[ExclusionKey, int | Unknown] = field(default_factory=dict)
    """UTC microseconds of the commit. An exclusion that isn't here has no history."""

    def of(self, agreement: str, start: int, end: int) -> int | Unknown:
        """When an exclusion was first committed, or why that isn't known."""
        return self.exclusions.get((agreement, start, end), Unknown.NO_HISTORY)
