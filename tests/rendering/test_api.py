"""Documents for other programs, held against their schemas."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from servicebook.insight.schemas import schemas
from servicebook.rendering import Output

NAMES = (
    "agreements",
    "backtests",
    "breaches",
    "chain",
    "closed",
    "due",
    "metering",
    "needs",
    "results",
    "services",
    "sources",
    "versions",
)


def read(output: Output, url: str) -> Any:
    return json.loads(next(asset.content for asset in output.assets if asset.url == url))


def items(document: dict[str, Any]) -> list[dict[str, Any]]:
    (listed,) = [value for value in document.values() if isinstance(value, list)]
    return listed


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_as_its_schema_says(output: Output, name: str) -> None:
    """The schema lies beside it, is one itself, and describes every key of every item."""
    document, schema = read(output, f"api/v1/{name}.json"), read(output, f"api/v1/{name}.schema.json")

    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(document)
    assert list(document)[:2] == ["schema", "as_of"]
    (listed,) = [key for key in document if key not in ("schema", "as_of")]
    described = set(schema["properties"][listed]["items"]["properties"])
    assert all(set(item) == described for item in document[listed])


@pytest.mark.parametrize("name", [name for name in NAMES if name != "results"])
def test_items_have_an_id(output: Output, name: str) -> None:
    """Each once."""
    ids = [item["id"] for item in items(read(output, f"api/v1/{name}.json"))]

    assert len(ids) == len(set(ids))


def test_there_is_something_in_most_of_them(output: Output) -> None:
    """The small catalogue of these tests has no chain and no closed period, and nothing is counted of its services."""
    empty = {name for name in NAMES if not items(read(output, f"api/v1/{name}.json"))}

    assert empty == {"chain", "closed", "metering"}


@pytest.mark.parametrize(
    ("key", "wrong"),
    [("verdict", "kept"), ("value", 0.99), ("value", "9.9e-1"), ("period", "October"), ("start", "2026-10-01")],
)
def test_a_schema_refuses_what_is_wrong(output: Output, key: str, wrong: object) -> None:
    """Another word for a verdict, a number that isn't a text, a day instead of a moment."""
    document = read(output, "api/v1/results.json")
    document["results"][0][key] = wrong

    with pytest.raises(ValidationError):
        Draft202012Validator(schemas()["results"]).validate(document)
