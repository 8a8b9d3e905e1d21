"""The pages of cost, capacity and satisfaction, and the line that a service's page has of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from servicebook.insight.growth import Growth, later
from servicebook.insight.metering import Cost, CostMonth, Satisfaction, ScoreMonth, Use, UseMonth
from servicebook.rendering import dates, head_links, links
from servicebook.rendering.book import Book
from servicebook.rendering.columns import Column, Outlook, columns
from servicebook.rendering.metering_words import (
    amount_said,
    cost_sentences,
    score_sentences,
    units_said,
    use_sentences,
)
from servicebook.rendering.page import Heading, Page
from servicebook.rendering.templating import make
from servicebook.rendering.wording import count, number, percent, quantity
from servicebook.texts import say

_LABELS, _LABELS_BESIDE_OUTLOOK = 9, 5
_AHEAD, _FURTHEST_AHEAD = 12, 24
"""Months of the outlook that are drawn: more than the first only to show where the capacity is reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A service on one of the pages."""

    id: str
    title: str
    figure: str
    """Of the newest finished month; empty where there is none."""
    detail: str
    """What the figure belongs to."""
    sentences: tuple[str, ...]
    """What is to be said beyond the figure."""
    drawing: Markup | None
    caption: str
    """What isn't labelled in the drawing itself."""
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The newest month first; the first cell is its name."""


def pages(book: Book) -> Iterator[Page]:
    """Those that have anything to show."""
    counted = book.site.metered
    if counted.costs:
        yield _page(book, links.COSTS, say("Cost"), say("What services cost against their budgets, and for each unit."), [_cost(book, each) for each in counted.costs.values()])  # fmt: skip
    if counted.uses:
        yield _page(book, links.CAPACITY, say("Capacity"), say("How much of what there is is used, and how long it lasts at the present trend."), [_use(book, each) for each in counted.uses.values()])  # fmt: skip
    if counted.satisfactions:
        yield _page(book, links.SATISFACTION, say("Satisfaction"), say("What users answer when they are asked."), [_score(book, each) for each in counted.satisfactions.values()])  # fmt: skip


def lines(book: Book, service_id: str) -> list[tuple[str, str, str]]:
    """What a service's page says in short: name of the page, its address, one sentence."""
    counted = book.site.metered
    found: list[tuple[str, str, str]] = []
    if (cost := counted.costs.get(service_id)) is not None:
        found.append((say("Cost"), links.COSTS, cost_sentences(cost)[0]))
    if (use := counted.uses.get(service_id)) is not None:
        found.append((say("Capacity"), links.CAPACITY, " ".join(use_sentences(use)[:2])))
    if (score := counted.satisfactions.get(service_id)) is not None:
        found.append((say("Satisfaction"), links.SATISFACTION, score_sentences(score)[0]))
    return [(name, f"{address}#{service_id}", said) for name, address, said in found]


def satisfaction(book: Book, services: Iterable[str]) -> list[tuple[str, str]]:
    """Those of some services whose users are asked, each with what they answer."""
    asked = book.site.metered.satisfactions
    return [(name, " ".join(score_sentences(asked[name]))) for name in dict.fromkeys(services) if name in asked]


def _page(book: Book, url: str, title: str, lead: str, parts: Sequence[Part]) -> Page:
    return make(
        book,
        "metering.html",
        url=url,
        title=title,
        section="more",
        description=lead,
        headings=tuple(Heading(title=part.title, id=part.id) for part in parts),
        values={"lead": lead, "parts_shown": parts},
        head_links=head_links.of_metering(),
    )


def _cost(book: Book, cost: Cost) -> Part:
    sentences, newest = cost_sentences(cost), cost.newest
    over = max((_excess(m) for m in cost.months), default=Fraction(0))
    months = [
        Column(
            label=label,
            amount=m.actual,
            says=_pointed(m, amount_said(m.actual, cost.currency)),
            level=m.budget,
            shown=amount_said(m.actual, cost.currency) if over > 0 and _excess(m) == over else "",
            finished=m.finished,
        )
        for m, label in zip(cost.months, _labels([m.period for m in cost.months]), strict=True)
    ]
    limits = []
    if newest is not None and newest.budget is not None:
        limits.append((say("budget"), newest.budget))
    rows = [
        (
            _named(each),
            amount_said(each.budget, cost.currency),
            amount_said(each.actual, cost.currency),
            percent(each.share, 1) if each.share is not None else "–",
            amount_said(each.per_unit, cost.currency),
        )
        for each in reversed(cost.months)
    ]
    per_unit = say("Per unit (%(unit)s)", unit=cost.unit) if cost.unit else say("Per unit")
    return Part(
        id=cost.service,
        title=book.title("services", cost.service),
        figure=amount_said(newest.actual, cost.currency) if newest is not None else "",
        detail=_detail(newest, say("of %(whole)s", whole=amount_said(newest.budget, cost.currency))) if newest else "",
        sentences=sentences[1 if newest is not None else 0 :],
        drawing=columns(months, sentences[0], limits=limits) if months else None,
        caption="",
        heads=(say("Month"), say("Budget"), say("Actual"), say("Of the budget"), per_unit),
        rows=tuple(rows),
    )


