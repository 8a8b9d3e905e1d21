"""Outage lists."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from servicebook.model.common import Where
from servicebook.model.measurement import Kind
from servicebook.timeline.interval import Intervals
from tests.metrics.builders import at, between, column, found, opened, where

LIST = """start,end,planned,announced,impact,site
2026-03-02T08:00Z,2026-03-02T09:00Z,no,,,hq
2026-03-01T08:00Z,2026-03-01T09:00Z,yes,2026-02-20T00:00Z,50 %,hq
2026-10-31T23:00Z,2026-11-01T01:00Z,true,2026-10-01T00:00Z,0.25,branch
2026-10-31T22:00Z,,false,,,branch
2026-11-02T08:00Z,2026-11-02T09:00Z,yes,2026-10-30T00:00Z,,hq
2026-11-03T08:00Z,2026-11-03T09:00Z,yes,2026-11-01T12:00Z,,hq
"""


def test_rows_as_known_at_as_of(tmp_path: Path) -> None:
    """Ordered by start; what begins later is there when it is planned and announced, what ends later has no end yet, planned work its planned one."""
    with opened(tmp_path, Kind.OUTAGES, {"a.csv": LIST}) as store:
        listed = store.outages("s", Where())

    assert [(row.start, row.end) for row in listed.outages] == [
        (at("2026-03-01T08:00"), at("2026-03-01T09:00")),
        (at("2026-03-02T08:00"), at("2026-03-02T09:00")),
        (at("2026-10-31T22:00"), None),
        (at("2026-10-31T23:00"), None),
        (at("2026-11-02T08:00"), None),
    ]
    assert [row.impact for row in listed.outages] == [Fraction(1, 2), 1, 1, Fraction(1, 4), 1]
    assert [row.planned_end for row in listed.outages] == [
        at("2026-03-01T09:00"),
        None,
        None,
        at("2026-11-01T01:00"),
        at("2026-11-02T09:00"),
    ]
    assert listed.outages[0].announced == at("2026-02-20")
    assert listed.outages[0].origin.line == 3
    assert (listed.first, listed.last) == (at("2026-03-01T08:00"), at("2026-11-01"))


def test_planned_work_that_was_not_announced_goes_only_as_far_as_it_has_come(tmp_path: Path) -> None:
    """Its planned end isn't known."""
    rows = "start,end,planned\n2026-10-31T23:00Z,2026-11-01T01:00Z,yes\n2026-10-31T22:00Z,,yes\n"
    with opened(tmp_path, Kind.OUTAGES, {"a.csv": rows}) as store:
        assert [row.planned_end for row in store.outages("s", Where()).outages] == [at("2026-11-01")] * 2


def test_work_that_lies_ahead_is_known_once_it_is_announced_with_its_end(tmp_path: Path) -> None:
    """Announced at `as_of` suffices; what lies ahead is no record: the list vouches for nothing more, its first and last are past ones."""
    rows = (
        "start,end,planned,announced\n"
        "2026-10-01T08:00Z,2026-10-01T09:00Z,no,\n"
        "2026-11-05T08:00Z,2026-11-05T09:00Z,yes,2026-11-01T00:00Z\n"
        "2026-11-06T08:00Z,2026-11-06T09:00Z,yes,2026-11-01T00:01Z\n"
        "2026-11-07T08:00Z,2026-11-07T09:00Z,yes,\n"
        "2026-11-08T08:00Z,,yes,2026-10-01T00:00Z\n"
        "2026-11-09T08:00Z,2026-11-09T09:00Z,no,2026-10-01T00:00Z\n"
    )
    with opened(tmp_path, Kind.OUTAGES, {"a.csv": rows}) as store:
        listed = store.outages("s", Where())

    assert [(row.start, row.planned_end) for row in listed.outages] == [
        (at("2026-10-01T08:00"), None),
        (at("2026-11-05T08:00"), at("2026-11-05T09:00")),
    ]
    assert (listed.first, listed.last) == (at("2026-10-01T08:00"), at("2026-10-01T09:00"))
    assert listed.vouched == between("2026-10-01T08:00/2026-10-01T09:00")


def test_what_a_list_vouches_for(tmp_path: Path) -> None:
    """From `from`, else the first start; to what is declared, else to `as_of` while one is open, else to the latest end."""
    closed = "start,end\n2026-03-01T08:00Z,2026-03-01T09:00Z\n2026-03-01T08:30Z,2026-03-01T08:40Z\n"

    def vouched(rows: str, **more: object) -> Intervals:
        with opened(tmp_path, Kind.OUTAGES, {"a.csv": rows}, **more) as store:
            return store.outages("s", Where()).vouched

    assert vouched(closed) == between("2026-03-01T08:00/2026-03-01T09:00")
    assert vouched(closed + "2026-04-01T00:00Z,\n") == between("2026-03-01T08:00/2026-11-01")
    assert vouched(closed, from_=at("2026-01-01"), complete_to=at("2026-06-01"), until=at("2026-05-01")) == between(
        "2026-01-01/2026-05-01"
    )
    assert vouched(closed, complete_to=at("2027-01-01")) == between("2026-03-01T08:00/2026-11-01")
    assert vouched("start,end\n", from_=at("2026-01-01")) == Intervals()


