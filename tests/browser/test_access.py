"""Every type of page for everybody: checked by axe-core, by keyboard, narrow, enlarged, and without moving under the reader."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.page_types import addresses
from tests.browser.test_pages import overflow

TYPES = list(addresses())
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
MOST_SHIFT = 0.02


@pytest.mark.parametrize("name", TYPES)
def test_a_page_is_for_everybody(open_page: Open, name: str) -> None:
    """WCAG 2.2 AA and good practice; nothing moves while it loads; at 200 % nothing scrolls sideways but tables in their frame."""
    page = open_page(addresses()[name])

    assert shift(page) <= MOST_SHIFT
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 640, "height": 450})
    assert overflow(page) == []


@pytest.mark.parametrize("name", TYPES)
def test_a_narrow_page_in_the_dark_is_for_everybody(open_page: Open, name: str) -> None:
    """The same rules at 320 pixels in the other colour scheme."""
    found = Axe().run(open_page(addresses()[name], scheme="dark", width="narrow"), options=RULES)

    assert found.violations_count == 0, found.generate_report()


def test_axe_finds_nothing_in_an_open_search(open_page: Open) -> None:
    """With results in view."""
    page = open_page("")
    page.keyboard.press("/")
    page.locator('input[name="query"]').press_sequentially("mail")
    page.locator(".md-search-result__link").first.wait_for()

    found = Axe().run(page, options=RULES)

    assert found.violations_count == 0, found.generate_report()


def shift(page: Page) -> float:
    """How far the layout shifted while the page loaded: the sum of what the browser measured."""
    moved: float = page.evaluate(
        """() => new Promise(done => {
          let total = 0;
          new PerformanceObserver(list => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) total += entry.value;
          }).observe({type: 'layout-shift', buffered: true});
          setTimeout(() => done(total), 300);
        })"""
    )
    return moved


def focused(page: Page) -> dict[str, object]:
    """What has the focus: its name, whether a ring or the like shows it, and whether it is in view."""
    found: dict[str, object] = page.evaluate(
        """() => {
          const each = document.activeElement, style = getComputedStyle(each), box = each.getBoundingClientRect();
          // The theme hides the buttons that switch its colours behind their labels.
          const label = each.matches('.md-option') ? each.nextElementSibling : null;
          const shown = label ? getComputedStyle(label) : style;
          if (label) return {tag: each.tagName, words: '', ring: shown.outlineStyle !== 'none', seen: true};
          const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
          const at = document.elementsFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, 20) / 2)
            .find(one => !one.closest('.md-tooltip'));
          return {tag: each.tagName, words: each.textContent.trim().slice(0, 40), ring: ring || style.boxShadow !== 'none',
                  seen: !!at && (each.contains(at) || at.contains(each))};
        }"""
    )
    return found


@pytest.mark.parametrize("name", ["home", "services/*", "scorecards/*", "agreements/*"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(open_page: Open, name: str) -> None:
    """The first stop skips to the content; every stop has a visible focus and isn't hidden under the header."""
    page = open_page(addresses()[name])

    page.keyboard.press("Tab")
    assert "Skip" in str(focused(page)["words"])
    hidden = []
    for _ in range(30):
        page.keyboard.press("Tab")
        each = focused(page)
        if each["tag"] != "BODY" and not (each["ring"] and each["seen"]):
            hidden.append(each)
    assert hidden == []


def test_shapes_remain_where_colours_are_forced(open_page: Open) -> None:
    """Readers who choose their own colours still tell the verdicts apart."""
    page = open_page("scorecards/")
    page.emulate_media(forced_colors="active")

    shapes = page.locator(".sb-heat .sb-shape:visible")

    assert shapes.count() > 10
    assert page.locator(".sb-legend .sb-badge:visible").count() == 7
