"""Closed periods as readers see them: when each was closed, and every restatement with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from servicebook.compliance.display import said
from servicebook.insight.documents import entry_of
from servicebook.model.published import PublishedPeriod, Restatement
from servicebook.model.result import Verdict
from servicebook.rendering import dates, links
from servicebook.rendering.book import Book
from servicebook.rendering.wording import percent
from servicebook.texts import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A published figure that was restated."""

    agreement: str
    """Its title."""
    target: str
    """Its title."""
    address: str
    """Of the working of the figure as it is now; empty where that isn't shown any more."""
    old: Verdict
    new: Verdict
    old_figure: str
    new_figure: str
    why: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """A closed period."""

    period: str
    closed_on: date
    figures: int
    corrections: tuple[Correction, ...]


def closures(book: Book) -> tuple[Closure, ...]:
    """Every closed period, the newest first."""
    found = [_closure(book, name, period) for name, period in book.site.published.items()]
    return tuple(sorted(found, key=lambda each: (each.closed_on, each.period), reverse=True))


def corrections_since(book: Book, agreement_id: str, target: str, period: str) -> tuple[Restatement, ...]:
    """The restatements of one figure, in their order."""
    published = book.site.published.get(period.partition("/")[0])
    listed = published.restatements if published is not None else ()
    return tuple(each for each in listed if each.key == (agreement_id, target, period))


def _closure(book: Book, name: str, period: PublishedPeriod) -> Closure:
    return Closure(
        period=name,
        closed_on=period.closed_on,
        figures=len(period.results),
        corrections=tuple(_correction(book, each) for each in period.restatements),
    )


def _correction(book: Book, each: Restatement) -> Correction:
    history = book.histories.get(each.agreement, {}).get(each.target)
    result = next((r for r in history.results if r.period == each.period), None) if history is not None else None
    shown = result is not None and history is not None and result in history.shown
    name = each.target if history is None else history.entry.target.name
    if history is not None and result is not None:
        name = entry_of(history.entries, result).target.name
    unit = result.unit if result is not None else ""
    return Correction(
        agreement=book.title("agreements", each.agreement),
        target=name,
        address=links.working(each.agreement, each.target, each.period) if shown else "",
        old=Verdict(str(each.old["verdict"])),
        new=Verdict(str(each.new["verdict"])),
        old_figure=figure_of(each.old, unit),
        new_figure=figure_of(each.new, unit),
        why=each.why,
        day=date.fromisoformat(each.date),
    )


def figure_of(compared: Mapping[str, object], unit: str) -> str:
    """A published value in a few digits: enough to tell it from the one before; the exact one is in the closed file."""
    value = compared.get("value")
    if value is None:
        return ""
    return percent(Fraction(str(value)), 3) if unit == "share" else said(str(value))


def closed_words(book: Book, period: str) -> str:
    """`closed on 5 October 2026`; empty where the period isn't closed."""
    published = book.site.published.get(period.partition("/")[0])
    return "" if published is None else say("closed on %(day)s", day=dates.day(published.closed_on))
