"""What an older version of a file says, without a word on what is wrong in it."""

from __future__ import annotations

from servicebook.loading.agreements import KEYS, read_exclusions, version_text
from servicebook.loading.documents import decode, split
from servicebook.loading.fields import Fields
from servicebook.loading.nodes import Entries, compose
from servicebook.loading.report import Report
from servicebook.loading.shared import read_zone


def exclusion_spans(data: bytes, path: str) -> frozenset[tuple[int, int]]:
    """Start and end (UTC microseconds) of each exclusion in a version of an agreement's file; what can't be read has none."""
    fields = _fields(data, path)
    if fields is None:
        return frozenset()
    return frozenset((each.start, each.end) for each in read_exclusions(fields, read_zone(fields)))


def version_in(data: bytes, path: str) -> str | None:
    """The `version` of an agreement's file; None where it can't be read."""
    fields = _fields(data, path)
    return None if fields is None else fields.read("version", version_text)


def _fields(data: bytes, path: str) -> Fields | None:
    unheard = Report()
    text = decode(data, path, unheard)
    document = None if text is None else split(text, path, unheard)
    node = None if document is None else compose(document.front, path, document.first_line, unheard)
    return Fields(node, unheard, what="the agreement", keys=KEYS) if isinstance(node, Entries) else None
