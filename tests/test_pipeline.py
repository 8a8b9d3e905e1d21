"""load → check → measure → evaluate: what one run tells, and what an error keeps back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from servicebook.insight.lifecycle import State
from servicebook.pipeline import examine, metric_files, opened

AGREEMENT = """---
title: {title}
type: sla
provider: team
customer: stores
services: [shop]
version: "1"
from: 2026-01-01
time_zone: UTC
{signatures}
targets:
  - {{id: usable, measure: availability, source: outages, objective: at least 95 %, per: month}}
---
"""
SIGNED = "signatures: [{party: team, date: 2025-12-01}, {party: stores, date: 2025-12-01}]"
FILES: Mapping[str, str] = {
    "content/services/shop.md": "---\ntitle: Shop\nstage: live\n---\n",
    "content/parties/team.md": "---\ntitle: Team\ntype: provider\n---\n",
    "content/parties/stores.md": "---\ntitle: Stores\ntype: customer\n---\n",
    "content/agreements/day.md": AGREEMENT.format(title="Day", signatures=SIGNED),
    "content/agreements/night.md": AGREEMENT.format(title="Night", signatures=SIGNED),
    "data/metrics/outages.yml": "title: Outages\nrecords: outages\nfiles: outages.csv\nfrom: 2026-01-01T00:00Z\ncomplete_to: 2026-03-01T00:00Z\n",
    "data/metrics/outages.csv": "start,end\n2026-01-05T10:00Z,2026-01-07T20:00Z\n",
}
AS_OF = "2026-03-01T00:00Z"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A catalogue of two agreements on one list of outages."""
    for name, text in FILES.items():
        write(tmp_path, name, text)
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def instant(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp()) * 1_000_000


def test_a_sound_catalogue_has_results(shop: Path) -> None:
    """In order of agreement, target and start; each agreement with its state."""
    found = examine(shop, instant(AS_OF))

    assert found.problems == ()
    assert [(result.agreement, result.period, str(result.verdict)) for result in found.results] == [
        ("day", "2026-01", "breached"),
        ("day", "2026-02", "met"),
        ("night", "2026-01", "breached"),
        ("night", "2026-02", "met"),
    ]
    assert {name: status.state for name, status in found.statuses.items()} == {
        "day": State.IN_FORCE,
        "night": State.IN_FORCE,
    }


def test_the_moment_is_what_is_given(shop: Path) -> None:
    """Nothing of what comes later is known, whatever the clock says."""
    found = examine(shop, instant("2026-01-05T10:00Z"))

    assert [(result.agreement, str(result.verdict)) for result in found.results] == [
        ("day", "on track"),
        ("night", "on track"),
    ]


def test_one_run_names_what_is_wrong_in_every_stage(shop: Path) -> None:
    """A file that can't be read, a reference to nothing, a row that is no time; then there are no results, but states."""
    write(shop, "content/services/shop.md", "---\ntitle: [\n---\n")
    write(shop, "content/agreements/night.md", FILES["content/agreements/night.md"].replace("team\n", "tean\n", 1))
    write(shop, "data/metrics/outages.csv", "start,end\nyesterday,\n")

    found = examine(shop, instant(AS_OF))

    assert {problem.rule for problem in found.problems if problem.is_error} == {
        "yaml/syntax",
        "reference/unknown-party",
        "metrics/unreadable-time",
    }
    assert list(found.problems) == sorted(found.problems, key=lambda problem: (problem.position, problem.rule))
    assert (found.has_errors, found.results, sorted(found.statuses)) == (True, (), ["day", "night"])


def test_some_agreements_only(shop: Path) -> None:
    """Their results alone are worked out."""
    found = examine(shop, instant(AS_OF), agreements=["night"])

    assert {result.agreement for result in found.results} == {"night"}


def test_an_error_anywhere_refuses_some_agreements_too(shop: Path) -> None:
    """Even one in a file that the agreement has nothing to do with."""
    write(shop, "content/parties/other.md", "---\ntitle: Other\ntype: friend\n---\n")

    found = examine(shop, instant(AS_OF), agreements=["night"])

    assert found.has_errors
    assert found.results == ()


def test_a_draft_is_tried_on_the_history(shop: Path) -> None:
    """It has no results, but a back-test."""
    write(shop, "content/agreements/night.md", AGREEMENT.format(title="Night", signatures="summary: Not yet"))

    found = examine(shop, instant(AS_OF))

    assert {result.agreement for result in found.results} == {"day"}
    (tested,) = found.backtests["night"]
    assert [str(result.verdict) for result in tested.judged] == ["breached", "met"]


def test_a_catalogue_without_metrics(tmp_path: Path) -> None:
    """A folder data/metrics isn't needed as long as nothing is measured."""
    write(tmp_path, "content/services/shop.md", FILES["content/services/shop.md"])

    found = examine(tmp_path, instant(AS_OF))

    assert (found.problems, found.results) == ((), ())
    assert metric_files(tmp_path) == frozenset()


def test_which_files_are_metric_files(shop: Path) -> None:
    """All below data/metrics but its definitions and what begins with a dot; YAML in a sub-folder is none of the former."""
    for name in ("a/b.csv", "a/c.yml", ".cache/d.csv", "a/.e.csv"):
        write(shop, f"data/metrics/{name}", "")

    assert metric_files(shop) == {"data/metrics/outages.csv", "data/metrics/a/b.csv", "data/metrics/a/c.yml"}


def test_all_that_is_asked_of_a_source_is_read_at_once(shop: Path) -> None:
    """Targets, announcements, and what a service says of its capacity, cost and satisfaction."""
    for source, records, columns in (
        ("usage", "usage", "time,used\n"),
        ("ledger", "ledger", "time,budget,actual,currency\n"),
        ("survey", "scores", "time,score\n"),
    ):
        write(shop, f"data/metrics/{source}.yml", f"title: {source}\nrecords: {records}\nfiles: {source}.csv\n")
        write(shop, f"data/metrics/{source}.csv", columns)
    write(
        shop,
        "content/services/shop.md",
        "---\ntitle: Shop\nstage: live\ncapacity: {source: usage, limit: 10, unit: places}\n"
        "cost: {source: ledger}\nsatisfaction: {source: survey}\n---\n",
    )
    planned = AGREEMENT.format(title="Day", signatures=f"maintenance: {{announcements: outages}}\n{SIGNED}")
    write(shop, "content/agreements/day.md", planned)

    with opened(shop, instant(AS_OF)) as book:
        assert not book.has_errors
        assert set(book.records.files_read) == {
            f"data/metrics/{name}.csv" for name in ("outages", "usage", "ledger", "survey")
        }
