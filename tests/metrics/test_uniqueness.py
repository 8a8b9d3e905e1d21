"""Rows that are equal, and keys."""

from __future__ import annotations

from pathlib import Path

from servicebook.model.common import Where
from servicebook.model.measurement import Kind
from tests.metrics.builders import between, column, found, opened, where

YEAR = between("2026-01-01/2027-01-01")


def test_rows_are_equal_where_every_column_reads_as_the_same_value(tmp_path: Path) -> None:
    """A time is an instant, a number a number, whatever file it comes from; what is empty or missing is nothing. All count."""
    files = {
        "a.csv": "time,value,note\n2026-03-01T08:00Z,1.50,\n2026-03-01T09:00+01:00,1.5,?\n2026-03-01T08:00Z,1.5,x\n",
        "b.ndjson": '{"time": "2026-03-01 08:00:00Z", "value": 1.500}\n',
    }
    with opened(tmp_path, Kind.SAMPLES, files, missing=("?",)) as store:
        # The third row of a.csv differs in its note: it only has the time of the others.
        assert found(store) == ["a.csv:3 metrics/equal-rows", "b.ndjson:1 metrics/equal-rows"]
        assert store.series("s", Where()).counts([YEAR]) == [4]


def test_equal_rows_with_one_key_count_once(tmp_path: Path) -> None:
    """Different ones are an error at the later row; a row without its key too."""
    rows = "time,value,id\n2026-03-01T08:00Z,1,a\n2026-03-02T08:00Z,2,b\n2026-03-01T08:00Z,1.0,a\n2026-03-02T08:00Z,3,b\n2026-03-03T08:00Z,3,\n"
    with opened(tmp_path, Kind.SAMPLES, {"a.csv": rows}, key="id") as store:
        assert "a.csv:4 metrics/equal-rows" in found(store)
        assert "a.csv:5 metrics/same-key" in found(store)
        assert "a.csv:6 metrics/missing-field" in found(store)
        assert store.series("s", Where()).counts([between("2026-03-01/2026-03-02")]) == [1]


def test_probes_may_be_equal(tmp_path: Path) -> None:
    """Only their time is looked at; with a key they too count once."""
    rows = "time,ok,id\n2026-03-01T08:00Z,up,a\n2026-03-01T08:00Z,up,a\n"
    with opened(tmp_path, Kind.PROBES, {"a.csv": rows}) as store:
        assert found(store) == ["a.csv:3 metrics/same-time"]
    with opened(tmp_path, Kind.PROBES, {"a.csv": rows}, key="id") as store:
        assert found(store) == ["a.csv:3 metrics/equal-rows"]


def test_times_of_samples_that_come_twice(tmp_path: Path) -> None:
    """All readings count; those of another column's series aren't meant."""
    rows = "time,value,host\n2026-03-01T08:00Z,1,a\n2026-03-01T08:00Z,2,a\n2026-03-01T08:00Z,2,b\n"
    with opened(tmp_path, Kind.SAMPLES, {"a.csv": rows}, wanted=[where(host="a"), Where()]) as store:
        assert found(store) == ["a.csv:3 metrics/same-time"]


def test_texts_that_a_field_is_made_of_tell_rows_apart(tmp_path: Path) -> None:
    """Two kinds of fault are two rows, though both aren't planned."""
    rows = "start,end,kind\n2026-03-01T08:00Z,2026-03-01T09:00Z,fault\n2026-03-01T08:00Z,2026-03-01T09:00Z,incident\n"
    with opened(
        tmp_path, Kind.OUTAGES, {"a.csv": rows}, columns={"planned": column("kind", accepted=["upgrade"])}
    ) as store:
        assert found(store) == []


def test_shares_are_equal_however_they_are_written(tmp_path: Path) -> None:
    """`50 %` and `0.5`."""
    rows = "start,end,impact\n2026-03-01T08:00Z,2026-03-01T09:00Z,50 %\n2026-03-01T08:00Z,2026-03-01T09:00Z,0.5\n"
    with opened(tmp_path, Kind.OUTAGES, {"a.csv": rows}) as store:
        assert found(store) == ["a.csv:3 metrics/equal-rows"]
