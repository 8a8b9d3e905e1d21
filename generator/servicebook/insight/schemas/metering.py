"""The schema of what is counted of services by month: cost, use and satisfaction."""

from __future__ import annotations

from servicebook.insight.growth import FURTHEST, LEAST_MONTHS
from servicebook.insight.metering import LEAST_ANSWERS
from servicebook.insight.schemas.forms import Schema, array, flag, number, or_null, record, text, whole

_MONTH = r"^\d{4}-\d\d$"


def _month(meaning: str) -> Schema:
    return text(meaning, _MONTH)


def _reached(meaning: str) -> Schema:
    return record(
        meaning,
        already=flag("Whether the trend has reached it; the months then are the newest finished one."),
        expected=or_null(_month(f"At the pace of the trend; null where that takes more than {FURTHEST} months.")),
        earliest=or_null(_month("At the fastest pace of the range; null likewise.")),
        latest=or_null(_month("At the slowest pace of the range; null likewise.")),
    )


_PERIOD = _month("A month of the service's zone, as in 2026-10.")
_FINISHED = flag("Whether the month is over at `as_of`.")
_UNIT = or_null(text("What is counted, where its author says it."))
_COST = record(
    "Cost against budget; null where no ledger is named, or its rows are in several currencies.",
    currency=or_null(text("Of all amounts; null where the ledger has no rows.")),
    unit=_UNIT,
    months=array(
        "At most 25 from the first one with rows on, the oldest first.",
        record(
            "A month.",
            period=_PERIOD,
            finished=_FINISHED,
            budget=or_null(number("Null where the ledger has no rows.")),
            actual=or_null(number("What it cost; null where the ledger has no rows.")),
            share=or_null(number("Actual ÷ budget; null without a budget.")),
            per_unit=or_null(number("Actual ÷ the month's mean of the units in use; null where nobody counts them.")),
        ),
    ),
    newest_year=or_null(
        record(
            "The finished months that have rows, the newest twelve at most; null without one.",
            months=whole("How many."),
            budget=number("Their sum."),
            actual=number("Their sum."),
            share=or_null(number("Actual ÷ budget; null without a budget.")),
        )
    ),
    url=text("Of its part of the page, from the site's root."),
)
_CAPACITY = record(
    "Use against capacity; null where its use isn't measured.",
    unit=_UNIT,
    warn_at=or_null(number("The share of the capacity at which to warn.")),
    months=array(
        "At most 25 from the first one with a reading on, the oldest first.",
        record(
            "A month.",
            period=_PERIOD,
            finished=_FINISHED,
            peak=or_null(number("The highest reading.")),
            mean=or_null(number("Of its readings.")),
            capacity=or_null(number("At the time of the peak.")),
            share=or_null(number("Peak ÷ capacity.")),
        ),
    ),
    growth=or_null(
        record(
            f"The trend of the peaks of finished months; null with fewer than {LEAST_MONTHS}.",
            per_month=number("The median of the slopes between any two months."),
            slowest=number("The lower end of the middle eight tenths of those slopes."),
            fastest=number("Their upper end."),
            level=number("Where the trend stands in the newest finished month."),
            months=whole("How many it was drawn from."),
        )
    ),
    reaches_capacity=or_null(_reached("When the trend reaches the newest capacity; null without a trend.")),
    reaches_warning=or_null(_reached("When it reaches `warn_at` of that; null without one or without a trend.")),
    url=text("Of its part of the page, from the site's root."),
)
_SATISFACTION = record(
    "What users answered; null where nobody asks them.",
    months=array(
        "At most 25 from the first one with an answer on, the oldest first.",
        record(
            "A month.",
            period=_PERIOD,
            finished=_FINISHED,
            answers=whole("How many answered."),
            few=flag(f"Whether these are fewer than {LEAST_ANSWERS}, which say little."),
            mean=or_null(number("Of the answers; null without one.")),
            satisfied=or_null(number("Share of the answers at or above the score from which somebody is satisfied.")),
        ),
    ),
    half_years=or_null(
        record(
            f"The mean of all answers in half a year; null where one has fewer than {LEAST_ANSWERS}.",
            newest=number("In the newest six finished months."),
            before=number("In the six before."),
        )
    ),
    url=text("Of its part of the page, from the site's root."),
)
METERING = record(
    "A service of which something is counted.",
    id=text("Id."),
    cost=or_null(_COST),
    capacity=or_null(_CAPACITY),
    satisfaction=or_null(_SATISFACTION),
)
