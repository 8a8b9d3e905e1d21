"""What a target leaves unclear, or asks of a source that can't answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from servicebook.source import Position
from tests.checks.builders import AGREEMENT, SIGNED, agreement, found, messages, problems_of, target

UNSIGNED = SIGNED.partition("signatures:")[0]
"""The agreement without signatures; its further keys begin in line 9."""
NO_SOURCE = "targets: [{id: mail, measure: availability, objective: at least 95 %, per: month}]\n---\n"


def test_a_target_needs_a_source_once_results_are_due(tmp_path: Path) -> None:
    """An error in an agreement that both have signed."""
    assert found(tmp_path, agreement(NO_SOURCE.removesuffix("---\n"))) == ["email-hq.md:10:11 error terms/no-source"]


def test_a_draft_may_lack_its_source(tmp_path: Path) -> None:
    """A warning; an agreement that inherits the target and is signed makes it an error, and is related."""
    draft = {"content/agreements/frame.md": UNSIGNED.replace("from: 2026-01-01", "from: 2027-01-01") + NO_SOURCE}

    assert found(tmp_path, draft) == ["frame.md:9:11 warning terms/no-source"]

    (problem,) = problems_of(tmp_path, draft, agreement("extends: frame"))
    assert problem.is_error
    assert problem.position.path == "content/agreements/frame.md"
    assert problem.related == (Position(AGREEMENT),)


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        (
            ["source: tickets"],
            (
                "availability is worked out from outages, probes or downtime; 'tickets' holds tickets"
                " | tickets serve share within and percentile"
            ),
        ),
        (
            ["source: mail-days", "measure: MTRS", "objective: at most 4 h"],
            "MTRS is worked out from outages; 'mail-days' holds downtime | downtime serve availability and reliability",
        ),
    ],
)
def test_the_source_holds_what_is_measured(tmp_path: Path, terms: list[str], message: str) -> None:
    """A measure is worked out from some kinds of record; the source is of another."""
    assert found(tmp_path, target(*terms)) == ["email-hq.md:12:13 error terms/wrong-records"]
    assert messages(tmp_path, target(*terms)) == [message]


def test_announcements_are_an_outage_list(tmp_path: Path) -> None:
    """Planned work is announced by outages, with or without a filter."""
    assert found(tmp_path, agreement("maintenance: {announcements: tickets}")) == [
        "email-hq.md:10:30 error terms/wrong-records"
    ]
    assert found(tmp_path, agreement("maintenance: {announcements: mail-outages}")) == []


def test_services_are_measured_by_what_they_need(tmp_path: Path) -> None:
    """Capacity by usage, cost by a ledger, satisfaction by scores."""
    service = """\
---
title: E-mail
stage: live
capacity: {source: tickets, limit: 100}
cost: {source: tickets}
satisfaction: {source: tickets}
---
"""

    assert found(tmp_path, {"content/services/email.md": service}) == [
        "content/services/email.md:4:20 error terms/wrong-records",
        "content/services/email.md:5:16 error terms/wrong-records",
        "content/services/email.md:6:24 error terms/wrong-records",
    ]


def test_tickets_say_which_time_is_meant(tmp_path: Path) -> None:
    """Response or resolution: nothing is assumed."""
    terms = ["measure: share within", "within: 4 h", "source: tickets"]

    assert found(tmp_path, target(*terms)) == ["email-hq.md:12:14 error terms/response-or-resolution"]
    assert found(tmp_path, target(*terms, "of: response")) == []


@pytest.mark.parametrize(
    ("terms", "place"),
    [
        (["measure: mean", "source: mail-speed", "objective: at most 30 EUR"], "14:16"),
        (["measure: share within", "source: mail-speed", "within: 30 EUR"], "14:13"),
        (
            ["measure: percentile", "of: resolution", "objective: at most 30", "percentile: 95", "source: tickets"],
            "14:16",
        ),
    ],
)
def test_levels_are_in_the_sources_unit(tmp_path: Path, terms: list[str], place: str) -> None:
    """Euros can't be compared with milliseconds, and the times of tickets are lengths of time."""
    assert found(tmp_path, target(*terms)) == [f"email-hq.md:{place} error terms/wrong-unit"]


