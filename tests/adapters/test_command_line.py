"""The command line: verbs, formats and exit codes as other programs and habits rely on them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from servicebook.adapters import command_line, verb_support
from servicebook.adapters.check_scope import within
from servicebook.adapters.command_line import cli
from servicebook.source import Position, Problem

FILES = {
    "mkdocs.yml": "site_name: Shop\ndocs_dir: content\nplugins: [search, servicebook]\nmarkdown_extensions:\n  - toc: {slugify: !!python/name:a.b }\n",
    "content/services/shop.md": "---\ntitle: Shop\nstage: live\nowner: team\n---\n",
    "content/parties/team.md": "---\ntitle: Team\ntype: provider\n---\n",
    "content/parties/stores.md": "---\ntitle: Stores\ntype: customer\n---\n",
    "content/agreements/shop-sla.md": """---
title: Shop
type: sla
provider: team
customer: stores
services: [shop]
version: "1"
from: 2026-01-01
time_zone: UTC
signatures: [{party: team, date: 2025-12-01}, {party: stores, date: 2025-12-01}]
targets:
  - {id: usable, measure: availability, source: outages, objective: at least 99 %, per: month, minimum_coverage: 95 %, credits: [{below: 99 %, credit: 10 %}]}
---
""",
    "data/metrics/outages.yml": "title: Outages\nrecords: outages\nfiles: outages.csv\nfrom: 2026-01-01T00:00Z\ncomplete_to: 2026-03-01T00:00Z\n",
    "data/metrics/outages.csv": "start,end\n2026-01-05T10:00Z,2026-01-05T20:00Z\n2026-02-05T10:00Z,2026-02-05T11:00Z\n",
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A catalogue with one promise, broken in January and kept in February."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def test_check_is_fine(shop: Path) -> None:
    """Nothing wrong: exit code 0 and a line that says so."""
    done = run("check", "-C", shop, "--as-of", "2026-03-01")

    assert (done.exit_code, done.output) == (0, "no problem found\n")


def test_check_names_the_place_of_a_typo(shop: Path) -> None:
    """`path:line:column`, the line with a caret, the hint; exit code 1."""
    path = shop / "content/agreements/shop-sla.md"
    path.write_text(path.read_text(encoding="utf-8").replace("source: outages", "source: outage"), encoding="utf-8")

    done = run("check", "-C", shop, "--as-of", "2026-03-01")

    head, line, caret, hint, *_ = done.output.splitlines()
    assert done.exit_code == 1
    assert head == "content/agreements/shop-sla.md:12:49: error: no source 'outage' [reference/unknown-source]"
    assert line.index("outage,") == caret.index("^")
    assert hint.strip() == "hint: did you mean 'outages'?"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--fail-on", "error"], 0),
        (["--fail-on", "warning"], 1),
        (["--fail-on", "never"], 0),
        (["--strict"], 0),
        (["--strict", "content"], 0),
        (["--strict", "--fail-on", "warning"], 1),
        (["--fail-on", "warning", "content/services"], 0),
    ],
)
def test_what_fails_a_check(shop: Path, options: list[str], code: int) -> None:
    """A data problem warns; warnings about rows of metric files never fail `--strict`; paths narrow what counts."""
    with (shop / "data/metrics/outages.csv").open("a", encoding="utf-8") as file:
        file.write("2026-02-09T10:00Z,2026-02-08T10:00Z\n")

    assert run("check", "-C", shop, "--as-of", "2026-03-01", *options).exit_code == code


@pytest.mark.parametrize(
    "path",
    ["data/metrics/outages.csv", "data", "data/", "./data", "data/../data/metrics", ".", "{root}/data", "{root}"],
)
def test_a_path_may_be_written_in_any_way(shop: Path, path: str) -> None:
    """Relative to the root or absolute, a file or a folder, however it is spelt."""
    (shop / "data/metrics/outages.csv").write_text("start,end\nyesterday,\n", encoding="utf-8")

    done = run("check", "-C", shop, "--as-of", "2026-03-01", path.format(root=shop))

    assert done.exit_code == 1
    assert "data/metrics/outages.csv:2:1: error" in done.output


def test_a_path_may_start_from_where_one_stands(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a shell completes it, and as tools name the files of a commit; what the root has comes first."""
    (shop / "data/metrics/outages.csv").write_text("start,end\nyesterday,\n", encoding="utf-8")
    monkeypatch.chdir(shop.parent)

    assert run("check", "-C", shop.name, "--as-of", "2026-03-01", f"{shop.name}/data").exit_code == 1
    assert run("check", "-C", shop.name, "--as-of", "2026-03-01", f"{shop.name}/content").exit_code == 0


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("contents", "there is no contents in the catalogue"),
        ("../elsewhere", "../elsewhere lies outside the catalogue"),
    ],
)
def test_a_path_that_names_nothing_is_wrong_usage(shop: Path, path: str, words: str) -> None:
    """A misspelt path must not look like a clean check."""
    done = run("check", "-C", shop, "--as-of", "2026-03-01", path)

    assert done.exit_code == 2
    assert words in done.output


