"""Records that stand for a source: a handful of rows, held in memory.

Examples in agreements and worked examples use them: they pass every `where`, and vouch for the whole time that
they are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from servicebook.compliance.series import nearest_rank
from servicebook.model.common import Where
from servicebook.model.measurement import (
    DailyRecord,
    DayOfDowntime,
    Evidence,
    Outage,
    OutageList,
    ProbeRecord,
    Ratio,
    Reading,
    Summary,
    Ticket,
    TicketList,
)
from servicebook.timeline.interval import Intervals


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a series: an instant, or the period [time, until) of a value."""

    time: int
    until: int | None = None
    value: Fraction = Fraction(0)
    """The value or score; good, actual or used where there are two."""
    other: Fraction = Fraction(1)
    """Total, budget or capacity."""
    currency: str = ""

    def lies_in(self, window: Intervals) -> bool:
        """Whether the row's instant, or its whole period, lies in one interval of the window."""
        if self.until is None:
            return window.contains(self.time)
        return any(start <= self.time and self.until <= end for start, end in window)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenSeries:
    """A series of rows."""

    rows: tuple[Row, ...]

    def _inside(self, windows: Sequence[Intervals]) -> list[list[Row]]:
        return [[row for row in self.rows if row.lies_in(window)] for window in windows]

    def counts(self, windows: Sequence[Intervals]) -> Sequence[int]:
        """How many rows lie in each window."""
        return [len(rows) for rows in self._inside(windows)]

    def ratios(self, windows: Sequence[Intervals]) -> Sequence[Ratio]:
        """Sums of both columns."""
        return [
            Ratio(
                numerator=sum((row.value for row in rows), Fraction(0)),
                denominator=sum((row.other for row in rows), Fraction(0)),
                records=len(rows),
                currencies=tuple(sorted({row.currency for row in rows})),
            )
            for rows in self._inside(windows)
        ]

    def summaries(
        self,
        windows: Sequence[Intervals],
        *,
        percentile: Fraction | None = None,
        limit: Fraction | None = None,
        at_least: bool = False,
    ) -> Sequence[Summary]:
        """Statistics of the values."""
        return [_summary([row.value for row in rows], percentile, limit, at_least) for rows in self._inside(windows)]

    def readings(self, windows: Sequence[Intervals]) -> Sequence[Sequence[Reading]]:
        """Each row as a reading of its own."""
        return [[Reading(row.value, row.other, 1) for row in rows] for rows in self._inside(windows)]

    def extent(self) -> tuple[int, int] | None:
        """The first and last instant."""
        times = [row.time for row in self.rows]
        return (min(times), max(times)) if times else None


def _summary(values: list[Fraction], percentile: Fraction | None, limit: Fraction | None, at_least: bool) -> Summary:
    number = len(values)
    if not number:
        return Summary(records=0)
    ranked = sorted(values)
    middle = (ranked[(number - 1) // 2] + ranked[number // 2]) / 2
    within = [v for v in ranked if limit is not None and (v >= limit if at_least else v <= limit)]
    return Summary(
        records=number,
        total=sum(ranked, Fraction(0)),
        minimum=ranked[0],
        maximum=ranked[-1],
        median=middle,
        percentile=None if percentile is None else nearest_rank([(v, 1) for v in ranked], percentile, number),
        within=len(within),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenRecords:
    """Every source, whatever its id and filter, has these rows."""

    as_of: int
    vouched: Intervals
    outage_rows: tuple[Outage, ...] = ()
    announced_rows: tuple[Outage, ...] = ()
    down: Intervals = Intervals()
    """For probes."""
    days: tuple[DayOfDowntime, ...] = ()
    ticket_rows: tuple[Ticket, ...] = ()
    rows: tuple[Row, ...] = ()
    zone: str = "UTC"
    origin: Evidence = field(default=Evidence(files=(), data_until=None))

    def outages(self, source: str, where: Where, *, announcements: bool = False) -> OutageList:
        """The outages, or the announced work."""
        chosen = self.announced_rows if announcements else self.outage_rows
        return OutageList(outages=chosen, vouched=self.vouched, declares_end=True)

    def probes(
        self, source: str, where: Where, *, down_after: int | None = None, up_after: int | None = None
    ) -> ProbeRecord:
        """Outages serve for probes too; a run has no say here."""
        closed = Intervals((row.start, row.end) for row in self.outage_rows if row.end is not None)
        return ProbeRecord(down=self.down | closed, observed=self.vouched, instants=GivenSeries(rows=self.rows))

    def downtime(self, source: str, where: Where) -> DailyRecord:
        """The days."""
        return DailyRecord(days=self.days, zone=self.zone)

    def tickets(self, source: str, where: Where) -> TicketList:
        """The tickets."""
        return TicketList(tickets=self.ticket_rows, known_to=self.as_of)

    def series(self, source: str, where: Where) -> GivenSeries:
        """The rows."""
        return GivenSeries(rows=self.rows)

    def evidence(self, source: str, where: Where) -> Evidence:
        """No file stands behind given rows."""
        return self.origin
