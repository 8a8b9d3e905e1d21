"""The pages of cost, capacity and satisfaction, and the line that a service's page has of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from markupsafe import Markup

from servicebook.insight.growth import LEAST_MONTHS, Growth
from servicebook.insight.metering import LEAST_ANSWERS, Cost, Satisfaction, ScoreMonth, Use, UseMonth
from servicebook.rendering import dates, links
from servicebook.rendering.book import Book
from servicebook.rendering.columns import Column, Outlook, columns
from servicebook.rendering.page import Heading, Page
from servicebook.rendering.templating import make
from servicebook.rendering.wording import amount, number, percent, quantity
from servicebook.texts import say, say_many
from servicebook.timeline.zone import add_months

_LABELS = 9
_AHEAD = 12
"""Months of the outlook that are drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A service on one of the pages."""

    id: str
    title: str
    sentences: tuple[str, ...]
    drawing: Markup | None
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
        found.append((say("Cost"), links.COSTS, _cost_sentences(cost)[0]))
    if (use := counted.uses.get(service_id)) is not None:
        found.append((say("Capacity"), links.CAPACITY, " ".join(_use_sentences(use)[:2])))
    if (score := counted.satisfactions.get(service_id)) is not None:
        found.append((say("Satisfaction"), links.SATISFACTION, _score_sentences(score)[0]))
    return [(name, f"{address}#{service_id}", said) for name, address, said in found]


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
    )


def _cost(book: Book, cost: Cost) -> Part:
    months = [
        Column(label=label, amount=m.actual, level=m.budget, finished=m.finished)
        for m, label in zip(cost.months, _labels([m.period for m in cost.months]), strict=True)
    ]
    sentences = _cost_sentences(cost)
    rows = [
        (
            _named(each.period, each.finished),
            _amount(each.budget, cost.currency),
            _amount(each.actual, cost.currency),
            percent(each.actual / each.budget, 1) if each.actual is not None and each.budget else "–",
            _amount(each.per_unit, cost.currency),
        )
        for each in reversed(cost.months)
    ]
    per_unit = say("Each of the %(unit)s", unit=cost.unit) if cost.unit else say("For each unit")
    return Part(
        id=cost.service,
        title=book.title("services", cost.service),
        sentences=sentences,
        drawing=columns(months, sentences[0]) if months else None,
        heads=(say("Month"), say("Budget"), say("Actual"), say("Of the budget"), per_unit),
        rows=tuple(rows),
    )


def _cost_sentences(cost: Cost) -> tuple[str, ...]:
    newest = cost.newest
    if newest is None or newest.actual is None:
        return (say("No finished month is in the ledger yet."),)
    said = [
        say(
            "%(month)s: %(actual)s of a budget of %(budget)s.",
            month=dates.period(newest.period),
            actual=_amount(newest.actual, cost.currency),
            budget=_amount(newest.budget, cost.currency),
        )
    ]
    budget, actual = cost.total
    if budget:
        said.append(
            say(
                "In the last twelve finished months %(actual)s of %(budget)s, %(share)s of the budget.",
                actual=_amount(actual, cost.currency),
                budget=_amount(budget, cost.currency),
                share=percent(actual / budget, 1),
            )
        )
    return tuple(said)


def _use(book: Book, use: Use) -> Part:
    months = [
        Column(label=label, amount=m.peak, finished=m.finished)
        for m, label in zip(use.months, _labels([m.period for m in use.months]), strict=True)
    ]
    newest, sentences = use.newest, _use_sentences(use)
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
                _named(each.period, each.finished),
                _units(each.peak),
                _units(each.mean),
                _units(each.capacity),
                percent(each.share, 1) if each.share is not None else "–",
                _units(before.peak) if before is not None else "–",
            )
        )
    return Part(
        id=use.service,
        title=book.title("services", use.service),
        sentences=sentences,
        drawing=columns(months, sentences[0], limits=limits, outlook=_outlook(use.growth)) if months else None,
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


def _outlook(growth: Growth | None) -> Outlook | None:
    if growth is None:
        return None
    return Outlook(months=_AHEAD, level=growth.level, slowest=growth.slowest, fastest=growth.fastest)


def _use_sentences(use: Use) -> tuple[str, ...]:
    newest = use.newest
    if newest is None or newest.peak is None or newest.capacity is None:
        return (say("Nothing was counted yet."),)
    said = [
        say(
            "%(month)s: at most %(peak)s of %(capacity)s, %(share)s.",
            month=dates.period(newest.period),
            peak=_units(newest.peak),
            capacity=quantity(newest.capacity, use.unit),
            share=percent(newest.peak / newest.capacity, 1),
        )
    ]
    if use.growth is None:
        said.append(say("Fewer than %(number)s finished months: too few to see a trend.", number=LEAST_MONTHS))
        return tuple(said)
    said.append(_reach_sentence(use.growth, newest, newest.capacity))
    if use.warn_at is not None:
        reach = use.growth.reaches(newest.capacity * use.warn_at)
        if reach.expected == 0:
            said.append(say("The trend lies above the %(share)s at which to warn.", share=percent(use.warn_at, 0)))
        elif reach.expected is not None:
            said.append(
                say(
                    "The %(share)s at which to warn are reached in %(month)s.",
                    share=percent(use.warn_at, 0),
                    month=_after(newest, reach.expected),
                )
            )
    return tuple(said)


def _reach_sentence(growth: Growth, newest: UseMonth, limit: Fraction) -> str:
    reach = growth.reaches(limit)
    pace = number(growth.per_month, 1)
    if reach.expected == 0:
        return say("The trend has reached the capacity.")
    if reach.expected is None:
        return say(
            "It changes by %(pace)s a month; at that pace the capacity lasts for more than five years.", pace=pace
        )
    earliest = _after(newest, reach.earliest) if reach.earliest is not None else ""
    latest = _after(newest, reach.latest) if reach.latest is not None else say("more than five years from now")
    return say(
        "It grows by %(pace)s a month; at that pace the capacity is reached in %(month)s (between %(earliest)s and %(latest)s).",
        pace=pace,
        month=_after(newest, reach.expected),
        earliest=earliest,
        latest=latest,
    )


def _after(month: UseMonth, months: int) -> str:
    year, _, rest = month.period.partition("-")
    day = add_months(date(int(year), int(rest), 1), months)
    return dates.period(f"{day.year:04}-{day.month:02}")


def _score(book: Book, score: Satisfaction) -> Part:
    months = [
        Column(label=label, amount=m.mean, finished=m.finished and not m.is_thin)
        for m, label in zip(score.months, _labels([m.period for m in score.months]), strict=True)
    ]
    sentences = _score_sentences(score)
    rows = [
        (
            _named(each.period, each.finished),
            number(each.mean, 2) if each.mean is not None else "–",
            percent(each.satisfied, 0) if each.satisfied is not None else "–",
            _answers(each),
        )
        for each in reversed(score.months)
    ]
    return Part(
        id=score.service,
        title=book.title("services", score.service),
        sentences=sentences,
        drawing=columns(months, sentences[0]) if months else None,
        heads=(say("Month"), say("Mean"), say("Satisfied"), say("Answers")),
        rows=tuple(rows),
    )


def _answers(month: ScoreMonth) -> str:
    said = number(month.answers)
    return say("%(number)s (few)", number=said) if month.is_thin else said


def _score_sentences(score: Satisfaction) -> tuple[str, ...]:
    newest = next((m for m in reversed(score.months) if m.finished and m.mean is not None), None)
    if newest is None or newest.mean is None:
        return (say("Nobody has answered yet."),)
    said = [
        say_many(
            "%(month)s: %(mean)s on the mean of %(number)s answer.",
            "%(month)s: %(mean)s on the mean of %(number)s answers.",
            newest.answers,
            month=dates.period(newest.period),
            mean=number(newest.mean, 1),
        )
    ]
    halves = score.halves
    if halves is None:
        said.append(say("Fewer than %(number)s answers in half a year: too few to see a trend.", number=LEAST_ANSWERS))
    else:
        now, before = halves
        said.append(
            say(
                "The mean of the last six finished months is %(now)s, of the six before %(before)s.",
                now=number(now, 2),
                before=number(before, 2),
            )
        )
    return tuple(said)


def _labels(names: list[str]) -> list[str]:
    """A label for every third month or so, the newest among them; the others have none."""
    every = -(-len(names) // _LABELS) or 1
    shown = [name for index, name in enumerate(names) if (len(names) - 1 - index) % every == 0]
    words = dict(zip(shown, dates.axis_labels(shown), strict=True))
    return [words.get(name, "") for name in names]


def _named(period: str, finished: bool) -> str:
    name = dates.period_short(period)
    return name if finished else say("%(month)s, so far", month=name)


def _amount(value: Fraction | None, currency: str) -> str:
    return "–" if value is None else amount(value, currency)


def _units(value: Fraction | None) -> str:
    return "–" if value is None else number(value, 1)
