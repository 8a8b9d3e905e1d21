"""Columns by month as inline SVG: an amount each, the level that was meant, limits across, and where a trend leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

_STEP, _WIDTH, _HEIGHT, _TOP, _BOTTOM = 24, 16, 120, 8, 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A month."""

    label: str
    """Empty: none."""
    amount: Fraction | None
    """None: a gap."""
    level: Fraction | None = None
    """What was meant for the month: drawn as a short line across."""
    finished: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Where a trend leads after the newest finished month, so many months ahead."""

    months: int
    level: Fraction
    """Of the trend in the newest finished month."""
    slowest: Fraction
    fastest: Fraction
    """In a month."""


def columns(
    months: Sequence[Column], says: str, *, limits: Sequence[tuple[str, Fraction]] = (), outlook: Outlook | None = None
) -> Markup:
    """The drawing; limits are lines across with their words."""
    ahead = outlook.months if outlook is not None else 0
    width = (len(months) + ahead) * _STEP
    top = _highest(months, limits, outlook)
    drawn = [_column(index, each, top) for index, each in enumerate(months)]
    drawn += [_label(index, each.label) for index, each in enumerate(months) if each.label]
    drawn += [_limit(words, level, top, width) for words, level in limits]
    if outlook is not None:
        drawn.append(_band(sum(each.finished for each in months), outlook, top))
    return Markup(
        '<svg class="sb-by-month" viewBox="0 0 {} {}" role="img" aria-label="{}"><title>{}</title>{}</svg>'
    ).format(width + 70, _TOP + _HEIGHT + _BOTTOM, says, says, Markup("").join(drawn))


def _highest(months: Sequence[Column], limits: Sequence[tuple[str, Fraction]], outlook: Outlook | None) -> Fraction:
    amounts = [value for each in months for value in (each.amount, each.level) if value is not None]
    amounts += [level for _, level in limits]
    if outlook is not None:
        amounts.append(outlook.level + outlook.fastest * outlook.months)
    return max([*amounts, Fraction(0)]) or Fraction(1)


def _y(value: Fraction, top: Fraction) -> str:
    return f"{float(_TOP + _HEIGHT - max(value, Fraction(0)) * _HEIGHT / top):.1f}"


def _column(index: int, month: Column, top: Fraction) -> Markup:
    x = index * _STEP + (_STEP - _WIDTH) // 2
    parts = []
    if month.amount is not None:
        over = month.level is not None and month.amount > month.level
        css = "sb-column" + (" sb-over" if over else "") + ("" if month.finished else " sb-open-month")
        y = _y(month.amount, top)
        height = f"{float(_TOP + _HEIGHT) - float(y):.1f}"
        parts.append(
            Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>').format(css, x, y, _WIDTH, height)
        )
    if month.level is not None:
        parts.append(
            Markup('<path class="sb-promised" d="M{} {}h{}"/>').format(x - 3, _y(month.level, top), _WIDTH + 6)
        )
    return Markup("").join(parts)


def _label(index: int, label: str) -> Markup:
    return Markup('<text class="sb-middle" x="{}" y="{}">{}</text>').format(
        index * _STEP + _STEP // 2, _TOP + _HEIGHT + 13, label
    )


def _limit(words: str, level: Fraction, top: Fraction, width: int) -> Markup:
    y = _y(level, top)
    return Markup('<path class="sb-promised" d="M0 {}h{}"/><text x="{}" y="{}" dy="4">{}</text>').format(
        y, width, width + 4, y, words
    )


def _band(finished: int, outlook: Outlook, top: Fraction) -> Markup:
    """The range of the trend, from its level in the newest finished month on."""
    start = finished * _STEP - _STEP // 2
    end = start + outlook.months * _STEP
    low, high = (outlook.level + pace * outlook.months for pace in (outlook.slowest, outlook.fastest))
    return Markup('<path class="sb-band" d="M{} {}L{} {}V{}Z"/>').format(
        start, _y(outlook.level, top), end, _y(high, top), _y(low, top)
    )
