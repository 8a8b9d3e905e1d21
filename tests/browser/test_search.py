"""The search in a browser: what readers type leads to the page that they mean."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Open

# What somebody types, the address that is among the first three results, and its title.
ASKED = {
    "booking": ("services/booking/", "Booking and tickets"),
    "Outlook": ("services/email/", "Mail and calendar"),
    "shared drive": ("services/file-storage/", "File storage"),
    "password": ("services/identity/", "Sign-in"),
    "Northlight": ("agreements/hosting-uc/", "Hosting at Northlight"),
    "Passengers can book": ("agreements/passenger-sla/", "Passengers can book"),
    "freight": ("parties/freight/", "Freight"),
    "error budget": ("method/", "Error budget"),
    "coverage": ("method/", "Coverage"),
}


def test_what_readers_type_is_found(open_page: Open) -> None:
    """Services by name and by other words, agreements, targets, customers, terms of the trade: each with its title."""
    page = open_page("")
    field = page.locator("[data-md-component=search-query]")
    field.click()
    for words, (address, title) in ASKED.items():
        field.fill("")
        field.press_sequentially(words)
        nearest = page.locator(".md-search-result__item:nth-child(-n+3)")
        found = nearest.filter(has=page.locator(f"a[href*='{address}']")).first
        expect(found, words).to_be_visible()
        expect(found.locator("h1, h2").filter(has_text=re.compile(title)).first, words).to_be_visible()


def test_the_way_from_the_home_page(open_page: Open) -> None:
    """The large field opens the search, and the first result leads to its page."""
    page = open_page("", width="phone")
    page.get_by_role("button", name="Search services").click()
    page.keyboard.type("wifi")
    page.locator(".md-search-result__link").first.click()

    expect(page).to_have_url(re.compile(r"/services/onboard-wifi/"))
