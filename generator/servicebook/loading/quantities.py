"""Numbers with units as authors write them: `99.90 %`, `4 h`, `1 working day`, `at most 300 ms`.

Every function takes a text and gives an exact value or raises `Unreadable` with the reason and
a hint. Nothing here knows files or positions.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from fractions import Fraction

from servicebook.loading.report import Unreadable, excerpt
from servicebook.model.common import MICROSECONDS, Comparison, Objective, Quantity, Unit

MAX_DIGITS = 40

_SPACES = re.compile("[\\s\u00a0\u2007\u2009\u202f]+")
_NUMBER = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?")
_LONG = re.compile(rf"[0-9]{{{MAX_DIGITS + 1}}}")
_PARTS = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?) ?([^0-9\s+.,-][^0-9]*?)(?= ?[+-]?[0-9]|$)")
_WORD = re.compile(r"[^\W\d_][^\s\d]{0,19}(?: [^\W\d_][^\s\d]{0,19}){0,3}|[€$£¥]")

_TIME_WORDS = {
    "ms": "ms", "millisecond": "ms", "milliseconds": "ms",
    "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s",
    "min": "min", "mins": "min", "minute": "min", "minutes": "min",
    "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
    "working hour": "h", "working hours": "h",
}  # fmt: skip
_WORKING_DAYS = ("working day", "working days")
_AMBIGUOUS = {
    "d": "day", "day": "day", "days": "day",
    "w": "week", "week": "week", "weeks": "week",
    "m": "m", "month": "month", "months": "month", "quarter": "quarter", "quarters": "quarter", "year": "year", "years": "year",
    "business day": "day", "business days": "day", "business hour": "hour", "business hours": "hour",
    "us": "us", "µs": "us", "μs": "us", "ns": "us", "microseconds": "us", "microsecond": "us",
}  # fmt: skip
_COMPARISONS = {
    "at least": Comparison.AT_LEAST, ">=": Comparison.AT_LEAST, "≥": Comparison.AT_LEAST,
    "at most": Comparison.AT_MOST, "<=": Comparison.AT_MOST, "≤": Comparison.AT_MOST,
    "above": Comparison.ABOVE, ">": Comparison.ABOVE,
    "below": Comparison.BELOW, "<": Comparison.BELOW,
}  # fmt: skip
_COMPARED = re.compile(r"(at least|at most|above|below|>=|<=|=<|=>|>|<|≥|≤) ?(.*)", re.IGNORECASE)
_OTHER_WORDS = {
    "min": "at least", "minimum": "at least", "no less than": "at least", "not less than": "at least",
    "max": "at most", "maximum": "at most", "no more than": "at most", "not more than": "at most", "up to": "at most", "within": "at most",
    "more than": "above", "greater than": "above", "over": "above",
    "less than": "below", "fewer than": "below", "under": "below",
}  # fmt: skip


def tidy(text: str) -> str:
    """A text on one line with single plain spaces; no-break and thin spaces are spaces."""
    return _SPACES.sub(" ", text).strip()


def number(text: str) -> Fraction:
    """A plain decimal number, exactly as written: `3`, `3.20`, `-1.5`."""
    text = tidy(text)
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise _no_number(text)
    _check_digits(text)
    return Fraction(text)


def whole_number(text: str, *, least: int = 0, most: int = 1_000_000_000) -> int:
    """A whole number within limits."""
    value = number(text)
    if value.denominator != 1:
        raise Unreadable(f"'{excerpt(text)}' isn't a whole number")
    if not least <= value <= most:
        raise Unreadable(f"'{excerpt(text)}' isn't from {least:,} to {most:,}", rule="field/out-of-range")
    return int(value)


def share(text: str) -> Fraction:
    """From 0 to 1, written `10 %`, `10%` or `0.1`."""
    text = tidy(text)
    per_cent = text.endswith("%")
    value = number(text.removesuffix("%"))
    if per_cent:
        value /= 100
    if not 0 <= value <= 1:
        hint = f"did you mean '{text} %'?" if not per_cent and value <= 100 and value > 1 else ""
        raise Unreadable(f"'{excerpt(text)}' isn't a share from 0 % to 100 %", hint, rule="field/out-of-range")
    return value


def quantity(text: str) -> Quantity:
    """A number with its unit; several for a duration such as `1 h 20 min`.

    Per cent, `ms`, `s`, `min`, `h` (spelled out too), working hours (which are `h`) and working days are known; any
    other word is the unit of a plain number.
    """
    text = tidy(text)
    _check_digits(text)
    parts = _PARTS.findall(text)
    if _NUMBER.fullmatch(text):
        return Quantity(kind=Unit.NUMBER, number=Fraction(text), decimals=_decimals(text), text=text)
    if not parts or " ".join(f"{amount} {unit}" for amount, unit in parts).replace(" ", "") != text.replace(" ", ""):
        raise _no_number(text)
    if len(parts) > 1:
        return _compound(text, parts)
    return _single(text, parts[0][0], parts[0][1].strip())


def duration(text: str) -> int:
    """A length of time in microseconds, above zero: `60 s`, `90 min`, `1 h 20 min`."""
    value = quantity(text)
    if value.kind is not Unit.DURATION:
        raise Unreadable(
            f"'{excerpt(text)}' isn't a length of time", "write a number with ms, s, min or h, as in `90 min`"
        )
    length = value.microseconds
    if length <= 0:
        raise Unreadable(f"'{excerpt(text)}' has no length", rule="field/out-of-range")
    if length.denominator != 1:
        raise Unreadable(f"'{excerpt(text)}' is finer than a microsecond", rule="field/out-of-range")
    if length > 36_525 * 24 * MICROSECONDS["h"]:
        raise Unreadable(f"'{excerpt(text)}' is longer than a century", rule="field/out-of-range")
    return int(length)


def objective(text: str) -> Objective:
    """The level that a figure must reach: `at least 99.9 %`, `<= 4 h`. The position is the caller's to add."""
    text = tidy(text)
    comparison, level = compared(text)
    return Objective(comparison=comparison, level=level, text=text)


