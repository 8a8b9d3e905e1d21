"""Pages that are made, not written: they pass through MkDocs without Markdown, as members of the site like any other."""

from __future__ import annotations

import posixpath
import re
from html import escape
from urllib.parse import quote, unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from servicebook.adapters.site_settings import language_of
from servicebook.rendering.page import Heading, Page

_ID = re.compile(r'\sid="([^"]+)"')
_TITLE = re.compile(r'<h1\b[^>]*\sid="([^"]+)"')
_UNSEARCHED = re.compile(
    r"<(svg|table|details|footer|form|button|template)\b.*?</\1>"
    r'|<dl class="[^"]*\bsb-conditions\b.*?</dl>|<div class="sb-block-now">.*?</div>|<div class="sb-chooser\b.*?</div>',
    re.DOTALL,
)
_ALIKE = (
    "what-do-you-need kept lately coming-up promises depends-on agreements who plans metering hours exclusions signatures budget"
    " history underpinned levels provides receives results credits satisfaction standing-on owns uses needs improvements due"
)
_WITH_ALIKE = re.compile(r"(?:(?:services|agreements|parties)/[^/]+/)?")
_NOT_ASKED_FOR = re.compile(rf'<h[12] id="(?:{_ALIKE.replace(" ", "|")})".*?(?=<h2\b|\Z)', re.DOTALL)
"""Sections that every page of its kind has alike, and that say nothing which the rest of the page doesn't."""
_TERM = re.compile(r'<dt id="([^"]+)">(.*?)</dt>')
"""A term of the trade with what it means is found by its name."""
_APART = re.compile(r"(</(?:a|span|dt|dd|li|strong|time|code)>|<br>)")
"""What stands apart on a page, and would be one word with its neighbour once the tags are gone."""
_OF_FIGURES = re.compile(r"(?:breaches|support|data|scorecards|due|costs|capacity|satisfaction)/")
_BRIEF = re.compile(r'<h1\b.*?</h1>|<p class="sb-lead">.*?</p>', re.DOTALL)
_LINK = re.compile(r'(?P<before>\s(?:href|action)=")(?P<path>(?:\.{1,2}|[^":#?]*)/)(?P<tail>[#?][^"]*)?"')
_WITH_CONTENTS = re.compile(r"agreements/[^/]+/|method/")
"""Long texts, which are read with a table of contents beside them; the others take the whole width."""


class GeneratedPage(MkDocsPage):
    """A page of ours among those of MkDocs."""

    def __init__(self, made: Page, file: File, config: MkDocsConfig) -> None:
        super().__init__(escape(made.title), file, config)
        self.made = made
        self.whole = ""
        """The content once it is rendered, whatever other plugins are shown."""

    @property
    def searchable(self) -> str:
        """The words that people look for.

        Of services, agreements, parties and the like everything but drawings, tables, what is folded away, the sections
        that all of them have alike, and the last line; of pages of figures what they are called and their first
        sentence, for nobody looks for a number.
        """
        if _OF_FIGURES.match(self.made.url):
            return "".join(_BRIEF.findall(self.whole))
        whole = _NOT_ASKED_FOR.sub("", self.whole) if _WITH_ALIKE.fullmatch(self.made.url) else self.whole
        return _APART.sub(r"\1 ", _TERM.sub(r'<h3 id="\1">\2</h3>', _UNSEARCHED.sub("", whole)))

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - as MkDocs calls it
        """There is no source: what the theme reads of a front matter comes from the page itself, escaped."""
        self.markdown = ""
        self.meta = {
            "title": escape(self.made.title),
            "hide": _hidden(self.made),
            "search": {"exclude": not self.made.in_search, "boost": _boost(self.made.url)},
        }
        if self.made.other_names:
            # What the theme calls tags is found before anything else.
            self.meta["tags"] = [*self.made.other_names]
        if self.made.description:
            self.meta["description"] = escape(self.made.description)

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - as MkDocs calls it
        """The content is HTML already."""
        html = self.made.html
        # The theme's instant navigation assigns to `href` wherever it is an attribute; in a drawing that can't be done.
        html = html.replace("<use href=", "<use xlink:href=")
        self.whole = html if config.use_directory_urls else with_index(html)
        self.content = self.whole
        title = _TITLE.search(html)
        self.toc = contents(
            (Heading(title=self.made.title, id=title[1], level=1), *self.made.headings) if title else self.made.headings
        )
        self.present_anchor_ids = set(_ID.findall(html))
        self.links_to_anchors = None


def _boost(url: str) -> float:
    """Whoever searches looks for a service first, then for a customer, for what was promised or a term of the trade; a breach of last year comes last."""
    kind = url.partition("/")[0]
    return {"services": 4.0, "agreements": 2.0, "parties": 3.0, "method": 2.0, "breaches": 0.2}.get(kind, 1.0)


