"""Who agrees with whom, and what is left out of the account."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.builders import AGREEMENT, agreement, found, messages


def between(kind: str, provider: str, customer: str) -> dict[str, str]:
    text = agreement()[AGREEMENT].replace("provider: messaging-team", f"provider: {provider}")
    text = text.replace("customer: headquarters", f"customer: {customer}").replace("type: sla", f"type: {kind}")
    text = text.replace("party: messaging-team", f"party: {provider}").replace(
        "party: headquarters", f"party: {customer}"
    )
    return {AGREEMENT: text}


@pytest.mark.parametrize(
    ("kind", "provider", "customer", "places"),
    [
        ("sla", "messaging-team", "headquarters", []),
        ("sla", "messaging-team", "carrier", ["5:11"]),
        ("ola", "messaging-team", "headquarters", ["5:11"]),
        ("ola", "carrier", "headquarters", ["4:11", "5:11"]),
        ("uc", "carrier", "messaging-team", []),
        ("uc", "messaging-team", "headquarters", ["4:11"]),
    ],
)
def test_parties_fit_the_agreement(tmp_path: Path, kind: str, provider: str, customer: str, places: list[str]) -> None:
    """An SLA is made with a customer, an OLA between our units, a contract with a supplier."""
    expected = [f"email-hq.md:{place} warning reference/party-type" for place in places]

    assert found(tmp_path, between(kind, provider, customer)) == expected


def test_two_parties_agree(tmp_path: Path) -> None:
    """Nobody promises anything to himself: his one signature would count as both."""
    assert found(tmp_path, between("ola", "messaging-team", "messaging-team")) == [
        "email-hq.md:5:11 warning reference/same-party"
    ]
    assert messages(tmp_path, between("ola", "messaging-team", "messaging-team")) == [
        "'messaging-team' is the provider too | "
    ]


def test_promises_are_underpinned_from_below(tmp_path: Path) -> None:
    """Neither by an SLA nor by the agreement itself."""
    other = {"content/agreements/other.md": agreement()[AGREEMENT]}

    assert found(tmp_path, other, agreement("underpinned_by: [email-hq, other]")) == [
        "email-hq.md:10:18 warning reference/underpinning",
        "email-hq.md:10:28 warning reference/underpinning",
    ]


def exclusion(start: str, end: str, declared: str = "2026-03-03", approved_by: str = "headquarters") -> str:
    return f"  - {{start: {start}Z, end: {end}Z, declared: {declared}, approved_by: {approved_by}, reason: Power cut}}"


def test_exclusions_lie_within_the_agreement(tmp_path: Path) -> None:
    """One before it begins or after it ends excludes nothing; one that touches it is fine."""
    text = agreement(
        "until: 2026-07-01",
        "exclusions:",
        exclusion("2025-12-31T20:00", "2026-01-01T00:00"),
        exclusion("2025-12-31T20:00", "2026-01-01T04:00"),
        exclusion("2026-07-01T00:00", "2026-07-01T04:00"),
    )

    assert found(tmp_path, text) == [
        "email-hq.md:12:37 warning exclusion/outside",
        "email-hq.md:14:13 warning exclusion/outside",
    ]
    assert messages(tmp_path, text)[0] == "the exclusion is over before the agreement begins at 2026-01-01T00:00:00Z | "


def test_exclusions_are_approved_by_a_party_and_not_in_the_future(tmp_path: Path) -> None:
    """A third can't excuse an outage; a day to come is a slip."""
    text = agreement(
        "exclusions:",
        exclusion("2026-03-03T20:00", "2026-03-03T22:00", approved_by="carrier"),
        exclusion("2026-03-03T20:00", "2026-03-03T22:00", declared="2026-12-01"),
    )

    assert found(tmp_path, text) == [
        "email-hq.md:11:91 warning exclusion/approver",
        "email-hq.md:12:66 warning exclusion/declared-ahead",
    ]
