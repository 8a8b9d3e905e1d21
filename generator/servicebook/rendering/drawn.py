"""What comes out of a drawing, reduced to shapes and words in classes.

Colours follow the scheme, nothing is styled inline, no font is named and no id can clash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

_SVG = "{http://www.w3.org/2000/svg}"
CLASSES = {
    "#000001": "sb-grid",
    "#000003": "sb-promised",
    "#000004": "sb-missed",
    "#000005": "sb-trend",
    "#00000a": "sb-is-met",
    "#00000b": "sb-is-on-track",
    "#00000c": "sb-is-at-risk",
    "#00000d": "sb-is-breached",
    "#00000e": "sb-is-indeterminate",
    "#00000f": "sb-is-no-data",
    "#000010": "sb-is-nothing-to-judge",
}
"""What each colour of the specification stands for; none of them is ever seen."""
LABEL = "#000020"
"""The colour of points at which a label is to stand."""
_TRANSLATE = re.compile(r"translate\(([-\d.e]+),([-\d.e]+)\)")
_JOINED = ("sb-grid", "sb-trend")
_KEPT = ("d", "x2", "y2", "stroke-dasharray")


@dataclass(frozen=True, slots=True)
class Label:
    """Words beside a point of the chart."""

    x: float
    y: float
    """In the units of the scales."""
    text: str
    css: str
    anchor: str
    """`start`, `middle` or `end`."""
    dx: float
    dy: float
    """From the point, in the units of the drawing."""
    lines: str
    """Further down by so much of the letters' height (`0.3em`), which is larger on phones."""


def cleaned(
    svg: str, labels: Sequence[Label], points: Sequence[str] = (), *, box: str, title: str, description: str
) -> str:
    """The drawing's shapes with their places, and a label for each point that stands for one, in their order.

    `points` say what the points of the trend show, for scripts.
    """
    drawn = ET.fromstring(svg)  # noqa: S314 - made by our own drawing
    whole = ET.Element("svg", {"class": "sb-chart", "viewBox": box, "role": "img", "aria-label": description})
    ET.SubElement(whole, "title").text = title
    ET.SubElement(whole, "desc").text = description
    words = iter(labels)
    for child in drawn:
        _copy(child, whole, (0.0, 0.0), words)
    for shape, said in zip(
        (each for each in whole if each.get("class", "").startswith("sb-is-") and each.tag == "path"),
        points,
        strict=False,
    ):
        shape.set("data-sb", said)
    _join(whole)
    return ET.tostring(whole, encoding="unicode")


def _copy(element: ET.Element, into: ET.Element, offset: tuple[float, float], words: Iterator[Label]) -> None:
    """Copy what is seen; groups pass their place on, everything that says how it was drawn is dropped."""
    tag = element.tag.removeprefix(_SVG)
    moved = _TRANSLATE.fullmatch(element.get("transform", ""))
    place = (offset[0] + float(moved[1]), offset[1] + float(moved[2])) if moved else offset
    if tag == "g":
        for child in element:
            _copy(child, into, place, words)
        return
    if element.get("stroke") == LABEL:
        _write(into, next(words), place)
        return
    css = _class_of(element)
    if not css:
        return
    kept = {name: _short(value) for name, value in element.attrib.items() if name in _KEPT}
    ET.SubElement(into, tag, {"class": css, "transform": f"translate({_place(*place)})", **kept})


def _join(whole: ET.Element) -> None:
    """Lines of one class become one path: a scale or a trend is one thing."""
    for css in _JOINED:
        lines = [each for each in whole if each.tag == "line" and each.get("class") == css]
        dashes = {each.get("stroke-dasharray") for each in lines}
        for dash in sorted(dashes, key=str):
            alike = [each for each in lines if each.get("stroke-dasharray") == dash]
            if len(alike) < 2:
                continue
            path = ET.Element("path", {"class": css, "d": "".join(map(_stroke, alike))})
            if dash is not None:
                path.set("stroke-dasharray", dash)
            whole.insert(list(whole).index(alike[0]), path)
            for each in alike:
                whole.remove(each)


def _stroke(line: ET.Element) -> str:
    """A line as part of a path."""
    moved = _TRANSLATE.fullmatch(line.get("transform", ""))
    x, y = (float(moved[1]), float(moved[2])) if moved else (0.0, 0.0)
    return f"M{_place(x, y)}l{_place(float(line.get('x2', 0)), float(line.get('y2', 0)))}"


def _write(into: ET.Element, label: Label, place: tuple[float, float]) -> None:
    where = _place(place[0] + label.dx, place[1] + label.dy)
    attributes = {
        "class": label.css,
        "transform": f"translate({where})",
        "text-anchor": label.anchor,
        "dy": label.lines,
    }
    ET.SubElement(into, "text", attributes).text = label.text


def _place(x: float, y: float) -> str:
    return f"{x:.4g},{y:.4g}"


def _class_of(element: ET.Element) -> str:
    """The class that a shape's colours stand for; nothing for what isn't seen."""
    fill, stroke = element.get("fill", "none"), element.get("stroke", "none")
    named = CLASSES.get(stroke) or CLASSES.get(fill) or ""
    if element.tag.removeprefix(_SVG) == "path" and stroke in CLASSES:
        named += " sb-filled" if fill in CLASSES else " sb-hollow"
    return named


def _short(value: str) -> str:
    """Coordinates to a hundredth."""
    return re.sub(r"(\.\d\d)\d+", r"\1", value)
