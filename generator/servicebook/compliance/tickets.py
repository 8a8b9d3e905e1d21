"""Tickets: when each is decided, by which terms, and whether in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from servicebook.compliance.case import Case, share_of
from servicebook.compliance.figure import Figure, good_share_best, ratio, rising, seconds, share_budget
from servicebook.compliance.series import nearest_rank
from servicebook.compliance.terms import Entry
from servicebook.model.common import Unit
from servicebook.model.measurement import Records, Ticket
from servicebook.model.result import Verdict
from servicebook.model.target import Measure
from servicebook.source import Position
from servicebook.timeline.interval import Intervals
from servicebook.timeline.working_time import due_after_working_days, elapsed, last_instant_within


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A ticket by the terms that judge it."""

    moment: int
    """When it counts: in the part that holds this instant."""
    within: bool
    duration: int | None
    """Microseconds of working time to the answer or resolution; None while it is open."""
    origin: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketReading:
    """All tickets of a target as its entries judge them."""

    decided: tuple[Decided, ...]
    negative: tuple[Position, ...]
    """Rows whose duration would lie below zero in the target's hours: data problems, not counted."""


def read_tickets(
    entries: Sequence[tuple[Entry, tuple[int, int]]], source: str, records: Records, bounds: Intervals | None
) -> TicketReading:
    """Judge every ticket by the terms in force when it was opened.

    `entries` come with the time in which they hold, in order. One opened before the terms is judged by the first of
    them, one opened between two entries by the earlier. Records outside the declared bounds don't count.
    """
    decided: list[Decided] = []
    negative: list[Position] = []
    for index, (entry, (start, end)) in enumerate(entries):
        first = None if index == 0 else start
        last = end if index == len(entries) - 1 else entries[index + 1][1][0]
        listed = records.tickets(source, entry.target.where)
        for ticket in listed.tickets:
            if ticket.opened >= last or (first is not None and ticket.opened < first):
                continue
            if _duration(ticket, entry) is _NEGATIVE:
                negative.append(ticket.origin)
                continue
            judged = _decide(ticket, entry, listed.known_to)
            if judged is not None and (bounds is None or bounds.contains(judged.moment)):
                decided.append(judged)
    return TicketReading(decided=tuple(decided), negative=tuple(negative))


_NEGATIVE = -1


def _answered(ticket: Ticket, entry: Entry) -> int | None:
    """When the ticket was answered or resolved, whichever the target is of."""
    return ticket.responded if entry.target.of == "response" else ticket.resolved


def _paused(ticket: Ticket, entry: Entry) -> int:
    """A bare length shortens the resolution only."""
    return (ticket.paused or 0) if entry.target.of == "resolution" else 0


def _duration(ticket: Ticket, entry: Entry) -> int | None:
    """Working time to the answer without pauses; `_NEGATIVE` where the pauses are longer than the time worked."""
    answered = _answered(ticket, entry)
    if answered is None:
        return None
    worked = elapsed(entry.calendar, ticket.opened, answered, ticket.pauses) - _paused(ticket, entry)
    return max(worked, _NEGATIVE)


def _decide(ticket: Ticket, entry: Entry, known_to: int) -> Decided | None:
    """A ticket is decided when it is answered or resolved, or when its limit passes, whichever is first."""
    target = entry.target
    answered = _answered(ticket, entry)
    duration = _duration(ticket, entry)
    if target.measure is not Measure.SHARE_WITHIN:
        moment, within = answered, True
    else:
        limit = _limit_passes(ticket, entry)
        in_time = answered is not None and (limit is None or answered <= limit)
        passed = limit if limit is not None and limit < known_to else None
        within = in_time
        moment = answered if in_time else passed
    if moment is None:
        return None
    if target.attribute == "opened":
        moment = ticket.opened
    elif target.attribute == "resolved":
        if answered is None:
            return None
        moment = answered
    return Decided(moment=moment, within=within, duration=duration, origin=ticket.origin)


def _limit_passes(ticket: Ticket, entry: Entry) -> int | None:
    """The last instant that is in time; None where the hours never use the limit up."""
    within = entry.target.within
    if within is None:
        return None
    if within.kind is Unit.WORKING_DAYS:
        return due_after_working_days(entry.calendar, ticket.opened, int(within.number), ticket.pauses)
    limit = within.microseconds + _paused(ticket, entry)
    return last_instant_within(entry.calendar, ticket.opened, limit.numerator // limit.denominator, ticket.pauses)


def ticket_figures(cases: Sequence[Case], reading: TicketReading, bounds: Intervals | None) -> list[Figure]:
    """Shares within the limit and percentiles of tickets that count in each case."""
    return [_ticket_figure(case, reading, bounds) for case in cases]


def _ticket_figure(case: Case, reading: TicketReading, bounds: Intervals | None) -> Figure:
    mine = [ticket for ticket in reading.decided if case.part.start <= ticket.moment < case.part.horizon]
    number = Fraction(len(mine))
    vouched = bounds is None or bool(case.elapsed & bounds)
    absent = (Verdict.NOTHING_TO_JUDGE if not mine else None) if vouched else Verdict.NO_DATA
    coverage = share_of(case.elapsed, bounds)
    lower = case.is_lower_limit
    if case.target.measure is Measure.PERCENTILE:
        durations = sorted((seconds(ticket.duration or 0), 1) for ticket in mine)
        percentile = case.target.percentile or Fraction(100)
        value = None if absent else nearest_rank(durations, percentile, len(mine))
        only_rises = percentile == 100
        return Figure(
            value=value,
            absent=absent,
            records=len(mine),
            count=number,
            coverage=coverage,
            best=rising(value, is_lower_limit=lower) if only_rises else None,
        )
    good = Fraction(sum(ticket.within for ticket in mine))
    value = None if absent else ratio(good, number)
    level = case.scale.level
    return Figure(
        value=value,
        absent=absent,
        numerator=good,
        denominator=number,
        numerator_unit="tickets",
        records=len(mine),
        count=number,
        coverage=coverage,
        best=good_share_best(value, level, is_lower_limit=lower),
        budget=None if absent else share_budget(level, number, good, is_lower_limit=lower),
        missed=tuple(ticket.origin for ticket in mine if not ticket.within),
    )
