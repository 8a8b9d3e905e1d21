"""What falls due, in words."""

from __future__ import annotations

from servicebook.insight.due import DueItem, Kind
from servicebook.rendering import dates, links
from servicebook.rendering.book import Book
from servicebook.timeline.zone import local_date, zone


def what(book: Book, item: DueItem) -> str:
    """What falls due, without the name of its agreement: `Review`, `Last day to give notice`."""
    match item.kind:
        case Kind.REVIEW:
            return "Review"
        case Kind.NOTICE:
            return "Last day to give notice"
        case Kind.RENEWAL:
            renewal = book.catalogue.agreements[item.subject].renewal
            term = renewal.term if renewal is not None else None
            return f"Renews by itself for {term.text}" if term is not None else "Renews by itself"
        case Kind.END:
            terminated = book.catalogue.agreements[item.subject].terminated is not None
            return "Ends by termination" if terminated else "Ends"
        case Kind.BEGIN:
            return "Begins"
        case Kind.SIGNATURES:
            return "Is to begin, and isn't signed by both sides"
        case Kind.STEP:
            return f"Negotiation step: {item.detail}"
        case Kind.IMPROVEMENT:
            return "Improvement"
        case Kind.MAINTENANCE:
            return "Announced maintenance"


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
        until = f"{until} on {dates.day(last)}"
    return f"{dates.clock(start, home)}–{until} {dates.zone_words(item.zone_name)}"
