"""What editors write about a breach."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from .builders import lines, read

HEAD = "---\ntitle: Mail was down on 13 October\n"
FILE = "content/breaches/mail-in-october.md"
NAMED = "breach: {agreement: email-hq, target: availability, period: 2026-10}\n"


def test_cause_and_correction(tmp_path: Path) -> None:
    """A breach is named by agreement, target and period; cause and correction are a sentence or two, the rest is prose."""
    text = (
        HEAD
        + NAMED
        + "cause: A disk shelf lost both controllers.\ncorrection: Both were replaced.\ncorrected: 2026-10-20\n"
        + "owner: messaging-team\nimprovements: [second-shelf]\n---\nThe supplier had no spare.\n"
    )

    (account,) = read(tmp_path, {FILE: text}).catalogue.breaches.values()

    assert (account.id, account.title) == ("mail-in-october", "Mail was down on 13 October")
    assert account.cause == "A disk shelf lost both controllers."
    assert (account.correction, account.corrected) == ("Both were replaced.", date(2026, 10, 20))
    assert [str(each) for each in account.improvements] == ["second-shelf"]
    assert account.body.strip() == "The supplier had no spare."
    (breach,) = account.breaches
    assert breach.names("email-hq", "availability", "2026-10")
    assert not breach.names("email-hq", "availability", "2026-11")


def test_one_cause_of_several_breaches(tmp_path: Path) -> None:
    """`breach` may be a list; a period stands for its parts too."""
    text = (
        HEAD
        + "breach:\n  - {agreement: a, target: x, period: 2026-Q4}\n  - {agreement: b, target: y, period: 2026-10/2}\n"
        "cause: A cable was cut.\n---\n"
    )

    (account,) = read(tmp_path, {FILE: text}).catalogue.breaches.values()

    first, second = account.breaches
    assert first.names("a", "x", "2026-Q4/1")
    assert second.names("b", "y", "2026-10/2")
    assert not second.names("b", "y", "2026-10/1")


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        (NAMED, "1:1 field/missing-key: the breach: 'cause' is missing | "),
        ("cause: C\n", "1:1 field/missing-key: the breach: 'breach' is missing | "),
        (
            "cause: C\nbreach: {agreement: a, target: x, period: 2026-13}\n",
            "4:43 field/wrong-value: there is no 2026-13 in the calendar | ",
        ),
        (
            "cause: C\nbreach: {agreement: a, target: x, period: 2026-10/x}\n",
            "4:43 field/wrong-value: '2026-10/x' names no part of a period | write 2026-10/1 or 2026-10/2",
        ),
        (
            "cause: C\nbreach: {agreement: a, period: 2026-10}\n",
            "4:9 field/missing-key: 'breach': 'target' is missing | ",
        ),
        (
            "cause: C\nbreach: email\n",
            "4:9 field/wrong-type: 'breach' is a single value; a mapping of keys to values is needed | write keys and values, as in `{agreement: …}`",
        ),
    ],
)
def test_what_is_unclear(tmp_path: Path, keys: str, problem: str) -> None:
    """Each is reported at its place, and the file is left out."""
    loaded = read(tmp_path, {FILE: f"{HEAD}{keys}---\n"})

    assert lines(loaded, hints=True) == [f"{FILE}:{problem}"]
    assert ("breach", "mail-in-october") in loaded.broken


def test_an_improvement_may_name_the_breach_that_it_answers(tmp_path: Path) -> None:
    """`period` in `for`; a breach is one of a target."""
    text = (
        "---\ntitle: Shelf\nfor: [{agreement: a, target: x, period: 2026-10}, {agreement: a, period: 2026-10}]\n---\n"
    )

    loaded = read(tmp_path, {"content/improvements/shelf.md": text})

    assert lines(loaded, hints=True) == [
        "content/improvements/shelf.md:3:51 field/missing-key: an entry of 'for': 'target' is missing | a breach is one of a target"
    ]
    assert [str(each.period) for each in loaded.catalogue.improvements["shelf"].targets] == ["2026-10", "2026-10"]
