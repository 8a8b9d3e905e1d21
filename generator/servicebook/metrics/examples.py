"""The rows of examples, read by the same readers as metric files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from servicebook.insight.examples import Given, GivenOf, Trial
from servicebook.metrics.store import MetricStore
from servicebook.model.common import Places, Where
from servicebook.model.measurement import (
    DailyRecord,
    DayOfDowntime,
    Evidence,
    Kind,
    OutageList,
    ProbeRecord,
    Records,
    Series,
    TicketList,
)
from servicebook.model.metric_source import MetricSource
from servicebook.source import Position
from servicebook.timeline.interval import Intervals
from servicebook.timeline.zone import format_utc, local_date, next_day, start_of_day, zone

KINDS: Mapping[str, Kind] = {
    "outage": Kind.OUTAGES,
    "downtime": Kind.DOWNTIME,
    "probe": Kind.PROBES,
    "event": Kind.EVENTS,
    "sample": Kind.SAMPLES,
    "ticket": Kind.TICKETS,
    "value": Kind.VALUES,
    "score": Kind.SCORES,
    "usage": Kind.USAGE,
    "ledger": Kind.LEDGER,
}
_TIMED = frozenset({Kind.PROBES, Kind.EVENTS, Kind.SAMPLES, Kind.VALUES, Kind.SCORES, Kind.USAGE, Kind.LEDGER})
_ID = "example"
_EVERYTHING = Where()
_NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class _Replaced:
    """An example's rows instead of a source: they pass every `where` and vouch for all of `vouched`.

    Announced work is still that of the catalogue.
    """

    store: MetricStore
    real: Records
    vouched: Intervals
    zone: str

    @property
    def as_of(self) -> int:
        """Long after the period, so that nothing of it is open."""
        return self.store.as_of

    def outages(self, source: str, where: Where, *, announcements: bool = False) -> OutageList:
        """The given outages; announcements come from the real list."""
        if announcements:
            return self.real.outages(source, where, announcements=True)
        return replace(self.store.outages(_ID, _EVERYTHING), vouched=self.vouched, declares_end=True)

    def probes(
        self, source: str, where: Where, *, down_after: int | None = None, up_after: int | None = None
    ) -> ProbeRecord:
        """The given probes; nothing is unobserved."""
        probes = self.store.probes(_ID, _EVERYTHING, down_after=down_after, up_after=up_after)
        return replace(probes, observed=self.vouched)

    def downtime(self, source: str, where: Where) -> DailyRecord:
        """The given days; every other day is there without downtime."""
        given = {day.day: day for day in self.store.downtime(_ID, _EVERYTHING).days}
        home = zone(self.zone)
        days = []
        day, last = local_date(self.vouched.start, home), local_date(self.vouched.end - 1, home)
        while day <= last:
            following = next_day(day)
            span = (start_of_day(day, home), start_of_day(following, home))
            days.append(given.get(day) or DayOfDowntime(day=day, span=span, weighted=_NOTHING, rows=0))
            day = following
        return DailyRecord(days=tuple(days), zone=self.zone)

    def tickets(self, source: str, where: Where) -> TicketList:
        """The given tickets."""
        return self.store.tickets(_ID, _EVERYTHING)

    def series(self, source: str, where: Where) -> Series:
        """The given series."""
        return self.store.series(_ID, _EVERYTHING)

    def evidence(self, source: str, where: Where) -> Evidence:
        """No metric file stands behind an example."""
        return Evidence(files=(), data_until=None)


@contextmanager
def examples_given(real: Records) -> Iterator[GivenOf]:
    """A function that reads the rows of examples, one after the other; what it read is gone afterwards."""
    with TemporaryDirectory(prefix="servicebook-examples-") as folder:
        stores: list[MetricStore] = []

        def given_of(trial: Trial, source: MetricSource) -> Given:
            for store in stores:
                store.close()
            stores.clear()
            return _given(trial, source, real, Path(folder), stores)

        try:
            yield given_of
        finally:
            for store in stores:
                store.close()


def _given(trial: Trial, source: MetricSource, real: Records, root: Path, stores: list[MetricStore]) -> Given:
    rows = trial.example.given
    kinds = {KINDS[name] for name, _ in rows} or {source.records}
    start, end = trial.span
    if len(kinds) > 1:
        return Given(records=real, kind=source.records, fault="its records are of several kinds")
    (kind,) = kinds
    folder = root / "data" / "metrics"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "example.json").write_text(json.dumps([_row(value, kind, trial) for _, value in rows]), encoding="utf-8")
    store = MetricStore(
        root, {_ID: _definition(kind, source, trial)}, as_of=end, capacity_limits={}, wanted=[(_ID, _EVERYTHING)]
    )
    stores.append(store)
    if rows:
        store.read_all()
    faults = [problem.message for problem in store.problems if problem.is_error]
    records = _Replaced(store=store, real=real, vouched=Intervals.span(start, end), zone=trial.entry.zone_name)
    return Given(records=records, kind=kind, fault="; ".join(faults))


def _definition(kind: Kind, source: MetricSource, trial: Trial) -> MetricSource:
    return MetricSource(
        id=_ID,
        title="Example",
        records=kind,
        files=("example.json",),
        time_zone=trial.entry.zone_name,
        clock_changes=source.clock_changes,
        unit=source.unit,
        every=source.every if kind is Kind.PROBES else None,
        down_after=source.down_after,
        up_after=source.up_after,
        places=Places(position=Position(trial.example.position.path)),
    )


def _row(value: object, kind: Kind, trial: Trial) -> dict[str, object]:
    """A record as a row; one that doesn't say when it was lies at the beginning of the period's hours."""
    if isinstance(value, list):
        start, end = value
        return {"start": start, "end": end}
    if not isinstance(value, Mapping):
        raise TypeError(f"a record is a list or a mapping, not {type(value).__name__}")
    row = {str(name): _cell(cell) for name, cell in value.items()}
    if kind in _TIMED and not row.keys() & {"time", "period"}:
        row["time"] = format_utc(_beginning(trial))
    return row


def _beginning(trial: Trial) -> int:
    part = trial.part
    listed = Intervals((each.start, each.end) for each in trial.exclusions)
    hours = trial.entry.calendar.hours(part.start, part.end) - listed
    return hours.start if hours else part.start


def _cell(cell: object) -> object:
    return list(cell) if isinstance(cell, Iterable) and not isinstance(cell, str) else cell
