"""The service report in German, in each of its forms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from servicebook.model.measurement import Outage
from servicebook.rendering import Site
from servicebook.rendering.reports import Form, render_report
from servicebook.source import Position

from .catalogue import AS_OF, FILES, HOUR, at, site_of, write
from .test_report import ACCOUNT


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small catalogue, one breach explained, with `language: de`."""
    root = write(tmp_path_factory.mktemp("bericht"), {**FILES, "content/breaches/power.md": ACCOUNT})
    return site_of(root, language="de")


def text(site: Site, period: str = "2026-10", agreement: str = "email-sla") -> str:
    return render_report(site, agreement, period, Form.MARKDOWN).decode().replace("\u00a0", " ")


@pytest.mark.parametrize(
    "said",
    [
        "# Servicebericht: Oktober 2026",
        "- **Anbieter:** Messaging team",
        "- **Zeitraum:** 1\\. Oktober 2026 bis 31. Oktober 2026 (Ortszeit Berlin)",
        "Ein Ergebnis entfällt auf diesen Zeitraum (Oktober 2026): eines verletzt.",
        "Fällige Gutschriften: Mail is usable, Oktober 2026: 10 %.",
        "| Zeitraum | Wert | Zugesagt | Urteil | Abdeckung | Gutschrift | Grundlage |",
        "| Oktober 2026 | 99,8 % | mindestens 99,9 % | ✕ verletzt | 100 % | 10 % |",
        "10 Zeiträume: 9 eingehalten und 1 verletzt; Oktober 2026: 99,8 %.",
        "Viertes Quartal 2026: bisher 100 %, auf Kurs.",
        "- **Ursache:** The battery of the rack was flat.",
        "- **Wirksam seit:** 28\\. Oktober 2026",
        "| Ausgefallen ab | Bis | Gezählt | Hinweis |",
        "Durchgeführt: 40 min vereinbarte Wartung in der Servicezeit, nicht mitgezählt.",
        "Kein Zufriedenheitsziel hat in diesem Zeitraum ein Ergebnis.",
        "| Verbesserung: Second line for the head office | Network team | 15\\. Dezember 2026 |",
        "|  | Anbieter: Messaging team (Head of Messaging) | Kunde: Headquarters (Director of Operations) |",
        "Stand: 20. November 2026, 01:00 Uhr Ortszeit Berlin, Revision 4f0c2d1. Harbour services.",
    ],
)
def test_a_report_speaks_german(german: Site, said: str) -> None:
    """Ours is German; titles, causes and roles are the authors' and stay as they wrote them."""
    assert said in text(german)


def test_results_are_counted_in_german_grammar(german: Site) -> None:
    """One result is `eines`, where a promise would be `eine`."""
    quarter = text(german, "2026-Q4")

    assert "Dieser Zeitraum ist noch nicht vorbei: Der Bericht zeigt den jetzigen Stand." in quarter
    assert (
        "Drei Ergebnisse entfallen auf diesen Zeitraum (viertes Quartal 2026): eines verletzt und zwei auf Kurs. "
        "Zwei davon sind noch nicht endgültig." in quarter
    )
    assert "Auf diesen Zeitraum (Oktober 2025) entfällt kein Ergebnis dieser Vereinbarung." in text(german, "2025-10")


def test_what_is_coming_and_what_was_left_out_is_said_in_german(german: Site) -> None:
    """The first column is a time there, `Von`, and no source."""
    start = at("2026-12-06T22:00Z")
    row = Outage(
        start=start, end=None, planned_end=start + 2 * HOUR, planned=True, announced=AS_OF, origin=Position("x")
    )
    said = text(replace(german, planned={"email-sla": (row,)}), "2026-12")

    assert "Bevorstehend, wie angekündigt:\n\n| Von | Bis | Dauer |" in said
    assert "Bevorstehend: Es ist nichts angekündigt." in text(replace(german, planned={}))
    assert "Im Einvernehmen beider Seiten ausgenommen:\n\n| Von | Dauer | Grund | Erklärt am, gebilligt von |" in said


def test_html_and_pdf_declare_german(german: Site) -> None:
    """Screen readers and hyphenation go by it; verdicts have their German word beside the shape."""
    html = render_report(german, "email-sla", "2026-10", Form.HTML).decode()
    pdf = render_report(german, "email-sla", "2026-10", Form.PDF)

    assert '<html lang="de" data-sheet="Servicebericht: Oktober 2026 · ' in html
    assert "verletzt</span>" in html
    assert '<p class="line">Unterschrift</p>' in html
    assert b"/Lang(de)" in pdf.replace(b" ", b"")
