"""Which language a generated page is in, and what declares another."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from servicebook import texts
from servicebook.compliance.explain import working
from servicebook.model.result import Result, TimeLine, Verdict
from servicebook.model.target import Measure
from servicebook.rendering import Page, Site, blocks, passing, render
from servicebook.rendering.book import Book
from servicebook.rendering.promises import why_no_figures
from servicebook.rendering.templating import environment
from servicebook.source import Position

from .catalogue import HOUR, MINUTE


def kept(text: str) -> str:
    return text.replace("~", "\u00a0")


def newest(site: Site, target: str) -> Result:
    found = Book(site).histories["email-sla"][target].newest_finished
    assert found is not None
    return found


def pages(site: Site, language: str) -> dict[str, Page]:
    return {page.url: page for page in render(replace(site, language=language)).pages}


@pytest.mark.parametrize(("language", "declared"), [("en", ""), ("de", ""), ("de-AT", ""), ("fr", ' lang="en"')])
def test_a_page_declares_its_language_where_the_sites_is_not_offered(site: Site, language: str, declared: str) -> None:
    """The theme says `lang="fr"` for the whole page; what is ours is English there (WCAG 3.1.2)."""
    for page in pages(site, language).values():
        assert re.match(rf'<div class="sb( sb-wide)?" data-sb-running="[^"]+"{declared}>', page.html), page.url


def test_what_is_always_english_declares_it_on_pages_of_another_language() -> None:
    """The messages of `check`, which stay English."""
    template = environment().from_string("<td{{ lang_english() }}></td>")

    assert template.render() == "<td></td>"
    with texts.speaking("de"):
        assert template.render() == '<td lang="en"></td>'


def test_figures_dates_and_promises_of_a_german_site_are_german(site: Site) -> None:
    html = pages(site, "de")["scorecards/email-sla/"].html.replace("\u00a0", "~")

    assert "Nutzbar in mindestens 99,9~% der" in html
    assert "Oktober 2026" in html
    assert "1~h 15~min Ausfall, 44~min 39~s erlaubt" in html


def test_a_german_site_does_not_leave_its_language_behind(site: Site) -> None:
    """What is made next is English again, to the byte."""
    before = pages(site, "en")
    pages(site, "de")

    assert pages(site, "en") == before


def test_what_happened_in_a_period_in_german(site: Site) -> None:
    """One stretch and several, maintenance, what was left out, what nobody observed."""
    result = newest(site, "availability")
    line = TimeLine(
        down=((0, 75 * MINUTE, Fraction(1)),),
        maintenance=((0, 40 * MINUTE),),
        listed=((0, HOUR),),
        unobserved=((0, 2 * HOUR),),
    )
    twice = TimeLine(down=((0, HOUR, Fraction(1)), (2 * HOUR, 3 * HOUR, Fraction(1))))

    with texts.speaking("de"):
        drawn = passing.time_line_of(replace(result, time_line=line))
        again = passing.time_line_of(replace(result, time_line=twice))

    assert drawn is not None
    assert drawn.says == kept(
        "1~h 15~min Ausfall in 1~Abschnitt; 40~min vereinbarte Wartung nicht mitgezählt; "
        "1~h nach Vereinbarung ausgeschlossen; 2~h nicht beobachtet."
    )
    assert again is not None
    assert again.says == kept("2~h Ausfall in 2~Abschnitten.")


def test_why_there_is_no_figure_yet_in_german(site: Site) -> None:
    """The draft's parties have still to sign."""
    with texts.speaking("de"):
        said = why_no_figures(Book(site), "archive-sla")

    assert said.startswith(
        "Keine Zahlen, bevor beide Seiten unterzeichnet haben: Es fehlt die datierte Unterschrift von "
    )


def test_headings_of_workings_in_german(site: Site) -> None:
    book = Book(site)
    history = book.histories["email-sla"]["availability"]
    result = newest(site, "availability")
    silent = replace(result, verdict=Verdict.NO_DATA, shown=None, late_exclusions=("Storm",))
    with texts.speaking("de"):
        with_figure = blocks.row_of(book, history, result)
        without = blocks.row_of(book, history, silent)

    assert with_figure.heading == kept("Oktober 2026: wie 99,8~% berechnet wurde")
    assert with_figure.promised == kept("mindestens 99,9~%")
    assert without.heading == "Oktober 2026: warum es keine Zahl gibt"
    assert without.remarks == ("Ein Ausschluss wurde erst nach dem Zeitraum erklärt: Storm",)


def test_every_line_of_a_working_is_german(site: Site) -> None:
    """Exclusions, coverage, weights, long lists, what a percentile counts, credits that are capped or none."""
    result = newest(site, "availability")
    target = Book(site).histories["email-sla"]["availability"].entry.target
    half, spans = Fraction(1, 2), tuple((n * HOUR, n * HOUR + MINUTE) for n in range(41))
    full = replace(
        result,
        finished=False,
        coverage=Fraction(99, 100),
        excluded=HOUR,
        excluded_maintenance=40 * MINUTE,
        excluded_listed=20 * MINUTE,
        late_exclusions=("Storm",),
        time_line=TimeLine(down=((0, HOUR, half),), maintenance=spans, listed=((0, HOUR),), unobserved=((0, HOUR),)),
        missed=(Position("a.csv", 3, 1),),
        credit=Fraction(1, 3),
    )
    ranked = replace(result, measure=Measure.PERCENTILE, value=None, credit=Fraction(0))
    with texts.speaking("de"):
        labels = {line.label for line in working(full, target)}
        ranks = working(ranked, replace(target, percentile=Fraction(999, 10)))

    assert labels >= {
        "2026-10, bisher: 2026-10-01 00:00 bis 2026-11-01 00:00 (Europe/Berlin)",
        "− vereinbarte Ausschlüsse",
        "verspätet erklärt: Storm",
        "= beobachtet, eine Abdeckung von 99 %",
        "− nicht beobachtet",
        "und 1 weitere",
        "nicht innerhalb der Grenze: a.csv:3",
        "1970-01-01 01:00 bis 1970-01-01 02:00 (zählt zu 50 %)",
        "betrachtete Datensätze",
    }
    assert any(label.startswith("Gutschrift (begrenzt auf ") for label in labels)
    said = {line.label: line.figure for line in ranks}
    assert "Datensätze, von denen 99,9 % bei oder unter dem Wert liegen" in said
    assert "keine Zahl" in said.values()
