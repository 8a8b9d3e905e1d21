"""Formats of neighbouring projects, read as they write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from servicebook.metrics.engine import Engine
from servicebook.metrics.files import MetricFile
from servicebook.metrics.findings import Findings
from servicebook.metrics.table import FileTable
from servicebook.model.metric_source import MetricSource

NativeReader = Callable[[Engine, MetricSource, Sequence[tuple[int, MetricFile]], Findings], FileTable]

NATIVE: Mapping[str, NativeReader] = {}
