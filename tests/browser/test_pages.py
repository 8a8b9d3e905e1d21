"""The demonstration's pages in a browser: each kind, at each width, in both colour schemes."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import demonstration
from tests.browser.conftest import Open


def first(kind: str) -> str:
    """The address of the first thing of a kind."""
    return f"{kind}/{min(file.stem for file in (demonstration.ROOT / 'content' / kind).rglob('*.md'))}/"


def a_scorecard() -> str:
    """The address of the first scorecard; old addresses lead to others."""
    files = (demonstration.ROOT / "content" / "agreements").rglob("*.md")
    return min(
        f"scorecards/{file.stem}/" for file in files if (demonstration.site() / "scorecards" / file.stem).is_dir()
    )


PAGES = {
    "home": lambda: "",
    "services": lambda: "services/",
    "service": lambda: first("services"),
    "agreements": lambda: "agreements/",
    "agreement": lambda: first("agreements"),
    "scorecards": lambda: "scorecards/",
    "scorecard": a_scorecard,
    "target": lambda: "scorecards/passenger-sla/booking/",
    "party": lambda: first("parties"),
    "data": lambda: "data/",
    "method": lambda: "method/",
    "ordinary": lambda: "about-the-figures/",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", ["desktop", "phone", "narrow"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_a_fault(open_page: Open, name: str, width: str, scheme: str) -> None:
    """One heading, the reader's colour scheme, nothing scrolls sideways, no error, no other host."""
    page = open_page(PAGES[name](), width=width, scheme=scheme)

    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate" if scheme == "dark" else "default")
    assert overflow(page) == []


def overflow(page: Page) -> list[str]:
    """Elements that make the page scroll sideways."""
    found: list[str] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.querySelectorAll('body *')]
            .filter(each => each.getBoundingClientRect().right > width + 1 && getComputedStyle(each).position !== 'fixed')
            .slice(0, 5).map(each => each.tagName + '.' + each.className);
        }"""
    )
    return found


@pytest.mark.parametrize("name", ["service", "agreement", "scorecard"])
def test_a_page_says_everything_without_scripts(open_page: Open, name: str) -> None:
    """Scripts add choice, not content."""
    with_scripts = open_page(PAGES[name]()).locator("article h2").all_inner_texts()
    without = open_page(PAGES[name](), scripts=False).locator("article h2").all_inner_texts()

    assert without
    assert [text.strip("¶ \n") for text in without] == [text.strip("¶ \n") for text in with_scripts]


def test_the_search_finds_a_service(open_page: Open) -> None:
    """Its worker runs under the policy too."""
    page = open_page("")
    title = (demonstration.ROOT / "content" / f"{first('services').rstrip('/')}.md").read_text(encoding="utf-8")
    named = re.search(r"^title: (.+)$", title, re.MULTILINE)
    assert named is not None

    page.locator('label[for="__search"]:visible, input[name="query"]:visible').first.click()
    page.locator('input[name="query"]').press_sequentially(named[1])  # the theme listens to keys

    expect(page.locator(".md-search-result__link").first).to_have_attribute("href", re.compile(first("services")))


def test_the_colour_scheme_can_be_chosen(open_page: Open) -> None:
    """And is remembered on the next page."""
    page = open_page("services/")

    page.locator('label[for^="__palette"]:visible').click()
    chosen = page.locator("body").get_attribute("data-md-color-scheme")
    page.goto(page.url.replace("services/", "agreements/"))

    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", str(chosen))


def test_the_tab_leads_to_the_scorecards(open_page: Open) -> None:
    """And is marked there."""
    page = open_page("")

    page.locator(".md-tabs__link", has_text="Scorecards").click()

    expect(page).to_have_url(re.compile("/scorecards/$"))
    expect(page.locator(".md-tabs__item--active")).to_have_text(re.compile("Scorecards"))


def test_the_edit_button_leads_to_the_file(open_page: Open) -> None:
    """Of the agreement that a scorecard is made from."""
    page = open_page(a_scorecard())

    agreement = a_scorecard().split("/")[1]
    expect(page.locator('a[rel="edit"]')).to_have_attribute(
        "href", re.compile(rf"/content/agreements/(.*/)?{agreement}\.md$")
    )
