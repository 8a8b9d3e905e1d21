"""Whether a link's limit for tickets passes in time for the promise above it."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from operator import gt

from servicebook.compliance.terms import Entry
from servicebook.model.common import Quantity, Unit
from servicebook.model.target import Measure, Target
from servicebook.timeline.calendar import Calendar
from servicebook.timeline.working_time import due_after_working_days, last_instant_within
from servicebook.timeline.zone import DAY, LATEST, MINUTE, add_days, local, resolve

QUARTER_HOUR = 15 * MINUTE
_AHEAD = 364 * DAY
_FIRST_LOOK = 14 * DAY
_FAR = 366
_NEVER = 2**62
"""Later than any instant: hours that never use a limit up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A limit and the hours in which it runs: microseconds, or working days."""

    calendar: Calendar
    microseconds: int | None = None
    working_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """An opening at which a link is due after the promise."""

    opened: int
    promise_due: int
    link_due: int | None
    """None: its hours never use the limit up."""


def limit_of(target: Target) -> Quantity | None:
    """How long a ticket may take by a target, whatever the share of tickets: its `within`, or the level of a percentile."""
    if target.of is None:
        return None
    if target.measure is Measure.SHARE_WITHIN:
        return target.within
    is_upper = not target.objective.comparison.is_lower_limit
    is_length = target.objective.level.kind is Unit.DURATION
    return target.objective.level if target.measure is Measure.PERCENTILE and is_upper and is_length else None


def is_same_kind(promise: Target, link: Target) -> bool:
    """Whether two limits are of the same thing: the same `of`, and the same `priority` in `where` as text."""
    return promise.of == link.of and _priority(promise) == _priority(link)


def _priority(target: Target) -> frozenset[str] | None:
    return next((frozenset(texts) for column, texts in target.where.conditions if column == "priority"), None)


def clock_of(entry: Entry) -> Clock | None:
    """The limit of a target in its hours; None for other measures."""
    limit = limit_of(entry.target)
    if limit is None:
        return None
    if limit.kind is Unit.WORKING_DAYS:
        return Clock(calendar=entry.calendar, working_days=int(limit.number))
    length = limit.microseconds
    return Clock(calendar=entry.calendar, microseconds=length.numerator // length.denominator)


@lru_cache(maxsize=4096)
def first_late(promise: Clock, link: Clock, start: int, end: int) -> Late | None:
    """The first quarter of an hour in [start, end) at which a ticket would be due by the link after it is due by the promise."""
    if _is_never_late(promise, link):
        return None
    first = -(-start // QUARTER_HOUR) * QUARTER_HOUR
    # What is late at all is late within days: the whole year is walked through only for what seems to be in time.
    for horizon in (min(end, first + _FIRST_LOOK), end):
        openings = range(first, horizon, QUARTER_HOUR)
        owed, backed = _all_dues(promise, openings), _all_dues(link, openings)
        late = next((index for index, is_late in enumerate(map(gt, backed, owed)) if is_late), None)
        if late is not None:
            link_due = None if backed[late] == _NEVER else backed[late]
            return Late(opened=openings[late], promise_due=owed[late], link_due=link_due)
    return None


@lru_cache(maxsize=256)
def _all_dues(clock: Clock, openings: range) -> array[int]:
    """The due moments of many openings, kept because many promises rest on the same few limits."""
    return array("q", (_NEVER if due is None else due for due in dues(clock, openings)))


def _is_never_late(promise: Clock, link: Clock) -> bool:
    """Whether the same hours and no longer a limit spare looking at each opening."""
    if promise.calendar != link.calendar and not (promise.calendar.always and link.calendar.always):
        return False
    if promise.microseconds is not None and link.microseconds is not None:
        return link.microseconds <= promise.microseconds
    if promise.working_days is not None and link.working_days is not None:
        return promise.calendar == link.calendar and link.working_days <= promise.working_days
    return False


def dues(clock: Clock, openings: range) -> Iterator[int | None]:
    """When a ticket is due for each of the openings, in their order."""
    if clock.working_days is not None:
        return _due_in_days(clock.calendar, clock.working_days, openings)
    return _due_in_hours(clock.calendar, clock.microseconds or 0, openings)


def _due_in_hours(calendar: Calendar, limit: int, openings: range) -> Iterator[int | None]:
    """`last_instant_within` for many openings in one walk along the hours."""
    if calendar.always:
        yield from (opened + limit for opened in openings)
        return
    hours = list(calendar.hours(openings.start, min(openings.stop + _AHEAD, LATEST)))
    # `at` is the stretch in which an opening falls, or that follows it; `due` the one in which its limit passes;
    # `before_*` is the time of all stretches before them.
    at = due = before_at = before_due = 0
    for opened in openings:
        while at < len(hours) and hours[at][1] <= opened:
            before_at += hours[at][1] - hours[at][0]
            at += 1
        if at == len(hours):
            yield last_instant_within(calendar, opened, limit)
            continue
        used_up = before_at + max(0, opened - hours[at][0]) + limit
        while due < len(hours) and before_due + hours[due][1] - hours[due][0] <= used_up:
            before_due += hours[due][1] - hours[due][0]
            due += 1
        if due == len(hours):
            yield last_instant_within(calendar, opened, limit)
        else:
            yield hours[due][0] + used_up - before_due


def _due_in_days(calendar: Calendar, days: int, openings: range) -> Iterator[int | None]:
    """`due_after_working_days` for many openings: those of one day are due on one day, those out of hours count at the next opening."""
    days_of: dict[date, tuple[date, int] | None] = {}
    dues_of: dict[int, int | None] = {}
    for counted, opened in zip(_due_in_hours(calendar, 0, openings), openings, strict=True):
        start = opened if counted is None else counted
        if start not in dues_of:
            moment = local(start, calendar.zone)
            day = moment.date()
            if day not in days_of:
                days_of[day] = _nth_day(calendar, day, days)
            if (found := days_of[day]) is None:
                dues_of[start] = due_after_working_days(calendar, start, days)
            else:
                same_time = resolve(datetime.combine(found[0], moment.time()), calendar.zone, "earlier")
                dues_of[start] = min(same_time, found[1])
        yield dues_of[start]


def _nth_day(calendar: Calendar, day: date, days: int) -> tuple[date, int] | None:
    """The day with hours so many after a date, and when it closes; None where it is far away."""
    left = days
    for step in range(1, days + _FAR):
        following = add_days(day, step)
        hours = calendar.hours_of(following)
        left -= bool(hours)
        if left == 0:
            return following, hours.end
    return None
