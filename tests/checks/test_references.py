"""Every id that a file names leads to something of the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from servicebook.source import Position
from tests.checks.builders import AGREEMENT, agreement, found, messages, problems_of, target


def test_the_base_catalogue_has_no_problem(tmp_path: Path) -> None:
    """What the other tests add to is sound."""
    assert found(tmp_path, target()) == []


@pytest.mark.parametrize(
    ("key", "column", "rule"),
    [
        ("services: [email, e-mial]", 19, "service"),
        ("extends: corporate-sla", 10, "agreement"),
        ("underpinned_by: [network-ola]", 18, "agreement"),
        ("hours: opening-hours", 8, "calendar"),
        ("maintenance: {windows: sunday-night}", 24, "calendar"),
        ("maintenance: {announcements: planned-work}", 30, "source"),
        ("audience: [headquarter]", 11, "party"),
    ],
)
def test_an_agreement_names_what_there_is(tmp_path: Path, key: str, column: int, rule: str) -> None:
    """Services, agreements, calendars, sources and parties: each unknown one is an error where it is named."""
    text = agreement(key)
    if key.startswith("services"):
        text = {AGREEMENT: text[AGREEMENT].replace("services: [email]\n", "", 1)}

    line = 9 if key.startswith("services") else 10
    assert found(tmp_path, text) == [f"email-hq.md:{line}:{column} error reference/unknown-{rule}"]


@pytest.mark.parametrize(
    ("term", "column", "rule"),
    [
        ("source: mail-outage", 13, "source"),
        ("hours: office", 12, "calendar"),
        ("services: [telephone]", 16, "service"),
    ],
)
def test_a_target_names_what_there_is(tmp_path: Path, term: str, column: int, rule: str) -> None:
    """Its source, its hours and its services."""
    assert found(tmp_path, target(term)) == [f"email-hq.md:12:{column} error reference/unknown-{rule}"]


def test_parties_of_an_agreement_are_there(tmp_path: Path) -> None:
    """Provider, customer, who signs and who approves an exclusion."""
    text = {
        AGREEMENT: """\
---
title: E-mail
type: sla
provider: messaging
customer: head-quarters
version: "1.0"
from: 2027-01-01
signatures: [{party: nobody}]
exclusions: [{start: "2027-03-03T10:00Z", end: "2027-03-03T12:00Z", reason: Power cut, declared: 2026-03-03, approved_by: board}]
---
"""
    }

    assert found(tmp_path, text) == [
        "email-hq.md:4:11 error reference/unknown-party",
        "email-hq.md:5:11 error reference/unknown-party",
        "email-hq.md:8:22 error reference/unknown-party",
        "email-hq.md:9:123 error reference/unknown-party",
    ]


def test_services_name_what_there_is(tmp_path: Path) -> None:
    """Owner, users, hours, dependencies and their alternatives, contacts' hours, the sources of capacity, cost and satisfaction."""
    service = """\
---
title: E-mail
stage: live
owner: a
users: [b]
hours: c
depends_on: [d, {any_of: [network, e]}]
contacts: [{for: requests, at: "tel:+49-30-0000", hours: f}]
capacity: {source: g}
cost: {source: h}
satisfaction: i
---
"""

    assert [line.split(":", 1)[1] for line in found(tmp_path, {"content/services/email.md": service})] == [
        "4:8 error reference/unknown-party",
        "5:9 error reference/unknown-party",
        "6:8 error reference/unknown-calendar",
        "7:14 error reference/unknown-service",
        "7:36 error reference/unknown-service",
        "8:58 error reference/unknown-calendar",
        "9:20 error reference/unknown-source",
        "10:16 error reference/unknown-source",
        "11:15 error reference/unknown-source",
    ]


