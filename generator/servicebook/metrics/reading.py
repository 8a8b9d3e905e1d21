"""Reads what the engine's fast path left over: each distinct text once, by the rules in `times` and `numbers`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TypeVar

from servicebook.metrics.engine import named
from servicebook.metrics.fields import FIELDS, Field, Type
from servicebook.metrics.loaded import Loaded
from servicebook.metrics.numbers import FALSE, TRUE, plain, read_duration, read_number, read_share
from servicebook.metrics.pauses import read_pauses
from servicebook.metrics.rules import BAD_PERIOD, BAD_WORD, NO_ZONE, TOO_MANY_DIGITS
from servicebook.metrics.table import ITEM
from servicebook.metrics.times import TimeReader, Unreadable
from servicebook.timeline.period import period_named
from servicebook.timeline.zone import OutOfRange

T = TypeVar("T")

_DIGITS = 38
_CHUNK = 200_000


def read_rest(loaded: Loaded) -> None:
    """Turn every field into its type, in place; what can't be read is reported and becomes nothing."""
    numbers: list[str] = []
    for field in FIELDS[loaded.source.records]:
        column = f"f_{field.name}"
        match field.type:
            case Type.TIME:
                _times(loaded, field)
            case Type.FLAG:
                _convert(loaded, f"x_{field.name}", _no_word)
            case Type.NUMBER | Type.COUNT:
                _numbers(loaded, column, words=field.type is Type.COUNT)
                numbers.append(column)
            case Type.SHARE:
                _replace(loaded, column, lambda text: str(read_share(text)))
            case Type.DURATION:
                _replace(loaded, column, lambda text: str(read_duration(text)))
            case Type.DAY:
                _replace(loaded, column, lambda text: loaded.reader.read_day(text).isoformat())
            case Type.PAUSES:
                _replace(loaded, column, lambda text: json.dumps(read_pauses(text, loaded.reader)))
            case Type.PERIOD:
                _periods(loaded)
            case Type.TEXT:
                pass
    _fix_scale(loaded, numbers)


def _convert(loaded: Loaded, column: str, read: Callable[[str], T]) -> dict[str, T]:
    """Each distinct text of a column and what it reads as; those that can't be read are reported."""
    texts = loaded.engine.rows(f"SELECT DISTINCT {named(column)} FROM {loaded.table} WHERE {named(column)} IS NOT NULL")
    values: dict[str, T] = {}
    faults: dict[str, Unreadable] = {}
    for (text,) in texts:
        try:
            values[text] = read(text)
        except Unreadable as fault:
            faults[text] = fault
    _report(loaded, column, faults)
    return values


def _report(loaded: Loaded, column: str, faults: Mapping[str, Unreadable]) -> None:
    """One problem for each file and rule, at the first row."""
    if not faults:
        return
    table = _upload(loaded, {text: fault.rule for text, fault in faults.items()}, "VARCHAR")
    rows = loaded.engine.rows(
        f"SELECT t.file, m.v, count(*), min(t.rowid), arg_min(m.t, t.rowid) FROM {loaded.table} t JOIN {table} m "
        f"ON t.{named(column)} = m.t GROUP BY t.file, m.v ORDER BY t.file, m.v"
    )
    for _, rule, count, first, text in rows:
        loaded.findings.add(rule, loaded.position(first), faults[text].reason, hint=faults[text].hint, count=count)


def _upload(loaded: Loaded, values: Mapping[str, object], kind: str) -> str:
    """A table with a text `t` and its value `v`."""
    table = loaded.engine.new_table()
    loaded.engine.run(f"CREATE TABLE {table} (t VARCHAR, v {kind})")
    items = list(values.items())
    for at in range(0, len(items), _CHUNK):
        some = items[at : at + _CHUNK]
        loaded.engine.run(
            f"INSERT INTO {table} SELECT unnest(?::VARCHAR[]), unnest(?::{kind}[])",
            [[text for text, _ in some], [value for _, value in some]],
        )
    return table


def _replace(loaded: Loaded, column: str, read: Callable[[str], str]) -> None:
    """Put what a text reads as, written in one way, in its place."""
    values = _convert(loaded, column, read)
    table = _upload(loaded, values, "VARCHAR")
    loaded.engine.run(
        f"UPDATE {loaded.table} SET {column} = (SELECT v FROM {table} m WHERE m.t = {column}) WHERE {column} IS NOT NULL"
    )


