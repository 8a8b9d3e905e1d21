"""The pauses of a ticket as files write them."""

from __future__ import annotations

import json

from servicebook.metrics.rules import BAD_PAUSES
from servicebook.metrics.table import ITEM
from servicebook.metrics.times import TimeReader, Unreadable

Pause = tuple[int, int | None]
"""Its first instant and the first after it; None while it goes on."""

_BOUNDS = 2


def read_pauses(text: str, reader: TimeReader) -> list[Pause]:
    """`start/end; start/end` in a cell, `[[start, end], …]` in JSON, always ISO 8601; Unreadable otherwise.

    A pause without an end goes on.
    """
    iso = TimeReader(zone=reader.zone, clock_changes=reader.clock_changes)
    pairs = _from_list(text) if text.startswith(ITEM) else _from_cell(text)
    return [(iso.read(start), iso.read(end) if end else None) for start, end in pairs]


def _from_cell(text: str) -> list[tuple[str, str]]:
    pairs = []
    for part in text.split(";"):
        if not part.strip():
            continue
        start, slash, end = part.partition("/")
        if not slash or "/" in end:
            raise Unreadable(BAD_PAUSES, f"'{part.strip()}' isn't a pause", "write start/end; start/end in ISO 8601")
        pairs.append((start.strip(), end.strip()))
    return pairs


def _from_list(text: str) -> list[tuple[str, str]]:
    pairs = []
    for item in text.strip(ITEM).split(ITEM):
        try:
            found = json.loads(item)
        except ValueError:
            pairs += _from_cell(item)
            continue
        if isinstance(found, dict):
            found = [found.get("start"), found.get("end")]
        if not isinstance(found, list) or len(found) != _BOUNDS or not isinstance(found[0], str):
            raise Unreadable(BAD_PAUSES, f"{item} isn't a pause", "write [start, end] in ISO 8601")
        if not isinstance(found[1], str | None):
            raise Unreadable(BAD_PAUSES, f"{item} isn't a pause", "write [start, end] in ISO 8601")
        pairs.append((found[0], found[1] or ""))
    return pairs
