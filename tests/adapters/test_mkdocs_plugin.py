"""The plugin, by real builds of small folders."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from servicebook.adapters import building, preview
from servicebook.adapters.making import Made
from servicebook.rendering.page import Output
from servicebook.source import Position, Problem, Severity
from tests.adapters.conftest import AS_OF, EMAIL, PAGES, Folder

Messages = Callable[[], str]

REPOSITORY = "repo_url: https://git.example.org/it/catalogue\nedit_uri: edit/main/content/\n"


class Attributes(HTMLParser):
    """Every element with its attributes, as a browser would read them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def of(self, tag: str, name: str) -> list[str]:
        return [attributes[name] or "" for found, attributes in self.elements if found == tag and name in attributes]


def problem(
    message: str = "no service 'emial'", *, rule: str = "reference/unknown-service", severity: Severity = Severity.ERROR
) -> Problem:
    return Problem(
        position=Position("content/agreements/x.md", 7, 3),
        rule=rule,
        message=message,
        hint="did you mean 'email'?",
        severity=severity,
    )


def test_pages_and_assets_are_published_at_their_addresses(folder: Folder) -> None:
    """Each page lies at its address, each asset at its own, as the theme's pages do."""
    assert folder.build() == 0

    assert {f"{page.url}index.html" for page in PAGES} <= folder.published()
    assert {"api/v1/results.json", "search/search_index.json", "sitemap.xml", "404.html"} <= folder.published()


def test_the_order_names_the_folder_the_moment_and_the_site(folder: Folder) -> None:
    """The pipeline is told the root, the folder of documents, `as_of`, the site's name and its language."""
    folder.settings("theme: {name: material, language: de}\n")

    folder.build()

    order = folder.orders[0]
    assert (order.root, order.docs, order.as_of, order.name, order.language) == (
        folder.root,
        "content",
        AS_OF,
        "Services",
        "de",
    )


def test_generated_pages_do_not_pass_through_markdown(folder: Folder) -> None:
    """What looks like Markdown in a generated page stays as it is."""
    made = replace(EMAIL, html="<h1>E-mail</h1>\n\n# not a heading\n\n*stars*")
    folder.made = Made(output=Output(pages=(*PAGES[:2], made), assets=()))

    folder.build()

    assert "# not a heading\n\n*stars*" in folder.article("services/email/")


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("services/email/", "edit/main/content/services/email.md"),
        ("agreements/email-hq/", "edit/main/content/agreements/email-hq.md"),
        ("scorecards/email-hq/", "edit/main/content/agreements/email-hq.md"),
        ("data/outages/", "edit/main/data/metrics/outages.yml"),
        ("about/", "edit/main/content/about.md"),
    ],
)
def test_the_edit_button_leads_to_the_authors_file(folder: Folder, url: str, file: str) -> None:
    """Whatever was made of it, the button opens the file that a person wrote."""
    folder.settings(REPOSITORY)
    folder.write("content/about.md", "# About\n")

    folder.build()

    buttons = [a for tag, a in Attributes(folder.page(url)).elements if tag == "a" and a.get("rel") == "edit"]
    assert [button["href"] for button in buttons] == [f"https://git.example.org/it/catalogue/{file}"]


def test_a_page_without_one_file_behind_it_has_no_edit_button(folder: Folder) -> None:
    """An overview is made of many files."""
    folder.settings(REPOSITORY)

    folder.build()

    assert 'rel="edit"' not in folder.page("services/")


def test_an_edit_address_stays_in_its_attribute(folder: Folder) -> None:
    """A file's name may hold what ends an attribute."""
    folder.settings(REPOSITORY)
    folder.write('content/a" onclick="x.md', "# A\n")

    folder.build()

    page = next((folder.root / "site").glob("a*/index.html")).read_text(encoding="utf-8")
    assert not [name for _, attributes in Attributes(page).elements for name in attributes if name == "onclick"]


