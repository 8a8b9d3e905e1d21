"""The clock of a ticket: it runs in the hours of a calendar and stands still in the ticket's own pauses."""

from __future__ import annotations

from datetime import datetime

from servicebook.timeline.calendar import Calendar
from servicebook.timeline.interval import EMPTY, Intervals
from servicebook.timeline.zone import DAY, LATEST, add_days, local, resolve, start_of_day

GIVE_UP = 20 * 366 * DAY
"""A calendar that has no hours for so long has none any more."""
_FIRST_LOOK = 8 * DAY
_WIDEST_LOOK = 364 * DAY


def elapsed(calendar: Calendar, start: int, end: int, pauses: Intervals = EMPTY) -> int:
    """Working time within [start, end), outside the pauses."""
    paused = sum(calendar.measure(*pause) for pause in pauses.clip(start, end))
    return calendar.measure(start, end) - paused


def last_instant_within(calendar: Calendar, start: int, limit: int, pauses: Intervals = EMPTY) -> int | None:
    """When a limit passes: the last instant until which the working time since `start` is not above it.

    Used up exactly at closing time, that is the next opening. None where the hours end before the limit is used up.
    A limit below zero is a ValueError.
    """
    if limit < 0:
        raise ValueError("a limit must not be below zero")
    if calendar.always and not pauses:
        return start + limit if start + limit <= LATEST else None
    left = limit
    low, quiet_since, width = start, start, _FIRST_LOOK
    while low <= LATEST and low - quiet_since <= GIVE_UP:
        high = min(low + width, LATEST + 1)
        for opening, closing in calendar.hours(low, high) - pauses.clip(low, high):
            if closing - opening > left:
                return opening + left
            left -= closing - opening
            quiet_since = closing
        low, width = high, min(2 * width, _WIDEST_LOOK)
    return None


def next_opening(calendar: Calendar, instant: int) -> int | None:
    """The first instant from this one on that is inside the hours; None where there are none any more."""
    return last_instant_within(calendar, instant, 0)


def due_after_working_days(calendar: Calendar, start: int, days: int, pauses: Intervals = EMPTY) -> int | None:
    """When `N working days` are over: the same time of day on the Nth following day with hours, or its last close if that is earlier.

    Days whose hours the pauses cover whole don't count. A due moment in a break or before the opening stays. What
    starts out of hours counts as started at the next opening. A time of day that a clock change skips or repeats is
    the earlier of its two instants. None where there aren't so many days any more; ValueError for a calendar whose
    hours run past midnight, or for less than one day.
    """
    if not calendar.ends_same_day:
        raise ValueError("working days need hours that end on the day on which they start")
    if days < 1:
        raise ValueError("at least one working day is needed")
    opened = next_opening(calendar, start)
    if opened is None:
        return None
    moment = local(opened, calendar.zone)
    day, left, quiet = moment.date(), days, 0
    while quiet * DAY <= GIVE_UP and start_of_day(day, calendar.zone) <= LATEST - 2 * DAY:
        day, quiet = add_days(day, 1), quiet + 1
        hours = calendar.hours_of(day)
        if not hours - pauses.clip(hours.start, hours.end) if hours else True:
            continue
        left, quiet = left - 1, 0
        if left == 0:
            return min(resolve(datetime.combine(day, moment.time()), calendar.zone, "earlier"), hours.end)
    return None
