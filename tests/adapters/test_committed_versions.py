"""The versions of an agreement that a repository's history holds, with real repositories."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from shutil import rmtree

import pytest

from servicebook.adapters import committed_versions as adapter
from servicebook.adapters.committed_versions import committed_versions
from servicebook.adapters.making import Order, from_catalogue
from servicebook.insight.change import CommittedVersion, Side
from servicebook.loading import load
from tests.adapters.test_first_commits import AGREEMENT, AS_OF, FILES, commit, git, noon, write

HEAD = """---
title: Shop
type: sla
provider: team
customer: stores
services: [shop]
version: "1.0"
from: 2026-01-01
time_zone: Europe/Berlin
hours: shop-hours
signatures: [{party: team, date: 2025-12-01}, {party: stores, date: 2025-12-01}]
"""
TARGET = "{id: usable, title: Usable, measure: availability, source: outages, objective: at least 99 %, per: month"
FIRST = HEAD + f"targets:\n  - {TARGET}}}\n---\n"
"""1.0"""
SECOND = FIRST.replace('version: "1.0"', 'version: "1.1"').replace(
    "signatures:", "responsibilities: {customer: [Say so early]}\nsignatures:"
)
THIRD = (
    SECOND.replace('version: "1.1"', 'version: "2.0"')
    .replace("\n---\n", f"\n  - {TARGET.replace('99 %', '99.5 %')}, from: 2026-09-01}}\n---\n")
    .replace("targets:", 'revisions: [{version: "1.0", date: 2026-01-01, summary: First.}, {version: "2.0", date: 2026-09-01, summary: Raised.}]\ntargets:')
)  # fmt: skip
HOURS = "content/calendars/shop-hours.yml"
OPEN = 'title: Opening hours\nhours: {mon-fri: "08:00-18:00"}\n'


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Three versions: 1.0; 1.1 with a duty of the customer's, and later with longer hours; 2.0 with a stricter entry."""
    root = tmp_path / "die Läden"
    root.mkdir()
    git(tmp_path, "init", "-q", "-b", "main")
    commit(root, "2026-01-05", {**FILES, HOURS: OPEN, AGREEMENT: FIRST})
    commit(root, "2026-03-02", {AGREEMENT: SECOND})
    commit(root, "2026-03-03", {HOURS: OPEN.replace("18:00", "20:00")})
    commit(root, "2026-04-01", {AGREEMENT: SECOND.replace("early", "a day ahead")})
    commit(root, "2026-08-20", {AGREEMENT: THIRD.replace("early", "a day ahead")})
    return root


def known(root: Path) -> dict[str, tuple[CommittedVersion, ...]]:
    return committed_versions(root, Side.of(load(root).catalogue), AS_OF, content_dir="content")


def said(found: tuple[CommittedVersion, ...]) -> list[str]:
    lines = []
    for each in found:
        lines.append(each.version)
        lines += [f"  {c.target or '-'} {c.field} {c.kind}: {c.old or '∅'} → {c.new or '∅'}" for c in each.changes]
    return lines


def history(root: Path, language: str = "en") -> str:
    order = Order(root=root, docs="content", as_of=AS_OF, name="Shop", language=language)
    output = from_catalogue(order).output
    assert output is not None
    html = next(page.html for page in output.pages if page.url == "agreements/shop-sla/")
    if 'id="history"' not in html:
        return ""
    part = html[html.index('<h2 id="history"') : html.index("<footer")]
    return " ".join(unescape(re.sub("<[^>]+>", " ", part)).replace("\u00a0", " ").split())


def test_each_version_is_compared_with_the_one_before(shop: Path) -> None:
    """As its last commit has it, with the calendars of that day; its commit is the one that brought it."""
    found = known(shop)["shop-sla"]

    assert said(found) == [
        "1.0",
        "1.1",
        "  - responsibilities.customer changed: ∅ → Say so a day ahead",
        "  usable hours tightened: shop-hours (mon-fri 08:00-18:00) → shop-hours (mon-fri 08:00-20:00)",
        "2.0",
        "  usable objective tightened: at least 99 % → at least 99.5 %",
    ]
    assert [each.moment for each in found] == [noon("2026-01-05"), noon("2026-03-02"), noon("2026-08-20")]
    assert found[1].commit == git(shop, "log", "--format=%H", "--grep=terms").splitlines()[3][:12]


