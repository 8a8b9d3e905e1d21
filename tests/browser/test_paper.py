"""Printed pages: on A4, read back from the PDF that the browser makes of them."""

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Open

SIGNED, NEGOTIATED, CARD = "agreements/passenger-sla/", "agreements/crew-sla/", "scorecards/passenger-sla/"


def sheets(page: Page) -> list[str]:
    """The words of each sheet that a page is printed on, with single spaces."""
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    for sheet in printed.pages:
        # A4 in points, give or take the rounding.
        assert (float(sheet.mediabox.width), float(sheet.mediabox.height)) == pytest.approx((595, 842), abs=1)
    return [" ".join(sheet.extract_text().split()) for sheet in printed.pages]


@pytest.mark.parametrize("address", [SIGNED, CARD, "scorecards/", "services/email/"])
def test_each_sheet_says_what_it_belongs_to(open_page: Open, address: str) -> None:
    """Its name, its day and its number: sheets that come apart can be put together again."""
    page = open_page(address, scripts=False)
    line = " ".join((page.locator(".sb").get_attribute("data-sb-running") or "").split())
    printed = sheets(page)

    assert re.search(r" · As of 20 November 2026, 00:00 (London time|UTC)( · revision [0-9a-f]{12})?$", line)
    for number, sheet in enumerate(printed, 1):
        # A long line is broken.
        assert line.replace(" ", "") in sheet.replace(" ", "")
        assert f"{number} / {len(printed)}" in sheet


def test_a_report_on_its_own_says_it_too(open_page: Open) -> None:
    """It has no line of the site at its foot, and is printed for meetings."""
    page = open_page("reports/passenger-sla-2026-10.html")
    line = page.locator("html").get_attribute("data-sheet") or ""
    printed = sheets(page)

    assert "Booking and boards for Passenger Services, version 1.4" in line
    for number, sheet in enumerate(printed, 1):
        assert "".join(line.split()) in sheet.replace(" ", "")
        assert f"{number} / {len(printed)}" in sheet


def test_a_sheet_names_the_version(open_page: Open) -> None:
    """Of an agreement and of its scorecard: two versions must not be mixed up."""
    for address, named in (
        (SIGNED, "Booking and boards for Passenger Services, version 1.4 · "),
        (CARD, "Scorecard: Booking and boards for Passenger Services, version 1.4 · "),
    ):
        assert (open_page(address).locator(".sb").get_attribute("data-sb-running") or "").startswith(named)


def test_the_line_of_a_sheet_follows_the_reader(open_page: Open) -> None:
    """The theme changes pages without loading them anew; an author's own page has no line of ours."""
    page = open_page(SIGNED)
    root = page.locator("html")
    page.get_by_role("link", name="scorecard", exact=True).click()
    expect(root).to_have_attribute("data-sb-running", re.compile("^Scorecard: Booking"))
    page.goto(page.url.replace(CARD, "about-the-figures/"))

    expect(root).to_have_attribute("data-sb-running", "")


def test_a_printed_agreement_holds_terms_and_no_results(open_page: Open) -> None:
    """What both sides sign doesn't change with next month's figures, nor with the calendar of planned work."""
    whole = " ".join(sheets(open_page(SIGNED)))

    for term in ("Passengers can book", "Usable at least 99.7 %", "Service credits", "Who does what", "Further terms"):
        assert term in whole
    for result in ("Announced work", "breached", "What stands behind it", "Above what is allowed", "calendar program"):
        assert result not in whole


def test_a_printed_draft_can_be_signed(open_page: Open) -> None:
    """The talks about it, back-tests and needs stay on the screen; lines to sign stand below all terms."""
    page = open_page(NEGOTIATED)
    expect(page.locator("#timetable")).to_be_visible()
    expect(page.locator("#back-test")).to_be_visible()
    whole = " ".join(sheets(page))

    assert "Timetable of the negotiation" not in whole
    assert "How it would have gone" not in whole
    assert whole.index("What is promised") < whole.index("Further terms") < whole.index("Signatures and dates")


def test_signatures_stand_on_one_sheet(open_page: Open) -> None:
    """Both sides, with the heading and the dates: a lone signature belongs to nothing."""
    [signed] = [sheet for sheet in sheets(open_page(SIGNED)) if "Signatures and dates" in sheet]

    for part in ("(provider)", "(customer)", "10 December 2024", "12 December 2024", "Last day to give notice"):
        assert part in signed


def test_a_printed_scorecard_is_whole(open_page: Open) -> None:
    """Figures, verdicts with their words, tables and the working, whatever the reader chose to see on the screen."""
    page = open_page("scorecards/email-sla/")
    page.get_by_role("button", name="charts", exact=True).click()
    whole = " ".join(sheets(page))

    for part in ("nothing to judge", "What happened in October 2026", "Downtime budget", "744 h 47 min", "sha256"):
        assert part in whole
    assert "charts and tables" not in whole


def test_paper_is_light_whatever_the_scheme(open_page: Open) -> None:
    """Who reads in the dark prints black on white."""
    page = open_page(SIGNED, scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")

    assert page.locator(".sb h1").evaluate("each => getComputedStyle(each).color") == "rgb(22, 25, 29)"
    assert page.locator("body").evaluate("each => getComputedStyle(each).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )
    expect(page.locator(".sb-target .sb-figure").first).to_be_hidden()


def test_paper_says_hours_and_not_whether_it_is_open_now(open_page: Open) -> None:
    """What holds for minutes has no place on a sheet."""
    whole = " ".join(sheets(open_page("services/email/")))

    assert "Help: Mon" in whole
    assert not re.search(r"Help now|No help now", whole)
