"""Problems as MkDocs reports them: in its own log, whose warnings a strict build counts."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from servicebook.source import Problem, in_order

log = logging.getLogger("mkdocs.plugins.servicebook")


def report(problems: Iterable[Problem]) -> None:
    """Log every problem. Those about rows of metric files are told, but fail no strict build."""
    for problem in in_order(problems):
        log.log(_level(problem), _line(problem))


def fails_strict(problem: Problem) -> bool:
    """Whether a strict build stops at it: errors, and warnings but for those about rows of metric files."""
    return problem.is_error or problem.group != "metrics"


def _level(problem: Problem) -> int:
    if problem.is_error:
        return logging.ERROR
    return logging.WARNING if fails_strict(problem) else logging.INFO


def _line(problem: Problem) -> str:
    place = problem.position
    count = f" ({problem.count} times)" if problem.count > 1 else ""
    hint = f"\n    hint: {problem.hint}" if problem.hint else ""
    return (
        f"{place.path}:{place.line}:{place.column}: {problem.severity}: {problem.message}{count} [{problem.rule}]{hint}"
    )
