"""The service reports of a site: of each agreement the one for its last finished period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from servicebook import texts
from servicebook.insight.reporting import last_finished
from servicebook.rendering import links
from servicebook.rendering.book import Book
from servicebook.rendering.page import Asset
from servicebook.rendering.report import make_report
from servicebook.rendering.report_content import Report
from servicebook.rendering.report_html import STYLE, html, style
from servicebook.rendering.report_markdown import markdown
from servicebook.rendering.report_pdf import pdf
from servicebook.rendering.site import Site


class Form(StrEnum):
    """What a report can be written as."""

    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLinks:
    """Where the report of an agreement's last finished period stands."""

    period: str
    page: str
    pdf: str


def links_of(book: Book, agreement_id: str) -> ReportLinks | None:
    """The report that the site has of an agreement; None where nothing of it is finished."""
    results = [result for history in book.histories[agreement_id].values() for result in history.results]
    period = last_finished(results, book.zone_of(agreement_id), book.site.as_of)
    if period is None:
        return None
    stem = f"{links.REPORTS}{agreement_id}-{period.name}"
    return ReportLinks(period=period.name, page=f"{stem}.html", pdf=f"{stem}.pdf")


def assets(book: Book) -> Iterator[Asset]:
    """Each report as a page and as a PDF, and their style: linked, for the site's policy allows none inside a page."""
    found = [(id_, there) for id_ in book.catalogue.agreements if (there := links_of(book, id_)) is not None]
    if found:
        yield Asset(url=STYLE, content=style())
    for agreement_id, there in found:
        report = make_report(book, agreement_id, there.period)
        yield Asset(url=there.page, content=html(report, f"../{STYLE}").encode())
        yield Asset(url=there.pdf, content=pdf(report))


def render_report(site: Site, agreement_id: str, period: str, form: Form) -> bytes:
    """The report of an agreement for a calendar period; ValueError where the period's name is none."""
    with texts.speaking(site.language):
        report = make_report(Book(site), agreement_id, period)
        return pdf(report) if form is Form.PDF else _text(report, form).encode()


def _text(report: Report, form: Form) -> str:
    return html(report) if form is Form.HTML else markdown(report)
