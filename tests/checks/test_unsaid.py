"""What an agreement leaves to defaults, and tickets that no target speaks of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.builders import Facts, agreement, line, metric_problems, problems_of, target

RULE = "terms/say-hours"


@pytest.mark.parametrize(
    "said",
    [
        ["hours: office-hours"],
        ["hours: round-the-clock"],
        ["time_zone: Europe/Berlin"],
    ],
)
def test_hours_or_a_zone_are_said(tmp_path: Path, said: list[str]) -> None:
    """A calendar has its zone; a zone without hours means round the clock there."""
    terms = "targets: [{id: mail, measure: availability, source: mail-outages, objective: at least 95 %, per: month}]"

    assert [p for p in problems_of(tmp_path, agreement(*said, terms), hours_are_due=True) if p.rule == RULE] == []


def test_saying_neither_is_told_once_at_the_first_target(tmp_path: Path) -> None:
    """Nobody takes round the clock in UTC for granted."""
    terms = """targets:
  - {id: mail, measure: availability, source: mail-outages, objective: at least 95 %, per: month}
  - {id: speed, measure: percentile, percentile: 95, source: mail-speed, objective: at most 300 ms, per: month}"""

    (problem,) = problems_of(tmp_path, agreement(terms), hours_are_due=True)

    assert line(problem) == "email-hq.md:11:5 warning terms/say-hours"
    assert problem.message == "no hours and no time zone are said for 'mail' and 'speed': judged round the clock in UTC"


def test_a_target_may_say_its_own_hours(tmp_path: Path) -> None:
    """Then nothing is left to a default."""
    assert problems_of(tmp_path, target("hours: office-hours"), hours_are_due=True) == ()


def test_hours_that_are_taken_over_are_said(tmp_path: Path) -> None:
    """`extends` takes over the zone; the base is where both are said."""
    base = {
        "content/agreements/frame.md": """\
---
title: Frame
type: sla
provider: messaging-team
customer: headquarters
services: [email]
version: "1"
from: 2027-01-01
time_zone: Europe/Berlin
---
"""
    }
    terms = "targets: [{id: mail, measure: availability, source: mail-outages, objective: at least 95 %, per: month}]"

    assert problems_of(tmp_path, base, agreement("extends: frame", terms), hours_are_due=True) == ()


def desk(*wheres: str, of: str = "resolution") -> dict[str, str]:
    """The agreement with a target on tickets for each filter, the first in line 11."""
    return agreement(
        "targets:",
        *(
            f"  - {{id: t{number}, measure: share within, of: {of}, within: 4 h, source: tickets, where: {where}, objective: at least 90 %, per: month}}"
            for number, where in enumerate(wheres)
        ),
    )


COLUMNS = {"tickets": ("opened", "resolved", "priority", "site")}


def told(root: Path, files: dict[str, str], *priorities: str) -> list[str]:
    facts = Facts(COLUMNS, cells={("tickets", "priority"): priorities})
    return [
        f"{p.position.line}: {p.message}"
        for p in metric_problems(root, facts, files)
        if p.rule == "terms/tickets-without-target"
    ]


def test_every_priority_in_the_data_has_a_target(tmp_path: Path) -> None:
    """Targets for 1 and 2, tickets of 1 to 4: nobody promised anything for 3 and 4."""
    files = desk("{priority: 1}", "{priority: 2}")

    assert told(tmp_path, files, "1", "2") == []
    assert told(tmp_path, files, "1", "2", "3", "4") == [
        "11: 'tickets' has tickets of priority 3 and 4, but no target says when they are resolved"
    ]


def test_a_target_for_all_tickets_covers_every_priority(tmp_path: Path) -> None:
    """So does a list of priorities in one `where`."""
    assert told(tmp_path, desk("{priority: 1}", "{priority: 2}", "{}"), "1", "2", "3") == []
    assert told(tmp_path, desk("{priority: 1}", "{priority: [2, 3]}"), "1", "2", "3") == []


def test_a_promise_for_one_priority_alone_says_so(tmp_path: Path) -> None:
    """A single target for urgent tickets leaves nobody wondering."""
    assert told(tmp_path, desk("{priority: 1}"), "1", "2", "3") == []


def test_filters_besides_the_priority_part_the_tickets(tmp_path: Path) -> None:
    """A target that has fewer conditions speaks of the others' tickets too."""
    narrow = desk("{priority: 1, site: hq}", "{priority: 2, site: hq}", "{priority: 3}")

    assert told(tmp_path, narrow, "1", "2", "3") == []
