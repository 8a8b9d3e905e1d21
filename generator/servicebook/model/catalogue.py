"""The whole catalogue as its files say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from servicebook.model.agreement import Agreement
from servicebook.model.breach import BreachAccount
from servicebook.model.common import Places
from servicebook.model.metric_source import MetricSource
from servicebook.model.party import Party
from servicebook.model.planning import Improvement, Need
from servicebook.model.service import Service
from servicebook.model.wording import Wording
from servicebook.timeline.calendar import Calendar, Holidays
from servicebook.timeline.zone import zone

ROUND_THE_CLOCK = "round-the-clock"
"""The id of the built-in calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """A calendar as its file says it."""

    id: str
    title: str
    time_zone: str | None
    weekly: tuple[tuple[tuple[int, int], ...], ...]
    """Seven days, Monday first, each with its ranges in minutes of the wall clock (see `timeline.calendar`)."""
    holidays: Holidays | None = None
    hours_text: tuple[tuple[str, str], ...] = ()
    """Days and hours as written, for pages."""
    aliases: tuple[str, ...] = ()
    path: str = field(default="", compare=False)
    places: Places = field(compare=False)

    def in_zone(self, zone_name: str) -> Calendar:
        """The calendar with its own zone, else with the given one."""
        return Calendar(zone=zone(self.time_zone or zone_name), weekly=self.weekly, holidays=self.holidays)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything by id, ordered by id."""

    services: Mapping[str, Service]
    agreements: Mapping[str, Agreement]
    parties: Mapping[str, Party]
    calendars: Mapping[str, CalendarEntry]
    needs: Mapping[str, Need]
    improvements: Mapping[str, Improvement]
    sources: Mapping[str, MetricSource]
    breaches: Mapping[str, BreachAccount] = field(default_factory=lambda: MappingProxyType({}))
    wording: Mapping[str, Wording] = field(default_factory=lambda: MappingProxyType({}))
