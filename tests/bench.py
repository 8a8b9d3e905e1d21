"""Speed as ratios against a named reference in the same run: `make bench`.

Every measurement is a whole process: wall time and peak memory as the operating system counts them, the median of
several runs after one that isn't counted. No figure here is asserted in a test.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests import big_catalogue

ROOT = Path(__file__).parents[1]
START = datetime(2024, 1, 1, tzinfo=UTC)
EVERY = 6
"""Seconds between two probes: ten million of them are nearly two years."""

BARE_SCAN = """
import duckdb, sys
engine = duckdb.connect()
print(engine.execute(
    "SELECT count(*), min(time), max(time), count(*) FILTER (WHERE ok = 'up') FROM read_csv(?, header=true, all_varchar=true)",
    [sys.argv[1]],
).fetchone())
"""

STOCK_INDEX = """
import sys
from servicebook.adapters import generated_pages as pages
from servicebook.adapters.command_line import main
read = pages.GeneratedPage.read_source
def whole(page, config):
    read(page, config)
    page.meta["search"] = {}
pages.GeneratedPage.read_source = whole
pages.GeneratedPage.searchable = property(lambda page: page.whole)
sys.exit(main())
"""
"""A build in which Material's search plugin is shown every page whole."""

FILES = {
    "mkdocs.yml": "site_name: Bench\ndocs_dir: content\nplugins: [search, servicebook]\n",
    "content/services/shop.md": "---\ntitle: Shop\nstage: live\nowner: team\n---\nThe shop.\n",
    "content/parties/team.md": "---\ntitle: Team\ntype: provider\n---\nThe team.\n",
    "content/parties/stores.md": "---\ntitle: Stores\ntype: customer\n---\nThe stores.\n",
    "content/calendars/hours.yml": 'title: Hours\ntime_zone: Europe/Berlin\nhours: {mon-fri: "08:00-18:00"}\n',
    "content/agreements/shop.md": """---
title: Shop
type: sla
provider: team
customer: stores
services: [shop]
version: "1"
from: 2024-01-01
time_zone: Europe/Berlin
hours: hours
signatures:
  - {party: team, role: Head, date: 2023-12-01}
  - {party: stores, role: Head, date: 2023-12-01}
targets:
  - {id: usable, measure: availability, source: probes, objective: at least 99.5 %, per: month, minimum_coverage: 95 %}
  - {id: steady, measure: availability, source: probes, objective: at least 99.5 %, per: week, down_after: 3 samples, minimum_coverage: 95 %}
---
""",
    "data/metrics/probes.yml": "title: Probes\nrecords: probes\nfiles: probes/*.csv\nevery: 6 s\n",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """Median wall seconds, and the largest peak memory of a single process in MiB."""

    seconds: float
    memory: float
    output: str


def measured(command: Sequence[str], runs: int) -> Measured:
    """Run a command once unmeasured and then `runs` times."""
    walls, peaks, output = [], [], ""
    for number in range(runs + 1):
        with tempfile.TemporaryFile() as printed:
            began = time.monotonic()
            process = subprocess.Popen(command, stdout=printed, stderr=subprocess.STDOUT)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.monotonic() - began
            process.returncode = os.waitstatus_to_exitcode(status)
            printed.seek(0)
            output = printed.read().decode(errors="replace")
        if process.returncode:
            raise SystemExit(f"{' '.join(command)} failed:\n{output[-2000:]}")
        if number:
            walls.append(wall)
            peaks.append(usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024))
    return Measured(statistics.median(walls), max(peaks), output)


def catalogue(folder: Path, rows: int) -> Path:
    """A catalogue with one file of probes: now and then down for a few minutes, now and then a gap."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    path = folder / "data/metrics/probes/probes.csv"
    path.parent.mkdir(exist_ok=True)
    chance = random.Random(7)
    down = 0
    with path.open("w", encoding="ascii") as file:
        file.write("time,ok\n")
        moment = START
        for _ in range(rows):
            down = max(down - 1, 0) if down or chance.random() > 0.0002 else chance.randint(1, 60)
            file.write(f"{moment:%Y-%m-%dT%H:%M:%SZ},{'down' if down else 'up'}\n")
            moment += timedelta(seconds=EVERY if chance.random() > 0.00001 else 3600)
    return path


def evaluate_ten_million(rows: int, runs: int) -> None:
    """`evaluate` on probe rows beside the engine's own bare scan of the same file."""
    with tempfile.TemporaryDirectory(prefix="servicebook-bench-") as name:
        folder = Path(name)
        path = catalogue(folder, rows)
        print(f"probes: {rows:,} rows, {path.stat().st_size / 1e6:.0f} MB of CSV")
        scan = measured([sys.executable, "-c", BARE_SCAN, str(path)], runs)
        ours = measured(
            [
                sys.executable,
                "-m",
                "servicebook",
                "evaluate",
                "-C",
                str(folder),
                "--as-of",
                "2026-01-01",
                "--format",
                "csv",
            ],
            runs,
        )
    print(f"  DuckDB's bare scan     {scan.seconds:8.2f} s  {scan.memory:8.0f} MiB")
    print(
        f"  servicebook evaluate   {ours.seconds:8.2f} s  {ours.memory:8.0f} MiB  {ours.output.count(chr(10)) - 1} results"
    )
    print(f"  ratio                  {ours.seconds / scan.seconds:8.2f}    {ours.memory / scan.memory:8.2f}")


