"""Unambiguous terms: words that can be measured, prose that agrees with the terms, limits that fit together."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.builders import AGREEMENT, found, messages, target

WORDING = "content/wording/words.yml"


def with_prose(text: str) -> dict[str, str]:
    """An agreement with a target of 95 % and some prose, whose first line is line 17."""
    return {AGREEMENT: target()[AGREEMENT] + text}


def test_vague_words_stand_at_their_place(tmp_path: Path) -> None:
    """Over the end of a line too, in any case; not inside code, comments or other words."""
    prose = "We answer as soon\nas possible, with Best effort.\n`best effort` <!-- best effort --> unreasonable\n"

    assert found(tmp_path, with_prose(prose)) == [
        "email-hq.md:17:11 warning prose/vague-words",
        "email-hq.md:18:19 warning prose/vague-words",
    ]
    assert messages(tmp_path, with_prose(prose))[0] == (
        "“as soon as possible” can't be measured | say within how many hours of which calendar"
    )


def test_responsibilities_are_read_too(tmp_path: Path) -> None:
    """What a side has to do is a promise."""
    text = target()[AGREEMENT].replace("from: 2026", "responsibilities: {customer: [Report promptly]}\nfrom: 2026", 1)

    assert found(tmp_path, {AGREEMENT: text}) == ["email-hq.md:8:19 warning prose/vague-words"]


def test_a_catalogue_extends_the_list_and_allows_with_a_reason(tmp_path: Path) -> None:
    """Its own vague words are found; allowed ones aren't, in that agreement."""
    wording = """\
vague: [{words: in a jiffy, instead: say in how many minutes}]
allow: [{words: best effort, agreement: email-hq, reason: Only for the test system}]
"""

    found_now = messages(tmp_path, with_prose("Best effort, in a jiffy.\n"), {WORDING: wording})

    assert found_now == ["“in a jiffy” can't be measured | say in how many minutes"]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("{words: best effort, agreement: email-hq, reason: r}", "2:17 warning prose/needless-allowance"),
        ("{words: best effort, agreement: email-hk, reason: r}", "2:41 error reference/unknown-agreement"),
    ],
)
def test_an_allowance_is_for_words_that_are_there(tmp_path: Path, entry: str, expected: str) -> None:
    """An allowance that allows nothing is out of date."""
    wording = {WORDING: f"title: Words\nallow: [{entry}]\n"}

    assert found(tmp_path, with_prose("Plain.\n"), wording) == [f"{WORDING}:{expected}"]


def test_a_percentage_in_prose_is_one_of_the_terms(tmp_path: Path) -> None:
    """Its objectives, credits and coverage, and what they leave over of 100."""
    prose = "At least 95 % (at most 5 % down), in 100 % of months; not 99.9 % and not 99.90 per cent.\n"

    assert found(tmp_path, with_prose(prose)) == [
        "email-hq.md:17:59 warning prose/percentage-without-target",
        "email-hq.md:17:74 warning prose/percentage-without-target",
    ]


TICKETS = """\
---
title: E-mail
type: sla
provider: messaging-team
customer: headquarters
services: [email]
version: "1"
from: 2026-01-01
signatures: [{{party: messaging-team, date: 2025-12-01}}, {{party: headquarters, date: 2025-12-01}}]
targets:
{}---
"""


def ticket_target(name: str, of: str, within: str, priority: int) -> str:
    return (
        f"  - {{id: {name}, measure: share within, of: {of}, within: {within}, source: tickets,"
        f" where: {{priority: {priority}}}, objective: at least 90 %, per: month}}\n"
    )


def test_a_response_comes_before_the_resolution(tmp_path: Path) -> None:
    """For the same tickets its limit is the shorter one."""
    text = ticket_target("answer", "response", "8 h", 1) + ticket_target("solved", "resolution", "4 h", 1)

    assert found(tmp_path, {AGREEMENT: TICKETS.format(text)}) == [
        "email-hq.md:11:63 warning terms/response-above-resolution"
    ]


def test_a_priority_has_both_promises(tmp_path: Path) -> None:
    """Priority 2 is answered in time, but nothing says when it is solved."""
    text = "".join(
        [
            ticket_target("answer-1", "response", "1 h", 1),
            ticket_target("answer-2", "response", "2 h", 2),
            ticket_target("solved-1", "resolution", "4 h", 1),
        ]
    )

    assert messages(tmp_path, {AGREEMENT: TICKETS.format(text)})[0].startswith("priority 2 has no target of resolution")