def test_parties_needs_and_improvements_name_what_there_is(tmp_path: Path) -> None:
    """Relationship managers, customers, serving services, owners and promises."""
    files = {
        "content/parties/carrier.md": "---\ntitle: Carrier\ntype: supplier\nrelationship_manager: x\n---\n",
        "content/needs/slow-lines.md": "---\ntitle: Slow lines\ncustomer: x\npriority: must\nstatus: open\nserved_by: [y]\n---\n",
        "content/improvements/line.md": "---\ntitle: Line\nowner: x\nfor: [{agreement: y, target: z}]\n---\n",
    }

    assert found(tmp_path, files) == [
        "content/improvements/line.md:3:8 error reference/unknown-party",
        "content/improvements/line.md:4:19 error reference/unknown-agreement",
        "content/needs/slow-lines.md:3:11 error reference/unknown-party",
        "content/needs/slow-lines.md:6:13 error reference/unknown-service",
        "content/parties/carrier.md:4:23 error reference/unknown-party",
    ]


def test_a_near_miss_is_suggested_with_its_file(tmp_path: Path) -> None:
    """The hint names it, `related` leads there."""
    (problem,) = problems_of(tmp_path, target("source: mail-day"))

    assert problem.message == "no source 'mail-day'"
    assert problem.hint == "did you mean 'mail-days'?"
    assert problem.related == (Position("data/metrics/mail-days.yml", 1, 1),)


def test_what_was_renamed_is_known_by_its_alias(tmp_path: Path) -> None:
    """An alias keeps addresses, not references: the hint says the present id."""
    renamed = {"content/services/network.md": "---\ntitle: Network\nstage: live\naliases: [lan]\n---\n"}

    assert messages(tmp_path, renamed, target("services: [lan]")) == ["no service 'lan' | it is called 'network' now"]


def test_an_id_of_another_kind_says_so(tmp_path: Path) -> None:
    """A party where a calendar belongs; and what there is, where nothing is near."""
    assert messages(tmp_path, target("hours: headquarters")) == [
        "no calendar 'headquarters' | 'headquarters' is a party, no calendar"
    ]
    assert messages(tmp_path, target("hours: xyz")) == [
        "no calendar 'xyz' | known: night-shift, office-hours, round-the-clock"
    ]


def test_the_built_in_calendar_is_known(tmp_path: Path) -> None:
    """`round-the-clock` has no file."""
    assert found(tmp_path, target("hours: round-the-clock")) == []


def test_nothing_is_said_on_top_of_a_broken_file(tmp_path: Path) -> None:
    """A calendar that can't be read is there all the same, and so is a target of an agreement."""
    broken = {
        "content/calendars/office-hours.yml": "title: Office hours\nhours: {mon-fri: early}\n",
        "content/improvements/line.md": "---\ntitle: Line\nfor: [{agreement: email-hq, target: speed}]\n---\n",
    }
    text = agreement(
        "hours: office-hours", "targets:", "  - {id: speed, measure: percentile, percentile: 95, per: month}"
    )

    assert found(tmp_path, broken, text) == []


def test_nothing_is_said_on_top_of_a_wrong_file_name(tmp_path: Path) -> None:
    """What should be called `desk` will be there once its file is called so; so will one of two that share an id."""
    hours = 'title: Desk\nhours: {mon-fri: "08:00-17:00"}\n'

    assert found(tmp_path / "a", {"content/calendars/Desk.yml": hours}, agreement("hours: desk")) == []
    assert found(tmp_path / "b", {"content/calendars/Desk.yml": hours}, agreement("hours: Desk")) == []
    two = {"content/calendars/Desk.yml": hours, "content/calendars/old/desk.yml": hours}
    assert found(tmp_path / "c", two, agreement("hours: desk")) == []


def test_an_account_of_breaches_names_what_there_is(tmp_path: Path) -> None:
    """Its agreement, target, owner and improvements."""
    account = {
        "content/breaches/storm.md": """\
---
title: Storm
breach:
  - {agreement: email-hq, target: mial, period: 2026-02}
  - {agreement: email-hg, target: mail, period: 2026-02}
cause: Snow.
owner: messaging
improvements: [cable]
---
"""
    }
    place = "content/breaches/storm.md"

    assert found(tmp_path, target(), account) == [
        f"{place}:4:35 error reference/unknown-target",
        f"{place}:5:17 error reference/unknown-agreement",
        f"{place}:7:8 error reference/unknown-party",
        f"{place}:8:16 error reference/unknown-improvement",
    ]


