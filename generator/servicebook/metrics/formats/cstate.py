"""Issues of a cState status page: Markdown files with YAML front matter, read as leniently as that project writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import yaml

from servicebook.metrics.engine import Engine
from servicebook.metrics.files import MetricFile
from servicebook.metrics.findings import Broken, Findings
from servicebook.metrics.rules import RESOLVED_WITHOUT_TIME, UNREADABLE
from servicebook.metrics.table import Cell, FileTable, Spool
from servicebook.model.metric_source import MetricSource
from servicebook.source import Position

_TIME = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:(?:[Tt]|[ \t]+)(\d{1,2}):(\d{2})(?::(\d{2})(\.\d*)?)?(?:[ \t]*(?:([Zz])|([+-]\d{1,2})(?::?(\d{2}))?))?)?",
    re.ASCII,
)
_LIST_PAGE = "_index.md"
_NOTHING = frozenset({"", "null", "Null", "NULL", "~"})
_YES = frozenset({"true", "yes", "on"})


def read(
    engine: Engine, source: MetricSource, files: Sequence[tuple[int, MetricFile]], findings: Findings
) -> FileTable:
    """One outage for each issue, from `date` to `resolvedWhen`; `affected`, `severity`, `section` and the rest serve `where`.

    A site generator's list pages (`_index.md`) are passed over.
    """
    del source
    with Spool(engine) as spool:
        spool.announce(["date", "resolvedWhen", "affected", "severity", "section"])
        for number, file in files:
            if file.location.name == _LIST_PAGE:
                continue
            try:
                line, row = _issue(file)
                if not row.get("resolvedWhen") and str(row.get("resolved", "")).lower() in _YES:
                    findings.add(
                        RESOLVED_WITHOUT_TIME,
                        Position(file.path, line),
                        "an issue is resolved, but doesn't say when",
                        hint="resolvedWhen: 2026-03-01T08:00:00Z",
                    )
                    continue
                spool.add(number, line, row)
            except Broken as broken:
                findings.broken(file.path, broken)
            except ValueError as error:
                findings.add(UNREADABLE, Position(file.path), f"the issue {error}")
        return spool.finish()


def _issue(file: MetricFile) -> tuple[int, Mapping[str, Cell]]:
    """The line of an issue's date, and its fields."""
    text = file.text.read_bytes().decode("utf-8-sig")
    lines = text.splitlines()
    if not lines or lines[0].rstrip() != "---":
        raise Broken(UNREADABLE, 1, "has no front matter", "a cState issue begins with --- and its fields in YAML")
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise Broken(UNREADABLE, 1, "has front matter without an end")
    try:
        node = yaml.compose("\n".join(lines[1:end]), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise Broken(UNREADABLE, 2 + (mark.line if mark else 0), "has front matter that isn't YAML") from error
    if not isinstance(node, yaml.MappingNode):
        raise Broken(UNREADABLE, 2, "has front matter without fields")
    row: dict[str, Cell] = {}
    line = 1
    for key, value in node.value:
        row[str(key.value)] = _cell(value)
        if key.value == "date":
            line = value.start_mark.line + 2
    for name in ("date", "resolvedWhen"):
        written = row.get(name)
        if isinstance(written, str):
            row[name] = iso(written)
    return line, row


def _cell(node: yaml.Node) -> Cell:
    if isinstance(node, yaml.SequenceNode):
        return [item for each in node.value if isinstance(item := _cell(each), str)]
    if isinstance(node, yaml.ScalarNode):
        bare = node.style not in ("'", '"')
        return None if bare and node.value in _NOTHING else str(node.value)
    return None


def iso(written: str) -> str:
    """A YAML timestamp (one-digit hours, a space before the offset, …) in ISO 8601; anything else as it is."""
    found = _TIME.fullmatch(written.strip())
    if found is None:
        return written
    day = f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}"
    if found[4] is None:
        return day
    clock = f"{found[4]:0>2}:{found[5]}:{found[6] or '00'}{found[7] if found[7] not in (None, '.') else ''}"
    if found[8]:
        return f"{day}T{clock}Z"
    if found[9]:
        return f"{day}T{clock}{found[9][0]}{found[9][1:]:0>2}:{found[10] or '00'}"
    return f"{day}T{clock}"
