"""Numbers with units as authors write them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from servicebook.loading import quantities
from servicebook.loading.report import Unreadable
from servicebook.model.agreement import Allowance, Notice
from servicebook.model.common import Comparison, Quantity, Span, Unit
from servicebook.model.target import Rolling
from servicebook.timeline.period import Per

MINUTE = 60_000_000
HOUR = 60 * MINUTE


def refused(parse: Callable[[str], object], text: str) -> str:
    """Why a text is refused, as `rule: message | hint`."""
    with pytest.raises(Unreadable) as caught:
        parse(text)
    return f"{caught.value.rule}: {caught.value.message} | {caught.value.hint}"


@pytest.mark.parametrize(
    ("text", "kind", "number", "unit", "decimals"),
    [
        ("99.90 %", Unit.SHARE, "99.9", "%", 2),
        ("99.9%", Unit.SHARE, "99.9", "%", 1),
        ("99.9\u00a0%", Unit.SHARE, "99.9", "%", 1),
        ("4 h", Unit.DURATION, "4", "h", 0),
        ("4 hours", Unit.DURATION, "4", "h", 0),
        ("1 Hour", Unit.DURATION, "1", "h", 0),
        ("90 min", Unit.DURATION, "90", "min", 0),
        ("2.5 s", Unit.DURATION, "2.5", "s", 1),
        ("300ms", Unit.DURATION, "300", "ms", 0),
        ("8 working hours", Unit.DURATION, "8", "h", 0),
        ("1 working day", Unit.WORKING_DAYS, "1", "working day", 0),
        ("3 working days", Unit.WORKING_DAYS, "3", "working day", 0),
        ("1 h 20 min", Unit.DURATION, "80", "min", 0),
        ("1h20min", Unit.DURATION, "80", "min", 0),
        ("1 min 2.5 s", Unit.DURATION, "62.5", "s", 1),
        ("3.20", Unit.NUMBER, "3.2", "", 2),
        ("-5", Unit.NUMBER, "-5", "", 0),
        ("500 EUR", Unit.NUMBER, "500", "EUR", 0),
        ("16 Mbit/s", Unit.NUMBER, "16", "Mbit/s", 0),
        ("0.1", Unit.NUMBER, "0.1", "", 1),
    ],
)
def test_a_quantity_is_exact(text: str, kind: Unit, number: str, unit: str, decimals: int) -> None:
    """The number is what is written, to the last digit; spelled-out units, no-break spaces and missing spaces are welcome."""
    tidied = text.replace("\u00a0", " ")

    assert quantities.quantity(text) == Quantity(
        kind=kind, number=Fraction(number), unit=unit, decimals=decimals, text=tidied
    )


REFUSED = {
    "1 day": "field/ambiguous: '1 day' is ambiguous: a day has 24 hours, or those in which people work | write 24 h for elapsed time, "
    "8 working hours, or 1 working day",
    "2 d": "field/ambiguous: '2 d' is ambiguous: a day has 24 hours, or those in which people work | write 48 h for elapsed time, "
    "16 working hours, or 2 working days",
    "3 business days": "field/ambiguous: '3 business days' is ambiguous: a day has 24 hours, or those in which people work | write 3 working days",
    "8 business hours": "field/wrong-value: '8 business hours': the format's word is working hours | write 8 working hours",
    "5 m": "field/ambiguous: '5 m' is ambiguous: minutes or months | write 5 min",
    "2 weeks": "field/ambiguous: '2 weeks' has no fixed length in hours | write it in h, or in working days",
    "5 µs": "field/wrong-value: '5 µs' is in a unit finer than milliseconds | write it in ms, as in `0.25 ms`",
    "5 minuts": "field/wrong-value: 'minuts' is no unit of time | did you mean 'minutes'?",
    "1.5 working days": "field/wrong-value: '1.5 working days' isn't a whole number of working days from 1 to 1,000 | parts of a day go in "
    "working hours",
    "99,9 %": "field/wrong-value: '99,9 %' has a comma between its digits | decimals come after a point, as in '99.9 %'; thousands have no "
    "separator",
    "1,000,000": "field/wrong-value: '1,000,000' has separators between its digits | write it without: '1000000'",
    "12 000": "field/wrong-value: '12 000' has separators between its digits | write it without: '12000'",
    ".5 %": "field/wrong-value: '.5 %': a decimal point has digits on both sides | write 0.5, not .5",
    "1e3": "field/wrong-value: '1e3' is written with an exponent | write all its digits",
    "٣ h": "field/wrong-value: '٣ h' holds digits other than 0 to 9 | write the number with the digits 0 to 9",
    "": "field/wrong-value: nothing is written here | write a number",
    "soon": "field/wrong-value: 'soon' isn't a number | write digits, with a point before decimals, and the unit behind",
    "-4 h": "field/out-of-range: '-4 h' is below zero | ",
    "5 %%": "field/wrong-value: '5 %%' isn't a number | write digits, with a point before decimals, and the unit behind",
    "5 EUR 3 USD": "field/wrong-value: '5 EUR 3 USD' can't be read as one quantity | several parts make a length of time only, as in `1 h 20 min`",
    "20 min 1 h": "field/wrong-value: '20 min 1 h' can't be read as one quantity | several parts make a length of time only, as in `1 h 20 min`",
    "9" * 41: "limit/digits: a number with more than 40 digits | write a number that a person can read",
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_quantity_that_is_unclear_is_refused(text: str) -> None:
    """What can be understood in two ways, or not at all, gets a reason and a way out; nothing is guessed."""
    assert refused(quantities.quantity, text) == REFUSED[text]


@pytest.mark.parametrize(
    ("text", "share"), [("10 %", "1/10"), ("10%", "1/10"), ("0.5", "1/2"), ("0 %", "0"), ("1", "1"), ("17.5 %", "7/40")]
)
def test_a_share(text: str, share: str) -> None:
    """From nothing to all, in per cent or as a number."""
    assert quantities.share(text) == Fraction(share)


def test_a_share_above_all_is_refused() -> None:
    """`95` without its per cent sign is suggested with it; `101 %` can't be."""
    assert (
        refused(quantities.share, "95")
        == "field/out-of-range: '95' isn't a share from 0 % to 100 % | did you mean '95 %'?"
    )
    assert refused(quantities.share, "101 %") == "field/out-of-range: '101 %' isn't a share from 0 % to 100 % | "


