"""Formats of neighbouring projects."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from servicebook.metrics.formats.cstate import iso
from servicebook.model.common import Where
from servicebook.model.measurement import Kind
from tests.metrics.builders import at, between, column, found, opened, where

UPPTIME = """[
  {"slug": "a", "name": "A", "time": 17, "dailyMinutesDown": {"2026-03-02": 30, "2026-02-01": 5}},
  {"slug": "b", "dailyMinutesDown": {}},
  {"slug": "c"}
]"""


def test_upptime(tmp_path: Path) -> None:
    """A day that isn't named between `from` and `complete_to` had no downtime; whole UTC days."""
    bounds = {"from_": at("2026-03-01"), "complete_to": at("2026-03-04")}
    with opened(
        tmp_path, Kind.DOWNTIME, {"summary.json": UPPTIME}, format="upptime", wanted=[where(slug="a")], **bounds
    ) as store:
        assert found(store) == []
        days = store.downtime("s", where(slug="a")).days
        assert [(day.day, day.weighted // 60_000_000) for day in days] == [
            (date(2026, 3, 1), 0),
            (date(2026, 3, 2), 30),
            (date(2026, 3, 3), 0),
        ]
        assert store.matches("s", where(name="A")) == 4
        assert [day.rows for day in store.downtime("s", where(slug=["b", "c"])).days] == [2, 2, 2]


def test_upptime_without_bounds_has_the_days_that_it_names(tmp_path: Path) -> None:
    """Who doesn't say how far it reaches vouches for no more."""
    with opened(tmp_path, Kind.DOWNTIME, {"summary.json": UPPTIME}, format="upptime") as store:
        assert [day.day for day in store.downtime("s", Where()).days] == [date(2026, 2, 1), date(2026, 3, 2)]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("{}", 1),
        ("[\n1]", 2),
        ('[\n\n{"slug": "a", "dailyMinutesDown": []}, {"dailyMinutesDown": 1}]', 3),
        ('[{"slug": "\\ud800", "dailyMinutesDown": {"2026-01-01": 1}}]', 1),
    ],
)
def test_what_is_no_upptime(tmp_path: Path, content: str, line: int) -> None:
    """The line of the site."""
    with opened(tmp_path, Kind.DOWNTIME, {"summary.json": content}, format="upptime") as store:
        assert found(store) == [f"summary.json:{line} metrics/unreadable-file"]


STATUSPAGE = """{"page": {"incidents": [{"id": "not this"}]},
"incidents": [
 {"id": "x", "started_at": "2026-03-01T08:00:00.000Z", "created_at": "2026-03-01T08:30:00Z", "resolved_at": "2026-03-01T09:00:00Z",
  "impact": "major", "components": [{"name": "Git Operations"}, {"name": "API"}]},
 {"id": "y", "started_at": null, "created_at": "2026-03-02T08:00:00Z", "resolved_at": null, "impact": "none", "components": []},
 {"id": "z", "created_at": "2026-03-03T08:00:00Z", "resolved_at": "2026-03-03T07:00:00Z", "impact": "minor"}
]}"""


def test_statuspage(tmp_path: Path) -> None:
    """From `started_at`, else `created_at`, to `resolved_at`; impact is a word for `where` and weighs 1."""
    with opened(
        tmp_path, Kind.OUTAGES, {"i.json": STATUSPAGE}, format="statuspage", wanted=[where(components="API", impact="")]
    ) as store:
        assert found(store) == ["i.json:6 metrics/end-before-start"]
        assert [(row.start, row.end, row.impact) for row in store.outages("s", Where()).outages] == [
            (at("2026-03-01T08:00"), at("2026-03-01T09:00"), 1),
            (at("2026-03-02T08:00"), None, 1),
        ]
        assert len(store.outages("s", where(components="API")).outages) == 1
        assert store.matches("s", where(impact=["major", "critical"])) == 1


def test_statuspage_as_a_bare_list_with_a_column_of_its_own(tmp_path: Path) -> None:
    """What the definition maps goes before the format's own columns."""
    rows = '[{"created_at": "2026-03-01T08:00:00Z", "resolved_at": "2026-03-01T09:00:00Z", "impact": "maintenance"}]'
    mapped = {"planned": column("impact", accepted=["maintenance"])}
    with opened(tmp_path, Kind.OUTAGES, {"i.json": rows}, format="statuspage", columns=mapped) as store:
        assert [row.planned for row in store.outages("s", Where()).outages] == [True]


