"""Pages that look across services and parties: cost, capacity and satisfaction, the portfolio, a customer's own page."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open


def test_a_column_tells_its_month_by_arrow_keys(open_page: Open) -> None:
    """What the pointer shows the keyboard shows too; the newest month comes first."""
    page = open_page("costs/")
    chart = page.locator("[data-sb-chart]").first
    told = chart.locator(".sb-tip")
    chart.focus()
    page.keyboard.press("ArrowLeft")
    newest = told.inner_text()
    page.keyboard.press("ArrowLeft")

    assert re.match(r"\w{3} 2026: £", newest.replace("\u00a0", " "))
    expect(told).not_to_have_text(newest)
    expect(chart.locator(".sb-chosen")).to_have_count(1)


@pytest.mark.parametrize("address", ["costs/", "capacity/", "satisfaction/"])
def test_the_figures_behind_a_drawing_stand_in_a_table(open_page: Open, address: str) -> None:
    """Folded away, opened by keyboard, whole without scripts; the newest month stands on top."""
    page = open_page(address, scripts=False)
    months = page.locator("details").first
    months.locator("summary").press("Enter")

    expect(months.locator("tbody th").first).to_contain_text("Nov 2026")
    assert months.locator("tbody tr").count() == 25


def test_a_phone_shows_the_newest_months_first(open_page: Open) -> None:
    """The drawing is wider than the screen and stands scrolled to its end; only its frame scrolls."""
    page = open_page("capacity/", width="phone")
    frame = page.locator(".sb-metered .sb-frame").first
    hidden, scrolled = frame.evaluate("each => [each.scrollWidth - each.clientWidth, each.scrollLeft]")

    assert hidden > 0
    assert abs(hidden - scrolled) <= 1


def test_a_capacity_says_when_it_is_reached(open_page: Open) -> None:
    """In a sentence with its range, and at the end of the trend."""
    page = open_page("capacity/")
    block = page.locator(".sb-block", has=page.locator("#email"))

    expect(block).to_contain_text(re.compile(r"the capacity is reached in \w+ 20\d\d \(between .+ and .+\)"))
    expect(block.get_by_text("present trend")).to_be_visible()
    reached = re.search(r"reached in (\w{3})\w* 20(\d\d) \(", block.inner_text())
    assert reached is not None
    expect(block.locator("svg")).to_contain_text(f"{reached[1]} {reached[2]}")


def test_the_portfolio_runs_from_proposal_to_retirement(open_page: Open) -> None:
    """Six stages side by side at a desk, each with its services and their days."""
    page = open_page("portfolio/")
    stages = page.locator(".sb-board h3")

    assert [words.split()[0] for words in stages.all_inner_texts()] == [
        "Proposed", "Planned", "Pilot", "Live", "Retiring", "Retired",
    ]  # fmt: skip
    tops = {round(stage.bounding_box()["y"]) for stage in stages.all() if stage.bounding_box()}
    assert len(tops) == 1
    expect(page.locator(".sb-board")).to_contain_text("live from 1 February 2027")


def test_a_customer_finds_everything_on_one_page(open_page: Open) -> None:
    """Levels by site, results, satisfaction, needs, what is due, whom to ask; each leads on."""
    page = open_page("parties/passenger-services/")
    for heading in ("Levels by site", "How they were kept", "Satisfaction", "Needs", "What is due", "Contacts"):
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^Departure boards"))).to_contain_text(
        "Booking and boards on the islands"
    )

    page.locator("#satisfaction + ul a").first.click()
    expect(page).to_have_url(re.compile(r"/satisfaction/#service-desk$"))
    expect(page.locator("#service-desk")).to_be_in_viewport()
