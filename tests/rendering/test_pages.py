"""Whole pages of a small catalogue, and what holds for every page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest

from servicebook.adapters.downloads import downloads
from servicebook.insight.metering import Cost, Metered, Satisfaction, ScoreMonth
from servicebook.model.catalogue import Catalogue
from servicebook.rendering import Output, Page, Site, render
from servicebook.source import Position, Problem

from .catalogue import AS_OF, FILES, site_of, write

GOLDEN_PAGES = (
    "",
    "services/",
    "services/email/",
    "services/archive/",
    "agreements/",
    "agreements/email-sla/",
    "agreements/archive-sla/",
    "scorecards/",
    "scorecards/email-sla/",
    "parties/headquarters/",
    "calendars/service-hours/",
    "needs/",
    "improvements/",
    "due/",
    "data/",
    "data/mail-outages/",
    "method/",
)
EMPTY = Catalogue(services={}, agreements={}, parties={}, calendars={}, needs={}, improvements={}, sources={})


class _Reader(HTMLParser):
    """Checks nesting, and collects ids, links and attributes."""

    VOID = frozenset({"br", "img", "hr", "wbr", "input", "use", "circle", "path", "rect", "line", "col"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.headings: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src"):
                self.links.append(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


def read(page: Page) -> _Reader:
    reader = _Reader()
    reader.feed(page.html)
    reader.close()
    assert reader.open == [], page.url
    return reader


@pytest.mark.parametrize("url", GOLDEN_PAGES)
def test_pages_look_as_they_did(url: str, page: Callable[[str], Page], golden: Callable[[str, str], None]) -> None:
    golden(f"rendering/{url.strip('/').replace('/', '--') or 'home'}.html", page(url).html)


def test_every_thing_has_its_page(output: Output) -> None:
    urls = [made.url for made in output.pages]

    assert len(urls) == len(set(urls))
    for expected in (
        *GOLDEN_PAGES,
        "agreements/network-ola/",
        "scorecards/archive-sla/",
        "parties/",
        "calendars/",
        "data/tickets/",
    ):
        assert expected in urls


def test_pages_are_well_formed_with_headings_in_order(output: Output) -> None:
    for made in output.pages:
        found = read(made)
        assert found.headings[0] == 1, made.url
        assert found.headings.count(1) == 1, made.url
        for before, after in zip(found.headings, found.headings[1:], strict=False):
            assert after <= before + 1, made.url


def test_ids_are_unique_and_links_lead_somewhere(output: Output) -> None:
    """Every link inside the site leads to a page, or an id of a page, that exists."""
    pages = {made.url: set(read(made).ids) for made in output.pages}
    files = {asset.url for asset in (*output.assets, *downloads(output.assets))}
    for made in output.pages:
        found = read(made)
        assert len(found.ids) == len(set(found.ids)), made.url
        for link in found.links:
            if re.match("https?:|mailto:|tel:", link):
                continue
            path, _, fragment = link.partition("#")
            target = posixpath.normpath(posixpath.join("/", made.url, path)).lstrip("/")
            address = f"{target}/" if target else ""
            assert address in pages or target in files, (made.url, link)
            assert not fragment or fragment in pages[address], (made.url, link)


def test_contents_name_headings_that_are_there(output: Output) -> None:
    for made in output.pages:
        ids = read(made).ids
        assert [h.id for h in made.headings if h.id not in ids] == [], made.url


def test_nothing_is_inline(output: Output) -> None:
    """A strict content security policy forbids inline styles and handlers."""
    for made in output.pages:
        assert not {name for name in read(made).attributes if name == "style" or name.startswith("on")}, made.url
        assert "<style" not in made.html
        assert "<script" not in made.html


def test_every_page_says_as_of_when_from_what_and_in_which_zone(output: Output) -> None:
    for made in output.pages:
        assert '<time datetime="2026-11-20T' in made.html
        assert "<code>4f0c2d1</code>" in made.html
        assert re.search(r"Times are in (Berlin time|UTC)\.", made.html)


def test_the_working_behind_a_figure_has_an_address(page: Callable[[str], Page]) -> None:
    scorecard = page("scorecards/email-sla/").html

    assert '<h2 id="availability">' in scorecard
    assert 'id="availability-2026-10"' in scorecard
    assert "data/metrics/mail-outages/2026.csv" in scorecard
    assert 'title="' + "9f2c" * 16 in scorecard


def test_pages_lead_back_to_their_file_and_old_addresses_to_them(page: Callable[[str], Page]) -> None:
    email = page("services/email/")

    assert email.edit_path == "content/services/email.md"
    assert email.aliases == ("services/mail/",)
    assert page("").edit_path == "content/index.md"


def test_the_same_site_gives_the_same_bytes(site: Site, output: Output) -> None:
    assert render(site) == output


def test_assets_hold_the_style_the_script_and_the_documents(output: Output) -> None:
    names = {asset.url for asset in output.assets}

    assert {"assets/servicebook.css", "assets/servicebook.js", "api/v1/results.json", "api/v1/agreements.json"} <= names
    style = next(asset.content for asset in output.assets if asset.url.endswith(".css"))
    assert len(style) < 25_000
    assert b"!important" not in style


def test_a_catalogue_of_services_only_says_what_is_missing(tmp_path: Path) -> None:
    files = {"content/services/email.md": "---\ntitle: E-mail\nstage: live\n---\n"}
    pages = {made.url: made.html for made in render(site_of(write(tmp_path, files), with_results=False)).pages}

    assert "No agreement names it." in pages["services/email/"]
    assert "No agreement is written down yet." in pages["agreements/"]
    assert "There are no figures yet." in pages["scorecards/"]
    assert "No metric source is described yet." in pages["data/"]
    assert "No period is finished yet" in pages[""]


def test_only_tables_that_have_a_row_are_linked(site: Site, tmp_path: Path) -> None:
    """A table without a row isn't made, so nothing may lead to it."""
    files = {"content/services/email.md": "---\ntitle: E-mail\nstage: live\n---\n"}

    assert linked_tables(site_of(write(tmp_path, files), with_results=False)) == {"services"}
    assert linked_tables(site) == {"results", "agreements", "services", "breaches", "needs", "due"}


