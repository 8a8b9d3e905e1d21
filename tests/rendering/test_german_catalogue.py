"""The pages of services, data and method in German."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from servicebook.rendering import Output, Site, render
from servicebook.source import Position, Problem

from .catalogue import FILES, site_of, write


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small catalogue of these tests with `language: de`."""
    root: Path = write(tmp_path_factory.mktemp("katalog"), FILES)
    return site_of(root, language="de")


@pytest.fixture(scope="module")
def output(german: Site) -> Output:
    return render(german)


def page(output: Output, url: str) -> str:
    return next(page.html for page in output.pages if page.url == url)


def words(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", html.replace("<wbr>", ""))).split())


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("services/", "3 Services, danach, wozu sie dienen."),
        ("services/email/", "Collaboration · für Kunden · in Betrieb"),
        ("services/email/", "Kosten 4,20 € je mailbox and month"),
        ("services/email/", "Nutzbar in mindestens 99,9 % der gesamten Zeit, jeden Monat betrachtet"),
        ("services/email/", "Oktober 2026 · 1 h 15 min Ausfall, 44 min 39 s erlaubt"),
        ("services/archive/", "Keine Zahlen, bevor beide Seiten unterzeichnet haben: Es fehlt die datierte Unterschrift von Headquarters."),
        ("data/", "Woher die Werte kommen, wie frisch sie sind und was daran nicht stimmt."),
        ("data/mail-outages/", "Neueste Aufzeichnung 18. November 2026, 08:00 Uhr UTC 40 Stunden alt"),
        ("data/mail-outages/", "Zeilen, die zählen 4 von 4"),
        ("method/", "743 h 5 min ÷ 744 h 20 min 99,832 %"),
        ("method/", "Der Wert kann nur steigen, solange ein Zeitraum läuft."),
    ],
)  # fmt: skip
def test_a_page_speaks_german(output: Output, url: str, said: str) -> None:
    """Sentences, numbers and dates alike; what authors wrote stays."""
    assert said.lower() in words(page(output, url)).lower()


def test_what_a_contact_is_for_is_said_in_german(tmp_path: Path) -> None:
    """`incidents` and the other three words of the guide; an author's own word stays, whatever stands in it."""
    service = FILES["content/services/email.md"].replace("for: requests", 'for: "100% refunds"')
    files = {**FILES, "content/services/email.md": service}
    said = words(page(render(site_of(write(tmp_path, files), language="de")), "services/email/"))

    assert "Störungen desk@example.org" in said
    assert "100% refunds desk.example" in said


@pytest.mark.parametrize(("language", "declared"), [("de", ' lang="en"'), ("en", "")])
def test_messages_of_the_check_stay_english_and_say_so(german: Site, language: str, declared: str) -> None:
    """They are for editors, and the same as on the command line (WCAG 3.1.2)."""
    problem = Problem(position=Position("content/x.md"), rule="group/rule", message="No such party.", hint="Add it.")
    html = page(render(replace(german, language=language, problems=(problem,))), "data/")

    assert f'<td{declared}>No such party. <span class="sb-note">Add it.</span></td>' in html


def test_charts_speak_german(output: Output) -> None:
    """The words beside their lines, and their scales with decimal commas."""
    drawn = " ".join(re.findall(r"<svg\b.*?</svg>", page(output, "scorecards/email-sla/"), flags=re.DOTALL))

    assert ">zugesagt<" in drawn
    assert re.search(r">\d+,\d+\s%<", drawn)
    assert not re.search(r">[^<]*\d\.\d+\s%<", drawn)
