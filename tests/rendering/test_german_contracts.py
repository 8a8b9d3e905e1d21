"""The pages of agreements and of what follows from them, in German."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from servicebook import texts
from servicebook.insight.breaches import Recovery, Repeats
from servicebook.model.common import Where
from servicebook.model.result import Verdict
from servicebook.model.target import Rolling
from servicebook.rendering import Site, render
from servicebook.rendering.breach_words import recovery_words, repeat_words
from servicebook.rendering.conditions import rows
from servicebook.timeline.period import Per

from . import test_support
from .catalogue import FILES, site_of, write

DRAFT = "content/agreements/archive-sla.md"
TRIED = "{id: availability, measure: availability, source: mail-outages, objective: at least 99 %, per: month}"


def words(site: Site, url: str) -> str:
    """What a page says in German, drawings left out."""
    html = next(page.html for page in render(replace(site, language="de")).pages if page.url == url)
    return plain(" ".join(unescape(re.sub("<[^>]+>", " ", html)).split()))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("agreements/email-sla/", "Service-Level-Vereinbarung (SLA) · Version 2.1 · für einen Kunden"),
        ("agreements/email-sla/", "Gutschriften, in Anteilen des Entgelts 10 %, wenn der Wert unter 99,9 % liegt"),
        ("agreements/archive-sla/", "Sie soll ab 1. Februar 2027 unbefristet gelten; nichts ist zugesagt, bevor beide Seiten unterschrieben haben."),
        ("agreements/archive-sla/", "In den letzten 10 Monaten wäre die Zusage (99 %) jedes Mal eingehalten worden, und auch 99,74 %."),
        ("agreements/archive-sla/", "Verspätet: Levels confirmed, fällig am 10. November 2026, überfällig seit 10 Tagen."),
        ("agreements/archive-sla/", "Dez Jan 27 Feb heute"),
        ("due/", "Verlängert sich von selbst um 12 Monate: E-mail for headquarters in 42 Tagen"),
        ("breaches/email-sla-availability-2026-10/", "99,8 %, zugesagt mindestens 99,9 %: 30 min 21 s zu lange ausgefallen. Eine Gutschrift von 10 % ist fällig."),
        ("breaches/email-sla-availability-2026-10/", "Bis einschließlich dieses Zeitraums wurde sie in 1 von 10 Monaten verfehlt."),
        ("needs/", "zugesagt wie verlangt, aber nicht eingehalten oder noch nicht gemessen"),
        ("needs/", "Längster Ausfall höchstens 4 h · Archive (geplant) : geplant"),
        ("improvements/", "Fällig 15. Dezember 2026 · Network team Für: E-mail for headquarters: Mail is usable verletzt"),
        ("calendars/service-hours/", "Keine Zeiten an den gesetzlichen Feiertagen von DE, BE, weiteren eigenen Tagen."),
    ],
)  # fmt: skip
def test_a_page_speaks_german(site: Site, url: str, said: str) -> None:
    """Names and prose are the authors' own; everything else is said in whole German sentences."""
    assert said in words(site, url)


def test_what_stands_under_an_agreement(tmp_path: Path) -> None:
    """Outcome, credit and links of the chain; findings stay English, and say so."""
    said = words(test_support.site(tmp_path), "support/shop/")

    assert "Nicht getragen: Die Glieder zusammen tragen höchstens 98,9901 %, zugesagt sind mindestens 99,5 %." in said
    assert "Geschuldete Gutschrift: bis zu 20 % des Entgelts." in said
    assert "Shop vom Anbieter selbst erbracht" in said


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (
            "{id: a, measure: availability, source: mail-outages, objective: at least 99.95 %, per: month}",
            "In den letzten 10 Monaten wäre die Zusage (99,95 %) 9-mal eingehalten worden. 99,742 % wäre jedes Mal eingehalten worden.",
        ),
        (
            "{id: a, measure: longest outage, source: mail-outages, objective: at most 10 min, per: year}",
            "Kein beendeter Zeitraum liegt ganz in dem, wofür die Quelle bürgt.",
        ),
        (
            "{id: a, measure: longest outage, source: mail-outages, objective: at most 30 min, per: quarter}",
            "In den letzten 3 Quartalen wäre die Zusage (höchstens 30 min) jedes Mal eingehalten worden, und auch höchstens 12 min.",
        ),
        (
            "{id: a, measure: availability, source: mail-outages, objective: at least 99 %, per: rolling 30 days}",
            "In den letzten 10 Fenstern von 30 Tagen wäre die Zusage (99 %) jedes Mal eingehalten worden, und auch 99,73 %.",
        ),
    ],
)
def test_how_a_draft_would_have_gone(tmp_path: Path, target: str, said: str) -> None:
    """Periods stand in the case that their sentence asks for."""
    files = {**FILES, DRAFT: FILES[DRAFT].replace(TRIED, target)}

    assert said in words(site_of(write(tmp_path, files)), "agreements/archive-sla/")


@pytest.mark.parametrize(
    ("per", "counted", "said"),
    [
        (Per.DAY, Repeats(breached=2, judged=12), "2 von 12 Tagen"),
        (Per.WEEK, Repeats(breached=1, judged=1), "1 von 1 Woche"),
        (Per.QUARTER, Repeats(breached=3, judged=7), "3 von 7 Quartalen"),
        (Per.YEAR, Repeats(breached=1, judged=2), "1 von 2 Jahren"),
        (Rolling(30), Repeats(breached=2, judged=5), "2 von 5 Zeiträumen"),
    ],
)
def test_how_often_a_target_was_missed(per: Per | Rolling, counted: Repeats, said: str) -> None:
    with texts.speaking("de"):
        assert plain(repeat_words(counted, per)) == said


@pytest.mark.parametrize(
    ("recovery", "said"),
    [
        (Recovery(met=2, judged=3, newest=Verdict.MET), "erholt: seither in 2 von 3 Zeiträumen eingehalten"),
        (
            Recovery(met=2, judged=3, newest=Verdict.BREACHED),
            "nicht erholt: seither in 2 von 3 Zeiträumen eingehalten, im neuesten nicht",
        ),
    ],
)
def test_whether_it_recovered(recovery: Recovery, said: str) -> None:
    with texts.speaking("de"):
        assert plain(recovery_words(recovery)) == said


def test_a_level_that_is_needed_within_a_limit(tmp_path: Path) -> None:
    """Of what the limit is stands beside the measure."""
    name = "content/needs/fast-help.md"
    need = "---\ntitle: Fast help\ncustomer: headquarters\npriority: must\nrequires: [{measure: share within, of: response, within: 15 min, objective: at least 90 %}]\nserved_by: [email]\nstatus: open\n---\n"

    assert "Anteil innerhalb der Grenze (Reaktion, 15 min) mindestens 90 %" in words(
        site_of(write(tmp_path, {**FILES, name: need})), "needs/"
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "site: callan oder hestay oder torrisle"), ("en", "site: callan or hestay or torrisle")],
)
def test_rows_that_count(language: str, said: str) -> None:
    """Columns and their texts are the file's own."""
    with texts.speaking(language):
        assert rows(Where((("site", ("callan", "hestay", "torrisle")),))) == said
