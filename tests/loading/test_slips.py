"""The usual slips in YAML: each gets its place and a hint in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest

from servicebook.loading import load
from tests.loading.builders import lines, read

MAIL = "content/services/mail.md"

QUOTES = "put the value in quotes: "
SLIPS = {
    "title: E-mail: for all": ("2:14", "a colon and a space inside a value that has no quotes", QUOTES + '"…: …"'),
    "title: @all": ("2:8", "a value can't start with '@'", QUOTES + '"@all"'),
    "title: %mail": ("2:8", "a value can't start with '%'", QUOTES + '"%mail"'),
    "title: `mail`": ("2:8", "a value can't start with '`'", QUOTES + '"`mail`"'),
    "title: *mail*": ("2:13", "a value that starts with '*' or '&' is an alias or anchor", QUOTES + '"*mail*"'),
    "title: & more": ("2:9", "a value that starts with '*' or '&' is an alias or anchor", QUOTES + '"& more"'),
    "objective: >= 95 %": ("2:13", "a value that starts with '>' or '|' opens a block of text", QUOTES + '">= 95 %"'),
    "title: !<mail": ("2:14", "a value can't start with '!' or '%'", QUOTES + '"!<mail"'),
    "users:\n\t- a": ("3:1", "a tab in the indentation", "indent with spaces: YAML takes no tabs there"),
    "title: x\n  stage: live": (
        "3:8",
        "a key where no key can be",
        "look at the indentation of this line and at the value in the line before",
    ),
    "users:\n  - a\n - b": (
        "4:2",
        "this line doesn't continue what is written above",
        "indent it like its neighbours: keys of one mapping and items of one list begin in one column",
    ),
    "title: x\nstage": ("3:6", "a key without ': '", "write `key: value`, with a space after the colon"),
    "users: - a": ("2:8", "a list item, '- ', where none can be", "put the list in lines of its own below the key"),
    'title: "C:\\dir"': (
        "2:11",
        "an unknown escape after a backslash in double quotes",
        "write the text in single quotes: there a backslash is a backslash",
    ),
    'title: "x\nstage: live': (
        "3:12",
        "the quote that opens in line 2, column 8, is never closed",
        "close it, or double a quote that belongs to the text",
    ),
    "price: {amount: 3\nstage: live": (
        "3:6",
        "a comma or '}' is missing: '{' opens in line 2, column 8",
        "close it with '}', or put a value that holds , : { } [ ] in quotes",
    ),
    "users: [a, b": (
        "2:13",
        "a comma or ']' is missing: '[' opens in line 2, column 8",
        "close it with ']', or put a value that holds , : { } [ ] in quotes",
    ),
    "users: [@a]": ("2:9", "a value can't start with '@'", "put the value in quotes"),
}


@pytest.mark.parametrize("text", SLIPS)
def test_a_slip_is_explained(text: str, tmp_path: Path) -> None:
    """Where the parser gave up, what it stumbled over, and how it is usually mended."""
    place, message, hint = SLIPS[text]

    assert lines(read(tmp_path, {MAIL: f"---\n{text}\n---\n"}), hints=True) == [
        f"{MAIL}:{place} yaml/syntax: {message} | {hint}"
    ]


def test_a_bracket_that_is_never_closed_is_related(tmp_path: Path) -> None:
    """The problem stands where the parser gave up, and points at the bracket."""
    (problem,) = read(tmp_path, {MAIL: "---\ntitle: x\nusers: [a\nstage: live\n---\n"}).problems

    assert [(place.line, place.column) for place in problem.related] == [(3, 8)]


def test_a_bracket_that_nothing_follows(tmp_path: Path) -> None:
    """The file ends before its list does: the problem stands behind the last character and points at no line that isn't there."""
    path = tmp_path / "content/calendars/desk.yml"
    path.parent.mkdir(parents=True)
    path.write_text("title: [", encoding="utf-8")

    (problem,) = load(tmp_path).problems

    assert (problem.position.line, problem.position.column, problem.related) == (1, 9, ())
    assert problem.message == "the list or mapping in brackets isn't closed"
