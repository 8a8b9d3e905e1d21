"""Badges: the newest figure of a target as a small picture, and as the document that shields.io draws one from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import escape

from servicebook.model.result import Verdict
from servicebook.rendering.book import Book, History
from servicebook.rendering.page import Asset
from servicebook.rendering.wording import figure
from servicebook.texts import say

FOLDER = "badges/"
_HEIGHT, _PADDING, _SHAPE = 20, 7, 12
_GROUND = "#3d4450"
_GREY = "#5c6370"
_COLOURS = {
    Verdict.MET: "#12663f",
    Verdict.ON_TRACK: "#12663f",
    Verdict.AT_RISK: "#7d4e00",
    Verdict.BREACHED: "#b3201f",
}
"""White words on any of them have a contrast of 5 : 1 and more."""
_SHAPES = {
    Verdict.MET: '<circle cx="6" cy="6" r="4.5"/>',
    Verdict.ON_TRACK: '<circle cx="6" cy="6" r="3.7" fill="none" stroke="#fff" stroke-width="1.8"/>',
    Verdict.AT_RISK: '<path d="M6 1 11 10.5H1Z"/>',
    Verdict.BREACHED: '<path d="M2 2 10 10M10 2 2 10" stroke="#fff" stroke-width="2.4"/>',
    Verdict.INDETERMINATE: '<path d="M.5 6H3.5M4.7 6H7.3M8.5 6H11.5" stroke="#fff" stroke-width="2"/>',
    Verdict.NO_DATA: '<circle cx="6" cy="6" r="1.7"/>',
    Verdict.NOTHING_TO_JUDGE: (
        '<circle cx="6" cy="6" r="3" fill="none" stroke="#fff" stroke-width="1.4"/>'
        '<path d="M2 10 10 2" stroke="#fff" stroke-width="1.4"/>'
    ),
}
_NARROW, _WIDE = frozenset(" .,:;!'|ijlftIr()1"), frozenset("mwMWQO@%GDHNU")


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """What a badge says."""

    label: str
    message: str
    verdict: Verdict | None
    """None where there is no figure yet."""

    @property
    def colour(self) -> str:
        """Of the message's ground."""
        return _GREY if self.verdict is None else _COLOURS.get(self.verdict, _GREY)


def assets(book: Book) -> Iterator[Asset]:
    """A picture and a document for each target of each agreement."""
    for agreement, histories in book.histories.items():
        for target, history in histories.items():
            badge = badge_of(history)
            yield Asset(url=address(agreement, target, "svg"), content=picture(badge).encode())
            yield Asset(url=address(agreement, target, "json"), content=document(badge).encode())


def address(agreement: str, target: str, form: str) -> str:
    """Where the badge of a target lies, as `svg` or `json`."""
    return f"{FOLDER}{agreement}/{target}.{form}"


def badge_of(history: History) -> Badge:
    """The newest finished figure of a target, else the present one."""
    newest, label = history.newest, history.entry.target.name
    if newest is None:
        return Badge(label=label, message=say("no figures yet"), verdict=None)
    word = say(newest.verdict.value)
    message = f"{figure(newest.shown)} {word}" if newest.shown else word
    return Badge(label=label, message=message, verdict=newest.verdict)


def document(badge: Badge) -> str:
    """The schema of an endpoint badge of shields.io."""
    said = {"schemaVersion": 1, "label": badge.label, "message": badge.message, "color": badge.colour}
    return json.dumps(said, ensure_ascii=False) + "\n"


def picture(badge: Badge) -> str:
    """A badge as SVG: a label and a figure with the shape of its verdict."""
    left = _width(badge.label) + 2 * _PADDING
    shape = _SHAPES[badge.verdict] if badge.verdict is not None else ""
    shift = _SHAPE + 4 if shape else 0
    words = _width(badge.message)
    right = words + 2 * _PADDING + shift
    drawn = f'<g transform="translate({left + _PADDING},4)" fill="#fff">{shape}</g>' if shape else ""
    says = escape(f"{badge.label}: {badge.message}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="{_HEIGHT}" role="img" aria-label="{says}">'
        f"<title>{says}</title>"
        f'<rect width="{left + right}" height="{_HEIGHT}" rx="3" fill="{badge.colour}"/>'
        f'<path d="M3 0H{left}V{_HEIGHT}H3A3 3 0 0 1 0 {_HEIGHT - 3}V3A3 3 0 0 1 3 0Z" fill="{_GROUND}"/>{drawn}'
        '<g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="{_PADDING}" y="14" textLength="{left - 2 * _PADDING}">{escape(badge.label)}</text>'
        f'<text x="{left + _PADDING + shift}" y="14" textLength="{words}">{escape(badge.message)}</text></g></svg>\n'
    )


def _width(text: str) -> int:
    """How wide words are about, in a plain font of eleven points; the words are then fitted into it."""
    tenths = sum(34 if each in _NARROW else 95 if each in _WIDE else 68 for each in text)
    return -(-tenths // 10)
