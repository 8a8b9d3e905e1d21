"""The service report: what it holds, and that no author's text becomes markup or code in any of its forms."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from markdown import Markdown
from pypdf import PdfReader

from servicebook.model.measurement import Outage
from servicebook.model.result import Result, Verdict
from servicebook.model.target import Measure
from servicebook.rendering import Site, render
from servicebook.rendering.report_content import Facts, Items, Paragraph, Report, Section, Signatures, Table, Trend
from servicebook.rendering.report_html import html
from servicebook.rendering.report_markdown import markdown, plain
from servicebook.rendering.report_pdf import pdf
from servicebook.rendering.reports import Form, render_report
from servicebook.source import Position

from .catalogue import AS_OF, FILES, HOUR, at, site_of, write

EVIL = '#panic("x") *b* _i_ $x$ [a](javascript:1) <script>alert(1)</script> `code` @ref {{ 7*7 }} \\ | ~s~ &amp; 漢'
ACCOUNT = """
    ---
    title: Two power cuts
    breach: {agreement: email-sla, target: availability, period: 2026-10}
    cause: The battery of the rack was flat.
    correction: It was replaced.
    corrected: 2026-10-28
    owner: messaging-team
    improvements: [second-line]
    ---
    """


@pytest.fixture(scope="module")
def explained(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(write(tmp_path_factory.mktemp("report"), {**FILES, "content/breaches/power.md": ACCOUNT}))


def text(site: Site, period: str = "2026-10", agreement: str = "email-sla") -> str:
    return render_report(site, agreement, period, Form.MARKDOWN).decode().replace("\u00a0", " ")


def test_the_report_of_a_month(explained: Site) -> None:
    """Summary, targets with their trend, breaches with causes, maintenance, improvements, actions, signatures."""
    said = text(explained)

    for expected in (
        "# Service report: October 2026",
        "- **Provider:** Messaging team",
        "- **Customer:** Headquarters",
        "- **Period:** 1 October 2026 to 31 October 2026 (Berlin time)",
        "One result falls into October 2026: one breached.",
        "- Mail is usable, October 2026: 30 min 21 s down too long.",
        "Credits due: Mail is usable, October 2026: 10 %.",
        "| October 2026 | 99.8 % | at least 99.9 % | ✕ breached | 100 % | 10 % |",
        "10 periods: 9 met and 1 breached; October 2026: 99.8 %.",
        "Fourth quarter 2026: 100 % so far, on track.",
        "- **Cause:** The battery of the rack was flat.",
        "- **In place since:** 28 October 2026",
        "- **Improvements:** Second line for the head office",
        "| 19 Oct, 10:02 | 19 Oct, 10:57 | 55 min |",
        "Done: 40 min of agreed maintenance in service hours, not counted.",
        "No target of satisfaction has a result in this period.",
        "| Second line for the head office | Network team | 15 December 2026 | – | not done yet |",
        "| Improvement: Second line for the head office | Network team | 15 December 2026 |",
        "|  | Provider: Messaging team (Head of Messaging) | Customer: Headquarters (Director of Operations) |",
        "As known at 20 November 2026, 01:00 Berlin time, revision 4f0c2d1. Harbour services.",
    ):
        assert expected in said, expected


def test_the_report_of_a_quarter_holds_its_months(explained: Site) -> None:
    """Four results: three months and the quarter."""
    said = text(explained, "2026-Q3")

    assert "Four results fall into third quarter 2026: four met." in said
    assert "| July 2026 |" in said
    assert "| Third quarter 2026 | 90 % |" in said
    assert "No promise was missed." in said


def test_a_period_that_goes_on_says_so(explained: Site) -> None:
    """What isn't final is marked."""
    said = text(explained, "2026-Q4")

    assert "This period isn't over: the report shows how it stands." in said
    assert (
        "Three results fall into fourth quarter 2026: one breached and two on track. Two of them aren't final yet."
        in said
    )


