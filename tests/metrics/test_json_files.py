"""JSON and NDJSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from servicebook.metrics.json_files import cell, document
from servicebook.model.common import Where
from servicebook.model.measurement import Kind
from tests.metrics.builders import between, found, opened, where

YEAR = between("2026-01-01/2027-01-01")
ROW = '"time": "2026-03-01T08:00Z", "value": 1'


def test_values_compare_as_they_are_written(tmp_path: Path) -> None:
    """Numbers digit by digit, true and false in lower case, null and absent as nothing, lists by their items."""
    rows = f"""[
      {{{ROW}, "n": 1.50, "b": true, "list": ["mail", "web"]}},
      {{{ROW}, "n": 1.5, "b": false, "list": [{{"id": 7, "name": "mail"}}]}},
      {{{ROW}, "n": null, "list": []}}
    ]"""
    names = ("n", "b", "list")
    with opened(tmp_path, Kind.SAMPLES, {"a.json": rows}, wanted=[where(n="", b="", list="")]) as store:
        assert store.columns("s") == ("time", "value", *names)
        assert store.matches("s", where(n="1.50")) == 1
        assert store.matches("s", where(n=["1.5", "1.50"])) == 2
        assert store.matches("s", where(n="")) == 1
        assert store.matches("s", where(b="true")) == 1
        assert store.matches("s", where(list="mail")) == 2
        assert store.matches("s", where(list="ma")) == 0
        assert store.matches("s", where(list="mail", b="false")) == 1


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.json", "", 1),
        ("a.json", "{}", 1),
        ("a.json", "[\n1\n]", 2),
        ("a.json", '[\n{"time": NaN}\n]', 2),
        ("a.json", '[\n{"time": 1, "time": 2}\n]', 2),
        ("a.json", '[\n{"time": "x"}\n{}]', 3),
        ("a.json", "[\n{},\n]", 3),
        ("a.json", "[]\n[]", 2),
        ("a.json", '[{"time": "\\ud800"}]', 1),
        ("a.json", '[{"time": "\\u0000"}]', 1),
        ("a.json", "[" * 100_000, 1),
        ("a.ndjson", '{"time": 1}\n{"time": \n', 2),
        ("a.ndjson", '{"time": 1} {}\n', 1),
        ("a.ndjson", "[]\n", 1),
    ],
)
def test_what_is_no_json_stands_at_its_line(tmp_path: Path, name: str, content: str, line: int) -> None:
    """Strictly: two values of one name, constants, commas too many."""
    with opened(tmp_path, Kind.SAMPLES, {name: content}) as store:
        assert [text for text in found(store) if "unreadable-file" in text] == [
            f"{name}:{line} metrics/unreadable-file"
        ]


def test_lines_of_records(tmp_path: Path) -> None:
    """A problem stands on the line on which its record begins."""
    json = '[\n{"time": "2026-03-01T08:00Z",\n "value": 1},\n\n{"time": "2026-03-02T08:00Z", "value": "x"}]'
    ndjson = '\n{"time": "2026-03-01T09:00Z", "value": 1}\n\n{"time": "2026-03-02T09:00Z", "value": "x"}\n'
    with opened(tmp_path, Kind.SAMPLES, {"a.json": json, "b.ndjson": ndjson}) as store:
        assert found(store) == ["a.json:5 metrics/unreadable-number", "b.ndjson:4 metrics/unreadable-number"]


def test_columns_may_turn_up_late(tmp_path: Path) -> None:
    """A record may have keys that none before it had."""
    rows = '{"time": "2026-03-01T08:00Z", "value": 1}\n{"value": 2, "note": "a\\nb", "time": "2026-03-01T09:00Z"}\n'
    with opened(tmp_path, Kind.SAMPLES, {"a.ndjson": rows}, wanted=[where(note="a\nb")]) as store:
        assert store.matches("s", where(note="a\nb")) == 1
        assert store.series("s", Where()).counts([YEAR]) == [2]


def test_an_empty_list_has_no_records(tmp_path: Path) -> None:
    """And no columns either, so none is asked for."""
    with opened(tmp_path, Kind.SAMPLES, {"a.json": "[]", "b.ndjson": ""}) as store:
        assert found(store) == []
        assert store.series("s", Where()).counts([YEAR]) == [0]


def test_nested_values_are_json(tmp_path: Path) -> None:
    """What is neither text nor list reads as JSON without white space."""
    path = tmp_path / "a.json"
    path.write_text('{"a": {"b": [1.50, null, "ü"], "c": true}}')
    found_document = document(path)
    assert isinstance(found_document, dict)
    assert cell(found_document["a"]) == '{"b":[1.50,null,"ü"],"c":true}'
    assert cell([{"x": "y"}, None, 1]) == ['{"x":"y"}', "1"]
