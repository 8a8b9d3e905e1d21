"""What a link's promise is worth in the periods and hours of the promise above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from servicebook.compliance.levels import level_in
from servicebook.compliance.terms import Entry
from servicebook.timeline.calendar import Calendar
from servicebook.timeline.period import Per, periods
from servicebook.timeline.zone import add_months, local, resolve

MONTHS_AHEAD = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """In which periods and hours a share is promised."""

    per: Per
    zone: ZoneInfo
    calendar: Calendar


def frame_of(entry: Entry) -> Frame | None:
    """The periods and hours of a target; None for rolling windows, which only inform."""
    per = entry.target.per
    return Frame(per=per, zone=entry.zone, calendar=entry.calendar) if isinstance(per, Per) else None


def level_of(entry: Entry) -> Fraction:
    """The share that a target promises."""
    return level_in(entry.target.objective.level, "share")


def months_after(as_of: int, zone: ZoneInfo) -> tuple[int, int]:
    """The twelve months after `as_of` in a zone: [start, end)."""
    moment = local(as_of, zone).replace(tzinfo=None, fold=0)
    following = datetime.combine(add_months(moment.date(), MONTHS_AHEAD), moment.time())
    return as_of, resolve(following, zone, "earlier")


def backs(promise: Frame, link: Frame, level: Fraction, as_of: int) -> Fraction:
    """The share that a link's `level` backs in the promise's periods.

    With the same kind of period and the same hours it stands, whatever the zones. Else 1 − Σ min(the link's budget, its
    service time shared with the period) ÷ the promise's service time, over the link's periods that the promise's period
    touches; the worst of the promise's whole periods that begin in the twelve months after `as_of`. 99.9 % of a quarter of
    91 days back a month of 30 days with 1 − 131.04 ÷ 43,200 minutes. Never less than 0.
    """
    if promise.per is link.per and same_hours(promise.calendar, link.calendar):
        return level
    return _converted(promise, link, level, as_of)


def same_hours(one: Calendar, other: Calendar) -> bool:
    """Whether clocks read the same at openings and closings, whatever the zones."""
    if one.always or other.always:
        return one.always and other.always
    return (one.weekly, one.holidays) == (other.weekly, other.holidays)


@lru_cache(maxsize=4096)
def _converted(promise: Frame, link: Frame, level: Fraction, as_of: int) -> Fraction:
    start, end = months_after(as_of, promise.zone)
    shares = []
    for period in periods(promise.per, promise.zone, start, end):
        service = promise.calendar.measure(period.start, period.end)
        if period.start >= start and service:
            shares.append(1 - most_lost(link, level, period.start, period.end) / service)
    return max(Fraction(0), min(shares)) if shares else level


def most_lost(link: Frame, level: Fraction, start: int, end: int) -> Fraction:
    """The most that a link may be down within [start, end), in microseconds, each of its periods at its worst."""
    lost = Fraction(0)
    for period in periods(link.per, link.zone, start, end):
        budget = (1 - level) * link.calendar.measure(period.start, period.end)
        shared = Fraction(link.calendar.measure(max(start, period.start), min(end, period.end)))
        lost += min(budget, shared)
    return lost


@lru_cache(maxsize=4096)
def first_outside(inner: Calendar, outer: Calendar, start: int, end: int) -> tuple[int, int] | None:
    """The first stretch of the inner hours within [start, end) that the outer ones don't contain; None where they contain all."""
    if outer.always or inner == outer:
        return None
    missing = inner.hours(start, end) - outer.hours(start, end)
    return next(iter(missing), None)
