"""Results and agreements as the terminal and other programs are given them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from servicebook.adapters.tables import aligned, as_csv, columns
from servicebook.compliance.explain import Line, working
from servicebook.compliance.terms import Terms
from servicebook.insight.documents import agreements_document, entry_of, results_document
from servicebook.metrics.export import parquet
from servicebook.model.result import Result
from servicebook.pipeline import Examined
from servicebook.rendering.sentences import target_sentence

FORMATS = ("table", "json", "csv", "parquet")


def results_in(form: str, results: Sequence[Result], as_of: int) -> str | bytes:
    """Results in one of `FORMATS`; Parquet is bytes, the others are texts without a line end at their end."""
    match form:
        case "parquet":
            return parquet(columns(results))
        case "json":
            return as_json(results_document(results, as_of))
        case "csv":
            return as_csv(results).removesuffix("\n")
        case _:
            return aligned(results) if results else "no results"


def agreements_in(form: str, found: Examined, agreement: str | None) -> str:
    """The agreements, or the one that is asked for, and their states: as `json`, else as a table."""
    chosen = {name: terms for name, terms in found.terms.items() if agreement in (None, name)}
    if form == "json":
        return as_json(agreements_document(chosen, found.statuses, found.results, found.as_of, target_sentence))
    width = max((len(name) for name in chosen), default=0)
    return "\n".join(f"{name.ljust(width)}  {found.statuses[name].state}" for name in chosen)


def as_json(document: object) -> str:
    """A document for other programs, the order of its keys stable."""
    return json.dumps(document, indent=1, ensure_ascii=False)


def explained(result: Result, terms: Terms) -> str:
    """The working of a result, and the files that it comes from."""
    entry = entry_of(terms.targets[result.target], result)
    lines = working(result, entry.target, entry.calendar_id)
    width = max(len(_indented(line)) for line in lines)
    heading = f"{result.agreement} {result.version} · {entry.target.name} · {result.period}"
    body = [f"{_indented(line).ljust(width)}  {line.figure}".rstrip() for line in lines]
    files = [f"{each.path} ({each.rows} rows, sha256 {each.sha256})" for each in result.sources]
    return "\n".join([heading, *body, *files, ""])


def _indented(line: Line) -> str:
    return f"    {line.label}" if line.is_detail else line.label