def test_a_breach_without_a_cause_becomes_an_action(site: Site) -> None:
    """Somebody has to write it down."""
    said = text(site)

    assert "- **Cause:** not written down yet" in said
    assert "| Write down the cause: Mail is usable, October 2026 | Messaging team | now |" in said


def test_nothing_there_is_said(site: Site) -> None:
    """A draft has no figures, a period before the agreement no result."""
    assert "No figure yet." in text(site, agreement="archive-sla")
    assert "No result of this agreement falls into October 2025." in text(site, "2025-10")


def test_announced_maintenance_and_agreed_exclusions(site: Site) -> None:
    """What is coming, and what both parties left out."""
    start = at("2026-12-06T22:00Z")
    row = Outage(
        start=start, end=None, planned_end=start + 2 * HOUR, planned=True, announced=AS_OF, origin=Position("x")
    )
    said = text(replace(site, planned={"email-sla": (row,)}), "2026-12")

    assert "| 6 December 2026, 23:00 Berlin time | 7 December 2026, 01:00 Berlin time | 2 h |" in said
    assert "| 3 December 2026, 10:00 Berlin time | 2 h 30 min | Power cut | 3 November 2026, Headquarters |" in said


def test_each_sheet_of_the_pdf_says_what_it_belongs_to(site: Site) -> None:
    """The report, the agreement with its version, and when it was known; sheets that come apart can be put together."""
    printed = PdfReader(io.BytesIO(render_report(site, "email-sla", "2026-10", Form.PDF))).pages
    line = "Service report: October 2026 · E-mail for headquarters, version 2.1 · As known at 20 November 2026"

    for number, sheet in enumerate(printed, 1):
        said = " ".join(sheet.extract_text().split())
        assert line in said
        assert f"{number} / {len(printed)}" in said


def test_a_name_that_is_no_period_is_refused(site: Site) -> None:
    with pytest.raises(ValueError, match="names no period"):
        render_report(site, "email-sla", "October", Form.HTML)


# --- authors' texts stay texts -----------------------------------------------------------------------------------------


def evil(result: Result) -> Report:
    """A report of nothing but an author's worst text, in every place that a text can stand."""
    blocks = (
        Paragraph(text=EVIL),
        Paragraph(text=EVIL, quiet=True),
        Items(items=(EVIL,)),
        Facts(rows=((EVIL, EVIL),)),
        Table(head=(EVIL, EVIL), rows=((EVIL, Verdict.BREACHED), (EVIL, EVIL))),
        Trend(results=(result,), labels=(EVIL,), words=EVIL),
        Signatures(sides=()),
    )
    return Report(
        title=EVIL,
        agreement=EVIL,
        facts=Facts(rows=((EVIL, EVIL),)),
        sections=(Section(title=EVIL, blocks=blocks), Section(title=EVIL, blocks=(), level=3)),
        note=EVIL,
        version=EVIL,
        author=EVIL,
        language="en",
        as_of=AS_OF,
    )


@pytest.fixture(scope="module")
def worst(explained: Site) -> Report:
    return evil(explained.results[0])


def words_of(page: str) -> str:
    """The words that a browser shows."""

    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: list[str] = []

        def handle_data(self, data: str) -> None:
            self.found.append(data)

    reader = Reader()
    reader.feed(page)
    return " ".join("".join(reader.found).split())


@pytest.mark.parametrize(
    "written",
    [EVIL, "# no heading", "1. no list", "12) no list", "- no list", "+ no list", "=====", "---", "> no quote", "    no code",
     "![x](y)", "a  b", "two\nlines\n\n# three", "99.9 %", "**x**", "![x]: http://y", "&lt;", "<!-- x -->", "***", ": x", "\\", "`"],
)  # fmt: skip
def test_markdown_reads_as_the_very_text(written: str) -> None:
    """Whatever an author writes: a reader of Markdown gives back the words, and nothing around them but a paragraph."""
    made = Markdown(extensions=["tables", "def_list"]).convert(plain(written))

    assert re.fullmatch(r"<p>[^<]*</p>", made), made
    assert words_of(made) == " ".join(written.split())