def test_sources_are_never_published(folder: Folder) -> None:
    """YAML, JSON, metric files, hidden files and Markdown of the catalogue's kinds stay at home; pictures pass."""
    for path in (
        "calendars/office.yml", "notes.yaml", "x.json", "a.csv", "b.csv.gz", "c.parquet", "d.ndjson", ".secret", ".hidden/x.png",
        "page.html", "unknown", "services/email.md", "agreements/deep/er/email-hq.md", "needs/slow.md",
    ):  # fmt: skip
        folder.write(f"content/{path}", "---\ntitle: secret\n---\nsecret\n")
    folder.write("content/services/logo.png", b"\x89PNG")
    folder.write("content/terms.pdf", b"%PDF")

    folder.build()

    assert {"services/logo.png", "terms.pdf"} <= folder.published()
    assert not [path for path, content in folder.bytes().items() if b"secret" in content or "secret" in path]
    assert not {
        path
        for path in folder.published()
        if path.endswith((".md", ".yml", ".yaml", ".csv", ".gz", ".parquet", ".ndjson"))
    } - {"sitemap.xml.gz"}


def test_a_link_out_of_the_folder_is_not_followed(folder: Folder, messages: Messages) -> None:
    """A symbolic link to a file elsewhere would publish it."""
    secret = folder.write("../secret.png", b"secret")
    (folder.root / "content" / "picture.png").symlink_to(secret)
    (folder.root / "content" / "all").symlink_to(folder.root.parent)

    folder.build()

    assert not [path for path, content in folder.bytes().items() if content == b"secret"]
    assert "content/picture.png:1:1: warning: a link that leads out of the folder is not published" in messages()


def test_comments_and_front_matter_of_ordinary_pages_are_not_published(folder: Folder) -> None:
    """They are the author's notes."""
    folder.write(
        "content/about.md", "---\ntitle: About\nnote: secret one\n---\n# About\n\n<!-- secret two -->\n\nText.\n"
    )

    folder.build()

    assert "secret" not in folder.page("about/")
    assert "Text." in folder.article("about/")


def test_a_front_matter_that_cannot_be_read_is_not_published(folder: Folder, messages: Messages) -> None:
    """MkDocs would print it as text."""
    folder.write("content/about.md", "---\ntitle: [secret\n---\n# About\n\nText.\n")

    folder.build()

    assert "secret" not in folder.page("about/")
    assert "content/about.md:1:1: warning: the front matter can't be read" in messages()


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}</title>'


@pytest.mark.parametrize(
    "key", ["title", "description", "author", "subtitle", "status", "icon", "template", "hide", "search", "tags"]
)
def test_no_value_of_a_front_matter_reaches_the_theme_unescaped(folder: Folder, key: str) -> None:
    """The theme prints titles and descriptions as they are."""
    folder.write("content/about.md", f"---\n{key}: {json.dumps(HOSTILE)}\n---\n# About\n")

    assert folder.build() == 0

    for page in ("about/", "method/"):
        assert "<script>alert" not in folder.page(page)
        assert "onerror" not in [
            name for _, attributes in Attributes(folder.page(page)).elements for name in attributes
        ]


@pytest.mark.parametrize(
    "prose",
    [
        f"# {HOSTILE}",
        "# &lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;",
        f"## {HOSTILE}",
        HOSTILE,
        f"[a](x '{HOSTILE}')",
    ],
)
def test_nothing_in_prose_runs(folder: Folder, prose: str) -> None:
    """A heading is shown in the title, the contents and the neighbours' links too."""
    folder.write("content/about.md", prose)

    folder.build()

    for page in ("about/", "method/"):
        elements = Attributes(folder.page(page)).elements
        assert not [
            attributes
            for tag, attributes in elements
            if tag == "script" and "src" not in attributes and attributes.get("type") != "application/json"
        ]
        assert not [name for _, attributes in elements for name in attributes if name.startswith("on")]


def test_titles_of_generated_pages_are_escaped_everywhere(folder: Folder) -> None:
    """In the title, the header, the breadcrumb and the search index."""
    folder.made = Made(
        output=Output(pages=(*PAGES[:2], replace(EMAIL, title="</title><script>alert(1)</script> & more")), assets=())
    )

    folder.build()

    assert "<script>alert" not in folder.page("services/email/")
    assert "<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; more - Services</title>" in folder.page(
        "services/email/"
    )
    assert "<script>" not in (folder.root / "site/search/search_index.json").read_text()


