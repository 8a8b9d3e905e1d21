"""What the search of the demonstration holds, and that it holds nothing that a page doesn't show."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests import demonstration

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demonstration")]


@pytest.fixture(scope="module")
def entries() -> list[dict[str, Any]]:
    """Everything that is indexed."""
    text = (demonstration.site() / "search" / "search_index.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)["docs"]
    return found


def words(html: str) -> list[str]:
    return re.findall(r"\w+", unescape(re.sub("<[^>]+>", " ", html)))


def shown(site: Path, location: str) -> set[str]:
    """Every word of a page."""
    page = site / location.partition("#")[0] / "index.html"
    return set(words(page.read_text(encoding="utf-8").partition("<body")[2]))


def test_every_target_has_an_entry_with_its_name(entries: list[dict[str, Any]]) -> None:
    """A target is found by its title, where it is promised, with its sentence."""
    entry = next(each for each in entries if each["location"] == "agreements/passenger-sla/#booking")

    assert entry["title"] == "Passengers can book"
    assert "99.7" in entry["text"]


def test_services_are_found_by_other_words(entries: list[dict[str, Any]]) -> None:
    """`synonyms: [Outlook, e-mail, inbox]`; a service comes before what was promised of it, breaches come last."""
    found = {each["location"]: each for each in entries}

    assert "Outlook" in found["services/email/"]["text"]
    assert found["services/email/"]["boost"] > found["agreements/email-sla/"]["boost"] > 1


def test_nothing_is_found_that_no_page_shows(entries: list[dict[str, Any]]) -> None:
    """Each word of each entry stands on its page."""
    site = demonstration.site()
    pages: dict[str, set[str]] = {}
    hidden = []
    for entry in entries:
        page = entry["location"].partition("#")[0]
        if page not in pages:
            pages[page] = shown(site, page)
        lacking = [word for word in words(f"{entry['title']} {entry['text']}") if word not in pages[page]]
        if lacking:
            hidden.append(f"{entry['location']}: {lacking[:5]}")

    assert hidden == []


def test_figures_and_workings_are_not_indexed(entries: list[dict[str, Any]]) -> None:
    """A scorecard is found by its name and its first sentence, a target's page not at all."""
    sections = [each["location"] for each in entries if each["location"].startswith("scorecards/")]

    assert "scorecards/passenger-sla/" in {location.partition("#")[0] for location in sections}
    assert not [location for location in sections if location.count("/") > 2]
    longest = max(len(each["text"]) for each in entries if each["location"].startswith(("scorecards/", "breaches/", "support/")))
    assert longest < 600
