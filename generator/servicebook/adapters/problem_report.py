"""Problems as people, editors and build servers read them: text, JSON, GitHub's annotations, SARIF and JUnit."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Protocol
from urllib.parse import quote
from xml.etree import ElementTree as ET

import click

from servicebook.adapters.rulebook import RULES
from servicebook.adapters.source_lines import lines_at
from servicebook.source import Position, Problem, Rule, Severity, in_order
from servicebook.timeline.zone import format_utc

WIDTH = 120
"""Columns of a terminal that an offending line may fill; what is longer is cut around the fault."""

_INDENT = "    "
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_UNSEEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")
"""Characters that turn the order of a line, or end it, without being seen."""


def text(problems: Iterable[Problem], root: Path, _as_of: int = 0, *, colour: bool = False, width: int = WIDTH) -> str:
    """Each problem with its line, a caret under the column and a hint; how many there are in the last line.

    The lines are read from the files in `root`; there is none for a file that is gone, packed or binary.
    """
    found = in_order(problems)
    lines = lines_at(root, (problem.position for problem in found))
    parts = [_entry(problem, lines.get(problem.position, ""), colour, width) for problem in found]
    return "".join([*parts, "\n" if parts else "", summary(found)])


def summary(problems: Iterable[Problem]) -> str:
    """`2 errors, 3 warnings`, or `no problem found`."""
    found = tuple(problems)
    errors = sum(problem.is_error for problem in found)
    numbers = [(errors, "error"), (len(found) - errors, "warning")]
    said = [f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in numbers if number]
    return ", ".join(said) or "no problem found"


def as_json(problems: Iterable[Problem], *, as_of: int) -> str:
    """`servicebook/problems/1`, the order of keys stable."""
    items = []
    for problem in in_order(problems):
        item: dict[str, object] = {
            **_place(problem.position),
            "severity": problem.severity.value,
            "rule": problem.rule,
            "message": _sound(problem.message),
            "hint": _sound(problem.hint),
            "related": [_place(place) for place in problem.related],
        }
        if problem.count > 1:
            item["count"] = problem.count
        items.append(item)
    document = {"schema": "servicebook/problems/1", "as_of": format_utc(as_of), "problems": items}
    return json.dumps(document, ensure_ascii=False, indent=1)


def github(problems: Iterable[Problem], *, prefix: str = "") -> str:
    """Commands that make GitHub mark the lines of a pull request; `prefix` is the catalogue's folder in its repository, with a slash."""
    lines = []
    for problem in in_order(problems):
        place = problem.position
        properties = {
            "file": prefix + place.path,
            "line": str(place.line),
            "col": str(place.column),
            "title": problem.rule,
        }
        written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
        message = _message(problem) + (f"\nhint: {problem.hint}" if problem.hint else "")
        lines.append(f"::{problem.severity} {written}::{_command(message)}")
    return "\n".join(lines)


def sarif(problems: Iterable[Problem], *, rules: Iterable[Rule] = ()) -> str:
    """SARIF 2.1.0, for code scanning; `rules` are explained where a problem is of them."""
    found = in_order(problems)
    broken = sorted({problem.rule for problem in found})
    numbers = {rule: number for number, rule in enumerate(broken)}
    explained = {rule.id: rule for rule in rules}
    run = {
        "tool": {
            "driver": {
                "name": "servicebook",
                "semanticVersion": version("servicebook"),
                "rules": [_sarif_rule(rule, explained.get(rule)) for rule in broken],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(problem, numbers) for problem in found],
    }
    document = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=1)


def junit(problems: Iterable[Problem], *, failing: Collection[Problem] | None = None) -> str:
    """JUnit XML: one case for each problem, failed where it is one of `failing` (None: all errors); one that passes where there is none."""
    found = in_order(problems)
    failed = {problem for problem in found if (problem.is_error if failing is None else problem in failing)}
    totals = {"tests": str(len(found) or 1), "failures": str(len(failed)), "errors": "0", "skipped": "0"}
    suites = ET.Element("testsuites", {"name": "servicebook check", **totals})
    suite = ET.SubElement(suites, "testsuite", {"name": "servicebook check", **totals})
    for problem in found:
        case = ET.SubElement(suite, "testcase", _junit_case(problem))
        body = _printable(_head(problem) + (f"\nhint: {problem.hint}" if problem.hint else ""), keep="\n")
        if problem in failed:
            message = _printable(_message(problem))
            ET.SubElement(case, "failure", {"type": problem.rule, "message": message}).text = body
        else:
            ET.SubElement(case, "system-out").text = body
    if not found:
        ET.SubElement(suite, "testcase", {"classname": "servicebook", "name": "no problem found"})
    ET.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode")


def _message(problem: Problem) -> str:
    return problem.message + (f" ({problem.count} rows)" if problem.count > 1 else "")


def _head(problem: Problem) -> str:
    place = problem.position
    return f"{place.path}:{place.line}:{place.column}: {problem.severity}: {_message(problem)} [{problem.rule}]"


