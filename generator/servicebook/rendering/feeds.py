"""Calendars in the form that calendar programs subscribe to (iCalendar, RFC 5545).

One for everything, one for each agreement and each party. An event keeps its UID from build to build, also where its
day is moved; its stamp is `as_of`, so that the same site gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, Timezone
from icalendar.enums import TRANSP

from servicebook.insight.due import DueItem
from servicebook.rendering import dates, duties, links
from servicebook.rendering.book import Book
from servicebook.rendering.page import Asset
from servicebook.texts import say
from servicebook.timeline.zone import local, zone

_DAY = timedelta(days=1)
_PRODUCER = "-//servicebook//service level management//EN"


def assets(book: Book) -> Iterator[Asset]:
    """`calendar.ics`, and one beside the page of each agreement and party."""
    yield _asset(book, "", book.site.name, book.due)
    improved = {plan.id: {aim.agreement.id for aim in plan.targets} for plan in book.catalogue.improvements.values()}
    for agreement in book.catalogue.agreements.values():
        own = [i for i in book.due if agreement.id == i.subject or agreement.id in improved.get(i.subject, ())]
        yield _asset(book, links.agreement(agreement.id), agreement.title, own)
    for party in book.catalogue.parties.values():
        concerned = [i for i in book.due if party.id in i.parties]
        yield _asset(book, links.party(party.id), party.title, concerned)


def _asset(book: Book, folder: str, title: str, items: Iterable[DueItem]) -> Asset:
    url = f"{folder}{links.CALENDAR_FILE}"
    made = Calendar.new(
        name=title if title == book.site.name else f"{title} – {book.site.name}",
        prodid=_PRODUCER,
        uid=f"{folder.replace('/', '.')}calendar@{host(book.site.name)}",
    )
    events = [_event(book, item) for item in items]
    for event in events:
        made.add_component(event)
    if not events:
        # A calendar holds at least one component, or it is none.
        made.add_component(Timezone.from_tzid("UTC"))
    return Asset(url=url, content=made.to_ical())


def _event(book: Book, item: DueItem) -> Event:
    start, end = item.day, item.day + _DAY
    if item.span is not None:
        start, end = (_moment(instant) for instant in item.span)
    said = duties.what(book, item)
    return Event.new(
        uid=f"{item.key}@{host(book.site.name)}",
        stamp=_moment(book.site.as_of),
        start=start,
        end=end,
        summary=f"{said}: {duties.title(book, item)}",
        description=_description(book, item),
        categories=(item.kind.value,),
        transparency=TRANSP.TRANSPARENT,
    )


def _description(book: Book, item: DueItem) -> str:
    said = []
    if item.done is not None:
        said.append(say("Done on %(day)s.", day=dates.day(item.done)))
    if item.is_overdue:
        said.append(say("Overdue."))
    if item.owner is not None:
        said.append(say("Seen to by %(party)s.", party=book.title("parties", item.owner)))
    others = sorted(book.title("parties", party) for party in item.parties if party != item.owner)
    if others:
        said.append(say("With %(parties)s.", parties=", ".join(others)))
    return " ".join(said)


def _moment(instant: int) -> datetime:
    """To the second, as calendars have it."""
    return local(instant, zone("UTC")).astimezone(UTC).replace(microsecond=0)


def host(name: str) -> str:
    """What makes ids of this catalogue differ from those of another: the site's name in plain letters."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in name.casefold()).split()
    return "-".join(words) or "servicebook"
