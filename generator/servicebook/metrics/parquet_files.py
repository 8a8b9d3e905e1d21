"""Parquet: every column as text, its type decides how."""

from __future__ import annotations

from servicebook.metrics.engine import Engine, EngineError, named, quoted
from servicebook.metrics.files import MetricFile
from servicebook.metrics.findings import Broken, refusal
from servicebook.metrics.rules import HEADER, TOO_BIG
from servicebook.metrics.table import ITEM, FileTable, reachable

_TEMPORAL = ("TIMESTAMP", "DATE", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP_NS", "TIMESTAMP_S", "TIMESTAMP_MS")
_MOST_ROWS = 2_000_000_000


def read(engine: Engine, file: MetricFile, number: int) -> FileTable:
    """A Parquet file as a table; Broken where the engine can't read it.

    A timestamp without a zone is a naive time, one with a zone an instant, a date a bare date, a double its
    shortest decimal, a list its items (of structs their `name`), another struct JSON.
    """
    path = reachable(engine, file.text, ".parquet")
    relation = f"read_parquet({quoted(str(path))}, binary_as_string=true, hive_partitioning=false)"
    try:
        described = engine.rows(f"DESCRIBE SELECT * FROM {relation}")
        names = [str(row[0]) for row in described]
        rows = int(engine.row(f"SELECT coalesce(sum(num_rows), 0) FROM parquet_file_metadata({quoted(str(path))})")[0])
    except (EngineError, UnicodeDecodeError) as error:
        raise refusal(error, path) from error
    if rows > _MOST_ROWS:
        raise Broken(TOO_BIG, 1, f"says that it has {rows:,} rows")
    if "" in names:
        raise Broken(HEADER, 1, f"column {names.index('') + 1} has no name")
    kinds = {str(row[0]): str(row[1]) for row in described}
    cells = {name: _text(named(name), kind) for name, kind in kinds.items()}
    return FileTable(
        relation=relation,
        cells=cells,
        file=str(number),
        temporal=frozenset(name for name, kind in kinds.items() if kind in _TEMPORAL),
        has_lists=any(kind.endswith("]") for kind in kinds.values()),
        lines={number: lambda row: row + 1},
    )


def _text(column: str, kind: str) -> str:
    if kind.endswith("]"):
        return _items(column, kind.rpartition("[")[0])
    match kind:
        case "TIMESTAMP WITH TIME ZONE":
            return f"(make_timestamp(epoch_us({column}))::VARCHAR || 'Z')"
        case "TIMESTAMP_NS":  # read as a time that microseconds hold, where they do
            return f"(CASE WHEN epoch_ns({column}) % 1000 = 0 THEN {column}::TIMESTAMP::VARCHAR ELSE {column}::VARCHAR END)"
        case "FLOAT" | "DOUBLE":
            return f"replace({column}::VARCHAR, '-nan', 'nan')"
        case "BLOB":
            return f"hex({column})"
    if kind.startswith(("STRUCT", "MAP")):
        return f"to_json({column})::VARCHAR"
    return f"{column}::VARCHAR"


def _items(column: str, kind: str) -> str:
    if kind.endswith("]"):
        item = "to_json(x)::VARCHAR"  # a list within a list, as pauses are
    else:
        item = 'x."name"::VARCHAR' if kind.startswith("STRUCT") and _has_name(kind) else _text("x", kind)
    texts = f"list_transform({column}, lambda x: coalesce({item}, ''))"
    return f"CASE WHEN len({column}) > 0 THEN '{ITEM}' || array_to_string({texts}, '{ITEM}') || '{ITEM}' END"


def _has_name(kind: str) -> bool:
    return kind.startswith(("STRUCT(name ", 'STRUCT("name" ')) or ", name " in kind or ', "name" ' in kind
