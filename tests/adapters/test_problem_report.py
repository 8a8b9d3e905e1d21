"""Problems as people, editors and build servers read them."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from servicebook.adapters.problem_report import FORMATS, as_json, github, junit, sarif, summary, text
from servicebook.source import Position, Problem, Rule, Severity

AS_OF = 1_793_491_200_000_000
"""2026-11-01T00:00:00Z."""
PATH = "content/agreements/email-hq.md"
UNKNOWN = Problem(
    position=Position(PATH, 3, 11),
    rule="reference/unknown-source",
    message="no source 'mail-outage'",
    hint="did you mean 'mail-outages'?",
    related=(Position("data/metrics/mail-outages.yml"),),
)
ROWS = Problem(
    position=Position("data/metrics/mail/2026.csv", 2, 1),
    rule="metrics/equal-rows",
    message="equal rows",
    severity=Severity.WARNING,
    count=12,
)


def problem(line: int = 1, column: int = 1, *, path: str = "a.yml", message: str = "wrong") -> Problem:
    return Problem(position=Position(path, line, column), rule="field/wrong-value", message=message)


def shown(
    root: Path, content: str | bytes, column: int, *, path: str = "a.yml", line: int = 1, width: int = 120
) -> list[str]:
    """The lines of the report between the message and the summary."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return text([problem(line, column, path=path)], root, AS_OF, width=width).split("\n")[1:-2]


def test_a_problem_shows_its_line_a_caret_and_a_hint(tmp_path: Path) -> None:
    """Sorted by place; the last line says how many there are; many rows are one problem with their number."""
    agreement, rows = tmp_path / PATH, tmp_path / ROWS.position.path
    for file, content in (
        (agreement, "---\ntargets:\n  source: mail-outage\n"),
        (rows, "start,end\n2026-01-01,2026-01-02\n"),
    ):
        file.parent.mkdir(parents=True)
        file.write_text(content)

    assert text([ROWS, UNKNOWN], tmp_path, AS_OF) == (
        f"{PATH}:3:11: error: no source 'mail-outage' [reference/unknown-source]\n"
        "      source: mail-outage\n"
        "              ^\n"
        "    hint: did you mean 'mail-outages'?\n"
        "    see data/metrics/mail-outages.yml:1:1\n"
        "data/metrics/mail/2026.csv:2:1: warning: equal rows (12 rows) [metrics/equal-rows]\n"
        "    2026-01-01,2026-01-02\n"
        "    ^\n"
        "\n"
        "1 error, 1 warning"
    )


def test_the_summary_counts() -> None:
    """In words; what there is none of isn't named."""
    assert summary([]) == "no problem found"
    assert summary([UNKNOWN, problem()]) == "2 errors"
    assert summary([ROWS]) == "1 warning"
    assert text([], Path(), AS_OF) == "no problem found"


def test_colours_only_when_asked(tmp_path: Path) -> None:
    """Without them no byte steers a terminal."""
    assert "\x1b[" not in text([UNKNOWN], tmp_path, AS_OF)
    coloured = text([UNKNOWN], tmp_path, AS_OF, colour=True)
    assert "\x1b[31m\x1b[1merror:\x1b[0m" in coloured


@pytest.mark.parametrize(
    ("content", "column", "expected"),
    [
        ("\thours:\tx\n", 9, ["    \thours:\tx", "    \t      \t^"]),
        ("名前: x\n", 5, ["    名前: x", "          ^"]),
        ("e\u0301te: x\n", 7, ["    e\u0301te: x", "         ^"]),
        ("short\n", 40, ["    short", "         ^"]),
        ("title: x   \n", 8, ["    title: x", "           ^"]),
    ],
)
def test_the_caret_stands_under_the_column(tmp_path: Path, content: str, column: int, expected: list[str]) -> None:
    """Tabs stay tabs, wide characters fill two columns, accents none; a column behind the end is at the end."""
    assert shown(tmp_path, content, column) == expected


