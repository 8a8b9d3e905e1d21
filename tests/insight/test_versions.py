"""The versions of an agreement and what changed between them, from its file alone: each test shows the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from servicebook.insight.change import ChangeKind, CommittedVersion, Side, Version, version_history
from tests.insight.builders import at, loaded

AS_OF = at("2026-11-01")
FROM = "from: 2025-01-01"
OLD = "{id: mail, title: Mail, measure: availability, source: mail-outages, objective: at least 99.5 %, per: month, minimum_coverage: 95 %, credits: [{below: 99.5 %, credit: 5 %}]}"
NEW = "{id: mail, title: Mail, measure: availability, source: mail-outages, objective: at least 99.7 %, per: month, minimum_coverage: 98 %, credits: [{below: 99.7 %, credit: 5 %}], from: 2026-01-01}"
REVISIONS = 'revisions: [{version: "1.0", date: 2025-01-01, summary: First.}, {version: "1.1", date: 2026-01-01, summary: Raised.}]'


def versions(root: Path, *keys: str, committed: tuple[CommittedVersion, ...] = ()) -> tuple[Version, ...]:
    side = Side.of(loaded(root, *keys))
    return version_history(side, side.terms["email-hq"], AS_OF, committed)


def targets(*entries: str) -> str:
    return "targets:\n" + "\n".join(f"  - {entry}" for entry in entries)


def said(found: tuple[Version, ...]) -> list[str]:
    """Each version, and behind it what changed: `day target field kind: old → new`."""
    lines = []
    for each in found:
        lines.append(each.version or f"from {each.date}")
        lines += [
            f"  {d.day} {d.change.target or '-'} {d.change.field} {d.change.kind}: {d.change.old or '∅'} → {d.change.new or '∅'}"
            for d in each.changes
        ]
    return lines


def test_a_dated_entry_changes_what_differs_from_the_entry_before(tmp_path: Path) -> None:
    """Every term that is another one, with its direction; the first entry, which holds from the start, is no change."""
    assert said(versions(tmp_path, FROM, targets(OLD, NEW), REVISIONS)) == [
        "1.1",
        "  2026-01-01 mail objective tightened: at least 99.5 % → at least 99.7 %",
        "  2026-01-01 mail minimum_coverage changed: 95 % → 98 %",
        "  2026-01-01 mail credits tightened: below 99.5 %: 5 % → below 99.7 %: 5 %",
        "1.0",
    ]


@pytest.mark.parametrize(
    ("revisions", "place"),
    [
        ('{version: "1", date: 2025-01-01, summary: A.}, {version: "2", date: 2026-06-01, summary: B.}', "1"),
        ('{version: "1", date: 2025-01-01, summary: A.}, {version: "2", date: 2026-01-01, summary: B.}', "2"),
        ('{version: "1", date: 2025-01-01, summary: A.}', "from 2026-01-01"),
        ('{version: "2", date: 2026-06-01, summary: B.}', "from 2026-01-01"),
    ],
)
def test_a_change_belongs_to_the_version_in_whose_time_it_begins(tmp_path: Path, revisions: str, place: str) -> None:
    """Before the first revision, and after the newest, it stands under its own day."""
    found = versions(tmp_path, FROM, targets(OLD, NEW), f"revisions: [{revisions}]")

    assert [each.version or f"from {each.date}" for each in found if each.changes] == [place]


def test_without_revisions_changes_stand_under_their_days(tmp_path: Path) -> None:
    """The newest first."""
    later = NEW.replace("99.7 %", "99.9 %").replace("2026-01-01", "2026-07-01")

    assert [each.date.isoformat() for each in versions(tmp_path, FROM, targets(OLD, NEW, later))] == [
        "2026-07-01",
        "2026-01-01",
    ]


def test_targets_come_and_go(tmp_path: Path) -> None:
    """One with a `from` and nothing before it is added; one with an `until` and nothing behind it is removed."""
    gone = OLD.replace("id: mail", "id: old").replace("}]}", "}], until: 2026-01-01}")
    come = NEW.replace("id: mail", "id: new")

    assert said(versions(tmp_path, FROM, targets(gone, come), REVISIONS)) == [
        "1.1",
        "  2026-01-01 new target added: ∅ → availability, at least 99.7 %",
        "  2026-01-01 old target removed: availability, at least 99.5 % → ∅",
        "1.0",
    ]


def test_an_until_that_meets_the_next_from_is_one_change(tmp_path: Path) -> None:
    """`until` of the old entry on the day of the new one's `from`; other hours for it loosen the promise."""
    old = OLD.replace("}]}", "}], until: 2026-01-01}")
    new = OLD.replace("}]}", "}], hours: berlin, from: 2026-01-01}")

    assert said(versions(tmp_path, FROM, targets(old, new), REVISIONS)) == [
        "1.1",
        "  2026-01-01 mail hours loosened: round the clock → berlin (mon-fri 08:00-17:00)",
        "1.0",
    ]


