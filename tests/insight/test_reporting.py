"""What belongs to a service report, and which period is the last one."""

from __future__ import annotations

from pathlib import Path

import pytest

from servicebook.adapters.clock import moment
from servicebook.insight.reporting import last_finished, reported
from servicebook.model.result import Result
from servicebook.pipeline import examine
from servicebook.timeline.zone import zone

FILES = {
    "content/parties/team.md": "---\ntitle: Team\ntype: provider\n---\n",
    "content/parties/stores.md": "---\ntitle: Stores\ntype: customer\n---\n",
    "content/services/shop.md": "---\ntitle: Shop\nstage: live\nowner: team\n---\n",
    "data/metrics/outages.yml": "title: Outages\nrecords: outages\nfiles: outages.csv\nfrom: 2026-01-01T00:00Z\ncomplete_to: 2026-08-10T00:00Z\n",
    "data/metrics/outages.csv": "start,end\n2026-02-03T00:00Z,2026-02-03T12:00Z\n",
}
AGREEMENT = """---
title: Shop
type: sla
provider: team
customer: stores
services: [shop]
version: "1"
from: 2026-01-01
time_zone: Europe/Berlin
signatures: [{party: team, date: 2025-12-01}, {party: stores, date: 2025-12-01}]
targets:
"""


def results(root: Path, *per: str, as_of: str = "2026-08-10") -> tuple[Result, ...]:
    """The results of one target for each kind of period."""
    terms = "measure: availability, source: outages, objective: at least 99 %, minimum_coverage: 95 %"
    listed = "".join(f"  - {{id: {each.split()[0]}, {terms}, per: {each}}}\n" for each in per)
    for name, text in (FILES | {"content/agreements/shop.md": f"{AGREEMENT}{listed}---\n"}).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return examine(root, moment(as_of)).results


def test_a_report_holds_the_results_whose_periods_end_in_its_own(tmp_path: Path) -> None:
    """A quarter holds its months and itself; its last month holds it too; rolling windows belong to none."""
    found = results(tmp_path, "month", "quarter", "rolling 30 days")

    assert [r.period for r in reported(found, "2026-Q1")] == ["2026-01", "2026-02", "2026-03", "2026-Q1"]
    assert [r.period for r in reported(found, "2026-02")] == ["2026-02"]
    assert [r.period for r in reported(found, "2026-06")] == ["2026-06", "2026-Q2"]


def test_a_name_that_is_no_period_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is no 2026-13"):
        reported(results(tmp_path, "month"), "2026-13")


@pytest.mark.parametrize(
    ("per", "as_of", "last"),
    [
        ("month", "2026-08-10", "2026-07"),
        ("day", "2026-08-10", "2026-07"),
        ("week", "2026-08-10", "2026-07"),
        ("quarter", "2026-08-10", "2026-Q2"),
        ("year", "2026-08-10", None),
        ("year", "2027-02-01", "2026"),
        ("rolling 30 days", "2026-08-10", None),
    ],
)
def test_the_last_finished_period_is_of_the_length_that_the_targets_have(
    tmp_path: Path, per: str, as_of: str, last: str | None
) -> None:
    """A month where something is judged each month or more often, else a quarter, else a year."""
    period = last_finished(results(tmp_path, per, as_of=as_of), zone("Europe/Berlin"), moment(as_of))

    assert (period.name if period is not None else None) == last
