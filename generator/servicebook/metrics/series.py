"""Records with an instant or a period, counted and added up in windows of time."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

from servicebook.metrics.engine import Engine
from servicebook.metrics.fields import FIELDS
from servicebook.metrics.loaded import Loaded
from servicebook.model.common import Where
from servicebook.model.measurement import Kind, Ratio, Reading, Summary
from servicebook.model.metric_source import MetricSource
from servicebook.timeline.interval import Intervals

_VALUE = {Kind.SCORES: "f_score"}
_WIDEST = 10**37
_MANY_ROWS = 500_000
_MOST_BRANCHES = 4096


def _has_many(loaded: Loaded) -> bool:
    return sum(file.rows for file in loaded.files) > _MANY_ROWS


def bounds_of(source: MetricSource) -> tuple[int | None, int | None]:
    """The source's declared first instant, and the first that it no longer speaks of."""
    ends = [end for end in (source.complete_to, source.until) if end is not None]
    return source.from_, min(ends, default=None)


class TableSeries:
    """The records of a source that pass a filter, lie before `as_of` and within the declared bounds."""

    def __init__(self, loaded: Loaded, where: Where, *, limit: Fraction | None = None) -> None:
        self._loaded, self._limit = loaded, limit
        names = [f"f_{field.name}" for field in FIELDS[loaded.source.records]]
        self._value = _VALUE.get(loaded.source.records, "f_value")
        self._has_periods = loaded.source.records is Kind.VALUES
        until = "f_until" if self._has_periods else "NULL"
        low, high = bounds_of(loaded.source)
        conditions = [loaded.use, loaded.passing(where), f"f_time < {loaded.as_of}"]
        if low is not None:
            conditions.append(f"f_time >= {low}")
        if high is not None:
            conditions.append(f"coalesce({until} - 1, f_time) < {high}")
        if self._has_periods:
            conditions.append(f"coalesce(f_until, f_time) <= {loaded.as_of}")
        if loaded.source.records is Kind.PROBES:
            conditions.append("f_value IS NOT NULL")
        self._rows = f"SELECT {', '.join(dict.fromkeys(names))}{', f_until' if self._has_periods else ''} FROM {loaded.table} WHERE {' AND '.join(conditions)}"

    def counts(self, windows: Sequence[Intervals]) -> Sequence[int]:
        """How many records lie in each window."""
        found = {row[0]: row[1] for row in self._in_windows(windows, "", "sum(n)")}
        return [int(found.get(index, 0)) for index in range(len(windows))]

    def ratios(self, windows: Sequence[Intervals]) -> Sequence[Ratio]:
        """Sums of events (good, total) or of a ledger (actual, budget)."""
        ledger = self._loaded.source.records is Kind.LEDGER
        parts = "f_actual, f_budget, f_currency" if ledger else "f_good, f_total, NULL AS f_currency"
        upper, lower = ("f_actual", "f_budget") if ledger else ("f_good", "coalesce(f_total, 1)")
        sums = f"sum(coalesce({upper}, 0)) AS upper, sum(coalesce({lower}, 0)) AS lower"
        query = "w, sum(upper), sum(lower), sum(n), list_sort(list(DISTINCT f_currency))"
        rows = self._added_up(windows, parts, f"f_currency, count(*) AS n, {sums}", "f_currency")
        found = {row[0]: row[1:] for row in rows(f"SELECT {query} FROM {{rows}} GROUP BY w")}
        return [_ratio(found.get(index)) for index in range(len(windows))]

    def summaries(
        self,
        windows: Sequence[Intervals],
        *,
        percentile: Fraction | None = None,
        limit: Fraction | None = None,
        at_least: bool = False,
    ) -> Sequence[Summary]:
        """Statistics of samples, probe values, scores or values, exact, in the unit of the file."""
        rows = self._added_up(windows, f"{self._value} AS v", "v, count(*) AS n", "v")
        ranked = (
            "SELECT w, v, n, sum(n) OVER (PARTITION BY w ORDER BY v) AS upto, sum(n) OVER (PARTITION BY w) AS total "
            "FROM (SELECT w, v, sum(n) AS n FROM {rows} GROUP BY w, v)"
        )
        rank = percentile or Fraction(100)
        numerator, denominator = rank.numerator, rank.denominator * 100
        nearest = f"greatest(1, (total * {numerator} + {denominator - 1}) // {denominator})"
        query = (
            "SELECT w, sum(n), "
            "min(v), max(v), min(v) FILTER (WHERE upto >= (total + 1) // 2), min(v) FILTER (WHERE upto >= total // 2 + 1), "
            f"min(v) FILTER (WHERE upto >= {nearest}), coalesce(sum(n) FILTER (WHERE {self._within(limit, at_least)}), 0) "
            f"FROM ({ranked}) GROUP BY w"
        )
        found = {row[0]: row[1:] for row in rows(query)}
        totals = {row[0]: row[1] for row in self._in_windows(windows, f"{self._value} AS v", "sum(v)", "sum(v) AS v")}
        return [
            _summary(found.get(index), totals.get(index), with_percentile=percentile is not None)
            for index in range(len(windows))
        ]

    def readings(self, windows: Sequence[Intervals]) -> Sequence[Sequence[Reading]]:
        """Distinct readings of usage, each with its capacity (a row's own, else the service's `limit`)."""
        rows = self._added_up(windows, "f_used, f_capacity", "f_used, f_capacity, count(*) AS n", "f_used, f_capacity")
        found: list[list[Reading]] = [[] for _ in windows]
        query = "SELECT w, f_used, f_capacity, sum(n) FROM {rows} GROUP BY ALL ORDER BY ALL"
        for window, used, capacity, count in rows(query):
            most = Fraction(capacity) if capacity is not None else self._limit
            if most:
                found[window].append(Reading(Fraction(used), most, int(count)))
        return found

    def extent(self) -> tuple[int, int] | None:
        """The first and last instant; None without a record."""
        last = "coalesce(f_until, f_time)" if self._has_periods else "f_time"
        first, end = self._loaded.engine.row(f"SELECT min(f_time), max({last}) FROM ({self._rows})")
        return None if first is None else (first, end)

    def _within(self, limit: Fraction | None, at_least: bool) -> str:
        """Whether a value keeps to the limit, exactly: the limit is brought to the scale of the column on the right side."""
        if limit is None:
            return "false"
        scaled = limit * 10**self._loaded.scale
        whole = ceil(scaled) if at_least else floor(scaled)
        if abs(whole) >= _WIDEST:
            return "true" if (whole > 0) != at_least else "false"
        exact = Decimal(whole).scaleb(-self._loaded.scale)
        sign = ">=" if at_least else "<="
        return f"v {sign} CAST('{exact:f}' AS DECIMAL(38,{self._loaded.scale}))"

    def _added_up(self, windows: Sequence[Intervals], columns: str, sums: str, groups: str) -> _Query:
        engine = self._loaded.engine
        if self._has_periods:
            return _whole_periods(engine, self._rows, windows, columns, sums, groups)
        return _stretches(engine, self._rows, windows, columns, sums, groups, many=_has_many(self._loaded))

    def _in_windows(
        self, windows: Sequence[Intervals], columns: str, final: str, sums: str = ""
    ) -> list[tuple[Any, ...]]:
        grouped = f"count(*) AS n{', ' + sums if sums else ''}"
        rows = self._added_up(windows, columns, grouped, "")
        return rows(f"SELECT w, {final} FROM {{rows}} GROUP BY w")


