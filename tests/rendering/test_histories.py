"""A page for each target with its whole history, and scorecards that stay light however much they hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from servicebook.model.result import Result
from servicebook.rendering import Page, Site, render
from servicebook.rendering.histories import NEWEST, parts
from servicebook.rendering.periods import periods
from tests.rendering.catalogue import FILES, site_of, write

MOST_BYTES, MOST_ELEMENTS = 200_000, 3_000
CHARTS_UP_TO = 12
"""Of more targets with figures like these a scorecard leaves the charts to the targets' own pages."""
THEME = 400
"""Elements that the theme puts around a page, and more."""


@pytest.fixture
def october(site: Site) -> Result:
    """Mail in October 2026: 99.8 %, breached."""
    return next(r for r in site.results if (r.target, r.period) == ("availability", "2026-10"))


def named(result: Result, *names: str) -> list[Result]:
    return [replace(result, period=name) for name in names]


def test_every_figure_of_a_target_has_its_working_there(page: Callable[[str], Page], site: Site) -> None:
    """Named by its period; the scorecard's cell leads to it, and keeps its own anchor."""
    made = page("scorecards/email-sla/availability/").html
    scorecard = page("scorecards/email-sla/").html
    known = [r.period for r in site.results if (r.agreement, r.target) == ("email-sla", "availability")]

    assert known
    for period in known:
        assert f'<div id="{period}">' in made
        assert f'href="availability/#{period}"' in scorecard
        assert scorecard.count(f'id="availability-{period}"') == 1


def test_long_histories_are_parted_by_year(october: Result) -> None:
    """The newest thirty months on the target's page, older ones by year, newest first."""
    months = [f"{year}-{month:02}" for year in range(2022, 2027) for month in range(1, 13)]

    listed = parts(named(october, *months))

    assert [(part.name, len(part.results)) for part in listed] == [
        ("", NEWEST),
        ("2024", 6),
        ("2023", 12),
        ("2022", 12),
    ]
    assert [part.results[0].period for part in listed] == ["2026-12", "2024-06", "2023-12", "2022-12"]


def test_days_are_parted_by_month(october: Result) -> None:
    """A year of days is twelve pages."""
    days = [(date(2026, 1, 1) + timedelta(days=number)).isoformat() for number in range(90)]

    assert [part.name for part in parts(named(october, *days))] == ["", "2026-03", "2026-02", "2026-01"][
        : len(parts(named(october, *days)))
    ]
    assert sum(len(part.results) for part in parts(named(october, *days))) == 90


def test_weeks_are_parted_by_quarter(october: Result) -> None:
    """Thirteen weeks each; a 53rd week belongs to the fourth."""
    weeks = [f"2020-W{number:02}" for number in range(1, 54)] + [
        f"2026-W{number:02}" for number in range(1, NEWEST + 1)
    ]

    assert [(part.name, len(part.results)) for part in parts(named(october, *weeks))] == [
        ("", NEWEST),
        ("2020-Q4", 14),
        ("2020-Q3", 13),
        ("2020-Q2", 13),
        ("2020-Q1", 13),
    ]


def test_parts_of_a_period_stay_with_it(october: Result) -> None:
    """`2026-04/1` belongs to 2026."""
    assert {part.name for part in parts(named(october, *["2021-04/1", "2021-04/2"], *["2026-01"] * NEWEST))} == {
        "",
        "2021",
    }


def test_a_changed_promise_is_a_line_of_its_own(october: Result) -> None:
    """Neighbours with the same promise share a cell; coverage and credit only where there is something to say."""
    raised = replace(october.objective, level=replace(october.objective.level, text="99.95 %"))
    results = [october, replace(october, period="2026-11"), replace(october, period="2026-12", objective=raised)]

    made = periods(results, lambda result: f"#{result.period}")

    assert [(row.label, row.cells) for row in made.rows if row.label == "Promised"] == [
        ("Promised", (("at least 99.9\u00a0%", 2), ("at least 99.95\u00a0%", 1)))
    ]
    assert made.cells[0].says == "October 2026: 99.8\u00a0%, breached"
    assert periods([october], lambda _: "#").rows == tuple(row for row in made.rows[1:] if False) or october.credit


@pytest.mark.parametrize("targets", [1, 8, 12, 16, 22, 30, 60])
def test_a_scorecard_stays_light(tmp_path: Path, targets: int) -> None:
    """At most 200 kB and 3,000 elements with the theme around it, however many targets it has."""
    entry = "  - {{id: t{n}, measure: availability, source: mail-outages, objective: at least 99.{n:02} %, per: month, minimum_coverage: 95 %}}"
    agreement = f"""\
---
title: Everything
type: sla
provider: messaging-team
customer: headquarters
services: [email]
version: "1.0"
from: 2025-01-01
time_zone: Europe/Berlin
signatures: [{{party: messaging-team, date: 2024-12-11}}, {{party: headquarters, date: 2024-12-15}}]
targets:
{chr(10).join(entry.format(n=number) for number in range(targets))}
---
"""
    site = site_of(write(tmp_path, {**FILES, "content/agreements/everything.md": agreement}))
    html = next(page.html for page in render(site).pages if page.url == "scorecards/everything/")

    assert len(html.encode()) < MOST_BYTES
    assert len(re.findall("<[a-z]", html)) < MOST_ELEMENTS - THEME
    assert html.count("<h2") == targets
    assert ("sb-chart-frame" in html) == (targets <= CHARTS_UP_TO)
