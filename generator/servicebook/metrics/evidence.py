"""Where figures come from: files, rows, and up to when."""

from __future__ import annotations

from servicebook.metrics import downtime, outages, probes
from servicebook.metrics.fields import FIELDS, INSTANT, Type
from servicebook.metrics.loaded import Loaded
from servicebook.metrics.series import bounds_of
from servicebook.model.common import Where
from servicebook.model.measurement import Evidence, FileEvidence, FileReport, Kind, SourceReport
from servicebook.timeline.interval import Intervals


def evidence(loaded: Loaded, where: Where) -> Evidence:
    """All files of the source, each with its rows that pass the filter."""
    rows = dict(
        loaded.engine.rows(
            f"SELECT file, count(*) FROM {loaded.table} WHERE keep AND {loaded.passing(where)} GROUP BY file"
        )
    )
    files = tuple(
        FileEvidence(path=file.path, sha256=file.sha256, rows=int(rows.get(number, 0)))
        for number, file in enumerate(loaded.files)
    )
    return Evidence(files=files, data_until=data_until(loaded))


def data_until(loaded: Loaded) -> int | None:
    """The latest instant that the source speaks of at or before `as_of`: its declared end, else its latest record."""
    high = bounds_of(loaded.source)[1]
    if high is not None:
        return min(high, loaded.as_of)
    return _extent(loaded)[1]


def _extent(loaded: Loaded) -> tuple[int | None, int | None]:
    """The first and latest instant of the rows that count and are known at `as_of`."""
    kind = loaded.source.records
    if kind is Kind.DOWNTIME:
        days = downtime.daily_record(loaded, Where()).days
        return (days[0].span[0], days[-1].span[1]) if days else (None, None)
    first = f"f_{INSTANT.get(kind, 'time')}"
    instants = [f"f_{field.name}" for field in FIELDS[kind] if field.type is Type.TIME and field.name != "announced"]
    instants += ["f_until"] if kind is Kind.VALUES else []
    known = ", ".join(f"max(CASE WHEN {name} <= {loaded.as_of} THEN {name} END)" for name in instants)
    low, *highs = loaded.engine.row(
        f"SELECT min({first}), {known} FROM {loaded.table} WHERE {loaded.use} AND {first} < {loaded.as_of}"
    )
    return low, max((high for high in highs if high is not None), default=None)


def report(loaded: Loaded) -> SourceReport:
    """What the data page says of the source."""
    files = tuple(FileReport(path=f.path, sha256=f.sha256, size=f.size, rows=f.rows) for f in loaded.files)
    kind = loaded.source.records
    known = "true" if kind is Kind.DOWNTIME else f"f_{INSTANT.get(kind, 'time')} < {loaded.as_of}"
    kept = loaded.engine.row(f"SELECT count(*) FROM {loaded.table} WHERE {loaded.use} AND {known}")[0]
    first, last = _extent(loaded)
    return SourceReport(
        source=loaded.source.id,
        files=files,
        rows=sum(file.rows for file in files),
        kept=int(kept),
        first=first,
        last=last,
        vouched=_vouched(loaded),
        columns=loaded.columns,
        problem_counts=loaded.findings.counts(),
    )


def _vouched(loaded: Loaded) -> Intervals:
    match loaded.source.records:
        case Kind.OUTAGES:
            return outages.vouched(loaded)
        case Kind.PROBES:
            return probes.observed(loaded, probes.states(loaded, Where()))
        case Kind.DOWNTIME:
            return Intervals(day.span for day in downtime.daily_record(loaded, Where()).days)
        case _:
            return Intervals()
