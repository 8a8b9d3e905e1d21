"""Probes: from samples to the time that they observe and the time that was down."""

from __future__ import annotations

from collections.abc import Iterable

from servicebook.metrics.loaded import Loaded
from servicebook.metrics.series import bounds_of
from servicebook.metrics.uniqueness import is_in_order
from servicebook.model.common import Where
from servicebook.timeline.interval import Intervals


def states(loaded: Loaded, where: Where) -> str:
    """A query of the samples that pass a filter, in order, one for each instant: the worse state holds."""
    rows = f"SELECT f_time AS t, coalesce(f_ok, false) AS ok FROM {loaded.table} WHERE {loaded.use} AND {loaded.passing(where)} AND f_time < {loaded.as_of}"
    if where not in loaded.samples:
        if not is_in_order(loaded, where):
            table = loaded.engine.new_table()
            loaded.engine.run(
                f"CREATE TABLE {table} AS SELECT t, bool_and(ok) AS ok FROM ({rows}) GROUP BY t ORDER BY t"
            )
            rows = f"SELECT t, ok FROM {table}"
        loaded.samples[where] = rows
    return loaded.samples[where]


def observed(loaded: Loaded, samples: str) -> Intervals:
    """From each sample to the next, or for `every` × `tolerance`, whichever is shorter, within the declared bounds and `as_of`."""
    source = loaded.source
    first, last = loaded.engine.row(f"SELECT min(t), max(t) FROM ({samples})")
    if first is None:
        return Intervals()
    if source.every is None:
        return Intervals.span(first, last)
    reach = source.every * source.tolerance
    longest = reach.numerator // reach.denominator
    lagged = f"SELECT t, lag(t) OVER () AS before FROM ({samples})"
    gaps = loaded.engine.rows(f"SELECT before, t FROM ({lagged}) WHERE t - before > {longest}")
    pairs, start = [], first
    for before, after in gaps:
        pairs.append((start, before + longest))
        start = after
    pairs.append((start, last + longest))
    low, high = bounds_of(source)
    return Intervals(pairs).clip(
        first if low is None else low, min(loaded.as_of, loaded.as_of if high is None else high)
    )


def down(loaded: Loaded, samples: str, down_after: int, up_after: int) -> Intervals:
    """An outage starts at the first of so many failures in a row and ends at the first of so many successes in a row.

    Before the first run is complete the state is up; a run that is incomplete changes nothing.
    """
    changes = f"SELECT t, ok, row_number() OVER () AS i, lag(ok) OVER () AS before FROM ({samples})"
    starts = f"SELECT t, ok, i FROM ({changes}) WHERE before IS DISTINCT FROM ok"
    total = loaded.engine.row(f"SELECT count(*) FROM ({samples})")[0]
    runs = f"SELECT t, ok, lead(i, 1, {total + 1}) OVER (ORDER BY i) - i AS length FROM ({starts})"
    complete = (
        f"SELECT t, ok FROM ({runs}) WHERE length >= CASE WHEN ok THEN {up_after} ELSE {down_after} END ORDER BY t"
    )
    return Intervals(_outages(loaded.engine.rows(complete), loaded.as_of))


def _outages(runs: Iterable[tuple[int, bool]], as_of: int) -> Iterable[tuple[int, int]]:
    began: int | None = None
    for start, ok in runs:
        if not ok and began is None:
            began = start
        elif ok and began is not None:
            yield began, start
            began = None
    if began is not None:
        yield began, as_of