def test_pages_ask_no_other_host(folder: Folder) -> None:
    """No fonts, no figures of a repository's host, no pictures or scripts from elsewhere, whatever the settings and the prose say."""
    folder.settings(
        "repo_url: https://github.com/it/catalogue\ntheme:\n  name: material\n  logo: https://cdn.example/logo.png\n"
        "  favicon: https://cdn.example/icon.png\nextra_css: [https://cdn.example/a.css]\nextra_javascript: [https://cdn.example/a.js]\n"
        "extra: {analytics: {provider: google, property: G-X}}\n"
    )
    folder.write(
        "content/about.md",
        '![x](https://cdn.example/a.png) <img src="//cdn.example/b.png"> <video poster="https://cdn.example/c.png"></video>\n',
    )

    folder.build()

    for url in ("about/", "services/email/"):
        page = Attributes(folder.page(url))
        loaded = page.of("img", "src") + page.of("script", "src") + page.of("video", "poster")
        loaded += [
            a.get("href") or ""
            for tag, a in page.elements
            if tag == "link" and a.get("rel") in ("stylesheet", "icon", "preconnect")
        ]
        assert not [address for address in loaded if re.match(r"\w+:|//", address)]
        assert 'data-md-component="source"' not in folder.page(url)


def test_no_script_or_style_is_inline(folder: Folder) -> None:
    """Then a policy without hashes or `unsafe-inline` holds; every page says it first."""
    folder.write("content/about.md", "# About\n")

    folder.build()

    for page in (folder.page("services/email/"), folder.page("about/"), (folder.root / "site/404.html").read_text()):
        scripts = [a for tag, a in Attributes(page).elements if tag == "script" and a.get("type") != "application/json"]
        assert scripts
        assert all("src" in attributes for attributes in scripts)
        assert "<style" not in page
        assert page.index("Content-Security-Policy") < page.index("<link")
        assert "unsafe" not in page


def test_both_colour_schemes_are_offered_where_the_settings_name_none(folder: Folder) -> None:
    """And the theme is Material where none is named, with its search."""
    folder.build()

    schemes = [a.get("data-md-color-scheme") for tag, a in Attributes(folder.page("")).elements if tag == "input"]
    assert [scheme for scheme in schemes if scheme] == ["default", "slate"]
    assert 'data-md-component="search"' in folder.page("")


def test_an_authors_palette_is_kept(folder: Folder) -> None:
    """It is theirs to choose."""
    folder.settings("theme: {name: material, palette: {scheme: slate, primary: teal}}\n")

    folder.build()

    assert 'data-md-color-primary="teal"' in folder.page("")


def test_another_theme_is_refused(folder: Folder, messages: Messages) -> None:
    """The pages are made for one theme."""
    folder.settings("theme: readthedocs\n")

    assert folder.build() == 2
    assert "'material'" in messages()
    assert not (folder.root / "site").exists()


def test_ordinary_pages_say_as_of_when(folder: Folder) -> None:
    """With the zone of that moment; generated pages do so by themselves, with the zone of their times."""
    folder.write("content/about.md", "# About\n")

    folder.build()

    assert "As of 1\u00a0November 2026, 00:00 UTC" in folder.page("about/")
    assert "As of" in (folder.root / "site/404.html").read_text(encoding="utf-8")
    assert "As of" not in folder.page("services/email/")


def tabs(page: str) -> list[str]:
    found = page[page.index('<nav class="md-tabs"') :]
    return [
        re.sub(r"\s+", " ", title).strip()
        for title in re.findall(r'class="md-tabs__link">(.*?)</a>', found[: found.index("</nav>")], re.DOTALL)
    ]


def test_tabs_without_an_authors_nav(folder: Folder) -> None:
    """Home, the three sections, then the rest with the author's own pages."""
    folder.write("content/about.md", "# About\n")

    folder.build()

    assert tabs(folder.page("")) == ["Home", "Services", "Agreements", "Scorecards", "More"]
    assert 'href="about/"' in folder.page("")


def test_all_other_sections_are_listed_under_more(folder: Folder) -> None:
    """None of them is taken for the page of *More* itself."""
    folder.build()

    page = folder.page("method/")
    titles = re.findall(r'<span class="md-ellipsis">(.*?)</span>', page[page.index("md-nav--primary") :], re.DOTALL)
    assert [title.strip() for title in titles][-3:] == ["More", "Data", "Method"]


def test_the_tab_of_a_pages_section_is_marked(folder: Folder) -> None:
    """A reader sees where a page belongs."""
    folder.build()

    assert re.search(
        r'md-tabs__item--active">\s*<a href="\.\./" class="md-tabs__link">\s*Services', folder.page("services/email/")
    )
    assert re.search(r"md-tabs__item--active\">\s*<a [^>]*>\s*More", folder.page("data/outages/"))


