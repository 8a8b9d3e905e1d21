"""Columns by month as inline SVG: an amount each, the level that was meant, limits across, and where a trend leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

_PLOT, _HEIGHT = 540, 160
"""However many months there are: letters have the same size in all drawings."""
_WIDEST = 24
"""A month of a short history."""
_LEFT, _RIGHT, _TOP = 20, 96, 18
_BASE = _TOP + _HEIGHT
_LINE = 13
"""Between two lines of words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A month."""

    label: str
    """Empty: none."""
    amount: Fraction | None
    """None: a gap."""
    says: str
    """What a reader is told who points at it."""
    level: Fraction | None = None
    """What was meant for the month: drawn as a short line across."""
    before: Fraction | None = None
    """The same month a year before: drawn as a thin line in the column."""
    shown: str = ""
    """The amount, written above the column where it is worth a word."""
    note: str = ""
    """Stands below the column."""
    finished: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Where a trend leads after the newest finished month, so many months ahead."""

    months: int
    level: Fraction
    """Of the trend in the newest finished month."""
    slowest: Fraction
    expected: Fraction
    fastest: Fraction
    """In a month."""
    words: str
    """Beside the end of the trend."""
    last: str
    """The name of the last month."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where months and amounts lie in the drawing."""

    step: float
    top: Fraction
    """The amount at the upper end; the lower end is zero."""

    def middle(self, index: int) -> float:
        """Of a month's place."""
        return (index + 0.5) * self.step

    def y(self, value: Fraction) -> float:
        """The height of an amount; what is below zero lies on the line."""
        return float(_BASE - max(value, Fraction(0)) * _HEIGHT / self.top)


def columns(
    months: Sequence[Column], says: str, *, limits: Sequence[tuple[str, Fraction]] = (), outlook: Outlook | None = None
) -> Markup:
    """The drawing; limits are levels with their words, drawn across unless months have levels of their own."""
    finished = sum(each.finished for each in months)
    places = max(len(months), finished + (outlook.months if outlook is not None else 0))
    scale = _Scale(min(_PLOT / places, _WIDEST), _highest(months, limits, outlook))
    width = places * scale.step
    drawn = [part for index, each in enumerate(months) for part in _column(scale, index, each)]
    if not any(each.level is not None for each in months):
        drawn += [
            Markup('<path class="sb-promised" d="M0 {:.1f}h{:.1f}"/>').format(scale.y(level), width)
            for _, level in limits
        ]
    beside = [(words, scale.y(level)) for words, level in limits]
    if outlook is not None:
        drawn += [
            _trend(scale, finished, outlook),
            _word(scale.middle(finished - 1 + outlook.months), _BASE + _LINE, outlook.last),
        ]
        beside.append((outlook.words, scale.y(outlook.level + outlook.expected * outlook.months)))
    drawn += [
        Markup('<text x="{:.1f}" y="{:.1f}" dy="4">{}</text>').format(width + 6, y, words)
        for words, y in _apart(beside)
    ]
    lines = 2 if any(each.note for each in months) else 1
    return Markup(
        '<svg class="sb-chart sb-by-month" viewBox="-{} 0 {} {}" role="img" aria-label="{}"><title>{}</title>{}</svg>'
    ).format(_LEFT, _LEFT + _PLOT + _RIGHT, _BASE + lines * _LINE + 6, says, says, Markup("").join(drawn))


def _highest(months: Sequence[Column], limits: Sequence[tuple[str, Fraction]], outlook: Outlook | None) -> Fraction:
    amounts = [value for each in months for value in (each.amount, each.level, each.before) if value is not None]
    amounts += [level for _, level in limits]
    if outlook is not None:
        amounts.append(outlook.level + outlook.fastest * outlook.months)
    return max([*amounts, Fraction(0)]) or Fraction(1)


def _column(scale: _Scale, index: int, month: Column) -> Iterator[Markup]:
    middle, width = scale.middle(index), scale.step * 0.7
    if month.amount is not None:
        over = month.level is not None and month.amount > month.level
        css = "sb-column" + (" sb-over" if over else "") + ("" if month.finished else " sb-open-month")
        y = scale.y(month.amount)
        yield Markup('<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" data-sb="{}"/>').format(
            css, middle - width / 2, y, width, _BASE - y, month.says
        )
        if month.shown:
            yield _word(middle, y - 5, month.shown)
    for css, value, wide in (("sb-before", month.before, width), ("sb-promised", month.level, scale.step)):
        if value is not None:
            yield Markup('<path class="{}" d="M{:.1f} {:.1f}h{:.1f}"/>').format(
                css, middle - wide / 2, scale.y(value), wide
            )
    for words, line in ((month.label, 1), (month.note, 2)):
        if words:
            yield _word(middle, _BASE + line * _LINE, words)


def _word(middle: float, y: float, words: str) -> Markup:
    return Markup('<text class="sb-middle" x="{:.1f}" y="{:.1f}">{}</text>').format(middle, y, words)


def _apart(beside: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """Words on the right from the lowest up, each moved up so far that it doesn't run into the one below it."""
    placed: list[tuple[str, float]] = []
    for words, y in sorted(beside, key=lambda each: -each[1]):
        placed.append((words, min(y, placed[-1][1] - _LINE) if placed else y))
    return placed


def _trend(scale: _Scale, finished: int, outlook: Outlook) -> Markup:
    """The range of the trend, from its level in the newest finished month on, and the trend itself."""
    start, end = scale.middle(finished - 1), scale.middle(finished - 1 + outlook.months)
    low, middle, high = (
        scale.y(outlook.level + pace * outlook.months) for pace in (outlook.slowest, outlook.expected, outlook.fastest)
    )
    level = scale.y(outlook.level)
    return Markup(
        '<path class="sb-band" d="M{:.1f} {:.1f}L{:.1f} {:.1f}V{:.1f}Z"/>'
        '<path class="sb-trend" d="M{:.1f} {:.1f}L{:.1f} {:.1f}" stroke-dasharray="4 3"/>'
    ).format(start, level, end, high, low, start, level, end, middle)
