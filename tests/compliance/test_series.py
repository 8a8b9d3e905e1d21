"""Events, samples, scores, values, usage, ledgers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from servicebook.compliance.evaluate import evaluate
from servicebook.compliance.given import GivenRecords, Row
from servicebook.compliance.terms import resolve
from servicebook.model.measurement import Kind
from servicebook.model.result import Result, Verdict
from servicebook.model.target import Measure
from servicebook.timeline.interval import Intervals
from servicebook.timeline.period import Per
from tests.compliance.builders import DAY, HOUR, agreement, at, calendar, catalogue, quantity, ref, results, target

MONDAY = at("2026-01-05")


def present(kind: Kind, text: str, *rows: Row, as_of: int = MONDAY + 7 * DAY, **terms: Any) -> Result:
    """The result of the week of 5 January 2026."""
    source = {key: terms.pop(key) for key in ("unit", "from_", "complete_to") if key in terms}
    agreed = agreement(target(text, **({"per": Per.WEEK} | terms)))
    book = catalogue(agreed, kind, calendars=[calendar({"mon-fri": "08:00-18:00"})], **source)
    known = GivenRecords(as_of=as_of, vouched=Intervals(), rows=rows)
    return next(result for result in results(book, known) if result.period == "2026-W02")


def values(*numbers: str) -> list[Row]:
    return [Row(time=MONDAY + index * HOUR, value=Fraction(number)) for index, number in enumerate(numbers)]


def test_success_rate_is_never_a_mean_of_ratios() -> None:
    """1 of 1 and 1 of 9 are 2 of 10."""
    rows = [
        Row(time=MONDAY, value=Fraction(1), other=Fraction(1)),
        Row(time=MONDAY, value=Fraction(1), other=Fraction(9)),
    ]

    found = present(Kind.EVENTS, "at least 10 %", *rows, measure=Measure.SUCCESS_RATE)

    assert (found.numerator, found.denominator, found.shown) == (2, 10, "20 %")
    assert found.budget is not None
    assert (found.budget.total, found.budget.used) == (9, 8)


def test_no_request_at_all() -> None:
    """A series without a record is no data; records that add up to nothing leave nothing to judge."""
    empty = Row(time=MONDAY, value=Fraction(0), other=Fraction(0))

    assert present(Kind.EVENTS, "at least 10 %", measure=Measure.SUCCESS_RATE).verdict is Verdict.NO_DATA
    assert (
        present(Kind.EVENTS, "at least 10 %", empty, measure=Measure.SUCCESS_RATE).verdict is Verdict.NOTHING_TO_JUDGE
    )


def test_samples_count_in_their_hours() -> None:
    """One at 07:00 doesn't."""
    rows = [Row(time=MONDAY + hour * HOUR, value=Fraction(hour)) for hour in (7, 9, 11)]

    found = present(Kind.SAMPLES, "at most 300 ms", *rows, measure=Measure.MAXIMUM, hours=ref("hours"), unit="ms")

    assert (found.records, found.value, found.unit, found.shown) == (2, 11, "ms", "11 ms")


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        (Measure.MEAN, Fraction(5)),
        (Measure.MEDIAN, Fraction(4)),
        (Measure.MINIMUM, Fraction(2)),
        (Measure.MAXIMUM, Fraction(10)),
        (Measure.SUM, Fraction(20)),
        (Measure.COUNT, Fraction(4)),
    ],
)
def test_statistics(measure: Measure, value: Fraction) -> None:
    """The median of an even number is the mean of the middle two."""
    assert present(Kind.VALUES, "at most 100", *values("2", "3", "5", "10"), measure=measure).value == value


def test_an_objective_in_another_unit_of_the_same_kind() -> None:
    """The source says ms, the objective 0.4 s: judged in ms, shown in s."""
    found = present(Kind.SAMPLES, "at most 0.40 s", *values("400.1"), measure=Measure.MAXIMUM, unit="ms")

    assert (found.level, found.unit, found.shown, found.verdict) == (400, "ms", "0.41 s", Verdict.BREACHED)


def test_share_within_of_samples() -> None:
    """At the limit is within."""
    found = present(
        Kind.SAMPLES,
        "at least 50 %",
        *values("0.2", "0.3", "0.4"),
        measure=Measure.SHARE_WITHIN,
        within=quantity("300 ms"),
        unit="s",
    )

    assert (found.numerator, found.denominator) == (2, 3)


def test_scores_count_at_any_hour() -> None:
    """Mean of all, and the share of four or better."""
    scores = values("3", "4", "5", "5")

    mean = present(Kind.SCORES, "at least 4", *scores, measure=Measure.SATISFACTION, hours=ref("hours"))
    share = present(Kind.SCORES, "at least 70 %", *scores, measure=Measure.SATISFACTION, satisfied_from=Fraction(4))

    assert (mean.value, mean.service_time, mean.coverage) == (Fraction(17, 4), None, None)
    assert share.value == Fraction(3, 4)


