"""JSON and NDJSON, read strictly and with every value as it is written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from servicebook.metrics.engine import Engine
from servicebook.metrics.files import MetricFile
from servicebook.metrics.findings import Broken
from servicebook.metrics.rules import TOO_BIG, UNREADABLE
from servicebook.metrics.table import Cell, FileTable, Spool

LARGEST_DOCUMENT = 512 << 20
"""Bytes of a JSON document, which is read whole."""

_SPACE = re.compile(r"[ \t\n\r]*")


class Number(str):
    """A JSON number, with the digits that were written."""

    __slots__ = ()


class _Refused(ValueError):
    """What JSON has no place for, or what two readers would read differently."""


def _constant(name: str) -> NoReturn:
    raise _Refused(f"{name} is no JSON")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for index, name in enumerate(names) if name in names[:index])
        raise _Refused(f"an object has two values named '{twice}'")
    return found


_DECODER = json.JSONDecoder(parse_int=Number, parse_float=Number, parse_constant=_constant, object_pairs_hook=_object)


def decode(text: str, at: int, first_line: int = 1) -> tuple[object, int]:
    """The value that begins at `at`, and where it ends; Broken with the line otherwise."""
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        line = first_line + text.count("\n", 0, error.pos)
        raise Broken(UNREADABLE, line, f"isn't JSON: {error.msg}") from error
    except _Refused as error:
        raise Broken(UNREADABLE, first_line + text.count("\n", 0, at), f"isn't JSON that we read: {error}") from error
    except RecursionError as error:
        raise Broken(UNREADABLE, first_line + text.count("\n", 0, at), "is nested too deeply") from error


def document(path: Path) -> object:
    """A whole JSON document; numbers are `Number`, everything else as Python has it."""
    text = whole(path)
    start = skip(text, 0)
    value, end = decode(text, start)
    _nothing_after(text, end)
    return value


def whole(path: Path) -> str:
    """The text of a file that isn't too large to be read at once."""
    if path.stat().st_size > LARGEST_DOCUMENT:
        raise Broken(
            TOO_BIG,
            1,
            f"is larger than {LARGEST_DOCUMENT >> 20} MB, too large for one JSON document",
            "write NDJSON or Parquet",
        )
    return path.read_bytes().decode("utf-8-sig")


def skip(text: str, at: int) -> int:
    """Where the white space of JSON ends."""
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _nothing_after(text: str, end: int) -> None:
    rest = skip(text, end)
    if rest < len(text):
        raise Broken(UNREADABLE, 1 + text.count("\n", 0, rest), "isn't JSON: something stands behind its end")


def elements(text: str, key: str | None = None) -> Iterator[tuple[int, object]]:
    """The items of a document that is a list, or (with `key`) an object that holds one under that key, each with its line."""
    at = skip(text, 0)
    if at == len(text):
        raise Broken(UNREADABLE, 1, "is empty", "a list without records is written []")
    if text[at] == "[":
        found, end = _items(text, at)
    elif text[at] == "{" and key is not None:
        found, end = _member(text, at, key)
    else:
        decode(text, at)
        raise Broken(
            UNREADABLE, 1 + text.count("\n", 0, at), "isn't a list of records", "records stand in a list: [{…}, {…}]"
        )
    _nothing_after(text, end)
    return iter(found)


def _items(text: str, at: int) -> tuple[list[tuple[int, object]], int]:
    """The items of the list that begins at `at`, and where it ends."""
    found: list[tuple[int, object]] = []
    line, seen = 1, 0
    at = skip(text, at + 1)
    if text[at : at + 1] == "]":
        return found, at + 1
    while True:
        line += text.count("\n", seen, at)
        seen = at
        value, end = decode(text, at)
        found.append((line, value))
        at = skip(text, end)
        if text[at : at + 1] == "]":
            return found, at + 1
        if text[at : at + 1] != ",":
            raise Broken(UNREADABLE, 1 + text.count("\n", 0, at), "isn't JSON: a comma or ] is missing")
        at = skip(text, at + 1)


def _member(text: str, start: int, key: str) -> tuple[list[tuple[int, object]], int]:
    """The items of the list under a key of the object that begins at `start`, and where the object ends."""
    whole_object, end = decode(text, start)
    if not isinstance(whole_object, dict) or not isinstance(whole_object.get(key), list):
        raise Broken(UNREADABLE, 1 + text.count("\n", 0, start), f"has no list '{key}'")
    at = skip(text, start + 1)
    while True:  # the object is sound, so its members can be walked
        name, at = decode(text, at)
        at = skip(text, skip(text, at) + 1)
        if name == key:
            return _items(text, at)[0], end
        _, at = decode(text, at)
        at = skip(text, skip(text, at) + 1)


def _lines(path: Path) -> Iterator[tuple[int, object]]:
    with path.open(encoding="utf-8-sig", newline="\n") as text:
        for number, ended in enumerate(text, 1):
            written = ended.rstrip("\r\n")
            if not written.strip(" \t\r\n"):
                continue
            value, end = decode(written, skip(written, 0), number)
            if skip(written, end) < len(written):
                raise Broken(
                    UNREADABLE, number, "isn't NDJSON: something stands behind the object", "one object a line"
                )
            yield number, value


def read(engine: Engine, file: MetricFile, number: int, kind: str) -> FileTable:
    """A JSON list of objects, or NDJSON, as a table."""
    found = _lines(file.text) if kind == "ndjson" else elements(whole(file.text))
    with Spool(engine) as spool:
        for line, value in found:
            if not isinstance(value, dict):
                raise Broken(UNREADABLE, line, "a record isn't an object")
            try:
                spool.add(number, line, {name: cell(item) for name, item in value.items()})
            except ValueError as error:
                raise Broken(UNREADABLE, line, f"a record {error}") from error
        return spool.finish()


def cell(value: object) -> Cell:
    """A value as the text that `where` compares: lists keep their items, of objects their names."""
    if isinstance(value, list):
        return [text for item in value if (text := _item(item)) is not None]
    return _text(value)


def _item(value: object) -> str | None:
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return str(value["name"])
    return _text(value)


def _text(value: object) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case str():
            return str(value)
        case _:
            return _compact(value)


def _compact(value: object) -> str:
    """JSON without white space, numbers as they were written."""
    match value:
        case dict():
            return "{" + ",".join(f"{json.dumps(k, ensure_ascii=False)}:{_compact(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ",".join(map(_compact, value)) + "]"
        case Number():
            return str(value)
        case _:
            return json.dumps(value, ensure_ascii=False)
