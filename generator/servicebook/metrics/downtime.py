"""Daily files: minutes of each day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from servicebook.metrics.loaded import Loaded
from servicebook.metrics.series import bounds_of
from servicebook.model.common import MICROSECONDS, Where
from servicebook.model.measurement import DailyRecord, DayOfDowntime
from servicebook.timeline.zone import next_day, start_of_day, zone


def daily_record(loaded: Loaded, where: Where) -> DailyRecord:
    """The days that the rows which pass a filter have, within the declared bounds and `as_of`."""
    where_from = loaded.reader.zone or zone("UTC")
    low, high = bounds_of(loaded.source)
    horizon = loaded.as_of if high is None else min(high, loaded.as_of)
    rows = loaded.engine.rows(
        f"SELECT f_date, f_impact, sum(f_minutes), count(*) FROM {loaded.table} "
        f"WHERE {loaded.use} AND {loaded.passing(where)} GROUP BY f_date, f_impact ORDER BY f_date"
    )
    totals: dict[str, tuple[Fraction, int]] = {}
    for day, impact, minutes, count in rows:
        weighted, number = totals.get(day, (Fraction(0), 0))
        share = Fraction(1) if impact is None else Fraction(impact)
        totals[day] = (weighted + Fraction(minutes) * share * MICROSECONDS["min"], number + count)
    days = []
    for written, (weighted, number) in totals.items():
        day = date.fromisoformat(written)
        start, end = start_of_day(day, where_from), min(start_of_day(next_day(day), where_from), horizon)
        start = start if low is None else max(start, low)
        if start < end:
            days.append(DayOfDowntime(day=day, span=(start, end), weighted=weighted, rows=number))
    return DailyRecord(days=tuple(days), zone=where_from.key)
