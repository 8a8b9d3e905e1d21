"""A reader says where they belong, once; pages then show that customer's levels first, at that site."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from servicebook.adapters import building
from tests.browser.conftest import Open, Serve


def belongs(page: Page, customer: str, site: str = "") -> None:
    """Choose a customer, and one of its sites, on the home page."""
    page.get_by_role("group", name="I belong to").get_by_role("button", name=customer, exact=True).click()
    if site:
        group = page.get_by_role("group", name=f"Where in {customer}")
        group.get_by_role("button", name=site, exact=True).click()


def line(page: Page, service: str) -> Locator:
    """A service on the home page."""
    return page.locator(".sb-cards li").filter(has=page.get_by_role("link", name=service, exact=True))


def test_a_customer_has_sites_to_choose_from(open_page: Open) -> None:
    """Only those of the chosen customer are offered, and the way to everything that was promised to it."""
    page = open_page("")
    expect(page.get_by_role("button", name="Callan terminal")).to_be_hidden()

    belongs(page, "Passenger Services")

    sites = page.get_by_role("group", name="Where in Passenger Services")
    expect(sites.get_by_role("button")).to_have_text(
        ["any site", "Callan terminal", "Hestay terminal", "Torrisle terminal"]
    )
    expect(sites.get_by_role("button", pressed=True)).to_have_text("any site")
    expect(sites.get_by_role("link", name="Everything promised to Passenger Services")).to_be_visible()


def test_services_of_others_are_left_out(open_page: Open) -> None:
    """What isn't for the customer goes, with the card that has nothing else; everyone sees all again."""
    page = open_page("")
    expect(line(page, "Cargo lists")).to_be_visible()

    belongs(page, "Passenger Services")
    expect(line(page, "Booking and tickets")).to_be_visible()
    expect(page.locator(".sb-card", has_text="Cargo lists")).to_be_hidden()

    page.get_by_role("button", name="everyone").click()
    expect(line(page, "Cargo lists")).to_be_visible()


AGREEMENT = """\
---
title: Tills at {site}
type: sla
provider: team
customer: shops
services: [tills]
sites: [{site}]
version: "1"
from: 2026-01-01
time_zone: UTC
signatures:
  - {{party: team, role: Head, date: 2025-12-01}}
  - {{party: shops, role: Head, date: 2025-12-01}}
targets:
  - {{id: usable, measure: availability, source: outages, objective: {objective}, per: month}}
---
"""
FILES = {
    "mkdocs.yml": "site_name: S\ndocs_dir: content\ntheme: {name: material, language: de}\nplugins: [search, servicebook]\n",
    "content/services/tills.md": "---\ntitle: Tills\nstage: live\nowner: team\n---\nThey sell.\n",
    "content/parties/team.md": "---\ntitle: Team\ntype: provider\n---\n",
    "content/parties/shops.md": "---\ntitle: Shops\ntype: customer\nsites: [{id: north}, {id: south}]\n---\n",
    "content/agreements/north.md": AGREEMENT.format(site="north", objective="at least 99 %"),
    "content/agreements/south.md": AGREEMENT.format(site="south", objective="at least 80 %"),
    "data/metrics/outages.yml": "title: Outages\nrecords: outages\nfiles: outages.csv\nfrom: 2026-01-01T00:00Z\ncomplete_to: 2026-11-01T00:00Z\n",
    "data/metrics/outages.csv": "start,end\n2026-10-01T00:00Z,2026-10-03T00:00Z\n",
}


def test_the_state_is_that_of_the_site(open_page: Open, serve: Serve, tmp_path: Path) -> None:
    """Two days down break a promise of 99 %, and keep one of 80 %: each site sees its own, in any language."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert building.build(tmp_path, as_of=1_793_491_200_000_000) == building.FINE
    page = open_page("", base=serve(tmp_path / "site"))
    state = line(page, "Tills").locator(".sb-badge")
    expect(state).to_have_text("verletzt")

    page.get_by_role("button", name="Shops").click()
    page.get_by_role("button", name="south").click()
    expect(state).to_have_text("eingehalten")
    page.get_by_role("button", name="north").click()
    expect(state).to_have_text("verletzt")


def test_the_choice_stays(open_page: Open) -> None:
    """After a visit to another page, and after the browser loads the page anew; no cookie tells anybody."""
    page = open_page("")
    belongs(page, "Passenger Services", "Hestay terminal")
    page.reload()

    sites = page.get_by_role("group", name="Where in Passenger Services")
    expect(sites.get_by_role("button", pressed=True)).to_have_text("Hestay terminal")
    assert page.context.cookies() == []


def test_a_service_shows_the_readers_level_first(open_page: Open) -> None:
    """The level of the site is the one that is open; the others are a choice away."""
    page = open_page("")
    for site in ("Callan terminal", "Hestay terminal"):
        belongs(page, "Passenger Services", site)
        line(page, "Booking and tickets").get_by_role("link").click()
        levels = page.get_by_role("group", name="Levels for")
        expect(levels.get_by_role("button", pressed=True)).to_contain_text(site)
        page.go_back()


def test_lists_begin_with_the_readers_own(open_page: Open) -> None:
    """Agreements and scorecards of the customer stand before those of others."""
    page = open_page("agreements/")
    expect(page.locator("tbody tr").first).to_contain_text("Passenger Services")
    page = open_page("")
    belongs(page, "Head office")

    for address in ("agreements/", "scorecards/"):
        page.locator(".md-tabs__link", has_text=address.strip("/").capitalize()).click()
        expect(page.locator("tbody tr").first).to_contain_text("Head office")
