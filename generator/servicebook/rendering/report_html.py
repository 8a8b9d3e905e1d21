"""A service report as HTML: one file that asks for nothing."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from markupsafe import Markup

from servicebook.model.result import Verdict
from servicebook.rendering import dates, drawings, icons
from servicebook.rendering.report_content import Block, Report
from servicebook.rendering.templating import environment
from servicebook.timeline.zone import zone

STYLE = "assets/reports/report.css"
"""In a folder of its own: what lies directly in `assets/` is linked from every page."""


@cache
def style() -> bytes:
    """The style sheet of reports."""
    return (files("servicebook.rendering") / "assets" / "report.css").read_bytes()


def html(report: Report, style_href: str | None = None) -> str:
    """The report as a page of its own.

    Its style stands inside it; with `style_href` it is linked instead, for sites whose policy forbids inline styles.
    """
    made = environment().get_template("report.html")
    return (
        made.render(
            report=report,
            kind=kind,
            is_text=lambda cell: not isinstance(cell, Verdict),
            strip=lambda trend: drawings.strip(trend.results, trend.words),
            badge_shape=lambda verdict: icons.shape(icons.key_of(verdict)),
            created=dates.iso(report.as_of, zone("UTC")),
            style=Markup(style().decode()),  # noqa: S704 - ours
            style_href=style_href,
        ).strip()
        + "\n"
    )


def kind(block: Block) -> str:
    """What a block is, for the template."""
    return type(block).__name__.lower()
