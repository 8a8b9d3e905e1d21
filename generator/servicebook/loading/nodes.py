"""YAML as nodes that keep their text and their place.

The parser's events are read one by one, so the limits on depth and number hold before anything
is built. Anchors, aliases, tags, merge keys and a second document are refused: nothing in the
format needs them, and each is a way to write something that a reader doesn't see.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn, Protocol

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from servicebook.loading.report import Report, excerpt
from servicebook.loading.slips import explain_slip
from servicebook.source import Position

MAX_DEPTH = 24
"""Lists and mappings inside one another; an agreement needs eight."""
MAX_NODES = 200_000
"""Values of one file."""
TOO_DEEP = f"more than {MAX_DEPTH} lists and mappings inside one another"

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")
NOT_ALLOWED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Characters that neither YAML nor a web page may hold."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value: its text, never a number, a date or a yes."""

    text: str
    position: Position
    plain: bool = True
    """Written without quotes."""

    @property
    def is_null(self) -> bool:
        """Whether nothing is written: empty, `~` or `null` without quotes."""
        return self.plain and self.text in _NULLS


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping; each key comes once."""

    entries: tuple[tuple[Scalar, Node], ...]
    position: Position


Node = Scalar | Items | Entries


def describe(node: Node) -> str:
    """What a node is, as a message says it."""
    match node:
        case Scalar():
            return "a single value"
        case Items():
            return "a list"
        case Entries():
            return "a mapping of keys to values"


class _Refused(Exception):
    """The document can't be used; the problem is reported."""


@dataclass(slots=True)
class _Frame:
    """A list or mapping whose end hasn't come yet."""

    position: Position
    items: list[Node] = field(default_factory=list)
    entries: dict[str, tuple[Scalar, Node]] | None = None
    """None for a list."""
    key: Scalar | None = None


class _Mark(Protocol):
    """A place as both parsers give it, counted from 0 in characters."""

    @property
    def index(self) -> int: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


@dataclass(slots=True)
class _Places:
    """Turns the parser's marks into lines and columns of the file."""

    path: str
    first_line: int
    text: str
    starts: list[int] | None = None
    """Where each line starts; only for texts with line breaks that YAML counts and editors don't."""

    def __post_init__(self) -> None:
        if _OTHER_BREAKS.search(self.text):
            self.starts = [0, *(found.end() for found in re.finditer("\n", self.text))]

    def of(self, mark: _Mark | None) -> Position:
        if mark is None:
            return Position(self.path, self.first_line)
        if self.starts is None:
            return Position(self.path, self.first_line + mark.line, mark.column + 1)
        line = bisect_right(self.starts, mark.index) - 1
        return Position(self.path, self.first_line + line, mark.index - self.starts[line] + 1)


def compose(text: str, path: str, first_line: int, report: Report) -> Node | None:
    """The nodes of one YAML document.

    `text` has line feeds as line ends and only characters that YAML allows; `first_line` is the line of the file at
    which it starts. None where there is nothing usable: the document is empty, or the problem is reported.
    """
    places = _Places(path, first_line, text)
    try:
        return _build(_events(text), places, report)
    except yaml.YAMLError as error:
        _report_syntax(error, places, report)
    except _Refused:
        pass
    return None


