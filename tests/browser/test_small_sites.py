"""Small sites with other settings than the demonstration's."""

import re
import socket
from pathlib import Path

import pytest
from playwright.sync_api import expect

from servicebook.adapters import building
from tests.browser.conftest import Open, Serve

SERVICE = """\
---
title: E-mail
stage: live
category: Collaboration
owner: messaging
---
Mail for everyone.
"""
PARTY = "---\ntitle: Messaging\ntype: provider\n---\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A catalogue of one service, without agreements and without data."""
    for name, text in {"services/email.md": SERVICE, "parties/messaging.md": PARTY}.items():
        file = tmp_path / "content" / name
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def build(root: Path, settings: str) -> Path:
    """Its site."""
    (root / "mkdocs.yml").write_text(
        f"site_name: Services\ndocs_dir: content\nplugins: [search, servicebook]\n{settings}", encoding="utf-8"
    )
    assert building.build(root, as_of=1_793_491_200_000_000, strict=True) == building.FINE
    return root / "site"


def test_a_site_under_a_sub_path(open_page: Open, serve: Serve, root: Path, tmp_path: Path) -> None:
    """Links are relative, so that it works wherever it lies; an unknown address shows the site's own page."""
    site = build(root, "site_url: https://www.example.org/team/services/\n")
    (tmp_path / "www" / "team").mkdir(parents=True)
    site.rename(tmp_path / "www" / "team" / "services")
    address = serve(tmp_path / "www")
    page = open_page("team/services/", base=address)
    page.locator(".md-tabs__link", has_text="Services").click()
    page.get_by_role("article").get_by_role("link", name="E-mail").first.click()

    expect(page).to_have_url(f"{address}team/services/services/email/")
    expect(page.locator("h1")).to_have_text("E-mail")
    open_page("team/services/404.html", base=address)


def test_instant_navigation(open_page: Open, serve: Serve, root: Path) -> None:
    """The theme replaces the page's parts instead of loading it anew: scripts of ours and the policy bear with it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    theme = "theme: {name: material, features: [navigation.instant, navigation.tabs]}\n"
    address = serve(build(root, f"site_url: http://127.0.0.1:{port}/\n{theme}"), port)
    page = open_page("", base=address)
    page.evaluate("window.same = true")
    page.locator(".md-tabs__link", has_text="Services").click()
    expect(page).to_have_url(re.compile("/services/$"))
    page.get_by_role("article").get_by_role("link", name="E-mail").first.click()
    expect(page.locator("h1")).to_have_text("E-mail")

    assert page.evaluate("window.same") is True


def test_without_a_server(open_page: Open, serve: Serve, root: Path) -> None:
    """With `use_directory_urls: false` every link names a file."""
    address = serve(build(root, "use_directory_urls: false\n"))
    page = open_page("index.html", base=address)
    page.locator(".md-tabs__link", has_text="Services").click()
    page.get_by_role("article").get_by_role("link", name="E-mail").first.click()

    expect(page).to_have_url(f"{address}services/email/index.html")
    addresses = page.locator("article a[href]").evaluate_all("all => all.map(each => each.getAttribute('href'))")
    assert not [each for each in addresses if each.endswith("/") and "://" not in each]
