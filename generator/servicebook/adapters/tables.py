"""Results as a table for people, as CSV and as columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from fractions import Fraction

from servicebook.compliance.explain import duration, percent, plain
from servicebook.compliance.figure import SECOND
from servicebook.insight.backtest import SHARES, Backtest
from servicebook.insight.documents import result_document
from servicebook.model.result import Result, Verdict

HEADINGS = ("agreement", "target", "period", "figure", "objective", "verdict", "coverage", "credit")
RIGHT = frozenset({"figure", "coverage", "credit"})
FLAT = (
    "agreement", "version", "target", "measure", "customer", "provider", "period", "start", "end", "finished",
    "verdict", "value", "shown", "unit", "numerator", "denominator", "numerator_unit", "service_time", "excluded",
    "coverage", "records", "credit", "data_until", "closed",
)  # fmt: skip
"""Fields of a result that are one value each."""


def aligned(results: Sequence[Result]) -> str:
    """A table with a line for each result, columns as wide as they need to be."""
    rows = [HEADINGS, *(_row(result) for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return "\n".join(_line(row, widths) for row in rows)


def _row(result: Result) -> tuple[str, ...]:
    return (
        result.agreement,
        result.target,
        result.period,
        result.shown or "—",
        result.objective.text,
        str(result.verdict),
        "—" if result.coverage is None else f"{int(result.coverage * 1000) / 10} %",
        "—" if result.credit is None else f"{float(result.credit * 100):g} %",
    )


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (
        cell.rjust(width) if heading in RIGHT else cell.ljust(width)
        for heading, cell, width in zip(HEADINGS, row, widths, strict=True)
    )
    return "  ".join(cells).rstrip()


def columns(results: Sequence[Result]) -> dict[str, list[str | None]]:
    """The results column by column, each value a text or nothing."""
    documents = [_flat(result) for result in results]
    names = [*FLAT, "objective_op", "objective_value", "budget_total", "budget_used"]
    return {name: [document[name] for document in documents] for name in names}


def _flat(result: Result) -> dict[str, str | None]:
    document = result_document(result)
    budget = document["budget"] or {"total": None, "used": None}
    given = {name: document[name] for name in FLAT} | {
        "objective_op": document["objective"]["op"],
        "objective_value": document["objective"]["value"],
        "budget_total": budget["total"],
        "budget_used": budget["used"],
    }
    return {name: None if value is None else _text(value) for name, value in given.items()}


def _text(value: object) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def as_csv(results: Sequence[Result]) -> str:
    """The results as CSV with a heading."""
    table = columns(results)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(table)
    writer.writerows(zip(*table.values(), strict=True))
    return written.getvalue()


def backtest_table(test: Backtest) -> str:
    """A back-test for people: the outcome, the levels that would have been met, and each period."""
    head = f"{test.target}: {test.objective.text}"
    if not test.judged:
        return f"{head}\n  no finished period lies wholly within what the source vouches for"
    met, judged = test.count(Verdict.MET), len(test.judged)
    lines = [head, f"  met in {met} of {judged} periods, breached in {judged - met}"]
    others = len(test.results) - judged
    if others:
        lines.append(f"  {others} more could not be judged")
    lines += [
        f"  met in {share} % of the periods: {_level(test, test.level_met_in(Fraction(share, 100)))}"
        for share in SHARES
    ]
    lines.append(f"  measured from {_level(test, test.lowest)} to {_level(test, test.highest)}")
    width = max(len(result.period) for result in test.results)
    lines += [
        f"    {result.period.ljust(width)}  {(result.shown or '—').rjust(10)}  {result.verdict}"
        for result in test.results
    ]
    return "\n".join(lines)


def _level(test: Backtest, value: Fraction | None) -> str:
    if value is None:
        return "—"
    if test.unit == "share":
        return percent(value)
    return duration(value * SECOND) if test.unit == "seconds" else f"{plain(value)} {test.unit}".removesuffix(" number")
