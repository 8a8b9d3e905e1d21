# ruff: noqa: ARG002 - MkDocs gives each event all of its arguments, by name
"""The MkDocs plugin: hands the generated pages in, and decides what of the author's folder is a page or an asset."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import ClassVar, Literal
from urllib.parse import urlsplit

from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import CountHandler, get_relative_url
from mkdocs.utils.templates import TemplateContext

from servicebook import rendering
from servicebook.adapters import assembly, author_files, clock, ordinary_pages, preview, publishing, site_settings
from servicebook.adapters.generated_pages import GeneratedPage
from servicebook.adapters.making import Made, Maker, Order, UnknownPartyError, from_catalogue
from servicebook.adapters.no_inline import Aside, with_policy
from servicebook.adapters.problem_log import report
from servicebook.adapters.revision import revision
from servicebook.rendering import dates
from servicebook.rendering.edition import Edition, Kind
from servicebook.rendering.page import Output, Page
from servicebook.texts import lang_of, say, speaking
from servicebook.timeline.zone import local, local_date, zone

DATA = "data"
"""The folder of metric files and closed periods, in the catalogue's root."""

log = logging.getLogger("mkdocs.plugins.servicebook")

WATCHED = (
    Path(rendering.__file__).parent / "templates",
    Path(rendering.__file__).parent / "assets",
    site_settings.OVERRIDES,
)
"""What our pages are made with: whoever works on it sees its changes at once."""

_FIRST, _LAST = 100, -100
_PLACE = "<servicebook-content>"
"""Stands for a page's content while the theme's own part is treated; escaped text can't look like it."""

_given: ContextVar[int | None] = ContextVar("as_of that the command line gives", default=None)
_edition: ContextVar[tuple[Kind | None, str | None]] = ContextVar(
    "edition and party of the command line", default=(None, None)
)


@contextmanager
def as_of_given(instant: int | None) -> Iterator[None]:
    """Within this, every build takes this `as_of`, whatever `mkdocs.yml` and the environment say."""
    token = _given.set(instant)
    try:
        yield
    finally:
        _given.reset(token)


@contextmanager
def edition_given(kind: Kind | None, party: str | None) -> Iterator[None]:
    """Within this, every build makes this edition, whatever `mkdocs.yml` says."""
    token = _edition.set((kind, party))
    try:
        yield
    finally:
        _edition.reset(token)


class ServicebookConfig(base.Config):
    """The plugin's options."""

    as_of = options.Optional(options.Type(str))
    """An instant with its offset, or a date (midnight UTC); without it `SOURCE_DATE_EPOCH`, else now."""
    edition = options.Choice(tuple(Kind), default=Kind.INTERNAL)
    """`internal`, or `customer`: without what isn't for customers."""
    party = options.Optional(options.Type(str))
    """The party that the site is for: its own agreements, and what it may see."""


