"""How readers say what is wrong: an exception inside a value, a list of problems for a run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from servicebook.source import Position, Problem


class Unreadable(ValueError):
    """A text that isn't the value it should be; whoever knows its place makes a problem of it."""

    def __init__(self, message: str, hint: str = "", *, rule: str = "field/wrong-value") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.rule = rule


@dataclass(slots=True)
class Report:
    """Collects the problems of one run."""

    problems: list[Problem] = field(default_factory=list)
    broken: set[tuple[str, str]] = field(default_factory=set)
    """Kind and id of things that are left out because of an error."""

    def error(
        self, position: Position, rule: str, message: str, hint: str = "", *, related: Iterable[Position] = ()
    ) -> None:
        """Adds an error."""
        self.problems.append(Problem(position=position, rule=rule, message=message, hint=hint, related=tuple(related)))

    def unreadable(self, position: Position, error: Unreadable) -> None:
        """Adds what is wrong with a value."""
        self.error(position, error.rule, error.message, error.hint)


def excerpt(text: str, length: int = 60) -> str:
    """A text as a message quotes it: on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
