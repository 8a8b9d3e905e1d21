"""Which fields each kind of record has, and how they read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType

from servicebook.model.measurement import Kind
from servicebook.model.metric_source import Column, MetricSource


class Type(Enum):
    """How a field reads."""

    TIME = auto()
    FLAG = auto()
    NUMBER = auto()
    COUNT = auto()
    """A number, or a yes or no that counts 1 or 0."""
    SHARE = auto()
    DURATION = auto()
    PAUSES = auto()
    DAY = auto()
    PERIOD = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a kind of record."""

    name: str
    type: Type
    required: bool = False


_TIME = Field("time", Type.TIME, required=True)

FIELDS: Mapping[Kind, tuple[Field, ...]] = MappingProxyType(
    {
        Kind.PROBES: (_TIME, Field("ok", Type.FLAG, required=True), Field("value", Type.NUMBER)),
        Kind.OUTAGES: (
            Field("start", Type.TIME, required=True),
            Field("end", Type.TIME),
            Field("planned", Type.FLAG),
            Field("announced", Type.TIME),
            Field("impact", Type.SHARE),
        ),
        Kind.DOWNTIME: (
            Field("date", Type.DAY, required=True),
            Field("minutes", Type.NUMBER, required=True),
            Field("impact", Type.SHARE),
        ),
        Kind.EVENTS: (_TIME, Field("good", Type.COUNT, required=True), Field("total", Type.NUMBER)),
        Kind.SAMPLES: (_TIME, Field("value", Type.NUMBER, required=True)),
        Kind.TICKETS: (
            Field("opened", Type.TIME, required=True),
            Field("responded", Type.TIME),
            Field("resolved", Type.TIME),
            Field("paused", Type.DURATION),
            Field("pauses", Type.PAUSES),
        ),
        Kind.VALUES: (
            Field("time", Type.TIME),
            Field("period", Type.PERIOD),
            Field("value", Type.NUMBER, required=True),
        ),
        Kind.SCORES: (_TIME, Field("score", Type.NUMBER, required=True)),
        Kind.USAGE: (_TIME, Field("used", Type.NUMBER, required=True), Field("capacity", Type.NUMBER)),
        Kind.LEDGER: (
            _TIME,
            Field("budget", Type.NUMBER),
            Field("actual", Type.NUMBER),
            Field("currency", Type.TEXT, required=True),
        ),
    }
)

INSTANT: Mapping[Kind, str] = MappingProxyType({Kind.OUTAGES: "start", Kind.TICKETS: "opened", Kind.DOWNTIME: "date"})
"""The field that places a record; `time` of the other kinds."""


def column_of(source: MetricSource, name: str) -> Column:
    """Where a field comes from: what the definition maps, else the column of its own name."""
    for field, column in source.columns:
        if field == name:
            return column
    return Column(names=(name,), position=source.places.of("columns"))


def is_mapped(source: MetricSource, name: str) -> bool:
    """Whether the definition says where the field comes from."""
    return any(field == name for field, _ in source.columns)
