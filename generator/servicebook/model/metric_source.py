"""Metric sources: how the metric files beside a definition are to be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from servicebook.model.common import Places, Where
from servicebook.model.measurement import Kind
from servicebook.source import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Where a field of a record comes from: the first of `names` that isn't missing."""

    names: tuple[str, ...]
    accepted: tuple[str, ...] | None = None
    """With `is`: true when the column reads as one of these texts, false otherwise."""
    position: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricSource:
    """A definition in `data/metrics/<id>.yml`."""

    id: str
    title: str
    records: Kind
    files: tuple[str, ...]
    """Patterns relative to `data/metrics`, with `*` and `?` within a name."""
    format: str = ""
    """``, `csv`, `json`, `ndjson`, `parquet`, `upptime`, `statuspage` or `cstate`; empty: from each file's suffix."""
    time_zone: str | None = None
    time_format: str | None = None
    """A strptime pattern, `unix s` or `unix ms`; none: ISO 8601."""
    columns: tuple[tuple[str, Column], ...] = ()
    """Field of the record and the column that it comes from; fields not named here have the column of their own name."""
    where: Where = Where()
    missing: tuple[str, ...] = ()
    unit: str = ""
    every: int | None = None
    """Microseconds between two probes."""
    tolerance: Fraction = Fraction(2)
    from_: int | None = None
    """UTC microseconds: it vouches for nothing before."""
    complete_to: int | None = None
    until: int | None = None
    key: str | None = None
    down_after: int = 1
    up_after: int = 1
    clock_changes: str | None = None
    """`earlier` or `later`; none: such times are errors."""
    path: str = field(default="", compare=False)
    places: Places = field(compare=False)
