"""Periods, terms, notice, allowances, runs of samples; and lengths of time."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from servicebook.loading import quantities, spans
from servicebook.model.agreement import Allowance, Notice
from servicebook.model.common import Span
from servicebook.model.target import Rolling
from servicebook.timeline.period import Per
from tests.loading.builders import refused

MINUTE = 60_000_000
HOUR = 60 * MINUTE


@pytest.mark.parametrize(
    ("parse", "text", "value"),
    [
        (quantities.duration, "60 s", 60_000_000),
        (quantities.duration, "1 h 20 min", 80 * MINUTE),
        (quantities.number, " 4.20 ", Fraction("4.2")),
        (spans.per, "month", Per.MONTH),
        (spans.per, "Quarter", Per.QUARTER),
        (spans.per, "rolling 30 days", Rolling(30)),
        (spans.per, "rolling 1 day", Rolling(1)),
        (spans.span, "12 months", Span(months=12, text="12 months")),
        (spans.span, "1 year", Span(months=12, text="1 year")),
        (spans.span, "60 days", Span(days=60, text="60 days")),
        (spans.span, "2 weeks", Span(days=14, text="2 weeks")),
        (spans.span, "1 quarter", Span(months=3, text="1 quarter")),
        (spans.notice, "5 days", Notice(days=5, text="5 days")),
        (spans.notice, "2 weeks", Notice(days=14, text="2 weeks")),
        (spans.notice, "72 h", Notice(microseconds=72 * HOUR, text="72 h")),
        (spans.allowance, "4 h per month", Allowance(microseconds=4 * HOUR, per=Per.MONTH, text="4 h per month")),
        (
            spans.allowance,
            "90 min a week",
            Allowance(microseconds=90 * MINUTE, per=Per.WEEK, text="90 min a week"),
        ),
        (spans.allowance, "4 h/quarter", Allowance(microseconds=4 * HOUR, per=Per.QUARTER, text="4 h/quarter")),
        (spans.samples, "5 samples", 5),
        (spans.samples, "1 sample", 1),
        (spans.samples, "5", 5),
    ],
)
def test_other_lengths_and_numbers(parse: Callable[[str], object], text: str, value: object) -> None:
    """Durations, periods, spans of the calendar, notice, allowance, samples in a row."""
    assert parse(text) == value


@pytest.mark.parametrize(
    ("parse", "text", "reason"),
    [
        (
            quantities.duration,
            "5 EUR",
            "field/wrong-value: '5 EUR' isn't a length of time | write a number with ms, s, min or h, as in `90 min`",
        ),
        (quantities.duration, "0 s", "field/out-of-range: '0 s' has no length | "),
        (quantities.duration, "0.0001 ms", "field/out-of-range: '0.0001 ms' is finer than a microsecond | "),
        (quantities.duration, "999999999 h", "field/out-of-range: '999999999 h' is longer than a century | "),
        (
            spans.per,
            "fortnight",
            "field/wrong-value: 'fortnight' is no period | write day, week, month, quarter, year or `rolling 30 days`",
        ),
        (spans.per, "rolling 0 days", "field/out-of-range: a window of 0 days | write from 1 to 3,660 days"),
        (
            spans.span,
            "12 h",
            "field/wrong-value: '12 h' is no length in days, weeks, months or years | write for example `12 months` or `60 days`",
        ),
        (spans.span, "0 days", "field/out-of-range: '0 days' isn't from 1 day to 100 years | "),
        (spans.span, "999999 years", "field/out-of-range: '999999 years' isn't from 1 day to 100 years | "),
        (
            spans.notice,
            "5 working days",
            "field/wrong-value: '5 working days': notice isn't counted in working time | write local days, as in `5 days`, or elapsed time, as in `72 h`",
        ),
        (
            spans.notice,
            "1 month",
            "field/wrong-value: '1 month': notice isn't counted in months | write local days, as in `5 days`, or elapsed time, as in `72 h`",
        ),
        (
            spans.notice,
            "early",
            "field/wrong-value: 'early' isn't a number | write local days, as in `5 days`, or elapsed time, as in `72 h`",
        ),
        (
            spans.allowance,
            "4 h",
            "field/wrong-value: '4 h' doesn't say for which period | write for example `4 h per month`",
        ),
        (
            spans.allowance,
            "4 h per day",
            "field/wrong-value: '4 h per day': an allowance is per week, month, quarter or year | ",
        ),
        (
            spans.samples,
            "often",
            "field/wrong-value: 'often' is no number of samples | write for example `5 samples`",
        ),
        (spans.samples, "0 samples", "field/out-of-range: '0' isn't from 1 to 100,000 | "),
        (quantities.whole_number, "1.5", "field/wrong-value: '1.5' isn't a whole number | "),
        (
            quantities.number,
            "4 h",
            "field/wrong-value: '4 h' isn't a number | write digits, with a point before decimals, and the unit behind",
        ),
    ],
)
def test_other_lengths_that_are_refused(parse: Callable[[str], object], text: str, reason: str) -> None:
    """Each with its reason."""
    assert refused(parse, text) == reason