def test_a_missing_file_that_has_a_problem_may_be_named(shop: Path) -> None:
    """A source's file that isn't there is told by its definition; a closed period's file only by its own path."""
    problems = [Problem(position=Position("data/published/2026-01.json"), rule="closed/lost", message="missing")]

    assert within(problems, ["data/published/2026-01.json"], shop) == tuple(problems)
    assert within(problems, ["data/published"], shop) == tuple(problems)
    assert within(problems, ["content"], shop) == ()


@pytest.mark.parametrize(("options", "failures"), [([], 0), (["--fail-on", "warning"], 1), (["--strict"], 0)])
def test_a_test_report_fails_where_the_check_does(shop: Path, options: list[str], failures: int) -> None:
    """A build server that reads the report and one that looks at the exit code say the same."""
    with (shop / "data/metrics/outages.csv").open("a", encoding="utf-8") as file:
        file.write("2026-02-09T10:00Z,2026-02-08T10:00Z\n")

    done = run("check", "-C", shop, "--as-of", "2026-03-01", "--format", "junit", *options)

    assert f'failures="{failures}"' in done.output
    assert done.exit_code == (1 if failures else 0)


@pytest.mark.parametrize("form", ["json", "github", "sarif", "junit"])
def test_check_in_other_formats(shop: Path, form: str) -> None:
    """Each format is itself when nothing is wrong."""
    done = run("check", "-C", shop, "--as-of", "2026-03-01", "--format", form)

    assert done.exit_code == 0
    if form in ("json", "sarif"):
        assert json.loads(done.output)


def test_evaluate_as_a_table(shop: Path) -> None:
    """A line for each result; a missed target fails nothing unless asked."""
    done = run("evaluate", "-C", shop, "--as-of", "2026-03-01")

    assert done.exit_code == 0
    assert [line.split()[2:4] for line in done.output.splitlines()[1:]] == [["2026-01", "98"], ["2026-02", "99"]]
    assert run("evaluate", "-C", shop, "--as-of", "2026-03-01", "--fail-on", "breached").exit_code == 1


def test_evaluate_for_programs(shop: Path) -> None:
    """JSON and CSV hold the same figures; Parquet is a file of its kind."""
    options = ["evaluate", "-C", shop, "--as-of", "2026-03-01", "--period", "2026-01", "--format"]
    (result,) = json.loads(run(*options, "json").output)["results"]

    assert result["value"] == "0.9865591397849462"
    assert (result["verdict"], result["credit"], result["budget"]["left"]) == ("breached", "0.1", "-9216")
    assert "breached,0.9865591397849462" in run(*options, "csv").output
    done = subprocess.run(
        [sys.executable, "-m", "servicebook", *map(str, options), "parquet"], capture_output=True, check=True
    )
    assert done.stdout.startswith(b"PAR1")


def test_agreements_and_their_states(shop: Path) -> None:
    """As lines for people, as a document for programs."""
    assert run("evaluate", "-C", shop, "--as-of", "2026-03-01", "--agreements").output == "shop-sla  in force\n"
    done = run("evaluate", "-C", shop, "--as-of", "2026-02-10", "--agreements", "--format", "json")
    (agreement,) = json.loads(done.output)["agreements"]
    assert (agreement["state"], agreement["signed"], agreement["until"]) == ("in force", "2025-12-01", None)
    assert (agreement["targets"][0]["verdict"], agreement["targets"][0]["period"]) == ("on track", "2026-02")
    assert run("evaluate", "-C", shop, "--as-of", "2026-02-10", "--agreements", "--format", "csv").exit_code == 2


def test_explain_shows_the_working(shop: Path) -> None:
    """From the hours of the month to the figure, with the file behind it."""
    done = run("explain", "-C", shop, "--as-of", "2026-03-01", "shop-sla", "usable", "2026-01")

    assert done.exit_code == 0
    for words in (
        "744 h",
        "− down",
        "10 h",
        "734 h ÷ 744 h",
        "98.6559139784… %",
        "breached",
        "credit (below 99 %)",
        "outages.csv",
    ):
        assert words in done.output


def test_explain_goes_by_the_terms_of_the_period(shop: Path) -> None:
    """Two entries of one target with one objective: each period is worked out, and told, by its own."""
    path = shop / "content/agreements/shop-sla.md"
    entry = (
        "  - {id: solved, measure: share within, of: resolution, source: tickets, objective: at least 95 %, per: month"
    )
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "targets:\n", f"targets:\n{entry}, within: 4 h}}\n{entry}, within: 8 h, from: 2026-02-01}}\n"
        ),
        encoding="utf-8",
    )
    (shop / "data/metrics/tickets.yml").write_text("title: Tickets\nrecords: tickets\nfiles: tickets.csv\n")
    (shop / "data/metrics/tickets.csv").write_text(
        "opened,responded,resolved\n2026-01-05T10:00Z,,2026-01-05T12:00Z\n2026-02-05T10:00Z,,2026-02-05T15:00Z\n"
    )
    options = ["explain", "-C", shop, "--as-of", "2026-03-01", "shop-sla", "solved"]

    assert "within 4 h" in run(*options, "2026-01").output
    assert "within 8 h" in run(*options, "2026-02").output


