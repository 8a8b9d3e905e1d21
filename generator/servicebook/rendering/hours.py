"""Hours of the week in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from servicebook.rendering.wording import joined, minutes_of_day

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WHOLE_DAY = ((0, 1440),)
Week = Sequence[Sequence[tuple[int, int]]]


def in_words(weekly: Week) -> str:
    """`Mon–Fri 07:00–12:00 and 13:00–20:00, Sat 09:00–24:00`; days without hours aren't named."""
    if all(tuple(ranges) == _WHOLE_DAY for ranges in weekly):
        return "round the clock"
    said = []
    for ranges, group in groupby(range(7), key=lambda day: tuple(weekly[day])):
        days = list(group)
        if ranges:
            said.append(f"{_days(days)} {_ranges(ranges)}")
    return ", ".join(said) or "never"


def by_day(weekly: Week) -> list[tuple[str, str]]:
    """Each day with its hours, for a table."""
    return [(DAYS[day], _ranges(tuple(weekly[day])) if weekly[day] else "closed") for day in range(7)]


def _days(days: Sequence[int]) -> str:
    first, last = DAYS[days[0]], DAYS[days[-1]]
    if len(days) == 1:
        return first
    return f"{first}{'–' if len(days) > 2 else ' and '}{last}"


def _ranges(ranges: Sequence[tuple[int, int]]) -> str:
    if tuple(ranges) == _WHOLE_DAY:
        return "all day"
    return joined([f"{minutes_of_day(start)}–{minutes_of_day(end)}" for start, end in ranges])
