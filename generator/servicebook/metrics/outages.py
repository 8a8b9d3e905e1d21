"""Outage lists."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from servicebook.metrics.loaded import Loaded
from servicebook.metrics.rules import OPEN_ANNOUNCEMENT
from servicebook.metrics.series import bounds_of
from servicebook.model.common import Where
from servicebook.model.measurement import Outage, OutageList
from servicebook.timeline.interval import Intervals

_impact = lru_cache(maxsize=4096)(Fraction)


def vouched(loaded: Loaded) -> Intervals:
    """From `from`, else the first start; to the earlier of `until` and `complete_to`; else to `as_of` if an outage is still open; else to the latest end."""
    low, high = bounds_of(loaded.source)
    known = f"{loaded.use} AND f_start < {loaded.as_of}"
    first, last, open_ones = loaded.engine.row(
        f"SELECT min(f_start), max(f_end), count(*) FILTER (WHERE f_end IS NULL OR f_end >= {loaded.as_of}) FROM {loaded.table} WHERE {known}"
    )
    start = low if low is not None else first
    end = high if high is not None else (loaded.as_of if open_ones else last)
    if start is None or end is None:
        return Intervals()
    return Intervals.span(start, min(end, loaded.as_of))


def outage_list(loaded: Loaded, where: Where) -> OutageList:
    """The rows that pass a filter, as known at `as_of`; planned ones that were announced are there though they lie ahead."""
    as_of = loaded.as_of
    outages = []
    known_by_now = f"(f_start < {as_of} OR (f_planned AND f_announced <= {as_of} AND f_end IS NOT NULL))"
    for row, start, end, planned, announced, impact in _rows(loaded, f"{loaded.use} AND {known_by_now}", where):
        known = end if end is not None and end < as_of else None
        told = announced if announced is not None and announced <= as_of else None
        outages.append(
            Outage(
                start=start,
                end=known,
                planned_end=_planned_end(end, told, as_of) if planned else None,
                planned=bool(planned),
                announced=told,
                impact=_impact(impact) if impact is not None else Fraction(1),
                origin=loaded.position(row),
            )
        )
    high = bounds_of(loaded.source)[1]
    begun = [row for row in outages if row.start < as_of]
    return OutageList(
        outages=tuple(outages),
        vouched=vouched(loaded),
        declares_end=high is not None,
        first=min((row.start for row in begun), default=None),
        last=max((as_of if row.end is None else row.end for row in begun), default=None),
    )


def announcement_list(loaded: Loaded, where: Where) -> OutageList:
    """The list as one of announced work: planned unless a column says no; rows ahead are there once they are announced."""
    as_of = loaded.as_of
    found = []
    for row, start, end, planned, announced, _ in _rows(loaded, f"{loaded.use} AND f_end IS NOT NULL", where):
        told = announced if announced is not None and announced <= as_of else None
        if end is None or planned is False or (start >= as_of and told is None):
            continue
        found.append(
            Outage(
                start=start,
                end=end if end < as_of else None,
                planned_end=_planned_end(end, told, as_of),
                planned=True,
                announced=told,
                origin=loaded.position(row),
            )
        )
    return OutageList(outages=tuple(found), vouched=Intervals(), declares_end=bounds_of(loaded.source)[1] is not None)


def report_open_announcements(loaded: Loaded) -> None:
    """In a list of announced work a row without an end is a data problem."""
    loaded.report(OPEN_ANNOUNCEMENT, f"{loaded.use} AND f_end IS NULL", "announced work has no end")


def _planned_end(end: int | None, announced: int | None, as_of: int) -> int:
    """Announced work is known to its planned end, other planned work only as far as it has come."""
    if end is None:
        return as_of
    return end if announced is not None else min(end, as_of)


def _rows(
    loaded: Loaded, condition: str, where: Where
) -> list[tuple[int, int, int | None, bool | None, int | None, str | None]]:
    return loaded.engine.rows(
        f"SELECT rowid, f_start, f_end, f_planned, f_announced, f_impact FROM {loaded.table} "
        f"WHERE {condition} AND {loaded.passing(where)} ORDER BY f_start, rowid"
    )
