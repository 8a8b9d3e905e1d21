"""Availability, reliability and the measures that count outages, from outage lists, probes and daily files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from servicebook.compliance.case import Case
from servicebook.compliance.figure import Figure, falling, ratio, rising, seconds
from servicebook.compliance.terms import Entry
from servicebook.model.measurement import DayOfDowntime, Kind, Outage, Records
from servicebook.model.metric_source import MetricSource
from servicebook.model.result import Budget, TimeLine, Verdict
from servicebook.model.target import Measure
from servicebook.timeline.interval import EMPTY, Intervals, Weighted


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What the source of an entry saw: where it looked, and what was down."""

    observed: Intervals
    down: Weighted
    """Outages by their impact; open ones as far as the list vouches."""
    rows: Callable[[Sequence[Case]], Sequence[int]]
    """The records behind each case."""
    outages: tuple[Outage, ...] = ()
    days: tuple[DayOfDowntime, ...] = ()


def observe(entry: Entry, source: MetricSource, records: Records) -> Observation:
    """Look at an entry's source."""
    match source.records:
        case Kind.OUTAGES:
            return _observe_list(entry, source, records)
        case Kind.PROBES:
            return _observe_probes(entry, source, records)
        case _:
            return _observe_days(entry, source, records)


def _observe_list(entry: Entry, source: MetricSource, records: Records) -> Observation:
    listed = records.outages(source.id, entry.target.where)
    outages = tuple(row for row in listed.outages if row.start < records.as_of)
    vouched_to = listed.vouched.end if listed.vouched else records.as_of

    def touching(cases: Sequence[Case]) -> Sequence[int]:
        return [
            sum(row.start < c.part.horizon and (row.end is None or row.end > c.part.start) for row in outages)
            for c in cases
        ]

    return Observation(
        observed=listed.vouched,
        down=Weighted((row.start, _end(row, vouched_to), row.impact) for row in outages),
        rows=touching,
        outages=outages,
    )


def _end(row: Outage, vouched_to: int) -> int:
    return row.end if row.end is not None else max(row.start, vouched_to)


def _observe_probes(entry: Entry, source: MetricSource, records: Records) -> Observation:
    target = entry.target
    probes = records.probes(source.id, target.where, down_after=target.down_after, up_after=target.up_after)
    return Observation(
        observed=probes.observed,
        down=Weighted((start, end, Fraction(1)) for start, end in probes.down),
        rows=lambda cases: probes.instants.counts([case.elapsed for case in cases]),
    )


def _observe_days(entry: Entry, source: MetricSource, records: Records) -> Observation:
    days = records.downtime(source.id, entry.target.where).days
    return Observation(
        observed=Intervals(day.span for day in days),
        down=Weighted(()),
        rows=lambda cases: [sum(1 for _ in _days_in(days, case)) for case in cases],
        days=days,
    )


