"""The page of what falls due: overdue things and those of the next ninety days, by who sees to them; open negotiations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from servicebook.insight.due import AHEAD, DueItem, Kind
from servicebook.rendering import dates, duties, links, negotiation
from servicebook.rendering.book import Book
from servicebook.rendering.page import Heading, Page
from servicebook.rendering.templating import make
from servicebook.rendering.wording import capital, in_words
from servicebook.texts import say, say_many
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
        listed.append(Heading(title=say("Open negotiations"), id="negotiations"))
    return make(
        book,
        "due.html",
        url=links.DUE,
        title=say("Due"),
        section="more",
        description=say("What falls due in the next ninety days, and what is overdue."),
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
        capital(
            say_many("%(words)s thing is overdue.", "%(words)s things are overdue.", overdue, words=in_words(overdue))
        )
        if overdue
        else say("Nothing is overdue.")
    )
    if not ahead:
        return late + " " + say("Nothing falls due up to %(day)s.", day=dates.day(last))
    words, day = in_words(ahead), dates.day(last)
    said = say_many(
        "%(words)s falls due up to %(day)s.", "%(words)s fall due up to %(day)s.", ahead, words=words, day=day
    )
    return f"{late} {capital(said)}"


def _shares(book: Book, items: list[DueItem]) -> tuple[Share, ...]:
    owners = dict.fromkeys(item.owner for item in items)
    made = [_share(book, owner, [item for item in items if item.owner == owner]) for owner in owners]
    return tuple(sorted(made, key=lambda share: (share.party is None, not share.overdue, share.title.casefold())))


def _share(book: Book, owner: str | None, items: list[DueItem]) -> Share:
    ordered = sorted(items, key=lambda item: (not item.is_overdue, item.day, item.key))
    return Share(
        id=f"of-{owner or _NOBODY}",
        party=owner,
        title=book.title("parties", owner) if owner is not None else say("Without an owner"),
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
        return say_many("for %(number)s\u00a0day", "for %(number)s\u00a0days", item.days_late)
    ahead = (item.day - item.today).days
    if ahead < 2:
        return say("tomorrow") if ahead else say("today")
    return say_many("in %(number)s\u00a0day", "in %(number)s\u00a0days", ahead)
