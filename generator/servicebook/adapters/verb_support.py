"""What all verbs share: their options, the catalogue that they work on, and how they refuse.

Exit codes: 0 fine; 1 findings; 2 wrong usage or configuration; 3 a fault of ours, with a file to report.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from servicebook.adapters import problem_report
from servicebook.adapters.catalogue_folder import WrongSettingsError, docs_folder
from servicebook.adapters.clock import WrongMomentError, moment
from servicebook.adapters.closing import examine_folder
from servicebook.compliance.terms import Terms
from servicebook.pipeline import Examined
from servicebook.source import Problem, did_you_mean
from servicebook.timeline.period import period_named
from servicebook.timeline.zone import zone

FINE, FINDINGS, MISUSE, FAULT = 0, 1, 2, 3
Verb = TypeVar("Verb", bound=Callable[..., Any])


def options(command: Verb) -> Verb:
    """Give a verb the options of every verb: `root` and `as_of`."""
    at = click.option(
        "--as-of", metavar="INSTANT", help="an instant with offset, or a date (midnight UTC); default: now"
    )
    where = click.option(
        "-C",
        "root",
        default=".",
        metavar="DIR",
        help="the catalogue's root; default: here",
        type=click.Path(path_type=Path),
    )
    return where(at(command))


def examined(root: Path, as_of: str | None, agreements: Sequence[str] = ()) -> Examined:
    """Everything that is known of the catalogue in a folder; with `agreements` only their results."""
    folder = folder_of(root)
    return examine_folder(folder, moment_of(as_of), content_dir=content_dir_of(folder), agreements=agreements)


def content_dir_of(folder: Path) -> str:
    """The folder of content as the site's settings name it; wrong usage where they can't be read."""
    try:
        return docs_folder(folder)
    except WrongSettingsError as error:
        misuse(str(error))


def moment_of(as_of: str | None) -> int:
    """`as_of` in UTC microseconds; wrong usage where it is no moment."""
    try:
        return moment(as_of)
    except WrongMomentError as error:
        misuse(str(error))


def folder_of(root: Path) -> Path:
    """The catalogue's root; wrong usage where there is no catalogue."""
    if not root.is_dir():
        misuse(f"{root} is no folder")
    if not any((root / name).exists() for name in ("mkdocs.yml", "mkdocs.yaml", "content", "data/metrics")):
        misuse(f"{root} holds no catalogue", "a catalogue has an mkdocs.yml and a folder content/; -C names its root")
    return root


def without_errors(found: Examined, root: Path) -> Examined:
    """A catalogue without errors; with one the verb ends here."""
    if found.has_errors:
        refuse(found.problems, root, found.as_of)
    return found


def refuse(problems: Sequence[Problem], root: Path, as_of: int) -> NoReturn:
    """End a verb with all errors on standard error, and exit code 1."""
    errors = [problem for problem in problems if problem.is_error]
    click.echo(problem_report.text(errors, root, as_of, colour=colour()), err=True)
    raise click.exceptions.Exit(FINDINGS)


def known_names(agreements: Mapping[str, Terms], agreement: str | None, target: str | None) -> None:
    """Wrong usage, with the near miss, where an agreement or a target is named that isn't there."""
    if agreement is not None and agreement not in agreements:
        misuse(f"no agreement '{agreement}'", did_you_mean(agreement, agreements))
    known = {name for key, terms in agreements.items() if agreement in (None, key) for name in terms.targets}
    if target is not None and target not in known:
        misuse(f"no target '{target}'", did_you_mean(target, known))


def known_period(name: str) -> None:
    """Wrong usage where a name is no period's."""
    if name.startswith("rolling-"):
        return  # named by its day, which only the results tell
    try:
        period_named(name.partition("/")[0], zone("UTC"))
    except ValueError as error:
        misuse(f"--period: {error}")


def misuse(message: str, hint: str = "") -> NoReturn:
    """End a verb as wrongly used, with exit code 2 and what would be right."""
    raise click.UsageError(f"{message}; {hint}" if hint else message)


def colour() -> bool:
    """Whether colours are welcome: on a terminal, unless `NO_COLOR` or `CI` is set."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and "CI" not in os.environ
