"""Parquet."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from servicebook.model.common import Where
from servicebook.model.measurement import Kind
from tests.metrics.builders import at, between, column, found, opened, parquet, where

YEAR = between("2026-01-01/2027-01-01")


@pytest.mark.parametrize(
    ("expression", "instant"),
    [
        ("TIMESTAMP '2026-07-01 08:00:00.5'", "2026-07-01T06:00:00.500000"),
        ("TIMESTAMPTZ '2026-07-01 08:00:00+05:45'", "2026-07-01T02:15:00"),
        ("DATE '2026-07-01'", "2026-06-30T22:00:00"),
        ("TIMESTAMP_NS '2026-07-01 08:00:00'", "2026-07-01T06:00:00"),
        ("TIMESTAMP_S '2026-07-01 08:00:00'", "2026-07-01T06:00:00"),
        ("'2026-07-01T08:00'", "2026-07-01T06:00:00"),
    ],
)
def test_times_by_type(tmp_path: Path, expression: str, instant: str) -> None:
    """A timestamp without a zone is naive, one with a zone an instant, a date a bare date."""
    parquet(tmp_path, "a.parquet", f"SELECT {expression} AS time, 1 AS value")
    with opened(tmp_path, Kind.SAMPLES, {}, patterns=["a.parquet"], time_zone="Europe/Berlin") as store:
        assert found(store) == []
        assert store.series("s", Where()).extent() == (at(instant), at(instant))


def test_times_by_type_whatever_the_format_of_texts(tmp_path: Path) -> None:
    """`time_format` is for texts."""
    query = "SELECT TIMESTAMP '2026-07-01 08:00:00' AS time, NULL AS text, 1 AS value UNION ALL SELECT NULL, '02/07/2026 08:00', 2 UNION ALL SELECT '2026-07-03'::DATE, NULL, 3"
    parquet(tmp_path, "a.parquet", query)
    parquet(tmp_path, "b.parquet", "SELECT DATE '2026-07-04' AS time, 4 AS value")
    more = {"columns": {"time": column("time", "text")}, "time_format": "%d/%m/%Y %H:%M", "time_zone": "UTC"}
    with opened(tmp_path, Kind.SAMPLES, {}, patterns=["*.parquet"], **more) as store:
        assert found(store) == []
        assert store.series("s", Where()).counts(
            [between("2026-07-01/2026-07-02"), between("2026-07-02/2026-07-05")]
        ) == [1, 3]


def test_numbers_are_their_shortest_decimals(tmp_path: Path) -> None:
    """0.1 is a tenth; a decimal is exact; what is no number is an error in its row."""
    query = "SELECT TIMESTAMPTZ '2026-07-01 08:00:00+00' AS time, v AS value FROM (VALUES (0.1::DOUBLE), (1e-7), (2e22), ('nan'::DOUBLE)) t(v)"
    parquet(tmp_path, "a.parquet", query)
    parquet(
        tmp_path,
        "b.parquet",
        "SELECT TIMESTAMPTZ '2026-07-01 08:00:00+00' AS time, 1.10::DECIMAL(10,2) AS value UNION ALL SELECT now(), -'nan'::DOUBLE WHERE false",
    )
    parquet(tmp_path, "c.parquet", "SELECT TIMESTAMPTZ '2026-07-01 08:00:00+00' AS time, 0.3::FLOAT AS value")
    with opened(tmp_path, Kind.SAMPLES, {}, patterns=["*.parquet"]) as store:
        assert [text for text in found(store) if "same-time" not in text] == ["a.parquet:4 metrics/unreadable-number"]
        (summary,) = store.series("s", Where()).summaries([YEAR])
    assert summary.total == Fraction(1, 10) + Fraction(1, 10**7) + 2 * 10**22 + Fraction(11, 10) + Fraction(3, 10)


def test_what_where_sees(tmp_path: Path) -> None:
    """Lists by their items, structs of a list by their name, booleans in lower case, others as text."""
    query = """SELECT TIMESTAMPTZ '2026-07-01 08:00:00+00' AS time, 1 AS value, true AS b, ['mail', NULL] AS list,
        [{'id': 1, 'name': 'web'}] AS parts, {'a': 1} AS one, 2.50 AS n, 'x'::BLOB AS raw, DATE '2026-07-01' AS day"""
    parquet(tmp_path, "a.parquet", query)
    wheres = [
        where(b="true"),
        where(list="mail"),
        where(parts="web"),
        where(one='{"a":1}'),
        where(n="2.50"),
        where(raw="x"),
        where(day="2026-07-01"),
    ]
    with opened(tmp_path, Kind.SAMPLES, {}, patterns=["a.parquet"], wanted=wheres) as store:
        assert [store.matches("s", each) for each in wheres] == [1] * len(wheres)
        assert store.matches("s", where(list="web")) == 0


def test_pauses_as_nested_lists(tmp_path: Path) -> None:
    """A list of lists of two texts."""
    query = "SELECT '2026-03-01T08:00Z' AS opened, [['2026-03-01T09:00Z', '2026-03-01T10:00Z']] AS pauses"
    parquet(tmp_path, "a.parquet", query)
    with opened(tmp_path, Kind.TICKETS, {}, patterns=["a.parquet"]) as store:
        assert found(store) == []
        (ticket,) = store.tickets("s", Where()).tickets
    assert ticket.pauses == between("2026-03-01T09:00/2026-03-01T10:00")
    assert ticket.origin.line == 1


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-20], lambda b: b[:20], lambda b: b"", lambda b: b[:4] + b"\xff" * 60 + b[64:]]
)
def test_damaged_files_are_one_problem(tmp_path: Path, damage: object) -> None:
    """Never a crash, and no place on this machine in the message."""
    parquet(
        tmp_path, "a.parquet", "SELECT TIMESTAMPTZ '2026-07-01 08:00:00+00' AS time, i AS value FROM range(1000) t(i)"
    )
    path = tmp_path / "data" / "metrics" / "a.parquet"
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator] - a function of bytes
    with opened(tmp_path, Kind.SAMPLES, {}, patterns=["a.parquet"]) as store:
        assert found(store) == ["a.parquet:1 metrics/unreadable-file"]
        assert str(tmp_path) not in store.problems[0].hint


def test_a_parquet_file_by_another_name(tmp_path: Path) -> None:
    """Where the definition says what it is."""
    parquet(tmp_path, "a.bin", "SELECT TIMESTAMPTZ '2026-07-01 08:00:00+00' AS time, 1 AS value")
    with opened(tmp_path, Kind.SAMPLES, {}, patterns=["a.bin"], format="parquet") as store:
        assert found(store) == []


def test_pages_that_are_damaged(tmp_path: Path) -> None:
    """The head and the foot are sound, the rows between them aren't."""
    parquet(
        tmp_path,
        "a.parquet",
        "SELECT TIMESTAMPTZ '2026-07-01 08:00:00+00' AS time, md5(i::VARCHAR) AS value FROM range(9000) t(i)",
    )
    path = tmp_path / "data" / "metrics" / "a.parquet"
    raw = bytearray(path.read_bytes())
    raw[100:9000] = b"\x07" * 8900
    path.write_bytes(raw)
    with opened(tmp_path, Kind.SAMPLES, {}, patterns=["a.parquet"]) as store:
        assert found(store) == ["a.parquet:1 metrics/unreadable-file"]


def test_many_rows_with_one_fault(tmp_path: Path) -> None:
    """The line is the row."""
    parquet(
        tmp_path,
        "a.parquet",
        "SELECT '2026-07-01T08:00Z' AS time, CASE WHEN i > 5 THEN 'x' ELSE i::VARCHAR END AS value FROM range(10) t(i)",
    )
    with opened(tmp_path, Kind.SAMPLES, {}, patterns=["a.parquet"]) as store:
        assert "a.parquet:7 metrics/unreadable-number ×4" in found(store)