def test_a_value_of_a_period_counts_where_the_period_lies_wholly() -> None:
    """A Tuesday lies in the week, the month doesn't."""
    tuesday = Row(time=MONDAY + DAY, until=MONDAY + 2 * DAY, value=Fraction(1))
    january = Row(time=at("2026-01-01"), until=at("2026-02-01"), value=Fraction(100))

    found = present(Kind.VALUES, "at most 5", tuesday, january, measure=Measure.SUM, as_of=at("2026-03-01"))

    assert found.value == 1


def test_utilisation() -> None:
    """Each reading is a share of its own capacity."""
    rows = [
        Row(time=MONDAY, value=Fraction(50), other=Fraction(100)),
        Row(time=MONDAY, value=Fraction(30), other=Fraction(40)),
    ]

    def utilisation(statistic: str, **more: Any) -> Result:
        return present(Kind.USAGE, "at most 80 %", *rows, measure=Measure.UTILISATION, statistic=statistic, **more)

    assert utilisation("peak").value == Fraction(3, 4)
    assert utilisation("mean").value == Fraction(5, 8)
    assert utilisation("percentile", percentile=Fraction(50)).value == Fraction(1, 2)
    assert (utilisation("mean").numerator, utilisation("peak").numerator) == (Fraction(5, 4), None)


def test_cost_against_budget() -> None:
    """Σ actual ÷ Σ budget, in their currency."""
    rows = [
        Row(time=MONDAY, value=Fraction(90), other=Fraction(100), currency="EUR"),
        Row(time=MONDAY, value=Fraction(30), other=Fraction(0), currency="EUR"),
    ]

    found = present(Kind.LEDGER, "at most 100 %", *rows, measure=Measure.COST_AGAINST_BUDGET)

    assert (found.value, found.numerator_unit, found.verdict) == (Fraction(6, 5), "EUR", Verdict.BREACHED)


def test_the_pace_of_a_sum() -> None:
    """Half of the limit after one of seven days misses it at this pace."""
    found = present(Kind.VALUES, "at most 10", *values("5"), measure=Measure.SUM, as_of=MONDAY + DAY)

    assert found.verdict is Verdict.AT_RISK


def test_only_a_promise_of_everything_is_lost_at_the_first_miss() -> None:
    """With 99 % the week is open, with 100 % one failure is proof."""
    rows = [Row(time=MONDAY, value=Fraction(0), other=Fraction(1))]

    def verdict(text: str) -> Verdict:
        return present(Kind.EVENTS, text, *rows, measure=Measure.SUCCESS_RATE, as_of=MONDAY + HOUR).verdict

    assert verdict("at least 100 %") is Verdict.BREACHED
    assert verdict("at least 99 %") is Verdict.AT_RISK


def test_a_minimum_count() -> None:
    """Too few records say nothing, unless the breach is proven."""
    found = present(Kind.SAMPLES, "at most 5 ms", *values("1", "2"), measure=Measure.MEAN, minimum_count=3)
    proven = present(Kind.SAMPLES, "at most 5 ms", *values("1", "9"), measure=Measure.MAXIMUM, minimum_count=3)

    assert found.verdict is Verdict.INDETERMINATE
    assert proven.verdict is Verdict.BREACHED


def test_declared_bounds_make_a_coverage() -> None:
    """Four of seven days are declared: not enough to judge."""
    found = present(Kind.SAMPLES, "at most 5 ms", *values("1"), measure=Measure.MEAN, complete_to=MONDAY + 4 * DAY)

    assert found.coverage == Fraction(4, 7)
    assert found.verdict is Verdict.INDETERMINATE


def test_percentile_100_is_the_slowest() -> None:
    """It can only rise, so it proves a breach before the week is over."""
    found = present(
        Kind.SAMPLES,
        "at most 5 ms",
        *values("9"),
        measure=Measure.PERCENTILE,
        percentile=Fraction(100),
        as_of=MONDAY + HOUR,
    )

    assert found.verdict is Verdict.BREACHED


def test_a_minimum_only_falls() -> None:
    """Below the lower limit once is below it for good."""
    found = present(Kind.SAMPLES, "at least 5 ms", *values("4"), measure=Measure.MINIMUM, as_of=MONDAY + HOUR)

    assert found.verdict is Verdict.BREACHED


def test_two_currencies_are_an_error() -> None:
    """Amounts of two currencies can't be added up; a `where` chooses one."""
    agreed = agreement(target("at most 100 %", measure=Measure.COST_AGAINST_BUDGET, per=Per.WEEK))
    book = catalogue(agreed, Kind.LEDGER)
    rows = tuple(
        Row(time=MONDAY, value=Fraction(1), other=Fraction(1), currency=currency) for currency in ("EUR", "USD")
    )

    done = evaluate(book, [resolve(book, agreed)], GivenRecords(as_of=MONDAY + DAY, vouched=Intervals(), rows=rows))

    (problem,) = done.problems
    assert (problem.rule, problem.is_error) == ("terms/several-currencies", True)
    assert problem.message == "the ledger's records are in several currencies: EUR, USD"
