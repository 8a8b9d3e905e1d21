"""The demonstration's metric files are what the seeded simulation writes, and nothing else."""

from __future__ import annotations

import gzip
import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
COMMITTED = ROOT / "data" / "metrics"


@pytest.fixture(scope="module")
def simulated() -> dict[str, Any]:
    """All files of a fresh run, by their path below `data/metrics`."""
    tools = str(ROOT / "tools")
    sys.path.insert(0, tools)
    try:
        files: dict[str, Any] = importlib.import_module("simulate").simulate()
    finally:
        sys.path.remove(tools)
    return files


def _of(files: dict[str, Any], packing: str) -> dict[str, Any]:
    return {name: file for name, file in files.items() if file.packing == packing}


def test_the_simulation_writes_all_metric_files_and_no_others(simulated: dict[str, Any]) -> None:
    """Beside the hand-written definitions there's no file that the simulation doesn't write."""
    committed = {
        path.relative_to(COMMITTED).as_posix()
        for path in COMMITTED.rglob("*")
        if path.is_file() and not (path.parent == COMMITTED and path.suffix == ".yml")
    }

    assert committed == set(simulated)


def test_plain_files_come_out_byte_for_byte(simulated: dict[str, Any]) -> None:
    """CSV, JSON, NDJSON and Markdown files are the committed ones."""
    differing = [n for n, f in _of(simulated, "plain").items() if (COMMITTED / n).read_bytes() != f.text.encode()]

    assert differing == []


def test_zipped_files_hold_the_same_bytes(simulated: dict[str, Any]) -> None:
    """The packed bytes depend on the version of zlib, so what is packed is compared; no time of writing is in them."""
    zipped = _of(simulated, "gzip")
    differing = [n for n, f in zipped.items() if gzip.decompress((COMMITTED / n).read_bytes()) != f.text.encode()]
    dated = [n for n in zipped if (COMMITTED / n).read_bytes()[4:8] != bytes(4)]

    assert (differing, dated) == ([], [])


def test_parquet_files_hold_the_same_rows(simulated: dict[str, Any], tmp_path: Path) -> None:
    """The bytes depend on the version of the library that writes them, so the rows are compared, in their order."""
    files = sys.modules["simulation.files"]
    columnar = _of(simulated, "parquet")
    files.write(columnar, tmp_path)
    differing = [n for n in columnar if files.rows_of(tmp_path / n) != files.rows_of(COMMITTED / n)]

    assert columnar
    assert differing == []


def test_writing_twice_gives_the_same_bytes(simulated: dict[str, Any], tmp_path: Path) -> None:
    """On one machine even the packed files are the same, whenever they're written."""
    files = sys.modules["simulation.files"]
    files.write(simulated, tmp_path / "first")
    files.write(simulated, tmp_path / "second")
    differing = [
        n for n in simulated if (tmp_path / "first" / n).read_bytes() != (tmp_path / "second" / n).read_bytes()
    ]

    assert differing == []
