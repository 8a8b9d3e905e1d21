"""Whether a service runs now, and whether somebody answers, as the reader's own clock and its calendar tell."""

from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

# Desk telephones run Mon-Thu 08:30-12:30 and 13:00-17:30, Fri to 16:30; the desk answers Mon-Fri 07-19, Sat 08-13.
MOMENTS = {
    "2026-11-20T10:00Z": ["Open now until 12:30", "Help now until 19:00"],
    "2026-11-20T12:30Z": ["Closed now; opens Friday, 13:00", "Help now until 19:00"],
    "2026-11-20T20:00Z": ["Closed now; opens Monday, 08:30", "No help now; opens Saturday, 08:00"],
}


def visited_at(page: Page, moment: str) -> None:
    """Go to the page of the telephones with the reader's clock set."""
    then = datetime.fromisoformat(moment).timestamp() * 1000
    page.add_init_script(f"const ahead = {then} - Date.now(), now = Date.now; Date.now = () => now() + ahead;")
    page.get_by_role("link", name="Desk telephones").first.click()
    expect(page.locator("h1")).to_have_text("Desk telephones")


@pytest.mark.parametrize("moment", MOMENTS)
def test_open_and_closed(open_page: Open, moment: str) -> None:
    """Half-open hours: at 12:30 it is closed."""
    page = open_page("services/")
    visited_at(page, moment)

    expect(page.locator("[data-sb-open]")).to_have_text(MOMENTS[moment])


def test_an_old_page_says_nothing_of_now(open_page: Open) -> None:
    """The hours of sixteen days are known; later the page shows the week's hours alone."""
    page = open_page("services/")
    visited_at(page, "2027-01-04T10:00Z")

    expect(page.locator(".sb-open").first).to_contain_text("Mon–Thu 08:30–12:30")
    expect(page.locator("[data-sb-open]")).to_have_text(["", ""])


def test_day_and_night_needs_no_clock(open_page: Open) -> None:
    """What never closes says so; the hours of its help stand beside."""
    page = open_page("services/booking/", scripts=False)

    expect(page.locator(".sb-open")).to_contain_text(
        ["Open day and night", "Help: Mon–Sat 05:00–23:00, Sun 06:30–23:00"]
    )