def test_an_authors_nav_is_kept_and_ours_joins_it(folder: Folder) -> None:
    """Order and titles stay; what it doesn't name comes behind it."""
    folder.settings(
        "nav:\n  - Start: index.md\n  - What we promise: agreements/\n  - Guide: [about.md, services/email.md]\n"
    )
    folder.write("content/about.md", "# About\n")
    folder.write("content/services/email.md", "---\ntitle: E-mail\n---\n")

    folder.build()

    assert tabs(folder.page("")) == ["Start", "What we promise", "Guide", "Services", "Scorecards", "More"]


def test_neighbours_are_those_of_the_same_section(folder: Folder) -> None:
    """`prev` and `next` lead from service to service."""
    second = replace(
        EMAIL, url="services/printing/", title="Printing", edit_path="content/services/printing.md", aliases=()
    )
    folder.made = Made(output=Output(pages=(*PAGES[:3], second, *PAGES[3:]), assets=()))

    folder.build()

    links = {a["rel"]: a["href"] for tag, a in Attributes(folder.page("services/email/")).elements if tag == "link"}
    assert links["next"] == "../printing/"
    assert "prev" not in links


def test_links_of_ordinary_pages_find_generated_ones(folder: Folder, messages: Messages) -> None:
    """By the author's file, in sub-folders too; a dead one is a warning."""
    deep = replace(EMAIL, edit_path="content/services/mail/email.md")
    folder.made = Made(output=Output(pages=(*PAGES[:2], deep), assets=()))
    folder.write("content/services/mail/email.md", "---\ntitle: E-mail\n---\n")
    folder.write("content/guide/about.md", "[a](../services/mail/email.md#promise) [b](../services/none.md)\n")

    folder.build()

    assert 'href="../../services/email/#promise"' in folder.article("guide/about/")
    assert "services/none.md" in messages()


def test_the_authors_home_page_becomes_part_of_ours(folder: Folder) -> None:
    """Its prose is handed on without its front matter, and the page is made once."""
    folder.write("content/index.md", "---\ntitle: Start\n---\n# Welcome\n")

    folder.build()

    assert (folder.orders[0].welcome.strip(), folder.orders[0].welcome_path) == ("# Welcome", "content/index.md")
    assert "What do you need?" in folder.article("")


def test_an_ordinary_page_at_an_address_of_ours_is_left_out(folder: Folder, messages: Messages) -> None:
    """Addresses of generated pages stay what they are."""
    folder.write("content/method.md", "# Mine\n")

    folder.build()

    assert "Mine" not in folder.article("method/")
    assert (
        "content/method.md:1:1: warning: its address belongs to a page that is made [prose/address-taken]" in messages()
    )


def test_a_page_that_is_no_utf8_is_told(folder: Folder, messages: Messages) -> None:
    """And ends nothing."""
    folder.write("content/about.md", b"\xff\xfe\x00")

    assert folder.build() == 0
    assert "content/about.md:1:1: warning: the page can't be read" in messages()


def test_prose_that_nests_too_deep_is_shown_as_written(folder: Folder) -> None:
    """And ends nothing."""
    folder.write("content/about.md", "\n".join("    " * depth + "- deep" for depth in range(400)))

    assert folder.build() == 0
    assert folder.article("about/").count("- deep") == 400


def test_aliases_lead_to_the_page(folder: Folder) -> None:
    """A page without script that search engines don't list."""
    folder.settings("site_url: https://www.example.org/sub/\n")

    folder.build()

    page = folder.page("services/mail/")
    assert '<meta http-equiv="refresh" content="0; url=../email/">' in page
    assert '<link rel="canonical" href="https://www.example.org/sub/services/email/">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert '<a href="../email/">E-mail</a>' in page
    assert "services/mail/" not in (folder.root / "site/sitemap.xml").read_text()
    assert "services/mail/" not in (folder.root / "site/search/search_index.json").read_text()


def test_a_german_site_is_german_around_its_pages(folder: Folder) -> None:
    """Tabs, the last line, the switch of colours and old addresses speak the language of the theme."""
    folder.settings("theme: {name: material, language: de}\n")
    folder.write("content/guide.md", "# Anleitung\n")

    folder.build()

    page = folder.page("guide/")
    assert '<html lang="de"' in page
    assert tabs(page)[-1] == "Mehr"
    assert "Zum dunklen Farbschema wechseln" in page
    assert "Stand: 1.\u00a0November 2026, 00:00 Uhr UTC" in page
    assert "Erstellt mit" in page
    assert '<html lang="de">' in folder.page("services/mail/")


