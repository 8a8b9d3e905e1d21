"""History under old and new terms, and what can't be tried: each test shows the files before and after."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from servicebook.adapters.clock import moment
from servicebook.insight.change import Change, Side, compare, with_replays
from servicebook.loading import load
from servicebook.pipeline import opened

AGREEMENT = "content/agreements/shop.md"
HEAD = """\
---
title: Shop
type: sla
provider: team
customer: stores
services: [shop]
version: "1"
from: 2026-01-01
"""
FILES: Mapping[str, str] = {
    "content/services/shop.md": "---\ntitle: Shop\nstage: live\n---\n",
    "content/parties/team.md": "---\ntitle: Team\ntype: provider\n---\n",
    "content/parties/stores.md": "---\ntitle: Stores\ntype: customer\n---\n",
    "content/calendars/day.yml": 'title: Day\ntime_zone: UTC\nhours: {mon-sun: "08:00-18:00"}\n',
    "data/metrics/outages.yml": "title: Outages\nrecords: outages\nfiles: outages.csv\nfrom: 2026-01-01T00:00Z\ncomplete_to: 2026-07-01T00:00Z\n",
    "data/metrics/outages.csv": "start,end,planned,announced\n2026-02-05T10:00Z,2026-02-05T20:00Z,no,\n2026-04-05T10:00Z,2026-04-05T20:00Z,yes,2026-04-01T10:00Z\n",
    "data/metrics/planned.yml": "title: Planned\nrecords: outages\nfiles: planned.csv\n",
    "data/metrics/planned.csv": "start,end,announced\n2026-02-05T00:00Z,2026-02-06T00:00Z,2026-02-01T00:00Z\n",
    "data/metrics/days.yml": "title: Days\nrecords: downtime\nfiles: days.csv\ntime_zone: UTC\n",
    "data/metrics/days.csv": "date,minutes\n2026-01-01,0\n2026-01-02,30\n2026-01-03,0\n",
    "data/metrics/events.yml": "title: Events\nrecords: events\nfiles: events.csv\n",
    "data/metrics/events.csv": "time,good,total\n"
    + "".join(f"{month}-05T10:00Z,98,100\n" for month in ("2023-01", "2023-02", "2023-03", "2026-05", "2026-06", "2026-07")),
}  # fmt: skip
UP = "measure: availability, source: outages, objective: at least 99 %, per: month, minimum_coverage: 95 %"


def agreement(*keys: str, terms: str = UP) -> dict[str, str]:
    return {AGREEMENT: HEAD + "".join(f"{key}\n" for key in keys) + f"targets:\n  - {{id: usable, {terms}}}\n---\n"}


def written(root: Path, files: Mapping[str, str]) -> Path:
    for path, text in {**FILES, **files}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def tried(
    folder: Path, old: Mapping[str, str], new: Mapping[str, str], *, faulty: tuple[str, ...] = ()
) -> tuple[Change, ...]:
    former = Side.of(load(written(folder / "old", old)).catalogue)
    as_of = moment("2026-07-05")
    with opened(written(folder / "new", new), as_of) as book:
        assert not book.has_errors, [problem.message for problem in book.problems]
        present = Side(catalogue=book.catalogue, terms=book.terms)
        return with_replays(compare(former, present, as_of), former, present, book.records, faulty=faulty)


def outcome(change: Change) -> tuple[int, int, int, int] | None:
    """Met and breached under the old terms, met and breached under the new ones."""
    found = change.replay
    return None if found is None else (found.old_met, found.old_breached, found.new_met, found.new_breached)


def test_the_months_that_both_judge(tmp_path: Path) -> None:
    """February and April had ten hours each, 1.5 and 1.4 % of the month."""
    (change,) = tried(tmp_path, agreement(), agreement(terms=UP.replace("99 %", "98.55 %")))

    assert outcome(change) == (4, 2, 5, 1)
    assert change.replay is not None
    assert (change.replay.noun, change.replay.periods[0], len(change.replay.periods)) == ("month", "2026-01", 6)


def test_older_periods_where_the_newest_are_not_judged(tmp_path: Path) -> None:
    """Of three and a half years three whole months have events, two of them years ago: all are found."""
    rate = "measure: success rate, source: events, objective: at least 99 %, per: month"

    (change,) = tried(tmp_path, agreement(terms=rate), agreement(terms=rate.replace("99 %", "98 %")))

    assert change.replay is not None
    assert change.replay.periods == ("2023-02", "2023-03", "2026-05")
    assert outcome(change) == (0, 3, 3, 0)


def test_rolling_windows_at_the_months_ends(tmp_path: Path) -> None:
    """As a back-test judges them."""
    rolling = UP.replace("per: month", "per: rolling 30 days")

    (change,) = tried(tmp_path, agreement(terms=rolling), agreement(terms=rolling.replace("99 %", "98 %")))

    assert change.replay is not None
    assert (change.replay.noun, outcome(change)) == ("month's end", (4, 2, 6, 0))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], ["maintenance: {notice: 2 days}"], (4, 2, 5, 1)),
        (["maintenance: {notice: 2 days}"], ["maintenance: {notice: 5 days}"], (5, 1, 4, 2)),
        ([], ['exclusions: [{start: "2026-02-05T10:00Z", end: "2026-02-05T20:00Z", reason: Cut, declared: 2026-02-06, approved_by: stores}]'], (4, 2, 5, 1)),
        ([], ["maintenance: {announcements: planned}"], (4, 2, 5, 1)),
        ([], ["time_zone: Europe/Berlin"], (3, 2, 3, 2)),
    ],
)  # fmt: skip
def test_what_belongs_to_the_whole_agreement(
    tmp_path: Path, old: list[str], new: list[str], expected: tuple[int, int, int, int]
) -> None:
    """What is left out of all figures is tried on each target; in Berlin January began before the list vouches."""
    (change,) = tried(tmp_path, agreement(*old), agreement(*new))

    assert change.target is None
    assert outcome(change) == expected
    assert [target for target, _ in change.effects] == ["usable"]


def test_all_targets_together(tmp_path: Path) -> None:
    """A whole agreement's replay adds up those of its targets; one that is new has none. Six months and twelve weeks."""
    other = "  - {id: other, measure: availability, source: outages, objective: at least 98 %, per: week, minimum_coverage: 95 %}\n"
    old = {
        AGREEMENT: agreement()[AGREEMENT].replace(
            "99 %, per: month, minimum_coverage: 95 %}\n", "99 %, per: month, minimum_coverage: 95 %}\n" + other
        )
    }
    new = {
        AGREEMENT: old[AGREEMENT].replace(
            "targets:\n", "maintenance: {notice: 2 days}\ntargets:\n  - {id: third, measure: outage count, source: outages, objective: at most 3, per: month}\n"
        )
    }  # fmt: skip

    changes = tried(tmp_path, old, new)

    assert [(change.field, outcome(change)) for change in changes] == [
        ("maintenance", (16, 2, 17, 1)),
        ("target", None),
    ]
    assert changes[0].replay is not None
    assert changes[0].replay.noun == "period"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # the announcements of the old terms are gone
        (agreement("maintenance: {announcements: gone}"), agreement(terms=UP.replace("99 %", "98 %"))),
        # the old hours are unknown
        (agreement(terms=UP + ", hours: gone"), agreement(terms=UP.replace("99 %", "98 %"))),
        # days of another zone than the target's can't be judged
        (
            agreement(
                "time_zone: Europe/Berlin", terms=UP.replace("outages", "days").replace("per: month", "per: day")
            ),
            agreement(terms=UP.replace("outages", "days").replace("per: month", "per: day").replace("99 %", "98 %")),
        ),
        # the old source was in another unit
        (
            agreement() | {"data/metrics/outages.yml": FILES["data/metrics/outages.yml"] + "unit: ms\n"},
            agreement(terms=UP.replace("99 %", "98 %")),
        ),
        # the old source is unknown
        (agreement(terms=UP.replace("outages", "gone")), agreement(terms=UP.replace("99 %", "98 %"))),
        # no period of the old ones has its like among the new ones
        (agreement(), agreement(terms=UP.replace("per: month", "per: quarter"))),
    ],
)
def test_what_cannot_be_tried(tmp_path: Path, old: dict[str, str], new: dict[str, str]) -> None:
    """Old terms that would mean something else now have no replay; the change is said all the same."""
    changes = tried(tmp_path, old, new)

    assert changes
    assert {outcome(change) for change in changes if change.target is not None} == {None}