def test_a_missing_target_is_found(tmp_path: Path) -> None:
    """Improvements and examples name targets of the agreement, inherited ones included."""
    base = target()[AGREEMENT].replace("title: E-mail for headquarters", "title: Frame")
    files = {
        "content/agreements/frame.md": base,
        "content/improvements/line.md": "---\ntitle: Line\nfor: [{agreement: email-hq, target: mial}]\n---\n",
    }
    text = agreement(
        "extends: frame",
        "examples:",
        "  - given: []",
        "    expect: {target: mail, period: 2026-06, verdict: met}",
        "  - given: []",
        "    expect: {target: post, period: 2026-06, verdict: met}",
    )

    assert found(tmp_path, files, text) == [
        "email-hq.md:15:13 error reference/unknown-target",
        "content/improvements/line.md:3:37 error reference/unknown-target",
    ]
    assert messages(tmp_path, files, text) == [
        "the agreement 'email-hq' has no target 'post' | ",
        "the agreement 'email-hq' has no target 'mial' | did you mean 'mail'?",
    ]


def test_an_example_below_a_target_names_a_target_too(tmp_path: Path) -> None:
    """It means its own target unless it says another."""
    text = target("examples: [{given: [], expect: {target: post, period: 2026-06, verdict: met}}]")

    assert found(tmp_path, text) == ["email-hq.md:12:36 error reference/unknown-target"]


def test_targets_of_an_agreement_with_an_unknown_base_are_left_alone(tmp_path: Path) -> None:
    """What it takes over isn't known, so nothing is said of it."""
    improvement = {
        "content/improvements/line.md": "---\ntitle: Line\nfor: [{agreement: email-hq, target: speed}]\n---\n"
    }

    assert found(tmp_path, improvement, agreement("extends: frame")) == [
        "email-hq.md:10:10 error reference/unknown-agreement"
    ]


def test_sites_are_the_customers(tmp_path: Path) -> None:
    """A site that the customer's file doesn't list; nothing is said where the customer itself is unknown."""
    assert found(tmp_path, agreement("sites: [main-site, hq]")) == ["email-hq.md:10:20 error reference/unknown-site"]
    assert messages(tmp_path, agreement("sites: [hq]")) == [
        "the customer 'headquarters' has no site 'hq' | it has main-site"
    ]

    unknown = {AGREEMENT: agreement("sites: [hq]")[AGREEMENT].replace("customer: headquarters", "customer: nobody")}
    assert "reference/unknown-site" not in " ".join(found(tmp_path, unknown))


def test_a_customer_without_sites(tmp_path: Path) -> None:
    """The hint says that its file lists none."""
    plain = {"content/parties/headquarters.md": "---\ntitle: Headquarters\ntype: customer\n---\n"}

    assert messages(tmp_path, plain, agreement("sites: [hq]")) == [
        "the customer 'headquarters' has no site 'hq' | its file lists no sites"
    ]


def test_a_target_speaks_of_services_of_its_agreement(tmp_path: Path) -> None:
    """One that exists, but isn't agreed here, is an error; in a frame without services anything goes."""
    assert found(tmp_path, target("services: [network]")) == ["email-hq.md:12:16 error reference/service-not-agreed"]

    frame = {AGREEMENT: target("services: [network]")[AGREEMENT].replace("services: [email]\n", "", 1)}
    assert found(tmp_path, frame) == []


def test_an_alias_leads_to_one_place(tmp_path: Path) -> None:
    """It is no id that exists, and nobody else's alias."""
    files = {
        "content/services/email.md": "---\ntitle: E-mail\nstage: live\naliases: [network, post]\n---\n",
        "content/services/network.md": "---\ntitle: Network\nstage: live\naliases: [lan, post]\n---\n",
    }

    assert found(tmp_path, files) == [
        "content/services/email.md:4:10 error reference/alias-taken",
        "content/services/network.md:4:10 error reference/alias-taken",
    ]
    assert messages(tmp_path, files) == [
        "the alias 'network' is the id of a service that exists | ",
        "the alias 'post' is claimed twice | ",
    ]
