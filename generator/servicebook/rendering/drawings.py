"""Small drawings as inline SVG: the strip of newest periods, a period's time line, the budget, a week's hours.

Colours come from classes, so that they follow the scheme; each drawing has a text that says what it shows. Positions
are rounded for drawing only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from servicebook.model.result import Budget, Result, TimeLine, Verdict
from servicebook.rendering import icons

_STEP, _MIDDLE, _REACH = 22, 24, 15
_WIDTH, _DEPTH = 1000, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a bar, in thousandths of its length."""

    kind: str
    """`down`, `maintenance`, `listed` or `unobserved`."""
    start: int
    end: int


def strip(results: Sequence[Result], says: str) -> Markup:
    """Newest periods as shapes: above the line of what was promised, or below it; without a figure, on the floor."""
    reach = max((abs(_distance(r)) for r in results if r.value is not None), default=Fraction(0))
    parts = [_strip_item(index, result, reach) for index, result in enumerate(results)]
    width = max(len(results), 1) * _STEP
    return Markup(
        '<svg class="sb-strip" viewBox="0 0 {w} 48" role="img" aria-label="{says}"><title>{says}</title>'
        '<path class="sb-line" d="M0 {m}H{w}"/>{parts}</svg>'
    ).format(w=width, m=_MIDDLE, says=says, parts=Markup("").join(parts))


def _strip_item(index: int, result: Result, reach: Fraction) -> Markup:
    key, x = icons.key_of(result.verdict), index * _STEP + _STEP // 2
    y = 42 if result.value is None else _MIDDLE - _height(result, reach)
    stem = Markup("")
    if result.value is not None and abs(y - _MIDDLE) > 5:
        stem = Markup('<path class="sb-stem" d="M{} {}V{}"/>').format(x, _MIDDLE, y)
    return Markup('<g class="sb-is-{}">{}<use href="#sb-{}" x="{}" y="{}" width="12" height="12"/></g>').format(
        key, stem, key, x - 6, y - 6
    )


def _height(result: Result, reach: Fraction) -> int:
    distance = _distance(result)
    if not reach:
        return 4
    drawn = int(_REACH * distance / reach)
    if drawn:
        return drawn
    return -4 if result.verdict is Verdict.BREACHED or distance < 0 else 4


def _distance(result: Result) -> Fraction:
    """How far a figure lies on the good side of its objective."""
    distance = (result.value or Fraction(0)) - result.level
    return distance if result.objective.comparison.is_lower_limit else -distance


def time_line(line: TimeLine, start: int, end: int, says: str) -> Markup:
    """What happened in a period, from its start to its end."""
    drawn = [
        *((kind, low, high) for kind in ("unobserved", "maintenance", "listed") for low, high in getattr(line, kind)),
        *(("down", low, high) for low, high, _ in line.down),
    ]
    pieces = [_piece(kind, low, high, start, end) for kind, low, high in drawn]
    return _bar("sb-timeline", pieces, says)


