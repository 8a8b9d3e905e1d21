"""Hours of the week in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from babel.dates import get_day_names

from servicebook import texts
from servicebook.rendering.wording import joined, minutes_of_day
from servicebook.texts import say

_WHOLE_DAY = ((0, 1440),)
Week = Sequence[Sequence[tuple[int, int]]]


def days() -> tuple[str, ...]:
    """The days of the week, short: `Mon` to `Sun`."""
    names = get_day_names("abbreviated", "stand-alone", texts.locale())
    return tuple(names[day] for day in range(7))


def in_words(weekly: Week) -> str:
    """`Mon–Fri 07:00–12:00 and 13:00–20:00, Sat 09:00–24:00`; days without hours aren't named."""
    if all(tuple(ranges) == _WHOLE_DAY for ranges in weekly):
        return say("round the clock")
    said = []
    for ranges, group in groupby(range(7), key=lambda day: tuple(weekly[day])):
        if ranges:
            said.append(f"{_days(list(group))} {_ranges(ranges)}")
    return ", ".join(said) or say("never")


def by_day(weekly: Week) -> list[tuple[str, str]]:
    """Each day with its hours, for a table."""
    closed = say("closed")
    return [(name, _ranges(tuple(ranges)) if ranges else closed) for name, ranges in zip(days(), weekly, strict=True)]


def _days(numbers: Sequence[int]) -> str:
    first, last = days()[numbers[0]], days()[numbers[-1]]
    if len(numbers) == 1:
        return first
    return f"{first}–{last}" if len(numbers) > 2 else joined([first, last])


def _ranges(ranges: Sequence[tuple[int, int]]) -> str:
    if tuple(ranges) == _WHOLE_DAY:
        return say("all day")
    return joined([f"{minutes_of_day(start)}–{minutes_of_day(end)}" for start, end in ranges])
