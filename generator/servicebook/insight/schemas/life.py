"""Schemas of what becomes of promises: breaches, needs, what is due, closed periods."""

from __future__ import annotations

from servicebook.insight.due import Kind as DueKind
from servicebook.insight.needs import Answer
from servicebook.insight.schemas.forms import (
    PERIOD,
    PERIOD_NAME,
    array,
    day,
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

BREACH = record(
    "A target that was missed in a period.",
    id=text("Agreement, target and period."),
    agreement=text("Id."),
    target=text("Id within the agreement."),
    period=PERIOD_NAME,
    start=instant("First instant."),
    end=instant("First instant after it."),
    finished=flag("Whether the period is over; a breach can be proven before."),
    value=or_null(number("The figure.")),
    shown=or_null(text("As readers see it.")),
    objective=text("As its author wrote it."),
    credit=or_null(number("Share of the charge that is owed.")),
    accounts=array(
        "What editors wrote about it.",
        record(
            "An account.",
            id=text("Id."),
            title=text("Title."),
            cause=text("Why."),
            correction=text("What was put right."),
            corrected=or_null(day("When.")),
        ),
    ),
    improvements=ids("What is planned."),
    repeats=record("The newest judged periods up to it.", breached=whole("Of them."), judged=whole("At most 12.")),
    recovery=record(
        "The periods after it.",
        met=whole("Of them."),
        judged=whole("All."),
        recovered={"type": ["boolean", "null"], "description": "Whether the newest judged one was met."},
    ),
    url=text("Of its page, from the site's root."),
)
NEED = record(
    "What a customer needs.",
    id=text("Id."),
    title=text("Title."),
    customer=text("A party's id."),
    priority=words("How much.", ("must", "should", "could")),
    status=words("As its author says.", ("open", "agreed", "declined")),
    answer=words("As the promises answer it: that of its weakest line.", Answer),
    reason=text("Why it was declined."),
    lines=array(
        "A requirement and a service each.",
        record(
            "A line.",
            measure=or_null(words("What is measured.", Measure)),
            objective=or_null(text("The level that is needed.")),
            service=or_null(text("Id.")),
            answer=words("How it is answered.", Answer),
            promises=array(
                "Targets that answer it best.",
                record("A target.", agreement=text("Id."), target=text("Id."), answer=words("How.", Answer)),
            ),
        ),
    ),
)
DUE = record(
    "Something with a day.",
    id=text("Stays the same when the day is moved."),
    kind=words("What it is.", DueKind),
    subject=text("Id of the agreement or improvement."),
    detail=text("The step of a negotiation."),
    day=day("When it falls due."),
    start=or_null(instant("Of maintenance.")),
    end=or_null(instant("Of maintenance.")),
    overdue=flag("Whether its day is over and nobody did it."),
    owner=or_null(text("The party that sees to it.")),
    parties=ids("Whom it concerns."),
)
_FIGURE = {"type": "object", "description": "Verdict, value, numerator, denominator and credit."}
CLOSED = record(
    "A closed period.",
    id=text("The period.", PERIOD),
    closed_at=text("The `as_of` at which it was closed first."),
    figures=whole("How many figures are closed."),
    path=text("Of its file, from the catalogue's root."),
    restatements=array(
        "Corrections, in their order.",
        record(
            "A correction.",
            agreement=text("Id."),
            target=text("Id."),
            period=PERIOD_NAME,
            date=day("When it was recorded."),
            why=text("Its reason."),
            old=_FIGURE,
            new=_FIGURE,
        ),
    ),
)
