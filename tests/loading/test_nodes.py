"""YAML as nodes: texts stay texts, every node knows its place, and what the format doesn't use is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from servicebook.loading import nodes
from servicebook.loading.nodes import MAX_DEPTH, Entries, Items, Node, Scalar, compose
from servicebook.loading.report import Report
from servicebook.source import Position
from tests.loading.builders import lines, read

MAIL = "content/services/mail.md"


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Everything here holds with libyaml's parser and with the one in Python."""
    name: str = request.param
    if name == "SafeLoader":
        monkeypatch.delattr(yaml, "CSafeLoader")
    elif not hasattr(yaml, name):
        pytest.skip("PyYAML is built without libyaml")
    return name


def composed(text: str, first_line: int = 1) -> Node | None:
    """The nodes of a text that is in order."""
    report = Report()
    node = compose(text, "a.yml", first_line, report)
    assert report.problems == []
    return node


def test_every_value_is_the_text_that_is_written() -> None:
    """`no`, `1:30`, `08:00`, `99.90` and `2.10` are texts, never a false, a number of minutes or a float."""
    node = composed("a: no\nb: 1:30\nc: 08:00\nd: 99.90\ne: 2.10\nf: 0x1F\ng: 2026-02-30\nh: '5'\n")

    assert isinstance(node, Entries)
    texts = [value.text for _, value in node.entries if isinstance(value, Scalar)]
    assert texts == ["no", "1:30", "08:00", "99.90", "2.10", "0x1F", "2026-02-30", "5"]


def test_nothing_written_is_told_from_an_empty_text() -> None:
    """An empty value, `~` and `null` without quotes are nothing; `""` and `"null"` are texts."""
    node = composed("[null, ~, , '', 'null']".replace(", ,", ", "))

    assert isinstance(node, Items)
    assert [item.is_null for item in node.items if isinstance(item, Scalar)] == [True, True, False, False]


def test_places_count_characters_and_lines_as_editors_do() -> None:
    """Columns count characters, not bytes; a line separator inside a text (U+2028) is no line of its own."""
    node = composed('é: "ü 😀"\nb: {c: d}\ne: "x\u2028y"\nf: g\n', first_line=2)

    assert isinstance(node, Entries)
    assert [key.position for key, _ in node.entries] == [Position("a.yml", line, 1) for line in (2, 3, 4, 5)]
    assert [value.position.column for _, value in node.entries] == [4, 4, 4, 4]


REFUSED = {
    "title: &a x": "2:8 yaml/unsupported: an anchor, '&a' | leave it out; text that starts with & goes in quotes",
    "title: *x": "2:8 yaml/unsupported: an alias, '*x' | write the value out; text that starts with * goes in quotes",
    "title: !important": "2:8 yaml/unsupported: a tag, '!important' | leave it out; text that starts with ! goes in quotes",
    "title: !!python/object/apply:os.system [ls]": "2:8 yaml/unsupported: a tag, '!!python/object/apply:os.system' | leave it out; text that "
    "starts with ! goes in quotes",
    "<<: {title: x}": "2:1 yaml/unsupported: a merge key, '<<' | write the keys out",
    "[a]: b": "2:1 yaml/unsupported: a list as a key | a text that starts with [ or { goes in quotes",
    "? {a: b}\n: c": "2:3 yaml/unsupported: a mapping of keys to values as a key | a text that starts with [ or { goes in quotes",
    "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]": "2:4 yaml/unsupported: an anchor, '&a' | leave it out; text that starts with & goes in "
    "quotes",
}


@pytest.mark.parametrize(("text", "line"), REFUSED.items())
def test_yaml_that_the_format_does_not_use_is_refused(text: str, line: str, tmp_path: Path) -> None:
    """Anchors and aliases (and so every bomb made of them), tags, merge keys and keys that are no text."""
    assert lines(read(tmp_path, {MAIL: f"---\n{text}\n---\n"}), hints=True) == [f"{MAIL}:{line}"]


def test_a_second_document_is_refused(tmp_path: Path) -> None:
    """A YAML file holds one thing."""
    loaded = read(tmp_path, {"content/calendars/a.yml": "title: A\n---\ntitle: B\n"})

    assert lines(loaded) == ["content/calendars/a.yml:2:1 yaml/unsupported: a second YAML document begins here"]


def test_a_key_comes_once(tmp_path: Path) -> None:
    """The second of two equal keys is an error that points at the first; the first one's value is used."""
    text = "---\ntitle: E-mail\nstage: live\nprice: {amount: 1, currency: EUR, amount: 2}\ntitle: Mail\n---\n"

    loaded = read(tmp_path, {MAIL: text})

    assert lines(loaded, hints=True) == [
        f"{MAIL}:4:35 field/duplicate-key: 'amount' comes twice | it is written in line 4 already: keep one of them",
        f"{MAIL}:5:1 field/duplicate-key: 'title' comes twice | it is written in line 2 already: keep one of them",
    ]
    assert [problem.related for problem in loaded.problems] == [(Position(MAIL, 4, 9),), (Position(MAIL, 2, 1),)]
    assert loaded.catalogue.services["mail"].title == "E-mail"


@pytest.mark.parametrize(
    "text", ["[" * 200_000, "{a: " * 50_000, "\n  " + "- " * 100_000, "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)]
)
def test_depth_is_limited_before_anything_is_built(text: str, parser: str, tmp_path: Path) -> None:
    """200 kB of `[` is a line in the report, and so is any other tower."""
    if parser == "SafeLoader":
        text = text[:5000]

    (line,) = lines(read(tmp_path, {MAIL: f"---\ntitle: {text}\n---\n"}))

    assert line.endswith(f"limit/depth: more than {MAX_DEPTH} lists and mappings inside one another")


def test_the_number_of_values_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More values than anybody writes by hand are refused where the limit (here 1,000) passes."""
    monkeypatch.setattr(nodes, "MAX_NODES", 1000)

    assert lines(read(tmp_path, {MAIL: "---\nusers: [" + "a," * 1001 + "]\n---\n"})) == [
        f"{MAIL}:2:2003 limit/nodes: more than 1,000 values in one file"
    ]
