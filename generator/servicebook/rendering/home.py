"""The home page: what there is, how it stands, what was kept, what happened lately, what is coming."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from servicebook.model.result import Verdict
from servicebook.model.service import ServiceType, Stage
from servicebook.rendering import happenings, head_links, links, viewers
from servicebook.rendering.book import WORST_FINISHED, Book
from servicebook.rendering.page import Page
from servicebook.rendering.promises import counted_words
from servicebook.rendering.services import grouped
from servicebook.rendering.templating import make
from servicebook.rendering.wording import capital
from servicebook.texts import say
from servicebook.timeline.zone import local_date

_HIDDEN = (Stage.RETIRED, Stage.PROPOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How many promises were kept in the newest finished month."""

    period: str
    met: int
    total: int
    rest: str


def page(book: Book) -> Page:
    """The home page."""
    services = [s for s in book.catalogue.services.values() if s.stage not in _HIDDEN]
    facing = [s for s in services if s.type is ServiceType.CUSTOMER_FACING] or services
    today = local_date(book.site.as_of, book.utc)
    groups = grouped(book, facing)
    return make(
        book,
        "home.html",
        url=links.HOME,
        title=say("Home"),
        section="",
        description=say("Services, agreements and results of %(name)s.", name=book.site.name),
        named=book.site.name,
        edit_path=book.site.welcome_path,
        head_links=head_links.of_site(),
        values={
            "groups": groups,
            "customers": viewers.customers(book),
            "choice": viewers.choice,
            "states": {
                item.service.id: viewers.states(book, item.service.id, item.state)
                for group in groups
                for item in group.services
            },
            "kept": _kept(book),
            "lately": happenings.lately(book, today),
            "coming": happenings.coming(book, today),
            "this_year": today.year,
            "welcome": book.prose(book.site.welcome, f"{book.site.docs_dir}/index.md", links.HOME, top=2),
        },
    )


def _kept(book: Book) -> Kept | None:
    """The newest finished month that any promise in force was judged for."""
    results = [
        r
        for _, h in book.binding()
        for r in h.results
        if r.finished and len(r.period) == len("2026-10") and "Q" not in r.period
    ]
    if not results:
        return None
    period = max(r.period for r in results)
    counts = Counter(r.verdict for r in results if r.period == period)
    total = sum(counts.values())
    rest = counted_words(tuple((v, counts[v]) for v in WORST_FINISHED if counts[v]))
    return Kept(
        period=period, met=counts[Verdict.MET], total=total, rest=capital(f"{rest}.") if rest else say("All were kept.")
    )