def _events(text: str) -> Iterator[Event]:
    """The parser's events; libyaml's, many times faster, where PyYAML has it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        while (event := loader.get_event()) is not None:
            yield event
    finally:
        loader.dispose()


def _build(events: Iterator[Event], places: _Places, report: Report) -> Node | None:
    root: Node | None = None
    stack: list[_Frame] = []
    documents = nodes = 0
    for event in events:
        if isinstance(event, NodeEvent):
            position = places.of(event.start_mark)
            nodes += 1
            _check_node(event, position, report)
            if nodes > MAX_NODES:
                _refuse(
                    report, position, "limit/nodes", f"more than {MAX_NODES:,} values in one file", "split the file"
                )
        if isinstance(event, ScalarEvent):
            node: Node = _scalar(event, position, report)
        elif isinstance(event, SequenceStartEvent | MappingStartEvent):
            if len(stack) >= MAX_DEPTH:
                _refuse(report, position, "limit/depth", TOO_DEEP, "a bracket may have been forgotten")
            stack.append(_Frame(position, entries={} if isinstance(event, MappingStartEvent) else None))
            continue
        elif isinstance(event, SequenceEndEvent | MappingEndEvent):
            node = _closed(stack.pop())
        elif isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                _refuse(
                    report,
                    places.of(event.start_mark),
                    "yaml/unsupported",
                    "a second YAML document begins here",
                    "write one file for each thing",
                )
            continue
        else:
            continue
        if stack:
            _add(stack[-1], node, report)
        else:
            root = node
    return root


def _check_node(event: NodeEvent, position: Position, report: Report) -> None:
    if isinstance(event, AliasEvent):
        _refuse(
            report,
            position,
            "yaml/unsupported",
            f"an alias, '*{event.anchor}'",
            "write the value out; text that starts with * goes in quotes",
        )
    if event.anchor is not None:
        _refuse(
            report,
            position,
            "yaml/unsupported",
            f"an anchor, '&{event.anchor}'",
            "leave it out; text that starts with & goes in quotes",
        )
    tag = getattr(event, "tag", None)
    if tag is not None:
        shown = excerpt(str(tag).replace("tag:yaml.org,2002:", "!!"))
        _refuse(
            report,
            position,
            "yaml/unsupported",
            f"a tag, '{shown}'",
            "leave it out; text that starts with ! goes in quotes",
        )


def _refuse(report: Report, position: Position, rule: str, message: str, hint: str) -> NoReturn:
    report.error(position, rule, message, hint)
    raise _Refused


def _scalar(event: ScalarEvent, position: Position, report: Report) -> Scalar:
    text: str = event.value
    # libyaml says an empty style, the parser in Python None.
    plain = not event.style
    # In double quotes a forbidden character can be written as an escape.
    if not plain and (bad := NOT_ALLOWED.search(text)):
        report.error(
            position,
            "yaml/control-character",
            f"the character U+{ord(bad[0]):04X} isn't allowed in a text",
            "take the escape out",
        )
        text = NOT_ALLOWED.sub("\ufffd", text)
    return Scalar(text, position, plain)


def _closed(frame: _Frame) -> Node:
    if frame.entries is None:
        return Items(tuple(frame.items), frame.position)
    return Entries(tuple(frame.entries.values()), frame.position)


def _add(frame: _Frame, node: Node, report: Report) -> None:
    """Puts a finished node into the list or mapping that holds it."""
    if frame.entries is None:
        frame.items.append(node)
    elif frame.key is None:
        frame.key = _key(node, report)
    else:
        key, frame.key = frame.key, None
        first = frame.entries.setdefault(key.text, (key, node))
        if first[0] is not key:
            report.error(
                key.position,
                "field/duplicate-key",
                f"'{excerpt(key.text)}' comes twice",
                f"it is written in line {first[0].position.line} already: keep one of them",
                related=(first[0].position,),
            )


def _key(node: Node, report: Report) -> Scalar:
    if not isinstance(node, Scalar):
        _refuse(
            report,
            node.position,
            "yaml/unsupported",
            f"{describe(node)} as a key",
            "a text that starts with [ or { goes in quotes",
        )
    if node.plain and node.text == "<<":
        _refuse(report, node.position, "yaml/unsupported", "a merge key, '<<'", "write the keys out")
    return node


def _report_syntax(error: yaml.YAMLError, places: _Places, report: Report) -> None:
    """Says where and why the parser gave up."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    position = places.of(mark)
    lines = places.text.split("\n")
    last = places.first_line + len(lines) - (2 if lines[-1] == "" and len(lines) > 1 else 1)
    if position.line > last:
        # The end of the text, past its last line: point behind the last character.
        position = Position(places.path, last, len(lines[last - places.first_line]) + 1)
    if "maximum nesting" in str(getattr(error, "problem", "")):
        # libyaml reads ahead and stops by itself at a thousand.
        report.error(position, "limit/depth", TOO_DEEP, "a bracket may have been forgotten")
        return
    opened = getattr(error, "context_mark", None)
    opening = places.of(opened) if opened is not None else None
    message, hint = explain_slip(error, position, opening, lines[position.line - places.first_line])
    report.error(
        position,
        "yaml/syntax",
        message,
        hint,
        related=(opening,)
        if opening is not None and (opening.line, opening.column) < (position.line, position.column)
        else (),
    )
