"""From the results of a target to what its chart shows: points, the scale's lines, and words for it.

The figures themselves are exact and stand in the table; a chart's places are rounded, and judge nothing.
"""

from __future__ import annotations

from fractions import Fraction

from markupsafe import Markup

from servicebook.model.common import MICROSECONDS, Unit
from servicebook.model.result import Result
from servicebook.rendering import charts, dates
from servicebook.rendering.promises import trend_words
from servicebook.rendering.wording import capital, figure, quantity
from servicebook.texts import say

_STEPS = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))
_LINES = 4


def chart(results: tuple[Result, ...], name: str) -> Markup | None:
    """The trend of a target's newest periods; None where no period has a figure."""
    trend = trend_of(results)
    if trend is None:
        return None
    return charts.draw(trend, title=name, description=trend_words(results))


def caption(results: tuple[Result, ...]) -> str:
    """What the scale shows, where it doesn't begin at zero."""
    trend = trend_of(results)
    if trend is None or trend.ticks[0][0] <= 0:
        return ""
    return say("The scale begins at %(level)s.", level=trend.ticks[0][1])


def trend_of(results: tuple[Result, ...]) -> charts.Trend | None:
    """Points in the unit of the objective, and the lines of a scale that holds them all."""
    values = [_scaled(r, r.value) for r in results if r.value is not None]
    if not values:
        return None
    levels = [_scaled(r, r.level) for r in results]
    last = results[-1]
    ticks = _ticks(min(*values, *levels), max(*values, *levels), _ceiling(last))
    labels = dates.axis_labels([r.period for r in results])
    points = tuple(
        charts.Point(
            label=label,
            verdict=r.verdict,
            value=None if r.value is None else _drawn(_scaled(r, r.value)),
            level=_drawn(_scaled(r, r.level)),
            finished=r.finished,
            shown=figure(r.shown or ""),
            says=f"{capital(dates.period(r.period))}: {figure(r.shown or '–')}, {say(r.verdict.value)}",
        )
        for r, label in zip(results, labels, strict=True)
    )
    unit = _unit(last)
    return charts.Trend(
        points=points,
        is_lower_limit=last.objective.comparison.is_lower_limit,
        ticks=tuple((_drawn(tick), quantity(tick, unit, 6)) for tick in ticks),
        promised=quantity(levels[-1], unit, 6),
    )


def _drawn(value: Fraction) -> float:
    return round(float(value), 9)


def _unit(result: Result) -> str:
    level = result.objective.level
    return "%" if level.kind is Unit.SHARE else level.unit


def _scaled(result: Result, value: Fraction) -> Fraction:
    """A figure in the unit that its objective is written in."""
    level = result.objective.level
    if level.kind is Unit.SHARE:
        return value * 100
    if level.kind is Unit.DURATION and result.unit == "seconds":
        return value * 1_000_000 / MICROSECONDS[level.unit]
    return value


def _ceiling(result: Result) -> Fraction | None:
    """A share of time can't lie above 100 %."""
    if result.unit == "share" and result.objective.comparison.is_lower_limit:
        return Fraction(100)
    return None


def _ticks(low: Fraction, high: Fraction, ceiling: Fraction | None) -> list[Fraction]:
    """Round numbers a round step apart that enclose everything; zero where it is near."""
    if low >= 0 and low < (high - low) * 2:
        low = Fraction(0)
    spread = high - low or abs(high) / 10 or Fraction(1)
    if ceiling is not None and high <= ceiling:
        high = max(high, min(ceiling, high + spread / 4))
    step = _step(spread / _LINES)
    first = low // step
    last = -(-high // step)
    if first == last:
        first -= 1
    ticks = [index * step for index in range(int(first), int(last) + 1)]
    if ceiling is not None and low >= 0 and ticks[-1] > ceiling:
        ticks = [tick for tick in ticks if tick < ceiling] + [ceiling]
    return ticks


def _step(rough: Fraction) -> Fraction:
    scale = Fraction(1)
    while scale > rough:
        scale /= 10
    while scale * 10 <= rough:
        scale *= 10
    return next(step * scale for step in _STEPS if step * scale >= rough)
