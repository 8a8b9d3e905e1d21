"""Where the readers of metric files put what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from servicebook.metrics.engine import OutOfMemory
from servicebook.metrics.rules import NO_END, RULES, TOO_BIG, UNREADABLE, UNUSED_COLUMN
from servicebook.source import Position, Problem, Severity

OF_DEFINITIONS = frozenset({NO_END, UNUSED_COLUMN})
"""Warnings about a definition, not about rows."""

_SEVERITY = {rule.id: rule.severity for rule in RULES}


class Broken(Exception):
    """A file that can't be read on; carries the problem that says why."""

    def __init__(self, rule: str, line: int, message: str, hint: str = "", count: int = 1) -> None:
        super().__init__(message)
        self.rule, self.line, self.message, self.hint, self.count = rule, line, message, hint, count


def refusal(error: Exception, path: Path) -> Broken:
    """Why the engine can't read a file, in its own words but without the place of the file on this machine."""
    if isinstance(error, OutOfMemory):
        return Broken(TOO_BIG, 1, "takes more memory than there is for it")
    reason = str(error).split("\n", maxsplit=1)[0]
    reason = reason.replace(str(path), path.name).replace(str(path.parent), "")
    return Broken(UNREADABLE, 1, "can't be read", f"the reader says: {reason[:160]}")


@dataclass(slots=True)
class Findings:
    """The problems of one source, in the order in which they were found."""

    problems: list[Problem] = field(default_factory=list)

    def add(
        self,
        rule: str,
        position: Position,
        message: str,
        *,
        hint: str = "",
        count: int = 1,
        severity: Severity | None = None,
        related: Iterable[Position] = (),
    ) -> None:
        """Report one fault; its severity is that of its rule unless given."""
        self.problems.append(
            Problem(
                position=position,
                rule=rule,
                message=message,
                hint=hint,
                severity=severity or _SEVERITY[rule],
                related=tuple(related),
                count=count,
                about_rows=rule not in OF_DEFINITIONS,
            )
        )

    def broken(self, path: str, fault: Broken) -> None:
        """Report why a file can't be read on."""
        self.add(fault.rule, Position(path, fault.line), fault.message, hint=fault.hint, count=fault.count)

    def counts(self) -> tuple[tuple[str, int], ...]:
        """Rule and number of rows of each kind of warning about rows."""
        totals: dict[str, int] = {}
        for problem in self.problems:
            if not problem.is_error and problem.rule not in OF_DEFINITIONS:
                totals[problem.rule] = totals.get(problem.rule, 0) + problem.count
        return tuple(sorted(totals.items()))
