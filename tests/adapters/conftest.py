"""A folder with a catalogue's settings, and pages that are given instead of made."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from servicebook.adapters import building
from servicebook.adapters.making import Made, Order
from servicebook.adapters.mkdocs_plugin import ServicebookPlugin
from servicebook.rendering.page import Asset, Heading, Output, Page

AS_OF = 1_793_491_200_000_000
"""2026-11-01T00:00:00Z."""

SETTINGS = "site_name: Services\ndocs_dir: content\nplugins: [search, servicebook]\n"

EMAIL = Page(
    url="services/email/",
    title="E-mail",
    html='<h1>E-mail</h1>\n<h2 id="promise">Promise</h2>\n<p><a href="../../agreements/email-hq/#hours">Hours</a></p>',
    section="services",
    description='Mail, "calendar" & more.',
    headings=(Heading(title="Promise", id="promise"),),
    edit_path="content/services/email.md",
    aliases=("services/mail/",),
)
PAGES = (
    Page(url="", title="Home", html='<h1>What do you need?</h1>\n<p><a href="services/">Services</a></p>', section=""),
    Page(
        url="services/",
        title="Services",
        html='<h1>Services</h1>\n<p><a href="email/">E-mail</a></p>',
        section="services",
    ),
    EMAIL,
    Page(url="agreements/", title="Agreements", html="<h1>Agreements</h1>", section="agreements"),
    Page(
        url="agreements/email-hq/",
        title="E-mail for headquarters",
        html='<h1>E-mail for headquarters</h1>\n<h2 id="hours">Hours</h2>',
        section="agreements",
        headings=(Heading(title="Hours", id="hours"),),
        edit_path="content/agreements/email-hq.md",
    ),
    Page(url="scorecards/", title="Scorecards", html="<h1>Scorecards</h1>", section="scorecards"),
    Page(
        url="scorecards/email-hq/",
        title="Scorecard",
        html="<h1>Scorecard</h1>",
        section="scorecards",
        edit_path="content/agreements/email-hq.md",
        in_search=False,
    ),
    Page(url="data/", title="Data", html="<h1>Data</h1>", section="more"),
    Page(
        url="data/outages/",
        title="Outages",
        html="<h1>Outages</h1>",
        section="more",
        edit_path="data/metrics/outages.yml",
    ),
    Page(url="method/", title="Method", html="<h1>Method</h1>", section="more"),
)
ASSETS = (
    Asset(url="api/v1/results.json", content=b'{"results": []}'),
    Asset(url="assets/servicebook.css", content=b".sb-chip{color:green}"),
    Asset(url="assets/servicebook.js", content=b"export {};"),
)


class Folder:
    """A catalogue's folder, written and built by a test."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.orders: list[Order] = []
        self.made = Made(output=Output(pages=PAGES, assets=ASSETS))
        self.write("mkdocs.yml", SETTINGS)
        (root / "content").mkdir()

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file below the root."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def settings(self, more: str) -> None:
        """Add lines to the settings."""
        self.write("mkdocs.yml", SETTINGS + more)

    def build(self, *, strict: bool = False, site_dir: Path | None = None) -> int:
        """Build the site; returns the exit code."""
        return building.build(self.root, as_of=AS_OF, strict=strict, site_dir=site_dir)

    def page(self, url: str) -> str:
        """The HTML of a page."""
        return (self.root / "site" / url / "index.html").read_text(encoding="utf-8")

    def article(self, url: str) -> str:
        """The content of a page, without the theme around it."""
        text = self.page(url)
        return text[text.index("<article") : text.index("</article>")]

    def published(self) -> set[str]:
        """The paths of all files of the site but the theme's."""
        site = self.root / "site"
        paths = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
        return {
            path for path in paths if not path.startswith(("assets/javascripts", "assets/stylesheets", "assets/images"))
        }

    def bytes(self) -> dict[str, bytes]:
        """Every file of the site."""
        site = self.root / "site"
        return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A folder whose pages are those above, whatever its sources say."""
    made = Folder(tmp_path / "catalogue")

    def make(order: Order) -> Made:
        made.orders.append(order)
        return made.made

    monkeypatch.setattr(ServicebookPlugin, "make", staticmethod(make))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return made


@pytest.fixture
def messages(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], str]]:
    """What was logged at a level that readers of a build see."""
    caplog.set_level(logging.INFO, logger="mkdocs")
    return lambda: "\n".join(record.getMessage() for record in caplog.records)