class ServicebookPlugin(BasePlugin[ServicebookConfig]):
    """Makes a catalogue's site within a MkDocs build."""

    make: ClassVar[Maker] = staticmethod(from_catalogue)

    def __init__(self) -> None:
        super().__init__()
        self._content = ""
        self._command = "build"
        self._staging: publishing.Staging | None = None
        self._aside = Aside()
        self._order: Order | None = None
        self._banner = ""
        self._hidden: frozenset[str] = frozenset()
        self._good: Output | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember what MkDocs was started for; one plugin serves all builds of a preview."""
        self._command = command
        self._good = None

    @event_priority(_FIRST)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Complete the settings, and let MkDocs build beside the site instead of in it."""
        self._aside, self._banner = Aside(), ""
        for warning in site_settings.settle(config):
            log.warning(warning)
        self._order = order = self._ordered(config)
        with speaking(order.language):
            config.extra["servicebook"] = {
                "as_of": say("As of %(moment)s", moment=dates.moment(order.as_of, zone("UTC"))),
                "revision": say("revision %(revision)s", revision=order.revision) if order.revision else "",
                "made_with": say("Made with"),
                "lang": lang_of(order.language),
            }
        if not self._serving:
            try:
                self._staging = publishing.begin(config.site_dir, keep_out=(Path(config.docs_dir), order.root / DATA))
            except publishing.NotASiteError as error:
                raise ConfigurationError(f"site_dir: {error}") from None
            config.site_dir = str(self._staging.folder)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Load, check and evaluate the catalogue, make its pages, and put them in the place of its sources."""
        order = _known(self._order)
        order = replace(order, hidden=author_files.for_others(files, config.docs_dir, order.edition))
        text, path = author_files.welcome(files, config.docs_dir)
        if path is not None:
            order = replace(order, welcome=text, welcome_path=f"{order.docs}/{path}")
        try:
            made = type(self).make(order)
        except UnknownPartyError as error:
            raise ConfigurationError(str(error)) from None
        output = self._made(made)
        self._hidden = output.hidden
        report(author_files.sort_out(files, config.docs_dir, order.docs), order.root)
        with speaking(order.language):
            report(assembly.add(output, files, config, order.docs), order.root)
        return files

    @event_priority(_FIRST)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Connect the pages; dates follow `as_of`, not the clock."""
        assembly.connect(files)
        today = local_date(_known(self._order).as_of, zone("UTC")).isoformat()
        for file in files.documentation_pages():
            if file.page is not None:
                file.page.update_date = today
                if not isinstance(file.page, GeneratedPage):
                    file.page.edit_url = ordinary_pages.own_edit_url(file.page.edit_url)
        return nav

    def on_pre_page(self, page: MkDocsPage, *, config: MkDocsConfig, files: Files) -> MkDocsPage:
        """The author's pages are MkDocs's own, but for text that would end the build."""
        if type(page) is MkDocsPage:
            page.__class__ = ordinary_pages.OrdinaryPage
        return page

    @event_priority(_FIRST)
    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Escape an ordinary page's front matter before anything uses it."""
        if isinstance(page, GeneratedPage):
            return markdown
        ordinary_pages.tame_front_matter(page, config.theme.dirs)
        text, problem = ordinary_pages.without_broken_front_matter(
            markdown, f"{_known(self._order).docs}/{page.file.src_uri}"
        )
        report([problem] if problem is not None else [], _known(self._order).root)
        return ordinary_pages.unlinked(text, page.file.src_uri, self._hidden)

    @event_priority(_LAST)
    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """What Markdown made of an ordinary page passes the allow-list."""
        if isinstance(page, GeneratedPage):
            return html
        ordinary_pages.tame_titles(page)
        return ordinary_pages.sanitised(html)

    @event_priority(_FIRST)
    def _before_search(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Let the search index read the words of a page, not its drawings and tables of figures."""
        if isinstance(page, GeneratedPage):
            page.content = page.searchable
        return context

    @event_priority(_LAST)
    def _behind_search(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Keep the content out of the template, whose own scripts are moved to files."""
        content = page.whole if isinstance(page, GeneratedPage) else page.content or ""
        self._content = self._banner + content
        page.content = _PLACE + ("<h1>" if "<h1" in self._content else "")
        context["build_date_utc"] = local(_known(self._order).as_of, zone("UTC"))
        return context

    on_page_context = CombinedEvent(_before_search, _behind_search)

    @event_priority(_FIRST)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Finish the theme's part and put the content into it."""
        base_url = get_relative_url(".", page.url)
        finished = self._finished(output, base_url, page.made if isinstance(page, GeneratedPage) else None)
        stand_in, page.content = str(page.content), self._content
        return finished.replace(stand_in, self._content, 1)

    @event_priority(_FIRST)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The same for pages without content, such as 404.html."""
        if not template_name.endswith(".html"):
            return output_content
        return self._finished(output_content, urlsplit(config.site_url or "/").path.rstrip("/"), None)

    @event_priority(_LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Everything is there: put the site in its place, unless a strict build has had warnings."""
        for path, text in self._aside.files.items():
            file = Path(config.site_dir, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        staging, self._staging = self._staging, None
        if staging is None:
            return
        config.site_dir = str(staging.site)
        if config.strict and _has_warnings():
            publishing.discard(staging)
        else:
            publishing.publish(staging)

    def on_build_error(self, *, error: Exception) -> None:
        """The site stays as it was."""
        self.on_shutdown()

    def on_shutdown(self) -> None:
        """Leave nothing behind, whatever ended the build."""
        if self._staging is not None:
            publishing.discard(self._staging)
            self._staging = None

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Watch the data and our templates as well as the content."""
        if config.config_file_path and not Path(config.config_file_path).is_file():
            # Settings that nobody has written; what isn't there can't be watched.
            server.unwatch(config.config_file_path)
        for folder in (_known(self._order).root / DATA, *WATCHED):
            if folder.is_dir():
                server.watch(str(folder))
        return server

    def _made(self, made: Made) -> Output:
        """What to publish. With errors a preview shows the last good pages below a list of them; a build ends."""
        report(made.problems, _known(self._order).root)
        if made.output is not None:
            self._good = made.output
            return made.output
        errors = [problem for problem in made.problems if problem.is_error]
        if not self._serving:
            raise PluginError(
                f"{len(errors)} error{'s' if len(errors) != 1 else ''} in the catalogue: nothing was published"
            )
        language = _known(self._order).language
        self._banner = preview.banner(errors, language)
        return self._good or preview.output(errors, language)

    @property
    def _serving(self) -> bool:
        return self._command == "serve"

    def _ordered(self, config: MkDocsConfig) -> Order:
        root = Path(config.config_file_path).resolve().parent if config.config_file_path else Path.cwd()
        docs = Path(os.path.relpath(config.docs_dir, root)).as_posix()
        given = _given.get()
        try:
            as_of = clock.moment(self.config.as_of) if given is None else given
        except clock.WrongMomentError as error:
            raise ConfigurationError(f"as_of: {error}") from None
        kind, party = _edition.get()
        return Order(
            root=root,
            docs=docs,
            as_of=as_of,
            name=config.site_name,
            language=site_settings.language_of(config),
            address=config.site_url or "",
            edition=Edition(kind=Kind(kind or self.config.edition), party=party or self.config.party),
            revision=revision(root, (Path(config.docs_dir), root / DATA, Path(config.config_file_path or root))),
        )

    def _finished(self, html: str, base_url: str, made: Page | None) -> str:
        html = self._aside.take_out(html, base_url)
        if made is not None:
            # Only the root's own text can stand in the margins of a sheet.
            html = html.replace("<html ", f'<html data-sb-running="{escape(made.running)}" ', 1)
            written = "".join(
                f'<link rel="{escape(rel)}" type="{escape(kind)}" href="{escape(f"{base_url}/{href}")}">'
                for rel, kind, href in made.links
            )
            html = html.replace("</head>", f"{written}</head>", 1)
        # MkDocs adds a script of its own to the pages of a preview.
        return html if self._serving else with_policy(html)


def _known(order: Order | None) -> Order:
    if order is None:
        raise AssertionError("MkDocs reads the settings before anything else")
    return order


def _has_warnings() -> bool:
    """Whether MkDocs, which counts them for a strict build, has seen a warning."""
    return any(
        isinstance(handler, CountHandler) and handler.get_counts() for handler in logging.getLogger("mkdocs").handlers
    )