@pytest.mark.parametrize("column", [1, 40, 100, 200])
def test_a_long_line_is_cut_around_the_column(tmp_path: Path, column: int) -> None:
    """What is left fits, and the caret stays under the right character."""
    words = "".join(chr(ord("a") + n % 26) for n in range(200))

    line, caret = shown(tmp_path, words, column, width=60)

    assert len(line) <= 60
    assert line[caret.index("^")] == words[column - 1]
    assert line.startswith("    …") == (column > 30)
    assert line.endswith("…") == (column < 170)


def test_lines_are_those_that_the_readers_count(tmp_path: Path) -> None:
    """A byte order mark is no column, and any line end ends a line."""
    assert shown(tmp_path, b"\xef\xbb\xbftitle: x\n", 1) == ["    title: x", "    ^"]
    assert shown(tmp_path, b"a: 1\rb: 2\r\nc: 3\n", 4, line=3) == ["    c: 3", "       ^"]


@pytest.mark.parametrize("path", ["mail/2026.csv.gz", "mail/2026.parquet", "mail/binary.csv"])
def test_packed_and_binary_files_show_no_line(tmp_path: Path, path: str) -> None:
    """There is none that anybody could read."""
    assert shown(tmp_path, b"a\0b\n", 1, path=path) == []


def test_what_cant_be_shown_is_left_out(tmp_path: Path) -> None:
    """A blank line, one behind the end, a file that is gone, a folder, a link that leads out of the catalogue, too large a file."""
    assert shown(tmp_path, "\n\n", 1) == []
    assert shown(tmp_path, "a\n", 1, line=9) == []
    root = tmp_path / "root"
    (root / "folder").mkdir(parents=True)
    (tmp_path / "secret.yml").write_text("secret\n")
    (root / "link.yml").symlink_to(tmp_path / "secret.yml")
    with (root / "large.csv").open("wb") as file:
        file.truncate(70_000_000)
    for path in ("gone.yml", "folder", "link.yml", "large.csv", "nul\0.yml"):
        assert len(text([problem(path=path)], root, AS_OF).split("\n")) == 3, path


def test_nothing_steers_the_terminal(tmp_path: Path) -> None:
    """Control characters and turned writing of files and messages are replaced, in every format that people see."""
    (tmp_path / "a.yml").write_text("ti\x1b[31mtle\u202e: x\n")
    (found,) = [problem(column=3, message="bad \x1b[31m\n\u202ename")]

    written = text([found], tmp_path, AS_OF)

    assert written.split("\n")[:2] == [
        "a.yml:1:1: error: bad".replace("1:1", "1:3") + " \ufffd[31m\ufffd\ufffdname [field/wrong-value]",
        "    ti\ufffd[31mtle\ufffd: x",
    ]
    assert "\x1b" not in github([found])
    assert "\x1b" not in junit([found])


def test_json_as_promised() -> None:
    """`servicebook/problems/1`; the order of keys is stable, `count` is there where there are many rows."""
    written = as_json([ROWS, UNKNOWN], as_of=AS_OF)

    assert json.loads(written) == {
        "schema": "servicebook/problems/1",
        "as_of": "2026-11-01T00:00:00Z",
        "problems": [
            {
                "path": PATH,
                "line": 3,
                "column": 11,
                "severity": "error",
                "rule": "reference/unknown-source",
                "message": "no source 'mail-outage'",
                "hint": "did you mean 'mail-outages'?",
                "related": [{"path": "data/metrics/mail-outages.yml", "line": 1, "column": 1}],
            },
            {
                "path": "data/metrics/mail/2026.csv",
                "line": 2,
                "column": 1,
                "severity": "warning",
                "rule": "metrics/equal-rows",
                "message": "equal rows",
                "hint": "",
                "related": [],
                "count": 12,
            },
        ],
    }
    assert list(json.loads(written)["problems"][0])[:6] == ["path", "line", "column", "severity", "rule", "message"]
    assert as_json([problem(message="\udcff")], as_of=AS_OF).encode()


