"""Puts the generated pages among the author's: files, navigation, parents and neighbours."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from html import escape
from typing import cast

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from servicebook.adapters import author_files, navigation
from servicebook.adapters.generated_pages import GeneratedPage, asset_file, file_for, redirect
from servicebook.rendering.page import Output, Page
from servicebook.source import Problem

TABS = ("services", "agreements", "scorecards")
_ASSETS_OF_EVERY_PAGE = "assets/"


def add(output: Output, files: Files, config: MkDocsConfig, docs: str) -> list[Problem]:
    """Add pages, assets and redirects to the site, and the sections to its navigation.

    Returns what an editor should know, such as addresses that are taken twice.
    """
    pages = [(made, file_for(made, docs, config)) for made in output.pages]
    problems = author_files.without(files, [file for _, file in pages], config.docs_dir, docs)
    for made, file in pages:
        _replace(files, file)
        GeneratedPage(made, file, config)
    for asset in output.assets:
        _replace(files, asset_file(asset.url, asset.content, config))
    _add_redirects(output.pages, files, config)
    _link_assets(output, config)
    _arrange(pages, files, config)
    return problems


def connect(files: Files) -> None:
    """Make each page a descendant of its section's page, so that its tab is marked, and a neighbour of its siblings."""
    made = {page.made.url: page for page in _generated(files)}
    before: dict[str, GeneratedPage] = {}
    for page in made.values():
        above = _parent(page.made, made)
        if above is None or page.parent is not None:
            continue
        page.parent = above  # type: ignore[assignment]  # MkDocs's own setter of `active` follows pages as well as sections
        earlier = before.get(above.made.url)
        if earlier is not None:
            earlier.next_page, page.previous_page = page, earlier
        before[above.made.url] = page


def _generated(files: Files) -> Iterable[GeneratedPage]:
    return (file.page for file in files if isinstance(file.page, GeneratedPage))


def _parent(made: Page, pages: Mapping[str, GeneratedPage]) -> GeneratedPage | None:
    """The page of the section that an address lies in; a section's page and the home page have none."""
    first = made.url.split("/")[0] + "/"
    for url in (first, f"{made.section}/"):
        if url in pages and url != made.url:
            return pages[url]
    return None


def _replace(files: Files, file: File) -> None:
    former = files.get_file_from_path(file.src_uri)
    if former is not None:
        files.remove(former)
    files.append(file)


def _add_redirects(pages: Iterable[Page], files: Files, config: MkDocsConfig) -> None:
    taken = {file.dest_uri for file in files}
    for made in pages:
        for alias in made.aliases:
            file = redirect(alias, made, config)
            if file.dest_uri not in taken:
                taken.add(file.dest_uri)
                files.append(file)


def _link_assets(output: Output, config: MkDocsConfig) -> None:
    """Style sheets and modules that lie directly in `assets/` belong to every page."""
    for asset in output.assets:
        folder, name = posixpath.split(asset.url)
        if folder != _ASSETS_OF_EVERY_PAGE.rstrip("/"):
            continue
        if name.endswith(".css"):
            # Before the author's own, which may then overrule it.
            config.extra_css.insert(0, asset.url)
        elif name.endswith((".js", ".mjs")):
            script = ExtraScriptValue(asset.url)
            script.type = "module"
            config.extra_javascript.append(script)


def _arrange(pages: list[tuple[Page, File]], files: Files, config: MkDocsConfig) -> None:
    paths = {made.url: file.src_uri for made, file in pages}
    written = navigation.understood(
        cast("navigation.Nav | None", config.nav), {url: path for url, path in paths.items() if url}
    )
    for path, title in navigation.titles(written).items():
        file = files.get_file_from_path(path)
        if file is not None and isinstance(file.page, GeneratedPage):
            file.page.title = escape(title)
    sections = [(made, file) for made, file in pages if made.url.count("/") == 1]
    own = [file.src_uri for file in files.documentation_pages() if file.page is None and file.inclusion.is_in_nav()]
    config.nav = navigation.arranged(
        written,
        home=paths.get("", "index.md"),
        tabs={made.title: file.src_uri for name in TABS for made, file in sections if made.section == name},
        more={made.title: file.src_uri for made, file in sections if made.section not in TABS},
        own=own,
    )