def compared(text: str) -> tuple[Comparison, Quantity]:
    """A comparison and its level."""
    found = _COMPARED.fullmatch(text)
    if found is None:
        raise _no_comparison(text)
    word = found[1].lower().replace("=<", "<=").replace("=>", ">=")
    if not found[2]:
        raise Unreadable(f"'{excerpt(text)}' names no level", "write the level too, as in `at least 99.9 %`")
    return _COMPARISONS[word], quantity(found[2])


def _single(text: str, amount: str, unit: str) -> Quantity:
    value, decimals = Fraction(amount), _decimals(amount)
    word = unit.lower()
    if unit == "%":
        return Quantity(kind=Unit.SHARE, number=_not_negative(value, text), unit="%", decimals=decimals, text=text)
    if word in _TIME_WORDS:
        return Quantity(
            kind=Unit.DURATION, number=_not_negative(value, text), unit=_TIME_WORDS[word], decimals=decimals, text=text
        )
    if word in _WORKING_DAYS:
        if value.denominator != 1 or not 0 < value <= 1000:
            raise Unreadable(
                f"'{excerpt(text)}' isn't a whole number of working days from 1 to 1,000",
                "parts of a day go in working hours",
            )
        return Quantity(kind=Unit.WORKING_DAYS, number=value, unit="working day", decimals=decimals, text=text)
    if word in _AMBIGUOUS:
        raise _ambiguous(text, amount, word)
    if near := get_close_matches(word, [*_TIME_WORDS, *_WORKING_DAYS], n=1, cutoff=0.8):
        raise Unreadable(f"'{excerpt(unit)}' is no unit of time", f"did you mean '{near[0]}'?")
    if _WORD.fullmatch(unit) is None:
        raise _no_number(text)
    return Quantity(kind=Unit.NUMBER, number=value, unit=unit, decimals=decimals, text=text)


def _compound(text: str, parts: list[tuple[str, str]]) -> Quantity:
    """Lengths added up, from the longest unit to the shortest, in the shortest: `1 h 20 min` is 80 min."""
    order = ("h", "min", "s", "ms")
    units = [_TIME_WORDS.get(unit.strip().lower(), "") for _, unit in parts]
    ranks = [order.index(unit) if unit else -1 for unit in units]
    if -1 in ranks or sorted(set(ranks)) != ranks or any(amount.startswith(("+", "-")) for amount, _ in parts):
        raise Unreadable(
            f"'{excerpt(text)}' can't be read as one quantity",
            "several parts make a length of time only, as in `1 h 20 min`",
        )
    total = sum(
        (Fraction(amount) * MICROSECONDS[unit] for (amount, _), unit in zip(parts, units, strict=True)), Fraction(0)
    )
    return Quantity(
        kind=Unit.DURATION,
        number=total / MICROSECONDS[units[-1]],
        unit=units[-1],
        decimals=_decimals(parts[-1][0]),
        text=text,
    )


