"""What belongs to a service report: which results fall into its period, and which period is the last one."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from servicebook.model.result import Result
from servicebook.timeline.period import Per, Period, period_named, periods
from servicebook.timeline.zone import zone


def is_calendar(result: Result) -> bool:
    """Whether a result is one of a calendar period: those bind, rolling windows inform."""
    return not result.period.startswith("rolling-")


def ends_in(result: Result, name: str) -> bool:
    """Whether a result's period ends within a named one, both in the result's own zone.

    So a quarter holds its months' results and its own, and September holds the third quarter's too.
    """
    period = period_named(name, zone(result.zone))
    return period.start < result.end <= period.end


def reported(results: Iterable[Result], name: str) -> tuple[Result, ...]:
    """The results of calendar periods that end within a named period."""
    return tuple(result for result in results if is_calendar(result) and ends_in(result, name))


def last_finished(results: Iterable[Result], home: ZoneInfo, as_of: int) -> Period | None:
    """The newest period that is over at `as_of` and in which a finished result of an agreement ends.

    A month where any target is looked at each month or more often, else a quarter, else a year; None without a finished result.
    """
    finished = [result for result in results if result.finished and is_calendar(result)]
    for per in (Per.MONTH, Per.QUARTER, Per.YEAR):
        fitting = [result for result in finished if _length(result.period) in _WITHIN[per]]
        over = [period for result in fitting if (period := _around(per, home, result.end)).end <= as_of]
        if over:
            return max(over, key=lambda period: period.end)
    return None


_WITHIN = {Per.MONTH: (Per.DAY, Per.WEEK, Per.MONTH), Per.QUARTER: (Per.QUARTER,), Per.YEAR: (Per.YEAR,)}


def _length(name: str) -> Per:
    """The kind of a calendar period by its name."""
    kind = period_named(name.partition("/")[0], zone("UTC")).kind
    return kind or Per.DAY


def _around(per: Per, home: ZoneInfo, end: int) -> Period:
    """The period in which something ends."""
    return next(iter(periods(per, home, end - 1, end)))