def _excess(month: CostMonth) -> Fraction:
    """How far a month went over its budget; zero where either is missing."""
    return month.actual - month.budget if month.actual is not None and month.budget is not None else Fraction(0)


def _use(book: Book, use: Use) -> Part:
    newest, sentences = use.newest, use_sentences(use)
    months = []
    for each, label in zip(use.months, _labels([m.period for m in use.months], _LABELS_BESIDE_OUTLOOK), strict=True):
        before = use.year_before(each)
        months.append(
            Column(
                label=label,
                amount=each.peak,
                says=_pointed(each, units_said(each.peak)),
                before=before.peak if before is not None else None,
                finished=each.finished,
            )
        )
    limits = []
    if newest is not None and newest.capacity is not None:
        limits.append((say("capacity"), newest.capacity))
        if use.warn_at is not None:
            limits.append((percent(use.warn_at, 0), newest.capacity * use.warn_at))
    rows = []
    for each in reversed(use.months):
        before = use.year_before(each)
        rows.append(
            (
                _named(each),
                units_said(each.peak),
                units_said(each.mean),
                units_said(each.capacity),
                percent(each.share, 1) if each.share is not None else "–",
                units_said(before.peak) if before is not None else "–",
            )
        )
    share = newest.share if newest is not None else None
    return Part(
        id=use.service,
        title=book.title("services", use.service),
        figure=percent(share, 1) if share is not None else "",
        detail=_detail(
            newest,
            say("%(part)s of %(whole)s", part=units_said(newest.peak), whole=quantity(newest.capacity, use.unit)),
        )
        if newest is not None and newest.capacity is not None
        else "",
        sentences=sentences[1 if share is not None else 0 :],
        drawing=columns(months, sentences[0], limits=limits, outlook=_outlook(use.growth, newest)) if months else None,
        caption=say("Across a column: the same month a year before.")
        if any(each.before is not None for each in months)
        else "",
        heads=(
            say("Month"),
            say("Peak"),
            say("Mean"),
            say("Capacity"),
            say("Peak of the capacity"),
            say("Peak a year before"),
        ),
        rows=tuple(rows),
    )


def _outlook(growth: Growth | None, newest: UseMonth | None) -> Outlook | None:
    """A year ahead, and as far as two if the capacity is reached in the second."""
    if growth is None or newest is None:
        return None
    reached = growth.reaches(newest.capacity).expected if newest.capacity is not None else None
    ahead = max(_AHEAD, reached) if reached is not None and reached <= _FURTHEST_AHEAD else _AHEAD
    return Outlook(
        months=ahead,
        level=growth.level,
        slowest=growth.slowest,
        expected=growth.per_month,
        fastest=growth.fastest,
        words=say("present trend"),
        last=dates.axis_labels([later(newest.period, ahead)])[0],
    )


def _score(book: Book, score: Satisfaction) -> Part:
    sentences, newest = score_sentences(score), score.newest
    told = [each.mean for each in score.months if each.mean is not None and not each.is_thin]
    months = [
        Column(
            label=label,
            amount=m.mean,
            says=_pointed(m, number(m.mean, 2) if m.mean is not None else "–"),
            shown=number(m.mean, 1)
            if m.mean is not None and not m.is_thin and m.mean in (min(told), max(told))
            else "",
            note=number(m.answers),
            finished=m.finished and not m.is_thin,
        )
        for m, label in zip(score.months, _labels([m.period for m in score.months]), strict=True)
    ]
    rows = [
        (
            _named(each),
            number(each.mean, 2) if each.mean is not None else "–",
            percent(each.satisfied, 0) if each.satisfied is not None else "–",
            _answers(each),
        )
        for each in reversed(score.months)
    ]
    return Part(
        id=score.service,
        title=book.title("services", score.service),
        figure=number(newest.mean, 1) if newest is not None and newest.mean is not None else "",
        detail=_detail(newest, count(newest.answers, "answer", "answers")) if newest is not None else "",
        sentences=sentences[1 if newest is not None else 0 :],
        drawing=columns(months, sentences[0]) if months else None,
        caption=say("Below the months: how many answered. Open columns: the month isn't over, or few answered."),
        heads=(say("Month"), say("Mean"), say("Satisfied"), say("Answers")),
        rows=tuple(rows),
    )


def _detail(month: CostMonth | UseMonth | ScoreMonth, said: str) -> str:
    return f"{said} · {dates.period(month.period)}"


def _answers(month: ScoreMonth) -> str:
    said = number(month.answers)
    return say("%(number)s (few)", number=said) if month.is_thin else said


def _labels(names: list[str], most: int = _LABELS) -> list[str]:
    """A label for every third month or so, the newest among them; the others have none."""
    every = -(-len(names) // most) or 1
    shown = [name for index, name in enumerate(names) if (len(names) - 1 - index) % every == 0]
    words = dict(zip(shown, dates.axis_labels(shown), strict=True))
    return [words.get(name, "") for name in names]


def _named(month: CostMonth | UseMonth | ScoreMonth) -> str:
    name = dates.period_short(month.period)
    return name if month.finished else say("%(month)s, so far", month=name)


def _pointed(month: CostMonth | UseMonth | ScoreMonth, said: str) -> str:
    return f"{_named(month)}: {said}"
