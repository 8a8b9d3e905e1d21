"""Upptime's `summary.json`: `dailyMinutesDown` of each monitored site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from servicebook.metrics.engine import Engine
from servicebook.metrics.files import MetricFile
from servicebook.metrics.findings import Broken, Findings
from servicebook.metrics.json_files import cell, elements, whole
from servicebook.metrics.rules import UNREADABLE
from servicebook.metrics.table import Cell, FileTable, Spool
from servicebook.model.metric_source import MetricSource
from servicebook.source import Position
from servicebook.timeline.zone import UnknownZone, local_date, next_day, zone

_DOWN = "dailyMinutesDown"


def read(
    engine: Engine, source: MetricSource, files: Sequence[tuple[int, MetricFile]], findings: Findings
) -> FileTable:
    """One row for each site and day; a day that isn't named between `from` and `complete_to` had no downtime."""
    with Spool(engine) as spool:
        spool.announce(["date", "minutes", "slug"])
        for number, file in files:
            try:
                for line, site in elements(whole(file.text)):
                    for row in _rows(site, source, line):
                        spool.add(number, line, row)
            except Broken as broken:
                findings.broken(file.path, broken)
            except ValueError as error:
                findings.add(UNREADABLE, Position(file.path), f"a site {error}")
        return spool.finish()


def _rows(site: object, source: MetricSource, line: int) -> Iterator[Mapping[str, Cell]]:
    if not isinstance(site, dict):
        raise Broken(UNREADABLE, line, "a site isn't an object")
    named = site.get(_DOWN) or {}
    if not isinstance(named, dict):
        raise Broken(UNREADABLE, line, f"'{_DOWN}' isn't an object of days and minutes")
    shared = {name: cell(value) for name, value in site.items() if name not in (_DOWN, "date", "minutes")}
    for day, minutes in named.items():
        yield {**shared, "date": day, "minutes": cell(minutes)}
    for day in _days(source):
        if day.isoformat() not in named:
            yield {**shared, "date": day.isoformat(), "minutes": "0"}


def _days(source: MetricSource) -> Iterator[date]:
    """The local days between `from` and `complete_to`, those that they touch included."""
    if source.from_ is None or source.complete_to is None:
        return
    try:
        own = zone(source.time_zone or "UTC")
    except UnknownZone:
        return
    end = min(source.complete_to, source.complete_to if source.until is None else source.until)
    if source.from_ >= end:
        return
    day, last = local_date(source.from_, own), local_date(end - 1, own)
    while day < last:
        yield day
        day = next_day(day)
    yield last
