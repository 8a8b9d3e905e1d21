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
    NOT_TEXT = "not text"
    """A row of a file that is compressed, or of columns."""
    CUT = "history is cut"
    """A shallow clone, which has it from its first commit on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstCommits:
    """When exclusions and announced work were committed."""

    exclusions: Mapping[ExclusionKey, int | Unknown] = field(default_factory=dict)
    """UTC microseconds of the commit. An exclusion that isn't here has no history."""
    rows: Mapping[tuple[str, int], int | Unknown] = field(default_factory=dict)
    """Path and line of rows of metric files: the commit that wrote them as they stand."""

    def of(self, agreement: str, start: int, end: int) -> int | Unknown:
        """When an exclusion was first committed, or why that isn't known."""
        return self.exclusions.get((agreement, start, end), Unknown.NO_HISTORY)

    def of_row(self, path: str, line: int) -> int | Unknown:
        """When a row of a metric file was committed as it stands, or why that isn't known."""
        return self.rows.get((path, line), Unknown.NO_HISTORY)
