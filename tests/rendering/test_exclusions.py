"""Exclusions on an agreement's page, with the day on which everybody could first read of them."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from servicebook.model.history import FirstCommits, Unknown
from servicebook.model.measurement import Outage
from servicebook.rendering import Site, render
from servicebook.source import Position

from .catalogue import at

KEY = ("email-sla", at("2026-12-03T09:00Z"), at("2026-12-03T11:30Z"))
"""Written as `{start: "2026-12-03T10:00+01:00", end: "2026-12-03T12:30+01:00", …, declared: 2026-11-03}`."""


def row(site: Site, first: int | Unknown | None) -> str:
    """The row of the power cut, given when it was first committed."""
    commits = FirstCommits() if first is None else FirstCommits(exclusions={KEY: first})
    pages = render(replace(site, commits=commits)).pages
    html = next(page.html for page in pages if page.url == "agreements/email-sla/")
    line = next(line for line in html.splitlines() if "Power cut" in line and "<tr" in line)
    return " ".join(unescape(re.sub("<[^>]+>", " ", line)).split())


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (at("2026-11-04T08:00Z"), "3 November 2026 4 November 2026"),
        (at("2026-11-10T22:59Z"), "3 November 2026 10 November 2026"),
        (at("2026-11-10T23:00Z"), "3 November 2026 11 November 2026 8 days after it was declared"),
        (Unknown.NOT_COMMITTED, "3 November 2026 not committed yet"),
        (Unknown.CUT, "3 November 2026 unknown: the history that was at hand begins later"),
        (None, "3 November 2026 unknown: no history was at hand"),
    ],
)
def test_the_first_commit_stands_beside_the_declaration(site: Site, first: int | Unknown | None, said: str) -> None:
    """Days are those of the agreement's zone (Berlin); late is more than seven days; what isn't known says why."""
    assert row(site, first).endswith(said)


WORK = Outage(
    start=at("2026-10-11T00:00Z"),
    end=at("2026-10-11T00:40Z"),
    planned=True,
    announced=at("2026-10-01T08:00Z"),
    origin=Position("data/metrics/mail-outages/2026.csv", 7),
)


@pytest.mark.parametrize(
    ("committed", "said"),
    [
        (at("2026-10-01T09:00Z"), "1 October 2026"),
        (at("2026-10-11T00:01Z"), "11 October 2026 after it began"),
        (Unknown.NOT_TEXT, "unknown: the file isn't text"),
    ],
)
def test_announced_work_says_when_its_row_was_committed(site: Site, committed: int | Unknown, said: str) -> None:
    """A row that came after the work had begun announced nothing to anybody."""
    commits = FirstCommits(rows={(WORK.origin.path, WORK.origin.line): committed})
    pages = render(replace(site, commits=commits, announced={"email-sla": (WORK,)})).pages
    html = next(page.html for page in pages if page.url == "agreements/email-sla/")
    shown = " ".join(unescape(re.sub("<[^>]+>", " ", html.partition("Announced work, lately")[2])).split())

    assert (
        f"11 October 2026, 02:00 Berlin time 11 October 2026, 02:40 Berlin time 1 October 2026, 10:00 Berlin time {said}"
        in shown
    )
