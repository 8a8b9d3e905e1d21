"""Trend charts: Altair describes them, they are drawn as SVG at build time.

One specification serves all charts; a chart only brings its data, as marks with their places. What comes out of the
drawing is reduced to shapes with classes, so that colours follow the scheme, no style is inline and no id can clash.
The same data give the same bytes.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup

from servicebook.model.result import Verdict
from servicebook.rendering.drawn import CLASSES, LABEL, Label, cleaned
from servicebook.texts import say

WIDTH, HEIGHT = 560, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 10, 92, 12, 26
_BOX = f"0 0 {WIDTH + _LEFT + _RIGHT} {HEIGHT + _TOP + _BOTTOM}"
_MOST_LABELS = 14
"""So many periods can have a label each along the axis; of more only every second, third … has one."""
_CLEARANCE = 30
"""Labels closer to one another than so many units would overlap."""
_COLOUR = {css: colour for colour, css in CLASSES.items()}
_PATHS = {
    Verdict.MET: "circle",
    Verdict.ON_TRACK: "circle",
    Verdict.AT_RISK: "triangle-up",
    Verdict.BREACHED: "M-1,-1L1,1M1,-1L-1,1",
    Verdict.INDETERMINATE: "M-1,0L-.5,0M-.25,0L.25,0M.5,0L1,0",
    Verdict.NO_DATA: "M-.45,0A.45,.45,0,1,1,.45,0A.45,.45,0,1,1,-.45,0",
    Verdict.NOTHING_TO_JUDGE: "M-.6,0A.6,.6,0,1,1,.6,0A.6,.6,0,1,1,-.6,0M-.8,.8L.8,-.8",
}
_FILLED = (Verdict.MET, Verdict.AT_RISK, Verdict.NO_DATA)


@dataclass(frozen=True, slots=True)
class Point:
    """A period of a trend."""

    label: str
    verdict: Verdict
    value: float | None
    """Rounded for drawing; None where there is no figure."""
    level: float
    """What was promised."""
    finished: bool
    shown: str = ""
    says: str = ""
    """The period, its figure and its verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Everything that a chart of one target shows."""

    points: tuple[Point, ...]
    is_lower_limit: bool
    ticks: tuple[tuple[float, str], ...]
    """Lines of the scale with their labels; the first and the last are its ends."""
    promised: str
    """The level that was promised last, at its line."""


@lru_cache(maxsize=4096)
def draw(trend: Trend, *, title: str, description: str) -> Markup:
    """A trend as SVG; `title` and `description` say what it shows. A drawing is remembered by its content."""
    values = _data(trend)
    bounds = {"low": trend.ticks[0][0], "high": trend.ticks[-1][0], "last": len(trend.points) - 0.5}
    spec = {
        **_compiled(),
        "data": [
            {**data, "values": values[data["name"]]} if data["name"] in values else data for data in _compiled()["data"]
        ],
        "signals": [{"name": name, "value": value} for name, value in bounds.items()],
    }
    says = [point.says for point in trend.points]
    svg = cleaned(vl_convert.vega_to_svg(spec), _labels(trend), says, box=_BOX, title=title, description=description)
    return Markup(svg)  # noqa: S704 - built from elements


def _data(trend: Trend) -> dict[str, list[dict[str, Any]]]:
    low, high = trend.ticks[0][0], trend.ticks[-1][0]
    return {
        "grid": [{"y": at} for at, _ in trend.ticks],
        "levels": _levels(trend),
        "tint": [
            {
                "x": s["x"],
                "x2": s["x2"],
                "y": low if trend.is_lower_limit else s["y"],
                "y2": s["y"] if trend.is_lower_limit else high,
            }
            for s in _levels(trend)
        ],
        "lines": [segment for segment in _segments(trend.points) if segment["finished"]],
        "open": [segment for segment in _segments(trend.points) if not segment["finished"]],
        "points": [
            {"x": i, "y": low if p.value is None else p.value, "verdict": p.verdict.value}
            for i, p in enumerate(trend.points)
        ],
        "labels": [{"x": label.x, "y": label.y} for label in _labels(trend)],
    }


def _labels(trend: Trend) -> list[Label]:
    """The words of a chart, each at its point of the scales."""
    low, right = trend.ticks[0][0], len(trend.points) - 0.5
    level = trend.points[-1].level
    crowd = -(-len(trend.points) // _MOST_LABELS)
    every = 1 if len(trend.points) < 5 else 3 * crowd
    labels = [Label(right, at, words, "sb-text", "start", 8, 0, "0.32em") for at, words in _scale_labels(trend)]
    for index, point in enumerate(trend.points):
        from_last = len(trend.points) - 1 - index
        if from_last % crowd:
            continue
        minor = from_last % every
        labels.append(
            Label(index, low, point.label, "sb-text sb-minor" if minor else "sb-text", "middle", 0, 10, "0.8em")
        )
    labels.append(Label(right, level, say("promised"), "sb-promised-text", "start", 8, 0, "-0.3em"))
    labels.append(Label(right, level, trend.promised, "sb-text", "start", 8, 0, "0.9em"))
    if (breach := _worth_a_label(trend)) is not None:
        point = trend.points[breach]
        labels.append(Label(breach, point.value or 0, point.shown, "sb-is-breached", "end", -10, 0, "0.2em"))
    return labels


def _scale_labels(trend: Trend) -> list[tuple[float, str]]:
    """The scale's labels, but those that the words at the line of the objective would cover."""
    span = trend.ticks[-1][0] - trend.ticks[0][0]
    level = trend.points[-1].level
    return [(at, label) for at, label in trend.ticks if abs(at - level) * HEIGHT >= _CLEARANCE * span]


