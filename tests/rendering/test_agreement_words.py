"""What an agreement's page says of its dates, its maintenance and the further conditions of its targets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from servicebook.insight.lifecycle import State, Status
from servicebook.model.common import Reference
from servicebook.rendering import Page, Site, render
from servicebook.rendering.agreement_words import maintenance_words, state_sentence
from servicebook.rendering.data import age

from .catalogue import FILES, HOUR, site_of, write


def kept(text: str) -> str:
    return text.replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("state", "until", "notice", "says"),
    [
        (
            State.IN_FORCE,
            date(2027, 1, 1),
            date(2026, 11, 2),
            "It holds from 1~January 2026 to 31~December 2026. It renews by itself for 12 months unless notice is given by 2~November 2026.",
        ),
        (
            State.IN_FORCE,
            date(2027, 1, 1),
            None,
            "It holds from 1~January 2026 to 31~December 2026. It ends then unless it is renewed.",
        ),
        (State.AGREED, None, None, "It will hold from 1~January 2026, open-ended."),
        (State.EXPIRED, date(2027, 1, 1), None, "It held from 1~January 2026 to 31~December 2026."),
        (State.TERMINATED, date(2026, 5, 1), None, "It held from 1~January 2026 and was terminated on 1~May 2026."),
        (
            State.DRAFT,
            None,
            None,
            "It is to hold from 1~January 2026, open-ended; nothing is promised before both sides have signed.",
        ),
    ],
)
def test_from_when_to_when_it_holds_and_what_happens_then(
    site: Site, state: State, until: date | None, notice: date | None, says: str
) -> None:
    status = Status(state=state, until=until, signed=None, next_review=None, notice_by=notice)

    assert state_sentence(site.catalogue.agreements["email-sla"], status) == kept(says)


def test_maintenance_in_a_sentence(site: Site) -> None:
    terms = site.terms["email-sla"]
    assert terms.maintenance is not None
    anything = replace(terms, maintenance=replace(terms.maintenance, notice=None, allowance=None))
    windows = replace(
        terms, maintenance=replace(terms.maintenance, windows=Reference("w", terms.maintenance.places.position))
    )

    assert maintenance_words(site.terms["network-ola"]).startswith("Nothing is agreed about maintenance")
    assert maintenance_words(anything) == "Announced maintenance isn't counted. What goes beyond counts as downtime."
    assert "announced at least 5 days ahead, and it takes no more than 4 h per month" in maintenance_words(terms)
    assert "inside the agreed windows" in maintenance_words(windows)


def test_conditions_of_a_target_are_said(tmp_path: Path) -> None:
    """Coverage, count, unobserved time, attribution, services, changed and taken-over terms."""
    base = """
        ---
        title: Corporate
        type: sla
        provider: messaging-team
        customer: headquarters
        services: [email]
        version: "1"
        from: 2026-01-01
        until: 2026-06-01
        time_zone: UTC
        hours: service-hours
        signatures: [{party: messaging-team, date: 2025-12-01}]
        renewal: {kind: express}
        negotiation: [{step: Drafted, due: 2025-11-01, done: 2025-11-02}, {step: Signed, due: 2026-12-01}]
        targets:
          - {id: a, measure: availability, source: mail-outages, objective: at least 99 %, per: month, minimum_coverage: 80 %, until: 2026-03-01}
          - {id: a, measure: availability, source: mail-outages, objective: at least 99.5 %, per: month, unobserved: down, services: [email], from: 2026-03-01}
          - {id: t, measure: share within, of: response, within: 4 h, source: tickets, objective: at least 90 %, per: month, minimum_count: 5, attribute: opened, credits: {bands: [{below: 90 %, credit: 5 %}], cap: 20 %}}
        ---
        """
    heir = """
        ---
        title: Heir
        type: sla
        extends: base-sla
        provider: messaging-team
        customer: headquarters
        services: [email]
        version: "1"
        from: 2026-01-01
        ---
        """
    files = {**FILES, "content/agreements/base-sla.md": base, "content/agreements/heir-sla.md": heir}
    pages = {made.url: made.html for made in render(site_of(write(tmp_path, files))).pages}
    page, inherited = pages["agreements/base-sla/"], pages["agreements/heir-sla/"]

    for said in (
        "counts as down",
        "from 1\u00a0March 2026",
        "Until 28\u00a0February 2026: usable at least 99\u00a0%",
        "5\u00a0% when the figure is below\u00a090\u00a0%",
        "5\u00a0records on",
        "opened",
        "At most 20\u00a0% altogether.",
        "only when both agree",
        "done",
        'class="sb-week"',
    ):
        assert said in page
    assert "Taken over from" in inherited
    assert "Takes over the terms of" in inherited


@pytest.mark.parametrize(
    ("hours", "says"),
    [(0, "0~hours old"), (1, "1~hour old"), (47, "47~hours old"), (49, "2~days old"), (24 * 800, "2~years old")],
)
def test_how_old_a_record_is(hours: int, says: str) -> None:
    assert age(0, hours * HOUR) == kept(says)


def test_a_calendar_page_tells_week_and_holidays(page: Callable[[str], Page]) -> None:
    html = page("calendars/service-hours/").html

    assert "the public holidays of DE, BE, further days of our own" in html
    assert "Friday, <time" in html
    assert 'href="../../services/email/"' in html


def test_a_calendar_without_zone_or_holidays(tmp_path: Path) -> None:
    files = {
        "content/calendars/plain.yml": 'title: Plain\nhours: {mon: "08:00-09:00"}\n',
        "content/calendars/closed.yml": 'title: Closed\ntime_zone: UTC\nhours: {mon: "08:00-09:00"}\nholidays: {country: DE, except: [2027-05-01]}\n',
    }
    pages = {made.url: made.html for made in render(site_of(write(tmp_path, files), with_results=False)).pages}

    assert "The times are those of the agreement that uses it." in pages["calendars/plain/"]
    assert "these hours hold on holidays too" in pages["calendars/plain/"]
    assert "some taken out" in pages["calendars/closed/"]