def test_figures_are_not_escaped_in_vain() -> None:
    """What needs no escape reads as it is in the file, too."""
    assert plain("99.9 % of 1.5 h (at most)") == "99.9 % of 1.5 h (at most)"


def test_markdown_of_the_worst_report_holds_no_markup(worst: Report) -> None:
    """A table keeps its columns, a heading its words."""
    made = Markdown(extensions=["tables"]).convert(markdown(worst))

    assert "<script" not in made
    assert "<code>" not in made
    assert "<a " not in made
    assert "<em>" not in made


def test_html_of_the_worst_report_holds_no_markup(worst: Report) -> None:
    """It stands there as text, in attributes too."""
    made = html(worst)

    assert "<script" not in made
    assert "{{ 7*7 }}" in made
    assert EVIL in words_of(made)


def test_pdf_of_the_worst_report_is_made(worst: Report) -> None:
    """No text can stop the engine or run in it; a character without a shape only costs the claim of the standard."""
    made = pdf(worst)

    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid" not in made


# --- its forms ---------------------------------------------------------------------------------------------------------


def test_html_is_one_file_that_asks_for_nothing(explained: Site) -> None:
    """No address is fetched; its style stands inside. The site's own links its style instead."""
    made = render_report(explained, "email-sla", "2026-10", Form.HTML).decode()
    assets = {asset.url: asset.content for asset in render(explained).assets}
    published = assets["reports/email-sla-2026-10.html"].decode()

    assert not re.search(r'\s(src|href)="(?!#)', made)
    assert "<style>" in made
    assert "url(" not in made
    assert "<style" not in published
    assert 'href="../assets/reports/report.css"' in published
    assert "assets/reports/report.css" in assets


def test_html_is_well_formed_with_headings_in_order(explained: Site) -> None:
    """And every shape has its word."""
    made = render_report(explained, "email-sla", "2026-10", Form.HTML).decode()
    levels = [int(level) for level in re.findall("<h([1-6])", made)]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert made.count("<section>") == made.count("</section>")
    assert "breached</span>" in made


def test_pdf_is_tagged_and_the_same_each_time(explained: Site) -> None:
    """PDF/UA, with `as_of` as its date: the same input gives the same bytes."""
    made = render_report(explained, "email-sla", "2026-10", Form.PDF)

    assert made == render_report(explained, "email-sla", "2026-10", Form.PDF)
    assert b"/CreationDate(D:20261120000000Z)" in made
    assert b"pdfuaid" in made
    assert b"/StructTreeRoot" in made


def test_the_site_links_the_report_of_the_last_finished_period(explained: Site) -> None:
    """On the scorecard; an agreement without a finished period has none."""
    output = render(explained)
    scorecards = {page.url: page.html for page in output.pages if page.url.startswith("scorecards/")}
    reports = {asset.url for asset in output.assets if asset.url.startswith("reports/")}

    assert 'href="../../reports/email-sla-2026-10.pdf"' in scorecards["scorecards/email-sla/"]
    assert 'href="../../reports/email-sla-2026-10.html"' in scorecards["scorecards/email-sla/"]
    assert "reports/" not in scorecards["scorecards/archive-sla/"]
    assert reports == {
        f"reports/{name}-2026-10.{form}" for name in ("email-sla", "network-ola") for form in ("html", "pdf")
    }


def test_satisfaction_stands_in_the_report(explained: Site) -> None:
    """That of the agreement's own targets."""
    terms = explained.terms["email-sla"]
    (entry,) = terms.targets["availability"]
    asked = replace(entry, target=replace(entry.target, measure=Measure.SATISFACTION))
    changed = replace(terms, targets={**terms.targets, "availability": (asked,)})
    said = text(replace(explained, terms={**explained.terms, "email-sla": changed}))

    assert "| Mail is usable | October 2026 | 99.8 % | ✕ breached |" in said