def _hidden(made: Page) -> list[str]:
    """The parts of the theme that a page of ours does without: it is reached by tabs and overviews, not by a side bar."""
    return ["navigation"] if _WITH_CONTENTS.fullmatch(made.url) and made.headings else ["navigation", "toc"]


def with_index(html: str) -> str:
    """Relative links to folders as links to the file in them, for sites that are read without a server."""
    return _LINK.sub(lambda found: f'{found["before"]}{found["path"]}index.html{found["tail"] or ""}"', html)


def contents(headings: tuple[Heading, ...]) -> TableOfContents:
    """Headings as MkDocs nests them; titles and ids are HTML there."""
    items: list[AnchorLink] = []
    open_links: list[AnchorLink] = []
    for heading in headings:
        link = AnchorLink(escape(heading.title), escape(heading.id), heading.level)
        while open_links and open_links[-1].level >= link.level:
            open_links.pop()
        (open_links[-1].children if open_links else items).append(link)
        open_links.append(link)
    return TableOfContents(items)


def file_for(made: Page, docs: str, config: MkDocsConfig) -> File:
    """The file that stands for a page, so that links and `nav` find it by the author's own path.

    `docs` is the folder of documents from the catalogue's root. A page whose address belongs to the author's file
    (`services/email/` to `content/services/mail/email.md`) has that path; others have the path that fits their address.
    """
    written = _below(made.edit_path, docs)
    path = written if written is not None and _belongs(made.url, written) else _path_of(made.url)
    file = File(
        path,
        src_dir=None,
        dest_dir=config.site_dir,
        use_directory_urls=config.use_directory_urls,
        dest_uri=f"{unquote(made.url)}index.html",
        inclusion=InclusionLevel.NOT_IN_NAV,
    )
    file.generated_by = "servicebook"
    file.content_string = ""
    if made.url:
        # Named `index`, it would be taken for the page of the section of the navigation that it stands in.
        file.name = unquote(made.url).rstrip("/").rpartition("/")[2]
    # MkDocs puts this behind `edit_uri`, which names the folder of documents.
    file.edit_uri = quote(posixpath.relpath(made.edit_path, docs)) if made.edit_path is not None else None
    return file


def _below(path: str | None, folder: str) -> str | None:
    prefix = "" if folder in ("", ".") else f"{folder}/"
    return path.removeprefix(prefix) if path is not None and path.startswith(prefix) else None


def _belongs(url: str, written: str) -> bool:
    """Whether the address is the file's first one: of the same kind and named after it."""
    stem = posixpath.splitext(posixpath.basename(written))[0]
    if url == "":
        return written in ("index.md", "README.md")
    return (
        # MkDocs makes pages of Markdown only: a calendar's own file is none.
        written.endswith(".md")
        and url.split("/", maxsplit=1)[0] == written.split("/", maxsplit=1)[0]
        and unquote(url).rstrip("/").rpartition("/")[2] == stem
    )


def _path_of(url: str) -> str:
    parts = unquote(url).rstrip("/")
    return f"{parts}.md" if "/" in parts else f"{parts}/index.md".lstrip("/")


def asset_file(url: str, content: bytes, config: MkDocsConfig) -> File:
    """A file of the site that is no page."""
    file = File(
        url,
        src_dir=None,
        dest_dir=config.site_dir,
        use_directory_urls=config.use_directory_urls,
        dest_uri=url,
        inclusion=InclusionLevel.INCLUDED,
    )
    file.generated_by = "servicebook"
    file.content_bytes = content
    return file


def redirect(alias: str, made: Page, config: MkDocsConfig) -> File:
    """A page at an old address that leads to the new one, without a script and unknown to search engines."""
    here = alias if alias.endswith("/") else f"{alias}/"
    target = posixpath.relpath(made.url or ".", here).rstrip("/") + "/"
    if not config.use_directory_urls:
        target += "index.html"
    base = config.site_url.rstrip("/") + "/" if config.site_url else ""
    canonical = f"{base}{made.url}" if base else target
    title = escape(made.title)
    html = (
        f'<!doctype html>\n<html lang="{escape(language_of(config))}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n"
        f'<meta http-equiv="refresh" content="0; url={escape(target)}">\n'
        f'<link rel="canonical" href="{escape(canonical)}">\n<meta name="robots" content="noindex">\n'
        f'</head>\n<body>\n<p><a href="{escape(target)}">{title}</a></p>\n</body>\n</html>\n'
    )
    return asset_file(f"{unquote(here)}index.html", html.encode(), config)