def test_vouching_ignores_the_targets_filter_and_rows_that_are_data_problems(tmp_path: Path) -> None:
    """The whole list speaks; rows that can't be true don't."""
    rows = "start,end,site\n2026-02-01T08:00Z,2026-01-01T08:00Z,hq\n2026-03-01T08:00Z,2026-03-01T09:00Z,hq\n2026-03-02T08:00Z,2026-03-02T08:00Z,hq\n"
    with opened(tmp_path, Kind.OUTAGES, {"a.csv": rows}) as store:
        assert store.outages("s", where(site="none")).vouched == between("2026-03-01T08:00/2026-03-01T09:00")
        assert found(store) == ["a.csv:2 metrics/end-before-start", "a.csv:4 metrics/no-length"]
        assert [p.rule for p in store.problems if p.position.path.endswith("yml")] == ["metrics/no-declared-end"]
        assert store.report("s").kept == 1
        assert store.report("s").problem_counts == (("metrics/end-before-start", 1), ("metrics/no-length", 1))


def test_announced_work(tmp_path: Path) -> None:
    """Planned unless a column says no, whatever the impact; rows ahead once they are announced; without an end a data problem."""
    with opened(tmp_path, Kind.OUTAGES, {"a.csv": LIST}, announcements=True, until=at("2026-01-01")) as store:
        listed = store.outages("s", Where(), announcements=True)
        assert "a.csv:5 metrics/announcement-without-end" in found(store)

    assert [(row.start, row.planned_end) for row in listed.outages] == [
        (at("2026-03-01T08:00"), at("2026-03-01T09:00")),
        (at("2026-10-31T23:00"), at("2026-11-01T01:00")),
        (at("2026-11-02T08:00"), at("2026-11-02T09:00")),
    ]
    assert {row.impact for row in listed.outages} == {1}
    assert listed.vouched == Intervals()


def test_a_kind_makes_planned_work(tmp_path: Path) -> None:
    """`is` says which; where the column is empty a list of announced work still announces."""
    rows = "start,end,kind\n2026-03-01T08:00Z,2026-03-01T09:00Z,maintenance\n2026-03-02T08:00Z,2026-03-02T09:00Z,fault\n2026-03-03T08:00Z,2026-03-03T09:00Z,\n"
    with opened(
        tmp_path, Kind.OUTAGES, {"a.csv": rows}, columns={"planned": column("kind", accepted=["maintenance"])}
    ) as store:
        assert [row.planned for row in store.outages("s", Where()).outages] == [True, False, False]
        assert [row.start for row in store.outages("s", Where(), announcements=True).outages] == [
            at("2026-03-01T08:00"),
            at("2026-03-03T08:00"),
        ]


def test_the_first_column_that_is_not_missing(tmp_path: Path) -> None:
    """A list of names; texts that mean nothing are passed over."""
    rows = "began,from,ended\n2026-03-01T08:00Z,,2026-03-01T09:00Z\n?,2026-03-02T08:00Z,?\n"
    with opened(
        tmp_path,
        Kind.OUTAGES,
        {"a.csv": rows},
        columns={"start": column("began", "from"), "end": column("ended")},
        missing=("?",),
    ) as store:
        assert [(row.start, row.end) for row in store.outages("s", Where()).outages] == [
            (at("2026-03-01T08:00"), at("2026-03-01T09:00")),
            (at("2026-03-02T08:00"), None),
        ]


def test_columns_that_no_file_has(tmp_path: Path) -> None:
    """An error where a field, the key or a filter needs one; a warning where a field can do without."""
    rows = "begin,end\n2026-03-01T08:00Z,\n"
    mapped = {"start": column("began"), "impact": column("weight")}
    with opened(
        tmp_path, Kind.OUTAGES, {"a.csv": rows}, columns=mapped, key="number", where=where(app="mail")
    ) as store:
        assert found(store) == [
            "s.yml:1 metrics/no-such-column",
            "s.yml:4 metrics/no-such-column",
            "s.yml:5 metrics/absent-column",
            "s.yml:5 metrics/no-such-column",
        ]
        assert any("did you mean 'begin'?" in problem.hint for problem in store.problems)


def test_a_source_keeps_the_rows_of_its_own_filter(tmp_path: Path) -> None:
    """What is wrong in other rows is no problem of this source."""
    rows = "start,end,app\n2026-03-01T08:00Z,,mail\nnonsense,,web\n"
    with opened(tmp_path, Kind.OUTAGES, {"a.csv": rows}, where=where(app=["mail", "chat"])) as store:
        assert found(store) == []
        assert store.matches("s", Where()) == 1
        report = store.report("s")
    assert (report.rows, report.kept, report.first, report.columns) == (
        2,
        1,
        at("2026-03-01T08:00"),
        ("start", "end", "app"),
    )
