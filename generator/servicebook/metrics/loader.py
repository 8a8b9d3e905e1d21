"""From a source's files to its table: finds, inspects, opens, stages, and reads what the engine left over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import cast

from servicebook.metrics import csv_files, data_problems, json_files, parquet_files, staging, uniqueness
from servicebook.metrics.engine import Engine, EngineError
from servicebook.metrics.fields import FIELDS, Field, Type, column_of, is_mapped
from servicebook.metrics.files import MetricFile, format_of, inspect, matching
from servicebook.metrics.findings import Broken, Findings, refusal
from servicebook.metrics.formats import NATIVE, with_columns
from servicebook.metrics.loaded import Loaded, LoadedFile
from servicebook.metrics.reading import read_rest
from servicebook.metrics.rules import MISSING_FIELD, NO_COLUMN, NO_ZONE, UNREADABLE, UNUSED_COLUMN
from servicebook.metrics.table import FileTable
from servicebook.metrics.times import TimeReader
from servicebook.model.common import Where
from servicebook.model.measurement import Kind
from servicebook.model.metric_source import MetricSource
from servicebook.source import did_you_mean
from servicebook.timeline.zone import ClockChanges, UnknownZone, zone


class Loader:
    """Loads sources; a file that several of them read is inspected once."""

    def __init__(self, engine: Engine, root: Path, as_of: int, limits: Mapping[str, Fraction]) -> None:
        self._engine, self._root, self._as_of, self._limits = engine, root, as_of, limits
        self._inspected: dict[tuple[str, bool], MetricFile] = {}

    def load(self, source: MetricSource, wheres: Sequence[Where]) -> Loaded:
        """A source's table, with every column that one of the filters names and its files have."""
        filtered = sorted({column for where in wheres for column, _ in where.conditions})
        source = with_columns(source)
        findings = Findings()
        reader = _reader(source)
        found = [self._file(path, source.format) for path in matching(self._root, source, findings)]
        tables = self._open(source, found, findings)
        columns = tuple(dict.fromkeys(name for _, table in tables for name in table.cells))
        plan = staging.Plan(
            source=source,
            fields=FIELDS[source.records],
            reader=reader,
            columns=columns,
            filtered=tuple(name for name in filtered if name in columns),
            compared=_compared(source, columns),
        )
        table = staging.create(self._engine, plan)
        staged = self._stage(table, plan, tables, found, findings)
        loaded = Loaded(
            engine=self._engine,
            source=source,
            as_of=self._as_of,
            reader=reader,
            table=table,
            columns=columns,
            filtered={name: index for index, name in enumerate(plan.filtered)},
            files=self._files(table, found, staged),
            findings=findings,
            has_lists=any(each.has_lists for _, each in tables),
        )
        if found and columns:
            _check_columns(loaded)
        _check_required(loaded)
        loaded.complete = loaded.use
        read_rest(loaded)
        data_problems.check(loaded, self._limits.get(source.id))
        uniqueness.check_rows(loaded, wheres)
        return loaded

    def _file(self, path: str, declared: str) -> MetricFile:
        binary = format_of(path, declared) == "parquet"
        if (path, binary) not in self._inspected:
            self._inspected[path, binary] = inspect(self._engine, self._root, path, binary=binary)
        return self._inspected[path, binary]

    def _open(
        self, source: MetricSource, found: Sequence[MetricFile], findings: Findings
    ) -> list[tuple[int, FileTable]]:
        """Every file that can be read, as a table; what can't is reported."""
        good = [(number, file) for number, file in enumerate(found) if _sound(file, findings)]
        if source.format in NATIVE:
            return [(-1, NATIVE[source.format].read(self._engine, source, good, findings))] if good else []
        tables = []
        for number, file in good:
            try:
                tables.append((number, self._table(file, number, format_of(file.path, source.format))))
            except Broken as broken:
                findings.broken(file.path, broken)
        return tables

    def _table(self, file: MetricFile, number: int, form: str) -> FileTable:
        match form:
            case "csv":
                return csv_files.read(self._engine, file, number)
            case "json" | "ndjson":
                return json_files.read(self._engine, file, number, form)
            case "parquet":
                return parquet_files.read(self._engine, file, number)
            case _:
                raise Broken(
                    UNREADABLE,
                    1,
                    "has a suffix that tells no format",
                    "CSV, CSV.gz, JSON, NDJSON or Parquet, or say `format`",
                )

    def _stage(
        self,
        table: str,
        plan: staging.Plan,
        tables: Sequence[tuple[int, FileTable]],
        found: Sequence[MetricFile],
        findings: Findings,
    ) -> dict[int, Callable[[int], int]]:
        lines: dict[int, Callable[[int], int]] = {}
        for number, file in tables:
            try:
                staging.insert(self._engine, table, plan, file)
            except Broken as broken:
                findings.broken(found[number].path, broken)
            except (EngineError, UnicodeDecodeError) as error:
                findings.broken(found[number].path, refusal(error, found[number].text))
            else:
                lines.update(file.lines)
        return lines

    def _files(
        self, table: str, found: Sequence[MetricFile], lines: Mapping[int, Callable[[int], int]]
    ) -> tuple[LoadedFile, ...]:
        counted = {
            int(file): (int(rows), int(first))
            for file, rows, first in self._engine.rows(f"SELECT file, count(*), min(rowid) FROM {table} GROUP BY file")
        }
        files, at = [], 0
        for number, file in enumerate(found):
            rows, first = counted.get(number, (0, at))
            files.append(
                LoadedFile(
                    path=file.path,
                    sha256=file.sha256,
                    size=file.size,
                    rows=rows,
                    first=first,
                    line_of=lines.get(number, _first_line),
                )
            )
            at = first + rows
        return tuple(files)


