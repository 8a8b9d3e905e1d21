"""What a service report is made of: plain texts in a few kinds of block, the same for Markdown, HTML and PDF.

Every text is plain, whoever wrote it: it is for the writers to keep it from becoming markup or code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from servicebook.model.result import Result, Verdict

Cell = str | Verdict
"""A text, or a verdict, which is shown as its shape and its word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; a quiet one is a remark."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Names with what belongs to each."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a head; the first column names the row."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    right: frozenset[int] = frozenset()
    """Columns of figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The newest periods of a target, oldest first, with labels and words for them."""

    results: tuple[Result, ...]
    labels: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A party that signs the report."""

    part: str
    """The word for provider or customer, in the language of the report."""
    party: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """Places for a name, a date and a signature."""

    sides: tuple[Side, ...]


Block = Paragraph | Items | Facts | Table | Trend | Signatures


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with what stands under it."""

    title: str
    blocks: tuple[Block, ...]
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A service report."""

    title: str
    """`Service report: October 2026`."""
    agreement: str
    facts: Facts
    sections: tuple[Section, ...]
    note: str
    """As known at which moment, from which revision."""
    version: str
    """Of the agreement: `version 2.1`."""
    author: str
    """The provider's name."""
    language: str
    as_of: int
    """UTC microseconds."""

    @property
    def sheet(self) -> str:
        """What stands at the foot of each sheet: the report, the agreement with its version, and when it was known."""
        return f"{self.title} · {self.agreement}, {self.version} · {self.note}"


def any_of(blocks: Sequence[Block], otherwise: str) -> tuple[Block, ...]:
    """The blocks; where there are none, the sentence that says so."""
    return tuple(blocks) or (Paragraph(text=otherwise, quiet=True),)
