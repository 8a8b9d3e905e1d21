"""The feed, badges and the text for language models."""

from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from servicebook.insight.metering import Metered, Satisfaction
from servicebook.model.result import Verdict
from servicebook.rendering import Output, Site, render
from servicebook.rendering.badges import Badge, picture
from servicebook.rendering.head_links import of_site

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def content(output: Output, url: str) -> bytes:
    return next(asset.content for asset in output.assets if asset.url == url)


def test_the_feed_is_atom(site: Site) -> None:
    """An id, a title and a moment for the feed and each entry; newest first; absolute addresses where the site has one."""
    feed = ET.fromstring(content(render(replace(site, address="https://services.example/it/")), "feeds/results.xml"))
    entries = feed.findall("a:entry", ATOM)
    moments = [entry.findtext("a:updated", "", ATOM) for entry in entries]
    ids = [entry.findtext("a:id", "", ATOM) for entry in entries]

    assert feed.findtext("a:id", "", ATOM) == "urn:servicebook:harbour-services:results"
    assert feed.findtext("a:updated", "", ATOM) == moments[0]
    assert moments == sorted(moments, reverse=True)
    assert len(set(ids)) == len(ids) > 10
    assert all(entry.findtext("a:title", "", ATOM) and entry.find("a:summary", ATOM) is not None for entry in entries)
    hrefs = [link.get("href", "") for entry in entries for link in entry.findall("a:link", ATOM)]
    assert all(href.startswith("https://services.example/it/") for href in hrefs)


def test_an_entry_says_what_became_known_when(output: Output) -> None:
    """At the end of the period, in the agreement's zone: October ends in Berlin at 23:00 UTC."""
    feed = ET.fromstring(content(output, "feeds/results.xml"))
    entry = next(e for e in feed.findall("a:entry", ATOM) if "availability/2026-10" in e.findtext("a:id", "", ATOM))

    assert entry.findtext("a:title", "", ATOM) == "E-mail for headquarters: Mail is usable, October 2026: breached"
    assert entry.findtext("a:updated", "", ATOM) == "2026-10-31T23:00:00Z"
    assert entry.findtext("a:summary", "", ATOM) == "99.8\u00a0%; promised at least 99.9\u00a0%."
    link = entry.find("a:link", ATOM)
    assert link is not None
    assert link.get("href") == "../scorecards/email-sla/#availability-2026-10"


def test_a_badge_says_the_newest_figure(output: Output) -> None:
    """As a picture with a text alternative, and as the document of an endpoint badge."""
    document = json.loads(content(output, "badges/email-sla/availability.json"))
    drawn = content(output, "badges/email-sla/availability.svg").decode()

    assert document == {
        "schemaVersion": 1,
        "label": "Mail is usable",
        "message": "99.8\u00a0% breached",
        "color": "#b3201f",
    }
    assert 'role="img" aria-label="Mail is usable: 99.8\u00a0% breached"' in drawn
    assert ET.fromstring(drawn).tag == "{http://www.w3.org/2000/svg}svg"


def test_a_badge_without_a_figure_says_so(output: Output) -> None:
    """A draft has no figures; grey is for the unknown."""
    document = json.loads(content(output, "badges/archive-sla/availability.json"))

    assert (document["message"], document["color"]) == ("no figures yet", "#5c6370")


@pytest.mark.parametrize("verdict", [*Verdict, None])
def test_words_on_a_badge_can_be_read(verdict: Verdict | None) -> None:
    """White on its ground has a contrast of 4.5 : 1 at least."""
    colour = Badge(label="x", message="y", verdict=verdict).colour

    assert contrast_with_white(colour) >= 4.5


def contrast_with_white(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def test_words_on_a_badge_are_escaped() -> None:
    """A target may be called anything."""
    drawn = picture(Badge(label='<script>"', message="a & b", verdict=Verdict.MET))

    assert "<script>" not in drawn
    assert ET.fromstring(drawn).get("aria-label") == '<script>": a & b'


def test_models_read_what_there_is(output: Output) -> None:
    """A title, a summary, links with what they lead to."""
    text = content(output, "llms.txt").decode()

    assert text.startswith("# Harbour services\n\n> What is offered")
    assert "\n## Agreements\n\n" in text
    assert "- [E-mail for headquarters](agreements/email-sla/): notice due" in text or "agreements/email-sla/" in text


def test_what_is_counted_of_services_is_named_where_there_is_any(site: Site, output: Output) -> None:
    """Models and the page's own `<link>` lead to the document; a site without it names none."""
    counted = Metered(satisfactions={"email": Satisfaction(service="email", months=())})
    with_it = render(replace(site, metered=counted))
    page = next(page for page in with_it.pages if page.url == "satisfaction/")

    assert "- [Services in numbers, by month](api/v1/metering.json): JSON" in content(with_it, "llms.txt").decode()
    assert page.links == (("alternate related", "application/json", "api/v1/metering.json"),)
    assert "metering.json" not in content(output, "llms.txt").decode()


def test_pages_name_their_other_forms(output: Output) -> None:
    """Never by a plain `alternate`: the theme would ask for a list of pages beside it."""
    home = next(page for page in output.pages if page.url == "")

    assert home.links == of_site()
    urls = {asset.url for asset in output.assets}
    for page in output.pages:
        for rel, _, href in page.links:
            assert rel != "alternate"
            assert href in urls
