"""The pages of metric sources: freshness, what they vouch for, what is wrong with them, and which figures they make."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction

from servicebook.insight.schemas import schemas
from servicebook.model.measurement import SourceReport
from servicebook.model.metric_source import MetricSource
from servicebook.model.result import TimeLine
from servicebook.rendering import dates, drawings, links
from servicebook.rendering.book import Book
from servicebook.rendering.closures import closures
from servicebook.rendering.page import Heading, Page
from servicebook.rendering.passing import Drawn
from servicebook.rendering.plans import Aim
from servicebook.rendering.templating import make
from servicebook.rendering.wording import count, percent
from servicebook.source import Problem
from servicebook.texts import say
from servicebook.timeline.interval import Intervals
from servicebook.timeline.zone import DAY, local_date, zone

SHOWN_PROBLEMS = 100
_WINDOW = 90 * DAY
_SHORT, _LONG = 48, 730


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A source in the list."""

    source: MetricSource
    report: SourceReport | None
    age: str
    vouches_to: int | None
    problems: tuple[Problem, ...]


def pages(book: Book) -> Iterator[Page]:
    """The list of sources with all problems, then a page for each source."""
    used = _targets(book)
    items = [_item(book, source) for source in book.catalogue.sources.values()]
    yield _index(book, items)
    yield from (_page(book, item, used.get(item.source.id, [])) for item in items)


def _index(book: Book, items: list[Item]) -> Page:
    problems = book.site.problems
    closed = closures(book)
    return make(
        book,
        "data.html",
        url=links.DATA,
        title=say("Data"),
        section="more",
        description=say("Metric sources, their freshness and their problems."),
        headings=(
            *([Heading(title=say("Closed periods"), id="closed")] if closed else []),
            Heading(title=say("Problems"), id="problems"),
            Heading(title=say("For programs and spreadsheets"), id="programs"),
        ),
        values={
            "sources": items,
            "closed": closed,
            "tables": _tables(book),
            "documents": list(schemas()),
            "problems": problems[:SHOWN_PROBLEMS],
            "more": max(0, len(problems) - SHOWN_PROBLEMS),
        },
    )


def _tables(book: Book) -> list[str]:
    """The tables that have a row: without one there is no file to lead to."""
    counted = book.site.metered
    rows: dict[str, Collection[object]] = {
        "results": book.site.results,
        "agreements": book.site.terms,
        "services": book.catalogue.services,
        "breaches": book.breaches,
        "needs": book.needs,
        "due": [item for item in book.due if item.is_due],
        "costs": [month for each in counted.costs.values() for month in each.months],
        "capacity": [month for each in counted.uses.values() for month in each.months],
        "satisfaction": [month for each in counted.satisfactions.values() for month in each.months],
    }
    return [name for name, found in rows.items() if found]


def _item(book: Book, source: MetricSource) -> Item:
    report = book.site.reports.get(source.id)
    paths = {source.path, *(f.path for f in report.files)} if report is not None else {source.path}
    problems = [p for path in sorted(paths) for p in book.problems_in.get(path, ())]
    return Item(
        source=source,
        report=report,
        age=age(report.last, book.site.as_of) if report is not None and report.last is not None else "",
        vouches_to=_vouches_to(source, report, book.site.as_of),
        problems=tuple(problems),
    )


def _vouches_to(source: MetricSource, report: SourceReport | None, as_of: int) -> int | None:
    declared = [instant for instant in (source.complete_to, source.until) if instant is not None]
    if declared:
        return min(*declared, as_of)
    return report.vouched.end if report is not None and report.vouched else None


def age(instant: int, as_of: int) -> str:
    """How old a record is, in whole hours, days or years."""
    hours = max(0, as_of - instant) * 24 // DAY
    if hours < _SHORT:
        return say("%(age)s old", age=count(hours, "hour", "hours"))
    days = hours // 24
    if days < _LONG:
        return say("%(age)s old", age=count(days, "day", "days"))
    return say("%(age)s old", age=count(days // 365, "year", "years"))


def _page(book: Book, item: Item, targets: list[Aim]) -> Page:
    source = item.source
    return make(
        book,
        "source.html",
        url=links.source(source.id),
        title=source.title,
        section="more",
        description=say("Metric source of %(records)s.", records=say(source.records.value)),
        headings=(
            Heading(title=say("Figures made of it"), id="used-by"),
            Heading(title=say("Problems"), id="problems"),
            Heading(title=say("Files"), id="files"),
        ),
        edit_path=source.path or None,
        zone=zone(source.time_zone or "UTC"),
        values={
            "source": source,
            "report": item.report,
            "age": item.age,
            "vouches_to": item.vouches_to,
            "lead": say(
                "%(files)s of %(records)s.",
                files=count(len(item.report.files), "file", "files"),
                records=say(source.records.value),
            )
            if item.report is not None
            else say("Not read."),
            "coverage": _coverage(book, item.report) if item.report is not None else None,
            "targets": targets,
            "problems": item.problems[:SHOWN_PROBLEMS],
            "more": max(0, len(item.problems) - SHOWN_PROBLEMS),
        },
    )


def _coverage(book: Book, report: SourceReport) -> Drawn | None:
    """Which part of the last ninety days a source vouches for."""
    if not report.vouched:
        return None
    end = book.site.as_of
    start = end - _WINDOW
    seen = report.vouched.clip(start, end)
    missing = Intervals.span(start, end) - seen
    share = percent(_share(seen.duration), 1)
    says = (
        say("%(share)s of the last ninety days is vouched for; the rest is unknown.", share=share)
        if missing
        else say("All of it is vouched for.")
    )
    ticks = tuple(dates.short_day(local_date(start + _WINDOW * step // 6, book.utc)) for step in range(7))
    return Drawn(
        drawing=drawings.time_line(TimeLine(unobserved=tuple(missing)), start, end, says), says=says, ticks=ticks
    )


def _share(microseconds: int) -> Fraction:
    return Fraction(microseconds, _WINDOW)


def _targets(book: Book) -> dict[str, list[Aim]]:
    """Targets by the source that they are worked out from."""
    found: dict[str, list[Aim]] = {}
    for agreement_id, histories in book.histories.items():
        for history in histories.values():
            source = history.entry.target.source
            if source is None:
                continue
            newest = history.newest
            aim = Aim(
                title=f"{book.title('agreements', agreement_id)}: {history.entry.target.name}",
                address=links.target(agreement_id, history.target),
                verdict=newest.verdict if newest is not None else None,
            )
            found.setdefault(source.id, []).append(aim)
    return found
