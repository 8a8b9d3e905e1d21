"""The usual slips in YAML, in plain words."""

from __future__ import annotations

import re

import yaml

from servicebook.source import Position

_KEY = re.compile(r"^[\s\-?]*[^\s:{}\[\],]+:\s+")


def explain_slip(error: yaml.YAMLError, position: Position, opening: Position | None, line: str) -> tuple[str, str]:
    """What the parser stumbled over, and how it is usually mended.

    `position` is where it gave up, in `line`; `opening` where the thing that it was reading begins.
    """
    problem = str(getattr(error, "problem", None) or "this can't be read")
    context = str(getattr(error, "context", None) or "")
    here = line[position.column - 1 :]
    before = line[: position.column - 1]
    if "\t" in here[:1] or ("\t" in before and not before.strip()):
        return "a tab in the indentation", "indent with spaces: YAML takes no tabs there"
    if "mapping values are not allowed" in problem:
        return _colon(before)
    if "cannot start any token" in problem:
        return f"a value can't start with '{here[:1]}'", _in_quotes(line, before)
    if "flow" in context:
        return _unclosed(context, opening)
    if "quoted scalar" in context and "end of stream" in problem and opening is not None:
        return (
            f"the quote that opens in line {opening.line}, column {opening.column}, is never closed",
            "close it, or double a quote that belongs to the text",
        )
    if "escape" in problem or "hexdecimal" in problem:
        return (
            "an unknown escape after a backslash in double quotes",
            "write the text in single quotes: there a backslash is a backslash",
        )
    if "block scalar" in context:
        return "a value that starts with '>' or '|' opens a block of text", _in_quotes(line, before)
    if "alias" in context or "anchor" in context:
        return "a value that starts with '*' or '&' is an alias or anchor", _in_quotes(line, before)
    if "tag" in context or "directive" in context:
        return "a value can't start with '!' or '%'", _in_quotes(line, before)
    return _structure(problem, context)


def _colon(before: str) -> tuple[str, str]:
    """A colon where no key can be: in a text without quotes, or after a line that is indented wrongly."""
    found = _KEY.match(before + " ")
    if found is not None and before[found.end() :].strip():
        return "a colon and a space inside a value that has no quotes", 'put the value in quotes: "…: …"'
    return "a key where no key can be", "look at the indentation of this line and at the value in the line before"


def _unclosed(context: str, opening: Position | None) -> tuple[str, str]:
    if opening is None or "flow node" in context:
        return "the list or mapping in brackets isn't closed", "close each [ with ] and each { with }"
    bracket, closing = ("{", "}") if "mapping" in context else ("[", "]")
    return (
        f"a comma or '{closing}' is missing: '{bracket}' opens in line {opening.line}, column {opening.column}",
        f"close it with '{closing}', or put a value that holds , : {{ }} [ ] in quotes",
    )


def _structure(problem: str, context: str) -> tuple[str, str]:
    if "expected ':'" in problem:
        return "a key without ': '", "write `key: value`, with a space after the colon"
    if "block sequence entries are not allowed" in problem:
        return "a list item, '- ', where none can be", "put the list in lines of its own below the key"
    if "block" in context:
        return (
            "this line doesn't continue what is written above",
            "indent it like its neighbours: keys of one mapping and items of one list begin in one column",
        )
    return f"this isn't valid YAML: {problem}", ""


def _in_quotes(line: str, before: str) -> str:
    """Shows the value with quotes around it, where it stands in a line by itself."""
    key = _KEY.match(line)
    value = line[key.end() :].strip() if key is not None else ""
    if value and '"' not in value and not re.search(r"[{\[]", before) and len(value) < 80:
        return f'put the value in quotes: "{value}"'
    return "put the value in quotes"
