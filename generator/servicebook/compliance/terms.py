"""The terms of an agreement after `extends`: what holds for it, and when each entry of a target is in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from servicebook.model.agreement import Agreement, Maintenance
from servicebook.model.catalogue import ROUND_THE_CLOCK, Catalogue
from servicebook.model.common import Reference
from servicebook.model.target import Target
from servicebook.source import Position
from servicebook.timeline.calendar import Calendar
from servicebook.timeline.calendar import round_the_clock as round_the_clock_calendar
from servicebook.timeline.zone import start_of_day, zone

ENDLESS = 253_370_764_800_000_000
"""9999-01-01T00:00Z: the end of terms that have none, in microseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a target, with the hours and zone that it is judged in."""

    target: Target
    owner: str
    """Id of the agreement whose file it stands in: another one's when it is inherited."""
    zone_name: str
    calendar: Calendar
    calendar_id: str
    """`round-the-clock` when no calendar is named."""
    own_start: date | None
    """The entry's own `from`; None: from the beginning of the agreement."""
    own_end: date | None
    """The entry's own `until`, else the next entry's `from`; None: to the end of the agreement."""

    @property
    def zone(self) -> ZoneInfo:
        """The target's time zone."""
        return zone(self.zone_name)

    def in_force(self, start: int, end: int) -> tuple[int, int]:
        """The part of [start, end) in which this entry holds; empty (start >= end) where it doesn't."""
        if self.own_start is not None:
            start = max(start, start_of_day(self.own_start, self.zone))
        if self.own_end is not None:
            end = min(end, start_of_day(self.own_end, self.zone))
        return start, end


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds between the parties of an agreement, inherited terms included."""

    agreement: Agreement
    zone_name: str
    """The agreement's zone, of its dates: its `time_zone`, else that of its `hours`, else UTC."""
    hours: Reference | None
    maintenance: Maintenance | None
    targets: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    """Entries by target id, sorted by id; entries in the order of their `from`."""
    inherited: Mapping[str, str] = field(default_factory=dict)
    """Which key (`time_zone`, `hours`, `maintenance`) comes from which other agreement; targets say so by `owner`."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries of all targets."""
        return tuple(entry for entries in self.targets.values() for entry in entries)


def resolve(catalogue: Catalogue, agreement: Agreement) -> Terms:
    """Work out an agreement's terms.

    `extends` takes over `time_zone`, `hours`, `maintenance` and `targets`; a key that the agreement writes itself
    replaces the inherited one whole, and all inherited entries of a target id that it defines. Parties, dates,
    signatures, version, renewal and exclusions are never taken over. Dates of the base don't limit the inheriting
    agreement; those of an inherited target do. Unknown references and cycles are passed over: `checks` reports them.
    """
    line = ancestry(catalogue, agreement)
    owners = {
        "time_zone": _owner(line, lambda a: a.time_zone),
        "hours": _owner(line, lambda a: a.hours),
        "maintenance": _owner(line, lambda a: a.maintenance),
    }
    time_zone = owners["time_zone"].time_zone if owners["time_zone"] else None
    hours = owners["hours"].hours if owners["hours"] else None
    maintenance = owners["maintenance"].maintenance if owners["maintenance"] else None
    zone_name = _zone_name(catalogue, time_zone, hours)
    targets: dict[str, tuple[Entry, ...]] = {}
    for ancestor in reversed(line):
        for target_id, group in groupby(sorted(ancestor.targets, key=lambda t: t.id), key=lambda t: t.id):
            ordered = sorted(group, key=lambda t: (t.from_ is not None, t.from_ or date.min))
            targets[target_id] = tuple(
                _entry(catalogue, target, following, ancestor.id, zone_name, hours)
                for target, following in zip(ordered, [*ordered[1:], None], strict=True)
            )
    return Terms(
        agreement=agreement,
        zone_name=zone_name,
        hours=hours,
        maintenance=maintenance,
        targets=dict(sorted(targets.items())),
        inherited={key: owner.id for key, owner in owners.items() if owner is not None and owner is not agreement},
    )


def ancestry(catalogue: Catalogue, agreement: Agreement) -> tuple[Agreement, ...]:
    """The agreement and those that it extends, nearest first; ends at an unknown one or where a cycle closes."""
    line = [agreement]
    while (base := line[-1].extends) is not None:
        following = catalogue.agreements.get(base.id)
        if following is None or following in line:
            break
        line.append(following)
    return tuple(line)


def calendar_in(catalogue: Catalogue, calendar_id: str, zone_name: str) -> Calendar:
    """A calendar by id; `round-the-clock` (and an unknown one, which `checks` reports) never closes."""
    entry = catalogue.calendars.get(calendar_id)
    if entry is None:
        return round_the_clock_calendar(zone(zone_name))
    return entry.in_zone(zone_name)


def span_of(terms: Terms) -> tuple[int, int]:
    """From when to when an agreement's terms hold, as instants.

    With a tacit renewal it stays in force past `until`, so `until` cuts nothing; `terminated` ends it at that midnight.
    """
    agreement = terms.agreement
    home = zone(terms.zone_name)
    start = start_of_day(agreement.from_, home)
    end = ENDLESS
    renews = agreement.renewal is not None and agreement.renewal.kind == "tacit"
    if agreement.until is not None and not renews:
        end = start_of_day(agreement.until, home)
    if agreement.terminated is not None:
        end = min(end, start_of_day(agreement.terminated, home))
    return start, end


def signed_on(agreement: Agreement) -> date | None:
    """The later of the two parties' signature dates; None unless both have one."""
    dates = []
    for party in (agreement.provider.id, agreement.customer.id):
        given = [s.date for s in agreement.signatures if s.party.id == party and s.date is not None]
        if not given:
            return None
        dates.append(min(given))
    return max(dates)


def _owner(line: tuple[Agreement, ...], key: Callable[[Agreement], object]) -> Agreement | None:
    """The nearest agreement that writes a key itself."""
    return next((agreement for agreement in line if key(agreement) is not None), None)


def _zone_name(catalogue: Catalogue, time_zone: str | None, hours: Reference | None) -> str:
    if time_zone is not None:
        return time_zone
    calendar = catalogue.calendars.get(hours.id) if hours is not None else None
    return (calendar.time_zone if calendar is not None else None) or "UTC"


def _entry(
    catalogue: Catalogue, target: Target, following: Target | None, owner: str, zone_name: str, hours: Reference | None
) -> Entry:
    named = target.hours or hours
    calendar_id = named.id if named is not None else ROUND_THE_CLOCK
    ends = [day for day in (target.until, following.from_ if following is not None else None) if day is not None]
    return Entry(
        target=target,
        owner=owner,
        zone_name=zone_name,
        calendar=calendar_in(catalogue, calendar_id, zone_name),
        calendar_id=calendar_id,
        own_start=target.from_,
        own_end=min(ends) if ends else None,
    )


def position_of(entry: Entry, key: str) -> Position:
    """Where a key of an entry stands."""
    return entry.target.places.of(key)
