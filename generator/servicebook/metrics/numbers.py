"""Numbers, shares, durations and words as metric files write them: exact, and nothing guessed."""

from __future__ import annotations

import re
from fractions import Fraction

from servicebook.metrics.rules import BAD_DURATION, BAD_NUMBER
from servicebook.metrics.times import Unreadable

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
_PART = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*", re.ASCII | re.IGNORECASE)
_UNITS = {
    "ms": 1_000,
    "s": 1_000_000,
    "sec": 1_000_000,
    "second": 1_000_000,
    "min": 60_000_000,
    "minute": 60_000_000,
    "h": 3_600_000_000,
    "hour": 3_600_000_000,
    "d": 86_400_000_000,
    "day": 86_400_000_000,
}
_MOST_PLACES = 60

TRUE = frozenset({"true", "yes", "1", "ok", "up"})
FALSE = frozenset({"false", "no", "0", "fail", "down"})
"""What `ok` and `planned` read, in any case."""


def read_number(text: str) -> Fraction:
    """A decimal number, exact; Unreadable otherwise."""
    if not _NUMBER.fullmatch(text):
        raise Unreadable(BAD_NUMBER, f"'{text}' isn't a number", _hint(text))
    mantissa, _, exponent = text.lower().partition("e")
    if abs(int(exponent or 0)) > _MOST_PLACES and Fraction(mantissa):
        raise Unreadable(BAD_NUMBER, f"'{text}' has more digits than can be reckoned with exactly")
    return Fraction(mantissa) * Fraction(10) ** int(exponent or 0) if Fraction(mantissa) else Fraction(0)


def plain(number: Fraction) -> str:
    """A finite decimal without an exponent."""
    places = 0
    while number.denominator != 1:
        number *= 10
        places += 1
    digits = str(abs(number.numerator)).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    return f"{sign}{digits[: len(digits) - places]}.{digits[len(digits) - places :]}" if places else f"{sign}{digits}"


def read_share(text: str) -> Fraction:
    """A share from 0 to 1, or in per cent: `0.5`, `50 %`; Unreadable otherwise."""
    stripped = text.strip()
    number = read_number(stripped.removesuffix("%").rstrip())
    share = number / 100 if stripped.endswith("%") else number
    if not 0 <= share <= 1:
        raise Unreadable(BAD_NUMBER, f"'{text}' isn't a share from 0 to 1", "write 0.5 or 50 %")
    return share


def read_duration(text: str) -> int:
    """A length with its units, in microseconds: `90 min`, `1 h 20 min`; Unreadable otherwise."""
    total, at = Fraction(0), 0
    while at < len(text) and (part := _PART.match(text, at)):
        unit = part[2].lower()
        length = _UNITS.get(unit) or _UNITS.get(unit.removesuffix("s"))
        if length is None:
            raise Unreadable(BAD_DURATION, f"'{text}': '{part[2]}' is no unit of time", "ms, s, min, h")
        total += Fraction(part[1]) * length
        at = part.end()
    if not text.strip() or at < len(text):
        raise Unreadable(
            BAD_DURATION, f"'{text}' isn't a duration", "write a number with its unit: 90 min, or 1 h 20 min"
        )
    if total.denominator != 1:
        raise Unreadable(BAD_DURATION, f"'{text}' is finer than a microsecond")
    return total.numerator


def _hint(text: str) -> str:
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", text, re.ASCII):
        return "write it without separators between thousands"
    if re.fullmatch(r"[+-]?\d+,\d+", text, re.ASCII):
        return "write a decimal point, not a comma"
    if text.strip() != text:
        return "there is white space around it"
    if text.lower() in ("nan", "inf", "-inf", "infinity", "-infinity"):
        return "if it means that nothing is there, add it to the source's `missing`"
    return ""