def test_in_a_language_that_is_not_offered_what_is_ours_declares_itself_english(folder: Folder) -> None:
    """French pages of the author's, whose last line says in English when they were made, and in which language that is."""
    folder.settings("theme: {name: material, language: fr}\n")
    folder.write("content/guide.md", "# Mode d'emploi\n")

    folder.build()

    page = folder.page("guide/")
    assert '<html lang="fr"' in page
    assert [a["lang"] for _, a in Attributes(page).elements if "sb-as-of" in (a.get("class") or "")] == ["en"]


def test_search_finds_sections_by_their_anchors(folder: Folder) -> None:
    """But no page that asks to be left out."""
    folder.build()

    places = {
        entry["location"] for entry in json.loads((folder.root / "site/search/search_index.json").read_text())["docs"]
    }
    assert {"services/email/", "services/email/#promise"} <= places
    assert not {place for place in places if place.startswith("scorecards/email-hq/")}


def test_without_directory_addresses_links_name_the_file(folder: Folder) -> None:
    """So that the site can be read from a disk; addresses stay."""
    folder.settings("use_directory_urls: false\n")
    folder.write("content/about.md", "[mail](services/email.md)\n")
    folder.write("content/services/email.md", "---\ntitle: E-mail\n---\n")

    folder.build()

    assert 'href="../../agreements/email-hq/index.html#hours"' in folder.article("services/email/")
    assert 'href="services/email/index.html"' in (folder.root / "site/about.html").read_text()
    assert "url=../email/index.html" in folder.page("services/mail/")


def test_under_a_sub_path_the_error_page_finds_its_files(folder: Folder) -> None:
    """It is shown at any address, so its links are absolute."""
    folder.settings("site_url: https://www.example.org/sub/\n")

    folder.build()

    sources = Attributes((folder.root / "site/404.html").read_text()).of("script", "src")
    assert all(source.startswith("/sub/assets/") for source in sources)
    assert all((folder.root / "site" / source.removeprefix("/sub/")).is_file() for source in sources)


def test_an_empty_folder_is_a_site(folder: Folder) -> None:
    """Nothing but a home page."""
    folder.made = Made(output=Output(pages=PAGES[:1], assets=()))

    assert folder.build(strict=True) == 0
    assert tabs(folder.page("")) == ["Home"]


def test_two_builds_are_equal(folder: Folder) -> None:
    """The same sources and the same `as_of` give the same bytes, whatever the clock says."""
    folder.settings("site_url: https://www.example.org/\n")
    folder.write("content/about.md", "# About\n")
    folder.build()
    first = folder.bytes()

    folder.build()

    assert folder.bytes() == first
    assert b"<lastmod>2026-11-01</lastmod>" in first["sitemap.xml"]


def test_errors_keep_the_site_as_it_was(folder: Folder, messages: Messages) -> None:
    """All of them are told; nothing is written, nothing is left behind."""
    folder.build()
    before = folder.bytes()
    folder.made = Made(output=None, problems=(problem("one"), problem("two")))

    assert folder.build() == 1

    assert folder.bytes() == before
    assert (
        "content/agreements/x.md:7:3: error: one [reference/unknown-service]\n    hint: did you mean 'email'?"
        in messages()
    )
    assert "error: two" in messages()
    assert sorted(path.name for path in folder.root.iterdir()) == ["content", "mkdocs.yml", "site"]


@pytest.mark.parametrize(("about_rows", "code"), [(False, 1), (True, 0)])
def test_strict_builds_fail_on_warnings_but_for_rows_of_metric_files(
    folder: Folder, about_rows: bool, code: int
) -> None:
    """Whoever writes agreements can't mend a monitoring system's rows."""
    warning = replace(problem(severity=Severity.WARNING), about_rows=about_rows)
    folder.made = replace(folder.made, problems=(warning,))

    assert folder.build(strict=True) == code

    assert (folder.root / "site").exists() is (code == 0)
    assert folder.build() == 0


def test_mkdocs_itself_builds_and_fails_alike(folder: Folder) -> None:
    """`mkdocs build` needs nothing but the plugin in `mkdocs.yml`: exit code 1 and nothing written where the catalogue has errors."""
    folder.write("content/services/broken.md", "---\ntitel: Broken\n---\n")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(AS_OF // 1_000_000)}

    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=folder.root,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )

    assert done.returncode == 1, done.stderr
    assert "content/services/broken.md:2:1: error:" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder.root / "site").exists()


