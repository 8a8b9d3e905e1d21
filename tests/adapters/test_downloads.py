"""Documents as tables: CSV and Parquet."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from servicebook.adapters.downloads import downloads, table
from servicebook.rendering.page import Asset

RESULTS = {
    "schema": "servicebook/results/1",
    "results": [
        {
            "agreement": "a",
            "value": "0.99",
            "budget": {"total": "10"},
            "services": ["x", "y"],
            "files": [{"path": "p"}],
            "finished": True,
        },
        {"agreement": 'b "c", d\nline', "value": None, "budget": None, "services": [], "files": [], "finished": False},
    ],
}
ASSETS = [Asset(url="api/v1/results.json", content=json.dumps(RESULTS).encode())]


def test_a_row_holds_what_is_one_value_each() -> None:
    """Keys within keys are put together, ids are joined, lists of things are left out."""
    columns = table(RESULTS["results"])  # type: ignore[arg-type]  # the list of the document

    assert columns == {
        "agreement": ["a", 'b "c", d\nline'],
        "value": ["0.99", None],
        "budget_total": ["10", None],
        "services": ["x y", ""],
        "finished": ["true", "false"],
        "budget": [None, None],
        "files": [None, ""],
    }


def test_both_forms_hold_the_same(tmp_path: Path) -> None:
    """Nothing and an empty text are different in Parquet; the same documents give the same bytes."""
    made = {asset.url: asset.content for asset in downloads(ASSETS)}
    path = tmp_path / "results.parquet"
    path.write_bytes(made["downloads/results.parquet"])
    rows = duckdb.read_parquet(str(path)).select("agreement, value, services").fetchall()

    assert set(made) == {"downloads/results.csv", "downloads/results.parquet"}
    assert rows == [("a", "0.99", "x y"), ('b "c", d\nline', None, "")]
    assert made["downloads/results.csv"].decode().splitlines()[0].startswith("agreement,value,budget_total,services")
    assert {asset.url: asset.content for asset in downloads(ASSETS)} == made