@pytest.mark.parametrize("objective", ["at most 0.3 s", "at most 300"])
def test_a_level_of_the_same_kind_is_converted(tmp_path: Path, objective: str) -> None:
    """Seconds compare with milliseconds; a plain number is in the source's unit."""
    assert found(tmp_path, target("measure: mean", "source: mail-speed", f"objective: {objective}")) == []


@pytest.mark.parametrize(
    ("terms", "line"),
    [
        (["down_after: 5 samples"], 12),
        (["attribute: opened", "measure: share within", "source: mail-speed", "within: 30 ms"], 12),
        (["minimum_coverage: 95 %", "unobserved: down"], 12),
        (["credits: [{below: 90 %, credit: 5 %}]", "per: rolling 30 days"], 12),
    ],
)
def test_a_key_that_changes_nothing_is_told(tmp_path: Path, terms: list[str], line: int) -> None:
    """Readers would take it for a term that holds: a warning."""
    (problem,) = found(tmp_path, target(*terms))

    assert problem.startswith(f"email-hq.md:{line}:")
    assert problem.endswith(" warning terms/no-effect")


def test_a_daily_file_has_the_targets_days(tmp_path: Path) -> None:
    """Its minutes can't be placed within the day, so both count days in one zone."""
    text = target("source: mail-days")

    assert found(tmp_path, text) == ["email-hq.md:12:13 error terms/other-time-zone"]
    assert messages(tmp_path, text) == [
        "the days of 'mail-days' are those of Europe/Berlin, those of the target UTC's | write `time_zone: Europe/Berlin` in the agreement"
    ]
    same = {AGREEMENT: text[AGREEMENT].replace("targets:", "time_zone: Europe/Berlin\ntargets:")}
    assert found(tmp_path, same) == []


def test_zones_with_two_names_are_one(tmp_path: Path) -> None:
    """Without a zone the source's days are those of UTC, whatever that is called."""
    plain = {"data/metrics/mail-days.yml": "title: Days\nrecords: downtime\nfiles: mail-days/*.csv\n"}
    text = target("source: mail-days")
    other_name = {AGREEMENT: text[AGREEMENT].replace("targets:", "time_zone: Etc/UTC\ntargets:")}

    assert found(tmp_path, plain, text) == []
    assert found(tmp_path, plain, other_name) == []


@pytest.mark.parametrize("keys", ["time_zone: Berlin", "hours: office", "extends: frame", "extends: broken"])
def test_nothing_is_said_on_top_of_a_zone_that_isnt_known(tmp_path: Path, keys: str) -> None:
    """Where the zone can't be read, or what it would come from is unknown, that error says enough."""
    text = target("source: mail-days")
    text = {AGREEMENT: text[AGREEMENT].replace("targets:", f"{keys}\ntargets:")}
    broken = {"content/agreements/broken.md": "---\ntitle: Broken\n---\n"}

    assert "terms/other-time-zone" not in " ".join(found(tmp_path, broken, text))


def test_nothing_is_said_on_top_of_a_sources_zone(tmp_path: Path) -> None:
    """It can't be read, which is reported where it stands."""
    source = {
        "data/metrics/mail-days.yml": "title: Days\nrecords: downtime\ntime_zone: Berlin\nfiles: mail-days/*.csv\n"
    }

    assert found(tmp_path, source, target("source: mail-days")) == []


def test_an_inherited_target_is_judged_in_its_new_surroundings(tmp_path: Path) -> None:
    """A daily file that fits the frame, but not the zone of the agreement that extends it: there it stands, at `extends`."""
    frame = target("source: mail-days")[AGREEMENT].replace("targets:", "time_zone: Europe/Berlin\ntargets:")

    problems = problems_of(
        tmp_path, {"content/agreements/frame.md": frame}, agreement("time_zone: Asia/Tokyo", "extends: frame")
    )

    assert [(p.position, p.rule) for p in problems] == [(Position(AGREEMENT, 11, 10), "terms/other-time-zone")]
    assert problems[0].related[0] == Position("content/agreements/frame.md", 13, 13)


def test_an_inherited_target_with_a_fault_of_its_own_is_reported_once(tmp_path: Path) -> None:
    """At the frame, not again at all that extend it."""
    frame = {"content/agreements/frame.md": target("source: mail-days")[AGREEMENT]}

    assert found(tmp_path, frame, agreement("extends: frame")) == ["frame.md:12:13 error terms/other-time-zone"]


