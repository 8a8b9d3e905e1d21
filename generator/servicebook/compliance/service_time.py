"""Service time and what is excluded from it: agreed maintenance and listed exclusions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from servicebook.compliance.terms import Entry, Terms, calendar_in, span_of
from servicebook.model.agreement import Allowance, Maintenance, Notice
from servicebook.model.catalogue import Catalogue
from servicebook.model.measurement import Kind, Outage, Records
from servicebook.model.target import Measure, Target
from servicebook.timeline.interval import EMPTY, Intervals
from servicebook.timeline.period import periods
from servicebook.timeline.zone import shift_days


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTime:
    """Time of a target over all its terms that have begun, or of one part of it."""

    service: Intervals
    """The calendar's hours."""
    maintenance: Intervals
    """Agreed maintenance within the hours, outside listed exclusions."""
    listed: Intervals
    """Listed exclusions within the hours."""

    @property
    def excluded(self) -> Intervals:
        """Both kinds of exclusion."""
        return self.maintenance | self.listed

    @property
    def net(self) -> Intervals:
        """Service time less exclusions."""
        return self.service - self.excluded

    def clip(self, start: int, end: int) -> ServiceTime:
        """The part within [start, end)."""
        return ServiceTime(
            service=self.service.clip(start, end),
            maintenance=self.maintenance.clip(start, end),
            listed=self.listed.clip(start, end),
        )


def service_time(
    catalogue: Catalogue, terms: Terms, entries: Sequence[Entry], records: Records, horizon: int
) -> ServiceTime:
    """The service time of a target's entries, each in its own hours, up to `horizon` (which may lie after `as_of`)."""
    service = EMPTY
    for entry in entries:
        start, end = entry.in_force(*span_of(terms))
        end = min(end, horizon)
        if start < end:
            service = service | entry.calendar.hours(start, end)
    listed = service & Intervals((e.start, e.end) for e in terms.agreement.exclusions)
    maintenance = (service - listed) & _maintenance(catalogue, terms, entries, records, service - listed)
    return ServiceTime(service=service, maintenance=maintenance, listed=listed)


def _maintenance(
    catalogue: Catalogue, terms: Terms, entries: Sequence[Entry], records: Records, open_time: Intervals
) -> Intervals:
    """Planned work that the agreement excludes; entries of one target may differ in measure and source."""
    if not open_time:
        return EMPTY
    chosen = EMPTY
    agreed = EMPTY
    for entry in entries:
        start, end = entry.in_force(*span_of(terms))
        planned = planned_work(catalogue, terms.maintenance, entry.target, records)
        if entry.target.measure is Measure.RELIABILITY:
            chosen = chosen | _spans(planned).clip(start, end)
        elif terms.maintenance is not None:
            agreed = agreed | _agreed(catalogue, terms.maintenance, entry, planned, open_time).clip(start, end)
    if terms.maintenance is not None and terms.maintenance.allowance is not None:
        agreed = _within_allowance(agreed & open_time, terms.maintenance.allowance, entries[0])
    return chosen | agreed


def planned_work(
    catalogue: Catalogue, maintenance: Maintenance | None, target: Target, records: Records
) -> tuple[Outage, ...]:
    """The planned rows: of the agreement's announcements where it names them, else of the target's own outage list."""
    if maintenance is not None and maintenance.announcements is not None:
        named = maintenance.announcements
        rows = records.outages(named.source.id, named.where, announcements=True).outages
        return tuple(row for row in rows if row.planned)
    source = catalogue.sources.get(target.source.id) if target.source is not None else None
    if source is None or source.records is not Kind.OUTAGES:
        return ()
    return tuple(row for row in records.outages(source.id, target.where).outages if row.planned)


def known_end(outage: Outage) -> int | None:
    """Planned work that was announced by `as_of` is known to its planned end (None: it is open and has none)."""
    return outage.planned_end if outage.planned_end is not None and outage.end is None else outage.end


def work_ahead(catalogue: Catalogue, terms: Terms, records: Records) -> tuple[Outage, ...]:
    """Announced work that isn't over at `as_of`."""
    return announced_work(catalogue, terms, records, since=records.as_of)


def announced_work(catalogue: Catalogue, terms: Terms, records: Records, *, since: int) -> tuple[Outage, ...]:
    """Planned work that was announced by `as_of` and ends after `since`, for any target while that is in force; each once.

    In order of start and end; what several lists announce for the same time is one.
    """
    found: dict[tuple[int, int], Outage] = {}
    for entry in terms.entries:
        start, end = entry.in_force(*span_of(terms))
        for row in planned_work(catalogue, terms.maintenance, entry.target, records):
            until = known_end(row)
            if row.announced is None or until is None or until <= since:
                continue
            if row.start < end and start < until:
                found.setdefault((row.start, until), row)
    return tuple(row for _, row in sorted(found.items(), key=lambda item: item[0]))


def _spans(planned: Iterable[Outage]) -> Intervals:
    return Intervals((row.start, end) for row in planned if (end := known_end(row)) is not None)


def _agreed(
    catalogue: Catalogue, maintenance: Maintenance, entry: Entry, planned: Iterable[Outage], open_time: Intervals
) -> Intervals:
    announced = _spans(row for row in planned if has_notice(row, maintenance.notice, entry))
    if maintenance.windows is None or not announced:
        return announced
    windows = calendar_in(catalogue, maintenance.windows.id, entry.zone_name)
    return announced & windows.hours(open_time.start, open_time.end)


def has_notice(row: Outage, notice: Notice | None, entry: Entry) -> bool:
    """Whether a planned outage was announced early enough: in elapsed time, or the same time of day so many local days before."""
    if notice is None:
        return True
    if row.announced is None:
        return False
    if notice.days is not None:
        return row.announced <= shift_days(row.start, entry.zone, -notice.days)
    return row.announced + (notice.microseconds or 0) <= row.start


def _within_allowance(planned: Intervals, allowance: Allowance, entry: Entry) -> Intervals:
    """The earliest maintenance of each period of the allowance, as much as it allows."""
    if not planned:
        return EMPTY
    kept: list[tuple[int, int]] = []
    for period in periods(allowance.per, entry.zone, planned.start, planned.end):
        left = allowance.microseconds
        for start, end in planned.clip(period.start, period.end):
            used = min(left, end - start)
            if used > 0:
                kept.append((start, start + used))
            left -= used
    return Intervals(kept)