def _times(loaded: Loaded, field: Field) -> None:
    typed = TimeReader(zone=loaded.reader.zone, clock_changes=loaded.reader.clock_changes)

    def read(text: str) -> int:
        return typed.read(text.removeprefix(ITEM)) if text.startswith(ITEM) else loaded.reader.read(text)

    values = _convert(loaded, f"x_{field.name}", read)
    if values:
        table = _upload(loaded, values, "BIGINT")
        loaded.engine.run(f"UPDATE {loaded.table} SET f_{field.name} = m.v FROM {table} m WHERE x_{field.name} = m.t")


def _no_word(text: str) -> None:
    raise Unreadable(
        BAD_WORD,
        f"'{text}' is neither yes nor no",
        "true/false, yes/no, 1/0, ok/fail, up/down, or map the column with `is`",
    )


_PLAIN = "'[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)'"


def _numbers(loaded: Loaded, column: str, *, words: bool) -> None:
    """Bring numbers into plain digits: exponents are written out, words of counts become 1 and 0."""
    odd = f"{column} IS NOT NULL AND NOT regexp_full_match({column}, {_PLAIN})"
    found = loaded.engine.rows(f"SELECT 1 FROM {loaded.table} WHERE {odd} LIMIT 1")
    if not found:
        return

    def read(text: str) -> str:
        word = text.strip().lower()
        if words and word in TRUE | FALSE:
            return "1" if word in TRUE else "0"
        return plain(read_number(text))

    extra = loaded.engine.new_table()
    loaded.engine.run(f"ALTER TABLE {loaded.table} ADD COLUMN {extra} VARCHAR")
    loaded.engine.run(f"UPDATE {loaded.table} SET {extra} = {column}, {column} = NULL WHERE {odd}")
    table = _upload(loaded, _convert(loaded, extra, read), "VARCHAR")
    loaded.engine.run(f"UPDATE {loaded.table} SET {column} = m.v FROM {table} m WHERE {extra} = m.t")


def _fix_scale(loaded: Loaded, columns: list[str]) -> None:
    """Make numbers decimals of one scale, wide enough that no sum overflows."""
    if not columns:
        return
    engine, table = loaded.engine, loaded.table
    decimals = {column: f"length(rtrim(split_part({column}, '.', 2), '0'))" for column in columns}
    whole = {column: f"length(ltrim(split_part({column}, '.', 1), '+-0'))" for column in columns}
    sizes = ", ".join(f"max({decimals[c]}), max({whole[c]})" for c in columns)
    rows, *found = engine.row(f"SELECT count(*), {sizes} FROM {table}")
    scale = max((size or 0 for size in found[::2]), default=0)
    digits = max((size or 0 for size in found[1::2]), default=0)
    room = _DIGITS - len(str(rows))
    if scale + digits > room:
        for column in columns:
            half = room // 2
            too_long = f"{decimals[column]} > {half} OR {whole[column]} > {room - half}"
            loaded.report(
                TOO_MANY_DIGITS,
                too_long,
                f"a number has more digits than {room} places hold, half of them behind the point",
            )
            engine.run(f"UPDATE {table} SET {column} = NULL WHERE {too_long}")
        scale = min(scale, room // 2)
    loaded.scale = scale
    for column in columns:
        engine.run(
            f"ALTER TABLE {table} ALTER {column} TYPE DECIMAL({_DIGITS},{scale}) USING CAST({column} AS DECIMAL({_DIGITS},{scale}))"
        )


def _periods(loaded: Loaded) -> None:
    """A value's period becomes its first instant and the first after it."""

    def read(text: str) -> tuple[int, int]:
        zone = loaded.reader.zone
        if zone is None:
            raise Unreadable(NO_ZONE, f"the period '{text}' needs a time zone", "add `time_zone` to the source")
        try:
            period = period_named(text, zone)
        except OutOfRange as error:
            raise Unreadable(BAD_PERIOD, f"'{text}' lies outside the years 1 to 9999") from error
        except ValueError as error:
            raise Unreadable(BAD_PERIOD, str(error)) from error
        return period.start, period.end

    spans = _convert(loaded, "f_period", read)
    engine, table = loaded.engine, loaded.table
    starts = _upload(loaded, {text: start for text, (start, _) in spans.items()}, "BIGINT")
    ends = _upload(loaded, {text: end for text, (_, end) in spans.items()}, "BIGINT")
    engine.run(f"ALTER TABLE {table} ADD COLUMN f_until BIGINT")
    engine.run(f"UPDATE {table} SET f_time = NULL WHERE f_period IS NOT NULL")
    engine.run(f"UPDATE {table} SET f_time = m.v FROM {starts} m WHERE f_period = m.t")
    engine.run(f"UPDATE {table} SET f_until = m.v FROM {ends} m WHERE f_period = m.t")
