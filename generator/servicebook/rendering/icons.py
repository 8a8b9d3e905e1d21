"""The shapes of states, drawn once a page and used by reference.

Results are round or pointed, agreements are square, so that the two are never taken for one another. A shape is always
with its word: beside it, or for screen readers.
"""

from __future__ import annotations

from markupsafe import Markup

from servicebook.insight.lifecycle import State
from servicebook.model.result import Verdict

_SHAPES = {
    "met": '<circle cx="8" cy="8" r="5.5" fill="currentColor"/>',
    "on-track": '<circle cx="8" cy="8" r="4.5" fill="none" stroke="currentColor" stroke-width="2.2"/>',
    "at-risk": '<path d="M8 2 14.5 13.5H1.5Z" fill="currentColor"/>',
    "breached": '<path d="M3 3 13 13M13 3 3 13" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round"/>',
    "indeterminate": '<path d="M1 8H4.5M6.3 8H9.7M11.5 8H15" fill="none" stroke="currentColor" stroke-width="2.6"/>',
    "no-data": '<circle cx="8" cy="8" r="2" fill="currentColor"/>',
    "nothing-to-judge": (
        '<circle cx="8" cy="8" r="3.6" fill="none" stroke="currentColor" stroke-width="1.6"/>'
        '<path d="M3 13 13 3" fill="none" stroke="currentColor" stroke-width="1.6"/>'
    ),
    "in-force": '<rect x="2.5" y="2.5" width="11" height="11" rx="1.5" fill="currentColor"/>',
    "agreed": '<rect x="3.2" y="3.2" width="9.6" height="9.6" rx="1.5" fill="none" stroke="currentColor" stroke-width="2"/>',
    "draft": (
        '<rect x="3.2" y="3.2" width="9.6" height="9.6" rx="1.5" fill="none" stroke="currentColor" stroke-width="2"'
        ' stroke-dasharray="2.6 2"/>'
    ),
    "in-negotiation": (
        '<rect x="3.2" y="3.2" width="9.6" height="9.6" rx="1.5" fill="none" stroke="currentColor" stroke-width="2"/>'
        '<path d="M3.2 3.2H8V12.8H3.2Z" fill="currentColor"/>'
    ),
    "due": (
        '<rect x="3.2" y="3.2" width="9.6" height="9.6" rx="1.5" fill="none" stroke="currentColor" stroke-width="2"/>'
        '<path d="M8 5V8.5M8 10V11.2" stroke="currentColor" stroke-width="1.8"/>'
    ),
    "over": (
        '<rect x="3.2" y="3.2" width="9.6" height="9.6" rx="1.5" fill="none" stroke="currentColor" stroke-width="1.6"/>'
        '<path d="M5.5 8H10.5" stroke="currentColor" stroke-width="1.8"/>'
    ),
}
_STATES = {
    State.IN_FORCE: "in-force",
    State.AGREED: "agreed",
    State.DRAFT: "draft",
    State.IN_NEGOTIATION: "in-negotiation",
    State.NOTICE_DUE: "due",
    State.REVIEW_DUE: "due",
    State.EXPIRED: "over",
    State.TERMINATED: "over",
}

SPRITE = Markup('<svg class="sb-sprite" width="0" height="0" aria-hidden="true" focusable="false">{}</svg>').format(
    Markup("").join(
        Markup('<symbol id="sb-{}" viewBox="0 0 16 16">{}</symbol>').format(name, Markup(drawn))  # noqa: S704 - ours
        for name, drawn in _SHAPES.items()
    )
)
"""Stands once on every page; `<use href="#sb-met">` draws a shape of it."""


def key_of(state: Verdict | State) -> str:
    """The name of a state's shape and class: `on-track`."""
    if isinstance(state, Verdict):
        return state.value.replace(" ", "-")
    return _STATES[state]


def shape(key: str) -> Markup:
    """A shape alone, hidden from screen readers: its word has to stand with it."""
    return Markup('<svg class="sb-shape" aria-hidden="true" focusable="false"><use href="#sb-{}"/></svg>').format(key)


def badge(state: Verdict | State, word: str) -> Markup:
    """A shape and its word."""
    key = key_of(state)
    return Markup('<span class="sb-badge sb-is-{}">{}{}</span>').format(key, shape(key), word)


def mark(state: Verdict | State, word: str) -> Markup:
    """A shape with its word for screen readers only: where a legend is in view."""
    key = key_of(state)
    return Markup('<span class="sb-mark sb-is-{}">{}<span class="sb-hidden">{}</span></span>').format(
        key, shape(key), word
    )
