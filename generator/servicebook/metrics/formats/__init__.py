"""Formats of neighbouring projects, read as they write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from servicebook.metrics.engine import Engine
from servicebook.metrics.files import MetricFile
from servicebook.metrics.findings import Findings
from servicebook.metrics.formats import cstate, statuspage, upptime
from servicebook.metrics.table import FileTable
from servicebook.model.measurement import Kind
from servicebook.model.metric_source import Column, MetricSource

Reader = Callable[[Engine, MetricSource, Sequence[tuple[int, MetricFile]], Findings], FileTable]


@dataclass(frozen=True, slots=True, kw_only=True)
class Native:
    """A format with columns of its own."""

    records: Kind
    read: Reader
    columns: Mapping[str, tuple[str, ...]]
    """Field of the record to the columns that it comes from; none: the field isn't there, whatever has its name."""
    in_utc: bool = False
    """Whether its times are UTC where the source names no zone."""


NATIVE: Mapping[str, Native] = MappingProxyType(
    {
        "upptime": Native(
            records=Kind.DOWNTIME,
            read=upptime.read,
            columns={"date": ("date",), "minutes": ("minutes",), "impact": ()},
            in_utc=True,
        ),
        "statuspage": Native(
            records=Kind.OUTAGES,
            read=statuspage.read,
            columns={
                "start": ("started_at", "created_at"),
                "end": ("resolved_at",),
                "impact": (),
                "planned": (),
                "announced": (),
            },
        ),
        "cstate": Native(
            records=Kind.OUTAGES,
            read=cstate.read,
            columns={"start": ("date",), "end": ("resolvedWhen",), "impact": (), "planned": (), "announced": ()},
        ),
    }
)


def with_columns(source: MetricSource) -> MetricSource:
    """The source with the columns of its format, where it doesn't name its own."""
    native = NATIVE.get(source.format)
    if native is None:
        return source
    own = dict(source.columns)
    position = source.places.of("format")
    added = tuple(
        (field, Column(names=names, position=position)) for field, names in native.columns.items() if field not in own
    )
    return replace(source, columns=(*source.columns, *added))
