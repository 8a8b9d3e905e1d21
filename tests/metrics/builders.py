"""Small catalogues of metric files, written where they are used."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from servicebook.metrics import MetricStore, open_metrics
from servicebook.model.common import Places, Where
from servicebook.model.measurement import Kind
from servicebook.model.metric_source import Column, MetricSource
from servicebook.source import Position
from servicebook.timeline.interval import Intervals
from servicebook.timeline.zone import to_instant

DEFINITION = "data/metrics/s.yml"


def at(text: str) -> int:
    """The instant of an ISO 8601 time; UTC where it has no offset."""
    moment = datetime.fromisoformat(text)
    return to_instant(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def between(*texts: str) -> Intervals:
    """Intervals from `start/end` texts."""
    return Intervals((at(start), at(end)) for start, end in (text.split("/") for text in texts))


def where(**conditions: str | Sequence[str]) -> Where:
    """A row filter."""
    return Where(
        tuple(
            sorted((name, (texts,) if isinstance(texts, str) else tuple(texts)) for name, texts in conditions.items())
        )
    )


def column(*names: str, accepted: Sequence[str] | None = None) -> Column:
    """A mapped column; it stands on the definition's fifth line."""
    return Column(
        names=names, accepted=None if accepted is None else tuple(accepted), position=Position(DEFINITION, 5, 3)
    )


def source(records: Kind, files: Sequence[str], **more: Any) -> MetricSource:
    """A definition; columns as a mapping, every other key as the record has it."""
    columns = tuple(dict(more.pop("columns", {})).items())
    places = Places(
        position=Position(DEFINITION, 1, 1),
        keys=MappingProxyType({"files": Position(DEFINITION, 3, 8), "where": Position(DEFINITION, 4, 8)}),
    )
    if records is Kind.PROBES:
        more.setdefault("every", 60_000_000)
    return MetricSource(
        id="s", title="S", records=records, files=tuple(files), columns=columns, path=DEFINITION, places=places, **more
    )


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below data/metrics; text for a `.gz` is compressed."""
    for name, content in files.items():
        path = root / "data" / "metrics" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        raw = content.encode() if isinstance(content, str) else content
        path.write_bytes(gzip.compress(raw, mtime=0) if name.endswith(".gz") and isinstance(content, str) else raw)


def parquet(root: Path, name: str, query: str) -> None:
    """Write a Parquet file with the rows of a query."""
    path = root / "data" / "metrics" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as engine:
        engine.execute("SET TimeZone = 'UTC'")
        engine.sql(query).write_parquet(str(path))


@contextmanager
def opened(
    root: Path,
    records: Kind,
    files: Mapping[str, str | bytes],
    *,
    as_of: str = "2026-11-01T00:00",
    wanted: Sequence[Where] = (),
    limit: Fraction | None = None,
    announcements: bool = False,
    patterns: Sequence[str] | None = None,
    **more: Any,
) -> Iterator[MetricStore]:
    """A store with one source `s`, read."""
    (root / "data" / "metrics").mkdir(parents=True, exist_ok=True)
    write(root, files)
    definition = source(records, patterns if patterns is not None else sorted(files), **more)
    with open_metrics(
        root,
        {"s": definition},
        as_of=at(as_of),
        capacity_limits={} if limit is None else {"s": limit},
        wanted=[("s", each) for each in wanted],
        announcements=["s"] if announcements else [],
    ) as store:
        store.read_all()
        yield store


def found(store: MetricStore) -> list[str]:
    """Problems as `path:line rule ×count`, the folder left out; without the warning that lists declare no end."""
    return [
        f"{problem.position.path.removeprefix('data/metrics/')}:{problem.position.line} {problem.rule}"
        + (f" ×{problem.count}" if problem.count > 1 else "")
        for problem in store.problems
        if problem.rule != "metrics/no-declared-end"
    ]