def _days_in(days: Sequence[DayOfDowntime], case: Case) -> Iterator[DayOfDowntime]:
    return (day for day in days if day.span[0] < case.part.horizon and day.span[1] > case.part.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    """What counts in a case, and how much of it was down."""

    counted: Intervals
    looked_at: Intervals
    """The observed part of it."""
    coverage: Fraction | None
    absent: Verdict | None

    @property
    def unobserved(self) -> int:
        """Length of the counted time that nobody observed (with `unobserved: down|up` only)."""
        return self.counted.duration - self.looked_at.duration


def _count(case: Case, observed: Intervals) -> _Count:
    """counted = (service time − excluded) ∩ observed; all of it with `unobserved`."""
    net = case.now.net
    looked_at = net & observed
    vouched = observed.clip(case.part.start, case.part.horizon)
    absent = None
    if not vouched or (net and not looked_at):
        absent = Verdict.NO_DATA
    elif not net:
        absent = Verdict.NOTHING_TO_JUDGE
    return _Count(
        counted=looked_at if case.target.unobserved is None or absent is not None else net,
        looked_at=looked_at,
        coverage=ratio(Fraction(looked_at.duration), Fraction(net.duration)),
        absent=absent,
    )


def availability_figures(cases: Sequence[Case], seen: Observation) -> list[Figure]:
    """(counted − down) ÷ counted, each instant weighed by the greatest impact there."""
    return [_availability(case, seen, rows) for case, rows in zip(cases, seen.rows(cases), strict=True)]


def _availability(case: Case, seen: Observation, rows: int) -> Figure:
    count = _count(case, seen.observed)
    known_down = _down(case, seen, count.looked_at)
    down = known_down + (count.unobserved if case.target.unobserved == "down" else 0)
    counted = Fraction(count.counted.duration)
    whole = Fraction(case.whole.net.duration)
    level = case.scale.level
    has_figure = count.absent is None
    budget = best = None
    if has_figure and case.is_lower_limit:
        budget = Budget(total=seconds((1 - level) * whole), used=seconds(down))
        best = ratio(whole - known_down, whole)
    return Figure(
        value=ratio(counted - down, counted) if has_figure else None,
        absent=count.absent,
        numerator=seconds(counted - down),
        denominator=seconds(counted),
        numerator_unit="seconds",
        records=rows,
        coverage=count.coverage,
        best=best,
        budget=budget,
        time_line=_time_line(case, seen, count),
    )


def _down(case: Case, seen: Observation, counted: Intervals) -> Fraction:
    """Weighed downtime within the counted time; a day's minutes are at most its counted time."""
    placed = seen.down.weight_in(counted)
    daily = (min(day.weighted, Fraction(counted.clip(*day.span).duration)) for day in _days_in(seen.days, case))
    return placed + sum(daily, Fraction(0))


def _time_line(case: Case, seen: Observation, count: _Count, whole: Sequence[WholeOutage] = ()) -> TimeLine:
    down = tuple(
        (start, end, weight)
        for low, high, weight in seen.down.within(case.part.start, case.part.horizon)
        if weight > 0
        for start, end in count.looked_at.clip(low, high)
    )
    return TimeLine(
        down=down,
        maintenance=tuple(case.now.maintenance),
        listed=tuple(case.now.listed),
        unobserved=tuple(case.now.net - seen.observed),
        outages=tuple((*outage.span, outage.length) for outage in whole),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeOutage:
    """Outages that overlap or touch, taken as one."""

    span: tuple[int, int]
    """Clock time within the terms."""
    ends: int
    """The instant that says in which period it counts."""
    length: int
    """All its counted time since the target's first terms."""
    is_open: bool


def whole_outages(
    entries: Sequence[tuple[Entry, tuple[int, int], Observation]], counted: Intervals, as_of: int
) -> tuple[WholeOutage, ...]:
    """The outages of a target, each whole, over all its terms; one without counted time is none.

    `entries` come with the time in which they hold. Impact 0 is no outage; where the terms end, an outage ends with
    them; one that is still open at `as_of` belongs to the present.
    """
    spans = EMPTY
    still_open = EMPTY
    for _, (start, end), seen in entries:
        vouched_to = seen.observed.end if seen.observed else as_of
        rows = [row for row in seen.outages if row.impact > 0]
        spans = spans | Intervals((row.start, _end(row, vouched_to)) for row in rows).clip(start, end)
        if as_of <= end:
            lasting = ((row.start, _end(row, vouched_to)) for row in rows if row.end is None)
            still_open = still_open | Intervals(lasting).clip(start, end)
    found = []
    for start, end in spans:
        length = (counted.clip(start, end)).duration
        is_open = bool(still_open.clip(start, end)) and still_open.clip(start, end).end == end
        if length:
            ends = as_of if is_open else end
            found.append(WholeOutage(span=(start, end), ends=ends, length=length, is_open=is_open))
    return tuple(found)


def outage_figures(cases: Sequence[Case], seen: Observation, outages: Sequence[WholeOutage]) -> list[Figure]:
    """Outage count, longest outage, MTRS and MTBF: an outage counts in the period in which it ends."""
    figures = []
    for case, rows in zip(cases, seen.rows(cases), strict=True):
        mine = [outage for outage in outages if case.part.start < outage.ends <= case.part.horizon]
        figures.append(_outage_figure(case, seen, mine, rows))
    return figures


def _outage_figure(case: Case, seen: Observation, mine: Sequence[WholeOutage], rows: int) -> Figure:
    count = _count(case, seen.observed)
    ended = [outage for outage in mine if not outage.is_open]
    time_line = _time_line(case, seen, count, mine)
    measure = case.target.measure
    if measure in (Measure.MTRS, Measure.MTBF):
        return _mean_time(case, seen, count, mine, ended, rows)
    if measure is Measure.OUTAGE_COUNT:
        value, proven = Fraction(len(mine)), Fraction(len(ended))
    else:
        value = seconds(max((outage.length for outage in mine), default=0))
        proven = seconds(max((outage.length for outage in ended), default=0))
    elapsed, length = case.part.elapsed_share
    return Figure(
        value=None if count.absent else value,
        absent=count.absent,
        records=rows,
        count=Fraction(rows),
        coverage=count.coverage,
        best=rising(proven, is_lower_limit=case.is_lower_limit),
        pace=value * length / elapsed if measure is Measure.OUTAGE_COUNT else None,
        time_line=time_line,
    )


def _mean_time(
    case: Case, seen: Observation, count: _Count, mine: Sequence[WholeOutage], ended: Sequence[WholeOutage], rows: int
) -> Figure:
    number = Fraction(len(mine))
    best = None
    if case.target.measure is Measure.MTRS:
        numerator = seconds(sum(outage.length for outage in mine))
    else:
        down = (seen.down.union & count.looked_at).duration
        numerator = seconds(count.counted.duration - down)
        if ended:
            most = seconds(case.whole.net.duration - down) / len(ended)
            best = falling(most, is_lower_limit=case.is_lower_limit)
    absent = count.absent or (None if mine else Verdict.NOTHING_TO_JUDGE)
    return Figure(
        value=None if absent else ratio(numerator, number),
        absent=absent,
        numerator=numerator,
        denominator=number,
        numerator_unit="seconds",
        records=rows,
        count=number,
        coverage=count.coverage,
        best=best,
        time_line=_time_line(case, seen, count, mine),
    )


def counted_throughout(
    entries: Sequence[tuple[Entry, tuple[int, int], Observation]], net: Intervals, as_of: int
) -> Intervals:
    """All counted time of a target since its first terms; `net` is its service time less exclusions."""
    total = EMPTY
    for entry, (start, end), seen in entries:
        time = net.clip(start, min(end, as_of)) if start < min(end, as_of) else EMPTY
        total = total | (time & seen.observed if entry.target.unobserved is None else time)
    return total
