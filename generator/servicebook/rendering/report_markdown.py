"""A service report as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from servicebook.model.result import Verdict
from servicebook.rendering.report_content import (
    Block,
    Cell,
    Facts,
    Items,
    Paragraph,
    Report,
    Section,
    Signatures,
    Table,
    Trend,
)
from servicebook.rendering.wording import figure
from servicebook.texts import say

MARKS = {
    Verdict.MET: "●",
    Verdict.ON_TRACK: "○",
    Verdict.AT_RISK: "▲",
    Verdict.BREACHED: "✕",
    Verdict.INDETERMINATE: "┅",
    Verdict.NO_DATA: "·",
    Verdict.NOTHING_TO_JUDGE: "⊘",
}
"""The shapes of verdicts as characters; the word always stands beside."""

_ANYWHERE = re.compile(r"([\\`*_{}\[\]])|([<>&|~$])")
"""What a backslash holds back everywhere, and what not every reader of Markdown lets it: that is written by number."""
_AT_START = re.compile(r"^(?:([#+\-!])|([=:])|(\d{1,9})(?=[.)](?:\s|$)))")


def markdown(report: Report) -> str:
    """The report in Markdown with tables, as most programs read it."""
    parts = [f"# {plain(report.title)}", f"**{plain(report.agreement)}**", *_facts(report.facts)]
    for section in report.sections:
        parts += _section(section)
    parts += ["---", plain(report.note)]
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    """A text as Markdown that reads as just that text, on one line: nothing in it is markup, HTML or a reference."""
    line = re.sub(r"[ \t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+", " ", text).strip(" ")
    return _AT_START.sub(_held, _ANYWHERE.sub(_held, line))


def _held(found: re.Match[str]) -> str:
    """A character that would be markup, held back; a number that would begin a list by its point."""
    slashed, numbered, *digits = found.groups()
    if slashed is not None:
        return f"\\{slashed}"
    return f"&#{ord(numbered)};" if numbered is not None else f"{digits[0]}\\"


def _section(section: Section) -> Iterator[str]:
    yield f"{'#' * section.level} {plain(section.title)}"
    for block in section.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield plain(block.text)
        case Items():
            yield "\n".join(f"- {plain(item)}" for item in block.items)
        case Facts():
            yield from _facts(block)
        case Table():
            yield _table(block)
        case Trend():
            yield _trend(block)
            yield plain(f"{block.words}.")
        case Signatures():
            yield _signatures(block)


def _facts(facts: Facts) -> Iterator[str]:
    if facts.rows:
        yield "\n".join(f"- **{plain(name)}:** {plain(said)}" for name, said in facts.rows)


def _table(table: Table) -> str:
    rule = ["---:" if column in table.right else "---" for column in range(len(table.head))]
    rows = [_row([plain(name) for name in table.head]), _row(rule)]
    rows += [_row([_cell(cell) for cell in row]) for row in table.rows]
    return "\n".join(rows)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    return f"{MARKS[cell]} {say(cell.value)}" if isinstance(cell, Verdict) else plain(cell)


def _trend(trend: Trend) -> str:
    marks = [f"{MARKS[result.verdict]} {plain(figure(result.shown or '–'))}" for result in trend.results]
    return "\n".join([_row([plain(label) for label in trend.labels]), _row(["---"] * len(marks)), _row(marks)])


def _signatures(signatures: Signatures) -> str:
    names = [
        f"{plain(side.part)}: {plain(side.party)}{f' ({plain(side.role)})' if side.role else ''}"
        for side in signatures.sides
    ]
    rows = [_row(["", *names]), _row(["---"] * (len(names) + 1))]
    rows += [_row([line, *[" "] * len(names)]) for line in (say("Name"), say("Date"), say("Signature"))]
    return "\n".join(rows)
