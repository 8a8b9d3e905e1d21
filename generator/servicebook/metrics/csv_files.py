"""Comma separated values: the engine reads them, Python says what is wrong."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from servicebook.metrics.engine import Engine
from servicebook.metrics.files import MetricFile
from servicebook.metrics.findings import Broken
from servicebook.metrics.rules import HEADER, RAGGED, TOO_BIG, UNREADABLE
from servicebook.metrics.table import FileTable, reachable, read_csv

LONGEST_ROW = 1_900_000
"""Characters of a row; the engine takes two million bytes."""
_LONGEST_FIELD = 1 << 30
_MOST_COLUMNS = 4096


def read(engine: Engine, file: MetricFile, number: int) -> FileTable:
    """A CSV file as a table; Broken with the reason and line where it isn't one.

    Commas, double quotes, doubled within quotes; a line end of any kind, also within quotes; blank lines are passed over.
    """
    header, first_line = _header(file.text)
    rewrite = partial(_relation_rewritten, engine, file.text, len(header))
    simple = first_line == 1 and len(header) > 1 and not file.mixed_line_ends
    return FileTable(
        relation=read_csv(reachable(engine, file.text, ".csv"), len(header), header=True) if simple else rewrite(),
        rewrite=rewrite if simple else None,
        cells={name: f"c{index}" for index, name in enumerate(header)},
        file=str(number),
        lines={number: Lines(file.text)},
    )


def _relation_rewritten(engine: Engine, path: Path, columns: int) -> str:
    return read_csv(_rewritten(engine, path, columns), columns, header=False)


def records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Every record that isn't blank, with the line on which it begins; Broken at an unclosed quote."""
    csv.field_size_limit(_LONGEST_FIELD)
    with path.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(text, strict=True)
        begins = 1
        while True:
            try:
                row = next(reader, None)
            except csv.Error as error:
                reason = (
                    "a quote isn't closed" if "unexpected end" in str(error) else "text stands behind a closing quote"
                )
                raise Broken(RAGGED, begins, reason, "put a quote within quotes twice") from error
            if row is None:
                return
            if row:
                yield begins, row
            begins = reader.line_num + 1


class Lines:
    """The line on which each row (from 0, below the header) begins; the file is read no further than asked for."""

    def __init__(self, path: Path) -> None:
        self._records = records(path)
        self._found: array[int] = array("Q")

    def __call__(self, row: int) -> int:
        """The line of a row; the last one known where there is no such row."""
        while len(self._found) < row + 2 and (record := next(self._records, None)) is not None:
            self._found.append(record[0])
        return self._found[min(row + 1, len(self._found) - 1)] if self._found else 1


def _header(path: Path) -> tuple[list[str], int]:
    found = next(records(path), None)
    if found is None:
        raise Broken(UNREADABLE, 1, "is empty", "a file without rows still has a header that names its columns")
    line, names = found
    if len(names) > _MOST_COLUMNS:
        raise Broken(TOO_BIG, line, f"has {len(names):,} columns; at most {_MOST_COLUMNS:,} can be read")
    if empty := [index for index, name in enumerate(names, 1) if not name.strip()]:
        raise Broken(HEADER, line, f"column {empty[0]} has no name", "the first line names the columns")
    twice = [name for index, name in enumerate(names) if name in names[:index]]
    if twice:
        raise Broken(HEADER, line, f"two columns are named '{twice[0]}'")
    return names, line


def _rewritten(engine: Engine, path: Path, columns: int) -> Path:
    """The rows once more, in the plainest form, for what the engine's own reader doesn't take."""
    target = engine.new_file(".csv")
    ragged: list[tuple[int, int]] = []
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for index, (line, row) in enumerate(records(path)):
            if len(row) == columns + 1 and not row[-1]:
                row.pop()  # a comma at the end of a row says nothing; the engine passes over it too
            if len(row) != columns:
                ragged.append((line, len(row)))
            if sum(map(len, row)) > LONGEST_ROW:
                raise Broken(TOO_BIG, line, f"a row is longer than {LONGEST_ROW:,} characters")
            if index:
                writer.writerow(row)
    if ragged:
        line, found = ragged[0]
        raise Broken(
            RAGGED,
            line,
            f"{found} field{'s' * (found != 1)} where the header names {columns}",
            "put fields that hold commas, quotes or line breaks in double quotes",
            count=len(ragged),
        )
    return target
