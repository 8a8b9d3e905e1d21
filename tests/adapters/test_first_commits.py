"""When exclusions were first committed, with real repositories."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from shutil import rmtree

import pytest

from servicebook.adapters.closing import examine_folder
from servicebook.adapters.first_commits import first_commits
from servicebook.loading import load
from servicebook.model.history import FirstCommits, Unknown
from servicebook.timeline.zone import to_instant


def instant(text: str) -> int:
    return to_instant(datetime.fromisoformat(text))


AS_OF = instant("2026-11-01T00:00:00Z")
AGREEMENT = "content/agreements/shop-sla.md"
START, END = instant("2026-03-03T09:00:00Z"), instant("2026-03-03T11:30:00Z")
KEY = ("shop-sla", START, END)
HEAD = """---
title: Shop
type: sla
provider: team
customer: stores
services: [shop]
version: "1"
from: 2026-01-01
time_zone: Europe/Berlin
signatures: [{party: team, date: 2025-12-01}, {party: stores, date: 2025-12-01}]
"""
EXCLUSION = 'exclusions:\n  - {start: "2026-03-03T10:00+01:00", end: "2026-03-03T12:30+01:00", reason: Power cut, declared: 2026-03-03, approved_by: stores}\n'
TARGETS = """targets:
  - {id: usable, measure: availability, source: outages, objective: at least 99 %, per: month, minimum_coverage: 95 %}
---
"""
WITH = HEAD + EXCLUSION + TARGETS
WITHOUT = HEAD + TARGETS
FILES: Mapping[str, str] = {
    "mkdocs.yml": "site_name: Shop\ndocs_dir: content\nplugins: [search, servicebook]\n",
    "content/services/shop.md": "---\ntitle: Shop\nstage: live\nowner: team\n---\n",
    "content/parties/team.md": "---\ntitle: Team\ntype: provider\n---\n",
    "content/parties/stores.md": "---\ntitle: Stores\ntype: customer\n---\n",
    "data/metrics/outages.yml": "title: Outages\nrecords: outages\nfiles: outages.csv\nfrom: 2025-01-01T00:00Z\ncomplete_to: 2026-11-01T00:00Z\n",
    "data/metrics/outages.csv": "start,end\n2026-03-03T09:00Z,2026-03-03T11:30Z\n2026-10-05T10:00Z,2026-10-05T20:00Z\n",
    AGREEMENT: WITHOUT,
}


def git(folder: Path, *arguments: str, day: str = "2026-01-05") -> str:
    moment = f"{day}T12:00:00+00:00"
    done = subprocess.run(
        ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment},
    )
    return done.stdout.strip()


def write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def commit(root: Path, day: str, files: Mapping[str, str]) -> None:
    """Files as a commit of a day, at noon UTC."""
    write(root, files)
    git(root, "add", "--all", ".")
    git(root, "commit", "-q", "-m", "terms", day=day)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A catalogue in a sub-folder of a repository, with a blank and an umlaut in its path; no exclusion yet."""
    root = tmp_path / "die Läden"
    root.mkdir()
    git(tmp_path, "init", "-q", "-b", "main")
    commit(root, "2026-01-05", FILES)
    return root


def known(root: Path) -> FirstCommits:
    return first_commits(root, load(root).catalogue.agreements.values())


def findings(root: Path) -> list[str]:
    problems = examine_folder(root, AS_OF).problems
    return [f"{p.position.line}: {p.message}" for p in problems if p.rule == "exclusion/committed-late"]


def noon(day: str) -> int:
    return instant(f"{day}T12:00:00Z")


def test_the_first_commit_that_has_the_exclusion_counts(shop: Path) -> None:
    """Later commits of the same file, and other words for the same time, change nothing."""
    commit(shop, "2026-03-04", {AGREEMENT: WITH})
    reworded = WITH.replace("2026-03-03T10:00+01:00", "2026-03-03T09:00Z").replace("Power cut", "No power in the town")
    commit(shop, "2026-06-01", {AGREEMENT: reworded})

    assert known(shop).exclusions == {KEY: noon("2026-03-04")}