def _entry(problem: Problem, line: str, colour: bool, width: int) -> str:
    """A problem in lines that end."""
    place = problem.position

    def styled(words: str, fg: str | None = None, *, bold: bool = False, dim: bool = False) -> str:
        return click.style(words, fg=fg, bold=bold or None, dim=dim or None) if colour else words

    where = styled(_printable(f"{place.path}:{place.line}:{place.column}"), bold=True)
    grave = styled(f"{problem.severity}:", _COLOURS[problem.severity], bold=True)
    rule = styled(f"[{problem.rule}]", dim=True)
    written = [f"{where}: {grave} {_printable(_message(problem))} {rule}"]
    if line.strip():
        shown, under = _cut(line, place.column, width - len(_INDENT))
        written += [_INDENT + shown, _INDENT + under + styled("^", _COLOURS[problem.severity], bold=True)]
    if problem.hint:
        written.append(f"{_INDENT}{styled('hint:', 'cyan')} {_printable(problem.hint)}")
    written += [f"{_INDENT}see {_printable(other.path)}:{other.line}:{other.column}" for other in problem.related[:3]]
    return "".join(each + "\n" for each in written)


def _cut(line: str, column: int, width: int) -> tuple[str, str]:
    """A line that fits, cut around a column (from 1), and the white space that puts a caret under it; tabs stay in both."""
    characters = [*_printable(line.rstrip(), keep="\t")]
    at = min(column - 1, len(characters))
    first, last = 0, len(characters)
    if sum(map(_width, characters)) > width:
        first, last = _window(characters, at, width - 2)
    shown = ("…" if first else "") + "".join(characters[first:last]) + ("…" if last < len(characters) else "")
    blank = (" " if first else "") + "".join("\t" if c == "\t" else " " * _width(c) for c in characters[first:at])
    return shown, blank


def _window(characters: Sequence[str], at: int, width: int) -> tuple[int, int]:
    """Which part of a line of characters fits into a width, with the fault in its first half and as much behind it as there is room for."""
    first, room = at, width // 2
    while first and room >= _width(characters[first - 1]):
        first -= 1
        room -= _width(characters[first])
    last, room = first, width
    while last < len(characters) and room >= _width(characters[last]):
        room -= _width(characters[last])
        last += 1
    return first, last


def _width(character: str) -> int:
    """How many columns of a terminal a character fills."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _printable(words: str, *, keep: str = "") -> str:
    """Words without characters that would steer a terminal, or that no file can hold."""
    return "".join(
        "\ufffd" if (unicodedata.category(c) in ("Cc", "Cs") or c in _UNSEEN) and c not in keep else c for c in words
    )


def _sound(words: str) -> str:
    """Words that can be written as UTF-8."""
    return words.encode("utf-8", "replace").decode("utf-8")


def _place(position: Position) -> dict[str, object]:
    return {"path": _sound(position.path), "line": position.line, "column": position.column}


def _command(words: str) -> str:
    return _printable(words, keep="\n").replace("%", "%25").replace("\n", "%0A")


def _property(words: str) -> str:
    return _command(words).replace(":", "%3A").replace(",", "%2C")


def _sarif_rule(rule: str, explained: Rule | None) -> dict[str, object]:
    if explained is None:
        return {"id": rule}
    return {
        "id": rule,
        "shortDescription": {"text": explained.meaning},
        "help": {"text": explained.remedy},
        "defaultConfiguration": {"level": explained.severity.value},
    }


def _sarif_result(problem: Problem, numbers: Mapping[str, int]) -> dict[str, object]:
    words = _sound(_message(problem) + (f"\nhint: {problem.hint}" if problem.hint else ""))
    result: dict[str, object] = {
        "ruleId": problem.rule,
        "ruleIndex": numbers[problem.rule],
        "level": problem.severity.value,
        "message": {"text": words},
        "locations": [_sarif_place(problem.position)],
    }
    if problem.related:
        result["relatedLocations"] = [_sarif_place(place) for place in problem.related]
    if problem.count > 1:
        result["occurrenceCount"] = problem.count
    return result


def _sarif_place(position: Position) -> dict[str, object]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(_sound(position.path)), "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": position.line, "startColumn": position.column},
        }
    }


def _junit_case(problem: Problem) -> dict[str, str]:
    place = problem.position
    path = _printable(place.path)
    return {
        "classname": problem.rule,
        "name": f"{path}:{place.line}:{place.column}: {_printable(problem.message)}",
        "file": path,
        "line": str(place.line),
    }


class Format(Protocol):
    """One way to write problems: from them, the catalogue's root and the moment of the check."""

    def __call__(
        self,
        problems: Iterable[Problem],
        root: Path,
        as_of: int,
        /,
        *,
        colour: bool = False,
        failing: Collection[Problem] | None = None,
    ) -> str:
        """The report, without a line end at its end; colours are for the text only, and only when asked for.

        `failing` are the problems that the check fails on, for formats that tell them apart; None: all errors.
        """
        ...


def _prefix(root: Path) -> str:
    """Where the catalogue lies in the repository that GitHub's job works on."""
    workspace = os.environ.get("GITHUB_WORKSPACE", "")
    below = Path(os.path.relpath(os.path.realpath(root), os.path.realpath(workspace))) if workspace else Path()
    return "" if below == Path() or ".." in below.parts else f"{below.as_posix()}/"


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "text": lambda problems, root, as_of, *, colour=False, **_: text(problems, root, as_of, colour=colour),
        "json": lambda problems, _root, as_of, **_: as_json(problems, as_of=as_of),
        "github": lambda problems, root, _as_of, **_: github(problems, prefix=_prefix(root)),
        "sarif": lambda problems, _root, _as_of, **_: sarif(problems, rules=RULES),
        "junit": lambda problems, _root, _as_of, *, failing=None, **_: junit(problems, failing=failing),
    }
)
"""The formats of `check --format`, by name."""
