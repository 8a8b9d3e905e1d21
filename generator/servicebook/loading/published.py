"""Reads the files of closed periods, which the tool itself wrote."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from servicebook.loading.files import files_in, read_bytes
from servicebook.loading.report import Report, excerpt
from servicebook.model.published import PublishedPeriod, Restatement
from servicebook.source import Position, Problem, in_order

FOLDER = "data/published"
UNREADABLE = "closed/unreadable"
_HINT = "take the file from the last commit; corrections are made with `servicebook close --restate`"


class NotPublishedError(ValueError):
    """A document that isn't one of a closed period."""


def load_published(root: Path) -> tuple[dict[str, PublishedPeriod], tuple[Problem, ...]]:
    """All closed periods by name, and what is wrong with their files."""
    report = Report()
    found: dict[str, PublishedPeriod] = {}
    for file in files_in(root / FOLDER, root, (".json",), report, nested=False):
        data = read_bytes(file, report)
        if data is None:
            continue
        try:
            period = read_period(data, file.path)
        except ValueError as error:
            report.error(_place(file.path, error), UNREADABLE, f"the file can't be used: {error}", _HINT)
            continue
        found[period.period] = period
    return found, in_order(report.problems)


def _place(path: str, error: ValueError) -> Position:
    if isinstance(error, json.JSONDecodeError):
        return Position(path, error.lineno, error.colno)
    return Position(path)


def read_period(data: bytes, path: str) -> PublishedPeriod:
    """A closed period from the bytes of its file; ValueError where it isn't as the tool writes it."""
    try:
        document = json.loads(data.decode("utf-8"))
    except RecursionError:
        raise NotPublishedError("it is nested too deep") from None
    name = path.rpartition("/")[2].removesuffix(".json")
    if not isinstance(document, dict) or document.get("schema") != "servicebook/results/1":
        raise NotPublishedError("it is no document of results")
    results: dict[tuple[str, str, str], dict[str, Any]] = {}
    for result in _items(document, "results"):
        key = (_text(result, "agreement"), _text(result, "target"), _text(result, "period"))
        if key[2].partition("/")[0] != name:
            raise NotPublishedError(f"it holds a result of {excerpt(key[2])}")
        if key in results:
            raise NotPublishedError(f"it holds {' '.join(key)} twice")
        results[key] = result
    restatements = tuple(_restatement(item) for item in _items(document, "restatements"))
    as_of = _text(document, "as_of")
    for day in (as_of[:10], *(each.date for each in restatements)):
        date.fromisoformat(day)
    return PublishedPeriod(period=name, path=path, closed_at=as_of, results=results, restatements=restatements)


def _restatement(item: dict[str, Any]) -> Restatement:
    old, new = item.get("old"), item.get("new")
    if not isinstance(old, dict) or not isinstance(new, dict):
        raise NotPublishedError("a restatement lacks its old or new figure")
    names = {name: _text(item, name) for name in ("agreement", "target", "period", "why", "date")}
    return Restatement(**names, old=old, new=new)


def _items(document: dict[str, Any], name: str) -> list[dict[str, Any]]:
    items = document.get(name, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise NotPublishedError(f"'{name}' is no list of objects")
    return items


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    if not isinstance(value, str):
        raise NotPublishedError(f"'{name}' is missing or no text")
    return value
