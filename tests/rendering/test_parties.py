"""The pages of parties: what a customer has at each site, what a unit owes, what stands on a supplier."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from html import unescape
from pathlib import Path

from servicebook.insight.metering import Metered, Satisfaction, ScoreMonth
from servicebook.rendering import Page, Site, render
from tests.rendering.catalogue import FILES, site_of, write


def words(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())


def party(site: Site, name: str) -> str:
    return words(next(made.html for made in render(site).pages if made.url == f"parties/{name}/"))


def test_a_customer_sees_what_was_promised_and_kept(page: Callable[[str], Page]) -> None:
    """Agreements with their ends and notice days, results by month, what is owed, what is due."""
    said = words(page("parties/headquarters/").html)

    assert "1 breached 1 met 1 agreement in force. In the newest finished periods: 1 breached." in said
    assert "E-mail for headquarters Messaging team · 31 December 2026; notice by 2 November 2026" in said
    assert "Credits of the newest finished periods Mail is usable E-mail for headquarters, October 2026 10 %" in said
    assert "What is due" in said


def test_levels_differ_by_site(tmp_path: Path) -> None:
    """An agreement that names a site comes before one for the whole customer; where nobody promises anything it says so."""
    sites = FILES["content/parties/headquarters.md"].replace(
        "sites: [{id: hq, title: Head office}]",
        "sites: [{id: hq, title: Head office}, {id: quay, title: Quay}]",
    )
    made = party(site_of(write(tmp_path, {**FILES, "content/parties/headquarters.md": sites})), "headquarters")

    assert (
        "Levels by site Service Head office Quay E-mail and calendar breached E-mail for headquarters nothing is promised"
        in made
    )


def test_a_provider_sees_what_stands_on_it(page: Callable[[str], Page]) -> None:
    """The network's operational level agreement carries the promise to headquarters."""
    said = words(page("parties/network-team/").html)

    assert "What stands on it E-mail for headquarters" in said


def test_needs_are_told_with_their_answers(page: Callable[[str], Page]) -> None:
    """What the promises say, not what somebody wrote once."""
    said = words(page("parties/headquarters/").html)

    assert re.search(r"Needs .* (must|should|could), (met|promised|planned|open|declined)", said)


def test_everybody_sees_how_content_the_users_of_their_services_are(site: Site) -> None:
    """The customer, and the team that the service belongs to; a party that has nothing to do with it doesn't."""
    answers = ScoreMonth(period="2026-10", finished=True, answers=19, mean=Fraction(43, 10), satisfied=None)
    asked = Metered(satisfactions={"email": Satisfaction(service="email", months=(answers,))})
    counted = replace(site, metered=asked)

    for name in ("headquarters", "messaging-team"):
        assert "Satisfaction E-mail and calendar October 2026: 4.3 on the mean of 19 answers." in party(counted, name)
    assert "19 answers" not in party(counted, "network-team")
