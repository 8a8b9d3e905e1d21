"""Schemas of what is worked out from records and terms: results, back-tests, the chain under an SLA."""

from __future__ import annotations

from servicebook.insight.schemas.forms import (
    FILE,
    OBJECTIVE,
    PERIOD_NAME,
    PLACE,
    VERDICT,
    array,
    flag,
    ids,
    instant,
    number,
    or_null,
    record,
    text,
    whole,
    words,
)
from servicebook.model.target import Measure

RESULT = record(
    "A target in a period.",
    agreement=text("Id."),
    version=text("Of the agreement."),
    target=text("Id within the agreement."),
    measure=words("What is measured.", Measure),
    services=ids("What the target speaks of."),
    customer=text("A party's id."),
    provider=text("A party's id."),
    period=PERIOD_NAME,
    start=instant("First instant."),
    end=instant("First instant after it."),
    finished=flag("Whether it is over at `as_of`."),
    verdict=VERDICT,
    value=or_null(number("The figure, never rounded.")),
    shown=or_null(text("As readers see it, rounded towards the side of a breach.")),
    unit=text("share, seconds, count, a currency, number, or the source's."),
    objective=OBJECTIVE,
    numerator=or_null(number("Where the figure is a quotient.")),
    denominator=or_null(number("Where the figure is a quotient.")),
    numerator_unit=or_null(text("seconds, events, tickets, records or a currency.")),
    service_time=or_null(number("Seconds of the period within the service hours.")),
    excluded=or_null(number("Seconds left out by agreement.")),
    excluded_by={
        **record("What left them out.", maintenance=number("Seconds."), listed=number("Seconds.")),
        "type": ["object", "null"],
    },
    coverage=or_null(number("Share of the time that counts in which somebody was looking.")),
    records=whole("Rows that the figure looked at."),
    budget={
        **record(
            "Failure that the objective allows.",
            total=number("In the period."),
            used=number("So far."),
            left=number("Below zero where it is overdrawn."),
        ),
        "type": ["object", "null"],
    },
    credit=or_null(number("Share of the charge that is owed.")),
    sources=array("The files behind it.", FILE),
    data_until=or_null(instant("Up to when there are data.")),
    closed=flag("Whether the period is closed with this figure."),
)
BACKTEST = record(
    "An agreement that isn't signed yet.",
    id=text("Id of the agreement."),
    agreement=text("The same."),
    targets=array(
        "Its targets.",
        record(
            "A target as if its terms had always held.",
            target=text("Id."),
            measure=words("What is measured.", Measure),
            unit=text("Of the figures."),
            objective=OBJECTIVE,
            judged=whole("Periods that were met or breached."),
            not_judged=whole("The others."),
            met=whole("Periods."),
            breached=whole("Periods."),
            levels={
                "type": "object",
                "description": "The level met in so many per cent of the judged periods.",
                "additionalProperties": or_null(number("The level.")),
            },
            lowest=or_null(number("The lowest figure.")),
            highest=or_null(number("The highest figure.")),
            periods=array(
                "Period by period.",
                record(
                    "A period.",
                    period=PERIOD_NAME,
                    value=or_null(number("The figure.")),
                    verdict=VERDICT,
                ),
            ),
        ),
    ),
)
CHAIN = record(
    "What stands under an SLA.",
    id=text("Id of the agreement."),
    agreement=text("The same."),
    targets=array(
        "Its promises.",
        record(
            "A promise.",
            target=text("Id."),
            objective=or_null(number("A share, or seconds of a limit.")),
            ceiling=or_null(number("What stands under it backs at most.")),
            backed={"type": ["boolean", "null"], "description": "Whether it can be kept."},
            links=array(
                "What it rests on.",
                record(
                    "A link.",
                    service=text("Id."),
                    agreement=or_null(text("Id of the agreement that covers it.")),
                    target=or_null(text("Its target.")),
                    **PLACE,
                    limit=or_null(text("What the link promises.")),
                    backs=or_null(number("What that backs, converted to the promise's periods and hours.")),
                ),
            ),
        ),
    ),
    gaps=array(
        "Where it falls short.",
        record(
            "A problem.",
            **PLACE,
            column=whole("From 1."),
            severity=words("How grave.", ("error", "warning")),
            rule=text("Group and rule.", "^[a-z]+/[a-z-]+$"),
            message=text("What is wrong."),
            hint=text("What to do."),
            related=array("Other places.", record("A place.", **PLACE, column=whole("From 1."))),
        ),
    ),
)
