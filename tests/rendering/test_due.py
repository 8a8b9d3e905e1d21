"""The page of what falls due."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

from servicebook.rendering import Page, Site, render

from .catalogue import FILES, at, site_of, write


def words(html: str) -> str:
    """What a reader sees, white space tidied."""
    return " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())


def due_page(site: Site) -> str:
    return words(next(made.html for made in render(site).pages if made.url == "due/"))


def test_what_is_overdue_comes_first_by_who_sees_to_it(page: Callable[[str], Page]) -> None:
    """Sentences first; then each owner with a shape and a word for what is late."""
    said = words(page("due/").html)

    assert "One thing is overdue. Six fall due up to 18 February 2027." in said
    messaging = said.partition("Messaging team")[2]
    assert "10 Nov overdue Negotiation step: Levels confirmed: Archive for headquarters for 10 days" in said
    assert "5 Dec Announced maintenance: E-mail for headquarters 23:00–01:30 Berlin time" in said
    assert messaging.index("10 Nov") < messaging.index("5 Dec") < messaging.index("15 Dec")
    assert "15 Dec Improvement: Second line for the head office in 25 days" in said
    assert "1 Jan 2027 Renews by itself for 12 months: E-mail for headquarters" in said
    assert [h.id for h in page("due/").headings] == ["of-messaging-team", "of-network-team", "negotiations"]


def test_a_day_ahead_is_counted_in_words_of_the_day(site: Site) -> None:
    said = due_page(replace(site, as_of=at("2026-12-14T12:00Z")))
    assert "Improvement: Second line for the head office tomorrow" in said
    assert "Improvement: Second line for the head office today" in due_page(
        replace(site, as_of=at("2026-12-15T12:00Z"))
    )


def test_nothing_due_is_said(tmp_path: Path) -> None:
    only = {"content/services/email.md": "---\ntitle: E-mail\nstage: live\n---\n"}

    assert "Nothing is overdue. Nothing falls due up to 18 February 2027." in due_page(site_of(write(tmp_path, only)))


def test_an_improvement_without_an_owner_is_nobodys(tmp_path: Path) -> None:
    plan = FILES["content/improvements/second-line.md"].replace("        owner: network-team\n", "")
    said = due_page(site_of(write(tmp_path, {**FILES, "content/improvements/second-line.md": plan})))

    assert said.index("Messaging team") < said.index("Without an owner")


def test_a_draft_without_a_timetable_is_named(tmp_path: Path) -> None:
    text = FILES["content/agreements/archive-sla.md"]
    bare = re.sub(r"(?s)        negotiation:.*?        signatures:", "        signatures:", text)
    said = due_page(site_of(write(tmp_path, {**FILES, "content/agreements/archive-sla.md": bare})))

    assert "Without a timetable: Archive for headquarters" in said


def test_an_end_by_termination_and_work_over_several_days_say_so(tmp_path: Path) -> None:
    """The page names the day of the termination, and the last day of the work."""
    ended = FILES["content/agreements/email-sla.md"].replace("until: 2027-01-01", "terminated: 2026-12-31")
    text = {"content/agreements/email-sla.md": ended}
    site = site_of(write(tmp_path, {**FILES, **text}))
    work = replace(site.planned["email-sla"][0], planned_end=at("2026-12-08T06:00Z"))

    said = due_page(replace(site, planned={"email-sla": (work,)}))

    assert "31 Dec Ends by termination: E-mail for headquarters in 41 days" in said
    assert "5 Dec Announced maintenance: E-mail for headquarters 23:00–07:00 on 8 December 2026 Berlin time" in said


def test_an_express_agreement_ends(tmp_path: Path) -> None:
    express = FILES["content/agreements/email-sla.md"].replace("kind: tacit", "kind: express")
    said = due_page(site_of(write(tmp_path, {**FILES, "content/agreements/email-sla.md": express})))

    assert "1 Jan 2027 Ends: E-mail for headquarters in 42 days" in said
