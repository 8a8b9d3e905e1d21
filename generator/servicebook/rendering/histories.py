"""A page for each target: its whole history, newest first, with the working behind every figure.

Long histories are parted, so that no page grows without end: the newest figures stand on the target's page, older ones
in a part for each year, for each quarter where weeks are judged, for each month where days are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from markupsafe import Markup

from servicebook.model.agreement import Agreement
from servicebook.model.measurement import FileEvidence
from servicebook.model.result import Result
from servicebook.rendering import badges, dates, head_links, links, sentences, trends
from servicebook.rendering.blocks import Row, row_of
from servicebook.rendering.book import SHOWN_PERIODS, Book, History
from servicebook.rendering.page import Page
from servicebook.rendering.promises import detail
from servicebook.rendering.templating import make
from servicebook.texts import say

NEWEST = 30
"""So many figures with their working stand on a target's own page."""
_DRAWN = 60
"""A chart of all periods shows so many of the newest."""
_DAY = len("2026-10-05")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some figures of a history on a page of their own."""

    name: str
    """`2024`, `2024-Q3` where weeks are judged, `2024-07` where days are; empty for the newest."""
    results: tuple[Result, ...]
    """Newest first."""

    @property
    def title(self) -> str:
        """What the part holds, in words."""
        return dates.period(self.name) if self.name else say("Newest figures")


def parts(results: Sequence[Result]) -> tuple[Part, ...]:
    """The newest figures, then the older ones by year (days by month), newest first."""
    newest_first = tuple(reversed(results))
    newest, older = newest_first[:NEWEST], newest_first[NEWEST:]
    split = groupby(older, key=_part_of)
    return (Part(name="", results=newest), *(Part(name=name, results=tuple(group)) for name, group in split))


def _part_of(result: Result) -> str:
    name = result.period.partition("/")[0]
    year, _, week = name.partition("-W")
    if week:
        return f"{year}-Q{min((int(week) - 1) // 13, 3) + 1}"
    return name[: len("2026-10")] if len(name) == _DAY else name[: len("2026")]


def addresses(agreement_id: str, history: History) -> dict[str, str]:
    """Where the working of each period of a target stands."""
    return {
        result.period: f"{links.history(agreement_id, history.target, part.name)}#{result.period}"
        for part in parts(history.results)
        for result in part.results
    }


def pages(book: Book, agreement: Agreement) -> Iterator[Page]:
    """The pages of the targets that have figures."""
    for history in book.histories[agreement.id].values():
        if history.results:
            listed = parts(history.results)
            yield from (_page(book, agreement, history, part, listed) for part in listed)


def _page(book: Book, agreement: Agreement, history: History, part: Part, listed: tuple[Part, ...]) -> Page:
    name, newest = history.entry.target.name, history.newest
    rows = [_row(book, history, result) for result in part.results]
    title = f"{name}, {part.title}" if part.name else name
    return make(
        book,
        "history.html",
        url=links.history(agreement.id, history.target, part.name),
        title=title,
        section="scorecards",
        description=say("All figures of %(target)s in %(agreement)s.", target=name, agreement=agreement.title),
        edit_path=agreement.path or None,
        zone=book.zone_of(agreement.id),
        values={
            "a": agreement,
            "name": title,
            "target": history.target,
            "sentence": sentences.target_sentence(history.entry),
            "why": history.entry.target.why,
            "newest": newest if not part.name else None,
            "detail": detail(newest) if newest is not None else "",
            "charts": _charts(history, name) if not part.name else (),
            "rows": rows,
            "badge_file": badges.address(agreement.id, history.target, "svg"),
            "badge_url": f"{book.site.address.rstrip('/')}/" if book.site.address else "",
            "source": _source(book, history),
            "files": files_of(part.results),
            "further": [each for each in listed if each is not part],
        },
        in_search=False,
        head_links=head_links.of_target(agreement.id, history.target),
    )


def _row(book: Book, history: History, result: Result) -> Row:
    """A row whose working is named by its period alone: the page is the target's."""
    return replace(row_of(book, history, result), anchor=result.period)


def _charts(history: History, name: str) -> tuple[tuple[str, Markup], ...]:
    """The newest periods, and as many as a drawing can hold where there are more."""
    if len(history.results) < 2:
        return ()
    drawn = [(say("Newest periods"), trends.chart(history.shown, name))]
    if len(history.results) > SHOWN_PERIODS:
        drawn.append((say("All periods"), trends.chart(history.results[-_DRAWN:], name)))
    return tuple((label, chart) for label, chart in drawn if chart is not None)


def _source(book: Book, history: History) -> str | None:
    source = history.entry.target.source
    return source.id if source is not None and source.id in book.catalogue.sources else None


def files_of(results: Sequence[Result]) -> tuple[FileEvidence, ...]:
    """The files behind some figures, each once."""
    return tuple(sorted({file for result in results for file in result.sources}, key=lambda file: file.path))
