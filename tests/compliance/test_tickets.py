"""Tickets: decided when answered or when the limit passes, whichever is first."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from servicebook.compliance.evaluate import evaluate
from servicebook.compliance.given import GivenRecords
from servicebook.compliance.terms import resolve
from servicebook.model.measurement import Kind, Ticket
from servicebook.model.result import Result, Verdict
from servicebook.model.target import Measure
from servicebook.timeline.interval import Intervals
from servicebook.timeline.period import Per
from tests.compliance.builders import (
    HERE,
    HOUR,
    MINUTE,
    agreement,
    at,
    calendar,
    catalogue,
    quantity,
    ref,
    results,
    target,
)

AS_OF = at("2026-03-01")


def ticket(opened: str, resolved: str | None, **more: Any) -> Ticket:
    end = None if resolved is None else at(resolved)
    given = {"opened": at(opened), "responded": end, "resolved": end, "origin": HERE}
    return Ticket(**(given | more))


def monthly(*rows: Ticket, within: str = "4 h", as_of: int = AS_OF, **terms: Any) -> dict[str, Result]:
    given: dict[str, Any] = {
        "measure": Measure.SHARE_WITHIN,
        "of": "resolution",
        "within": quantity(within),
        "hours": ref("hours"),
        "per": Per.MONTH,
    }
    source = {key: terms.pop(key) for key in ("from_", "complete_to") if key in terms}
    book = catalogue(
        agreement(target("at least 50 %", **(given | terms))),
        Kind.TICKETS,
        calendars=[calendar({"mon-fri": "09:00-17:00"})],
        **source,
    )
    known = GivenRecords(as_of=as_of, vouched=Intervals(), ticket_rows=rows)
    return {result.period: result for result in results(book, known)}


def test_an_old_ticket_counts_where_its_limit_passed() -> None:
    """Opened on 30 January at 16:00, closed in February: four hours passed on Monday 2 February at 12:00."""
    found = monthly(ticket("2026-01-30 16:00", "2026-02-20 10:00"))

    assert found["2026-01"].verdict is Verdict.NOTHING_TO_JUDGE
    assert (found["2026-02"].numerator, found["2026-02"].denominator) == (0, 1)
    assert found["2026-02"].missed == (HERE,)


def test_resolved_at_the_last_instant_is_within() -> None:
    """Used up exactly at closing time: the limit passes at the next opening."""
    assert monthly(ticket("2026-01-05 13:00", "2026-01-06 09:00"))["2026-01"].value == 1
    assert monthly(ticket("2026-01-05 13:00", "2026-01-06 09:01"))["2026-01"].value == 0


def test_open_tickets_are_decided_once_their_limit_has_passed() -> None:
    """Open and in time is undecided; open and late is a miss."""
    assert monthly(ticket("2026-02-27 16:30", None))["2026-02"].verdict is Verdict.NOTHING_TO_JUDGE
    assert monthly(ticket("2026-02-26 09:00", None))["2026-02"].value == 0


def test_pauses_stop_the_clock() -> None:
    """Paused for three hours of work, five hours later: two hours."""
    pauses = Intervals.span(at("2026-01-05 10:00"), at("2026-01-05 13:00"))
    row = ticket("2026-01-05 09:00", "2026-01-05 14:00", pauses=pauses)

    assert monthly(row, within="2 h")["2026-01"].value == 1
    assert monthly(row, within="119 min")["2026-01"].value == 0


def test_a_bare_pause_shortens_the_resolution_only() -> None:
    """The same length of pause has no say in the response."""
    row = ticket("2026-01-05 09:00", "2026-01-05 14:00", paused=3 * HOUR)

    assert monthly(row, within="2 h")["2026-01"].value == 1
    assert monthly(row, within="2 h", of="response")["2026-01"].value == 0


def test_paused_longer_than_worked_is_a_data_problem() -> None:
    """It isn't counted by that target, and it is reported."""
    row = ticket("2026-01-05 09:00", "2026-01-05 10:00", paused=61 * MINUTE)
    agreed = agreement(
        target("at least 50 %", measure=Measure.SHARE_WITHIN, of="resolution", within=quantity("4 h"), per=Per.MONTH)
    )
    book = catalogue(agreed, Kind.TICKETS)

    done = evaluate(book, [resolve(book, agreed)], GivenRecords(as_of=AS_OF, vouched=Intervals(), ticket_rows=(row,)))

    assert all(result.records == 0 for result in done.results)
    assert [(p.rule, p.count) for p in done.problems] == [("metrics/paused-longer-than-worked", 1)]


def test_working_days() -> None:
    """Opened on Friday at 15:00, one working day: due on Monday at 15:00."""
    assert monthly(ticket("2026-01-09 15:00", "2026-01-12 15:00"), within="1 working day")["2026-01"].value == 1
    assert monthly(ticket("2026-01-09 15:00", "2026-01-12 15:01"), within="1 working day")["2026-01"].value == 0


def test_attribution_by_opening_and_by_resolution() -> None:
    """`opened` counts a decided ticket where it was opened, `resolved` where it was resolved."""
    row = ticket("2026-01-30 16:00", "2026-02-20 10:00")

    assert monthly(row, attribute="opened")["2026-01"].records == 1
    assert monthly(row, attribute="resolved")["2026-02"].records == 1
    assert monthly(ticket("2026-01-30 16:00", None), attribute="resolved")["2026-02"].records == 0


def test_percentiles_take_the_answered() -> None:
    """Durations of the tickets resolved in the month, by nearest rank."""
    rows = [ticket("2026-01-05 09:00", f"2026-01-05 {hour}:00") for hour in (10, 11, 12)]

    found = monthly(*rows, ticket("2026-01-05 09:00", None), measure=Measure.PERCENTILE, percentile=Fraction(50))

    assert found["2026-01"].value == 2 * 3600
    assert found["2026-01"].records == 3


def test_declared_bounds() -> None:
    """Outside the declared bounds a ticket doesn't count, and a month outside them has no data."""
    found = monthly(ticket("2026-01-05 09:00", "2026-01-05 10:00"), complete_to=at("2026-01-16"))

    assert found["2026-01"].coverage == Fraction(15, 31)
    assert found["2026-01"].verdict is Verdict.INDETERMINATE
    assert found["2026-02"].verdict is Verdict.NO_DATA
