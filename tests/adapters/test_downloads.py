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


def month(period: str, **values: str | None) -> dict[str, object]:
    return {"period": period, "finished": True, **values}


METERING = {
    "schema": "servicebook/metering/1",
    "services": [
        {
            "id": "email",
            "cost": {
                "currency": "EUR",
                "unit": None,
                "months": [month("2026-09", actual=None), month("2026-10", actual="0.10")],
                "newest_year": {"months": 1},
                "url": "costs/#email",
            },
            "capacity": {
                "unit": "boxes",
                "warn_at": "0.8",
                "months": [month("2026-10", peak="7")],
                "growth": {"per_month": "1"},
                "url": "capacity/#email",
            },
            "satisfaction": {"months": [], "half_years": None, "url": "satisfaction/#email"},
        },
        {
            "id": "fax",
            "cost": None,
            "capacity": {"unit": None, "warn_at": None, "months": [month("2026-10", peak="2")]},
            "satisfaction": None,
        },
    ],
}


def test_what_is_counted_of_services_has_a_row_for_each_service_and_month() -> None:
    """In a table each; what isn't known stays empty, trends have no place in a row, no months make no table."""
    made = {
        asset.url: asset.content
        for asset in downloads([Asset(url="api/v1/metering.json", content=json.dumps(METERING).encode())])
    }

    assert set(made) == {f"downloads/{name}.{form}" for name in ("costs", "capacity") for form in ("csv", "parquet")}
    assert made["downloads/costs.csv"].decode().splitlines() == [
        "service,currency,unit,period,finished,actual",
        "email,EUR,,2026-09,true,",
        "email,EUR,,2026-10,true,0.10",
    ]
    assert made["downloads/capacity.csv"].decode().splitlines() == [
        "service,unit,warn_at,period,finished,peak",
        "email,boxes,0.8,2026-10,true,7",
        "fax,,,2026-10,true,2",
    ]
