"""When a service runs, and when somebody answers: hours in a line, with what a script needs to say whether they run now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from servicebook.model.catalogue import CalendarEntry
from servicebook.model.service import Service
from servicebook.rendering import dates, hours, links
from servicebook.rendering.book import Book
from servicebook.rendering.wording import capital
from servicebook.texts import say
from servicebook.timeline.zone import DAY, format_utc, zone

_KNOWN_AHEAD = 16 * DAY
Span = tuple[str, str, str, str]
"""A stretch of open hours: its start and end, how its end reads and how its start does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Hours in a line."""

    calendar: str
    """Id of the calendar whose page tells of holidays; empty where there is none."""
    words: str
    zone: str
    spans: tuple[Span, ...]
    """The hours of the coming days; a page that is older says nothing of "now"."""
    open: str
    closed: str


def lines(book: Book, service: Service) -> Iterator[Opening]:
    """The hours of the service, and those in which incidents are answered where they are others."""
    own = service.hours.id if service.hours is not None else ""
    if own and not links.has_calendar_page(own):
        yield Opening(calendar="", words=say("Open day and night"), zone="", spans=(), open="", closed="")
    entry = book.catalogue.calendars.get(own)
    if entry is not None:
        words = capital(hours.in_words(entry.weekly))
        yield _line(book, entry, words, (say("Open now until"), say("Closed now")))
    help_ = next((c.hours.id for c in service.contacts if c.purpose == "incidents" and c.hours is not None), own)
    entry = book.catalogue.calendars.get(help_)
    if entry is not None and help_ != own:
        words = say("Help: %(hours)s", hours=hours.in_words(entry.weekly))
        yield _line(book, entry, words, (say("Help now until"), say("No help now")))


def _line(book: Book, entry: CalendarEntry, words: str, said: tuple[str, str]) -> Opening:
    home = zone(entry.time_zone) if entry.time_zone else None
    return Opening(
        calendar=entry.id,
        words=words,
        zone=dates.zone_words(entry.time_zone) if entry.time_zone else "",
        spans=_spans(book, entry, home) if home is not None else (),
        open=said[0],
        closed=said[1],
    )


def _spans(book: Book, entry: CalendarEntry, home: ZoneInfo) -> tuple[Span, ...]:
    calendar = entry.in_zone(home.key)
    if calendar.always:
        return ()
    start = book.site.as_of - DAY
    open_hours = calendar.hours(start, start + _KNOWN_AHEAD)
    return tuple(
        (format_utc(low), format_utc(high), dates.clock(high, home), dates.weekday_clock(low, home))
        for low, high in open_hours
    )
