"""Probes: observed time and down time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servicebook.metrics import probes as probes_module
from servicebook.metrics.engine import Engine
from servicebook.model.common import Where
from servicebook.model.measurement import Kind, ProbeRecord
from servicebook.timeline.interval import Intervals
from tests.metrics.builders import at, between, column, found, opened, where

MINUTE = 60_000_000
START = at("2026-03-01T08:00")


def record(
    tmp_path: Path, states: str, *, down_after: int | None = None, up_after: int | None = None, **more: object
) -> ProbeRecord:
    """One probe a minute from eight o'clock: `+` up, `-` down, a space none."""
    rows = "".join(f"2026-03-01T08:{n:02}Z,{'up' if s == '+' else 'down'}\n" for n, s in enumerate(states) if s != " ")
    with opened(tmp_path, Kind.PROBES, {"a.csv": f"time,ok\n{rows}"}, **more) as store:
        kept = store.probes("s", Where(), down_after=down_after, up_after=up_after)
        return ProbeRecord(
            down=kept.down,
            observed=kept.observed,
            instants=Counted(list(kept.instants.counts([between("2026-01-01/2027-01-01")]))),
        )


class Counted(list[int]):
    """Counts that outlive their store."""

    def counts(self, windows: object) -> list[int]:
        return list(self)


def minutes(*pairs: tuple[int, int]) -> Intervals:
    """Minutes after eight."""
    return Intervals((START + a * MINUTE, START + b * MINUTE) for a, b in pairs)


@pytest.mark.parametrize(
    ("states", "after", "down"),
    [
        ("++--++", (1, 1), [(2, 4)]),
        ("+-++--+++", (2, 2), [(4, 6)]),
        ("+--+--++", (2, 2), [(1, 6)]),
        ("+--+-", (2, 2), [(1, 10**6)]),
        ("+-", (2, 2), []),
        ("--  --++", (3, 1), [(0, 6)]),
        ("++++", (1, 1), []),
        ("", (1, 1), []),
    ],
)
def test_runs(tmp_path: Path, states: str, after: tuple[int, int], down: list[tuple[int, int]]) -> None:
    """An outage starts at the first of so many failures and ends at the first of so many successes; runs go on across gaps."""
    kept = record(tmp_path, states, down_after=after[0], up_after=after[1])
    assert kept.down == minutes(*down).clip(0, at("2026-11-01"))


def test_the_source_has_defaults(tmp_path: Path) -> None:
    """A target that says nothing takes the source's."""
    assert record(tmp_path, "+-+--++", down_after=None, up_after=None).down == minutes((1, 2), (3, 5))
    with opened(tmp_path, Kind.PROBES, {"a.csv": "time,ok\n"}, down_after=2) as store:
        assert store.probes("s", Where()).observed == Intervals()


def test_a_sample_speaks_until_the_next_or_for_twice_the_cadence(tmp_path: Path) -> None:
    """Whichever is shorter; so does the last one."""
    assert record(tmp_path, "++ +   +").observed == minutes((0, 5), (7, 9))


def test_without_a_cadence_samples_speak_until_the_last(tmp_path: Path) -> None:
    """The definition's reader asks for one; until then nothing is made up."""
    assert record(tmp_path, "++ +   +", every=None).observed == minutes((0, 7))


def test_observed_time_is_bounded(tmp_path: Path) -> None:
    """By `from`, `until` and `as_of`; the state before `from` goes on."""
    bounds = {"from_": START + MINUTE, "until": START + 4 * MINUTE}
    kept = record(tmp_path, "-+++++", **bounds)
    assert kept.observed == minutes((1, 4))
    assert list(kept.instants.counts([])) == [3]
    assert record(tmp_path, "++++++", as_of="2026-03-01T08:02:30").observed == Intervals.span(
        START, START + MINUTE * 5 // 2
    )


def test_at_one_time_the_worse_state_holds(tmp_path: Path) -> None:
    """Rows out of order are sorted; both are counted."""
    rows = "time,ok\n2026-03-01T08:02Z,up\n2026-03-01T08:00Z,up\n2026-03-01T08:01Z,up\n2026-03-01T08:01Z,down\n"
    with opened(tmp_path, Kind.PROBES, {"a.csv": rows}) as store:
        kept = store.probes("s", Where())
        assert kept.down == minutes((1, 2))
        assert kept.instants.counts([minutes((0, 2)), minutes((1, 3))]) == [2, 2]
        assert found(store) == ["a.csv:3 metrics/out-of-order", "a.csv:5 metrics/same-time"]
        assert store.report("s").problem_counts == (("metrics/out-of-order", 1), ("metrics/same-time", 1))


def test_several_systems_may_be_probed_in_one_second(tmp_path: Path) -> None:
    """Order and times are looked at within each filter that somebody uses."""
    rows = "time,ok,site\n2026-03-01T08:00Z,up,a\n2026-03-01T08:00Z,down,b\n2026-03-01T08:01Z,up,a\n2026-03-01T08:01Z,up,b\n"
    with opened(tmp_path, Kind.PROBES, {"a.csv": rows}, wanted=[where(site="a"), where(site="b")]) as store:
        assert found(store) == []
        assert store.probes("s", where(site="b")).down == minutes((0, 1))
        assert store.probes("s", where(site="a")).down == Intervals()
        assert store.report("s").kept == 4


def test_a_word_of_any_column_makes_a_state(tmp_path: Path) -> None:
    """With `is` everything else is a no, an empty field too; a column that a file lacks is missing."""
    rows = "time,state\n2026-03-01T08:00Z,200\n2026-03-01T08:01Z,503\n2026-03-01T08:02Z,\n2026-03-01T08:03Z,up\n"
    files = {"a.csv": rows, "b.csv": "time\n2026-03-01T08:04Z\n"}
    with opened(tmp_path, Kind.PROBES, files, columns={"ok": column("state", accepted=["up", "200"])}) as store:
        assert store.probes("s", Where()).down == minutes((1, 3))
        assert found(store) == ["b.csv:2 metrics/missing-field"]


@settings(max_examples=40)
@given(st.lists(st.booleans(), max_size=30), st.integers(1, 4), st.integers(1, 4))
def test_runs_are_those_of_a_machine_that_counts(states: list[bool], down_after: int, up_after: int) -> None:
    """The engine's runs and a count sample by sample agree."""
    table = ", ".join(f"({n}, {ok})" for n, ok in enumerate(states))
    samples = f"FROM (VALUES {table}) v(t, ok)" if states else "FROM (SELECT 1 AS t, true AS ok) WHERE false"
    assert probes_module.down(_Bare(), samples, down_after, up_after) == _counted(states, down_after, up_after)  # type: ignore[arg-type] - what it asks for


class _Bare:
    """An engine and an `as_of`."""

    as_of = 100

    engine = Engine()


def _counted(states: list[bool], down_after: int, up_after: int) -> Intervals:
    pairs, began, run = [], None, 0
    for n, ok in enumerate(states):
        run = run + 1 if n and states[n - 1] == ok else 1
        if not ok and began is None and run >= down_after:
            began = n - run + 1
        elif ok and began is not None and run >= up_after:
            pairs.append((began, n - run + 1))
            began = None
    return Intervals([*pairs, *([(began, 100)] if began is not None else [])])
