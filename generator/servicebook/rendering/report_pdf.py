"""A service report as a tagged PDF.

The engine gets a fixed template and the report as data: whatever an author wrote arrives as text and can't become markup or
code. Fonts are those that the engine ships, so that every machine makes the same bytes.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, cast

import typst

from servicebook.model.result import Verdict
from servicebook.rendering.icons import key_of
from servicebook.rendering.report_content import Block, Cell, Facts, Items, Paragraph, Report, Signatures, Table, Trend
from servicebook.rendering.wording import figure
from servicebook.texts import say

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def pdf(report: Report) -> bytes:
    """The report on A4; the same report gives the same bytes, whose creation date is its `as_of`.

    It follows PDF/UA-1; where a text holds a character that no font of the engine has, it is tagged all the same but doesn't
    claim the standard.
    """
    given = {"report": json.dumps(_data(report), ensure_ascii=False)}
    try:
        return _compiled(given, report.as_of, ["ua-1"])
    except typst.TypstError:
        return _compiled(given, report.as_of, [])


def _compiled(given: dict[str, str], as_of: int, standards: list[Any]) -> bytes:
    compiler = typst.Compiler(_template(), font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=given)
    made = compiler.compile(format="pdf", pdf_standards=standards, timestamp=as_of // 1_000_000)
    return cast("bytes", made)


@cache
def _template() -> bytes:
    return (files("servicebook.rendering") / "templates" / "report.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def _data(report: Report) -> dict[str, Any]:
    moment = _EPOCH + timedelta(microseconds=report.as_of)
    names = ("year", "month", "day", "hour", "minute", "second")
    return {
        "title": report.title,
        "agreement": report.agreement,
        "author": report.author,
        "language": report.language.partition("-")[0],
        "date": {name: getattr(moment, name) for name in names},
        "sheet": report.sheet,
        "facts": [list(row) for row in report.facts.rows],
        "words": {"name": say("Name"), "date": say("Date"), "signature": say("Signature")},
        "sections": [
            {"title": section.title, "level": section.level, "blocks": [_block(block) for block in section.blocks]}
            for section in report.sections
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": block.text, "quiet": block.quiet}
        case Items():
            return {"kind": "items", "items": list(block.items)}
        case Facts():
            return {"kind": "facts", "rows": [list(row) for row in block.rows]}
        case Table():
            return {
                "kind": "table",
                "head": list(block.head),
                "rows": [[_cell(cell) for cell in row] for row in block.rows],
                "right": sorted(block.right),
            }
        case Trend():
            points = [
                {"label": label, "key": key_of(result.verdict), "shown": figure(result.shown or "–")}
                for label, result in zip(block.labels, block.results, strict=True)
            ]
            return {"kind": "trend", "points": points, "words": block.words}
        case Signatures():
            sides = [{"part": side.part, "party": side.party, "role": side.role} for side in block.sides]
            return {"kind": "signatures", "sides": sides}


def _cell(cell: Cell) -> str | dict[str, str]:
    # A verdict is a text too.
    return {"key": key_of(cell), "word": say(cell.value)} if isinstance(cell, Verdict) else cell
