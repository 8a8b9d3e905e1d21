"""Breaches: their causes, whether they repeat, and whether the target recovered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from servicebook.adapters.clock import moment
from servicebook.insight.breaches import Repeats, breaches, recovery_since, repeats
from servicebook.pipeline import Examined, examine

FILES = {
    "content/parties/team.md": "---\ntitle: Team\ntype: provider\n---\n",
    "content/parties/stores.md": "---\ntitle: Stores\ntype: customer\n---\n",
    "content/services/shop.md": "---\ntitle: Shop\nstage: live\nowner: team\n---\n",
    "content/agreements/shop.md": """---
title: Shop
type: sla
provider: team
customer: stores
services: [shop]
version: "1"
from: 2026-01-01
signatures: [{party: team, date: 2025-12-01}, {party: stores, date: 2025-12-01}]
targets:
  - {id: usable, measure: availability, source: outages, objective: at least 99 %, per: month, minimum_coverage: 95 %}
  - {id: lately, measure: availability, source: outages, objective: at least 99 %, per: rolling 30 days, minimum_coverage: 95 %}
---
""",
    "data/metrics/outages.yml": "title: Outages\nrecords: outages\nfiles: outages.csv\nfrom: 2026-01-01T00:00Z\ncomplete_to: 2026-06-10T00:00Z\n",
    "data/metrics/outages.csv": "start,end\n"
    "2026-02-03T00:00Z,2026-02-03T12:00Z\n"
    "2026-04-03T00:00Z,2026-04-03T12:00Z\n"
    "2026-06-03T00:00Z,2026-06-03T12:00Z\n",
}
"""Twelve hours down in February, April and June: each time more than a month allows."""


def examined(root: Path, files: dict[str, str] | None = None) -> Examined:
    for name, text in (FILES | (files or {})).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return examine(root, moment("2026-06-10"))


def account(period: str, more: str = "") -> dict[str, str]:
    text = (
        f"---\ntitle: Down\nbreach: {{agreement: shop, target: usable, period: {period}}}\ncause: A cable.\n{more}---\n"
    )
    return {"content/breaches/down.md": text}


def plan(keys: str) -> dict[str, str]:
    return {"content/improvements/cable.md": f"---\ntitle: Cable\n{keys}\n---\n"}


def warnings(found: Examined) -> list[str]:
    return [f"{p.position.path}:{p.position.line} {p.rule}: {p.message}" for p in found.problems if "breach" in p.rule]


def test_breaches_are_those_of_calendar_periods_newest_first(tmp_path: Path) -> None:
    """One that is proven before its period is over counts; a rolling window only informs."""
    found = examined(tmp_path)

    listed = breaches(found.catalogue, found.results)

    assert any(r.target == "lately" and r.verdict == "breached" for r in found.results)
    assert [b.result.period for b in listed] == ["2026-06", "2026-04", "2026-02"]
    assert not listed[0].result.finished


def test_repeats_count_the_newest_twelve_judged_periods(tmp_path: Path) -> None:
    """In April two of four periods were missed; the first breach is none that repeats."""
    found = examined(tmp_path)

    june, april, february = breaches(found.catalogue, found.results)

    assert (june.repeats, april.repeats) == (Repeats(breached=3, judged=6), Repeats(breached=2, judged=4))
    assert april.repeats.is_repeat
    assert february.repeats == Repeats(breached=1, judged=2)
    assert not february.repeats.is_repeat
    assert repeats([june.result] * 20) == Repeats(breached=12, judged=12)


def test_a_target_has_recovered_when_its_newest_judged_period_is_met(tmp_path: Path) -> None:
    """After February: March met, April breached, May met. After June nothing is judged yet."""
    found = examined(tmp_path)

    june, april, february = breaches(found.catalogue, found.results)

    assert (february.recovery.met, february.recovery.judged, february.recovery.recovered) == (2, 3, True)
    assert (april.recovery.met, april.recovery.judged) == (1, 1)
    assert june.recovery.recovered is None


def test_recovery_since_an_improvement_counts_the_periods_that_began_later(tmp_path: Path) -> None:
    """Done on 1 April: April, which was breached, and May; done on 2 May: nothing judged yet."""
    found = examined(tmp_path)
    usable = [r for r in found.results if r.target == "usable"]

    assert (recovery_since(usable, date(2026, 4, 1)).met, recovery_since(usable, date(2026, 4, 1)).judged) == (1, 2)
    assert recovery_since(usable, date(2026, 5, 2)).recovered is None
    assert recovery_since(usable[:4], date(2026, 4, 1)).recovered is False


def test_an_account_explains_its_breach_and_brings_its_improvements(tmp_path: Path) -> None:
    """Named by the account, whatever the improvement is for."""
    found = examined(tmp_path, account("2026-04", "improvements: [cable]\n") | plan("owner: team"))

    june, april, february = breaches(found.catalogue, found.results)

    assert [each.cause for each in april.accounts] == ["A cable."]
    assert [each.id for each in april.improvements] == ["cable"]
    assert (june.is_explained, april.is_explained, february.is_explained) == (False, True, False)
    assert warnings(found) == []


def test_an_improvement_for_a_target_answers_breaches_that_it_could_still_mend(tmp_path: Path) -> None:
    """Done in March, it has nothing to do with what was missed from April on, unless it names that breach."""
    found = examined(tmp_path, plan("for: [{agreement: shop, target: usable}]\ndone: 2026-03-20"))
    named = examined(tmp_path, plan("for: [{agreement: shop, target: usable, period: 2026-04}]\ndone: 2026-03-20"))

    assert [len(b.improvements) for b in breaches(found.catalogue, found.results)] == [0, 0, 1]
    assert [len(b.improvements) for b in breaches(named.catalogue, named.results)] == [0, 1, 0]
    assert [b.is_explained for b in breaches(named.catalogue, named.results)] == [False, True, False]


def test_what_was_no_breach_is_told(tmp_path: Path) -> None:
    """A file about a period that was met, or that has no result."""
    files = account("2026-03") | plan("for: [{agreement: shop, target: usable, period: 2027-01}]")

    assert warnings(examined(tmp_path, files)) == [
        "content/breaches/down.md:3 reference/not-breached: shop/usable isn't breached in 2026-03: it is met",
        "content/improvements/cable.md:3 reference/not-breached: shop/usable isn't breached in 2027-01: there is no result for it",
    ]


def test_what_an_account_names_exists(tmp_path: Path) -> None:
    """Agreements, targets, owners and improvements, as everywhere; a correction lies behind."""
    text = (
        "---\ntitle: T\ncause: C\nowner: nobody\nimprovements: [none]\ncorrected: 2027-01-01\nbreach:\n"
        "  - {agreement: shop, target: usabel, period: 2026-02}\n  - {agreement: shoop, target: usable, period: 2026-02}\n---\n"
    )

    found = examined(tmp_path, {"content/breaches/t.md": text})

    assert [
        f"{p.position.line}:{p.position.column} {p.rule}" for p in found.problems if "breaches" in p.position.path
    ] == [
        "4:8 reference/unknown-party",
        "5:16 reference/unknown-improvement",
        "6:12 lifecycle/date-ahead",
        "8:31 reference/unknown-target",
        "9:17 reference/unknown-agreement",
    ]