def _ambiguous(text: str, amount: str, word: str) -> Unreadable:
    meaning = _AMBIGUOUS[word]
    if meaning == "day":
        hint = f"write {_hours(amount, 24)} for elapsed time, {_hours(amount, 8).removesuffix(' h')} working hours, or {amount} working day{'' if amount == '1' else 's'}"
        if word.startswith("business"):
            hint = f"write {amount} working day{'' if amount == '1' else 's'}"
        return Unreadable(
            f"'{excerpt(text)}' is ambiguous: a day has 24 hours, or those in which people work",
            f"{hint}",
            rule="field/ambiguous",
        )
    if meaning == "hour":
        return Unreadable(f"'{excerpt(text)}': the format's word is working hours", f"write {amount} working hours")
    if meaning == "m":
        return Unreadable(
            f"'{excerpt(text)}' is ambiguous: minutes or months", f"write {amount} min", rule="field/ambiguous"
        )
    if meaning == "us":
        return Unreadable(f"'{excerpt(text)}' is in a unit finer than milliseconds", "write it in ms, as in `0.25 ms`")
    return Unreadable(
        f"'{excerpt(text)}' has no fixed length in hours", "write it in h, or in working days", rule="field/ambiguous"
    )


def _hours(amount: str, of_a_day: int) -> str:
    hours = Fraction(amount) * of_a_day
    return f"{hours.numerator if hours.denominator == 1 else float(hours)} h"


def _no_comparison(text: str) -> Unreadable:
    lowered = text.lower()
    for word in sorted(_OTHER_WORDS, key=len, reverse=True):
        if lowered.startswith(word + " "):
            rest = text[len(word) + 1 :]
            return Unreadable(
                f"'{excerpt(text)}' names no comparison that is known",
                f"write '{_OTHER_WORDS[word]} {rest}'",
                rule="field/no-comparison",
            )
    try:
        quantity(text)
    except Unreadable:
        hint = "write for example `at least 99.9 %`, `at most 4 h`, `above 3.5` or `below 10`"
    else:
        hint = f"write 'at least {text}' or 'at most {text}'"
    return Unreadable(
        f"'{excerpt(text)}' doesn't say on which side of the level a figure has to be", hint, rule="field/no-comparison"
    )


def _no_number(text: str) -> Unreadable:
    """Why a text isn't a number, as far as that can be told."""
    shown = excerpt(text)
    if not text:
        return Unreadable("nothing is written here", "write a number")
    if not text.isascii() and any(character.isdigit() and not character.isascii() for character in text):
        return Unreadable(f"'{shown}' holds digits other than 0 to 9", "write the number with the digits 0 to 9")
    if re.search(r"[0-9],[0-9]{3}(?:,[0-9]{3})+|[0-9] [0-9]{3}\b", text):
        return Unreadable(
            f"'{shown}' has separators between its digits",
            f"write it without: '{re.sub(r'(?<=[0-9])[, ](?=[0-9])', '', text)[:60]}'",
        )
    if re.search(r"[0-9],[0-9]", text):
        return Unreadable(
            f"'{shown}' has a comma between its digits",
            f"decimals come after a point, as in '{text.replace(',', '.', 1)[:60]}'; thousands have no separator",
        )
    if re.search(r"(?:^|[^0-9])\.[0-9]|[0-9]\.(?:$|[^0-9])", text):
        return Unreadable(f"'{shown}': a decimal point has digits on both sides", "write 0.5, not .5")
    if re.search(r"[0-9][eE][+-]?[0-9]", text):
        return Unreadable(f"'{shown}' is written with an exponent", "write all its digits")
    return Unreadable(f"'{shown}' isn't a number", "write digits, with a point before decimals, and the unit behind")


def _check_digits(text: str) -> None:
    if _LONG.search(text):
        raise Unreadable(
            f"a number with more than {MAX_DIGITS} digits", "write a number that a person can read", rule="limit/digits"
        )


def _decimals(amount: str) -> int:
    return len(amount.partition(".")[2])


def _not_negative(value: Fraction, text: str) -> Fraction:
    if value < 0:
        raise Unreadable(f"'{excerpt(text)}' is below zero", rule="field/out-of-range")
    return value
