"""What the working tree does to the promises of a git revision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from servicebook.adapters.catalogue_folder import SETTINGS, WrongSettingsError, docs_folder
from servicebook.adapters.first_commits import first_commits
from servicebook.adapters.git_tree import base_commit, changed_files, empty_folder, write_files
from servicebook.checks import check, check_metrics
from servicebook.insight.chain import chains
from servicebook.insight.change import Change, Side, amendments, compare, with_replays
from servicebook.insight.examples import run_examples
from servicebook.insight.late_exclusions import late_exclusions
from servicebook.loading import load
from servicebook.metrics import MetricStore, open_metrics
from servicebook.metrics.examples import examples_given
from servicebook.pipeline import (
    DEFINITIONS,
    METRICS_FOLDER,
    Opened,
    announcement_lists,
    capacity_limits,
    metric_files,
    opened,
    wanted,
)
from servicebook.source import Problem, in_order


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """What changed since a revision, in promises and in problems."""

    base: str
    """The commit."""
    as_of: int
    old: Side
    new: Side
    changes: tuple[Change, ...]
    amendments: tuple[Problem, ...]
    """What is wrong with amendments of terms in force; they are among the problems that are new."""
    new_problems: tuple[Problem, ...]
    gone_problems: tuple[Problem, ...]
    base_problems: tuple[Problem, ...]
    """Everything that is wrong in the revision, as `check` would say now."""


class RefusedError(ValueError):
    """The working tree has errors: nothing is compared."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("the catalogue has errors")
        self.problems = tuple(problems)


def diff(root: Path, as_of: int, *, content_dir: str, base: str | None = None) -> Diff:
    """Compare the catalogue in `root` with a revision, by default the merge base with the default branch.

    Raises GitError where there is nothing to compare with, RefusedError where the working tree has errors. Errors of
    the revision keep nothing from being compared that they don't touch.
    """
    commit = base_commit(root, base)
    with opened(root, as_of, content_dir=content_dir) as book, empty_folder() as folder:
        new = Side(catalogue=book.catalogue, terms=book.terms)
        commits = first_commits(root, book.catalogue.agreements.values())
        late = late_exclusions(new.terms, commits)
        problems = in_order((*book.problems, *_derived(new, book.records, book.problems, as_of), *late))
        if any(problem.is_error for problem in problems):
            raise RefusedError(problems)
        old, found = _base(root, commit, folder, content_dir, book)
        # What came late before the revision is known there too.
        before = in_order((*found, *late_exclusions(old.terms, commits)))
        faulty = {problem.position.path for problem in before if problem.is_error}
        changes = with_replays(compare(old, new, as_of), old, new, book.records, faulty=faulty)
    amended = amendments(changes, old, new, as_of)
    return Diff(
        base=commit,
        as_of=as_of,
        old=old,
        new=new,
        changes=changes,
        amendments=amended,
        new_problems=in_order((*_only(problems, before), *amended)),
        gone_problems=_only(before, problems),
        base_problems=before,
    )


def _only(problems: Iterable[Problem], others: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems that the others don't have: they match by path, rule and message, wherever the line is now."""
    known = {_key(problem) for problem in others}
    return tuple(problem for problem in problems if _key(problem) not in known)


def _key(problem: Problem) -> tuple[str, str, str]:
    return problem.position.path, problem.rule, problem.message


def _base(root: Path, commit: str, folder: Path, content_dir: str, book: Opened) -> tuple[Side, tuple[Problem, ...]]:
    """The catalogue of a commit, and everything that is wrong in it.

    Where no metric file was changed those of the working tree are read, which may be large.
    """
    has_same_files = all(map(_is_definition, changed_files(root, commit, METRICS_FOLDER)))
    write_files(root, commit, SETTINGS, folder)
    suffixes = tuple(sorted(DEFINITIONS)) if has_same_files else ()
    write_files(root, commit, [METRICS_FOLDER], folder, suffixes=suffixes)
    content = content_dir_of(folder, content_dir)
    write_files(root, commit, [content], folder)
    loaded = load(folder, content_dir=content)
    side = Side.of(loaded.catalogue, loaded.broken)
    written = (*loaded.problems, *check(side.catalogue, side.terms, as_of=book.as_of, broken=loaded.broken))
    metrics_root = root if has_same_files else folder
    is_same = has_same_files and _asks_the_same(side, book)
    with nullcontext(book.records) if is_same else _metrics(metrics_root, side, book.as_of) as store:
        store.read_all()
        found = (
            *store.problems,
            *check_metrics(side.catalogue, side.terms, store, metric_files(metrics_root), broken=loaded.broken),
        )
        problems = in_order((*written, *found))
        return side, in_order((*problems, *_derived(side, store, problems, book.as_of)))


def _is_definition(path: str) -> bool:
    inside = Path(path).relative_to(METRICS_FOLDER)
    return len(inside.parts) == 1 and inside.suffix.lower() in DEFINITIONS


def content_dir_of(folder: Path, present: str) -> str:
    """Where the revision has its content; where its settings can't be read, where it is now."""
    try:
        return docs_folder(folder)
    except WrongSettingsError:
        return present


def _asks_the_same(old: Side, book: Opened) -> bool:
    """Whether the revision asks its metric files for the same as the working tree, so that they need not be read again."""
    new = book.catalogue
    return (
        old.catalogue.sources == new.sources
        and capacity_limits(old.catalogue) == capacity_limits(new)
        and announcement_lists(old.terms.values()) == announcement_lists(book.terms.values())
    )


def _metrics(root: Path, side: Side, as_of: int) -> MetricStore:
    return open_metrics(
        root,
        side.catalogue.sources,
        as_of=as_of,
        capacity_limits=capacity_limits(side.catalogue),
        wanted=wanted(side.catalogue, side.terms.values()),
        announcements=announcement_lists(side.terms.values()),
    )


def _derived(side: Side, records: MetricStore, problems: Sequence[Problem], as_of: int) -> Iterator[Problem]:
    """What follows from terms that nothing is wrong with: wrong examples, and promises that nothing backs."""
    if any(problem.is_error for problem in problems):
        return
    with examples_given(records) as given_of:
        yield from run_examples(side.catalogue, side.terms, given_of)
    for chain in chains(side.catalogue, side.terms, as_of, frozenset(side.terms)).values():
        yield from chain.gaps