class Instants:
    """Counts the samples of a query by their times `t`, within the declared bounds."""

    def __init__(self, loaded: Loaded, samples: str) -> None:
        low, high = bounds_of(loaded.source)
        bounds = [f"t >= {low}"] * (low is not None) + [f"t < {high}"] * (high is not None)
        self._engine, self._many = loaded.engine, _has_many(loaded)
        self._rows = f"SELECT t AS f_time FROM ({samples}) WHERE {' AND '.join(bounds) or 'true'}"

    def counts(self, windows: Sequence[Intervals]) -> Sequence[int]:
        """How many samples lie in each window."""
        rows = _stretches(self._engine, self._rows, windows, "", "count(*) AS n", "", many=self._many)
        found = dict(rows("SELECT w, sum(n) FROM {rows} GROUP BY w"))
        return [int(found.get(index, 0)) for index in range(len(windows))]


def _whole_periods(
    engine: Engine, records: str, windows: Sequence[Intervals], columns: str, sums: str, groups: str
) -> _Query:
    """Rows added up in each window that holds their instant, or their whole period in one of its intervals."""
    spans = engine.new_table()
    held = [(index, start, end) for index, window in enumerate(windows) for start, end in window]
    _create(engine, spans, ("w", "a", "b"), held)
    rows = f"SELECT {_own(columns)}, coalesce(f_until, f_time + 1) AS u FROM ({records})"
    joined = f"SELECT s.w AS w, r.* FROM ({rows}) r JOIN {spans} s ON r.t >= s.a AND r.u <= s.b"
    return _Query(engine, f"(SELECT w, {sums} FROM ({joined}) GROUP BY w{_also(groups)})", [spans])