def test_the_page_says_each_change_once(shop: Path) -> None:
    """The stricter entry is told by the file and by the history; version 1.1 is known from the history alone."""
    text = re.sub(r"[0-9a-f]{12}", "HASH", history(shop))

    assert text == (
        "History Version 2.0 1 September 2026 Raised. Committed on 20 August 2026: HASH"
        " Usable tightened Objective: at least 99 % → at least 99.5 %"
        " Version 1.1 Committed on 2 March 2026: HASH"
        " changed What the customer does: nothing → Say so a day ahead"
        " Usable tightened Service hours: Opening hours (Mon–Fri 08:00–18:00, Berlin time)"
        " → Opening hours (Mon–Fri 08:00–20:00, Berlin time)"
        " Version 1.0 1 January 2026 First."
        " Signed by Team on 1 December 2025 Signed by Stores on 1 December 2025 Committed on 5 January 2026: HASH"
    )


def test_the_page_in_german(shop: Path) -> None:
    """Terms, directions and days in German; authors' own words as they are."""
    text = history(shop, "de")

    assert "Verlauf Version 2.0 1. September 2026 Raised. Eingetragen am 20. August 2026:" in text
    assert "Usable verschärft Zielwert: mindestens 99 % → mindestens 99,5 %" in text
    assert "geändert Was der Kunde tut: nichts → Say so a day ahead" in text
    assert "verschärft Servicezeit: Opening hours (Mo–Fr 08:00–18:00" in text
    assert "Unterschrieben von Team am 1. Dezember 2025" in text


def test_a_version_that_isnt_committed_yet(shop: Path) -> None:
    """It is compared with the last committed one; no commit is named."""
    write(shop, {AGREEMENT: THIRD.replace('version: "2.0"', 'version: "2.1"')})

    newest = known(shop)["shop-sla"][-1]
    assert (newest.version, newest.commit, newest.moment) == ("2.1", None, None)
    assert said((newest,))[1:] == ["  - responsibilities.customer changed: Say so a day ahead → Say so early"]


def test_a_shallow_clone_adds_nothing(shop: Path, tmp_path: Path) -> None:
    """Its history is cut: nothing is guessed, only what the file says is shown."""
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{tmp_path}", str(tmp_path / "clone"))
    clone = tmp_path / "clone" / shop.name

    assert known(clone) == {}
    assert "Committed" not in history(clone)
    assert "Usable tightened Objective: at least 99 % → at least 99.5 %" in history(clone)


def test_without_a_repository_nothing_is_known(shop: Path, tmp_path: Path) -> None:
    """The folder alone tells no history."""
    rmtree(tmp_path / ".git")

    assert known(shop) == {}


def test_without_another_version_no_old_catalogue_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file changed, its version didn't; the same number in other quotes is no other version."""
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "2026-01-05", {**FILES, HOURS: OPEN, AGREEMENT: FIRST})
    commit(tmp_path, "2026-02-05", {AGREEMENT: SECOND.replace('"1.1"', "1.0")})

    def refuse(*_arguments: object, **_named: object) -> None:
        raise AssertionError

    monkeypatch.setattr(adapter, "write_files", refuse)

    assert known(tmp_path) == {}


def test_only_so_many_old_catalogues_are_loaded(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would need more is left unsaid."""
    monkeypatch.setattr(adapter, "MOST_COMMITS", 1)

    assert said(known(shop)["shop-sla"]) == ["1.0", "1.1", "2.0"]


def test_what_was_merged_counts_from_its_merge(shop: Path) -> None:
    """A version that lay on a branch for weeks was not in force there: the merge brought it."""
    git(shop, "checkout", "-q", "-b", "next")
    commit(shop, "2026-09-10", {AGREEMENT: THIRD.replace('version: "2.0"', 'version: "3.0"')})
    git(shop, "checkout", "-q", "main")
    commit(shop, "2026-09-15", {"content/services/shop.md": FILES["content/services/shop.md"] + "More.\n"})
    git(shop, "merge", "-q", "--no-ff", "-m", "merge", "next", day="2026-10-01")

    newest = known(shop)["shop-sla"][-1]
    assert (newest.version, newest.moment) == ("3.0", noon("2026-10-01"))