@pytest.mark.parametrize(
    ("text", "comparison", "level"),
    [
        ("at least 99.9 %", Comparison.AT_LEAST, "99.9 %"),
        ("At  most 4 h", Comparison.AT_MOST, "4 h"),
        ("above 3.5", Comparison.ABOVE, "3.5"),
        ("below 300 ms", Comparison.BELOW, "300 ms"),
        (">= 99.9 %", Comparison.AT_LEAST, "99.9 %"),
        ("<=5", Comparison.AT_MOST, "5"),
        ("> 5", Comparison.ABOVE, "5"),
        ("<5", Comparison.BELOW, "5"),
        ("≥ 5", Comparison.AT_LEAST, "5"),
    ],
)
def test_an_objective(text: str, comparison: Comparison, level: str) -> None:
    """A comparison in words or signs, then the level; the text is kept with its white space tidied."""
    objective = quantities.objective(text)

    assert (objective.comparison, objective.level.text, objective.text) == (comparison, level, " ".join(text.split()))


SIDELESS = {
    "99.9 %": "'99.9 %' doesn't say on which side of the level a figure has to be | write 'at least 99.9 %' or 'at most 99.9 %'",
    "no more than 5": "'no more than 5' names no comparison that is known | write 'at most 5'",
    "min 5": "'min 5' names no comparison that is known | write 'at least 5'",
    "good": "'good' doesn't say on which side of the level a figure has to be | write for example `at least 99.9 %`, `at most 4 h`, "
    "`above 3.5` or `below 10`",
}


