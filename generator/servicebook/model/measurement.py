"""What metric files are reduced to, and the port through which a calculation asks for it.

`metrics` implements `Records` on its engine; an example in an agreement implements it on a
handful of rows. The calculation knows neither. Instants and durations are UTC microseconds.
Everything that a `Records` gives is bounded by its `as_of`: records at or after it aren't
there, a ticket resolved later is open, an outage or pause that ends later has no end yet.
Rows that are data problems are in nothing that it gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from servicebook.model.common import Where
from servicebook.source import Position
from servicebook.timeline.interval import Intervals


class Kind(StrEnum):
    """The ten kinds of record."""

    PROBES = "probes"
    OUTAGES = "outages"
    DOWNTIME = "downtime"
    EVENTS = "events"
    SAMPLES = "samples"
    TICKETS = "tickets"
    VALUES = "values"
    SCORES = "scores"
    USAGE = "usage"
    LEDGER = "ledger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A row of an outage list; every one has a length above zero."""

    start: int
    end: int | None
    """None while it is open at `as_of` (a planned one keeps its planned end in `planned_end`)."""
    planned_end: int | None = None
    """The end as the file has it, even after `as_of`."""
    planned: bool = False
    announced: int | None = None
    impact: Fraction = Fraction(1)
    origin: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageList:
    """The rows of an outage list that pass a `where`, and what the whole list (before that `where`) vouches for."""

    outages: tuple[Outage, ...]
    """Ordered by start; planned rows that lie ahead too (start at or after `as_of`, announced at or before it, with an end)."""
    vouched: Intervals
    """From `from`, else the first start; to the earlier of `until` and `complete_to`; else to `as_of` if an outage is
    still open; else to the latest end. Never past `as_of`."""
    declares_end: bool
    """Whether `complete_to` or `until` is declared."""
    first: int | None = None
    """The first start and latest end of the rows that pass the `where` (for back-tests)."""
    last: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeRecord:
    """Probes that pass a `where`, reduced to time."""

    down: Intervals
    """Where the state is down, from the sample that starts it to the sample that ends it (unobserved gaps included)."""
    observed: Intervals
    """From each sample to the next or for `every` × `tolerance`, whichever is shorter, within the declared bounds and `as_of`."""
    instants: CountsRows
    """Counts probes by their instants."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfDowntime:
    """The rows of one day of a daily file."""

    day: date
    span: tuple[int, int]
    """The source's local day, cut to the declared bounds and `as_of`."""
    weighted: Fraction
    """Σ minutes × impact of the day's rows, in microseconds (not yet bounded by the day's counted time)."""
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyRecord:
    """A daily file's days that pass a `where`, ordered by day."""

    days: tuple[DayOfDowntime, ...]
    zone: str
    """The source's time zone: the target has to have it too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A ticket as it was known at `as_of`."""

    opened: int
    responded: int | None
    """Where the file has no response, the resolution answers."""
    resolved: int | None
    paused: int | None = None
    """A bare length; shortens the resolution only."""
    pauses: Intervals = Intervals()
    origin: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketList:
    """Tickets that pass a `where`, in the order of their rows."""

    tickets: tuple[Ticket, ...]
    known_to: int
    """`as_of`, or `complete_to` or `until` where that is earlier: a ticket not answered by then is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """Sums of a window: good and total of events, actual and budget of a ledger."""

    numerator: Fraction
    denominator: Fraction
    records: int
    currencies: tuple[str, ...] = ()
    """Of a ledger: those of the records, sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The values of a window. With `records` 0 every statistic is None."""

    records: int
    total: Fraction = Fraction(0)
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    median: Fraction | None = None
    """Of an even number the mean of the middle two."""
    percentile: Fraction | None = None
    """Nearest rank: the smallest value with at least p of the records at or below it."""
    within: int = 0
    """How many are at or below (for `at_least`: at or above) the limit."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A distinct reading of usage and how often it occurs in the window."""

    used: Fraction
    capacity: Fraction
    count: int


class CountsRows(Protocol):
    """Counts rows by their instants."""

    def counts(self, windows: Sequence[Intervals]) -> Sequence[int]:
        """How many records lie in each window."""
        ...


class Series(CountsRows, Protocol):
    """Records with an instant (or, of values, a period: it lies in a window when it lies wholly in one of its intervals).

    All methods take many windows at once, one for each period that is worked out, so that an engine
    answers them in one query. A row that several windows hold counts in each.
    """

    def ratios(self, windows: Sequence[Intervals]) -> Sequence[Ratio]:
        """Sums of events (good, total) or of a ledger (actual, budget)."""
        ...

    def summaries(
        self,
        windows: Sequence[Intervals],
        *,
        percentile: Fraction | None = None,
        limit: Fraction | None = None,
        at_least: bool = False,
    ) -> Sequence[Summary]:
        """Statistics of samples, probe values, scores or values, exact, in the unit of the file."""
        ...

    def readings(self, windows: Sequence[Intervals]) -> Sequence[Sequence[Reading]]:
        """Distinct readings of usage, each with its capacity (a row's own, else the service's `limit`)."""
        ...

    def extent(self) -> tuple[int, int] | None:
        """The first and last instant (for back-tests); None without a record."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEvidence:
    """A metric file that a figure was made of."""

    path: str
    sha256: str
    rows: int
    """Its rows that pass the target's `where`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Which files stand behind a figure."""

    files: tuple[FileEvidence, ...]
    data_until: int | None
    """The latest instant that the source speaks of at or before `as_of`: its declared end, else its latest record."""


class Records(Protocol):
    """Everything that a calculation may ask of the metric files, as known at `as_of`."""

    @property
    def as_of(self) -> int:
        """The instant after which nothing is known."""
        ...

    def outages(self, source: str, where: Where, *, announcements: bool = False) -> OutageList:
        """Rows of an outage list. With `announcements` the list serves as one: its rows are planned unless the column says
        no, whatever their impact; it vouches for nothing; its bounds leave no row out; planned ends after `as_of` and rows
        ahead are kept when they were announced at or before `as_of`.
        """
        ...

    def probes(
        self, source: str, where: Where, *, down_after: int | None = None, up_after: int | None = None
    ) -> ProbeRecord:
        """Probes as intervals; None takes the source's default."""
        ...

    def downtime(self, source: str, where: Where) -> DailyRecord:
        """Days of a daily file."""
        ...

    def tickets(self, source: str, where: Where) -> TicketList:
        """Tickets."""
        ...

    def series(self, source: str, where: Where) -> Series:
        """Events, samples, probes with a value, values, scores, usage, ledger; within the source's declared bounds."""
        ...

    def evidence(self, source: str, where: Where) -> Evidence:
        """The files behind the figures of this source and filter."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """A metric file as it was read."""

    path: str
    sha256: str
    size: int
    """Bytes as it lies there."""
    rows: int
    """Rows in the file, before any filter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """What the data page says of a source."""

    source: str
    files: tuple[FileReport, ...]
    rows: int
    """Rows in its files."""
    kept: int
    """Rows that pass the source's own `where`, hold no data problem and are known at `as_of`."""
    first: int | None
    """Instant of the first and of the latest record that is kept."""
    last: int | None
    vouched: Intervals
    """What the source vouches for as a whole (probes: all its samples together); empty for kinds that vouch throughout."""
    columns: tuple[str, ...]
    """Names of all columns of its files."""
    problem_counts: tuple[tuple[str, int], ...]
    """Rule and number of rows, of the data problems that are counted in no figure or only informed of."""
