"""Rows that can be read but can't be true: reported, and counted in no figure."""

from __future__ import annotations

from fractions import Fraction

from servicebook.metrics.loaded import Loaded
from servicebook.metrics.numbers import plain
from servicebook.metrics.rules import (
    END_BEFORE_START,
    MISSING_FIELD,
    NEGATIVE,
    NO_CAPACITY,
    NO_END,
    NO_LENGTH,
    TICKET_ORDER,
    TOO_MANY_GOOD,
)
from servicebook.model.measurement import Kind


def check(loaded: Loaded, limit: Fraction | None) -> None:
    """Report a source's data problems, and leave their rows out; `limit` is the service's capacity."""
    match loaded.source.records:
        case Kind.OUTAGES:
            _outages(loaded)
        case Kind.DOWNTIME:
            _out(loaded, NEGATIVE, "f_minutes < 0", "minutes below zero")
        case Kind.EVENTS:
            _events(loaded)
        case Kind.USAGE:
            _usage(loaded, limit)
        case Kind.VALUES:
            _values(loaded)
        case Kind.TICKETS:
            _out(
                loaded,
                TICKET_ORDER,
                "f_responded < f_opened OR f_resolved < f_opened OR list_min([q[1] FOR q IN CAST(f_pauses AS BIGINT[][])]) < f_opened",
                "a ticket is answered, resolved or paused before it was opened",
            )
        case _:
            pass


def _out(loaded: Loaded, rule: str, condition: str, message: str, hint: str = "") -> None:
    """Report the rows for which a condition holds; they count nowhere."""
    loaded.report(rule, f"keep AND ({condition})", message, hint=hint)
    loaded.usable.append(f"NOT coalesce({condition}, false)")


def _outages(loaded: Loaded) -> None:
    _out(loaded, END_BEFORE_START, "f_end < f_start", "an outage ends before it begins")
    _out(loaded, NO_LENGTH, "f_end = f_start", "an outage ends in the instant in which it begins")
    source = loaded.source
    if source.complete_to is None and source.until is None:
        loaded.findings.add(
            NO_END,
            source.places.position,
            "the list doesn't say how far it is complete",
            hint="add `complete_to`, and move it on with each delivery of data",
        )


def _events(loaded: Loaded) -> None:
    _out(loaded, NEGATIVE, "f_good < 0 OR f_total < 0", "a number of events below zero")
    _out(loaded, TOO_MANY_GOOD, "f_good > coalesce(f_total, 1)", "more good events than events")


def _usage(loaded: Loaded, limit: Fraction | None) -> None:
    if limit is not None and limit > 0:
        condition = f"f_capacity = 0 OR f_capacity < 0 OR (f_capacity IS NULL AND {plain(limit)} = 0)"
    else:
        condition = "f_capacity IS NULL OR f_capacity <= 0"
    _out(
        loaded,
        NO_CAPACITY,
        condition,
        "a reading has no capacity, or 0",
        hint="the service's `limit` serves where a reading has none",
    )


def _values(loaded: Loaded) -> None:
    loaded.report(
        MISSING_FIELD,
        "keep AND f_time IS NULL AND x_time IS NULL AND f_period IS NULL",
        "neither `period` nor `time` in this row",
    )
    loaded.usable.append("f_time IS NOT NULL")