def test_tables_of_what_is_counted_are_linked_where_there_is_a_month(site: Site) -> None:
    """A ledger without rows makes no table of cost."""
    month = ScoreMonth(period="2026-10", finished=True, answers=12, mean=Fraction(4), satisfied=None)
    counted = Metered(
        costs={"email": Cost(service="email", currency="", unit="", months=())},
        satisfactions={"email": Satisfaction(service="email", months=(month,))},
    )

    assert linked_tables(replace(site, metered=counted)) - linked_tables(site) == {"satisfaction"}


def linked_tables(site: Site) -> set[str]:
    """The tables that the page of data leads to, in both forms; they are those that are made."""
    made = render(site)
    data = next(page for page in made.pages if page.url == "data/")
    linked = {link.removeprefix("../") for link in read(data).links if link.startswith("../downloads/")}
    assert linked == {asset.url for asset in downloads(made.assets)}
    return {Path(link).stem for link in linked}


def test_an_empty_catalogue_has_its_pages(site: Site) -> None:
    empty = replace(
        site, catalogue=EMPTY, terms={}, statuses={}, results=(), reports={}, problems=(), revision=None, welcome=""
    )
    pages = {made.url: made.html for made in render(empty).pages}

    assert "No service is described yet." in pages[""]
    assert "No party is described yet." in pages["parties/"]
    assert "None is described" in pages["calendars/"]
    assert "No need is written down yet." in pages["needs/"]
    assert "No improvement is planned yet." in pages["improvements/"]
    assert "revision" not in pages["data/"]


def test_an_unsigned_agreement_says_why_it_has_no_figures(page: Callable[[str], Page]) -> None:
    missing = "the dated signature of Headquarters is missing"

    assert missing in page("scorecards/archive-sla/").html
    assert missing in page("services/archive/").html
    assert "in negotiation" in page("agreements/archive-sla/").html


def test_without_results_promises_are_shown_all_the_same(tmp_path: Path) -> None:
    pages = {made.url: made.html for made in render(site_of(write(tmp_path, FILES), with_results=False)).pages}

    assert "usable at least" in pages["services/email/"].lower()
    assert "not read" in pages["data/"].lower()


def test_authors_texts_are_escaped_everywhere(tmp_path: Path) -> None:
    """A title is text, wherever it stands; an address that could run is no link."""
    title = "title: '<img src=x onerror=alert(1)>\"'"
    hostile = {path: re.sub(r"(?m)\btitle: .*$", title, text, count=1) for path, text in FILES.items()}
    for made in render(site_of(write(tmp_path, hostile))).pages:
        assert "<img src=x" not in made.html, made.url
        read(made)


def test_problems_stand_with_their_source(site: Site) -> None:
    problem = Problem(
        position=Position("data/metrics/mail-outages/2026.csv", 3),
        rule="metrics/end",
        message="ends <before>",
        hint="swap",
        count=2,
    )
    pages = {made.url: made.html for made in render(replace(site, problems=(problem,) * 120)).pages}

    assert "ends &lt;before&gt;" in pages["data/mail-outages/"]
    assert "and 20 more" in pages["data/"]
    assert "ends" not in pages["data/tickets/"].partition('id="problems"')[2].partition("<h2")[0]


def test_a_customer_with_a_corporate_agreement_is_everybody(tmp_path: Path) -> None:
    """The home page then shows the service whichever customer is chosen."""
    corporate = FILES["content/agreements/email-sla.md"].replace("basis: customer", "basis: corporate")
    own = {made.url: made.html for made in render(site_of(write(tmp_path / "own", FILES))).pages}
    common = {"content/agreements/email-sla.md": corporate}
    all_ = {made.url: made.html for made in render(site_of(write(tmp_path / "all", {**FILES, **common}))).pages}

    assert 'data-sb-users="headquarters"' in own[""]
    assert 'data-sb-users="headquarters"' not in all_[""]


def test_as_of_is_the_only_clock(site: Site) -> None:
    assert site.as_of == AS_OF
