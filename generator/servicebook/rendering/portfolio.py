"""The portfolio: every service from its proposal to its retirement, and which are fit for a pilot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from servicebook.insight.pilot import Condition, fitness
from servicebook.model.service import Service, Stage
from servicebook.rendering import links
from servicebook.rendering.book import Book
from servicebook.rendering.page import Heading, Page
from servicebook.rendering.templating import make
from servicebook.texts import say
from servicebook.timeline.zone import local_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A service in its stage."""

    service: Service
    since: date | None
    """The day on which the stage began, where its file says so."""
    next_stage: str
    """The stage that is planned next; empty where none is."""
    next_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A service that runs, held against the conditions of a pilot."""

    service: str
    cells: tuple[bool, ...]
    """In the order of the conditions."""
    is_fit: bool


def pages(book: Book) -> Iterator[Page]:
    """`portfolio/`."""
    services = sorted(book.catalogue.services.values(), key=lambda s: s.title.casefold())
    if not services:
        return
    today = local_date(book.site.as_of, book.utc)
    stages = [(stage, [_card(s, today) for s in services if s.stage is stage]) for stage in Stage]
    measured = {name for name, report in book.site.reports.items() if report.kept}
    rows = [
        Row(service=each.service, cells=tuple(c in each.met for c in Condition), is_fit=each.is_fit)
        for each in fitness(book.catalogue, measured)
    ]
    yield make(
        book,
        "portfolio.html",
        url=links.PORTFOLIO,
        title=say("Portfolio"),
        section="more",
        description=say("Services from their proposal to their retirement, and which are fit for a pilot."),
        headings=(
            Heading(title=say("From proposal to retirement"), id="stages"),
            Heading(title=say("Fit for a pilot"), id="pilot"),
        ),
        values={"stages": stages, "conditions": [say(str(each)) for each in Condition], "rows": rows},
    )


def _card(service: Service, today: date) -> Card:
    begun = [day for stage, day in service.stages if stage is service.stage and day <= today]
    ahead = sorted((day, stage) for stage, day in service.stages if day > today)
    return Card(
        service=service,
        since=max(begun, default=None),
        next_stage=say(ahead[0][1].value) if ahead else "",
        next_day=ahead[0][0] if ahead else None,
    )
