"""The block of one target on a scorecard: figure, trend, what happened, budget, table, workings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from servicebook.compliance.explain import Line, working
from servicebook.model.result import Result, TimeLine, Verdict
from servicebook.rendering import dates, drawings, links, sentences, trends
from servicebook.rendering.book import Book, History
from servicebook.rendering.closures import corrections_since, figure_of
from servicebook.rendering.promises import detail, why_no_figures
from servicebook.rendering.services import slug
from servicebook.rendering.wording import capital, count, duration, figure, percent
from servicebook.timeline.zone import local_date, zone

_TICKS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A drawing with what it says and the labels below it."""

    drawing: Markup
    says: str
    ticks: tuple[str, ...] = ()
    title: str = ""


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
    line: Drawn | None
    budget: Drawn | None
    source: str | None
    rows: tuple[Row, ...]
    missing: str

    @property
    def newest_row(self) -> Row | None:
        """The row of the newest finished period, else of the present one."""
        return next((row for row in self.rows if row.result is self.newest), None)

    @property
    def other_rows(self) -> tuple[Row, ...]:
        """All further rows."""
        return tuple(row for row in self.rows if row.result is not self.newest)


def block(book: Book, agreement_id: str, history: History) -> Block:
    """Everything about a target."""
    entry, newest, target = history.entry, history.newest, history.entry.target
    return Block(
        id=history.target,
        name=target.name,
        sentence=sentences.target_sentence(entry),
        why=target.why,
        newest=newest,
        detail=detail(newest) if newest is not None else "",
        chart=trends.chart(history.shown, target.name) if len(history.shown) > 1 else None,
        caption=trends.caption(history.shown),
        line=time_line_of(newest) if newest is not None else None,
        budget=_budget(newest) if newest is not None else None,
        source=target.source.id if target.source is not None and target.source.id in book.catalogue.sources else None,
        rows=tuple(row_of(book, history, result) for result in reversed(history.shown)),
        missing="" if newest is not None else why_no_figures(book, agreement_id),
    )


def row_of(book: Book, history: History, result: Result) -> Row:
    """A result with its working."""
    entry = history.entry_of(result)
    objective = result.objective
    shown = figure(result.shown) if result.shown else "–"
    return Row(
        result=result,
        anchor=links.working_anchor(result.target, result.period),
        heading=f"{capital(dates.period(result.period))}: how {shown} was worked out"
        if result.shown
        else f"{capital(dates.period(result.period))}: why there is no figure",
        promised=sentences.limit(objective.comparison, objective.level),
        coverage=percent(result.coverage, 2) if result.coverage is not None else "–",
        credit=percent(result.credit) if result.credit is not None else "–",
        method=slug(result.measure.value),
        lines=working(
            result, entry.target, book.title("calendars", entry.calendar_id), capital(dates.period(result.period))
        ),
        remarks=_remarks(book, result),
    )


def _remarks(book: Book, result: Result) -> tuple[str, ...]:
    said = [f"An exclusion was declared after the period: {reason}" for reason in result.late_exclusions]
    published = book.site.published.get(result.period.partition("/")[0])
    if result.closed and published is not None:
        said.append(
            f"Closed on {dates.day(published.closed_on)}: the figure was published, and changes only by a restatement."
        )
        said += [
            f"Restated on {dates.day(date.fromisoformat(each.date))}, {_said(each.old, result.unit)} before, {_said(each.new, result.unit)} now: {each.why}"
            for each in corrections_since(book, *result.key)
        ]
    return tuple(said)


def _said(compared: Mapping[str, object], unit: str) -> str:
    """A published figure in a few words: its verdict, with the value that was compared."""
    value = figure_of(compared, unit)
    return f"{compared.get('verdict')}{f' ({value})' if value else ''}"


def time_line_of(result: Result) -> Drawn | None:
    """What happened in a period, drawn and in words; None where nothing did."""
    line = result.time_line
    if not (line.down or line.maintenance or line.listed or line.unobserved):
        return None
    says = _line_words(line)
    return Drawn(drawing=drawings.time_line(line, result.start, result.end, says), says=says, ticks=_ticks(result))


def _line_words(line: TimeLine) -> str:
    """`1 h 15 min down in 2 outages; 40 min of announced maintenance are not counted`."""
    parts = []
    if line.down:
        down = sum(end - start for start, end, _ in line.down)
        parts.append(f"{duration(down, up=True)} down in {count(len(line.down), 'stretch', 'stretches')}")
    for spans, words in (
        (line.maintenance, "of agreed maintenance not counted"),
        (line.listed, "left out by agreement"),
        (line.unobserved, "that nobody observed"),
    ):
        if spans:
            parts.append(f"{duration(sum(end - start for start, end in spans), up=True)} {words}")
    return "; ".join(parts) + "."


def _ticks(result: Result) -> tuple[str, ...]:
    home = zone(result.zone)
    first, last = local_date(result.start, home), local_date(result.end - 1, home)
    days = (last - first).days
    if days < _TICKS:
        return tuple(dates.short_day(first + timedelta(days=offset)) for offset in range(days + 1))
    return tuple(dates.short_day(first + timedelta(days=days * step // _TICKS)) for step in range(_TICKS + 1))


def _budget(result: Result) -> Drawn | None:
    budget = result.budget
    if budget is None or result.verdict is Verdict.NO_DATA:
        return None
    says = sentences.budget_sentence(result)
    title = "Downtime budget" if result.numerator_unit == "seconds" else "Error budget"
    return Drawn(drawing=drawings.budget_bar(budget, says), says=says, title=title)