def _first_line(row: int) -> int:
    """The line of a row in a file whose lines nobody knows."""
    del row
    return 1


def _reader(source: MetricSource) -> TimeReader:
    try:
        where = zone(source.time_zone) if source.time_zone else None
    except UnknownZone:
        where = None  # the definition's own reader reports a zone that doesn't exist
    native = NATIVE.get(source.format)
    where = where or (zone("UTC") if native is not None and native.in_utc else None)
    form = None if native is not None else source.time_format
    return TimeReader(format=form, zone=where, clock_changes=cast("ClockChanges | None", source.clock_changes))


def _sound(file: MetricFile, findings: Findings) -> bool:
    if file.fault is not None:
        findings.broken(file.path, file.fault)
    return file.fault is None


def _compared(source: MetricSource, columns: Sequence[str]) -> tuple[str, ...]:
    """Columns whose texts tell rows apart: all but those that are a field's only column, whose value does."""
    if source.records is Kind.PROBES and source.key is None:
        return ()  # equal probes are told by their time alone
    alone = set()
    for field in FIELDS[source.records]:
        column = column_of(source, field.name)
        if len(column.names) == 1 and column.accepted is None:
            alone.add(column.names[0])
    return tuple(sorted(name for name in columns if name not in alone))


def _check_columns(loaded: Loaded) -> None:
    """Columns that the definition names are in one of the files at least."""
    source, columns = loaded.source, loaded.columns
    fields = FIELDS[source.records]
    for field in fields:
        column = column_of(source, field.name)
        if source.format in NATIVE or any(name in columns for name in column.names):
            continue
        named = " or ".join(f"'{name}'" for name in column.names)
        hint = did_you_mean(column.names[0], columns) or f"there are {', '.join(columns[:12])}"
        if field.required:
            loaded.findings.add(
                NO_COLUMN,
                column.position,
                f"no file has a column {named}, which `{field.name}` is read from",
                hint=hint,
            )
        elif is_mapped(source, field.name):
            loaded.findings.add(UNUSED_COLUMN, column.position, f"no file has a column {named}", hint=hint)
    if source.records in _EITHER and not any(_has(source, columns, name) for name in _EITHER[source.records]):
        names = " or ".join(f"`{name}`" for name in _EITHER[source.records])
        loaded.findings.add(NO_COLUMN, source.places.of("columns"), f"no file has a column for {names}")
    others = [(source.key, source.places.of("key"))] if source.key else []
    others += [(name, source.places.of("where")) for name, _ in source.where.conditions]
    for name, position in others:
        if name not in columns:
            hint = did_you_mean(name, columns) or f"there are {', '.join(columns[:12])}"
            loaded.findings.add(NO_COLUMN, position, f"no file has a column '{name}'", hint=hint)
    if source.records is Kind.DOWNTIME and loaded.reader.zone is None:
        loaded.findings.add(
            NO_ZONE,
            source.places.position,
            "the days of a daily file need a `time_zone`",
            hint="time_zone: UTC, or whichever it is",
        )


_EITHER: Mapping[Kind, tuple[str, ...]] = {Kind.VALUES: ("period", "time"), Kind.LEDGER: ("budget", "actual")}
"""Fields of which one at least is needed."""


def _has(source: MetricSource, columns: Sequence[str], field: str) -> bool:
    return any(name in columns for name in column_of(source, field).names)


def _check_required(loaded: Loaded) -> None:
    """Every row has what its kind needs; rows without are errors and count nowhere."""
    source = loaded.source
    for field in FIELDS[source.records]:
        if not field.required:
            continue
        absent = f"keep AND {_absent(field)}"
        loaded.usable.append(f"f_{field.name} IS NOT NULL")
        if _has(source, loaded.columns, field.name):
            loaded.report(MISSING_FIELD, absent, f"no `{field.name}` in this row", hint=_where_from(source, field))
    if source.key and source.key in loaded.columns:
        loaded.report(MISSING_FIELD, "keep AND k IS NULL", f"no '{source.key}' in this row, which is its key")


def _absent(field: Field) -> str:
    nothing = f"f_{field.name} IS NULL"
    return f"{nothing} AND x_{field.name} IS NULL" if field.type in (Type.TIME, Type.FLAG) else nothing


def _where_from(source: MetricSource, field: Field) -> str:
    names = column_of(source, field.name).names
    return f"it is read from the column {' or '.join(names)}"
