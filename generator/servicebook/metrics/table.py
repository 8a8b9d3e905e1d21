"""Files as tables of text: what every reader hands to the loader."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from servicebook.metrics.engine import Engine, quoted

ITEM = "\x1f"
"""Stands before, between and after the items of a field that holds a list."""

Cell = str | None | list[str]
"""A field: text, nothing, or the texts of a list's items."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTable:
    """Rows of one file, or of several files in one (then `file` says which)."""

    relation: str
    """What stands behind FROM."""
    cells: Mapping[str, str]
    """Column name to the expression for its text; NULL where nothing is there."""
    file: str
    """Expression for the number of the file."""
    temporal: frozenset[str] = frozenset()
    """Columns that are times by type; they read as ISO 8601 whatever the source's `time_format`."""
    has_lists: bool = False
    lines: Mapping[int, Callable[[int], int]] = field(default_factory=dict)
    """Number of the file to a function from the row (from 0) to its line."""
    rewrite: Callable[[], str] | None = None
    """Where the engine refuses `relation`: finds out why (and raises Broken), or gives a plainer one."""


def read_csv(path: Path, columns: int, *, header: bool, padded: bool = False) -> str:
    """The engine's reader with every option of the dialect stated: nothing is guessed."""
    # A star or bracket in a path would be a pattern to the engine, so such files are reached by a link (see `reachable`).
    typed = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(columns))
    more = ", null_padding=true, parallel=false" if padded else ""
    return (
        f"read_csv({quoted(str(path))}, header={str(header).lower()}, auto_detect=false, delim=',', quote='\"', "
        f"escape='\"', columns={{{typed}}}, strict_mode=true, compression='none'{more})"
    )


def reachable(engine: Engine, path: Path, suffix: str) -> Path:
    """A path that the engine takes literally."""
    if not any(c in "*?[]{}\\" for c in str(path)):
        return path
    link = engine.new_file(suffix)
    link.symlink_to(path.resolve())
    return link


class Spool:
    """Rows that were read by other means, written as CSV for the engine: columns may turn up late."""

    def __init__(self, engine: Engine) -> None:
        self._path = engine.new_file(".csv")
        self._file = self._path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        self._columns: dict[str, int] = {}
        self._lines: dict[int, array[int]] = {}
        self._has_lists = False
        self._rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, file: int, line: int, row: Mapping[str, Cell]) -> None:
        """Write one row; ValueError for text that isn't Unicode or holds a NUL."""
        cells = [str(file)]
        for name in row:
            self._columns.setdefault(name, len(self._columns) + 1)
        cells += [""] * len(self._columns)
        for name, value in row.items():
            if isinstance(value, list):
                self._has_lists = True
                cells[self._columns[name]] = f"{ITEM}{ITEM.join(value)}{ITEM}" if value else ""
            elif value:
                cells[self._columns[name]] = value
        if any("\0" in cell for cell in cells):
            raise ValueError("holds a NUL character")
        try:
            self._writer.writerow(cells)
        except UnicodeEncodeError as error:
            raise ValueError("holds half a surrogate pair, which is no character") from error
        self._lines.setdefault(file, array("Q")).append(line)
        self._rows += 1

    def announce(self, columns: Iterator[str] | list[str]) -> None:
        """Columns that exist whether or not a row has them."""
        for name in columns:
            self._columns.setdefault(name, len(self._columns) + 1)

    def finish(self) -> FileTable:
        """The table of all rows."""
        # One more column than there is, so that a last short row is padded too.
        self._file.close()
        relation = read_csv(self._path, len(self._columns) + 1, header=False, padded=True)
        if not self._rows:
            typed = ", ".join(f"NULL::VARCHAR AS c{index}" for index in range(len(self._columns) + 1))
            relation = f"(SELECT {typed} WHERE false)"
        return FileTable(
            relation=relation,
            cells={name: f"c{index}" for name, index in self._columns.items()},
            file="c0::INTEGER",
            has_lists=self._has_lists,
            lines={file: _looked_up(lines) for file, lines in self._lines.items()},
        )


def _looked_up(lines: array[int]) -> Callable[[int], int]:
    return lambda row: lines[row]
