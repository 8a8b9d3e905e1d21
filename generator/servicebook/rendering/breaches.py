"""Breaches: an index that raises those that come again, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from markupsafe import Markup

from servicebook.insight.breaches import Breach, repeats
from servicebook.model.breach import BreachAccount
from servicebook.model.planning import Improvement
from servicebook.model.result import Result
from servicebook.rendering import dates, drawings, links, sentences
from servicebook.rendering.blocks import row_of
from servicebook.rendering.book import Book
from servicebook.rendering.breach_words import missed_by, missed_sentence, recovery_words, repeat_words
from servicebook.rendering.page import Heading, Page
from servicebook.rendering.passing import time_line_of
from servicebook.rendering.plans import improvement_recovery
from servicebook.rendering.promises import detail, trend_words
from servicebook.rendering.prose import Prose
from servicebook.rendering.templating import make
from servicebook.rendering.wording import count, duration, percent
from servicebook.texts import say
from servicebook.timeline.zone import local_date, zone

_LISTED = 40
"""More outages than these are counted, not listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A stretch of downtime behind a breach."""

    start: str
    end: str
    length: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """What editors wrote, with its prose."""

    account: BreachAccount
    prose: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """An improvement that answers a breach."""

    plan: Improvement
    late: bool
    recovery: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A breach in the index."""

    breach: Breach
    address: str
    name: str
    agreement: str
    missed: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A target that is missed again and again."""

    name: str
    agreement: str
    times: str
    address: str
    newest: Breach
    strip: Markup
    recovery: str


def pages(book: Book) -> Iterator[Page]:
    """The index, then a page for each breach."""
    yield _index(book)
    yield from (_page(book, breach) for breach in book.breaches)


def _index(book: Book) -> Page:
    rows = [_row(book, breach) for breach in book.breaches]
    years = [
        (year, list(listed))
        for year, listed in groupby(
            rows, key=lambda row: local_date(row.breach.result.end - 1, zone(row.breach.result.zone)).year
        )
    ]
    repeated = list(_repeated(book))
    unexplained = sum(not breach.is_explained for breach in book.breaches)
    headings = [Heading(title=say("Missed again and again"), id="repeated")] if repeated else []
    return make(
        book,
        "breaches.html",
        url=links.BREACHES,
        title=say("Breaches"),
        section="more",
        description=say("Promises that were missed, why, and what was put right."),
        headings=(*headings, *(Heading(title=str(year), id=f"in-{year}") for year, _ in years)),
        values={
            "years": years,
            "repeated": repeated,
            "total": count(len(rows), "breach", "breaches"),
            "unexplained": unexplained,
        },
    )


def _row(book: Book, breach: Breach) -> Row:
    result = breach.result
    return Row(
        breach=breach,
        address=book.breach_pages[result.key],
        name=target_name(book, result),
        agreement=book.title("agreements", result.agreement),
        missed=missed_by(result),
        credit=percent(result.credit) if result.credit else "–",
    )


def _repeated(book: Book) -> Iterator[Repeated]:
    """The targets of binding agreements that were missed twice or more lately, the worst first."""
    newest: dict[tuple[str, str], Breach] = {}
    for breach in book.breaches:
        newest.setdefault((breach.result.agreement, breach.result.target), breach)
    found = []
    for (agreement, target), breach in newest.items():
        history = book.histories[agreement][target]
        counted = repeats(history.results)
        if counted.is_repeat and book.is_binding(agreement):
            found.append((counted, breach, history))
    for counted, breach, history in sorted(
        found, key=lambda f: (-Fraction(f[0].breached, f[0].judged), f[1].result.key)
    ):
        yield Repeated(
            name=history.entry.target.name,
            agreement=book.title("agreements", breach.result.agreement),
            times=repeat_words(counted, history.entry.target.per),
            address=book.breach_pages[breach.result.key],
            newest=breach,
            strip=drawings.strip(history.shown, trend_words(history.shown)),
            recovery=recovery_words(breach.recovery),
        )


def _page(book: Book, breach: Breach) -> Page:
    result = breach.result
    here = book.breach_pages[result.key]
    history = book.histories[result.agreement][result.target]
    name = target_name(book, result)
    outages = outages_of(result)
    source = history.entry_of(result).target.source
    accounts = [
        AccountView(account=account, prose=book.prose(account.body, account.path, here, top=4))
        for account in breach.accounts
    ]
    return make(
        book,
        "breach.html",
        url=here,
        title=f"{name}, {dates.period(result.period)}",
        section="more",
        description=sentences.breach_sentence(result, name),
        edit_path=accounts[0].account.path if accounts else None,
        zone=zone(result.zone),
        values={
            "breach": breach,
            "result": result,
            "name": name,
            "sentence": missed_sentence(result),
            "detail": detail(result),
            "promised": sentences.limit(result.objective.comparison, result.objective.level),
            "missed": missed_by(result),
            "credit": percent(result.credit) if result.credit else "",
            "line": time_line_of(result),
            "outages": outages[:_LISTED],
            "more_outages": max(0, len(outages) - _LISTED),
            "undated": not outages and result.numerator_unit == "seconds" and result.unit == "share",
            "accounts": accounts,
            "row": row_of(book, history, result),
            "source": source.id if source is not None and source.id in book.catalogue.sources else None,
            "plans": [_plan(book, plan, result) for plan in breach.improvements],
            "times": repeat_words(breach.repeats, history.entry_of(result).target.per),
            "strip": drawings.strip(history.shown, trend_words(history.shown)),
            "trend": trend_words(history.shown),
            "recovery": recovery_words(breach.recovery),
            "file": f"content/breaches/{here.removeprefix(links.BREACHES).rstrip('/').lower()}.md",
        },
    )


def _plan(book: Book, plan: Improvement, result: Result) -> PlanView:
    today = local_date(book.site.as_of, book.utc)
    return PlanView(
        plan=plan,
        late=plan.done is None and plan.due is not None and plan.due < today,
        recovery=improvement_recovery(book, plan, result.agreement, result.target),
    )


def target_name(book: Book, result: Result) -> str:
    """What the target was called in the terms that the result was judged by."""
    return book.histories[result.agreement][result.target].entry_of(result).target.name


def outages_of(result: Result) -> tuple[Outage, ...]:
    """The outages behind a figure: whole ones where each counts whole, else the counted stretches."""
    home = zone(result.zone)
    line = result.time_line
    if line.outages:
        return tuple(
            Outage(start=dates.stamp(s, home), end=dates.stamp(e, home), length=duration(counted, up=True), note="")
            for s, e, counted in line.outages
        )
    return tuple(
        Outage(
            start=dates.stamp(s, home),
            end=dates.stamp(e, home),
            length=duration(e - s, up=True),
            note="" if weight == 1 else say("weighs %(share)s", share=percent(weight)),
        )
        for s, e, weight in line.down
    )
