"""The versions of files that a repository's history holds."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from servicebook.adapters.git_tree import run

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
class FileVersion:
    """A file as a commit left it."""

    commit: str
    moment: int
    """UTC microseconds."""
    blob: str
    path: bytes
    """Its path there, from the top of the repository."""


def cut_at(root: Path) -> frozenset[str]:
    """The commits at which the history of a shallow clone ends."""
    path = root / os.fsdecode(run(root, "rev-parse", "--git-path", "shallow").rstrip(b"\n"))
    return frozenset(path.read_text(encoding="ascii").split()) if path.is_file() else frozenset()


def _commits(root: Path, *, first_parents: bool) -> Iterator[_Commit]:
    """The commits that touched Markdown files below the root's folder, the newest first."""
    own = ("--first-parent", "-m") if first_parents else ()
    said = run(
        root, "log", *own, "--topo-order", "--format=%x01%H %ct", "--raw", "--no-abbrev", "-z", "-M", "--no-color",
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


def file_versions(
    root: Path, names: Mapping[bytes, str], *, first_parents: bool = False
) -> dict[str, list[FileVersion]]:
    """Every version of some files, the newest first, under the names that they have now; renames are followed.

    `names` are by path from the top of the repository. With `first_parents` only what the branch itself had: of what
    was merged the merge alone. Raises GitError.
    """
    present = dict(names)
    found: dict[str, list[FileVersion]] = defaultdict(list)
    for commit in _commits(root, first_parents=first_parents):
        for change in commit.changes:
            name = present.get(change.path)
            if name is None or change.is_gone:
                continue
            found[name].append(FileVersion(commit=commit.id, moment=commit.moment, blob=change.blob, path=change.path))
            if change.before != change.path:
                present[change.before] = present.pop(change.path)
    return found
