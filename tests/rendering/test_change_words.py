"""Changes of terms in words, in both languages: each test shows what stood in the file and what stands there now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from servicebook import texts
from servicebook.insight.change import CommittedVersion, Side, compare_agreement
from servicebook.loading import load
from servicebook.rendering import Site
from servicebook.rendering.book import Book
from servicebook.rendering.versions import blocks

from .catalogue import FILES, at, site_of, write

NAME = "content/agreements/email-sla.md"
REVIEW = "review: {every: 6 months, last: 2026-07-02}"
RENEWAL = "renewal: {kind: tacit, term: 12 months, notice: 60 days}"


def changed(tmp_path: Path, old: str, new: str, language: str) -> list[str]:
    """What the page says of version 2.1 where `old` stood in place of `new` before: `direction thing, term: values`."""
    before = load(write(tmp_path / "old", {**FILES, NAME: FILES[NAME].replace(new, old)}))
    site = site_of(write(tmp_path / "new", FILES), with_results=False)
    side = Side(catalogue=site.catalogue, terms=site.terms)
    changes = compare_agreement(Side.of(before.catalogue), side, ("email-sla", "email-sla"), site.as_of)
    return said(site, {"email-sla": (CommittedVersion(version="2.1", commit="c0ffee", moment=at("2026-01-01T00:00Z"), changes=changes),)}, language)  # fmt: skip


def said(site: Site, versions: Mapping[str, tuple[CommittedVersion, ...]], language: str) -> list[str]:
    with texts.speaking(language):
        found = blocks(Book(replace(site, versions=versions)), "email-sla")
    return [
        f"{change.direction} {thing.name or '-'}, {change.what}: {' → '.join(change.values)}".replace("\u00a0", " ")
        for version in found
        for thing in version.changed
        for change in thing.changes
    ]


@pytest.mark.parametrize(
    ("old", "new", "english", "german"),
    [
        (
            REVIEW.replace("6 months", "12 months"), REVIEW,
            "changed -, Review: every 12 months → every 6 months",
            "geändert -, Überprüfung: alle 12 Monate → alle 6 Monate",
        ),
        (
            RENEWAL.replace("60 days", "90 days"), RENEWAL,
            "changed -, Renewal: by itself, for 12 months, notice 90 days ahead → by itself, for 12 months, notice 60 days ahead",
            "geändert -, Verlängerung: von selbst, um 12 Monate, Kündigungsfrist 90 Tage → von selbst, um 12 Monate, Kündigungsfrist 60 Tage",
        ),
        (
            "until: 2026-07-01\n", "until: 2027-01-01\n",
            "extended -, Last day: 30 June 2026 → 31 December 2026",
            "verlängert -, Letzter Tag: 30. Juni 2026 → 31. Dezember 2026",
        ),
        (
            "\n", "\n        until: 2027-01-01\n",
            "shortened -, Last day: no end → 31 December 2026",
            "verkürzt -, Letzter Tag: ohne Ende → 31. Dezember 2026",
        ),
        (
            "provider: network-team", "provider: messaging-team",
            "changed -, Provider: Network team → Messaging team",
            "geändert -, Anbieter: Network team → Messaging team",
        ),
        (
            "services: [email, network]", "services: [email]",
            "removed -, Services: Network",
            "entfallen -, Services: Network",
        ),
        (
            "time_zone: Europe/London", "time_zone: Europe/Berlin",
            "changed -, Time zone: London time → Berlin time",
            "geändert -, Zeitzone: Ortszeit London → Ortszeit Berlin",
        ),
        (
            "notice: 3 days", "notice: 5 days",
            "tightened -, Notice of maintenance: 3 days → 5 days",
            "verschärft -, Ankündigung von Wartung: 3 Tage → 5 Tage",
        ),
        (
            "notice: 5 days}", "notice: 5 days, allowance: 4 h per month}",
            "tightened -, Maintenance that isn't counted: as much as there is → 4 h per month",
            "verschärft -, Wartung, die nicht zählt: so viel, wie anfällt → 4 h je Monat",
        ),
        (
            "maintenance: {windows: service-hours, notice: 5 days", "maintenance: {notice: 5 days",
            "loosened -, Maintenance windows: Service hours → any time",
            "gelockert -, Wartungsfenster: Service hours → jederzeit",
        ),
        (
            "\n", "\n        maintenance: {notice: 5 days, allowance: 4 h per month}\n",
            "loosened -, Maintenance: none → announced 5 days ahead, at most 4 h per month",
            "gelockert -, Wartung: keine → 5 Tage vorher angekündigt, höchstens 4 h je Monat",
        ),
        (
            'end: "2026-12-03T12:00+01:00"', 'end: "2026-12-03T12:30+01:00"',
            "loosened -, Time left out: nothing → 3 December 2026, 10:00 Berlin time to 3 December 2026, 12:30 Berlin time: Power cut",
            "gelockert -, Ausgenommene Zeit: nichts → 3. Dezember 2026, 10:00 Uhr Ortszeit Berlin bis 3. Dezember 2026, 12:30 Uhr Ortszeit Berlin: Power cut",
        ),
        (
            "role: Head of Messaging, date: 2025-11-30", "role: Head of Messaging, date: 2025-12-11",
            "changed -, Signature: Messaging team, Head of Messaging, 30 November 2025 → Messaging team, Head of Messaging, 11 December 2025",
            "geändert -, Unterschrift: Messaging team, Head of Messaging, 30. November 2025 → Messaging team, Head of Messaging, 11. Dezember 2025",
        ),
        (
            "customer: [Call us]", "customer: [Report incidents through the service desk]",
            "changed -, What the customer does: Call us → Report incidents through the service desk",
            "geändert -, Was der Kunde tut: Call us → Report incidents through the service desk",
        ),
        (
            "of staff first", "of messaging first",
            "changed -, Further terms: … To the head of staff first. → … To the head of messaging first.",
            "geändert -, Weitere Bedingungen: … To the head of staff first. → … To the head of messaging first.",
        ),
    ],
)  # fmt: skip
def test_terms_of_the_whole_agreement(tmp_path: Path, old: str, new: str, english: str, german: str) -> None:
    """Parties and services by their titles, days and lengths as the language writes them."""
    assert english in changed(tmp_path / "en", old, new, "en")
    assert german in changed(tmp_path / "de", old, new, "de")


@pytest.mark.parametrize(
    ("old", "new", "english", "german"),
    [
        (
            "at least 85 %", "at least 90 %",
            "tightened Urgent incidents are solved, Objective: at least 85 % → at least 90 %",
            "verschärft Urgent incidents are solved, Zielwert: mindestens 85 % → mindestens 90 %",
        ),
        (
            "within: 2 h", "within: 4 h",
            "loosened Urgent incidents are solved, Limit: 2 h → 4 h",
            "gelockert Urgent incidents are solved, Grenze: 2 h → 4 h",
        ),
        (
            "of: response", "of: resolution",
            "changed Urgent incidents are solved, Of a ticket: until it is answered → until it is resolved",
            "geändert Urgent incidents are solved, Zeit eines Tickets: bis zur Antwort → bis zur Lösung",
        ),
        (
            "where: {priority: [1, 2]}", "where: {priority: 1}",
            "changed Urgent incidents are solved, Rows that count: priority: 1 or 2 → priority: 1",
            "geändert Urgent incidents are solved, Zeilen, die zählen: priority: 1 oder 2 → priority: 1",
        ),
        (
            "per: month\n            minimum_count: 5\n        revisions", "per: quarter\n        revisions",
            "tightened Urgent incidents are solved, Judged from: 5 records → 1 record",
            "verschärft Urgent incidents are solved, Beurteilt ab: 5 Datensätze → 1 Datensatz",
        ),
        (
            "per: month\n        revisions", "per: quarter\n        revisions",
            "loosened Urgent incidents are solved, Looked at: each month → each quarter",
            "gelockert Urgent incidents are solved, Betrachtet: jeden Monat → jedes Quartal",
        ),
        (
            "credits: [{below: 99.9 %, credit: 10 %}]", "credits: [{below: 99.9 %, credit: 10 %}, {below: 99 %, credit: 25 %}]",
            "tightened Mail is usable, Service credits: below 99.9 %: 10 % → below 99.9 %: 10 %; below 99 %: 25 %",
            "verschärft Mail is usable, Gutschriften: unter 99,9 %: 10 % → unter 99,9 %: 10 %; unter 99 %: 25 %",
        ),
        (
            "measure: reliability", "measure: availability",
            "tightened Mail is usable, What is measured: usable at least 99.9 % of all time, all planned work left out, each month → usable at least 99.9 % of all time each month",
            "verschärft Mail is usable, Was gemessen wird: nutzbar in mindestens 99,9 % der gesamten Zeit, geplante Arbeiten nicht mitgezählt, jeden Monat betrachtet → nutzbar in mindestens 99,9 % der gesamten Zeit, jeden Monat betrachtet",
        ),
        (
            "- id: help", "- id: urgent",
            "added Urgent incidents are solved, : at least 90 % resolved within 4 h in service hours each quarter",
            "neu Urgent incidents are solved, : mindestens 90 % innerhalb von 4 h in der Servicezeit gelöst, jedes Quartal betrachtet",
        ),
        (
            "            source: tickets", "            hours: service-hours\n            source: tickets",
            "loosened Urgent incidents are solved, Service hours: round the clock → Service hours (Mon–Fri 07:00–12:00 and 13:00–20:00, Sat 09:00–24:00, Berlin time)",
            "gelockert Urgent incidents are solved, Servicezeit: rund um die Uhr → Service hours (Mo–Fr 07:00–12:00 und 13:00–20:00, Sa 09:00–24:00, Ortszeit Berlin)",
        ),
    ],
)  # fmt: skip
def test_terms_of_targets(tmp_path: Path, old: str, new: str, english: str, german: str) -> None:
    """The target by its name; the direction is that of `diff`."""
    assert english in changed(tmp_path / "en", old, new, "en")
    assert german in changed(tmp_path / "de", old, new, "de")
