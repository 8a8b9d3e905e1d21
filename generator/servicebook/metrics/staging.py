"""The rows of all files of a source in one table of the engine, fields read as far as the engine can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from servicebook.metrics import time_expressions
from servicebook.metrics.conditions import holds, nothing_else, one_of
from servicebook.metrics.engine import Engine, EngineError, quoted
from servicebook.metrics.fields import Field, Type, column_of
from servicebook.metrics.numbers import FALSE, TRUE
from servicebook.metrics.table import ITEM, FileTable
from servicebook.metrics.times import TimeReader
from servicebook.model.metric_source import MetricSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to take from each file of a source."""

    source: MetricSource
    fields: tuple[Field, ...]
    reader: TimeReader
    columns: tuple[str, ...]
    """All columns of all files."""
    filtered: tuple[str, ...]
    """Columns that some `where` names; column n of the table is `w<n>`."""
    compared: tuple[str, ...]
    """Columns that tell equal rows apart beyond the fields; empty where rows aren't compared."""


def create(engine: Engine, plan: Plan) -> str:
    """An empty table for the plan."""
    table = engine.new_table()
    # What isn't needed is as narrow as can be: ten million rows have a hash and a key each.
    hashed, key = "UBIGINT" if plan.compared else "UTINYINT", "VARCHAR" if plan.source.key else "BOOLEAN"
    columns = ["file INTEGER", "keep BOOLEAN", f"h {hashed}", f"k {key}"]
    for field in plan.fields:
        columns.append(f"f_{field.name} {_sql_type(field)}")
        if field.type in (Type.TIME, Type.FLAG):
            columns.append(f"x_{field.name} VARCHAR")
    columns += [f"w{index} VARCHAR" for index in range(len(plan.filtered))]
    engine.run(f"CREATE TABLE {table} ({', '.join(columns)})")
    return table


def _sql_type(field: Field) -> str:
    return {Type.TIME: "BIGINT", Type.FLAG: "BOOLEAN"}.get(field.type, "VARCHAR")


def insert(engine: Engine, table: str, plan: Plan, file: FileTable) -> None:
    """Add a file's rows in their order; Broken where its text turns out not to be a table."""
    try:
        engine.run(f"INSERT INTO {table} {_query(plan, file, file.relation)}")
    except EngineError:
        if file.rewrite is None:
            raise
        engine.run(f"INSERT INTO {table} {_query(plan, file, file.rewrite())}")


@dataclass(slots=True)
class _Layers:
    """Three queries, one in the other, so that nothing is worked out twice.

    The texts; what they tell by themselves; what takes the source's zone.
    """

    texts: list[str] = dataclass_field(default_factory=list)
    told: list[str] = dataclass_field(default_factory=list)
    taken: list[str] = dataclass_field(default_factory=list)

    def query(self, relation: str) -> str:
        inner = f"SELECT {', '.join(self.texts)} FROM {relation}"
        middle = f"SELECT {', '.join(['*', *self.told])} FROM ({inner})"
        return f"SELECT {', '.join(self.taken)} FROM ({middle})"


def _query(plan: Plan, file: FileTable, relation: str) -> str:
    def text(name: str) -> str:
        return file.cells.get(name, "NULL::VARCHAR")

    def there(name: str) -> str:
        return nothing_else(text(name), plan.source.missing) if name in file.cells else "NULL::VARCHAR"

    layers = _Layers()
    kept = holds(plan.source.where, text, lists=file.has_lists)
    compared = ", ".join(map(there, plan.compared))
    layers.texts += [
        f"{file.file} AS q_file",
        f"({kept}) AS q_keep",
        f"{f'hash({compared})' if compared else '0::UBIGINT'} AS q_hash",
        f"{there(plan.source.key) if plan.source.key else 'NULL::VARCHAR'} AS q_key",
    ]
    layers.taken += ["q_file", "q_keep", "q_hash", "q_key"]
    for field in plan.fields:
        names = [name for name in column_of(plan.source, field.name).names if name in file.cells]
        _add(layers, plan, field, [(there(name), name in file.temporal) for name in names], lists=file.has_lists)
    for index, name in enumerate(plan.filtered):
        layers.texts.append(f"{text(name)} AS w{index}")
        layers.taken.append(f"w{index}")
    return layers.query(relation)


def _add(layers: _Layers, plan: Plan, field: Field, cells: Sequence[tuple[str, bool]], *, lists: bool) -> None:
    """A field from its columns' texts, each with whether it is a time by type."""
    name, accepted = field.name, column_of(plan.source, field.name).accepted
    text = f"coalesce({', '.join([cell for cell, _ in cells] + ['NULL::VARCHAR'])})"
    if accepted is not None:
        layers.texts.append(f"{text} AS t_{name}")
        yes = one_of(f"t_{name}", accepted, lists=lists)
        # A field that a kind needs reads no where its column is empty; one that it can do without is missing there.
        nothing = "false" if field.required and cells else "NULL"
        layers.told.append(f"CASE WHEN t_{name} IS NULL THEN {nothing} ELSE {yes} END AS y_{name}")
        value = (
            f"y_{name}" if field.type is Type.FLAG else f"CASE WHEN y_{name} THEN '1' WHEN NOT y_{name} THEN '0' END"
        )
        unread = "NULL::VARCHAR"
    elif field.type is Type.TIME:
        value, unread = _time(layers, plan.reader, name, cells)
    else:
        layers.texts.append(f"{text} AS t_{name}")
        value = _word(f"t_{name}") if field.type is Type.FLAG else f"t_{name}"
        unread = f"t_{name}"
    layers.taken.append(f"CASE WHEN q_keep THEN {value} END AS f_{name}")
    if field.type in (Type.TIME, Type.FLAG):
        layers.taken.append(f"CASE WHEN q_keep AND ({value}) IS NULL THEN {unread} END AS x_{name}")


def _time(layers: _Layers, reader: TimeReader, name: str, cells: Sequence[tuple[str, bool]]) -> tuple[str, str]:
    """The instant, and the text where the reader has to be asked (a time by type is marked)."""
    for index, (cell, _) in enumerate(cells):
        layers.texts.append(f"{cell} AS t{index}_{name}")
    columns = [(f"t{index}_{name}", typed) for index, (_, typed) in enumerate(cells)]

    def first(expressions: Sequence[str], nothing: str) -> str:
        if len(expressions) == 1:
            return expressions[0]
        cases = " ".join(f"WHEN {c} IS NOT NULL THEN {e}" for (c, _), e in zip(columns, expressions, strict=True))
        return f"(CASE {cases} END)" if cases else nothing

    exact = first([time_expressions.exact(c, reader, typed=typed) for c, typed in columns], time_expressions.NOTHING)
    naive = first([time_expressions.naive(c, reader, typed=typed) for c, typed in columns], time_expressions.NOTHING)
    layers.told += [f"{exact} AS e_{name}", f"{naive} AS n_{name}"]
    unread = first([f"{quoted(ITEM)} || {c}" if typed else c for c, typed in columns], "NULL::VARCHAR")
    return f"coalesce(e_{name}, {time_expressions.local(f'n_{name}', reader)})", unread


def _word(text: str) -> str:
    """True or false; words in lower case, as machines write them, are looked up as they are."""
    yes, no = (", ".join(sorted(map(quoted, words))) for words in (TRUE, FALSE))
    word = f"lower(trim({text}))"
    cases = [
        f"WHEN {each} IN ({words}) THEN {value}"
        for each in (text, word)
        for words, value in ((yes, "true"), (no, "false"))
    ]
    return f"(CASE {' '.join(cases)} END)"
