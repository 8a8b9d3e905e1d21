"""What only the metric files tell: columns that filters name, rows that they keep, files that nobody reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from servicebook.source import Position
from tests.checks.builders import BASE, Facts, agreement, line, metric_problems, target

TABLES = {
    "mail-outages": ("start", "end", "site"),
    "mail-probes": ("time", "ok"),
    "mail-usage": ("time", "used"),
    "tickets": ("opened", "resolved", "paused"),
}


def test_a_filter_names_a_column_of_the_files(tmp_path: Path) -> None:
    """An error at the `where` of the promise; the source is related."""
    (problem,) = metric_problems(tmp_path, Facts(TABLES), target("where: {sites: hq}"))

    assert line(problem) == "email-hq.md:12:12 error reference/unknown-column"
    assert problem.message == "no file of 'mail-outages' has a column 'sites'"
    assert problem.hint == "did you mean 'site'?"
    assert problem.related == (Position("data/metrics/mail-outages.yml"),)


def test_a_filter_names_the_files_column_not_the_field(tmp_path: Path) -> None:
    """The hint says what the files call it; where nothing is near, what there is."""
    source = {"data/metrics/mail-outages.yml": BASE["data/metrics/mail-outages.yml"] + "columns: {impact: severity}\n"}

    (mapped,) = metric_problems(tmp_path, Facts(TABLES), source, target("where: {impact: 1}"))
    (unknown,) = metric_problems(tmp_path, Facts(TABLES), target("where: {xyz: 1}"))

    assert mapped.hint == "the files call it severity"
    assert unknown.hint == "there are end, site, start"


def test_a_filter_keeps_a_row(tmp_path: Path) -> None:
    """A warning where it keeps none."""
    (problem,) = metric_problems(tmp_path, Facts(TABLES, empty=["site: HQ"]), target("where: {site: HQ}"))

    assert line(problem) == "email-hq.md:12:12 warning terms/no-row"
    assert problem.message == "no row of 'mail-outages' has site: HQ"


def test_a_source_without_rows_is_no_fault_of_the_filter(tmp_path: Path) -> None:
    """Nor is one whose files can't be read, or that is unknown."""
    assert metric_problems(tmp_path, Facts(TABLES, empty=["site: hq", ""]), target("where: {site: hq}")) == ()
    assert metric_problems(tmp_path, Facts({}), target("where: {site: hq}")) == ()
    assert metric_problems(tmp_path, Facts(TABLES), target("where: {site: hq}", "source: nothing")) == ()


def test_announcements_and_services_filter_too(tmp_path: Path) -> None:
    """The `where` of announcements, of a capacity, of cost and satisfaction."""
    files = {
        "content/services/email.md": """\
---
title: E-mail
stage: live
capacity:
  source: mail-usage
  limit: 10
  where: {system: mail}
cost: {source: mail-usage, where: {x: y}}
---
"""
    }
    text = agreement("maintenance: {announcements: {source: mail-outages, where: {system: mail}}}")

    assert [line(problem) for problem in metric_problems(tmp_path, Facts(TABLES), files, text)] == [
        "email-hq.md:10:30 error reference/unknown-column",
        "content/services/email.md:7:10 error reference/unknown-column",
        "content/services/email.md:8:7 error reference/unknown-column",
    ]


USED = ["measure: utilisation", "source: mail-usage", "statistic: peak", "objective: at most 80 %"]


def test_utilisation_needs_a_capacity(tmp_path: Path) -> None:
    """A column of the files, or a service's limit."""
    mapped = {"data/metrics/mail-usage.yml": BASE["data/metrics/mail-usage.yml"] + "columns: {capacity: seats}\n"}
    limited = {
        "content/services/email.md": "---\ntitle: E-mail\nstage: live\ncapacity: {source: mail-usage, limit: 10}\n---\n"
    }
    seats = Facts({"mail-usage": ("time", "used", "seats")})

    assert [line(problem) for problem in metric_problems(tmp_path, Facts(TABLES), target(*USED))] == [
        "email-hq.md:13:13 warning terms/no-capacity"
    ]
    assert metric_problems(tmp_path, seats, mapped, target(*USED)) == ()
    assert metric_problems(tmp_path, Facts(TABLES), limited, target(*USED)) == ()


def test_probes_have_values_where_they_are_needed(tmp_path: Path) -> None:
    """A percentile of probes that only say ok or not can't be worked out."""
    terms = ["measure: percentile", "percentile: 95", "source: mail-probes", "objective: at most 300 ms"]

    assert [line(problem) for problem in metric_problems(tmp_path, Facts(TABLES), target(*terms))] == [
        "email-hq.md:14:13 error terms/no-value"
    ]
    assert metric_problems(tmp_path, Facts({"mail-probes": ("time", "ok", "value")}), target(*terms)) == ()
    assert metric_problems(tmp_path, Facts(TABLES), target("source: mail-probes")) == ()


@pytest.mark.parametrize(
    ("of", "columns", "warned"),
    [
        ("resolution", ("opened", "resolved", "paused"), True),
        ("resolution", ("opened", "resolved", "paused", "pauses"), False),
        ("response", ("opened", "resolved", "paused"), False),
    ],
)
def test_working_days_know_when_a_ticket_was_paused(
    tmp_path: Path, of: str, columns: tuple[str, ...], warned: bool
) -> None:
    """A bare length doesn't tell which day it took."""
    text = target("within: 2 working days", f"of: {of}", "measure: share within", "source: tickets")

    found = [line(problem) for problem in metric_problems(tmp_path, Facts({"tickets": columns}), text)]

    assert found == (["email-hq.md:12:13 warning terms/pauses-for-working-days"] if warned else [])


def test_every_metric_file_is_read(tmp_path: Path) -> None:
    """One that no source names is told; definitions, hidden files and what explains the folder are none."""
    facts = Facts(TABLES, files_read=frozenset({"data/metrics/mail-outages/2026.csv"}))
    lying = [
        "data/metrics/mail-outages.yml",
        "data/metrics/mail-outages/2026.csv",
        "data/metrics/mail-outages/2025.csv",
        "data/metrics/old/history/summary.yml",
        "data/metrics/README.md",
        "data/metrics/.keep",
    ]

    assert [line(problem) for problem in metric_problems(tmp_path, facts, lying=lying)] == [
        "data/metrics/mail-outages/2025.csv:1:1 warning metrics/unread-file",
        "data/metrics/old/history/summary.yml:1:1 warning metrics/unread-file",
    ]


def test_files_of_a_broken_definition_are_left_alone(tmp_path: Path) -> None:
    """Which files it names can't be told."""
    broken = {"data/metrics/mail-speed.yml": "title: Mail speed\n"}

    assert metric_problems(tmp_path, Facts(TABLES), broken, lying=["data/metrics/mail-speed/a.csv"]) == ()
