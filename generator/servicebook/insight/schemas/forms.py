"""What schemas are put together of: records, lists, and values with their meaning and their form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from servicebook.model.common import Comparison
from servicebook.model.result import Verdict

Schema = dict[str, Any]

_INSTANT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"
_DAY = r"^\d{4}-\d\d-\d\d$"
_NUMBER = r"^-?\d+(\.\d+)?$"
PERIOD = r"^(\d{4}(-(\d\d(-\d\d)?|Q[1-4]|W\d\d))?(/\d+)?|rolling-\d+d@\d{4}-\d\d-\d\d)$"


def listing(name: str, meaning: str, item: Schema, items: str = "") -> Schema:
    """A document: its name and version, the moment that it is made for, and its items under `items` (else its name)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:servicebook:{name}:1",
        "title": f"servicebook/{name}/1",
        **record(
            meaning,
            schema={"const": f"servicebook/{name}/1", "description": "Name and version of this form."},
            as_of=instant("What happened at or after this moment is not known."),
            **{items or name: array("One item each.", item)},
        ),
    }


def record(meaning: str, **properties: Schema) -> Schema:
    """A thing with these keys, each of them always there."""
    return {
        "type": "object",
        "description": meaning,
        "properties": properties,
        "required": list(properties),
    }


def array(meaning: str, item: Schema) -> Schema:
    """A list of such items."""
    return {"type": "array", "description": meaning, "items": item}


def text(meaning: str, pattern: str = "") -> Schema:
    """A text, of this form where there is one."""
    return {"type": "string", "description": meaning, **({"pattern": pattern} if pattern else {})}


def words(meaning: str, known: Iterable[str]) -> Schema:
    """One of these words."""
    return {"type": "string", "description": meaning, "enum": [str(word) for word in known]}


def instant(meaning: str) -> Schema:
    """A moment in UTC."""
    return text(f"{meaning} UTC.", _INSTANT)


def day(meaning: str) -> Schema:
    """A date."""
    return text(meaning, _DAY)


def number(meaning: str) -> Schema:
    """An exact number, written as a text."""
    return text(f"{meaning} An exact decimal where it is finite, else 16 significant digits.", _NUMBER)


def whole(meaning: str) -> Schema:
    """A count, from 0."""
    return {"type": "integer", "minimum": 0, "description": meaning}


def flag(meaning: str) -> Schema:
    """Yes or no."""
    return {"type": "boolean", "description": meaning}


def or_null(schema: Schema) -> Schema:
    """The same, or null where there is none."""
    if "enum" in schema:
        return {**schema, "type": [schema["type"], "null"], "enum": [*schema["enum"], None]}
    return {**schema, "type": [schema["type"], "null"]}


def ids(meaning: str) -> Schema:
    """A list of ids."""
    return array(meaning, text("An id."))


PERIOD_NAME = text("As in 2026-10, 2026-Q4, 2026-W41, 2026; a part of a split one ends in /1.", PERIOD)
VERDICT = words("What the figure says of the promise.", Verdict)
OBJECTIVE = record(
    "The level that the figure must reach.",
    op=words("Equality meets >= and <=.", Comparison),
    value=or_null(number("In `unit`.")),
    shown=text("As its author wrote it."),
)
FILE = record(
    "A metric file.",
    path=text("From the catalogue's root."),
    sha256=text("Of the file as it lies there.", r"^[0-9a-f]{64}$"),
    rows=whole("Rows that count here."),
)
PLACE = {"path": text("From the catalogue's root."), "line": whole("From 1.")}