@pytest.mark.parametrize(
    ("terms", "warned"),
    [
        (["objective: at least 99.9 %"], True),
        (["objective: at least 99.01 %", "measure: reliability"], True),
        (["objective: at least 99 %"], False),
        (["objective: at least 99.9 %", "minimum_coverage: 90 %"], False),
        (["objective: at least 99.9 %", "unobserved: up"], False),
        (["objective: at most 99.9 %"], False),
    ],
)
def test_a_tight_target_says_its_coverage(tmp_path: Path, terms: list[str], warned: bool) -> None:
    """90 % of coverage leave a tenth of the time unwatched: more than ten budgets of 0.1 %, and just ten of 1 %."""
    expected = ["email-hq.md:12:16 warning terms/say-coverage"] if warned else []

    assert found(tmp_path, target(*terms)) == expected


def test_working_days_need_hours_that_end_the_same_day(tmp_path: Path) -> None:
    """A night shift ends on the next day; round the clock is fine."""
    terms = ["within: 2 working days", "measure: share within", "of: resolution", "source: tickets"]

    assert found(tmp_path, target(*terms, "hours: night-shift")) == ["email-hq.md:12:13 error terms/working-days"]
    assert found(tmp_path, target(*terms, "hours: office-hours")) == []
    assert found(tmp_path, target(*terms)) == []


def test_working_days_are_counted_for_tickets(tmp_path: Path) -> None:
    """A sample isn't answered days later."""
    terms = ["within: 2 working days", "measure: share within", "of: resolution", "source: mail-speed"]

    assert "email-hq.md:12:13 error terms/working-days" in found(tmp_path, target(*terms))


def entries(first: str, second: str) -> dict[str, str]:
    """Two entries of one target, in lines 11 and 12."""
    common = "id: mail, measure: availability, source: mail-outages, objective: at least 95 %, per: month"
    return agreement("targets:", f"  - {{{common}{first}}}", f"  - {{{common}{second}}}")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("", ", from: 2026-04-01"),
        (", until: 2026-04-01", ", from: 2026-04-01"),
        (", until: 2026-03-01", ", from: 2026-04-01"),
        (", from: 2026-04-01", ""),
    ],
)
def test_a_promise_may_change(tmp_path: Path, first: str, second: str) -> None:
    """An entry ends at its `until`, or else where the next begins, in whatever order they are written."""
    assert found(tmp_path, entries(first, second)) == []


@pytest.mark.parametrize(
    ("first", "second", "place"),
    [
        ("", "", "12:10"),
        (", until: 2026-05-01", ", from: 2026-04-01", "12:105"),
        (", from: 2026-04-01", ", from: 2026-04-01", "12:105"),
    ],
)
def test_entries_of_a_target_dont_overlap(tmp_path: Path, first: str, second: str, place: str) -> None:
    """Two objectives at a time would be none."""
    (problem,) = problems_of(tmp_path, entries(first, second))

    assert f"{problem.position.line}:{problem.position.column}" == place
    assert (problem.rule, problem.is_error) == ("terms/overlap", True)
    assert problem.related[0].line == 11


@pytest.mark.parametrize(
    ("terms", "warned"),
    [
        (["credits: [{below: 95 %, credit: 5 %}, {at_most: 95 %, credit: 1 %}]"], False),
        (["credits: [{below: 96 %, credit: 5 %}]"], True),
        (["credits: [{above: 90 %, credit: 5 %}]"], True),
        (["credits: [{above: 3 h, credit: 5 %}]", "measure: MTRS", "objective: at most 4 h"], True),
        (["credits: [{above: 240 min, credit: 5 %}]", "measure: MTRS", "objective: at most 4 h"], False),
    ],
)
def test_credits_are_for_what_is_missed(tmp_path: Path, terms: list[str], warned: bool) -> None:
    """A band that reaches figures which meet the objective is a warning; contracts do say `at_most` the objective itself."""
    expected = ["email-hq.md:12:14 warning terms/credit-while-met"] if warned else []

    assert found(tmp_path, target(*terms)) == expected
