"""The newest periods of a target side by side: verdict and figure in view, each leading to its working."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from servicebook.model.result import Result, Verdict
from servicebook.rendering import dates, icons, links, sentences
from servicebook.rendering.wording import figure, percent
from servicebook.texts import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A period's verdict; `says` is what a screen reader hears of it."""

    anchor: str
    address: str
    verdict: Verdict
    state: str
    """Name of the verdict's shape."""
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table; neighbours that say the same share a cell."""

    label: str
    cells: tuple[tuple[str, int], ...]
    """What is said, and of how many periods."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """The newest periods of a target, the oldest first."""

    labels: tuple[str, ...]
    cells: tuple[Cell, ...]
    figures: tuple[str, ...]
    rows: tuple[Row, ...]
    """Further lines: what was promised where that changed, coverage where somebody looked away, credits where any are agreed."""


def periods(results: Sequence[Result], address: Callable[[Result], str]) -> Periods:
    """The table of some results; `address` leads to the working of each."""
    return Periods(
        labels=tuple(dates.axis_labels([result.period for result in results])),
        cells=tuple(_cell(result, address(result)) for result in results),
        figures=tuple(figure(result.shown) if result.shown else "–" for result in results),
        rows=tuple(_rows(results)),
    )


def _cell(result: Result, address: str) -> Cell:
    shown = f"{figure(result.shown)}, " if result.shown else ""
    return Cell(
        anchor=links.working_anchor(result.target, result.period),
        address=address,
        verdict=result.verdict,
        state=icons.key_of(result.verdict),
        says=f"{dates.period(result.period)}: {shown}{say(result.verdict.value)}",
    )


def _rows(results: Sequence[Result]) -> list[Row]:
    promised = [sentences.limit(r.objective.comparison, r.objective.level) for r in results]
    coverage = [percent(r.coverage, 1) if r.coverage is not None else "–" for r in results]
    credit = [percent(r.credit) if r.credit is not None else "–" for r in results]
    found = []
    if len(set(promised)) > 1:
        found.append(Row(label=say("Promised"), cells=_runs(promised)))
    if any(r.coverage is not None and r.coverage < 1 for r in results):
        found.append(Row(label=say("Coverage"), cells=tuple((text, 1) for text in coverage)))
    if any(r.credit for r in results):
        found.append(Row(label=say("Credit"), cells=tuple((text, 1) for text in credit)))
    return found


def _runs(texts: Sequence[str]) -> tuple[tuple[str, int], ...]:
    return tuple((text, len(list(run))) for text, run in groupby(texts))