def build_the_demonstration(runs: int) -> None:
    """`build` of the demonstration beside MkDocs with Material and the same number of plain pages."""
    with tempfile.TemporaryDirectory(prefix="servicebook-bench-") as name:
        _build_beside_plain_pages("the demonstration", ROOT, Path(name), runs)


def build_many_services(services: int, runs: int) -> None:
    """The same of a large catalogue, and its search index beside the one of Material's own plugin for the same pages."""
    with tempfile.TemporaryDirectory(prefix="servicebook-bench-") as name:
        folder = Path(name)
        agreements = big_catalogue.write(folder / "big", services)
        what = f"{services:,} services, {agreements:,} agreements"
        _build_beside_plain_pages(what, folder / "big", folder, runs, "--as-of", big_catalogue.AS_OF)
        stock = folder / "stock"
        wanted = ["build", "-C", str(folder / "big"), "--as-of", big_catalogue.AS_OF, "--site-dir", str(stock)]
        subprocess.run([sys.executable, "-c", STOCK_INDEX, *wanted], check=True, capture_output=True)
        indexes = [(each / "search" / "search_index.json").read_bytes() for each in (stock, folder / "site")]
    theirs, ours = ((len(index), len(gzip.compress(index, 6))) for index in indexes)
    print(f"  index, Material's own  {theirs[0] / 1e6:8.2f} MB {theirs[1] / 1e6:7.2f} MB compressed")
    print(f"  index, servicebook     {ours[0] / 1e6:8.2f} MB {ours[1] / 1e6:7.2f} MB compressed")
    print(f"  ratio                  {ours[0] / theirs[0]:8.2f}    {ours[1] / theirs[1]:8.2f}")


def _build_beside_plain_pages(what: str, root: Path, folder: Path, runs: int, *more: str) -> None:
    site = folder / "site"
    command = [sys.executable, "-m", "servicebook", "build", "-C", str(root), "--site-dir", str(site), *more]
    ours = measured(command, runs)
    pages = len(list(site.rglob("index.html")))
    plain = folder / "plain"
    (plain / "docs").mkdir(parents=True)
    (plain / "mkdocs.yml").write_text("site_name: Plain\ntheme: {name: material, font: false}\n", encoding="utf-8")
    body = "# Page {0}\n\n" + "Some words in a paragraph of a plain page.\n\n" * 40
    for number in range(pages):
        stem = "index" if number == 0 else f"page-{number}"
        (plain / "docs" / f"{stem}.md").write_text(body.format(number), encoding="utf-8")
    config = ["-f", str(plain / "mkdocs.yml"), "-d", str(folder / "plain-site"), "-q"]
    theirs = measured([sys.executable, "-m", "mkdocs", "build", *config], runs)
    print(f"site: {what}, {pages:,} pages")
    print(f"  MkDocs, plain pages    {theirs.seconds:8.2f} s  {theirs.memory:8.0f} MiB")
    print(f"  servicebook build      {ours.seconds:8.2f} s  {ours.memory:8.0f} MiB")
    print(f"  ratio                  {ours.seconds / theirs.seconds:8.2f}    {ours.memory / theirs.memory:8.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--services", type=int, default=1000)
    parser.add_argument("only", nargs="?", choices=["evaluate", "build", "services"])
    given = parser.parse_args()
    benches: dict[str, Callable[[], None]] = {
        "evaluate": lambda: evaluate_ten_million(given.rows, given.runs),
        "build": lambda: build_the_demonstration(given.runs),
        "services": lambda: build_many_services(given.services, given.runs),
    }
    for name, bench in benches.items():
        if given.only in (None, name):
            bench()


if __name__ == "__main__":
    main()
