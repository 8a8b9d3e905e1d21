"""Examples in agreements are worked out at every check; a wrong one is an error that shows the working."""

from __future__ import annotations

from pathlib import Path

import pytest

from servicebook.adapters.clock import moment
from servicebook.pipeline import examine
from servicebook.source import Problem

FILES = {
    "content/services/shop.md": "---\ntitle: Shop\nstage: live\nowner: team\n---\n",
    "content/parties/team.md": "---\ntitle: Team\ntype: provider\n---\n",
    "content/parties/stores.md": "---\ntitle: Stores\ntype: customer\n---\n",
    "content/calendars/desk.yml": 'title: Desk\ntime_zone: UTC\nhours: {mon-fri: "09:00-17:00"}\n',
    "data/metrics/outages.yml": "title: Outages\nrecords: outages\nfiles: outages.csv\ncomplete_to: 2026-01-01T00:00Z\n",
    "data/metrics/outages.csv": "start,end\n",
    "data/metrics/days.yml": "title: Days\nrecords: downtime\nfiles: days.csv\ntime_zone: UTC\n",
    "data/metrics/days.csv": "date,minutes\n2025-01-01,0\n",
    "data/metrics/tickets.yml": "title: Tickets\nrecords: tickets\nfiles: tickets.csv\n",
    "data/metrics/tickets.csv": "opened,responded,resolved\n",
    "data/metrics/speed.yml": "title: Speed\nrecords: samples\nfiles: speed.csv\nunit: ms\n",
    "data/metrics/speed.csv": "time,value\n",
}
AGREEMENT = """---
title: Shop
type: sla
provider: team
customer: stores
services: [shop]
version: "1"
from: 2026-01-01
targets:
  - {{id: usable, measure: availability, source: outages, objective: at least 99 %, per: month, minimum_coverage: 95 %, credits: [{{below: 99 %, credit: 10 %}}], until: 2026-09-11}}
  - {{id: usable, measure: availability, source: outages, objective: at least 99.9 %, per: month, minimum_coverage: 99 %, from: 2026-09-11}}
  - {{id: days, measure: availability, source: days, objective: at least 99 %, per: week, minimum_coverage: 95 %}}
  - {{id: solved, measure: share within, of: resolution, within: 4 h, hours: desk, source: tickets, objective: at least 50 %, per: month}}
  - {{id: fast, measure: percentile, percentile: 95, source: speed, objective: at most 300 ms, per: rolling 30 days}}
examples:
  - given: {given}
    expect: {expect}
---
"""


def run(folder: Path, given: str, expect: str) -> list[Problem]:
    """The problems of an agreement's one example."""
    agreement = {"content/agreements/shop.md": AGREEMENT.format(given=given, expect=expect)}
    for name, text in (FILES | agreement).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = examine(folder, moment("2026-02-01")).problems
    return [problem for problem in found if problem.group == "example" or problem.is_error]


@pytest.mark.parametrize(
    ("given", "expect"),
    [
        # 1 % of 720 hours are 7 h 12 min.
        ('[{outage: ["2026-06-03T10:00Z", "2026-06-03T17:12Z"]}]', "{target: usable, period: 2026-06, verdict: met, credit: 0 %}"),
        ('[{outage: ["2026-06-03T10:00Z", "2026-06-03T17:13Z"]}]', "{target: usable, period: 2026-06, verdict: breached, credit: 10 %}"),
        # From 11 September on 0.1 % of 20 days: 28.8 minutes.
        ('[{outage: ["2026-09-20T10:00Z", "2026-09-20T10:28Z"]}]', "{target: usable, period: 2026-09/2, verdict: met}"),
        ('[{outage: ["2026-09-20T10:00Z", "2026-09-20T10:29Z"]}]', "{target: usable, period: 2026-09/2, verdict: breached}"),
        # An outage serves a daily file too.
        ('[{outage: ["2026-06-03T10:00Z", "2026-06-03T12:00Z"]}]', "{target: days, period: 2026-W23, verdict: breached, value: 98.81 %}"),
        ("[{downtime: {date: 2026-06-03, minutes: 100}}]", "{target: days, period: 2026-W23, verdict: met}"),
        # Friday 16:00 to Monday 12:00 are four hours of the desk.
        ("[{ticket: {opened: 2026-06-05T16:00Z, resolved: 2026-06-08T12:00Z}}]", "{target: solved, period: 2026-06, value: 100 %}"),
        ("[{ticket: {opened: 2026-06-05T16:00Z, resolved: 2026-06-08T12:01Z}}]", "{target: solved, period: 2026-06, value: 0 %}"),
        # Without a time it lies in the period's hours.
        ("[{sample: {value: 240}}]", "{target: fast, period: rolling-30d@2026-07-01, verdict: met, shown: 240 ms}"),
        ("[]", "{target: usable, period: 2026-06, value: 100 %}"),
    ],
)  # fmt: skip
def test_right_examples_say_nothing(tmp_path: Path, given: str, expect: str) -> None:
    """The records replace the source, pass every `where`, and vouch for the whole period."""
    assert run(tmp_path, given, expect) == []


def test_a_wrong_example_shows_the_working(tmp_path: Path) -> None:
    """The error stands at what was expected, and says what was worked out and how."""
    (problem,) = run(
        tmp_path,
        '[{outage: ["2026-06-03T10:00Z", "2026-06-03T17:13Z"]}]',
        "{target: usable, period: 2026-06, verdict: met}",
    )

    assert (problem.rule, problem.position.line, problem.is_error) == ("example/wrong", 17, True)
    assert problem.message == "this example is wrong: verdict: expected met, worked out breached"
    assert "− down 7 h 13 min" in problem.hint
    assert "712 h 47 min ÷ 720 h" in problem.hint


@pytest.mark.parametrize(
    ("given", "period", "message"),
    [
        ("[]", "2026-09", "the terms change in 2026-09: say 2026-09/1, 2026-09/2"),
        ("[]", "2026-06/2", "2026-06 has no part 2"),
        ("[]", "2026-W23", "is looked at each month"),
        ("[]", "2026-13", "2026-13"),
        ('[{outage: ["2026-06-03T10:00", "yesterday"]}]', "2026-06", "yesterday"),
    ],
)
def test_examples_that_cannot_be_worked_out(tmp_path: Path, given: str, period: str, message: str) -> None:
    """A period that the target doesn't have, or a record that nobody can read."""
    (problem,) = run(tmp_path, given, f"{{target: usable, period: {period}, verdict: met}}")

    assert problem.rule == "example/unusable"
    assert message in problem.message
