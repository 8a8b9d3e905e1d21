"""Numbers and lengths of time as readers see them.

A no-break space stands before every unit. Signs, words and the place of a currency are those of the spoken language.
Numbers that are judged come from `compliance.display`; nothing here is calculated with again.
"""

from __future__ import annotations

import re
from fractions import Fraction

from servicebook.compliance.display import said, signs, unit_said
from servicebook.texts import ENGLISH, marked, say, say_as, spoken, translated_many

NBSP = "\u00a0"
MINUS = "\u2212"
_SECOND, _MINUTE, _HOUR = 1_000_000, 60_000_000, 3_600_000_000
LARGEST_WORD = 12
"""Larger numbers are written in figures."""
_CURRENCIES = {"EUR": "€", "GBP": "£", "USD": "$"}


def figure(shown: str) -> str:
    """A figure as it was shown by rule, held together: `99.8 %` never breaks before its unit, and groups its thousands."""
    return _held(said(shown))


def within(shown: str) -> str:
    """The same as it stands behind *within*, where some languages have another case."""
    return _held(said(shown, within=True))


def _held(shown: str) -> str:
    number, space, unit = shown.partition(" ")
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, point, decimals = digits.partition(signs()[0])
    if whole.isdigit() and len(whole) > 3:
        number = f"{sign}{_grouped(int(whole))}{point}{decimals}"
    return f"{number.replace('-', MINUS, 1) if sign else number}{NBSP if space else ''}{unit.replace(' ', NBSP)}"


def _grouped(whole: int) -> str:
    """`12,480`, in German `12.480`."""
    return f"{whole:,}".replace(",", signs()[1])


def number(value: Fraction | int, decimals: int = 2) -> str:
    """A number with at most so many decimals, without idle zeros: `1,240`, `0.5`, `−3`; halves go away from zero."""
    scale = 10**decimals
    scaled = abs(Fraction(value)) * scale
    units = int(scaled + Fraction(1, 2))
    whole, rest = divmod(units, scale)
    behind = str(rest).rjust(decimals, "0").rstrip("0") if decimals else ""
    sign = MINUS if value < 0 and units else ""
    return f"{sign}{_grouped(whole)}" + (f"{signs()[0]}{behind}" if behind else "")


def percent(share: Fraction, decimals: int = 2) -> str:
    """A share from 0 to 1: `10 %`, `99.83 %`."""
    return f"{number(share * 100, decimals)}{NBSP}%"


def quantity(value: Fraction | int, unit: str, decimals: int = 2) -> str:
    """A number and its unit: `241 ms`; a currency stands before (`€ 4.20`)."""
    if unit in _CURRENCIES:
        return _with_currency(number(value, decimals), unit)
    return f"{number(value, decimals)}{NBSP}{unit_said(unit, value)}" if unit else number(value, decimals)


def amount(value: Fraction, currency: str) -> str:
    """A sum of money to the hundredth: `€ 1,392.20`; halves go away from zero."""
    hundredths = int(abs(value) * 100 + Fraction(1, 2))
    whole, rest = divmod(hundredths, 100)
    sign = MINUS if value < 0 and hundredths else ""
    exact = f"{sign}{_grouped(whole)}{signs()[0]}{rest:02}"
    return _with_currency(exact, currency) if currency else exact


def money(text: str, currency: str) -> str:
    """An amount as its author wrote it: `€ 4.20`, `CHF 12`."""
    return _with_currency(said(text), currency)


def _with_currency(amount: str, currency: str) -> str:
    return say("%(currency)s\u00a0%(amount)s", currency=_CURRENCIES.get(currency, currency), amount=amount)


def count(value: int, one: str, many: str) -> str:
    """A number of things: `1 ticket`, `1,204 tickets`; their two words are a message of its own."""
    return f"{number(value)}{NBSP}{translated_many(one, many, value) if one != many else one}"


def in_words(value: int) -> str:
    """Small numbers in words, as in a sentence: `two`; from thirteen on in figures."""
    return _words()[value] if 0 <= value <= LARGEST_WORD else number(value)