def test_terms_from_a_file_with_an_error(tmp_path: Path) -> None:
    """They aren't tried, in whichever file of the ancestry the error is."""
    base = {"content/agreements/base.md": agreement()[AGREEMENT]}
    heir = {AGREEMENT: HEAD + "extends: base\n---\n"}
    new = {"content/agreements/base.md": base["content/agreements/base.md"].replace("99 %", "98 %")}

    found = tried(tmp_path, base | heir, new | heir, faulty=("content/agreements/base.md",))

    assert [(change.agreement, outcome(change)) for change in found] == [("base", None), ("shop", None)]


def test_a_target_without_a_source_yet(tmp_path: Path) -> None:
    """A draft may say the level first; there is no history then."""
    no_source = UP.replace("source: outages, ", "")

    changes = tried(tmp_path, agreement(), agreement(terms=no_source))

    assert [(change.field, outcome(change)) for change in changes] == [("source", None)]


def test_only_the_latest_entry_is_tried(tmp_path: Path) -> None:
    """Of several entries the last one's terms count in a back-test; a change of an earlier one has no replay."""
    second = f"  - {{id: usable, {UP.replace('99 %', '99.9 %')}, from: 2026-06-01}}\n---\n"
    old = {AGREEMENT: agreement()[AGREEMENT].replace("---\n", second).replace(second, "---\n", 1)}

    (change,) = tried(tmp_path, old, {AGREEMENT: old[AGREEMENT].replace("at least 99 %", "at least 98 %")})

    assert (change.old, change.new, outcome(change)) == ("at least 99 %", "at least 98 %", None)


def test_a_calendar_as_it_was(tmp_path: Path) -> None:
    """Old hours are tried by the old calendar: eight of the ten hours lie in them, ten of thirteen in the new ones."""
    in_hours = agreement(terms=UP + ", hours: day")
    longer = {"content/calendars/day.yml": FILES["content/calendars/day.yml"].replace("08:00-18:00", "08:00-21:00")}

    (change,) = tried(tmp_path, in_hours, in_hours | longer)

    assert (change.field, outcome(change)) == ("hours", (4, 2, 4, 2))