def test_a_renamed_file_keeps_its_history(shop: Path) -> None:
    """The agreement moves to a sub-folder after the exclusion was written."""
    commit(shop, "2026-03-04", {AGREEMENT: WITH})
    (shop / "content/agreements/stores").mkdir()
    git(shop, "mv", AGREEMENT, "content/agreements/stores/shop-sla.md")
    git(shop, "commit", "-q", "-m", "move", day="2026-05-01")

    assert known(shop).exclusions == {KEY: noon("2026-03-04")}


def test_other_times_are_another_exclusion(shop: Path) -> None:
    """Whoever lengthens an exclusion later excludes time that nobody could read of before."""
    commit(shop, "2026-03-04", {AGREEMENT: WITH})
    commit(shop, "2026-06-01", {AGREEMENT: WITH.replace("12:30+01:00", "13:30+01:00")})

    assert known(shop).exclusions == {("shop-sla", START, instant("2026-03-03T12:30:00Z")): noon("2026-06-01")}


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-03-03", []),
        ("2026-03-10", []),
        ("2026-03-11", ["12: the exclusion was first committed 8 days after it was declared on 2026-03-03"]),
    ],
)
def test_more_than_seven_days_after_the_declaration_is_late(shop: Path, day: str, said: list[str]) -> None:
    """On the seventh day it is in time, on the eighth it is late; the finding stands at the exclusion's line."""
    commit(shop, day, {AGREEMENT: WITH})

    assert findings(shop) == said


def test_what_isnt_committed_yet_is_unknown(shop: Path) -> None:
    """In the working tree alone it may be committed at any time: no finding."""
    write(shop, {AGREEMENT: WITH})

    assert known(shop).exclusions == {KEY: Unknown.NOT_COMMITTED}
    assert not findings(shop)


def test_a_shallow_clone_doesnt_know_what_its_first_commit_has(shop: Path, tmp_path: Path) -> None:
    """The history is cut: whatever stands in the oldest commit may be older; what came later is known."""
    commit(shop, "2026-06-01", {AGREEMENT: WITH})
    later = WITH.replace(
        "targets:",
        '  - {start: "2026-07-01T10:00Z", end: "2026-07-01T11:00Z", reason: Storm, declared: 2026-07-01, approved_by: stores}\ntargets:',
    )
    commit(shop, "2026-07-02", {AGREEMENT: later})
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{tmp_path}", str(tmp_path / "clone"))
    clone = tmp_path / "clone" / shop.name
    storm = ("shop-sla", instant("2026-07-01T10:00:00Z"), instant("2026-07-01T11:00:00Z"))

    assert known(clone).exclusions == {KEY: Unknown.CUT, storm: noon("2026-07-02")}
    assert known(shop).exclusions == {KEY: noon("2026-06-01"), storm: noon("2026-07-02")}


def test_a_version_that_cant_be_read_is_passed_over(shop: Path) -> None:
    """A merge left marks in the file once: the next version that can be read counts."""
    commit(shop, "2026-03-04", {AGREEMENT: "<<<<<<< ours\n" + WITH})
    commit(shop, "2026-03-05", {AGREEMENT: WITH})

    assert known(shop).exclusions == {KEY: noon("2026-03-05")}


def test_without_a_repository_nothing_is_known(shop: Path, tmp_path: Path) -> None:
    """The folder alone tells no history."""
    commit(shop, "2026-06-01", {AGREEMENT: WITH})
    rmtree(tmp_path / ".git")

    assert known(shop).of(*KEY) is Unknown.NO_HISTORY


def test_no_figure_depends_on_the_history(shop: Path, tmp_path: Path) -> None:
    """With and without the repository the results are the same; only the finding is gone."""
    commit(shop, "2026-06-01", {AGREEMENT: WITH})
    with_history = examine_folder(shop, AS_OF)
    rmtree(tmp_path / ".git")
    without = examine_folder(shop, AS_OF)

    assert with_history.results
    assert without.results == with_history.results
    assert {p.rule for p in with_history.problems} - {p.rule for p in without.problems} == {"exclusion/committed-late"}
