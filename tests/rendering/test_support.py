"""What stands under an SLA, on a page of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from servicebook.insight.chain import chains
from servicebook.rendering import Page, render
from servicebook.rendering.site import Site

from .catalogue import site_of, write
from .test_due import words

FILES = {
    "content/parties/messaging-team.md": "---\ntitle: Messaging\ntype: provider\n---\n",
    "content/parties/network-team.md": "---\ntitle: Network team\ntype: provider\n---\n",
    "content/parties/stores.md": "---\ntitle: Stores\ntype: customer\n---\n",
    "content/services/shop.md": "---\ntitle: Shop\nstage: live\ndepends_on: [{any_of: [network, mobile]}, power]\n---\n",
    "content/services/network.md": "---\ntitle: Network\nstage: live\ndepends_on: [power]\n---\n",
    "content/services/mobile.md": "---\ntitle: Mobile\nstage: live\n---\n",
    "content/services/power.md": "---\ntitle: Power\nstage: live\n---\n",
    "content/agreements/shop.md": """---
title: Shop for the stores
type: sla
provider: messaging-team
customer: stores
services: [shop]
version: "1"
from: 2026-01-01
signatures: [{party: messaging-team, date: 2025-12-01}, {party: stores, date: 2025-12-01}]
targets:
  - {id: usable, title: The shop is open, measure: availability, source: mail-outages, objective: at least 99.5 %, per: month, credits: [{below: 99.5 %, credit: 20 %}]}
  - {id: modest, measure: availability, source: mail-outages, objective: at least 98 %, per: month}
  - {id: lately, measure: availability, source: mail-outages, objective: at least 98 %, per: rolling 30 days}
  - {id: slow, measure: share within, of: resolution, within: 9 h, source: tickets, objective: at least 90 %, per: month}
  - {id: quick, measure: share within, of: resolution, within: 2 h, source: tickets, where: {priority: 1}, objective: at least 90 %, per: month}
  - {id: outages, title: Few outages, measure: outage count, source: mail-outages, objective: at most 3, per: month}
---
""",
    "content/agreements/network.md": """---
title: Network for messaging
type: ola
provider: network-team
customer: messaging-team
services: [network, mobile, power]
version: "1"
from: 2026-01-01
signatures: [{party: network-team, date: 2025-12-01}, {party: messaging-team, date: 2025-12-01}]
targets:
  - {id: reachable, measure: availability, source: network-outages, objective: at least 99 %, per: month, credits: [{below: 99 %, credit: 5 %}]}
  - {id: fixed, measure: share within, of: resolution, within: 4 h, source: tickets, objective: at least 90 %, per: month}
  - {id: urgent, measure: share within, of: resolution, within: 4 h, source: tickets, where: {priority: 1}, objective: at least 90 %, per: month}
---
""",
    "data/metrics/mail-outages.yml": "title: Mail outages\nrecords: outages\nfiles: mail/*.csv\n",
    "data/metrics/network-outages.yml": "title: Network outages\nrecords: outages\nfiles: network/*.csv\n",
    "data/metrics/tickets.yml": "title: Tickets\nrecords: tickets\nfiles: tickets/*.csv\n",
}


def site(root: Path, *, without: str = "") -> Site:
    files = {name: text for name, text in FILES.items() if name != without}
    made = site_of(write(root, files))
    return replace(made, chains=chains(made.catalogue, made.terms, made.as_of))


def page(made: Site, url: str) -> Page:
    return next(each for each in render(made).pages if each.url == url)


def test_each_promise_is_drawn_with_its_links_and_the_weakest_is_marked(tmp_path: Path) -> None:
    """Promise, what it is worth, its newest figure; what the shop needs anyway stands once, one of two lines suffices."""
    shown = page(site(tmp_path), "support/shop/")
    html = shown.html
    drawn = words(html.partition('<h2 id="usable">')[2].partition('<h2 id="')[0])

    assert "Not backed: the links together carry 98.9901 % at most, at least 99.5 % is promised." in drawn
    assert "Credit owed: up to 20 % of the charge." in drawn
    assert "Shop done by the provider itself" in drawn
    assert "One of these suffices: Network Network for messaging : at least 99 % per month" in drawn
    assert "credit of up to 5 % of its charge" in drawn
    assert "Power the weakest link needed here too, shown above" in drawn
    assert "Power the weakest link Network for messaging : at least 99 % per month" in drawn
    assert "scorecards/network/#reachable-2026-10" in html
    assert "style=" not in html
    assert "<script" not in html


def test_limits_rolling_windows_and_what_stands_alone_are_told_apart(tmp_path: Path) -> None:
    """A limit passes in time or late; a rolling window informs; for a number of outages nothing is promised below."""
    html = words(page(site(tmp_path), "support/shop/").html)

    assert (
        "2 promises are not backed by what stands under it; 2 of 4 promises that rest on others are backed; 2 gaps found."
        in html
    )
    assert "Backed: the links together carry 98.9901 %, at least 98 % is promised." in html
    assert "Backed: every limit under it passes in time." in html
    assert "Not backed: a limit under it passes later than the one promised here." in html
    assert "A rolling window informs only: what binds are calendar periods." in html
    assert "Nothing of their kind is promised under them: Few outages" in html
    assert "content/agreements/shop.md:11" in html


def test_the_agreement_leads_there(tmp_path: Path) -> None:
    """From the part that says what stands behind it; the page's edit button leads to the SLA's file."""
    made = site(tmp_path)

    assert 'href="../../support/shop/"' in page(made, "agreements/shop/").html
    assert page(made, "support/shop/").edit_path == "content/agreements/shop.md"
    assert not any(each.url == "support/network/" for each in render(made).pages)


def test_an_agreement_with_nothing_under_it_says_so(tmp_path: Path) -> None:
    """Its services are reached, but nobody promises anything for them."""
    html = words(page(site(tmp_path, without="content/agreements/network.md"), "support/shop/").html)

    assert "Nothing under this agreement is promised of the kind that it promises itself." in html
    assert "'shop' needs 'mobile', for which no agreement or contract is signed and in time" in html
