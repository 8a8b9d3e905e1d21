"""Lists that can be filtered: by keyboard, with the choice in the address; whole without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open


def shown(page: Page) -> list[str]:
    """The titles of the rows that are in view."""
    return [row.inner_text() for row in page.locator("[data-sb-row]:visible th a").all()]


def test_services_are_filtered_by_words_and_choices(open_page: Open) -> None:
    """Groups without a row go too; the count is told, and one button shows everything again."""
    page = open_page("services/")
    everything = shown(page)

    page.locator("select[name=stage]").select_option("pilot")
    assert shown(page) == ["Crew rosters on the telephone"]
    expect(page.locator("[data-sb-filters] [role=status]")).to_have_text(f"1 of {len(everything)} shown")
    expect(page.get_by_role("heading", name="Foundations")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"\?stage=pilot$"))

    page.get_by_role("button", name="Show all").click()
    assert shown(page) == everything
    expect(page).to_have_url(re.compile("/services/$"))

    page.locator("input[name=find]").fill("ticket crossing")
    assert shown(page) == ["Booking and tickets"]


@pytest.mark.parametrize(
    ("address", "titles"),
    [
        ("services/?customer=freight&category=Freight", ["Cargo lists"]),
        ("agreements/?state=notice+due", ["File storage for the head office"]),
        ("agreements/?find=sundcom", ["Lines to the islands, Sundcom"]),
        ("scorecards/?service=freight-manifest", ["Cargo lists for Freight", "Servers and sign-in"]),
    ],
)
def test_an_address_brings_its_choice(open_page: Open, address: str, titles: list[str]) -> None:
    """A filtered list can be passed on."""
    found = shown(open_page(address))

    assert titles[0] in found
    assert len(found) <= len(titles)


def test_months_can_be_limited(open_page: Open) -> None:
    """The newest three, with their heads."""
    page = open_page("scorecards/?period=3")

    assert page.locator(".sb-heat thead th:visible").count() == 4
    assert page.locator(".sb-heat tbody tr").first.locator("td:visible").count() == 3


def test_filters_work_by_keyboard(open_page: Open) -> None:
    """Tab leads to the first choice, arrows change it."""
    page = open_page("services/")
    before = len(shown(page))

    page.locator("[data-sb-filters] select").first.focus()
    page.keyboard.press("ArrowDown")

    expect(page).to_have_url(re.compile(r"\?category="))
    assert len(shown(page)) < before


@pytest.mark.parametrize("name", ["services/", "agreements/", "scorecards/"])
def test_without_scripts_everything_is_there(open_page: Open, name: str) -> None:
    """No empty control, and every row."""
    still = open_page(name, scripts=False)

    expect(still.locator("[data-sb-filters]")).to_be_hidden()
    assert len(shown(still)) == len(shown(open_page(name)))
