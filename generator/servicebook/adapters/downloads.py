"""What the documents for other programs hold as tables for spreadsheets: `downloads/*.csv` and `.parquet`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from servicebook.metrics.export import parquet
from servicebook.rendering.page import Asset

FOLDER = "downloads/"
TABLES = ("agreements", "breaches", "due", "needs", "results", "services")
"""Documents whose items fit a row each."""
MONTHS = {
    "costs": ("cost", ("currency", "unit")),
    "capacity": ("capacity", ("unit", "warn_at")),
    "satisfaction": ("satisfaction", ()),
}
"""Tables of what is counted of services, a row for each service and month: the key in the document, and the keys beside the
months that stand in every row."""
_DOCUMENT = "api/v1/{}.json"


def downloads(assets: Iterable[Asset]) -> Iterator[Asset]:
    """The tables of a site's documents; the same documents give the same bytes."""
    contents = {asset.url: asset.content for asset in assets}
    for name in TABLES:
        content = contents.get(_DOCUMENT.format(name))
        if content is not None:
            yield from _files(name, table(json.loads(content)[name]))
    content = contents.get(_DOCUMENT.format("metering"))
    services = [] if content is None else json.loads(content)["services"]
    for name, (part, beside) in MONTHS.items():
        yield from _files(name, table(_by_month(services, part, beside)))


def _files(name: str, columns: Mapping[str, list[str | None]]) -> Iterator[Asset]:
    """A table in both forms; one without a row isn't made."""
    if columns:
        yield Asset(url=f"{FOLDER}{name}.csv", content=_csv(columns).encode())
        yield Asset(url=f"{FOLDER}{name}.parquet", content=parquet(columns))


def _by_month(services: Iterable[Mapping[str, Any]], part: str, beside: Iterable[str]) -> Iterator[dict[str, Any]]:
    for service in services:
        counted = service[part]
        if counted is not None:
            same = {"service": service["id"], **{key: counted[key] for key in beside}}
            yield from (same | month for month in counted["months"])


def table(items: Iterable[Mapping[str, Any]]) -> dict[str, list[str | None]]:
    """A column for each key; keys of what lies within are put together (`objective_value`), lists of ids are joined by spaces.

    Lists of things with keys of their own have no place in a row: they are left out.
    """
    rows = [dict(_flat(item)) for item in items]
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: [row.get(name) for row in rows] for name in names}


def _flat(item: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str | None]]:
    for key, value in item.items():
        name = f"{before}{key}"
        if isinstance(value, Mapping):
            yield from _flat(value, f"{name}_")
        elif isinstance(value, list):
            if all(isinstance(each, str) for each in value):
                yield name, " ".join(value)
        else:
            yield name, _text(value)


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _csv(columns: Mapping[str, list[str | None]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return written.getvalue()
