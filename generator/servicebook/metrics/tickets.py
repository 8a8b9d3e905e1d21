"""Tickets as they were known at `as_of`."""

from __future__ import annotations

import json

from servicebook.metrics.loaded import Loaded
from servicebook.metrics.rules import BARE_PAUSE, EMPTY_PAUSE
from servicebook.metrics.series import bounds_of
from servicebook.model.common import Where
from servicebook.model.measurement import Ticket, TicketList
from servicebook.source import Position
from servicebook.timeline.interval import Intervals


def check_pauses(loaded: Loaded) -> None:
    """Report pauses that end before they begin or have no length, and the habit of bare lengths."""
    found: dict[str, tuple[Position, int]] = {}
    query = f"SELECT rowid, f_pauses FROM {loaded.table} WHERE {loaded.use} AND f_pauses IS NOT NULL ORDER BY rowid"
    for row, written in loaded.engine.rows(query):
        empty = sum(end is not None and end <= start for start, end in json.loads(written))
        if empty:
            position = loaded.position(row)
            first, count = found.get(position.path, (position, 0))
            found[position.path] = (first, count + empty)
    for position, count in found.values():
        loaded.findings.add(EMPTY_PAUSE, position, "a pause ends before it begins, or has no length", count=count)
    loaded.report(
        BARE_PAUSE,
        f"{loaded.use} AND f_paused IS NOT NULL",
        "a ticket says how long it was paused, but not when",
        hint="prefer `pauses`",
    )


def ticket_list(loaded: Loaded, where: Where) -> TicketList:
    """Tickets that pass a filter, in the order of their rows; what happened at or after `known_to` isn't there."""
    as_of = loaded.as_of
    high = bounds_of(loaded.source)[1]
    known_to = as_of if high is None else min(as_of, high)
    rows = loaded.engine.rows(
        f"SELECT rowid, f_opened, f_responded, f_resolved, f_paused, f_pauses FROM {loaded.table} "
        f"WHERE {loaded.use} AND f_opened < {as_of} AND {loaded.passing(where)} ORDER BY rowid"
    )
    tickets = []
    for row, opened, responded, resolved, paused, pauses in rows:
        done = _known(resolved, known_to)
        answered = _known(responded, known_to)
        tickets.append(
            Ticket(
                opened=opened,
                responded=answered if answered is not None else done,
                resolved=done,
                paused=None if paused is None else int(paused),
                pauses=_pauses(pauses, as_of),
                origin=loaded.position(row),
            )
        )
    return TicketList(tickets=tuple(tickets), known_to=known_to)


def _known(instant: int | None, known_to: int) -> int | None:
    return instant if instant is not None and instant < known_to else None


def _pauses(written: str | None, as_of: int) -> Intervals:
    """A pause that goes on, or ends later than is known, is cut at `as_of`."""
    if written is None:
        return Intervals()
    return Intervals((start, as_of if end is None else min(end, as_of)) for start, end in json.loads(written))