def test_backtest(shop: Path) -> None:
    """What another level would have meant."""
    options = ["backtest", "-C", shop, "--as-of", "2026-03-01", "shop-sla"]

    assert "met in 1 of 2 periods, breached in 1" in run(*options).output
    done = run(*options, "--target", "usable", "--objective", "at least 98 %", "--format", "json")
    (tested,) = json.loads(done.output)["targets"]
    assert (tested["met"], tested["breached"], tested["levels"]["90"]) == (2, 0, "0.9865591397849462")
    assert run(*options, "--objective", "at least 98 %").exit_code == 2
    assert run(*options, "--target", "usable", "--objective", "at least 98 h").exit_code == 2
    assert run(*options, "--target", "usable", "--objective", "98").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["evaluate", "--agreement", "shop-slo"], "did you mean 'shop-sla'?"),
        (["evaluate", "--target", "useable"], "did you mean 'usable'?"),
        (["explain", "shop-sla", "usable", "2025-01"], "is not in force in 2025-01"),
        (["backtest", "shop-slo"], "did you mean 'shop-sla'?"),
        (["evaluate", "--as-of", "tomorrow"], "'tomorrow' is no moment"),
        (["evaluate", "--period", "2026-13"], "there is no 2026-13 in the calendar"),
        (["evaluate", "--period", "October"], "'October' names no period"),
        (["rules", "yaml/sintax"], "did you mean 'yaml/syntax'?"),
    ],
)
def test_wrong_usage_says_what_would_be_right(shop: Path, arguments: list[str], words: str) -> None:
    """Exit code 2, and the near miss."""
    verb, *rest = arguments
    done = run(verb, "-C", shop, "--as-of", "2026-03-01", *rest)

    assert done.exit_code == 2
    assert words in done.output


def test_every_verb_takes_the_root_and_the_moment() -> None:
    """So that a script may give them to all."""
    for name, verb in cli.commands.items():
        assert {"root", "as_of"} <= {parameter.name for parameter in verb.params}, name


def test_a_period_is_found_by_its_name_whole_in_parts_or_rolling(shop: Path) -> None:
    """`2026-01` finds its parts too; a name of a period without a result is fine, and says why there is none."""
    options = ["evaluate", "-C", shop, "--as-of", "2026-03-01", "--agreement", "shop-sla", "--period"]

    assert len(run(*options, "2026-01").output.splitlines()) == 2
    for name in ("2026-01/1", "2026-Q4", "rolling-30d@2026-03-01"):
        done = run(*options, name)
        assert (done.exit_code, done.stdout) == (0, "no results\n")
        assert f"not in force in {name}" in done.stderr


def test_a_folder_without_a_catalogue(tmp_path: Path) -> None:
    """Wrong configuration is exit code 2: no folder, no catalogue, settings that can't be read."""
    assert "is no folder" in run("check", "-C", tmp_path / "nowhere").output
    assert "holds no catalogue" in run("check", "-C", tmp_path).output
    for text in ("[", "- a\n", "docs_dir: ../elsewhere\n"):
        (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
        assert run("check", "-C", tmp_path).exit_code == 2


def test_errors_refuse_every_verb_but_check(shop: Path) -> None:
    """All errors on standard error, exit code 1, nothing on standard output."""
    (shop / "data/metrics/outages.csv").write_text("start,end\nyesterday,\n", encoding="utf-8")

    for verb in (["evaluate"], ["explain", "shop-sla", "usable", "2026-01"], ["backtest", "shop-sla"]):
        done = run(verb[0], "-C", shop, "--as-of", "2026-03-01", *verb[1:])
        assert (done.exit_code, done.stdout) == (1, "")
        assert "data/metrics/outages.csv:2:1: error" in done.stderr


def test_a_fault_of_ours_leaves_a_file_to_report(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """No traceback on the screen, exit code 3."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(verb_support, "examine_folder", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with pytest.raises(SystemExit) as left:
        command_line.main(["check", "-C", str(shop)])

    said = capsys.readouterr().err
    assert left.value.code == 3
    assert "unforeseen" not in said
    assert "unforeseen" in Path(said.split("with the file ")[1].strip()).read_text(encoding="utf-8")


@pytest.mark.parametrize(("arguments", "code"), [(["rules", "limit"], 0), (["evaluate", "--nonsense"], 2), ([], 2)])
def test_main_exits_as_the_verbs_say(arguments: list[str], code: int) -> None:
    """Click's own complaints are wrong usage."""
    with pytest.raises(SystemExit) as left:
        command_line.main(arguments)

    assert left.value.code == code
