"""The pages of calendars: the week, the holidays to come, and what uses them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from servicebook.model.agreement import Agreement
from servicebook.model.catalogue import CalendarEntry
from servicebook.rendering import drawings, hours, links
from servicebook.rendering.book import Book
from servicebook.rendering.page import Heading, Page
from servicebook.rendering.templating import make
from servicebook.rendering.wording import capital
from servicebook.texts import say
from servicebook.timeline.zone import local_date, zone

_DAYS = 366


def pages(book: Book) -> Iterator[Page]:
    """The list, then a page for each calendar."""
    yield make(
        book,
        "calendars.html",
        url=links.CALENDARS,
        title=say("Calendars"),
        section="more",
        description=say("Service hours, support hours and maintenance windows."),
        values={"calendars": list(book.catalogue.calendars.values())},
    )
    used = _users(book)
    yield from (_page(book, entry, used.get(entry.id, [])) for entry in book.catalogue.calendars.values())


def _users(book: Book) -> dict[str, list[Agreement]]:
    """Agreements by the calendars that their hours, targets or maintenance name."""
    found: dict[str, list[Agreement]] = {}
    for terms in book.site.terms.values():
        names = {entry.calendar_id for entry in terms.entries}
        if terms.hours is not None:
            names.add(terms.hours.id)
        if terms.maintenance is not None and terms.maintenance.windows is not None:
            names.add(terms.maintenance.windows.id)
        for name in names:
            found.setdefault(name, []).append(terms.agreement)
    return found


def _page(book: Book, entry: CalendarEntry, agreements: list[Agreement]) -> Page:
    home = zone(entry.time_zone or "UTC")
    words = hours.in_words(entry.weekly)
    services = [
        s
        for s in book.catalogue.services.values()
        if (s.hours is not None and s.hours.id == entry.id)
        or any(c.hours is not None and c.hours.id == entry.id for c in s.contacts)
    ]
    return make(
        book,
        "calendar.html",
        url=links.calendar(entry.id),
        title=entry.title,
        section="more",
        description=capital(words),
        headings=(
            Heading(title=say("The week"), id="week"),
            Heading(title=say("Holidays"), id="holidays"),
            Heading(title=say("Used by"), id="used-by"),
        ),
        edit_path=entry.path or None,
        aliases=tuple(links.calendar(alias) for alias in entry.aliases),
        zone=home,
        values={
            "c": entry,
            "drawing": drawings.week(entry.weekly, hours.days(), say("The week: %(words)s", words=words)),
            "holidays": _coming(entry, local_date(book.site.as_of, home)),
            "holiday_words": _holiday_words(entry),
            "services": services,
            "agreements": agreements,
        },
    )


def _coming(entry: CalendarEntry, today: date) -> list[date]:
    """Holidays of the next twelve months."""
    if entry.holidays is None:
        return []
    return [day for offset in range(_DAYS) if entry.holidays.on(day := today + timedelta(days=offset))]


def _holiday_words(entry: CalendarEntry) -> str:
    holidays = entry.holidays
    if holidays is None:
        return ""
    said = []
    if holidays.country is not None:
        place = f"{holidays.country}, {holidays.subdivision}" if holidays.subdivision else holidays.country
        said.append(say("the public holidays of %(place)s", place=place))
    if holidays.also:
        said.append(say("further days of our own"))
    if holidays.except_:
        said.append(say("some taken out"))
    return say("No hours on %(days)s.", days=", ".join(said))
