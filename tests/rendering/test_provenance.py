"""Where the terms of a multi-level agreement come from."""

from __future__ import annotations

from pathlib import Path

from servicebook.compliance.terms import resolve
from servicebook.rendering import render
from servicebook.rendering.provenance import Origin, origins, target_origin
from tests.rendering.catalogue import FILES, site_of, write

BRANCH = """\
---
title: E-mail for the branch
type: sla
provider: messaging-team
customer: headquarters
extends: email-sla
services: [email]
version: "1.0"
from: 2026-01-01
maintenance: {notice: 2 days}
signatures: [{party: messaging-team, date: 2025-12-11}, {party: headquarters, date: 2025-12-15}]
targets:
  - {id: availability, title: Mail in the branch, measure: availability, source: mail-outages, objective: at least 98 %, per: month}
---
"""


def test_each_term_says_where_it_comes_from(tmp_path: Path) -> None:
    """The zone is taken over; maintenance and the target of availability are its own, in place of the base's."""
    site = site_of(write(tmp_path, {**FILES, "content/agreements/branch-sla.md": BRANCH}))
    terms = resolve(site.catalogue, site.catalogue.agreements["branch-sla"])
    base = resolve(site.catalogue, site.catalogue.agreements["email-sla"])
    others = [name for name in base.targets if name != "availability"]

    found = origins(site.catalogue, terms)
    assert found["time_zone"] == Origin(agreement="email-sla", is_taken_over=True)
    assert found["maintenance"] == Origin(agreement="email-sla", is_taken_over=False)
    assert target_origin(site.catalogue, terms, terms.targets["availability"][0]) == Origin(
        agreement="email-sla", is_taken_over=False
    )
    assert {target_origin(site.catalogue, terms, terms.targets[name][0]) for name in others} == {
        Origin(agreement="email-sla", is_taken_over=True)
    }
    assert origins(site.catalogue, base) == {}
    assert target_origin(site.catalogue, base, base.targets["availability"][0]) is None

    html = next(page.html for page in render(site).pages if page.url == "agreements/branch-sla/")
    link = '<a href="../email-sla/">E-mail for headquarters</a>'
    assert f"Time zone taken over from {link}" in html
    assert f"Rules of maintenance of its own, in place of those of {link}" in html
    assert f"<dt>Replaces that of</dt><dd>{link}" in html
    assert f"<dt>Taken over from</dt><dd>{link}" in html
