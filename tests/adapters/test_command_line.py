"""The command line: verbs, formats and exit codes as other programs and habits rely on them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from servicebook.adapters import command_line
from servicebook.adapters.command_line import cli

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
    assert head == "content/agreements/shop-sla.md:11:49: error: no source 'outage' [reference/unknown-source]"
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
        (["--fail-on", "warning", "content/services"], 0),
    ],
)
def test_what_fails_a_check(shop: Path, options: list[str], code: int) -> None:
    """A data problem warns; warnings about rows of metric files never fail `--strict`; paths narrow what counts."""
    with (shop / "data/metrics/outages.csv").open("a", encoding="utf-8") as file:
        file.write("2026-02-09T10:00Z,2026-02-08T10:00Z\n")

    assert run("check", "-C", shop, "--as-of", "2026-03-01", *options).exit_code == code


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
        (["rules", "yaml/sintax"], "did you mean 'yaml/syntax'?"),
    ],
)
def test_wrong_usage_says_what_would_be_right(shop: Path, arguments: list[str], words: str) -> None:
    """Exit code 2, and the near miss."""
    verb, *rest = arguments
    where = [] if verb == "rules" else ["-C", str(shop), "--as-of", "2026-03-01"]

    done = run(verb, *where, *rest)

    assert done.exit_code == 2
    assert words in done.output


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

    monkeypatch.setattr(command_line, "examine_folder", broken)
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
