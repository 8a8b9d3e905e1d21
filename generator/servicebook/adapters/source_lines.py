"""Lines of the author's files, for whoever shows where something is wrong."""

from __future__ import annotations

import codecs
import io
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from servicebook.source import Position

MAX_FILE = 64_000_000
"""Bytes of a file that is searched for a line."""
_MAX_LINE = 100_000
"""Characters of a line that are looked at."""
_PACKED = (".gz", ".parquet")


def lines_at(root: Path, positions: Iterable[Position]) -> Mapping[Position, str]:
    """The line of each position, without its end; positions in files that can't be shown are left out.

    Files are read as `loading` reads them: UTF-8, any line end, a byte order mark taken off. Nothing outside of `root` is opened.
    """
    by_path: dict[str, list[Position]] = {}
    for position in positions:
        by_path.setdefault(position.path, []).append(position)
    found: dict[Position, str] = {}
    for path, places in by_path.items():
        lines = _lines(root, path, {place.line for place in places})
        found.update((place, lines[place.line]) for place in places if place.line in lines)
    return found


def _lines(root: Path, path: str, numbers: set[int]) -> Mapping[int, str]:
    """Some lines of a file; none of one that is gone, packed, too large or no text."""
    if path.lower().endswith(_PACKED):
        return {}
    data = _content(root, path)
    if data is None or b"\0" in data[:4096]:
        return {}
    lines, last = {}, max(numbers)
    text = io.TextIOWrapper(
        io.BytesIO(data.removeprefix(codecs.BOM_UTF8)), encoding="utf-8", errors="replace", newline=None
    )
    for number, line in enumerate(text, start=1):
        if number in numbers:
            lines[number] = line.rstrip("\n")[:_MAX_LINE]
        if number >= last:
            break
    return lines


def _content(root: Path, path: str) -> bytes | None:
    """The bytes of an ordinary file below the root."""
    try:
        real = Path(os.path.realpath(root / path))
        if not real.is_relative_to(os.path.realpath(root)):
            return None
        found = real.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_FILE:
            return None
        return real.read_bytes()
    except (OSError, ValueError):
        return None
