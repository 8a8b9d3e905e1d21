"""Metric files as values: what is in them, and how they are written."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricFile:
    """The text of a file, and how it is packed."""

    text: str
    packing: str = "plain"
    """`plain`, `gzip` or `parquet`."""
    types: Mapping[str, str] = field(default_factory=dict)
    """For Parquet: columns and their types; `text` is CSV."""


Files = dict[str, MetricFile]


def table(header: str, rows: Iterable[Sequence[object]]) -> str:
    """CSV with a header of names parted by spaces."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header.split())
    writer.writerows(rows)
    return buffer.getvalue()


def plain(text: str) -> MetricFile:
    """A file as it reads."""
    return MetricFile(text=text)


def zipped(text: str) -> MetricFile:
    """A file packed by gzip."""
    return MetricFile(text=text, packing="gzip")


def columnar(text: str, types: Mapping[str, str]) -> MetricFile:
    """CSV that is stored as Parquet."""
    return MetricFile(text=text, packing="parquet", types=types)


def json_list(records: Iterable[object]) -> str:
    """A JSON list with a record a line, so that a change shows as one line."""
    return "[\n" + ",\n".join(json.dumps(record, ensure_ascii=False) for record in records) + "\n]\n"


def json_lines(records: Iterable[object]) -> str:
    """NDJSON."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def write(files: Files, directory: Path) -> None:
    """Write all files below `directory`."""
    for name, file in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if file.packing == "parquet":
            write_parquet(file, path)
        elif file.packing == "gzip":
            path.write_bytes(gzip.compress(file.text.encode(), compresslevel=9, mtime=0))
        else:
            path.write_text(file.text, encoding="utf-8", newline="\n")


def write_parquet(file: MetricFile, path: Path) -> None:
    """Write a Parquet file in one thread, so that its rows keep their order."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config={"threads": 1}) as engine:
        source = Path(folder) / "rows.csv"
        source.write_text(file.text, encoding="utf-8")
        engine.read_csv(str(source), header=True, dtype=dict(file.types)).write_parquet(str(path), compression="zstd")


def rows_of(path: Path) -> list[tuple[object, ...]]:
    """All rows of a Parquet file, in order."""
    with duckdb.connect(config={"threads": 1}) as engine:
        return engine.read_parquet(str(path)).fetchall()
