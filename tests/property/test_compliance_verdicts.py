"""Algebra of verdicts: what must hold for any outages, hours, exclusions and observation."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from servicebook.compliance.display import shown
from servicebook.model.agreement import Exclusion
from servicebook.model.common import Comparison, Objective, Quantity, Unit
from servicebook.model.measurement import Outage
from servicebook.model.result import Result, Verdict
from servicebook.timeline.interval import Intervals
from tests.compliance.builders import (
    DAY,
    HERE,
    MINUTE,
    PLACES,
    agreement,
    at,
    calendar,
    catalogue,
    ref,
    result_between,
    target,
)

START = at("2026-01-05")
MINUTES = 24 * 60
SPANS = st.tuples(st.integers(0, MINUTES), st.integers(0, MINUTES)).map(lambda pair: (min(pair), max(pair)))
IMPACTS = st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(3, 10), Fraction(0)])


def instants(spans: list[tuple[int, int]]) -> Intervals:
    return Intervals((START + low * MINUTE, START + high * MINUTE) for low, high in spans)


def evaluate(down: list[tuple[tuple[int, int], Fraction]], excluded: list[Any], seen: list[Any]) -> Result:
    """A day with hours from 06:00 to 20:00, at least 95 % promised."""
    listed = tuple(
        Exclusion(
            start=start, end=end, reason="r", declared=date(2026, 1, 1), approved_by=ref("customer"), places=PLACES
        )
        for start, end in instants(excluded)
    )
    book = catalogue(
        agreement(target("at least 95 %", hours=ref("hours")), exclusions=listed),
        calendars=[calendar({"mon": "06:00-20:00"})],
    )
    rows = tuple(
        Outage(start=START + low * MINUTE, end=START + high * MINUTE, impact=impact, origin=HERE)
        for (low, high), impact in down
        if low < high
    )
    return result_between(book, START, START + DAY, outage_rows=rows, vouched=instants(seen))


@settings(max_examples=80, deadline=None)
@given(
    down=st.lists(st.tuples(SPANS, IMPACTS), max_size=5),
    excluded=st.lists(SPANS, max_size=3),
    seen=st.lists(SPANS, max_size=3),
)
def test_availability_is_a_count_of_minutes(down: list[Any], excluded: list[Any], seen: list[Any]) -> None:
    """Every figure agrees with a count of the day's minutes, one by one."""

    def inside(minute: int, spans: list[tuple[int, int]]) -> bool:
        return any(low <= minute < high for low, high in spans)

    service = [minute for minute in range(MINUTES) if 360 <= minute < 1200]
    net = [minute for minute in service if not inside(minute, excluded)]
    counted = [minute for minute in net if inside(minute, seen)]
    lost = sum(
        max((impact for span, impact in down if inside(minute, [span])), default=Fraction(0)) for minute in counted
    )

    found = evaluate(down, excluded, seen)

    assert found.service_time == len(service) * MINUTE
    assert found.excluded == (len(service) - len(net)) * MINUTE
    assert found.denominator == len(counted) * 60
    assert found.numerator == (len(counted) - lost) * 60
    assert found.coverage == (Fraction(len(counted), len(net)) if net else None)
    assert found.value == (1 - Fraction(lost) / len(counted) if counted else None)


@settings(max_examples=80, deadline=None)
@given(down=st.lists(st.tuples(SPANS, IMPACTS), max_size=5), seen=st.lists(SPANS, max_size=3))
def test_losing_data_never_saves_a_breach_and_no_data_is_never_met(down: list[Any], seen: list[Any]) -> None:
    """Whoever sees all of a breached day sees at least what a partial observer could prove."""
    whole = evaluate(down, [], [(0, MINUTES)])
    partial = evaluate(down, [], seen)

    if partial.verdict is Verdict.BREACHED:
        assert whole.verdict is Verdict.BREACHED
    if not partial.denominator:
        assert partial.verdict is Verdict.NO_DATA
    if partial.verdict is Verdict.MET:
        assert partial.coverage is not None
        assert partial.coverage >= Fraction(9, 10)


@given(
    value=st.fractions(0, 2, max_denominator=10**7),
    level=st.integers(0, 10_000),
    comparison=st.sampled_from(list(Comparison)),
)
def test_shown_digits_stay_on_the_side_of_the_exact_figure(value: Fraction, level: int, comparison: Comparison) -> None:
    """Whatever is shown meets the objective exactly when the exact figure does."""
    promised = Quantity(kind=Unit.SHARE, number=Fraction(level, 100), unit="%", decimals=2)
    objective = Objective(comparison=comparison, level=promised, text="")

    text = shown(value, promised.share, objective, Fraction(1, 100))

    read = Fraction(text.removesuffix(" %")) / 100
    assert comparison.holds(read, promised.share) is comparison.holds(value, promised.share)
    assert abs(read - value) < Fraction(1, 10_000)
