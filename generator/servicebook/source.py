"""Where something was written, and what is wrong there.

The lowest layer: it imports nothing of ours. Every reader, check and calculation
reports in these two values, so that one printer serves them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in an author's file."""

    path: str
    """Relative to the catalogue's root, with forward slashes."""
    line: int = 1
    """Counted from 1; in metric files the line of the decompressed text, in Parquet the row."""
    column: int = 1
    """Counted from 1, in characters."""


class Severity(StrEnum):
    """How grave a problem is: with an `error` nothing is published."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something an editor has to mend, or should know of."""

    position: Position
    rule: str
    """`group/rule`, for example `reference/unknown-source`; `servicebook rules` explains each."""
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    related: tuple[Position, ...] = field(default=())
    count: int = 1
    """How many rows of a metric file have this fault; `position` is the first of them."""
    about_rows: bool = False
    """Whether it is about rows of a metric file: such a warning fails no strict build."""

    @property
    def group(self) -> str:
        """The part of the rule's name before the slash."""
        return self.rule.partition("/")[0]

    @property
    def is_error(self) -> bool:
        """Whether this problem keeps the catalogue from being published."""
        return self.severity is Severity.ERROR


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems sorted by path, line, column and rule, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.position, p.rule, p.message)))


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """A hint that names the nearest candidate, or nothing when none is near."""
    lowered = {name.lower(): name for name in sorted(set(candidates))}
    near = get_close_matches(word.lower(), lowered, n=1, cutoff=0.7)
    return f"did you mean '{lowered[near[0]]}'?" if near else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a check means and how to satisfy it."""

    id: str
    """`group/rule`, as in `Problem.rule`."""
    meaning: str
    remedy: str
    severity: Severity = Severity.ERROR
