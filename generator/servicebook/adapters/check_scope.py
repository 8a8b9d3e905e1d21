"""What a check is asked about: the paths that narrow it, and what makes it fail."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from servicebook.adapters.problem_log import fails_strict
from servicebook.source import Problem, in_order

EVERYTHING = "."
"""The catalogue's root, as a path within it."""


class NoSuchPathError(ValueError):
    """A path that names nothing of the catalogue: a check of it would find nothing, whatever is wrong."""


def within(problems: Iterable[Problem], paths: Sequence[str], root: Path) -> tuple[Problem, ...]:
    """The problems that stand in one of the paths, files or folders; without paths all of them.

    A path is relative to the catalogue's root, or else to where one stands, or absolute. Raises NoSuchPathError for one
    that is neither there nor has a problem, as a file that is missing may.
    """
    found = in_order(problems)
    if not paths:
        return found
    places = {problem.position.path for problem in found}
    asked = {_in_catalogue(path, root, places) for path in paths}
    return tuple(problem for problem in found if asked & _around(problem.position.path))


def failing(problems: Iterable[Problem], *, fail_on: str, strict: bool) -> tuple[Problem, ...]:
    """Those that make a check fail: at or above `fail_on` (`error`, `warning` or `never`), and with `strict` what fails a strict build."""
    return tuple(
        problem
        for problem in problems
        if fail_on == "warning" or (fail_on == "error" and problem.is_error) or (strict and fails_strict(problem))
    )


def _in_catalogue(path: str, root: Path, places: Iterable[str]) -> str:
    """A path as problems name it: relative to the root, with forward slashes."""
    named = [place for place in (_relative(root / path, root), _relative(Path(path), root)) if place is not None]
    if not named:
        raise NoSuchPathError(f"{path} lies outside the catalogue")
    there = {parent for place in places for parent in _around(place)}
    for place in named:
        if place in there or (root / place).exists():
            return place
    raise NoSuchPathError(f"there is no {path} in the catalogue")


def _relative(path: Path, root: Path) -> str | None:
    """A path below the root, as it is written or else with links followed; None where it lies elsewhere."""
    for resolved in (os.path.abspath, os.path.realpath):
        below = Path(resolved(path))
        if below.is_relative_to(resolved(root)):
            return below.relative_to(resolved(root)).as_posix()
    return None


def _around(path: str) -> set[str]:
    """A file's path and those of all folders around it."""
    return {path, EVERYTHING, *(str(folder) for folder in PurePosixPath(path).parents)}
