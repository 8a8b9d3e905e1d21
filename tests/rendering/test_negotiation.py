"""The timetable, the sign-off and the needs on the page of an agreement that is being negotiated."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path

from servicebook.rendering import Page, render
from servicebook.rendering.negotiation import Scale

from .catalogue import FILES, site_of, write
from .test_due import words

DRAFT = "content/agreements/archive-sla.md"


def agreement_page(root: Path, text: str) -> str:
    site = site_of(write(root, {**FILES, DRAFT: text}))
    return next(made.html for made in render(site).pages if made.url == "agreements/archive-sla/")


def test_the_timetable_says_due_done_and_how_late(page: Callable[[str], Page]) -> None:
    said = words(page("agreements/archive-sla/").html)

    assert "Needs confirmed 1 October 2026 5 October 2026 4 days late" in said
    assert "Levels confirmed 10 November 2026 not yet overdue for 10 days" in said
    assert "Signed 15 December 2026 not yet, in 25 days" in said
    assert "Late: Levels confirmed, due 10 November 2026, overdue for 10 days." in said
    assert "Next: Signed, due 15 December 2026." in said


def test_the_drawing_says_what_it_shows(page: Callable[[str], Page]) -> None:
    """Steps at their days, lateness as a line, the beginning as a bar; the same in words."""
    html = page("due/").html
    (drawing,) = re.findall(r'<svg class="sb-course" .*?</svg></svg>', html)

    assert drawing.count("sb-step-done") == drawing.count("sb-step-late") == drawing.count("sb-step-open") == 1
    assert drawing.count("sb-late") == 2
    assert (
        "Archive for headquarters: Needs confirmed done 5 October 2026, 4 days late; Levels confirmed due "
        "10 November 2026, overdue for 10 days; Signed due 15 December 2026, in 25 days; it is to begin on 1 February 2027."
    ) in unescape(drawing).replace("\u00a0", " ")


def test_a_scale_goes_from_its_first_day_to_its_last() -> None:
    """With room at both ends; one day alone stands at the beginning."""
    scale = Scale(first=date(2026, 1, 1), last=date(2026, 1, 11))

    assert [scale.place(date(2026, 1, day)) for day in (1, 6, 11)] == ["4.0%", "50.0%", "96.0%"]
    assert Scale(first=date(2026, 1, 1), last=date(2026, 1, 1)).place(date(2026, 1, 1)) == "4.0%"


def test_the_sign_off_names_both_parties(tmp_path: Path, page: Callable[[str], Page]) -> None:
    """Who signs, in which role, on which day; who isn't named is missed."""
    said = words(page("agreements/archive-sla/").html)
    text = re.sub(r"(?m)^ *- \{party: headquarters, role.*\n", "", FILES[DRAFT])
    text = text.replace(
        "signatures:\n",
        "signatures:\n          - {party: network-team, name: N. Ode, role: Witness, date: 2026-11-03}\n",
    )
    other = words(agreement_page(tmp_path, text))

    assert "Messaging team (provider) Signed by Head of Messaging On 2 November 2026" in said
    assert "Headquarters (customer) To sign Director of Operations On not yet" in said
    assert "Headquarters (customer) Nobody is named to sign." in other
    assert "Network team Signed by N. Ode, Witness On 3 November 2026" in other


def test_needs_that_the_draft_answers(page: Callable[[str], Page]) -> None:
    """Each level with the promise that answers it."""
    said = words(page("agreements/archive-sla/").html)

    assert "It answers one of two levels that its customer needs." in said
    assert "Availability at least 98 %: answered by availability" in said.replace("\u00a0", " ")
    assert "Longest outage at most 4 h: not answered" in said.replace("\u00a0", " ")
    assert "It answers one of two levels" in words(page("due/").html)


def test_all_steps_done_leaves_the_signatures(tmp_path: Path) -> None:
    text = FILES[DRAFT].replace("due: 2026-11-10}", "due: 2026-11-10, done: 2026-11-10}")
    text = text.replace("due: 2026-12-15}", "due: 2026-12-15, done: 2026-11-11}").replace("at most 4 h", "at most 4 h")
    text = text.replace("step: Needs confirmed, due: 2026-10-01, done: 2026-10-05", "step: Talk")
    said = words(agreement_page(tmp_path, text))

    assert "Every step is done; the dated signatures are missing." in said
    assert "Talk – not yet" in said
    assert "10 November 2026 in time" in said


def test_a_draft_that_answers_every_level_says_so(tmp_path: Path) -> None:
    need = FILES["content/needs/archive-at-hand.md"].replace(", {measure: longest outage, objective: at most 4 h}", "")
    site = site_of(write(tmp_path, {**FILES, "content/needs/archive-at-hand.md": need}))
    html = next(made.html for made in render(site).pages if made.url == "agreements/archive-sla/")

    assert "It answers every level that its customer needs." in words(html)


def test_an_agreement_in_force_has_neither_drawing_nor_needs(page: Callable[[str], Page]) -> None:
    html = page("agreements/email-sla/").html

    assert "sb-course" not in html
    assert 'id="needs"' not in html
    assert 'id="back-test"' not in html
