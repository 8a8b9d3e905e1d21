"""Incidents of a Statuspage: `{"page": …, "incidents": […]}`, or the bare list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from servicebook.metrics.engine import Engine
from servicebook.metrics.files import MetricFile
from servicebook.metrics.findings import Broken, Findings
from servicebook.metrics.json_files import cell, elements, whole
from servicebook.metrics.rules import UNREADABLE
from servicebook.metrics.table import Cell, FileTable, Spool
from servicebook.model.metric_source import MetricSource
from servicebook.source import Position


def read(
    engine: Engine, source: MetricSource, files: Sequence[tuple[int, MetricFile]], findings: Findings
) -> FileTable:
    """Incidents from `started_at` (else `created_at`) to `resolved_at`; all their fields serve `where`, `components` by name."""
    del source
    with Spool(engine) as spool:
        spool.announce(["started_at", "created_at", "resolved_at", "impact", "components"])
        for number, file in files:
            try:
                for line, incident in elements(whole(file.text), "incidents"):
                    spool.add(number, line, _fields(incident, line))
            except Broken as broken:
                findings.broken(file.path, broken)
            except ValueError as error:
                findings.add(UNREADABLE, Position(file.path), f"an incident {error}")
        return spool.finish()


def _fields(incident: object, line: int) -> Mapping[str, Cell]:
    if not isinstance(incident, dict):
        raise Broken(UNREADABLE, line, "an incident isn't an object")
    return {name: cell(value) for name, value in incident.items()}
