"""Tables as Parquet files, written by the engine that reads them."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

_READ = (
    "read_csv(?, header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"', nullstr = '',"
    " allow_quoted_nulls = false, strict_mode = true, columns = {columns}, auto_detect = false)"
)


def parquet(columns: Mapping[str, Sequence[str | None]]) -> bytes:
    """Columns of texts as the bytes of a Parquet file; a column's order is that of its rows."""
    with tempfile.TemporaryDirectory(prefix="servicebook-") as folder, duckdb.connect() as engine:
        rows, path = Path(folder) / "rows.csv", Path(folder) / "rows.parquet"
        rows.write_text(_lines(columns), encoding="utf-8", newline="\n")
        types = ", ".join(f"{_quoted(name)}: 'VARCHAR'" for name in columns)
        read = _READ.format(columns=f"{{{types}}}")
        engine.execute("SET threads = 1")  # one order of rows, one file, the same bytes
        engine.execute(f"CREATE TABLE rows AS SELECT * FROM {read}", [str(rows)])
        engine.table("rows").write_parquet(str(path))
        return path.read_bytes()


def _lines(columns: Mapping[str, Sequence[str | None]]) -> str:
    """CSV in which every text is quoted and nothing at all is no text."""
    lines = [columns, *zip(*columns.values(), strict=True)]
    return "".join(",".join("" if cell is None else _cell(cell) for cell in line) + "\n" for line in lines)


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
