"""How a draft's promises would have fared, on its page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from servicebook.rendering import Page, render

from .catalogue import FILES, site_of, write
from .test_due import words

DRAFT = "content/agreements/archive-sla.md"
LAST = "objective: at least 99 %, per: month}"


def section(root: Path, target: str) -> str:
    """The section of back-tests, where the draft's one target is another."""
    text = FILES[DRAFT].replace(
        "{id: availability, measure: availability, source: mail-outages, objective: at least 99 %, per: month}", target
    )
    site = site_of(write(root, {**FILES, DRAFT: text}))
    html = next(made.html for made in render(site).pages if made.url == "agreements/archive-sla/")
    return words(html.partition('id="back-test"')[2].partition('<h2 id="')[0])


def test_sentences_come_first(page: Callable[[str], Page]) -> None:
    """The source vouches for the months from January to October; October had 75 minutes of faults and 40 of maintenance."""
    html = page("agreements/archive-sla/").html
    said = words(html.partition('id="back-test"')[2].partition('<h2 id="')[0])

    assert "On the last 10 months 99 % would have been met in all, and so would 99.74 %." in said
    assert "Proposed: Usable at least 99 % of all time each month. Measured: from 99.74 % to 100.00 %." in said
    assert "all 10 months 99.74 % 95 % of them 99.74 % 90 % of them 99.97 %" in said
    assert 'class="sb-strip"' in html


def test_a_level_that_was_missed_stands_beside_one_that_would_have_been_met(tmp_path: Path) -> None:
    """Nine of ten months; one decimal more than the author wrote."""
    said = section(
        tmp_path, "{id: a, measure: availability, source: mail-outages, objective: at least 99.95 %, per: month}"
    )

    assert "On the last 10 months 99.95 % would have been met in 9. 99.742 % would have been met in all." in said
    assert "October 2026 99.74 % breached" in said


def test_an_upper_limit_is_said_as_one(tmp_path: Path) -> None:
    """Times as times, rounded up: what was used is never understated."""
    said = section(
        tmp_path, "{id: a, measure: longest outage, source: mail-outages, objective: at most 30 min, per: month}"
    )

    assert (
        "On the last 10 months at most 30 min would have been met in 9. At most 55 min would have been met in all."
        in said
    )
    assert "Measured: from 0 min to 55 min." in said


def test_counts_have_no_decimals(tmp_path: Path) -> None:
    said = section(tmp_path, "{id: a, measure: outage count, source: mail-outages, objective: at most 0, per: year}")

    assert "no finished period lies wholly within what the source vouches for" in said
    said = section(tmp_path, "{id: a, measure: outage count, source: mail-outages, objective: below 1, per: quarter}")
    assert "On the last 3 quarters below 1 would have been met in 2. At most 1 would have been met in all." in said


def test_windows_are_named_by_their_length(tmp_path: Path) -> None:
    said = section(
        tmp_path, "{id: a, measure: availability, source: mail-outages, objective: at least 99 %, per: rolling 30 days}"
    )

    assert "On the last 10 windows of 30 days 99 % would have been met in all, and so would" in said


def test_what_cannot_be_judged_is_said(tmp_path: Path) -> None:
    """Months without an outage have no time to restore: they are counted apart."""
    said = section(tmp_path, "{id: a, measure: MTRS, source: mail-outages, objective: at most 1 h, per: month}")

    assert "would have been met in all, and so would at most" in said
    assert "more could not be judged." in said


def test_without_a_source_it_cannot_be_tried(tmp_path: Path) -> None:
    assert "It can't be tried: the target has no source yet." in section(
        tmp_path, "{id: a, measure: availability, objective: at least 99 %, per: month}"
    )
