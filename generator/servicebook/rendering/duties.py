"""What falls due, in words."""

from __future__ import annotations

from servicebook.insight.due import DueItem, Kind
from servicebook.rendering import dates, links
from servicebook.rendering.book import Book
from servicebook.rendering.wording import span_words
from servicebook.texts import say
from servicebook.timeline.zone import local_date, zone


def what(book: Book, item: DueItem) -> str:
    """What falls due, without the name of its agreement: `Review`, `Last day to give notice`."""
    match item.kind:
        case Kind.REVIEW:
            return say("Review")
        case Kind.NOTICE:
            return say("Last day to give notice")
        case Kind.RENEWAL:
            renewal = book.catalogue.agreements[item.subject].renewal
            term = renewal.term if renewal is not None else None
            if term is None:
                return say("Renews by itself")
            return say("Renews by itself for %(term)s", term=span_words(term.text))
        case Kind.END:
            terminated = book.catalogue.agreements[item.subject].terminated is not None
            return say("Ends by termination") if terminated else say("Ends")
        case Kind.BEGIN:
            return say("Begins")
        case Kind.SIGNATURES:
            return say("Is to begin, and isn't signed by both sides")
        case Kind.STEP:
            return say("Negotiation step: %(step)s", step=item.detail)
        case Kind.IMPROVEMENT:
            return say("Improvement")
        case Kind.MAINTENANCE:
            return say("Announced maintenance")


def title(book: Book, item: DueItem) -> str:
    """The name of the agreement or improvement."""
    kind = "improvements" if item.kind is Kind.IMPROVEMENT else "agreements"
    return book.title(kind, item.subject)


def address(item: DueItem) -> str:
    """Where it is written about."""
    if item.kind is Kind.IMPROVEMENT:
        return links.improvement(item.subject)
    if item.kind is Kind.STEP:
        return f"{links.agreement(item.subject)}#timetable"
    return links.agreement(item.subject)


def hours(item: DueItem) -> str:
    """From when to when maintenance lasts: `22:00–02:00 Berlin time`; with the last day where it goes on beyond the night."""
    if item.span is None:
        return ""
    home = zone(item.zone_name)
    start, end = item.span
    last = local_date(end, home)
    until = dates.clock(end, home)
    if (last - item.day).days > 1:
        until = say("%(time)s on %(day)s", time=until, day=dates.day(last))
    return f"{dates.clock(start, home)}–{until} {dates.zone_words(item.zone_name)}"
