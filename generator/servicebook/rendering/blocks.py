"""The block of one target on a scorecard: figure, trend, what happened, budget, table, workings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from itertools import groupby

from markupsafe import Markup

from servicebook.compliance.explain import Line, working
from servicebook.model.catalogue import ROUND_THE_CLOCK
from servicebook.model.result import Result
from servicebook.rendering import dates, links, sentences, trends
from servicebook.rendering.book import Book, History
from servicebook.rendering.closures import corrections_since, figure_of
from servicebook.rendering.passing import Passed, passed
from servicebook.rendering.periods import Periods, periods
from servicebook.rendering.promises import detail, why_no_figures
from servicebook.rendering.services import slug
from servicebook.rendering.wording import capital, figure, percent
from servicebook.texts import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A period with the working behind its figure."""

    result: Result
    anchor: str
    heading: str
    promised: str
    coverage: str
    credit: str
    method: str
    lines: tuple[Line, ...]
    remarks: tuple[str, ...]


class Measure(Enum):
    """How much of each target a scorecard shows: the most that leaves it a page which opens at once.

    What is left out stands on the targets' own pages.
    """

    WHOLE = (13, True, 2, True)
    WITHOUT_WORKING = (13, True, 2, False)
    WITHOUT_PRESENT = (13, True, 1, False)
    WITHOUT_CHARTS = (13, False, 1, False)
    FIGURES = (6, False, 0, False)
    NEWEST = (1, False, 0, False)

    def __init__(self, periods: int, has_chart: bool, passed: int, has_working: bool) -> None:
        self.periods = periods
        self.has_chart = has_chart
        self.passed = passed
        """Of so many periods it is drawn how they passed: the newest finished one, and the present one."""
        self.has_working = has_working


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A target on its scorecard."""

    id: str
    name: str
    sentence: str
    why: str
    newest: Result | None
    detail: str
    chart: Markup | None
    caption: str
    passed: tuple[Passed, ...]
    """The newest finished period as it passed, and the present one so far."""
    source: str | None
    periods: Periods | None
    """The newest periods side by side; None where there is none."""
    row: Row | None
    """The working of the newest finished period, else of the present one; None where it stands on the target's page."""
    all_figures: str
    """The address of the target's page; empty where there is no figure."""
    missing: str


def block(
    book: Book, agreement_id: str, history: History, addresses: Mapping[str, str], measure: Measure = Measure.WHOLE
) -> Block:
    """Everything about a target; `addresses` lead to the working of each period."""
    entry, newest, target = history.entry, history.newest, history.entry.target
    shown = history.shown[-measure.periods :]
    row = row_of(book, history, newest) if newest is not None and measure.has_working else None
    return Block(
        id=history.target,
        name=target.name,
        sentence=sentences.target_sentence(entry),
        why=target.why,
        newest=newest,
        detail=detail(newest) if newest is not None else "",
        chart=trends.chart(history.shown, target.name) if measure.has_chart and len(history.shown) > 1 else None,
        caption=trends.caption(history.shown),
        passed=tuple(passed(history))[: measure.passed],
        source=target.source.id if target.source is not None and target.source.id in book.catalogue.sources else None,
        periods=periods(shown, lambda result: addresses[result.period]) if shown else None,
        row=row,
        all_figures=links.history(agreement_id, history.target) if history.results else "",
        missing="" if newest is not None else why_no_figures(book, agreement_id),
    )


def row_of(book: Book, history: History, result: Result) -> Row:
    """A result with its working."""
    entry = history.entry_of(result)
    objective = result.objective
    return Row(
        result=result,
        anchor=links.working_anchor(result.target, result.period),
        heading=_heading(result),
        promised=sentences.limit(objective.comparison, objective.level),
        coverage=percent(result.coverage, 2) if result.coverage is not None else "–",
        credit=percent(result.credit) if result.credit is not None else "–",
        method=slug(result.measure.value),
        lines=tuple(
            _together(
                working(
                    result,
                    entry.target,
                    _hours(book, entry.calendar_id),
                    capital(dates.period(result.period)),
                )
            )
        ),
        remarks=_remarks(book, result),
    )


def _hours(book: Book, calendar: str) -> str:
    """What a calendar is called: its title, or the name of the one that is built in."""
    return say("round-the-clock") if calendar == ROUND_THE_CLOCK else book.title("calendars", calendar)


def _heading(result: Result) -> str:
    period = capital(dates.period(result.period))
    if result.shown:
        return say("%(period)s: how %(figure)s was worked out", period=period, figure=figure(result.shown))
    return say("%(period)s: why there is no figure", period=period)


def _together(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines that name one row each of the same file become one that names them all."""
    for key, group in groupby(lines, key=_file_of):
        listed = list(group)
        if key is None or len(listed) == 1:
            yield from listed
            continue
        rows = ", ".join(line.label.rpartition(":")[2] for line in listed)
        yield replace(listed[0], label=f"{key}: {rows}")


def _file_of(line: Line) -> str | None:
    """What a line says before the number of a row; None where it names no row."""
    before, _, number = line.label.rpartition(":")
    return before if line.is_detail and not line.figure and number.isdigit() else None


def _remarks(book: Book, result: Result) -> tuple[str, ...]:
    said = [
        say("An exclusion was declared after the period: %(reason)s", reason=reason)
        for reason in result.late_exclusions
    ]
    published = book.site.published.get(result.period.partition("/")[0])
    if result.closed and published is not None:
        closed_on = dates.day(published.closed_on)
        said.append(
            say("Closed on %(day)s: the figure was published, and changes only by a restatement.", day=closed_on)
        )
        said += [
            say(
                "Restated on %(day)s, %(old)s before, %(new)s now: %(why)s",
                day=dates.day(date.fromisoformat(each.date)),
                old=_said(each.old, result.unit),
                new=_said(each.new, result.unit),
                why=each.why,
            )
            for each in corrections_since(book, *result.key)
        ]
    return tuple(said)


def _said(compared: Mapping[str, object], unit: str) -> str:
    """A published figure in a few words: its verdict, with the value that was compared."""
    value, verdict = figure_of(compared, unit), say(str(compared.get("verdict")))
    return say("%(verdict)s (%(value)s)", verdict=verdict, value=value) if value else verdict
