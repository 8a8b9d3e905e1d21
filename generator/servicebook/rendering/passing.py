"""How a period passed: what happened in it, and how its budget burned down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from markupsafe import Markup

from servicebook.model.result import Result, TimeLine, Verdict
from servicebook.rendering import dates, drawings, sentences
from servicebook.rendering.book import History
from servicebook.rendering.wording import capital, duration, number, seconds
from servicebook.texts import marked, say, say_many
from servicebook.timeline.zone import local_date, zone

_TICKS = 6
_SECOND = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A drawing with what it says and the labels below it."""

    drawing: Markup
    says: str
    ticks: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A period as it passed."""

    title: str
    line: Drawn | None
    budget: Drawn | None


def passed(history: History) -> Iterator[Passed]:
    """The newest finished period, and the present one where something happened in it."""
    newest, present = history.newest, history.present
    if newest is not None:
        when = dates.in_period(newest.period)
        title = say("What happened %(when)s", when=when) if newest.finished else _so_far(newest)
        yield from _passed(newest, title)
    if present is not None and present is not newest and present.time_line.down:
        yield from _passed(present, _so_far(present))


def _so_far(result: Result) -> str:
    return say("What happened so far %(when)s", when=dates.in_period(result.period))


def _passed(result: Result, title: str) -> Iterator[Passed]:
    line, budget = time_line_of(result), _budget(result)
    if line is not None or budget is not None:
        yield Passed(title=title, line=line, budget=budget)


def time_line_of(result: Result) -> Drawn | None:
    """What happened in a period, drawn and in words; None where nothing did."""
    line = result.time_line
    if not (line.down or line.maintenance or line.listed or line.unobserved):
        return None
    says = _line_words(line)
    return Drawn(drawing=drawings.time_line(line, result.start, result.end, says), says=says, ticks=_ticks(result))


def course(result: Result) -> tuple[tuple[int, Fraction], ...]:
    """What was left of a budget of downtime: instants (UTC microseconds) with seconds, straight from one to the next.

    From the whole budget at the period's start down to what the result says is left at its end, or by now. Nothing
    where the single outages aren't known, as in daily records.
    """
    budget, line = result.budget, result.time_line
    if budget is None or result.numerator_unit != "seconds":
        return ()
    points, left = [(result.start, budget.total)], budget.total
    for start, end, impact in line.down:
        points.append((start, left))
        left -= (end - start) * impact / _SECOND
        points.append((end, left))
    points.append((min(result.end, result.known_to), left))
    return tuple(points) if left == budget.left else ()


def _line_words(line: TimeLine) -> str:
    """`1 h 15 min down in 2 outages; 40 min of announced maintenance are not counted`."""
    parts = []
    if line.down:
        down, pieces = _length((start, end) for start, end, _ in line.down), len(line.down)
        parts.append(
            say_many(
                "%(time)s down in %(number)s\u00a0stretch",
                "%(time)s down in %(number)s\u00a0stretches",
                pieces,
                time=down,
                number=number(pieces),
            )
        )
    for spans, message in (
        (line.maintenance, marked("%(time)s of agreed maintenance not counted")),
        (line.listed, marked("%(time)s left out by agreement")),
        (line.unobserved, marked("%(time)s that nobody observed")),
    ):
        if spans:
            parts.append(say(message, time=_length(spans)))
    return "; ".join(parts) + "."


def _length(spans: Iterable[tuple[int, int]]) -> str:
    return duration(sum(end - start for start, end in spans), up=True)


def _ticks(result: Result) -> tuple[str, ...]:
    home = zone(result.zone)
    first, last = local_date(result.start, home), local_date(result.end - 1, home)
    days = (last - first).days
    if days < _TICKS:
        return tuple(dates.short_day(first + timedelta(days=offset)) for offset in range(days + 1))
    return tuple(dates.short_day(first + timedelta(days=days * step // _TICKS)) for step in range(_TICKS + 1))


def _budget(result: Result) -> Drawn | None:
    """How the budget burned down; where only its end is known, how much of it was used."""
    budget = result.budget
    if budget is None or result.verdict is Verdict.NO_DATA:
        return None
    says = sentences.budget_sentence(result)
    title = say("Downtime budget") if result.numerator_unit == "seconds" else say("Error budget")
    points = course(result)
    if len(points) < _WITH_AN_OUTAGE:
        return Drawn(drawing=drawings.budget_bar(budget, says), says=says, title=title)
    drawn = drawings.burn_down(points, result.end, capital(f"{says}. {_largest(result)}"))
    ticks = _ticks(result)
    return Drawn(drawing=drawn, says=says, title=title, ticks=(ticks[0], ticks[-1]))


_WITH_AN_OUTAGE = 4
"""Points of a course in which something happened."""


def _largest(result: Result) -> str:
    """The piece that took most of the budget: `The largest part, 40 min, on 19 October 2026.`."""
    pieces: Sequence[tuple[int, int, Fraction]] = result.time_line.down
    start, end, impact = max(pieces, key=lambda piece: ((piece[1] - piece[0]) * piece[2], -piece[0]))
    return say(
        "The largest part, %(time)s, on %(day)s.",
        day=dates.day(local_date(start, zone(result.zone))),
        time=seconds((end - start) * impact / _SECOND, up=True),
    )
