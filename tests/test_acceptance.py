"""Catalogues with expected results that lie beside the project: every figure agrees, to the last digit."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from servicebook.adapters.clock import moment
from servicebook.insight.documents import results_document
from servicebook.pipeline import examine

ACCEPTANCE = Path(__file__).parents[2] / "shared" / "acceptance"
GENERATED = sorted((ACCEPTANCE / "generated").glob("*")) if ACCEPTANCE.is_dir() else []
FIELDS = "service_time,excluded,records,credit,start,end,finished,budget,shown"
NAMES = {
    "metrics/equal-rows": "equal rows",
    "metrics/end-before-start": "end before start",
    "metrics/no-length": "no length",
    "metrics/same-time": "two rows at one time",
    "metrics/answered-before-opened": "answered or resolved before it was opened",
    "metrics/pause-without-length": "a pause that ends before it begins or has no length",
    "metrics/no-capacity": "no capacity, or 0",
}
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not GENERATED, reason="the acceptance catalogues aren't beside the project"),
]


def as_of(folder: Path) -> int:
    return moment((folder / "as_of.txt").read_text(encoding="utf-8").strip())


def compared(folder: Path, tmp_path: Path, *options: str) -> str:
    """What compare.py says of the results of a catalogue."""
    found = examine(folder, as_of(folder))
    assert [problem for problem in found.problems if problem.is_error] == []
    actual = tmp_path / "actual.json"
    actual.write_text(json.dumps(results_document(found.results, found.as_of)), encoding="utf-8")
    command = [sys.executable, str(ACCEPTANCE / "compare.py"), str(folder / "expected.json"), str(actual)]
    done = subprocess.run([*command, "--also", FIELDS, *options], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode else "agrees"


@pytest.mark.parametrize("folder", GENERATED, ids=lambda folder: folder.name)
def test_generated_catalogues(folder: Path, tmp_path: Path) -> None:
    """All results of a generated catalogue, in every field."""
    assert compared(folder, tmp_path) == "agrees"


def test_the_real_catalogue(tmp_path: Path) -> None:
    """The results on real metric files that were worked out apart from this, and the state of each agreement."""
    folder = ACCEPTANCE / "real"
    states = json.loads((folder / "expected-states.json").read_text(encoding="utf-8"))["states"]

    assert compared(folder, tmp_path, "--only-expected") == "agrees"
    found = examine(folder, as_of(folder), agreements=["none"])
    assert {name: str(status.state) for name, status in found.statuses.items()} == states


@pytest.mark.parametrize("folder", [f for f in GENERATED if (f / "problems.json").is_file()], ids=lambda f: f.name)
def test_data_problems_are_counted(folder: Path) -> None:
    """Each row that is a data problem is reported once, by source and fault."""
    counts: dict[str, dict[str, int]] = {}
    for problem in examine(folder, as_of(folder), agreements=["none"]).problems:
        name = NAMES.get(problem.rule)
        if name is not None:
            source = counts.setdefault(problem.position.path.split("/")[2], {})
            source[name] = source.get(name, 0) + problem.count

    assert counts == json.loads((folder / "problems.json").read_text(encoding="utf-8"))
