"""The metric files of a catalogue, behind the port that calculations ask."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

from servicebook.metrics import outages, probes, tickets
from servicebook.metrics.downtime import daily_record
from servicebook.metrics.engine import Engine
from servicebook.metrics.evidence import evidence, report
from servicebook.metrics.loaded import Loaded
from servicebook.metrics.loader import Loader
from servicebook.metrics.series import Instants, TableSeries
from servicebook.model.common import Where
from servicebook.model.measurement import (
    DailyRecord,
    Evidence,
    Kind,
    OutageList,
    ProbeRecord,
    SourceReport,
    TicketList,
)
from servicebook.model.metric_source import MetricSource
from servicebook.source import Problem, in_order


class MetricStore:
    """Implements `Records`; sources are read when they are first asked for. A context manager: it holds an engine and its files."""

    def __init__(
        self,
        root: Path,
        sources: Mapping[str, MetricSource],
        *,
        as_of: int,
        capacity_limits: Mapping[str, Fraction],
        wanted: Collection[tuple[str, Where]] = (),
        announcements: Collection[str] = (),
    ) -> None:
        self._engine = Engine()
        self._loader = Loader(self._engine, root, as_of, capacity_limits)
        self._sources, self._as_of, self._limits = sources, as_of, capacity_limits
        self._announcements = frozenset(announcements)
        self._wanted: dict[str, list[Where]] = {}
        for source, where in wanted:
            self._wanted.setdefault(source, []).append(where)
        self._loaded: dict[str, Loaded] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the engine; nothing can be asked any more."""
        self._engine.close()

    def read_all(self) -> None:
        """Read every source, so that all problems are known."""
        for source in sorted(self._sources):
            self._load(source)

    @property
    def as_of(self) -> int:
        """The instant after which nothing is known."""
        return self._as_of

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the sources that were read so far."""
        return in_order(problem for loaded in self._loaded.values() for problem in loaded.findings.problems)

    @property
    def files_read(self) -> frozenset[str]:
        """Paths of the files that the sources which were read so far name."""
        return frozenset(file.path for loaded in self._loaded.values() for file in loaded.files)

    def columns(self, source: str) -> tuple[str, ...]:
        """Names of all columns of a source's files."""
        return self._load(source).columns

    def matches(self, source: str, where: Where) -> int:
        """How many rows pass the source's own filter and this one."""
        loaded = self._load(source, where)
        return int(loaded.engine.row(f"SELECT count(*) FROM {loaded.table} WHERE keep AND {loaded.passing(where)}")[0])

    def texts(self, source: str, column: str, where: Where) -> frozenset[str]:
        """The texts of a column that some filter names, in the rows that pass the source's own filter and this one.

        Empty cells are none, and neither has a column that no filter names any.
        """
        loaded = self._load(source, where)
        if column not in loaded.filtered:
            return frozenset()
        cell = f"w{loaded.filtered[column]}"
        rows = loaded.engine.rows(
            f"SELECT DISTINCT {cell} FROM {loaded.table} WHERE keep AND {cell} IS NOT NULL AND {loaded.passing(where)}"
        )
        return frozenset(text for (text,) in rows)

    def report(self, source: str) -> SourceReport:
        """What the data page says of a source."""
        return report(self._load(source))

    def outages(self, source: str, where: Where, *, announcements: bool = False) -> OutageList:
        """Rows of an outage list; see `Records`."""
        loaded = self._load(source, where)
        return outages.announcement_list(loaded, where) if announcements else outages.outage_list(loaded, where)

    def probes(
        self, source: str, where: Where, *, down_after: int | None = None, up_after: int | None = None
    ) -> ProbeRecord:
        """Probes as intervals; see `Records`."""
        loaded = self._load(source, where)
        samples = probes.states(loaded, where)
        definition = loaded.source
        return ProbeRecord(
            down=probes.down(loaded, samples, down_after or definition.down_after, up_after or definition.up_after),
            observed=probes.observed(loaded, samples),
            instants=Instants(loaded, samples),
        )

    def downtime(self, source: str, where: Where) -> DailyRecord:
        """Days of a daily file; see `Records`."""
        return daily_record(self._load(source, where), where)

    def tickets(self, source: str, where: Where) -> TicketList:
        """Tickets; see `Records`."""
        return tickets.ticket_list(self._load(source, where), where)

    def series(self, source: str, where: Where) -> TableSeries:
        """Records with an instant; see `Records`."""
        return TableSeries(self._load(source, where), where, limit=self._limits.get(source))

    def evidence(self, source: str, where: Where) -> Evidence:
        """The files behind the figures of this source and filter."""
        return evidence(self._load(source, where), where)

    def _load(self, source: str, where: Where | None = None) -> Loaded:
        """The source's table; it is read again where a filter names a column that nobody had announced."""
        loaded = self._loaded.get(source)
        asked = {column for column, _ in where.conditions} if where is not None else set()
        if loaded is not None and asked <= set(loaded.filtered) | (asked - set(loaded.columns)):
            return loaded
        wheres = self._wanted.setdefault(source, [])
        if where is not None and where not in wheres:
            wheres.append(where)
        loaded = self._loader.load(self._sources[source], wheres)
        if loaded.source.records is Kind.TICKETS:
            tickets.check_pauses(loaded)
        if source in self._announcements:
            outages.report_open_announcements(loaded)
        self._loaded[source] = loaded
        return loaded
