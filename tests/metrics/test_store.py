"""The store as a whole: what it reads when, rules, limits of the engine."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from servicebook.metrics import open_metrics
from servicebook.metrics.engine import Engine, OutOfMemory
from servicebook.metrics.findings import refusal
from servicebook.metrics.rules import RULES
from servicebook.model.common import Where
from servicebook.model.measurement import Kind
from servicebook.source import Severity
from tests.metrics.builders import at, found, opened, source, where, write

ROWS = "time,value,site\n2026-03-01T08:00Z,1,hq\n2026-03-02T08:00Z,2,branch\n"


def test_sources_are_read_when_they_are_first_asked_for(tmp_path: Path) -> None:
    """And again where a filter names a column that nobody had announced."""
    write(tmp_path, {"a.csv": ROWS})
    with open_metrics(
        tmp_path, {"s": source(Kind.SAMPLES, ["a.csv"])}, as_of=at("2026-11-01"), capacity_limits={}
    ) as store:
        assert store.files_read == frozenset()
        assert store.as_of == at("2026-11-01")
        assert store.matches("s", Where()) == 2
        assert store.matches("s", where(site="hq")) == 1
        assert store.matches("s", where(nowhere="hq")) == 0
        assert store.files_read == {"data/metrics/a.csv"}


def test_evidence_and_report(tmp_path: Path) -> None:
    """Files with their hash, as they lie there; rows before and after the filter; when it begins and ends."""
    with opened(tmp_path, Kind.SAMPLES, {"a.csv.gz": ROWS, "b.csv": "time,value\n"}) as store:
        evidence, report = store.evidence("s", where(site="hq")), store.report("s")
    raw = (tmp_path / "data" / "metrics" / "a.csv.gz").read_bytes()
    assert [(file.path, file.rows) for file in evidence.files] == [
        ("data/metrics/a.csv.gz", 1),
        ("data/metrics/b.csv", 0),
    ]
    assert evidence.files[0].sha256 == report.files[0].sha256 == hashlib.sha256(raw).hexdigest()
    assert (report.files[0].size, report.files[0].rows, report.rows, report.kept) == (len(raw), 2, 2, 2)
    assert (report.first, report.last, evidence.data_until) == (
        at("2026-03-01T08:00"),
        at("2026-03-02T08:00"),
        at("2026-03-02T08:00"),
    )


def test_rules_are_told_once_each() -> None:
    """In their groups, each with a meaning and a remedy; what is about rows that can be read only warns."""
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert {rule.id.partition("/")[0] for rule in RULES} == {"metrics", "limit"}
    assert all(rule.meaning.endswith(".") and rule.remedy.endswith(".") for rule in RULES)
    assert {rule.id for rule in RULES if rule.severity is Severity.WARNING} >= {
        "metrics/equal-rows",
        "metrics/no-length",
    }


def test_the_engine_leaves_nothing_behind() -> None:
    """Its directory goes with it."""
    with Engine() as engine:
        path = engine.new_file(".x")
        path.write_text("x")
    assert not path.parent.exists()


def test_the_engine_never_loads_extensions() -> None:
    """Nothing is fetched from anywhere."""
    with Engine() as engine:
        settings = dict(engine.rows("SELECT name, value FROM duckdb_settings() WHERE name LIKE 'auto%extensions'"))
    assert set(settings.values()) == {"false"}


def test_the_engine_lacks_memory(tmp_path: Path) -> None:
    """A file that takes more than there is breaks a limit; it isn't called damaged."""
    broken = refusal(OutOfMemory("failed to allocate"), tmp_path / "a.parquet")
    assert (broken.rule, broken.line) == ("limit/file-size", 1)


def test_a_file_that_goes_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that can't be opened is reported."""
    original = Path.open

    def refuse(self: Path, *args: object, **more: object) -> object:
        if self.name == "a.csv":
            raise PermissionError(13, "Permission denied")
        return original(self, *args, **more)  # type: ignore[call-overload] - passed on as it came

    write(tmp_path, {"a.csv": ROWS})
    monkeypatch.setattr(Path, "open", refuse)
    with opened(tmp_path, Kind.SAMPLES, {}, patterns=["a.csv"]) as store:
        assert found(store) == ["a.csv:1 metrics/unreadable-file"]


def test_the_texts_of_a_column_are_told(tmp_path: Path) -> None:
    """Each once, of the rows that pass both filters; an empty cell is none; a column that no filter names has none."""
    rows = "time,value,site,floor\n" + "".join(
        f"2026-03-0{day}T08:00Z,1,{site},{floor}\n"
        for day, (site, floor) in enumerate([("hq", "1"), ("hq", "2"), ("hq", "2"), ("hq", ""), ("branch", "9")], 1)
    )
    with opened(tmp_path, Kind.SAMPLES, {"a.csv": rows}, wanted=[where(site="hq", floor="1")]) as store:
        assert store.texts("s", "floor", where(site="hq")) == {"1", "2"}
        assert store.texts("s", "floor", Where()) == {"1", "2", "9"}
        assert store.texts("s", "nowhere", Where()) == frozenset()