@pytest.mark.parametrize("text", SIDELESS)
def test_an_objective_says_on_which_side(text: str) -> None:
    """Without a comparison nobody knows whether more is better."""
    assert refused(quantities.objective, text) == f"field/no-comparison: {SIDELESS[text]}"


def test_an_objective_names_a_level() -> None:
    """`at least` alone promises nothing."""
    assert refused(quantities.objective, "at least") == (
        "field/wrong-value: 'at least' names no level | write the level too, as in `at least 99.9 %`"
    )


@pytest.mark.parametrize(
    ("parse", "text", "value"),
    [
        (quantities.duration, "60 s", 60_000_000),
        (quantities.duration, "1 h 20 min", 80 * MINUTE),
        (quantities.number, " 4.20 ", Fraction("4.2")),
        (quantities.per, "month", Per.MONTH),
        (quantities.per, "Quarter", Per.QUARTER),
        (quantities.per, "rolling 30 days", Rolling(30)),
        (quantities.per, "rolling 1 day", Rolling(1)),
        (quantities.span, "12 months", Span(months=12, text="12 months")),
        (quantities.span, "1 year", Span(months=12, text="1 year")),
        (quantities.span, "60 days", Span(days=60, text="60 days")),
        (quantities.span, "2 weeks", Span(days=14, text="2 weeks")),
        (quantities.span, "1 quarter", Span(months=3, text="1 quarter")),
        (quantities.notice, "5 days", Notice(days=5, text="5 days")),
        (quantities.notice, "2 weeks", Notice(days=14, text="2 weeks")),
        (quantities.notice, "72 h", Notice(microseconds=72 * HOUR, text="72 h")),
        (quantities.allowance, "4 h per month", Allowance(microseconds=4 * HOUR, per=Per.MONTH, text="4 h per month")),
        (
            quantities.allowance,
            "90 min a week",
            Allowance(microseconds=90 * MINUTE, per=Per.WEEK, text="90 min a week"),
        ),
        (quantities.allowance, "4 h/quarter", Allowance(microseconds=4 * HOUR, per=Per.QUARTER, text="4 h/quarter")),
        (quantities.samples, "5 samples", 5),
        (quantities.samples, "1 sample", 1),
        (quantities.samples, "5", 5),
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
            quantities.per,
            "fortnight",
            "field/wrong-value: 'fortnight' is no period | write day, week, month, quarter, year or `rolling 30 days`",
        ),
        (quantities.per, "rolling 0 days", "field/out-of-range: a window of 0 days | write from 1 to 3,660 days"),
        (
            quantities.span,
            "12 h",
            "field/wrong-value: '12 h' is no length in days, weeks, months or years | write for example `12 months` or `60 days`",
        ),
        (quantities.span, "0 days", "field/out-of-range: '0 days' isn't from 1 day to 100 years | "),
        (quantities.span, "999999 years", "field/out-of-range: '999999 years' isn't from 1 day to 100 years | "),
        (
            quantities.notice,
            "5 working days",
            "field/wrong-value: '5 working days': notice isn't counted in working time | write local days, as in `5 days`, or elapsed time, as in `72 h`",
        ),
        (
            quantities.notice,
            "1 month",
            "field/wrong-value: '1 month': notice isn't counted in months | write local days, as in `5 days`, or elapsed time, as in `72 h`",
        ),
        (
            quantities.notice,
            "early",
            "field/wrong-value: 'early' isn't a number | write local days, as in `5 days`, or elapsed time, as in `72 h`",
        ),
        (
            quantities.allowance,
            "4 h",
            "field/wrong-value: '4 h' doesn't say for which period | write for example `4 h per month`",
        ),
        (
            quantities.allowance,
            "4 h per day",
            "field/wrong-value: '4 h per day': an allowance is per week, month, quarter or year | ",
        ),
        (
            quantities.samples,
            "often",
            "field/wrong-value: 'often' is no number of samples | write for example `5 samples`",
        ),
        (quantities.samples, "0 samples", "field/out-of-range: '0' isn't from 1 to 100,000 | "),
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
