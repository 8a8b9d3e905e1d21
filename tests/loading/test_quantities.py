"""Numbers with units as authors write them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from servicebook.loading import quantities
from servicebook.model.common import Comparison, Quantity, Unit
from tests.loading.builders import refused


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
