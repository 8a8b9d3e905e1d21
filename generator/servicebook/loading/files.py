"""Finds the files of a folder and reads their bytes; whatever can't be read is a problem.

Links are followed as long as they stay inside the catalogue. Names that begin with a dot are
ignored, as the site engine ignores them.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from servicebook.loading.documents import MAX_FILE
from servicebook.loading.report import Report
from servicebook.source import Position

MAX_FOLDERS = 32
"""Folders inside one another."""

_RULE = "yaml/unreadable-file"


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a catalogue."""

    absolute: Path
    path: str
    """Relative to the catalogue's root, with forward slashes."""

    @property
    def stem(self) -> str:
        """The name without its suffix."""
        return self.path.rpartition("/")[2].rpartition(".")[0]


def shown(path: Path, root: Path) -> str:
    """A path as problems name it; bytes of a name that aren't UTF-8 are replaced."""
    relative = os.fsencode(path.relative_to(root).as_posix())
    return relative.decode("utf-8", "replace")


def files_in(
    folder: Path, root: Path, suffixes: tuple[str, ...], report: Report, *, nested: bool = True
) -> Iterator[Found]:
    """All files with one of the suffixes, by path; a folder that isn't there has none."""
    yield from _walk(folder, root, root.resolve(), suffixes, report, nested=nested, depth=0)


def _walk(
    folder: Path, root: Path, real_root: Path, suffixes: tuple[str, ...], report: Report, *, nested: bool, depth: int
) -> Iterator[Found]:
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        report.error(Position(shown(folder, root)), _RULE, f"the folder can't be read: {_reason(error)}")
        return
    for name in names:
        path = folder / name
        if name.startswith("."):
            continue
        wanted = name.lower().endswith(suffixes)
        try:
            mode = path.stat().st_mode
        except OSError as error:
            if wanted or not path.is_symlink():
                report.error(Position(shown(path, root)), _RULE, f"the file can't be read: {_reason(error)}")
            continue
        if stat.S_ISDIR(mode) and not wanted:
            if nested and _may_enter(path, root, real_root, report, depth):
                yield from _walk(path, root, real_root, suffixes, report, nested=nested, depth=depth + 1)
        elif wanted and _is_usable(path, mode, root, real_root, report):
            yield Found(path, shown(path, root))


def _may_enter(path: Path, root: Path, real_root: Path, report: Report, depth: int) -> bool:
    if depth >= MAX_FOLDERS:
        report.error(Position(shown(path, root)), "limit/depth", f"more than {MAX_FOLDERS} folders inside one another")
        return False
    if not _stays_inside(path, root, real_root, report):
        return False
    if path.is_symlink() and path.parent.resolve().is_relative_to(path.resolve()):
        report.error(Position(shown(path, root)), _RULE, "this link leads in a circle", "take it out")
        return False
    return True


def _is_usable(path: Path, mode: int, root: Path, real_root: Path, report: Report) -> bool:
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "no regular file"
        report.error(
            Position(shown(path, root)),
            _RULE,
            f"this is {kind}, though its name is that of a file",
            "rename it, or take it out",
        )
        return False
    return _stays_inside(path, root, real_root, report)


def _stays_inside(path: Path, root: Path, real_root: Path, report: Report) -> bool:
    """Whether a path, links followed, lies in the catalogue."""
    inside = path.resolve().is_relative_to(real_root)
    if not inside:
        report.error(
            Position(shown(path, root)), _RULE, "this link leads out of the catalogue", "put the file itself here"
        )
    return inside


def read_bytes(found: Found, report: Report) -> bytes | None:
    """A file's bytes, at most one more than are allowed; None where it can't be read."""
    try:
        with found.absolute.open("rb") as file:
            return file.read(MAX_FILE + 1)
    except OSError as error:
        report.error(Position(found.path), _RULE, f"the file can't be read: {_reason(error)}")
        return None


def _reason(error: OSError) -> str:
    return (error.strerror or "unknown reason").lower()
