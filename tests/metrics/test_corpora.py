"""Collections of files that others have gathered to break readers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from servicebook.model.common import Where
from servicebook.model.measurement import Kind
from tests.metrics.builders import opened

CORPORA = Path(__file__).parents[2].parent / "shared" / "acceptance" / "corpora"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="the collections aren't beside the project, in ../shared"),
]

REFUSED_THOUGH_VALID = {"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"}
"""Two values of one name: two readers would read two things."""


def faults(tmp_path: Path, content: bytes, name: str, form: str = "", kind: Kind = Kind.OUTAGES) -> set[str]:
    """Rules that a file breaks, as a source of its own."""
    with opened(tmp_path, kind, {name: content}, format=form, time_zone="UTC") as store:
        store.report("s")
        store.evidence("s", Where())
        return {f"{problem.rule}: {problem.message}" for problem in store.problems}


def files(*folders: str) -> Iterator[Path]:
    """All files below some folders, sorted."""
    for folder in folders:
        yield from sorted(path for path in (CORPORA / folder).rglob("*") if path.is_file())


def test_json(tmp_path: Path) -> None:
    """What the test suite says must be refused is refused, what must be accepted isn't called broken."""
    wrong = []
    for path in files("JSONTestSuite/test_parsing"):
        refused = any(
            text.startswith(("metrics/unreadable-file", "limit"))
            for text in faults(tmp_path, path.read_bytes(), "a.json")
        )
        broken = any("isn't JSON" in text for text in faults(tmp_path, path.read_bytes(), "a.json"))
        if (path.name.startswith("n_") and not refused) or (path.name.startswith("y_") and broken):
            wrong.append(path.name)
    assert set(wrong) == REFUSED_THOUGH_VALID


def test_csv_spectrum(tmp_path: Path) -> None:
    """Every file of the dialect's acid test is read."""
    for path in files("csv-spectrum/csvs"):
        assert not any("row" in text or "header" in text for text in faults(tmp_path, path.read_bytes(), "a.csv")), (
            path.name
        )


@pytest.mark.parametrize("folder", ["frictionless", "parquet-bad", "parquet-good"])
def test_nothing_crashes(tmp_path: Path, folder: str) -> None:
    """Whatever it is, it ends in rows or in problems."""
    for path in files(folder):
        name = "a.parquet" if folder.startswith("parquet") else "a.csv.gz" if path.suffix == ".gz" else "a.csv"
        assert faults(tmp_path, path.read_bytes(), name)
