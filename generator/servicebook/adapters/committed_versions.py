"""The versions of agreements that a repository's history holds, each compared with the one before."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from servicebook.adapters.catalogue_folder import SETTINGS
from servicebook.adapters.diffing import content_dir_of
from servicebook.adapters.file_versions import FileVersion, cut_at, file_versions
from servicebook.adapters.git_tree import GitError, blobs, empty_folder, run, write_files
from servicebook.insight.change import Change, CommittedVersion, Side, compare_agreement
from servicebook.loading import load
from servicebook.loading.versions import version_in
from servicebook.model.agreement import Agreement
from servicebook.pipeline import DEFINITIONS, METRICS_FOLDER

NEWEST = 12
"""How many versions of an agreement are compared."""
MOST_COMMITS = 60
"""How many old catalogues are loaded for all agreements together; then the rest is left unsaid."""
_SHORT = 12
_WRITTEN = re.compile(rb"^version[ \t]*:.*$", re.MULTILINE)
_TERMS = ("agreements", "calendars")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """A version with the commit that brought it and the last one that has it."""

    version: str
    first: FileVersion
    last: FileVersion


def committed_versions(
    root: Path, present: Side, as_of: int, *, content_dir: str
) -> dict[str, tuple[CommittedVersion, ...]]:
    """By agreement the versions that the branch had, the oldest first; none of an agreement that had only one.

    Each is what its last commit says, the present one what the working tree says. Where git can't tell, or the history
    is cut, nothing is known. Old catalogues are loaded only where a version changed, each once, terms alone.
    """
    agreements = {each.path: each for each in present.catalogue.agreements.values() if each.path}
    try:
        prefix = run(root, "rev-parse", "--show-prefix", what="this folder is in no working tree").rstrip(b"\n")
        if not agreements or cut_at(root):
            return {}
        names = {prefix + os.fsencode(path): path for path in agreements}
        files = file_versions(root, names, first_parents=True)
        old = _Old(root, content_dir)
        found = {}
        for path, runs in _runs(root, files):
            agreement = agreements[path]
            if len(runs) > 1 or runs[-1].version != agreement.version:
                found[agreement.id] = tuple(_compared(agreement, runs[-NEWEST:], old, present, as_of))
    except GitError:
        return {}
    return found


def _runs(root: Path, files: dict[str, list[FileVersion]]) -> Iterator[tuple[str, list[_Run]]]:
    """Of each file its versions by the order in which they last came up; what can't be read has none."""
    wanted = [(path, each) for path, listed in files.items() for each in reversed(listed)]
    contents = dict.fromkeys(each.blob for _, each in wanted)
    versions = dict(zip(contents, _versions(blobs(root, contents)), strict=True))
    by_path: dict[str, dict[str, _Run]] = {}
    before: dict[str, str] = {}
    for path, each in wanted:
        version, runs = versions[each.blob], by_path.setdefault(path, {})
        if version is None:
            continue
        known = runs.pop(version, None)
        first = known.first if known is not None and before.get(path) == version else each
        runs[version] = _Run(version=version, first=first, last=each)
        before[path] = version
    return ((path, list(runs.values())) for path, runs in by_path.items() if runs)


def _versions(contents: Iterable[bytes]) -> Iterator[str | None]:
    """The version in each file; the same line is read once."""
    known: dict[bytes, str | None] = {}
    for data in contents:
        line = _WRITTEN.search(data)
        if line is None:
            yield None
            continue
        if line[0] not in known:
            known[line[0]] = version_in(b"---\n" + line[0] + b"\n---\n", "")
        yield known[line[0]]


class _Old:
    """Catalogues of old commits, as far as terms are made of them; each is loaded once."""

    def __init__(self, root: Path, content_dir: str) -> None:
        self.root, self.content_dir = root, content_dir
        self._sides: dict[str, Side] = {}

    def side(self, commit: str) -> Side | None:
        """The terms of a commit; None where too many were loaded already."""
        if commit not in self._sides:
            if len(self._sides) >= MOST_COMMITS:
                return None
            self._sides[commit] = self._load(commit)
        return self._sides[commit]

    @staticmethod
    def name(version: FileVersion) -> str:
        """The id that an agreement had."""
        stem = PurePosixPath(os.fsdecode(version.path)).stem
        return unicodedata.normalize("NFC", stem)

    def _load(self, commit: str) -> Side:
        with empty_folder() as folder:
            write_files(self.root, commit, SETTINGS, folder)
            content = content_dir_of(folder, self.content_dir)
            paths = [*(f"{content}/{name}" for name in _TERMS), METRICS_FOLDER]
            write_files(self.root, commit, paths, folder, suffixes=(".md", *sorted(DEFINITIONS)))
            loaded = load(folder, content_dir=content)
        return Side.of(loaded.catalogue, loaded.broken)


def _compared(
    agreement: Agreement, runs: Sequence[_Run], old: _Old, present: Side, as_of: int
) -> Iterator[CommittedVersion]:
    """Each version against the one before."""
    is_new = runs[-1].version != agreement.version
    before: tuple[Side, str] | None = None
    for each in runs:
        is_present = each is runs[-1] and not is_new
        side = present if is_present else old.side(each.last.commit)
        now = None if side is None else (side, agreement.id if is_present else old.name(each.last))
        yield CommittedVersion(
            version=each.version,
            commit=each.first.commit[:_SHORT],
            moment=each.first.moment,
            changes=() if before is None or now is None else _changes(before, now, as_of),
        )
        before = now
    if is_new and before is not None:
        changes = _changes(before, (present, agreement.id), as_of)
        yield CommittedVersion(version=agreement.version, commit=None, moment=None, changes=changes)


def _changes(before: tuple[Side, str], now: tuple[Side, str], as_of: int) -> tuple[Change, ...]:
    return compare_agreement(before[0], now[0], (before[1], now[1]), as_of)
