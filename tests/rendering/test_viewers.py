"""Whose levels a reader sees: the states of a service for each customer and site, and what happened alike told once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from servicebook.model.result import Verdict
from servicebook.rendering import Site, happenings, viewers
from servicebook.rendering.book import Book
from tests.rendering.catalogue import FILES, site_of, write

SITES = FILES["content/parties/headquarters.md"].replace(
    "sites: [{id: hq, title: Head office}]",
    "sites: [{id: hq, title: Head office}, {id: quay, title: Quay}]",
)
BRANCHES = "---\ntitle: Branches\ntype: customer\n---\n"
AT_THE_QUAY = (
    FILES["content/agreements/email-sla.md"]
    .replace("sites: [hq]", "sites: [quay]")
    .replace("at least 99.9 %", "at least 90 %")
    .replace("title: E-mail for headquarters", "title: E-mail at the quay")
)


def book(tmp_path: Path, **changed: str) -> Book:
    """The small catalogue with other files: `agreements__x="…"` is `content/agreements/x.md`."""
    files = {f"content/{name.replace('__', '/').replace('_', '-')}.md": text for name, text in changed.items()}
    return Book(site_of(write(tmp_path, {**FILES, **files})))


def test_a_site_has_the_state_of_the_agreement_that_names_it(tmp_path: Path) -> None:
    """Mail was breached at the head office (99.83 % of 99.9 %); at the quay, where 90 % was promised, it was met."""
    made = book(tmp_path, parties__headquarters=SITES, agreements__email_quay=AT_THE_QUAY)

    shown = viewers.states(made, "email", Verdict.BREACHED)

    assert shown == {"headquarters/quay": "met"}


def test_what_is_as_for_everybody_is_not_said_again(site: Site) -> None:
    """A customer without an agreement of its own, and a site without one, see what everybody sees."""
    assert viewers.states(Book(site), "email", Verdict.BREACHED) == {}


def test_a_customer_for_everybody_is_no_choice_without_sites(tmp_path: Path) -> None:
    """A corporate agreement's customer is everyone already."""
    corporate = FILES["content/agreements/email-sla.md"].replace("basis: customer", "basis: corporate")
    bare = FILES["content/parties/headquarters.md"].replace("        sites: [{id: hq, title: Head office}]\n", "")
    made = book(
        tmp_path,
        agreements__email_sla=corporate.replace("        sites: [hq]\n", ""),
        parties__headquarters=bare,
        parties__branches=BRANCHES,
    )

    assert [party.id for party in viewers.customers(made)] == ["branches"]


@pytest.mark.parametrize(("site", "agreement"), [("quay", "email-quay"), ("hq", "email-sla"), ("elsewhere", None)])
def test_the_closest_agreement(tmp_path: Path, site: str, agreement: str | None) -> None:
    """One that names the site comes before one for the whole customer; one for another site is none."""
    made = book(tmp_path, parties__headquarters=SITES, agreements__email_quay=AT_THE_QUAY)

    found = viewers.closest(made.catalogue.agreements.values(), "email", site)

    assert (found.id if found is not None else None) == agreement


def test_a_breach_that_several_agreements_share_is_told_once(tmp_path: Path) -> None:
    """The same target with the same figure in two agreements is one event that names both."""
    twin = FILES["content/agreements/email-sla.md"].replace("title: E-mail for headquarters", "title: E-mail again")
    made = book(tmp_path, agreements__email_twin=twin)

    told = [event for event in happenings.lately(made, date(2026, 11, 20)) if event.verdict is not None]

    assert [event.note for event in told if event.what == "Mail is usable"] == [
        "E-mail for headquarters and E-mail again, October 2026"
    ]