def _words() -> tuple[str, ...]:
    """Where words change with what is counted, those that go with a promise."""
    return (
        say_as("number", "no"),
        say_as("number", "one"),
        say_as("number", "two"),
        say_as("number", "three"),
        say_as("number", "four"),
        say_as("number", "five"),
        say_as("number", "six"),
        say_as("number", "seven"),
        say_as("number", "eight"),
        say_as("number", "nine"),
        say_as("number", "ten"),
        say_as("number", "eleven"),
        say_as("number", "twelve"),
    )


def capital(sentence: str) -> str:
    """The sentence with its first letter in upper case; the rest stays as it is."""
    return sentence[:1].upper() + sentence[1:]


_LASTS = {
    "and": marked("%(before)s and %(last)s"),
    "or": marked("%(before)s or %(last)s"),
}


def joined(parts: list[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; or with `or`."""
    if len(parts) < 2:
        return "".join(parts)
    return say(_LASTS[last], before=", ".join(parts[:-1]), last=parts[-1])


def duration(microseconds: Fraction | int, *, up: bool = False) -> str:
    """A length of time: `1 h 15 min`, `44 min 42 s`, `240 ms`; seconds only where minutes don't suffice.

    What is left over of a second is dropped, or counted as a whole one with `up`: what is allowed is never
    overstated, what was used never understated. Under a second it is in milliseconds.
    """
    exact = abs(Fraction(microseconds))
    sign = MINUS if microseconds < 0 else ""
    if 0 < exact < _SECOND:
        return f"{sign}{number(exact / 1000)}{NBSP}ms"
    whole = exact // _SECOND + (1 if up and exact % _SECOND else 0)
    hours, rest = divmod(int(whole), 3600)
    minutes, seconds = divmod(rest, 60)
    parts = [(hours, "h"), (minutes, "min"), (seconds, "s")]
    parts_said = [f"{_grouped(amount)}{NBSP}{unit}" for amount, unit in parts if amount]
    return sign + " ".join(parts_said) if parts_said else f"0{NBSP}min"


def seconds(value: Fraction | int, *, up: bool = False) -> str:
    """A length that is given in seconds, as results have it."""
    return duration(Fraction(value) * _SECOND, up=up)


def size(octets: int) -> str:
    """The size of a file: `912 B`, `4.1 kB`, `2.9 MB`."""
    if octets < 1000:
        return f"{octets}{NBSP}B"
    for unit, factor in (("kB", 1_000), ("MB", 1_000_000)):
        if octets < factor * 1000:
            return f"{number(Fraction(octets, factor), 1)}{NBSP}{unit}"
    return f"{number(Fraction(octets, 1_000_000_000), 1)}{NBSP}GB"


def minutes_of_day(minutes: int) -> str:
    """A minute of the day as clocks show it: `07:00`; the next day's as their own."""
    of_day = minutes if minutes <= 1440 else minutes - 1440
    return f"{of_day // 60:02}:{of_day % 60:02}"


_LENGTH = re.compile(r"(?P<amount>[0-9]+) ?(?P<unit>day|week|month|quarter|year)s?|(?P<other>.+)", re.IGNORECASE)


def span_words(text: str) -> str:
    """A length as its author wrote it: `12 months`, `5 days`, `4 h per month`; in other languages by rule."""
    if spoken() == ENGLISH:
        return text
    length, _, period = re.sub(" (?:an?|each|every|/) ", " per ", text).replace("/", " per ").partition(" per ")
    found = _LENGTH.fullmatch(length.strip())
    if found is None or found["unit"] is None:
        words = said(length.strip())
    else:
        one, many = _UNITS_OF_SPANS[found["unit"].lower()]
        words = say(one if int(found["amount"]) == 1 else many, number=found["amount"])
    return say("%(length)s per %(period)s", length=words, period=say(period.strip().lower())) if period else words


_UNITS_OF_SPANS = {
    "day": (marked("%(number)s\u00a0day"), marked("%(number)s\u00a0days")),
    "week": (marked("%(number)s\u00a0week"), marked("%(number)s\u00a0weeks")),
    "month": (marked("%(number)s\u00a0month"), marked("%(number)s\u00a0months")),
    "quarter": (marked("%(number)s\u00a0quarter"), marked("%(number)s\u00a0quarters")),
    "year": (marked("%(number)s\u00a0year"), marked("%(number)s\u00a0years")),
}
_PERIODS = (marked("day"), marked("week"), marked("month"), marked("quarter"), marked("year"))
"""Of which an allowance may be."""