def _stretches(
    engine: Engine, records: str, windows: Sequence[Intervals], columns: str, sums: str, groups: str, *, many: bool
) -> _Query:
    """Rows added up in the stretches between all bounds of all windows, each stretch beside its windows.

    So every row is placed once, however many windows hold it.
    """
    covered = engine.new_table()
    bounds = sorted({bound for window in windows for span in window for bound in span})
    at = {bound: index for index, bound in enumerate(bounds)}
    held = [
        (stretch, index)
        for index, window in enumerate(windows)
        for start, end in window
        for stretch in range(at[start], at[end])
    ]
    _create(engine, covered, ("stretch", "w"), held)
    own = f"SELECT {_own(columns)} FROM ({records})"
    tables = [covered]
    if many and len(bounds) <= _MOST_BRANCHES:
        placed = f"SELECT *, {_branches('t', bounds)} AS stretch FROM ({own})"
    else:
        starts = engine.new_table()
        _create(engine, starts, ("a", "stretch"), list(at.items()))
        tables.append(starts)
        placed = f"SELECT r.*, s.stretch FROM ({own}) r ASOF JOIN {starts} s ON r.t >= s.a"
    grouped = f"SELECT stretch, {sums} FROM ({placed}) GROUP BY stretch{_also(groups)}"
    return _Query(engine, f"(SELECT w, g.* FROM ({grouped}) g JOIN {covered} USING (stretch))", tables)


def _branches(value: str, bounds: Sequence[int], first: int = -1) -> str:
    """Which stretch a value lies in, as a tree of CASE: for millions of rows several times faster than a join."""
    if not bounds:
        return str(first)
    middle = len(bounds) // 2
    below = _branches(value, bounds[:middle], first)
    above = _branches(value, bounds[middle + 1 :], first + middle + 1)
    return f"CASE WHEN {value} < {bounds[middle]} THEN {below} ELSE {above} END"


def _own(columns: str) -> str:
    return f"f_time AS t{_also(columns)}"


def _also(more: str) -> str:
    return f", {more}" if more else ""


class _Query:
    """Runs one query over prepared rows, and takes away the tables that were made for them."""

    def __init__(self, engine: Engine, rows: str, tables: Sequence[str]) -> None:
        self._engine, self._prepared, self._tables = engine, rows, tables

    def __call__(self, query: str) -> list[tuple[Any, ...]]:
        found = self._engine.rows(query.replace("{rows}", self._prepared))
        for table in self._tables:
            self._engine.run(f"DROP TABLE {table}")
        return found


def _create(engine: Engine, table: str, names: tuple[str, ...], rows: Sequence[tuple[int, ...]]) -> None:
    columns = ", ".join(f"{name} BIGINT" for name in names)
    engine.run(f"CREATE TABLE {table} ({columns})")
    if rows:
        parts = ", ".join("unnest(?::BIGINT[])" for _ in names)
        engine.run(f"INSERT INTO {table} SELECT {parts}", [list(column) for column in zip(*rows, strict=True)])


def _ratio(found: tuple[Any, ...] | None) -> Ratio:
    if found is None:
        return Ratio(numerator=Fraction(0), denominator=Fraction(0), records=0)
    upper, lower, records, currencies = found
    return Ratio(
        numerator=Fraction(upper),
        denominator=Fraction(lower),
        records=int(records),
        currencies=tuple(name for name in currencies or () if name is not None),
    )


def _summary(found: tuple[Any, ...] | None, total: Decimal | None, *, with_percentile: bool) -> Summary:
    if found is None:
        return Summary(records=0)
    records, low, high, lower, upper, nearest, within = found
    return Summary(
        records=int(records),
        total=Fraction(total or 0),
        minimum=Fraction(low),
        maximum=Fraction(high),
        median=(Fraction(lower) + Fraction(upper)) / 2,
        percentile=Fraction(nearest) if with_percentile else None,
        within=int(within),
    )
