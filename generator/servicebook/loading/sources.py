"""Reads the definitions of metric sources, `data/metrics/<id>.yml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Literal
from zoneinfo import ZoneInfo

from servicebook.loading import moments, quantities, spans
from servicebook.loading.documents import Document
from servicebook.loading.fields import Fields
from servicebook.loading.nodes import Entries, Items, Node, Scalar
from servicebook.loading.report import Report, Unreadable, excerpt
from servicebook.loading.shared import read_where, read_zone
from servicebook.model.measurement import Kind
from servicebook.model.metric_source import Column, MetricSource

KEYS = (
    "title", "records", "files", "format", "time_zone", "time_format", "columns", "where", "missing", "unit", "every", "tolerance", "from",
    "complete_to", "until", "key", "down_after", "up_after", "clock_changes",
)  # fmt: skip
FORMATS = ("csv", "json", "ndjson", "parquet", "upptime", "cstate", "statuspage")
COLUMNS_OF: dict[Kind, tuple[str, ...]] = {
    Kind.PROBES: ("time", "ok", "value"),
    Kind.OUTAGES: ("start", "end", "planned", "announced", "impact"),
    Kind.DOWNTIME: ("date", "minutes", "impact"),
    Kind.EVENTS: ("time", "good", "total"),
    Kind.SAMPLES: ("time", "value"),
    Kind.TICKETS: ("opened", "responded", "resolved", "priority", "paused", "pauses"),
    Kind.VALUES: ("period", "time", "value"),
    Kind.SCORES: ("time", "score"),
    Kind.USAGE: ("time", "used", "capacity"),
    Kind.LEDGER: ("time", "budget", "actual", "currency"),
}
"""Fields of each kind of record that a definition can take from a column of another name."""

_YES_OR_NO = ("ok", "good", "planned")
_KINDS_OF_FORMAT = {"upptime": Kind.DOWNTIME, "cstate": Kind.OUTAGES, "statuspage": Kind.OUTAGES}
_PROBE_KEYS = ("every", "tolerance", "down_after", "up_after")
_DIRECTIVE = re.compile(r"%(-?.?)", re.DOTALL)
_DIRECTIVES = frozenset("aAwdbBmyYHIpMSfzZjUWcxXGuVgnq%")


def read_source(document: Document, node: Entries, name: str, report: Report) -> MetricSource | None:
    """The source of a file; None where what it must have isn't there."""
    fields = Fields(node, report, what="the source", keys=KEYS)
    title, kind = fields.required_text("title"), fields.member("records", Kind, required=True)
    files, form = _files(fields), fields.choice("format", FORMATS)
    zone, time_format = read_zone(fields), fields.read("time_format", _time_format)
    clock_changes: Literal["earlier", "later"] | None = None
    if (word := fields.choice("clock_changes", ("earlier", "later"))) is not None:
        clock_changes = "earlier" if word == "earlier" else "later"
    columns, where, missing = _columns(fields, kind), read_where(fields), _missing(fields)
    unit, key = fields.text("unit"), fields.text("key") or None
    every, tolerance = fields.read("every", quantities.duration), fields.read("tolerance", _tolerance)
    down_after, up_after = fields.read("down_after", spans.samples), fields.read("up_after", spans.samples)
    begins, complete_to, until = (
        fields.read(bound, _bound(zone, clock_changes)) for bound in ("from", "complete_to", "until")
    )
    if kind is not None:
        _check_kind(fields, kind, form)
    _check_bounds(fields, begins, complete_to, until)
    if title is None or kind is None or not files or (kind is Kind.PROBES and every is None):
        return None
    return MetricSource(
        id=name, title=title, records=kind, files=files, format=form or "", time_zone=zone.key if zone is not None else None,
        time_format=time_format, columns=columns, where=where, missing=missing, unit=unit, every=every,
        tolerance=tolerance if tolerance is not None else Fraction(2), from_=begins, complete_to=complete_to, until=until, key=key,
        down_after=down_after or 1, up_after=up_after or 1, clock_changes=clock_changes, path=document.path, places=fields.places,
    )  # fmt: skip


def _check_kind(fields: Fields, kind: Kind, form: str | None) -> None:
    """Reports keys and formats that don't go with the kind of record."""
    if kind is Kind.PROBES:
        if "every" not in fields.written:
            fields.missing("every", "say how often is probed, as in `every: 60 s`")
    else:
        for key in _PROBE_KEYS:
            if key in fields.written:
                fields.error(key, "field/misplaced-key", f"{kind} have no '{key}'", f"'{key}' belongs to probes")
    wanted = _KINDS_OF_FORMAT.get(form or "")
    if wanted is not None and wanted is not kind:
        fields.error(
            "format",
            "field/contradiction",
            f"the format {form} holds {wanted}, not {kind}",
            f"write `records: {wanted}`",
        )


def _check_bounds(fields: Fields, begins: int | None, complete_to: int | None, until: int | None) -> None:
    for key, end in (("complete_to", complete_to), ("until", until)):
        if begins is not None and end is not None and end <= begins:
            fields.error(
                key, "field/contradiction", f"'{key}' isn't after 'from'", "check both times and their offsets"
            )


