"""The pages in German: whole sentences, numbers and dates as German writes them."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from servicebook.rendering import Output, render
from tests.rendering.catalogue import FILES, site_of, write


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Output:
    """The small catalogue of these tests with `language: de`."""
    return render(site_of(write(tmp_path_factory.mktemp("german"), FILES), language="de"))


def words(output: Output, url: str) -> str:
    html = next(page.html for page in output.pages if page.url == url)
    return " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "Was brauchen Sie? Services, Vereinbarungen, Ansprechpartner suchen …"),
        ("", "99,8 %, zugesagt mindestens 99,9 %"),
        ("agreements/", "3 Vereinbarungen, davon 2 in Kraft."),
        ("agreements/email-sla/", "Sie gilt vom 1. Januar 2026 bis 31. Dezember 2026."),
        ("agreements/email-sla/", "Sie verlängert sich von selbst um 12 Monate, wenn nicht bis 2. November 2026 gekündigt wird."),
        ("agreements/email-sla/", "Angekündigte Wartung zählt nicht, soweit sie mindestens 5 Tage vorher angekündigt war und höchstens 4 h je Monat dauert."),
        ("scorecards/email-sla/", "Nutzbar in mindestens 99,9 % der gesamten Zeit"),
        ("scorecards/email-sla/", "Die Skala beginnt bei 99,8 %."),
        ("parties/headquarters/", "1 Vereinbarung in Kraft. In den neuesten beendeten Zeiträumen: 1 verletzt."),
        ("due/", "Eine Sache ist überfällig. Sechs werden bis 18. Februar 2027 fällig."),
        ("breaches/", "noch nicht festgehalten"),
        ("method/", "Zeit, die niemand beobachtet hat, ist unbekannt. Sie gilt nie als gut."),
    ],
)  # fmt: skip
def test_a_page_speaks_german(output: Output, url: str, said: str) -> None:
    """Sentences are made by rule from results, in German grammar."""
    assert said in words(output, url)


OURS = re.compile(
    r"\b(the|promised|agreement|agreements|until|nothing|figure|worked out|in force|target|targets|service hours)\b"
)


FILE = re.compile(r"[\w-]+\.(?:csv|json)")


def test_no_word_of_ours_is_left_in_english(output: Output) -> None:
    """But for what authors wrote and findings, which stay as they are; nothing with our own words in it."""
    authors = " ".join(FILES.values())
    left = []
    for page in output.pages:
        html = re.sub(r"<(svg|code|pre)\b.*?</\1>", " ", page.html, flags=re.DOTALL)
        for piece in re.split(r"<[^>]+>", html):
            text = unescape(piece).strip()
            if text and OURS.search(text) and text not in authors and not FILE.fullmatch(text):
                left.append(f"{page.url}: {text}")

    assert left == []


def test_programs_read_the_same_in_every_language(output: Output, tmp_path: Path) -> None:
    """Numbers, verdicts and states of documents don't change with the site's language."""
    english = render(site_of(write(tmp_path, FILES)))
    both = [{asset.url: asset.content for asset in made.assets} for made in (output, english)]

    for name in ("results", "services", "breaches", "needs", "due", "chain", "sources"):
        assert both[0][f"api/v1/{name}.json"] == both[1][f"api/v1/{name}.json"]
