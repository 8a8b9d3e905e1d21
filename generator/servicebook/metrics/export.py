"""Results as a Parquet file, written by the engine that reads them."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb


def parquet(columns: Mapping[str, Sequence[str | None]]) -> bytes:
    """Columns of texts as the bytes of a Parquet file; a column's order is that of its rows."""
    with tempfile.TemporaryDirectory(prefix="servicebook-") as folder, duckdb.connect() as engine:
        path = Path(folder) / "results.parquet"
        names = ", ".join(f'"{name}" VARCHAR' for name in columns)
        engine.execute(f"CREATE TABLE results ({names})")
        rows = [list(row) for row in zip(*columns.values(), strict=True)]
        if rows:
            marks = ", ".join("?" for _ in columns)
            engine.executemany(f"INSERT INTO results VALUES ({marks})", rows)
        engine.table("results").write_parquet(str(path))
        return path.read_bytes()
