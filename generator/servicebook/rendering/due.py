"""The page of what falls due: overdue things and those of the next ninety days, by who sees to them; open negotiations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from servicebook.insight.due import AHEAD, DueItem, Kind
from servicebook.rendering import dates, duties, links, negotiation
from servicebook.rendering.book import Book
from servicebook.rendering.page import Heading, Page
from servicebook.rendering.templating import make
from servicebook.rendering.wording import capital, count, in_words
from servicebook.timeline.zone import add_days, local_date

_NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something that is due."""

    day: date
    year_shown: bool
    overdue: bool
    what: str
    title: str
    address: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one owner has to see to: overdue first, then by day."""

    id: str
    party: str | None
    title: str
    duties: tuple[Duty, ...]

    @property
    def overdue(self) -> int:
        """How much of it is overdue."""
        return sum(duty.overdue for duty in self.duties)


def page(book: Book) -> Page:
    """`due/`."""
    items = [item for item in book.due if item.is_due]
    shares = _shares(book, items)
    today = local_date(book.site.as_of, book.utc)
    talks = negotiation.open_negotiations(book)
    listed = [Heading(title=share.title, id=share.id) for share in shares]
    if talks:
        listed.append(Heading(title="Open negotiations", id="negotiations"))
    return make(
        book,
        "due.html",
        url=links.DUE,
        title="Due",
        section="more",
        description="What falls due in the next ninety days, and what is overdue.",
        headings=tuple(listed),
        values={
            "lead": _lead(items, add_days(today, AHEAD)),
            "shares": shares,
            "chart": negotiation.chart(book, talks) if talks else None,
        },
    )


def _lead(items: list[DueItem], last: date) -> str:
    overdue = sum(item.is_overdue for item in items)
    ahead = len(items) - overdue
    late = (
        f"{capital(in_words(overdue))} {'thing is' if overdue == 1 else 'things are'} overdue."
        if overdue
        else "Nothing is overdue."
    )
    if not ahead:
        return f"{late} Nothing falls due up to {dates.day(last)}."
    return f"{late} {capital(in_words(ahead))} {'falls' if ahead == 1 else 'fall'} due up to {dates.day(last)}."


def _shares(book: Book, items: list[DueItem]) -> tuple[Share, ...]:
    owners = dict.fromkeys(item.owner for item in items)
    made = [_share(book, owner, [item for item in items if item.owner == owner]) for owner in owners]
    return tuple(sorted(made, key=lambda share: (share.party is None, not share.overdue, share.title.casefold())))


def _share(book: Book, owner: str | None, items: list[DueItem]) -> Share:
    ordered = sorted(items, key=lambda item: (not item.is_overdue, item.day, item.key))
    return Share(
        id=f"of-{owner or _NOBODY}",
        party=owner,
        title=book.title("parties", owner) if owner is not None else "Without an owner",
        duties=tuple(_duty(book, item) for item in ordered),
    )


def _duty(book: Book, item: DueItem) -> Duty:
    return Duty(
        day=item.day,
        year_shown=item.day.year != item.today.year,
        overdue=item.is_overdue,
        what=duties.what(book, item),
        title=duties.title(book, item),
        address=duties.address(item),
        note=_note(item),
    )


def _note(item: DueItem) -> str:
    if item.kind is Kind.MAINTENANCE:
        return duties.hours(item)
    if item.is_overdue:
        return f"for {count(item.days_late, 'day', 'days')}"
    ahead = (item.day - item.today).days
    return "today" if not ahead else "tomorrow" if ahead == 1 else f"in {count(ahead, 'day', 'days')}"
