"""Problems as MkDocs reports them: in its own log, whose warnings a strict build counts."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from servicebook.adapters import problem_report
from servicebook.source import Problem, in_order

log = logging.getLogger("mkdocs.plugins.servicebook")


def report(problems: Iterable[Problem], root: Path) -> None:
    """Log every problem with its line in `root`. Those about rows of metric files are told, but fail no strict build."""
    for problem in in_order(problems):
        # The same words as `servicebook check`, without its last line, which counts.
        log.log(_level(problem), "%s", problem_report.text([problem], root).rpartition("\n\n")[0])


def fails_strict(problem: Problem) -> bool:
    """Whether a strict build stops at it: errors, and warnings but for those about rows of metric files."""
    return problem.is_error or not problem.about_rows


def _level(problem: Problem) -> int:
    if problem.is_error:
        return logging.ERROR
    return logging.WARNING if fails_strict(problem) else logging.INFO
