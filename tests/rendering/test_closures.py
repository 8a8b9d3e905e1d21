"""Closed periods on the pages: when each was closed, and every restatement with its reason."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from servicebook.model.published import PublishedPeriod, Restatement
from servicebook.rendering import Site, render

KEY = ("email-sla", "availability", "2026-10")
OLD = {"verdict": "met", "value": "0.9995", "numerator": None, "denominator": None, "credit": "0"}
NEW = {**OLD, "verdict": "breached", "value": "0.99832", "credit": "0.1"}


def words(site: Site, url: str, language: str = "en") -> str:
    """What a reader sees of a page when October was closed on 3 November and restated on the 12th."""
    restated = Restatement(
        agreement=KEY[0], target=KEY[1], period=KEY[2], why="Late rows", date="2026-11-12", old=OLD, new=NEW
    )
    october = PublishedPeriod(
        period="2026-10",
        path="data/published/2026-10.json",
        closed_at="2026-11-03T08:00:00Z",
        results={KEY: NEW},
        restatements=(restated,),
    )
    results = tuple(replace(r, closed=r.key == KEY) for r in site.results)
    pages = render(replace(site, language=language, published={"2026-10": october}, results=results)).pages
    html = next(page.html for page in pages if page.url == url)
    return " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())


def test_the_data_page_lists_closed_periods_and_corrections(site: Site) -> None:
    """Old and new figure with their verdicts, the reason and its day."""
    said = words(site, "data/")

    assert "October 2026 3 November 2026 1 Mail is usable E-mail for headquarters, 12 November 2026" in said
    assert "99.95 % met → 99.832 % breached Late rows" in said


def test_the_scorecard_says_when_its_month_was_closed(site: Site) -> None:
    """At the top, and behind the figure with the correction."""
    said = words(site, "scorecards/email-sla/")

    assert said.index("Closed on 3 November 2026") < said.index("because:")
    assert "Restated on 12 November 2026, met (99.95 %) before, breached (99.832 %) now: Late rows" in said


def test_a_german_scorecard_says_so_in_german(site: Site) -> None:
    said = words(site, "scorecards/email-sla/", "de")

    assert "Abgeschlossen am 3. November 2026: Die Zahl ist veröffentlicht" in said
    assert "Berichtigt am 12. November 2026, vorher eingehalten (99,95 %), jetzt verletzt (99,832 %): Late rows" in said


def test_home_tells_of_both(site: Site) -> None:
    """Among what happened lately."""
    said = words(site, "")

    assert "3 Nov October 2026 was closed" in said
    assert "12 Nov Mail is usable : restated, 99.95 % → 99.832 % E-mail for headquarters, October 2026" in said


def test_without_a_closed_period_nothing_is_said(site: Site) -> None:
    """No heading for nothing."""
    html = next(page.html for page in render(site).pages if page.url == "data/")

    assert "Closed periods" not in html
