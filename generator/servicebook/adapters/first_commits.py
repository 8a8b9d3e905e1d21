"""When exclusions were first committed, from the history of the agreements' files."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from servicebook.adapters.git_tree import GitError, blobs, run
from servicebook.loading.versions import exclusion_spans
from servicebook.model.agreement import Agreement
from servicebook.model.history import ExclusionKey, FirstCommits, Unknown

_COMMIT = re.compile(rb"\x01([0-9a-f]{40,64}) ([0-9]+)\0?\n?")
_CHANGE = re.compile(
    rb":[0-7]{6} (?P<mode>[0-7]{6}) [0-9a-f]+ (?P<blob>[0-9a-f]+) (?P<kind>[A-Z])[0-9]*\0(?P<path>[^\0]*)\0"
)
_RENAMED = (b"R", b"C")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """A file as a commit left it."""

    path: bytes
    before: bytes
    """Its path before the commit; the same unless it was renamed."""
    blob: str
    is_gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Commit:
    id: str
    moment: int
    """UTC microseconds."""
    changes: tuple[_Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    """An agreement's file in a commit."""

    commit: str
    moment: int
    blob: str


def first_commits(root: Path, agreements: Iterable[Agreement]) -> FirstCommits:
    """The first commit of each exclusion that has the same start and end, however it is written; renames are followed.

    Where git can't tell, nothing is known. Costs nothing where no agreement has an exclusion.
    """
    asked = {each.path: each for each in agreements if each.exclusions and each.path}
    if not asked:
        return FirstCommits()
    try:
        prefix = run(root, "rev-parse", "--show-prefix", what="this folder is in no working tree").rstrip(b"\n")
        cut = cut_at(root)
        versions = _versions(_commits(root), {prefix + os.fsencode(path): path for path in asked})
        found: dict[ExclusionKey, int | Unknown] = {}
        for path, agreement in asked.items():
            found |= _first(root, agreement, versions.get(path, []), cut)
    except GitError:
        # A repository that can't be read tells as little as none: every exclusion is of unknown age.
        return FirstCommits()
    return FirstCommits(exclusions=found)


def cut_at(root: Path) -> frozenset[str]:
    """The commits at which the history of a shallow clone ends."""
    path = root / os.fsdecode(run(root, "rev-parse", "--git-path", "shallow").rstrip(b"\n"))
    return frozenset(path.read_text(encoding="ascii").split()) if path.is_file() else frozenset()


def _commits(root: Path) -> Iterator[_Commit]:
    """The commits that touched Markdown files below the root's folder, the newest first."""
    said = run(
        root, "log", "--topo-order", "--format=%x01%H %ct", "--raw", "--no-abbrev", "-z", "-M", "--no-color",
        "--no-ext-diff", "--no-show-signature", "--", ".",
    )  # fmt: skip
    starts = [*_COMMIT.finditer(said)]
    for found, following in zip(starts, [*starts[1:], None], strict=True):
        changes = said[found.end() : following.start() if following is not None else len(said)]
        yield _Commit(id=found[1].decode(), moment=int(found[2]) * 1_000_000, changes=tuple(_changes(changes)))


def _changes(text: bytes) -> Iterator[_Change]:
    place = 0
    while (found := _CHANGE.search(text, place)) is not None:
        path, place = found["path"], found.end()
        before = path
        if found["kind"] in _RENAMED:
            end = text.index(b"\0", place)
            path, place = text[place:end], end + 1
        yield _Change(path=path, before=before, blob=found["blob"].decode(), is_gone=found["kind"] == b"D")


def _versions(commits: Iterable[_Commit], names: Mapping[bytes, str]) -> dict[str, list[_Version]]:
    """Every version of some files, the newest first, under the names that they have now."""
    present = dict(names)
    found: dict[str, list[_Version]] = defaultdict(list)
    for commit in commits:
        for change in commit.changes:
            name = present.get(change.path)
            if name is None or change.is_gone:
                continue
            found[name].append(_Version(commit=commit.id, moment=commit.moment, blob=change.blob))
            if change.before != change.path:
                present[change.before] = present.pop(change.path)
    return found


def _first(
    root: Path, agreement: Agreement, versions: list[_Version], cut: frozenset[str]
) -> Iterator[tuple[ExclusionKey, int | Unknown]]:
    """For each exclusion the oldest version that has it."""
    sought = {(each.start, each.end) for each in agreement.exclusions}
    oldest_first = versions[::-1]
    for version, data in zip(oldest_first, blobs(root, [each.blob for each in oldest_first]), strict=True):
        for start, end in sought & exclusion_spans(data, agreement.path):
            yield (agreement.id, start, end), Unknown.CUT if version.commit in cut else version.moment
            sought.discard((start, end))
        if not sought:
            return
    for start, end in sought:
        yield (agreement.id, start, end), Unknown.NOT_COMMITTED
