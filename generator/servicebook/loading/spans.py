"""Lengths in the calendar's own units: periods, terms, notice, allowances; and runs of samples.

As in `quantities`, every function takes a text and gives a value or raises `Unreadable`.
"""

from __future__ import annotations

import re

from servicebook.loading.quantities import duration, tidy, whole_number
from servicebook.loading.report import Unreadable, excerpt
from servicebook.model.agreement import Allowance, Notice
from servicebook.model.common import Span
from servicebook.model.target import Rolling
from servicebook.timeline.period import Per

MAX_ROLLING_DAYS = 3660
_MAX_MONTHS = 1200
_MAX_DAYS = 36_500

_SPAN = re.compile(r"([0-9]{1,6}) ?([a-z]+)", re.IGNORECASE)
_SPAN_UNITS = {"day": (0, 1), "week": (0, 7), "month": (1, 0), "quarter": (3, 0), "year": (12, 0)}


def per(text: str) -> Per | Rolling:
    """A kind of period, or `rolling N days`."""
    text = tidy(text).lower()
    if text in set(Per):
        return Per(text)
    found = re.fullmatch(r"rolling ([0-9]{1,6}) ?days?", text)
    if found is None:
        raise Unreadable(
            f"'{excerpt(text)}' is no period", "write day, week, month, quarter, year or `rolling 30 days`"
        )
    days = int(found[1])
    if not 1 <= days <= MAX_ROLLING_DAYS:
        raise Unreadable(
            f"a window of {days} days", f"write from 1 to {MAX_ROLLING_DAYS:,} days", rule="field/out-of-range"
        )
    return Rolling(days)


def span(text: str) -> Span:
    """A length in the calendar's own units: `12 months`, `60 days`, `1 year`, `2 weeks`."""
    text = tidy(text)
    found = _SPAN.fullmatch(text)
    months, days = _SPAN_UNITS.get(found[2].lower().removesuffix("s"), (0, 0)) if found is not None else (0, 0)
    if found is None or not (months or days):
        raise Unreadable(
            f"'{excerpt(text)}' is no length in days, weeks, months or years",
            "write for example `12 months` or `60 days`",
        )
    count = int(found[1])
    if not 0 < count * max(months, 1) <= _MAX_MONTHS * (30 if days else 1) or count * days > _MAX_DAYS:
        raise Unreadable(f"'{excerpt(text)}' isn't from 1 day to 100 years", rule="field/out-of-range")
    return Span(months=months * count, days=days * count, text=text)


def notice(text: str) -> Notice:
    """How long ahead maintenance is announced: local days (`5 days`, `2 weeks`) or elapsed time (`72 h`)."""
    text = tidy(text)
    hint = "write local days, as in `5 days`, or elapsed time, as in `72 h`"
    if "working" in text.lower() or "business" in text.lower():
        raise Unreadable(f"'{excerpt(text)}': notice isn't counted in working time", hint)
    found = _SPAN.fullmatch(text)
    if found is not None and found[2].lower().removesuffix("s") in _SPAN_UNITS:
        length = span(text)
        if length.months:
            raise Unreadable(f"'{excerpt(text)}': notice isn't counted in months", hint)
        return Notice(days=length.days, text=text)
    try:
        return Notice(microseconds=duration(text), text=text)
    except Unreadable as error:
        raise Unreadable(error.message, hint, rule=error.rule) from error


def allowance(text: str) -> Allowance:
    """How much maintenance each period may hold: `4 h per month`."""
    text = tidy(text)
    length, separator, period = re.sub(" (?:an?|each|every|/) ", " per ", text).replace("/", " per ").partition(" per ")
    if not separator:
        raise Unreadable(f"'{excerpt(text)}' doesn't say for which period", "write for example `4 h per month`")
    kind = per(period)
    if isinstance(kind, Rolling) or kind is Per.DAY:
        raise Unreadable(f"'{excerpt(text)}': an allowance is per week, month, quarter or year")
    return Allowance(microseconds=duration(length), per=kind, text=text)


def samples(text: str) -> int:
    """So many probes in a row: `5 samples`, or `5`."""
    found = re.fullmatch(r"([0-9]+)(?: ?samples?| in a row| ?probes?)?", tidy(text), re.IGNORECASE)
    if found is None:
        raise Unreadable(f"'{excerpt(text)}' is no number of samples", "write for example `5 samples`")
    return whole_number(found[1], least=1, most=100_000)
