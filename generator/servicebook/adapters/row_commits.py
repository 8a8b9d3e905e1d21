"""When rows of metric files were committed as they stand: who announces work can't do so afterwards unseen."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from servicebook.adapters.file_versions import cut_at
from servicebook.adapters.git_tree import GitError, run
from servicebook.model.history import Unknown
from servicebook.source import Position

_TEXT = (".csv", ".json", ".ndjson", ".md")
_HEAD = re.compile(rb"([0-9a-f]{40,64}) [0-9]+ ([0-9]+)(?: [0-9]+)?")
_TIME = b"committer-time "


def row_commits(root: Path, rows: Iterable[Position]) -> dict[tuple[str, int], int | Unknown]:
    """The commit of each row (UTC microseconds), or why it isn't known; a file is asked for once."""
    by_path: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        by_path[row.path].add(row.line)
    found: dict[tuple[str, int], int | Unknown] = {}
    for path, lines in sorted(by_path.items()):
        found |= {(path, line): known for line, known in _of_file(root, path, lines)}
    return found


def _of_file(root: Path, path: str, lines: set[int]) -> Iterator[tuple[int, int | Unknown]]:
    if not path.endswith(_TEXT):
        yield from ((line, Unknown.NOT_TEXT) for line in lines)
        return
    ranges = [argument for line in sorted(lines) for argument in ("-L", f"{line},{line}")]
    try:
        cut = cut_at(root)
        said = run(root, "blame", "--porcelain", *ranges, "--", path)
    except GitError:
        yield from ((line, Unknown.NO_HISTORY) for line in lines)
        return
    moments: dict[bytes, int] = {}
    commits: dict[int, bytes] = {}
    commit = b""
    for line in said.split(b"\n"):
        if (head := _HEAD.fullmatch(line)) is not None:
            commit = head[1]
            commits[int(head[2])] = commit
        elif line.startswith(_TIME):
            moments[commit] = int(line.removeprefix(_TIME)) * 1_000_000
    for number in lines & commits.keys():
        yield number, _known(commits[number], moments, cut)


def _known(commit: bytes, moments: dict[bytes, int], cut: frozenset[str]) -> int | Unknown:
    if not commit.strip(b"0"):
        return Unknown.NOT_COMMITTED
    return Unknown.CUT if commit.decode() in cut else moments[commit]