def test_a_wrong_moment_is_a_wrong_setting(folder: Folder, messages: Messages) -> None:
    """`as_of` is an instant with its offset, or a date."""
    folder.write(
        "mkdocs.yml", "site_name: S\ndocs_dir: content\nplugins: [search, {servicebook: {as_of: yesterday}}]\n"
    )

    assert building.build(folder.root) == 2
    assert "as_of: 'yesterday' is no moment" in messages()


def test_links_of_a_page_stand_in_its_head(folder: Folder) -> None:
    """Feeds and calendars are announced to programs."""
    made = replace(EMAIL, links=(("alternate", "text/calendar", "services/email/calendar.ics"),))
    folder.made = Made(output=Output(pages=(*PAGES[:2], made), assets=()))

    folder.build()

    assert '<link rel="alternate" type="text/calendar" href="../../services/email/calendar.ics">' in folder.page(
        "services/email/"
    )


def test_our_style_and_module_are_part_of_every_page(folder: Folder) -> None:
    """The author's own pages are dressed alike."""
    folder.write("content/about.md", "# About\n")

    folder.build()

    page = Attributes(folder.page("about/"))
    assert "../assets/servicebook.css" in page.of("link", "href")
    assert [
        a
        for tag, a in page.elements
        if tag == "script" and a.get("src") == "../assets/servicebook.js" and a.get("type") == "module"
    ]


def test_the_site_is_not_put_over_something_else(folder: Folder, messages: Messages) -> None:
    """A folder with files, none of them a site's, stays as it is."""
    folder.write("site/thesis.odt", "years of work")

    assert folder.build() == 2

    assert (folder.root / "site/thesis.odt").read_text() == "years of work"
    assert "none of a site's" in messages()


def test_home_is_found_where_the_nav_leaves_it_out(folder: Folder) -> None:
    """The logo leads there."""
    folder.settings("nav:\n  - about.md\n")
    folder.write("content/about.md", "# About\n")

    assert folder.build(strict=True) == 0
    assert re.search(r'<a href="\.\." title="Services" class="md-header__button md-logo"', folder.page("about/"))


def test_another_folder_of_documents(folder: Folder) -> None:
    """`docs_dir` is the author's choice."""
    folder.write(
        "mkdocs.yml",
        f"site_name: S\ndocs_dir: handbook\nplugins: [servicebook]\n{REPOSITORY.replace('content', 'handbook')}",
    )
    folder.write("handbook/about.md", "# About\n")
    folder.made = Made(
        output=Output(pages=(*PAGES[:2], replace(EMAIL, edit_path="handbook/services/email.md")), assets=())
    )

    assert folder.build() == 0

    assert folder.orders[0].docs == "handbook"
    assert "edit/main/handbook/services/email.md" in folder.page("services/email/")


def test_a_preview_goes_on_with_errors(folder: Folder, tmp_path: Path) -> None:
    """It shows them: first alone, later above the last good pages."""

    def previewed() -> str:
        config = load_config(str(folder.root / "mkdocs.yml"), site_dir=str(tmp_path / "preview"))
        if not folder.orders:
            config.plugins.on_startup(command="serve", dirty=False)
        build(config, serve_url="http://127.0.0.1:8000/")
        return (tmp_path / "preview/index.html").read_text()

    good, folder.made = folder.made, Made(output=None, problems=(problem("<wrong>"),))
    assert "<code>content/agreements/x.md:7:3</code>" in previewed()
    folder.made = good
    assert "&lt;wrong&gt;" not in previewed()
    folder.made = Made(output=None, problems=(problem("<wrong>"), problem("worse")))
    page = previewed()
    assert "2 errors in the catalogue" in page
    assert "&lt;wrong&gt;" in page
    assert "What do you need?" in page


def test_the_errors_of_a_preview_are_declared_english_on_a_german_page() -> None:
    """Messages of `check` are English in every language (WCAG 3.1.2)."""
    errors = [problem()]

    assert preview.banner(errors, "de").startswith('<div class="admonition failure" lang="en">')
    assert preview.banner(errors, "en").startswith('<div class="admonition failure">')
    assert preview.output(errors, "de").pages[0].html.startswith('<h1 lang="en">')


def test_the_home_page_has_a_plain_title(folder: Folder) -> None:
    """Nothing of ours replaces the name of the site."""
    folder.build()

    assert "<title>Home - Services</title>" in folder.page("")
