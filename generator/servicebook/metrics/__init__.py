"""Metric files, reduced to small measurements by one embedded engine."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from pathlib import Path

from servicebook.metrics.store import MetricStore
from servicebook.model.common import Where
from servicebook.model.metric_source import MetricSource

__all__ = ["MetricStore", "open_metrics"]


def open_metrics(
    root: Path,
    sources: Mapping[str, MetricSource],
    *,
    as_of: int,
    capacity_limits: Mapping[str, Fraction],
    wanted: Collection[tuple[str, Where]] = (),
    announcements: Collection[str] = (),
) -> MetricStore:
    """The metric files below `root`/data/metrics as known at `as_of`; use it in a `with`.

    `capacity_limits` has the service's `limit` by source, for usage without a capacity; `wanted` the filters that
    will be asked for, so that each source is read once; `announcements` the lists that announce planned work.
    """
    return MetricStore(
        root, sources, as_of=as_of, capacity_limits=capacity_limits, wanted=wanted, announcements=announcements
    )