def _files(fields: Fields) -> tuple[str, ...]:
    scalars = (fields.scalar_of(node, "a pattern of files") for node in fields.nodes("files"))
    patterns = [fields.parse(scalar, file_pattern) for scalar in scalars if scalar is not None]
    if fields.node("files") is None or (isinstance(node := fields.node("files"), Items) and not node.items):
        fields.missing("files", "say where the rows are, as in `files: mail-outages/*.csv`")
    return tuple(dict.fromkeys(pattern for pattern in patterns if pattern is not None))


def file_pattern(text: str) -> str:
    """Files below `data/metrics`: a relative path whose names may hold `*` and `?`."""
    rule = "field/bad-path"
    if not text.strip():
        raise Unreadable("an empty pattern", rule=rule)
    if "\\" in text:
        raise Unreadable(f"'{excerpt(text)}' holds a backslash", "write forward slashes", rule=rule)
    if text.startswith(("/", "~")) or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text):
        raise Unreadable(
            f"'{excerpt(text)}' isn't below data/metrics", "write a path relative to data/metrics", rule=rule
        )
    parts = text.split("/")
    if ".." in parts:
        raise Unreadable(
            f"'{excerpt(text)}' leads out of data/metrics", "metric files lie below data/metrics", rule=rule
        )
    if "**" in text:
        raise Unreadable(
            f"'{excerpt(text)}': '*' and '?' stay within one name", "write each folder, as in `*/*.csv`", rule=rule
        )
    if "" in parts or "." in parts:
        tidied = "/".join(part for part in parts if part not in ("", "."))
        raise Unreadable(f"'{excerpt(text)}' holds an empty name or '.'", f"write '{excerpt(tidied)}'", rule=rule)
    if any(character in text for character in "\n\r\t"):
        raise Unreadable(f"'{excerpt(text)}' holds a line break or tab", rule=rule)
    return text


def _columns(fields: Fields, kind: Kind | None) -> tuple[tuple[str, Column], ...]:
    known: Iterable[str] = (
        COLUMNS_OF[kind] if kind is not None else {name for names in COLUMNS_OF.values() for name in names}
    )
    item = fields.mapping("columns", what=f"a row of {kind}" if kind is not None else "a row", keys=sorted(known))
    if item is None:
        return ()
    read = ((name, _column(item, name, node)) for name in sorted(item.written) if (node := item.node(name)) is not None)
    return tuple((name, column) for name, column in read if column is not None)


def _column(fields: Fields, name: str, node: Node) -> Column | None:
    """A name, a list of names, or `{column: C, is: [texts]}`."""
    if not isinstance(node, Entries):
        names = _names(fields, name)
        return Column(names=names, position=node.position) if names else None
    item = fields.mapping(name, what=f"the column of '{name}'", keys=("column", "is"))
    if item is None:
        return None
    item.node("column", required=True)
    names = _names(item, "column")
    if "is" not in item.written:
        return Column(names=names, position=node.position) if names else None
    if name not in _YES_OR_NO:
        item.error(
            "is", "field/misplaced-key", f"'{name}' isn't a yes or no", f"'is' belongs to {', '.join(_YES_OR_NO)}"
        )
        return None
    accepted = tuple(dict.fromkeys(scalar.text for scalar in _scalars(item, "is")))
    if not accepted:
        item.error("is", "field/wrong-value", "'is' accepts nothing", "name the texts that mean yes")
    return Column(names=names, accepted=accepted, position=node.position) if names and accepted else None


def _names(fields: Fields, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(scalar.text for scalar in _scalars(fields, key) if scalar.text))


def _scalars(fields: Fields, key: str) -> list[Scalar]:
    read = (fields.scalar_of(node, f"an item of '{key}'") for node in fields.nodes(key))
    return [scalar for scalar in read if scalar is not None and fields.parse(scalar, str) is not None]


def _missing(fields: Fields) -> tuple[str, ...]:
    """Texts that mean nothing is there; `null` and `~` are texts here."""
    node = fields.node("missing")
    if node is None:
        return ()
    items = node.items if isinstance(node, Items) else (node,)
    scalars = (fields.scalar_of(item, "an item of 'missing'") for item in items)
    return tuple(
        dict.fromkeys(scalar.text for scalar in scalars if scalar is not None and fields.parse(scalar, str) is not None)
    )


def _tolerance(text: str) -> Fraction:
    value = quantities.number(text)
    if not 1 <= value <= 1_000_000:
        raise Unreadable(
            f"'{excerpt(text)}' isn't 1 or more",
            "a sample speaks for `every` × `tolerance` at most",
            rule="field/out-of-range",
        )
    return value


def _time_format(text: str) -> str:
    """A strptime pattern, `unix s` or `unix ms`."""
    text = text.strip()
    if text in ("unix s", "unix ms"):
        return text
    directives = _DIRECTIVE.findall(text)
    hint = 'write for example "%d/%m/%Y %H:%M", `unix s` or `unix ms`'
    if not directives:
        raise Unreadable(f"'{excerpt(text)}' isn't a pattern of times", hint)
    for directive in directives:
        if directive.removeprefix("-") not in _DIRECTIVES:
            raise Unreadable(f"'%{directive}' isn't a part of a time", hint)
    return text


def _bound(zone: ZoneInfo | None, clock_changes: Literal["earlier", "later"] | None) -> Callable[[str], int]:
    return lambda text: moments.instant(text, zone, clock_changes=clock_changes, dates=True)