def _piece(kind: str, low: int, high: int, start: int, end: int) -> Piece:
    length = end - start
    left = _WIDTH * (low - start) // length
    # Ten minutes of a month would be no wider than a hair: everything that happened is seen.
    return Piece(kind=kind, start=min(left, _WIDTH - 4), end=max(left + 4, -(-_WIDTH * (high - start) // length)))


def _bar(css: str, pieces: Sequence[Piece], says: str) -> Markup:
    merged = _merged(pieces)
    rects = (
        Markup('<rect class="sb-piece-{}" x="{}" y="0" width="{}" height="12"/>').format(
            p.kind, p.start, p.end - p.start
        )
        for p in merged
    )
    return Markup(
        '<svg class="sb-bar {css}" viewBox="0 0 1000 12" preserveAspectRatio="none" role="img" aria-label="{says}"><title>{says}</title>'
        '<rect class="sb-piece-ground" width="1000" height="12"/>{rects}</svg>'
    ).format(css=css, says=says, rects=Markup("").join(rects))


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours that would be drawn over one another become one, so that a year of probes stays a small drawing."""
    merged: list[Piece] = []
    for piece in pieces:
        before = merged[-1] if merged else None
        if before is not None and before.kind == piece.kind and piece.start <= before.end:
            merged[-1] = Piece(kind=piece.kind, start=before.start, end=max(before.end, piece.end))
        else:
            merged.append(piece)
    return merged


def budget_bar(budget: Budget, says: str) -> Markup:
    """How much of the budget was used; what lies over it is hatched."""
    whole = max(budget.total, budget.used)
    if whole <= 0:
        return _bar("sb-budget", (), says)
    allowed = int(_WIDTH * min(budget.used, budget.total) / whole)
    pieces = [Piece(kind="used", start=0, end=allowed)]
    if budget.used > budget.total:
        pieces = [Piece(kind="spent", start=0, end=allowed), Piece(kind="over", start=allowed, end=_WIDTH)]
    return _bar("sb-budget", pieces, says)


def burn_down(points: Sequence[tuple[int, Fraction]], end: int, says: str) -> Markup:
    """What was left of a budget from the first point on, on the days up to `end`; what lies below nothing is tinted."""
    start, total = points[0]
    lowest = min(left for _, left in points)
    span = max(total - min(lowest, Fraction(0)), Fraction(1))
    places = [(_WIDTH * (at - start) // (end - start), int(_DEPTH * (total - left) / span)) for at, left in points]
    floor = int(_DEPTH * total / span)
    drawn = "".join(f"{'L' if index else 'M'}{x} {y}" for index, (x, y) in enumerate(dict.fromkeys(places)))
    return Markup(
        '<svg class="sb-burn" viewBox="0 -4 1000 {box}" preserveAspectRatio="none" role="img" aria-label="{says}"><title>{says}</title>'
        '{tint}<path class="sb-piece-left" d="{drawn}V{floor}H0Z"/><path class="sb-promised" d="M0 {floor}H1000"/>'
        '<path class="sb-trend" d="{drawn}"/></svg>'
    ).format(
        box=_DEPTH + 8,
        says=says,
        tint=Markup('<rect class="sb-missed" y="{}" width="1000" height="{}"/>').format(floor, _DEPTH - floor)
        if lowest < 0
        else "",
        drawn=drawn,
        floor=floor,
    )


def week(weekly: Sequence[Sequence[tuple[int, int]]], days: Sequence[str], says: str) -> Markup:
    """The hours of a week: a row for each day, from midnight to midnight; nights that run over go on in the next row."""
    rows: list[Markup] = []
    for index, name in enumerate(days):
        own = [(start, min(end, 1440)) for start, end in weekly[index]]
        carried = [(0, end - 1440) for _, end in weekly[index - 1] if end > 1440]
        y = 18 + index * 16
        rows.append(
            Markup(
                '<text x="0" y="{}">{}</text><rect class="sb-piece-ground" x="36" y="{}" width="288" height="10"/>'
            ).format(y + 9, name, y)
        )
        rows += [
            Markup('<rect class="sb-piece-open" x="{}" y="{}" width="{}" height="10"/>').format(
                _tenths(360 + start * 2), y, _tenths((end - start) * 2)
            )
            for start, end in (*carried, *own)
        ]
    hours = Markup("").join(
        Markup('<text class="sb-middle" x="{}" y="10">{}</text>').format(36 + hour * 12, hour)
        for hour in range(0, 25, 6)
    )
    return Markup(
        '<svg class="sb-week" viewBox="0 0 332 132" role="img" aria-label="{says}"><title>{says}</title>{hours}{rows}</svg>'
    ).format(says=says, hours=hours, rows=Markup("").join(rows))


def _tenths(value: int) -> str:
    """A whole number of tenths as a coordinate."""
    return f"{value // 10}.{value % 10}".removesuffix(".0")
