"""Which language a generated page is in, and what declares another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from servicebook import texts
from servicebook.rendering import Page, Site, render
from servicebook.rendering.templating import environment


def pages(site: Site, language: str) -> dict[str, Page]:
    return {page.url: page for page in render(replace(site, language=language)).pages}


@pytest.mark.parametrize(("language", "declared"), [("en", ""), ("de", ""), ("de-AT", ""), ("fr", ' lang="en"')])
def test_a_page_declares_its_language_where_the_sites_is_not_offered(site: Site, language: str, declared: str) -> None:
    """The theme says `lang="fr"` for the whole page; what is ours is English there (WCAG 3.1.2)."""
    for page in pages(site, language).values():
        assert page.html.startswith((f'<div class="sb sb-wide"{declared}>', f'<div class="sb"{declared}>')), page.url


def test_what_is_always_english_declares_it_on_pages_of_another_language() -> None:
    """The messages of `check`, which stay English."""
    template = environment().from_string("<td{{ lang_english() }}></td>")

    assert template.render() == "<td></td>"
    with texts.speaking("de"):
        assert template.render() == '<td lang="en"></td>'


def test_figures_dates_and_promises_of_a_german_site_are_german(site: Site) -> None:
    html = pages(site, "de")["scorecards/email-sla/"].html.replace("\u00a0", "~")

    assert "Nutzbar in mindestens 99,9~% der" in html
    assert "Oktober 2026" in html
    assert "1~h 15~min Ausfall, 44~min 39~s erlaubt" in html


def test_a_german_site_does_not_leave_its_language_behind(site: Site) -> None:
    """What is made next is English again, to the byte."""
    before = pages(site, "en")
    pages(site, "de")

    assert pages(site, "en") == before
