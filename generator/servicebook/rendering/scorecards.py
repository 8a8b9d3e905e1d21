"""The overview of agreements by months, and the scorecard of each agreement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from servicebook.model.agreement import Agreement
from servicebook.model.result import Result, Verdict
from servicebook.rendering import dates, facets, head_links, histories, links, reports, sentences
from servicebook.rendering.agreement_words import KINDS
from servicebook.rendering.blocks import Measure, block
from servicebook.rendering.book import SHOWN_PERIODS, WORST_FINISHED, WORST_PRESENT, Book, History, Standing
from servicebook.rendering.closures import closed_words
from servicebook.rendering.comparisons import comparisons
from servicebook.rendering.page import Heading, Page
from servicebook.rendering.promises import why_no_figures
from servicebook.rendering.templating import make
from servicebook.rendering.wording import figure
from servicebook.texts import say
from servicebook.timeline.zone import add_months, local_date, zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """An agreement in a month: its worst target."""

    verdict: Verdict
    target: str
    period: str
    finished: bool
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An agreement by months."""

    agreement: Agreement
    customer: str
    cells: tuple[Cell | None, ...]
    has: facets.Facets
    """What it can be chosen by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """An agreement that is over, with its last standing."""

    agreement: Agreement
    customer: str
    standing: Standing


def pages(book: Book) -> Iterator[Page]:
    """The overview, then a scorecard for each agreement, and a page for each of its targets."""
    yield _overview(book)
    for agreement in book.catalogue.agreements.values():
        yield _light_card(book, agreement)
        yield from histories.pages(book, agreement)


def _overview(book: Book) -> Page:
    shown = months(book)
    agreements = sorted(book.catalogue.agreements.values(), key=lambda a: a.title.casefold())
    with_results = [a for a in agreements if any(h.results for h in book.histories[a.id].values())]
    rows = [row(book, a, shown) for a in with_results if book.is_binding(a.id)]
    ended = [
        Ended(agreement=a, customer=book.title("parties", a.customer.id), standing=book.standing(a.id))
        for a in with_results
        if not book.is_binding(a.id)
    ]
    return make(
        book,
        "scorecards.html",
        url=links.SCORECARDS,
        title=say("Scorecards"),
        section="scorecards",
        description=say("Every agreement in force, month by month."),
        head_links=head_links.of_site(),
        values={
            "filters": facets.filters(
                (row.has for row in rows),
                [
                    ("customer", say("Customer")),
                    ("provider", say("Provider")),
                    ("type", say("Type")),
                    ("service", say("Service")),
                ],
                months=True,
                breaches=True,
            ),
            "rows": rows,
            "months": labels(shown),
            "ended": ended,
            "comparisons": comparisons(book),
            "why": f"{agreements[0].title}: {why_no_figures(book, agreements[0].id)}"
            if agreements
            else say("No agreement is written down."),
        },
    )


def _closed(book: Book, newest: Sequence[Result]) -> str:
    """When the newest month among the results was closed."""
    words = [(r.end, said) for r in newest if (said := closed_words(book, r.period))]
    return max(words)[1] if words else ""


def months(book: Book) -> list[date]:
    """The first days of the newest thirteen months."""
    today = local_date(book.site.as_of, book.utc)
    return [add_months(today.replace(day=1), back - SHOWN_PERIODS + 1) for back in range(SHOWN_PERIODS)]


def labels(shown: Sequence[date]) -> list[tuple[str, str]]:
    """Label and name of each month."""
    names = [f"{month.year:04}-{month.month:02}" for month in shown]
    return list(zip(dates.axis_labels(names), names, strict=True))


def row(book: Book, agreement: Agreement, months: Sequence[date]) -> Row:
    """An agreement by months: the worst target of each."""
    placed: dict[date, list[tuple[History, Result]]] = defaultdict(list)
    for history in book.histories[agreement.id].values():
        for result in history.results:
            placed[_month_of(result, book.site.as_of)].append((history, result))
    cells = tuple(_cell(placed.get(month, []), is_present=month == months[-1]) for month in months)
    return Row(
        agreement=agreement,
        customer=book.title("parties", agreement.customer.id),
        cells=cells,
        has={
            **facets.of_agreement(book, agreement, say(KINDS[agreement.type][0])),
            "breached": any(cell is not None and cell.verdict is Verdict.BREACHED for cell in cells),
        },
    )


def _month_of(result: Result, as_of: int) -> date:
    """The month in which a result's period ends, or that of `as_of` while it goes on."""
    moment = result.end - 1 if result.finished and result.end < as_of else as_of - 1 if result.finished else as_of
    return local_date(moment, zone(result.zone)).replace(day=1)


def _cell(placed: Sequence[tuple[History, Result]], *, is_present: bool) -> Cell | None:
    """The worst result of a month; of the present one the periods that go on count, as long as there are any."""
    going_on = [pair for pair in placed if not pair[1].finished]
    chosen = going_on if is_present and going_on else placed
    if not chosen:
        return None
    order = WORST_PRESENT if chosen is going_on else WORST_FINISHED
    history, worst = min(chosen, key=lambda pair: (_rank(order, pair[1].verdict), -pair[1].end))
    shown = f" {figure(worst.shown)}" if worst.shown else ""
    return Cell(
        verdict=worst.verdict,
        target=worst.target,
        period=worst.period,
        finished=worst.finished,
        says=f"{dates.period(worst.period)}: {say(worst.verdict.value)}. {history.entry.target.name}{shown}",
    )


def _rank(order: Sequence[Verdict], verdict: Verdict) -> int:
    return order.index(verdict) if verdict in order else len(order)


def _light_card(book: Book, agreement: Agreement) -> Page:
    """The scorecard with as much of each target as leaves it light."""
    for measure in Measure:
        page = _card(book, agreement, measure)
        if page.is_light:
            break
    return page


def _card(book: Book, agreement: Agreement, measure: Measure) -> Page:
    here = links.scorecard(agreement.id)
    targets = book.histories[agreement.id]
    newest = [r for h in targets.values() if (r := h.newest_finished) is not None]
    has_results = any(h.results for h in targets.values())
    names = {h.target: h.entry.target.name for h in targets.values()}
    why = why_no_figures(book, agreement.id)
    return make(
        book,
        "scorecard.html",
        url=here,
        title=agreement.title,
        section="scorecards",
        description=say("How the promises of %(agreement)s were kept.", agreement=agreement.title),
        headings=tuple(Heading(title=names[target], id=target) for target in targets),
        edit_path=agreement.path or None,
        aliases=tuple(links.scorecard(alias) for alias in agreement.aliases),
        named=f"{say('Scorecard')}: {agreement.title}, {say('version %(version)s', version=agreement.version)}",
        zone=book.zone_of(agreement.id),
        values={
            "a": agreement,
            "standing": book.standing(agreement.id),
            "summary": sentences.summary(newest, names)
            if newest
            else say("No period is finished yet; what follows is how it stands now."),
            "blocks": [
                block(book, agreement.id, history, histories.addresses(agreement.id, history), measure)
                for history in targets.values()
            ],
            "closed": _closed(book, newest),
            "has_results": has_results,
            "report": reports.links_of(book, agreement.id),
            "why": why,
            "todo": say("The agreement's page says what is promised."),
        },
    )
