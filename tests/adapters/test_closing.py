"""Closed periods: what was published stays until it is restated, with its reason."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from servicebook.adapters import command_line
from servicebook.adapters.command_line import cli

FILES = {
    "mkdocs.yml": "site_name: Shop\ndocs_dir: content\nplugins: [search, servicebook]\n",
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
  - {id: usable, measure: availability, source: outages, objective: at least 99 %, per: month, minimum_coverage: 95 %}
---
""",
    "data/metrics/outages.yml": "title: Outages\nrecords: outages\nfiles: outages.csv\nfrom: 2026-01-01T00:00Z\ncomplete_to: 2026-03-01T00:00Z\n",
    "data/metrics/outages.csv": "start,end\n2026-01-05T10:00Z,2026-01-05T12:00Z\n",
}
LATE = "2026-01-20T10:00Z,2026-01-20T20:00Z\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A catalogue in a repository, with January closed and committed."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    git(tmp_path, "init", "-q")
    assert run(tmp_path, "close", "2026-01").exit_code == 0
    commit(tmp_path)
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"]
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Close January")


def run(folder: Path, verb: str, *arguments: str, as_of: str = "2026-03-01") -> Result:
    return CliRunner().invoke(cli, [verb, "-C", str(folder), "--as-of", as_of, *arguments])


def published(folder: Path) -> dict[str, Any]:
    text = (folder / "data/published/2026-01.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def late_data(folder: Path) -> None:
    with (folder / "data/metrics/outages.csv").open("a", encoding="utf-8") as file:
        file.write(LATE)


def test_what_was_closed_is_said(shop: Path) -> None:
    """The file and how many figures are new in it; closing again changes nothing."""
    before = (shop / "data/published/2026-01.json").read_text(encoding="utf-8")

    assert run(shop, "close", "2026-02").output.endswith("data/published/2026-02.json: 1 figure closed\n")
    assert run(shop, "close", "2026-01").output.endswith("data/published/2026-01.json: 0 figures closed\n")
    assert (shop / "data/published/2026-01.json").read_text(encoding="utf-8") == before


def test_a_place_that_cannot_be_written_is_named(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that isn't ours to write is no fault of the program: exit code 2, and the reason."""

    def refused(*_: object) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(command_line, "write_period", refused)

    done = run(shop, "close", "2026-02")

    assert done.exit_code == 2
    assert "data/published/2026-02.json can't be written: Permission denied" in done.output


def test_a_closed_period_holds_results_as_evaluate_prints_them(shop: Path) -> None:
    """Sorted and stable; from then on the result says that it is closed."""
    (result,) = published(shop)["results"]
    done = run(shop, "evaluate", "--period", "2026-01", "--format", "json")

    assert (result["verdict"], result["closed"]) == ("met", True)
    assert json.loads(done.output)["results"] == [result]
    assert run(shop, "check").exit_code == 0


def test_late_data_would_change_a_closed_figure(shop: Path) -> None:
    """An error at the promise: which figure, old → new; nothing else runs until it is mended or restated."""
    late_data(shop)

    done = run(shop, "check")

    assert done.exit_code == 1
    assert "content/agreements/shop-sla.md:11:69: error" in done.output
    assert "closed figure shop-sla usable 2026-01 would change: verdict met → breached; value 0.9973" in done.output
    assert run(shop, "evaluate").exit_code == 1


def test_a_restatement_records_the_correction(shop: Path) -> None:
    """Who, what, why, old and new; then the sources agree again."""
    late_data(shop)

    done = run(shop, "close", "2026-01", "--restate", "shop-sla/usable", "--why", "The outage of the 20th came late")

    (restatement,) = published(shop)["restatements"]
    assert done.exit_code == 0
    assert (restatement["why"], restatement["date"]) == ("The outage of the 20th came late", "2026-03-01")
    assert (restatement["old"]["verdict"], restatement["new"]["verdict"]) == ("met", "breached")
    assert published(shop)["results"][0]["verdict"] == "breached"
    assert run(shop, "check").exit_code == 0


def test_closing_again_changes_nothing_that_is_closed(shop: Path) -> None:
    """Late data doesn't slip in by closing once more; February is another file."""
    before = published(shop)
    late_data(shop)

    run(shop, "close", "2026-01")

    assert published(shop) == before
    assert run(shop, "check", as_of="2026-01-10").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["2026-04"], "no target has a finished result in 2026-04"),
        (["2026-01", "--restate", "shop-sla/usable"], "--why TEXT"),
        (["2026-01", "--why", "because"], "--restate AGREEMENT/TARGET"),
        (["2026-01", "--restate", "shop-sla/other", "--why", "because"], "no closed figure"),
        (["2026-02", "--restate", "shop-sla/usable", "--why", "because"], "no closed figure"),
    ],
)
def test_what_cannot_be_closed(shop: Path, arguments: list[str], words: str) -> None:
    """Wrong usage says what is missing, and writes nothing."""
    done = run(shop, "close", *arguments)

    assert done.exit_code == 2
    assert words in done.output


def test_a_published_file_that_is_gone_is_an_error(shop: Path) -> None:
    """The last commit has it and the working tree lacks it."""
    (shop / "data/published/2026-01.json").unlink()

    done = run(shop, "check")

    assert done.exit_code == 1
    assert "the closed period 2026-01 of the last commit is missing [closed/lost]" in done.output


def test_a_figure_or_restatement_that_is_gone_is_an_error(shop: Path) -> None:
    """Leaving out is no correction."""
    late_data(shop)
    run(shop, "close", "2026-01", "--restate", "shop-sla/usable", "--why", "late")
    commit(shop)
    path = shop / "data/published/2026-01.json"
    path.write_text(json.dumps(published(shop) | {"restatements": [], "results": []}), encoding="utf-8")

    done = run(shop, "check")

    assert "the closed figure shop-sla usable 2026-01 of the last commit is missing" in done.output
    assert "a restatement of shop-sla usable 2026-01 of the last commit is missing" in done.output


def test_a_closed_figure_without_a_result(shop: Path) -> None:
    """Terms that reach back take a published figure away."""
    path = shop / "content/agreements/shop-sla.md"
    path.write_text(path.read_text(encoding="utf-8").replace("from: 2026-01-01", "from: 2026-02-01"), encoding="utf-8")

    assert "has no result any more [closed/gone]" in run(shop, "check").output


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "2026-01.json:1:2"),
        ("[]", "it is no document of results"),
        ("[" * 100_000, "it is nested too deep"),
        ('{"schema": "servicebook/results/1", "as_of": "", "results": {}}', "'results' is no list"),
        ('{"schema": "servicebook/results/1", "as_of": "", "results": [{}]}', "'agreement' is missing"),
        ('{"schema": "servicebook/results/1", "results": []}', "'as_of' is missing"),
        ('{"schema": "servicebook/results/1", "as_of": "", "results": [{"agreement": "a", "target": "b", "period": "2026-02"}]}', "it holds a result of 2026-02"),
        ('{"schema": "servicebook/results/1", "as_of": "", "restatements": [{"old": 1}]}', "lacks its old or new figure"),
    ],
)  # fmt: skip
def test_a_file_that_nobody_can_use(shop: Path, text: str, words: str) -> None:
    """An error at the file; never a traceback."""
    (shop / "data/published/2026-01.json").write_text(text, encoding="utf-8")

    done = run(shop, "check")

    assert (done.exit_code, done.exception and type(done.exception)) == (1, SystemExit)
    assert words in done.output
