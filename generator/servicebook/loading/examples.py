"""Reads the examples of agreements: records, and the result that both parties expect of them."""

from __future__ import annotations

from servicebook.loading import quantities
from servicebook.loading.fields import Fields
from servicebook.loading.nodes import Entries, Items, Node, Scalar
from servicebook.loading.report import excerpt
from servicebook.model.target import Example
from servicebook.source import did_you_mean

KEYS = ("given", "expect")
EXPECTED = ("target", "period", "verdict", "value", "shown", "credit")
COLUMNS_OF = {
    "outage": ("start", "end", "planned", "announced", "impact"),
    "downtime": ("date", "minutes", "impact"),
    "probe": ("time", "ok", "value"),
    "event": ("time", "good", "total"),
    "sample": ("time", "value"),
    "ticket": ("opened", "responded", "resolved", "priority", "paused", "pauses"),
    "value": ("period", "time", "value"),
    "score": ("time", "score"),
    "usage": ("time", "used", "capacity"),
    "ledger": ("time", "budget", "actual", "currency"),
}
"""Kinds of record that an example gives, each with its columns."""


def read_examples(fields: Fields, *, target: str = "") -> tuple[Example, ...]:
    """The examples below a target (whose id they needn't repeat) or an agreement."""
    read = (_example(item, target) for item in fields.mappings("examples", what="an example", keys=KEYS))
    return tuple(example for example in read if example is not None)


def _example(fields: Fields, target: str) -> Example | None:
    given = _given(fields)
    expect = fields.mapping("expect", what="'expect'", keys=EXPECTED, required=True)
    if expect is None:
        return None
    named = expect.reference("target")
    name = named.id if named is not None else target
    if named is None and not target and "target" not in expect.written:
        expect.missing("target", "say which target is meant")
    period = expect.read("period", quantities.tidy, required=True)
    texts = tuple((key, expect.read(key, quantities.tidy) or "") for key in EXPECTED[2:] if key in expect.written)
    if not texts:
        expect.missing("verdict", "say what is expected: verdict, value, shown or credit")
        return None
    if given is None or not name or period is None:
        return None
    places = fields.places
    return Example(given=given, target=name, period=period, expect=texts, position=fields.position, places=places)


def _given(fields: Fields) -> tuple[tuple[str, object], ...] | None:
    """Records in order; an empty list is none at all. None where one of them can't be read."""
    node = fields.node("given", required=True)
    if node is None:
        return None
    if not isinstance(node, Items):
        fields.error(
            "given", "field/wrong-type", "'given' is a list of records", "write for example `[{outage: [START, END]}]`"
        )
        return None
    read = [_record(fields, item) for item in node.items]
    records = tuple(record for record in read if record is not None)
    return records if len(records) == len(read) else None


def _record(fields: Fields, node: Node) -> tuple[str, object] | None:
    if not isinstance(node, Entries) or len(node.entries) != 1:
        hint = "write for example `{outage: [START, END]}` or `{ticket: {opened: …}}`"
        fields.report.error(node.position, "field/wrong-type", "a record is one kind with its columns", hint)
        return None
    key, value = node.entries[0]
    columns = COLUMNS_OF.get(key.text)
    if columns is None:
        near = did_you_mean(key.text[:100], COLUMNS_OF) or "known: " + ", ".join(COLUMNS_OF)
        fields.report.error(key.position, "field/unknown-key", f"no kind of record '{excerpt(key.text)}'", near)
        return None
    if isinstance(value, Entries):
        # Other columns are welcome: they are the file's own, as a `where` may name them.
        return key.text, {column.text: plain(content) for column, content in value.entries}
    if key.text == "outage" and isinstance(value, Items) and len(value.items) == 2:
        return key.text, plain(value)
    hint = (
        "an outage is [start, end] or a mapping" if key.text == "outage" else f"write its columns: {', '.join(columns)}"
    )
    fields.report.error(value.position, "field/wrong-type", f"the columns of '{key.text}' are missing", hint)
    return None


def plain(node: Node) -> object:
    """A node as texts, lists and mappings."""
    match node:
        case Scalar():
            return node.text
        case Items():
            return [plain(item) for item in node.items]
        case Entries():
            return {key.text: plain(value) for key, value in node.entries}