def test_github_marks_lines() -> None:
    """One command for each problem, its parts escaped."""
    odd = Problem(
        position=Position("a,b:c.yml", 1, 2),
        rule="field/wrong-value",
        message="100 %\nof it",
        severity=Severity.WARNING,
    )

    assert github([UNKNOWN, odd], prefix="catalogue/") == (
        "::warning file=catalogue/a%2Cb%3Ac.yml,line=1,col=2,title=field/wrong-value::100 %25%0Aof it\n"
        f"::error file=catalogue/{PATH},line=3,col=11,title=reference/unknown-source"
        "::no source 'mail-outage'%0Ahint: did you mean 'mail-outages'?"
    )


def test_github_counts_paths_from_its_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue below the repository's root is found there; elsewhere paths are the catalogue's own."""
    catalogue = tmp_path / "docs" / "catalogue"
    catalogue.mkdir(parents=True)

    def file() -> str:
        return FORMATS["github"]([problem()], catalogue, AS_OF).partition(",")[0]

    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    assert file() == "::error file=a.yml"
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert file() == "::error file=docs/catalogue/a.yml"
    monkeypatch.setenv("GITHUB_WORKSPACE", str(catalogue))
    assert file() == "::error file=a.yml"
    monkeypatch.setenv("GITHUB_WORKSPACE", str(catalogue / "below"))
    assert file() == "::error file=a.yml"


def test_sarif_for_code_scanning() -> None:
    """Version 2.1.0: rules with their explanation, results with places, related places and the number of rows."""
    rule = Rule(id=UNKNOWN.rule, meaning="No such source.", remedy="Correct the id.")

    (run,) = json.loads(sarif([UNKNOWN, ROWS, problem(path="a b.yml")], rules=[rule]))["runs"]
    spaced, unknown, rows = run["results"]

    assert run["columnKind"] == "unicodeCodePoints"
    assert [each["id"] for each in run["tool"]["driver"]["rules"]] == [
        "field/wrong-value",
        "metrics/equal-rows",
        "reference/unknown-source",
    ]
    assert run["tool"]["driver"]["rules"][2] == {
        "id": "reference/unknown-source",
        "shortDescription": {"text": "No such source."},
        "help": {"text": "Correct the id."},
        "defaultConfiguration": {"level": "error"},
    }
    assert spaced["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b.yml"
    assert (unknown["ruleIndex"], unknown["level"]) == (2, "error")
    assert unknown["message"]["text"] == "no source 'mail-outage'\nhint: did you mean 'mail-outages'?"
    assert unknown["locations"][0]["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 11}
    assert (
        unknown["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "data/metrics/mail-outages.yml"
    )
    assert (rows["level"], rows["occurrenceCount"]) == ("warning", 12)


@pytest.mark.parametrize(
    ("failing", "failed"),
    [
        (None, ["reference/unknown-source"]),
        ([UNKNOWN, ROWS], ["reference/unknown-source", "metrics/equal-rows"]),
        ([], []),
    ],
)
def test_junit_has_a_case_for_each_problem(failing: list[Problem] | None, failed: list[str]) -> None:
    """Failed where the check fails on it, errors unless said; the others say what they found."""
    suite = ET.fromstring(junit([UNKNOWN, ROWS], failing=failing)).find("testsuite")

    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("2", str(len(failed)))
    assert [failure.get("type") for failure in suite.iter("failure")] == failed
    assert [case.get("name") for case in suite.iter("testcase")] == [
        f"{PATH}:3:11: no source 'mail-outage'",
        "data/metrics/mail/2026.csv:2:1: equal rows",
    ]


def test_junit_passes_where_there_is_no_problem() -> None:
    """A report without a case would count as a fault of the build server's."""
    suite = ET.fromstring(junit([])).find("testsuite")

    assert suite is not None
    assert [(case.get("name"), len(case)) for case in suite] == [("no problem found", 0)]


@pytest.mark.parametrize("name", ["text", "json", "github", "sarif", "junit"])
def test_all_formats_are_called_in_one_way(tmp_path: Path, name: str) -> None:
    """By the problems, the root and the moment; none ends its last line."""
    written = FORMATS[name]([UNKNOWN], tmp_path, AS_OF, colour=False)

    assert "no source 'mail-outage'" in written
    assert not written.endswith("\n")