@pytest.mark.parametrize(
    "content",
    [
        '{"page": {}}',
        "[1]",
        '{"incidents": {}}',
        "",
        '[{"id": "\\u0000"}]',
        '{"a": [1, {"b": 2}], "incidents": [{}, ]}',
    ],
)
def test_what_is_no_statuspage(tmp_path: Path, content: str) -> None:
    """One problem for the file."""
    with opened(tmp_path, Kind.OUTAGES, {"i.json": content}, format="statuspage") as store:
        assert found(store) == ["i.json:1 metrics/unreadable-file"]


def issue(*fields: str) -> str:
    """A cState issue."""
    return "\n".join(["---", "title: Something", *fields, "---", "", "It broke: badly."])


def test_cstate(tmp_path: Path) -> None:
    """From `date` to `resolvedWhen`; offsets may be missing, hours may have one digit; affected systems are a list."""
    files = {
        "i/1.md": issue(
            "date: 2026-03-01T9:30:00-00:00",
            "resolved: true",
            "resolvedWhen: 2026-03-01T10:00:00-00:00",
            "severity: down",
            "affected: [mail, web]",
        ),
        "i/2.md": issue(
            "date: 2026-07-02 08:00:00",
            "resolved: false",
            "resolvedWhen: ''",
            "affected:",
            "  - mail",
            "section: issue",
        ),
        "i/3.md": "\ufeff" + issue("date: 2026-03-03", "resolvedWhen: 2026-03-02").replace("\n", "\r\n"),
        "i/4.md": issue("date: 2026-03-04T08:00:00Z", "resolved: true"),
        "i/_index.md": "---\ntitle: List\n---\n",
    }
    with opened(
        tmp_path,
        Kind.OUTAGES,
        files,
        patterns=["i/*.md"],
        format="cstate",
        time_zone="Europe/Berlin",
        wanted=[where(affected="mail")],
    ) as store:
        assert found(store) == ["i/3.md:3 metrics/end-before-start", "i/4.md:3 metrics/resolved-without-time"]
        assert [
            (row.start, row.end, row.origin.path) for row in store.outages("s", where(affected="mail")).outages
        ] == [
            (at("2026-03-01T09:30"), at("2026-03-01T10:00"), "data/metrics/i/1.md"),
            (at("2026-07-02T06:00"), None, "data/metrics/i/2.md"),
        ]
        assert store.matches("s", where(severity="down")) == 1
        assert store.report("s").files[4].rows == 0


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("no front matter", "1 metrics/unreadable-file"),
        ("---\ntitle: x\n", "1 metrics/unreadable-file"),
        ("---\n- x\n---\n", "2 metrics/unreadable-file"),
        ("---\ntitle: x\na: [\n---\n", "3 metrics/unreadable-file"),
        ("---\ntitle: x\n---\n", "1 metrics/missing-field"),
        (issue("date: yesterday"), "3 metrics/unreadable-time"),
        (issue("date: 2026-03-01T08:00:00Z", r'severity: "\0"'), "1 metrics/unreadable-file"),
        ("", "1 metrics/unreadable-file"),
    ],
)
def test_what_is_no_issue(tmp_path: Path, content: str, problem: str) -> None:
    """The line of the date, of the fault in the front matter, or the first."""
    with opened(tmp_path, Kind.OUTAGES, {"i.md": content}, format="cstate") as store:
        assert found(store) == [f"i.md:{problem}"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2026-03-01T9:05:00-05", "2026-03-01T09:05:00-05:00"),
        ("2026-03-01 09:05:00.5 -5:30", "2026-03-01T09:05:00.5-05:30"),
        ("2026-3-1", "2026-03-01"),
        ("2026-03-01t09:05z", "2026-03-01T09:05:00Z"),
        ("soon", "soon"),
    ],
)
def test_times_as_yaml_has_them(written: str, told: str) -> None:
    """In ISO 8601."""
    assert iso(written) == told


def test_days_between(tmp_path: Path) -> None:
    """Bounds the wrong way round hold no day; an unknown zone is reported by the definition's reader."""
    bounds = {"from_": at("2026-03-04"), "complete_to": at("2026-03-01")}
    for more in (bounds, {**bounds, "complete_to": at("2026-03-06"), "time_zone": "Nowhere/Land"}):
        with opened(tmp_path, Kind.DOWNTIME, {"summary.json": UPPTIME}, format="upptime", **more) as store:
            assert store.report("s").rows == 2
            assert between() == store.report("s").vouched
