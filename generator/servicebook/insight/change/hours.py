"""Calendars compared by what they come to: the hours themselves, not how they are written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from servicebook.compliance.terms import calendar_in
from servicebook.model.catalogue import ROUND_THE_CLOCK, CalendarEntry, Catalogue
from servicebook.source import Position
from servicebook.timeline.calendar import Calendar, Holidays
from servicebook.timeline.zone import DAY, EARLIEST, LATEST

BEFORE, AFTER = 20 * 366 * DAY, 3 * 366 * DAY
"""How far back and ahead of `as_of` hours are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursChange:
    """How hours differ."""

    gained: bool
    """Some of the new hours weren't there before."""
    lost: bool
    first: int
    """The first instant at which they differ."""

    @property
    def direction(self) -> int:
        """Above zero for more hours, below for fewer, zero where some came and some went."""
        return int(self.gained) - int(self.lost)


@lru_cache(maxsize=4096)
def hours_change(old: Calendar, new: Calendar, start: int, as_of: int) -> HoursChange | None:
    """How hours differ from `start` (at most twenty years back) to three years after `as_of`; None where they don't."""
    if old == new:
        return None
    low = max(EARLIEST, as_of - BEFORE, min(start, as_of - DAY))
    high = min(LATEST, as_of + AFTER)
    before, after = old.hours(low, high), new.hours(low, high)
    gained, lost = after - before, before - after
    if not gained and not lost:
        return None
    first = min(piece.start for piece in (gained, lost) if piece)
    return HoursChange(gained=bool(gained), lost=bool(lost), first=first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A calendar as terms name it, with the zone that it takes where it has none."""

    catalogue: Catalogue
    id: str
    zone_name: str

    @property
    def entry(self) -> CalendarEntry | None:
        """Its file's content; None for the built-in one."""
        return self.catalogue.calendars.get(self.id)

    @property
    def calendar(self) -> Calendar:
        """The hours."""
        return calendar_in(self.catalogue, self.id, self.zone_name)


def place_of_hours(old: Named, new: Named) -> Position | None:
    """Where the new hours are written in the calendar's file; None where another calendar was named instead."""
    if old.id != new.id or old.entry is None or new.entry is None:
        return None
    if old.entry.weekly != new.entry.weekly:
        return new.entry.places.of("hours")
    if old.entry.holidays != new.entry.holidays:
        return new.entry.places.of("holidays")
    return new.entry.places.of("time_zone") if old.entry.time_zone != new.entry.time_zone else None


def hours_words(old: Named, new: Named) -> tuple[str, str]:
    """Both calendars in words: what they open, and zone and holidays as far as they tell them apart."""
    a, b = old.calendar, new.calendar
    zones, holidays = a.zone != b.zone and not (a.always or b.always), a.holidays != b.holidays
    return _words(old, zone=zones, holidays=holidays), _words(new, zone=zones, holidays=holidays)


def _words(named: Named, *, zone: bool, holidays: bool) -> str:
    entry = named.entry
    if entry is None:
        return ROUND_THE_CLOCK.replace("-", " ")
    parts = [", ".join(f"{days} {hours}" for days, hours in entry.hours_text)]
    if zone:
        parts.append(named.calendar.zone.key or "")
    if holidays:
        parts.append(_holidays(entry.holidays))
    return f"{named.id} ({'; '.join(part for part in parts if part)})"


def _holidays(holidays: Holidays | None) -> str:
    if holidays is None or not holidays.any_possible:
        return "no holidays"
    region = "-".join(part for part in (holidays.country, holidays.subdivision) if part)
    parts = [f"holidays of {region}" if region else "holidays"]
    if holidays.also:
        parts.append(f"{'also ' if region else ''}{', '.join(sorted(day.isoformat() for day in holidays.also))}")
    if holidays.except_:
        parts.append(f"except {', '.join(sorted(day.isoformat() for day in holidays.except_))}")
    return " ".join(parts)
