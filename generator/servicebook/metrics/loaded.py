"""A source's table and what is known of its files."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from servicebook.metrics.conditions import holds
from servicebook.metrics.engine import Engine
from servicebook.metrics.findings import Findings
from servicebook.metrics.times import TimeReader
from servicebook.model.common import Where
from servicebook.model.metric_source import MetricSource
from servicebook.source import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedFile:
    """A file whose rows are in the table."""

    path: str
    sha256: str
    size: int
    rows: int
    first: int
    """Where its rows begin in the table."""
    line_of: Callable[[int], int]


@dataclass(slots=True, kw_only=True)
class Loaded:
    """Rows of all files of a source: column `f_<field>` of each field, `w<n>` of each column that filters."""

    engine: Engine
    source: MetricSource
    as_of: int
    reader: TimeReader
    table: str
    columns: tuple[str, ...]
    filtered: Mapping[str, int]
    files: tuple[LoadedFile, ...]
    findings: Findings
    has_lists: bool
    scale: int = 0
    """Decimals of the numbers in the table."""
    samples: dict[Where, str] = field(default_factory=dict)
    """Of probes: the query of each filter's samples, once it was asked for."""
    usable: list[str] = field(default_factory=lambda: ["keep"])
    """Conditions of rows that count as far as they themselves can tell."""

    complete: str = "keep"
    """Whether a row passes the source's own filter and has every field that its kind needs."""

    @property
    def use(self) -> str:
        """Whether a row passes the source's own filter and is no data problem."""
        return " AND ".join(f"({condition})" for condition in self.usable)

    def passing(self, where: Where) -> str:
        """Whether a row passes a target's filter; a column that no file has is nowhere."""

        def text(column: str) -> str:
            return f"w{self.filtered[column]}" if column in self.filtered else "NULL::VARCHAR"

        return holds(where, text, lists=self.has_lists)

    def position(self, row: int) -> Position:
        """Where a row of the table stands in its file."""
        index = max(0, bisect_right([file.first for file in self.files], row) - 1)
        while index and not self.files[index].rows:
            index -= 1
        file = self.files[index]
        return Position(file.path, file.line_of(row - file.first))

    def report(self, rule: str, condition: str, message: str, *, hint: str = "", among: str | None = None) -> None:
        """One problem for each file with rows of the table (or of a query that gives `file` and `r`) for which a condition holds."""
        rows = among or f"(SELECT *, rowid AS r FROM {self.table})"
        query = f"SELECT file, count(*), min(r) FROM {rows} WHERE {condition} GROUP BY file ORDER BY file"
        for _, count, first in self.engine.rows(query):
            self.findings.add(rule, self.position(first), message, hint=hint, count=count)