def test_what_begins_with_the_agreement_or_after_its_end_is_no_change(tmp_path: Path) -> None:
    """Terms of before its first day never held."""
    assert said(versions(tmp_path, "from: 2026-01-01", targets(OLD, NEW))) == []
    assert said(versions(tmp_path, FROM, "until: 2026-01-01", targets(OLD, NEW))) == []


def test_signatures_fall_to_the_version_in_whose_time_they_were_given(tmp_path: Path) -> None:
    """Those from before the first revision to it, as it holds from the agreement's first day."""
    signed = "signatures: [{party: messaging-team, date: 2024-12-11}, {party: headquarters, date: 2026-02-01}]"
    found = versions(tmp_path, FROM, signed, targets(OLD), REVISIONS)

    assert {each.version: [s.party.id for s in each.signatures] for each in found} == {
        "1.1": ["headquarters"],
        "1.0": ["messaging-team"],
    }


def test_a_first_version_that_isnt_listed_keeps_its_signatures(tmp_path: Path) -> None:
    """The only revision came a year after the first day: what was signed before wasn't that."""
    signed = "signatures: [{party: messaging-team, date: 2024-12-11}, {party: headquarters, date: 2024-12-12}]"
    revisions = 'revisions: [{version: "1.1", date: 2026-01-01, summary: Raised.}]'

    assert [each.signatures for each in versions(tmp_path, FROM, signed, targets(OLD), revisions)] == [()]


def test_what_both_sources_tell_is_said_once(tmp_path: Path) -> None:
    """Where a committed version brought the change, it belongs there, though it begins in the time of another one."""
    (change,) = (
        dated.change
        for dated in versions(tmp_path, FROM, targets(OLD, NEW))[0].changes
        if dated.change.field == "objective"
    )
    committed = (
        CommittedVersion(version="1.0", commit="a" * 12, moment=at("2025-01-01")),
        CommittedVersion(version="1.05", commit="b" * 12, moment=at("2025-11-20"), changes=(change,)),
    )
    found = versions(tmp_path, FROM, targets(OLD, NEW), REVISIONS, committed=committed)

    assert change.kind is ChangeKind.TIGHTENED
    assert [(each.version, [d.change.field for d in each.changes]) for each in found] == [
        ("1.1", ["minimum_coverage", "credits"]),
        ("1.05", ["objective"]),
        ("1.0", []),
    ]


def test_a_version_that_only_the_history_knows_stands_before_the_one_that_followed_it(tmp_path: Path) -> None:
    """The repository was begun after 1.1 was agreed: 1.05 was committed later than 1.1 is dated, and is older all the same."""
    committed = (
        CommittedVersion(version="1.05", commit="b" * 12, moment=at("2026-02-01")),
        CommittedVersion(version="1.1", commit="c" * 12, moment=at("2026-02-02")),
    )
    found = versions(tmp_path, FROM, targets(OLD), REVISIONS, committed=committed)

    assert [(each.version, each.is_listed) for each in found] == [("1.1", True), ("1.05", False), ("1.0", True)]


def test_a_version_that_is_listed_twice_is_told_once(tmp_path: Path) -> None:
    """The newest entry has what the commit brought, and the signatures."""
    twice = 'revisions: [{version: "1", date: 2025-01-01, summary: A.}, {version: "1", date: 2025-06-01, summary: B.}]'
    signed = "signatures: [{party: messaging-team, date: 2024-12-11}]"
    committed = (CommittedVersion(version="1", commit="b" * 12, moment=at("2025-02-01")),)
    found = versions(tmp_path, FROM, signed, targets(OLD), twice, committed=committed)

    assert [(each.summary, each.committed is None, len(each.signatures)) for each in found] == [
        ("B.", False, 1),
        ("A.", True, 0),
    ]
