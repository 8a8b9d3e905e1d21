"""Rows that are equal, keys that aren't, times that come twice, rows out of order."""

from __future__ import annotations

from collections.abc import Sequence

from servicebook.metrics.fields import FIELDS
from servicebook.metrics.loaded import Loaded
from servicebook.metrics.rules import DIFFERENT_KEY, EQUAL_ROWS, OUT_OF_ORDER, SAME_TIME
from servicebook.model.common import Where
from servicebook.model.measurement import Kind


def check_rows(loaded: Loaded, wheres: Sequence[Where]) -> None:
    """Report them; of equal rows with one key all but the first leave the table.

    Order and times are looked at within each of the filters that somebody uses, for several
    systems may be probed in one second.
    """
    if loaded.source.key is not None:
        _check_key(loaded)
    elif loaded.source.records is not Kind.PROBES:
        repeated = _later_equal(loaded)
        loaded.report(
            EQUAL_ROWS,
            "true",
            "a row equals an earlier one in every column",
            hint="all count; `key` would tell what makes a row unique",
            among=repeated,
        )
    if loaded.source.records in (Kind.PROBES, Kind.SAMPLES):
        _check_order(loaded, list(dict.fromkeys(wheres)) or [Where()])


def _same(loaded: Loaded) -> list[str]:
    """What makes rows equal: each field's value, and the texts of all other columns."""
    return ["h", *(f"f_{field.name}" for field in FIELDS[loaded.source.records])]


def _later_equal(loaded: Loaded) -> str:
    """Rows that equal an earlier one, as a query with `file` and `r`."""
    columns = ", ".join(_same(loaded))
    # Few hashes come twice, so that few rows have to be compared.
    several = f"SELECT hash({columns}) FROM {loaded.table} WHERE {loaded.complete} GROUP BY 1 HAVING count(*) > 1"
    suspects = f"SELECT file, rowid AS r, {columns} FROM {loaded.table} WHERE {loaded.complete} AND hash({columns}) IN ({several})"
    return f"(SELECT file, r FROM (SELECT file, r, row_number() OVER (PARTITION BY {columns} ORDER BY r) AS nth FROM ({suspects})) WHERE nth > 1)"


def _check_key(loaded: Loaded) -> None:
    several = (
        f"SELECT k, min(rowid) AS first FROM {loaded.table} WHERE keep AND k IS NOT NULL GROUP BY k HAVING count(*) > 1"
    )
    same = " AND ".join(f"t.{column} IS NOT DISTINCT FROM o.{column}" for column in _same(loaded))
    later = (
        f"(SELECT t.file, t.rowid AS r, ({same}) AS same FROM {loaded.table} t JOIN ({several}) g ON t.k = g.k "
        f"JOIN {loaded.table} o ON o.rowid = g.first WHERE t.keep AND t.rowid <> g.first)"
    )
    if not loaded.engine.rows(f"SELECT 1 FROM {later} LIMIT 1"):
        return
    loaded.report(
        DIFFERENT_KEY,
        "NOT same",
        f"a row has the same '{loaded.source.key}' as an earlier one, but differs from it",
        among=later,
    )
    loaded.report(
        EQUAL_ROWS,
        "same",
        f"a row equals an earlier one with the same '{loaded.source.key}'",
        hint="they count once",
        among=later,
    )
    loaded.engine.run(f"UPDATE {loaded.table} SET keep = false WHERE rowid IN (SELECT r FROM {later} WHERE same)")


def is_in_order(loaded: Loaded, where: Where) -> bool:
    """Whether the rows that pass a filter lie in the order of their times, each with a time of its own."""
    lagged = f"SELECT f_time, lag(f_time) OVER () AS before FROM {loaded.table} WHERE {loaded.use} AND {loaded.passing(where)}"
    return not loaded.engine.rows(f"SELECT 1 FROM ({lagged}) WHERE f_time <= before LIMIT 1")


def _check_order(loaded: Loaded, wheres: Sequence[Where]) -> None:
    disordered = [where for where in wheres if not is_in_order(loaded, where)]
    if not disordered:
        return
    probes = loaded.source.records is Kind.PROBES
    rows = f"SELECT file, rowid AS r, f_time FROM {loaded.table} WHERE {loaded.use}"
    lagged = f"(SELECT file, r, f_time, lag(f_time) OVER () AS before, lag(file) OVER () AS previous FROM ({rows}))"
    loaded.report(
        OUT_OF_ORDER,
        "f_time < before AND file = previous",
        "a row is older than the one above it",
        hint="rows are sorted",
        among=lagged,
    )
    loaded.report(
        SAME_TIME,
        "true",
        "a row has the time of an earlier one",
        hint="the worse state holds" if probes else "all readings count",
        among=_union([_repeated(loaded, where, "" if probes else ", h") for where in disordered]),
    )


def _repeated(loaded: Loaded, where: Where, others: str) -> str:
    """Rows with the time (of samples: and all other columns but the value) of an earlier one, not those that are equal to one."""
    rows = f"SELECT file, rowid AS r, f_time{others}, f_value FROM {loaded.table} WHERE {loaded.use} AND {loaded.passing(where)}"
    marked = f"SELECT file, r, row_number() OVER (PARTITION BY f_time{others} ORDER BY r) AS nth, row_number() OVER (PARTITION BY f_time{others}, f_value ORDER BY r) AS equal FROM ({rows})"
    return f"SELECT file, r FROM ({marked}) WHERE nth > 1{' AND equal = 1' if others else ''}"


def _union(queries: Sequence[str]) -> str:
    return "(" + " UNION ".join(queries) + ")"
