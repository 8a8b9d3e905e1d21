"""Small values that several kinds of file share: quantities, references, row filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from servicebook.source import Position

MICROSECONDS: Mapping[str, int] = MappingProxyType({"ms": 1_000, "s": 1_000_000, "min": 60_000_000, "h": 3_600_000_000})
"""Length of each unit of time in microseconds."""

NOWHERE = Position("", 1, 1)


@dataclass(frozen=True, slots=True)
class Reference:
    """The id of another thing of the catalogue, and where it is named."""

    id: str
    position: Position = field(compare=False)

    def __str__(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where a thing and each of its keys stand in the author's file."""

    position: Position
    """The thing itself: its first line."""
    keys: Mapping[str, Position] = field(default_factory=lambda: MappingProxyType({}))
    """The value of each key that is written."""

    def of(self, key: str) -> Position:
        """Where the value of `key` stands; the thing itself where the key isn't written."""
        return self.keys.get(key, self.position)


class Unit(StrEnum):
    """What kind of number a quantity is."""

    SHARE = "share"
    DURATION = "duration"
    WORKING_DAYS = "working days"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit as an author wrote it: `99.90 %`, `4 h`, `1 working day`, `3.2`, `500 EUR`."""

    kind: Unit
    number: Fraction
    """In `unit`: 99.9 for `99.90 %`, 4 for `4 h`."""
    unit: str = ""
    """`%`, `ms`, `s`, `min`, `h`, `working day`, another word, or nothing. Working hours are `h`."""
    decimals: int = 0
    """How many digits the author wrote behind the point."""
    text: str = ""
    """As written, white space tidied."""

    @property
    def share(self) -> Fraction:
        """From 0 to 1; for quantities in per cent only."""
        if self.kind is not Unit.SHARE:
            raise ValueError(f"{self.text!r} is not a share")
        return self.number / 100

    @property
    def microseconds(self) -> Fraction:
        """The exact length; for durations only."""
        if self.kind is not Unit.DURATION:
            raise ValueError(f"{self.text!r} is not a duration")
        return self.number * MICROSECONDS[self.unit]


class Comparison(StrEnum):
    """On which side of its level a figure has to lie."""

    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    BELOW = "<"

    @property
    def is_lower_limit(self) -> bool:
        """True for *at least* and *above*: more is better."""
        return self in (Comparison.AT_LEAST, Comparison.ABOVE)

    def holds(self, value: Fraction, level: Fraction) -> bool:
        """Whether `value` meets `level`; equality meets *at least* and *at most*."""
        match self:
            case Comparison.AT_LEAST:
                return value >= level
            case Comparison.AT_MOST:
                return value <= level
            case Comparison.ABOVE:
                return value > level
            case Comparison.BELOW:
                return value < level


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """The level that a figure must reach."""

    comparison: Comparison
    level: Quantity
    text: str
    """As the author wrote it, white space tidied: `at least 99.9 %`."""
    position: Position = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Where:
    """Keep the rows whose columns read as one of the texts; all conditions must hold."""

    conditions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Column and its accepted texts, sorted by column."""

    def __bool__(self) -> bool:
        return bool(self.conditions)

    def __str__(self) -> str:
        return ", ".join(f"{column}: {' or '.join(texts)}" for column, texts in self.conditions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A length in the calendar's own units: `12 months`, `60 days` (a year is 12 months, a week 7 days)."""

    months: int = 0
    days: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to ask."""

    purpose: str
    """`requests`, `incidents`, `complaints`, `escalation` or the author's own word."""
    at: str
    """`https:`, `mailto:` or `tel:`."""
    hours: Reference | None = None
    role: str = ""
