"""Scorecards in a browser: what scripts add to charts, and links that lead to workings."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Open

CARD = "scorecards/passenger-sla/"
TARGET = "scorecards/passenger-sla/booking/"


def test_a_chart_tells_its_points(open_page: Open) -> None:
    """Under the pointer and by arrow keys: period, figure and verdict; gone again with Escape."""
    page = open_page(CARD)
    chart = page.locator("[data-sb-chart]").first
    tip = chart.locator(".sb-tip")

    expect(tip).to_be_hidden()
    chart.focus()
    page.keyboard.press("ArrowRight")
    expect(tip).to_have_text(re.compile(r"^November 2026: [\d.]+\s%, (on track|at risk|breached)$"))
    page.keyboard.press("ArrowLeft")
    expect(tip).to_have_text(re.compile(r"^October 2026: [\d.]+\s%, met$"))
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()

    chart.scroll_into_view_if_needed()
    chart.hover()
    expect(tip).to_have_text(re.compile(r"^\w+ 202[56]: "))


def test_a_period_leads_to_its_working(open_page: Open) -> None:
    """From the scorecard's cell to the target's page, where the working is open."""
    page = open_page(CARD)

    page.locator('[id="booking-2026-02"] a').click()

    expect(page).to_have_url(re.compile(rf"{TARGET}#2026-02$"))
    working = page.locator('[id="2026-02"]')
    expect(working).to_be_visible()
    expect(working).to_contain_text("verdict")


def test_the_address_of_a_working_opens_it(open_page: Open) -> None:
    """That of the newest finished period lies on the scorecard, folded until it is asked for."""
    page = open_page("scorecards/email-sla/")
    expect(page.locator('[id="mail-2026-10"]')).to_be_hidden()

    page.goto(page.url + "#mail-2026-10")

    expect(page.locator('[id="mail-2026-10"]')).to_be_visible()


def test_the_range_of_a_chart_can_be_chosen(open_page: Open) -> None:
    """The newest periods or all of them; without scripts both are there."""
    page = open_page(TARGET)
    newest, everything = page.locator("[data-sb-range]").all()

    expect(everything).to_be_hidden()
    page.get_by_role("button", name="All periods").click()
    expect(everything).to_be_visible()
    expect(newest).to_be_hidden()
    expect(page.get_by_role("button", name="All periods")).to_have_attribute("aria-pressed", "true")

    still = open_page(TARGET, scripts=False)
    assert [chart.is_visible() for chart in still.locator("[data-sb-range]").all()] == [True, True]


def test_tables_of_periods_begin_at_the_newest(open_page: Open) -> None:
    """On a phone the table is wider than its frame: it is scrolled to the newest period."""
    page = open_page(CARD, width="phone")
    frame = page.locator(".sb-newest").first

    width, seen = frame.evaluate("each => [each.scrollWidth, each.clientWidth + each.scrollLeft]")

    assert width > page.viewport_size["width"] if page.viewport_size else False
    assert abs(width - seen) <= 1


def test_charts_or_tables_can_be_chosen(open_page: Open) -> None:
    """Both, or one of them; the choice stays for every scorecard, and paper has both."""
    page = open_page(CARD)
    chart, table = page.locator(".sb-plot").first, page.locator(".sb-table").first
    views = page.get_by_role("group", name="Show")

    views.get_by_role("button", name="tables", exact=True).click()
    expect(chart).to_be_hidden()
    expect(table).to_be_visible()
    page.goto(page.url.replace(CARD, TARGET))
    expect(page.locator(".sb-plot").first).to_be_hidden()
    expect(views.get_by_role("button", pressed=True).first).to_have_text("tables")

    views.get_by_role("button", name="charts", exact=True).click()
    expect(page.locator(".sb-plot").first).to_be_visible()
    expect(page.locator(".sb-table").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".sb-table").first).to_be_visible()


def test_what_is_far_down_can_be_reached(open_page: Open) -> None:
    """Blocks are laid out as they are scrolled to; a link to the last target leads there all the same."""
    page = open_page(CARD)
    page.locator(".sb-contents a").last.click()
    heading = page.locator(".sb-block h2").last

    expect(heading).to_be_in_viewport()
    width, seen = page.locator(".sb-newest").last.evaluate(
        "each => [each.scrollWidth, each.clientWidth + each.scrollLeft]"
    )
    assert abs(width - seen) <= 1


def test_the_budget_burns_down_in_view(open_page: Open) -> None:
    """The present month's course ends today: what lies ahead is left open."""
    page = open_page(CARD)
    courses = page.locator("#booking").locator("xpath=ancestor::section").locator(".sb-burn")

    expect(courses).to_have_count(2)
    whole, so_far = (each.locator(".sb-trend").evaluate("path => path.getBBox().width / 10") for each in courses.all())
    assert round(whole) == 100
    assert 60 < so_far < 70


def test_a_cell_of_the_heatmap_says_what_it_stands_for(open_page: Open) -> None:
    """Under the pointer and where the keyboard is, until the reader goes on or presses Escape."""
    page = open_page("scorecards/")
    cell, saying = page.locator(".sb-heat .sb-cell.sb-is-breached").first, page.locator(".sb-floating")
    words = cell.get_attribute("aria-label") or ""
    expect(saying).to_be_hidden()

    cell.hover()
    expect(saying).to_have_text(words)
    page.locator("h1").hover()
    expect(saying).to_be_hidden()

    cell.focus()
    expect(saying).to_be_visible()
    page.keyboard.press("Escape")
    expect(saying).to_be_hidden()


def test_what_a_cell_says_stays_on_a_narrow_page(open_page: Open) -> None:
    """The newest month lies at the right edge."""
    page = open_page("scorecards/", width="narrow")
    page.locator(".sb-heat .sb-cell").last.focus()
    box = page.locator(".sb-floating").bounding_box()

    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