def _worth_a_label(trend: Trend) -> int | None:
    """The newest breach that has a figure is labelled."""
    breached = [i for i, p in enumerate(trend.points) if p.verdict is Verdict.BREACHED and p.value is not None]
    return breached[-1] if breached else None


def _levels(trend: Trend) -> list[dict[str, Any]]:
    """The objective, a step where it changed."""
    steps: list[dict[str, Any]] = []
    for index, point in enumerate(trend.points):
        if steps and steps[-1]["y"] == point.level:
            steps[-1]["x2"] = index + 0.5
        else:
            steps.append({"x": index - 0.5, "x2": index + 0.5, "y": point.level})
    return steps


def _segments(points: Sequence[Point]) -> list[dict[str, Any]]:
    """Lines between neighbours that both have a figure: a gap is a gap."""
    return [
        {"x": index, "y": one.value, "x2": index + 1, "y2": two.value, "finished": two.finished}
        for index, (one, two) in enumerate(itertools.pairwise(points))
        if one.value is not None and two.value is not None
    ]


@lru_cache(maxsize=1)
def _compiled() -> Mapping[str, Any]:
    """The specification in Vega's own terms: that step takes as long as the drawing, and is the same for all."""
    signals = [{"name": name, "value": value} for name, value in (("low", 0), ("high", 1), ("last", 1))]
    compiled: Mapping[str, Any] = vl_convert.vegalite_to_vega({**_template(), "params": signals})
    return compiled


@lru_cache(maxsize=1)
def _template() -> Mapping[str, Any]:
    """The specification that all charts share, checked by Altair once."""
    x = alt.X("x:Q", scale=alt.Scale(domain=[-0.5, alt.ExprRef("last")], nice=False, zero=False), axis=None)
    y = alt.Y(
        "y:Q", scale=alt.Scale(domain=[alt.ExprRef("low"), alt.ExprRef("high")], nice=False, zero=False), axis=None
    )
    verdicts = list(_PATHS)
    names = [verdict.value for verdict in verdicts]
    colours = [_COLOUR[f"sb-is-{name.replace(' ', '-')}"] for name in names]

    def base(name: str) -> alt.Chart:
        return alt.Chart(alt.NamedData(name))

    layers = [
        base("tint").mark_rect(color=_COLOUR["sb-missed"]).encode(x=x, x2="x2:Q", y=y, y2="y2:Q"),
        base("grid").mark_rule(color=_COLOUR["sb-grid"]).encode(x=alt.value(0), x2=alt.value(WIDTH), y=y),
        base("levels").mark_rule(color=_COLOUR["sb-promised"]).encode(x=x, x2="x2:Q", y=y),
        base("lines").mark_rule(color=_COLOUR["sb-trend"]).encode(x=x, y=y, x2="x2:Q", y2="y2:Q"),
        base("open").mark_rule(color=_COLOUR["sb-trend"], strokeDash=[4, 4]).encode(x=x, y=y, x2="x2:Q", y2="y2:Q"),
        base("points")
        .mark_point(size=70, opacity=1)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape("verdict:N", scale=alt.Scale(domain=names, range=list(_PATHS.values())), legend=None),
            stroke=alt.Stroke("verdict:N", scale=alt.Scale(domain=names, range=colours), legend=None),
            fill=alt.Fill(
                "verdict:N",
                scale=alt.Scale(
                    domain=names,
                    range=[c if v in _FILLED else "transparent" for v, c in zip(verdicts, colours, strict=True)],
                ),
                legend=None,
            ),
        ),
        # Labels are points here and become words afterwards: measuring words takes five times as long as all the rest,
        # and depends on the fonts of the machine.
        base("labels").mark_point(size=1, color=LABEL).encode(x=x, y=y),
    ]
    chart = (
        alt.layer(*layers)
        .properties(width=WIDTH, height=HEIGHT)
        .configure(background="transparent", padding={"left": _LEFT, "right": _RIGHT, "top": _TOP, "bottom": _BOTTOM})
        .configure_view(stroke=None)
    )
    spec: dict[str, Any] = chart.to_dict()
    spec["autosize"] = {"type": "none"}
    return spec
