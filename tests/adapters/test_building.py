"""`servicebook build` and `servicebook serve` as the command line calls them."""

import io
import logging
import re
import socket
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer

from servicebook.adapters import building
from servicebook.adapters.making import Made
from servicebook.rendering.page import Output
from tests.adapters.conftest import AS_OF, PAGES, Folder


def test_a_folder_without_settings_is_built_with_the_least(folder: Folder) -> None:
    """The name of the folder is the name of the site."""
    (folder.root / "mkdocs.yml").unlink()

    assert folder.build() == 0

    assert folder.orders[0].name == "catalogue"
    assert "What do you need?" in folder.page("")


def test_the_site_goes_where_it_is_told_to(folder: Folder, tmp_path: Path) -> None:
    """And nowhere else."""
    assert folder.build(site_dir=tmp_path / "elsewhere") == 0

    assert (tmp_path / "elsewhere/index.html").is_file()
    assert not (folder.root / "site").exists()


@pytest.mark.parametrize(
    "settings",
    [
        "site_name: S\ndocs_dir: content\nplugins: [search]\n",
        "site_name: S\ndocs_dir: content\nplugins: [{servicebook: {as_off: x}}]\n",
        "site_name: S\ndocs_dir: nowhere\nplugins: [servicebook]\n",
    ],
)
def test_wrong_settings_are_misuse(folder: Folder, settings: str) -> None:
    """The plugin isn't named, an option is unknown, a folder is missing."""
    folder.write("mkdocs.yml", settings)

    assert folder.build(strict=True) == 2
    assert not (folder.root / "site").exists()


def test_as_of_comes_from_the_caller_the_settings_or_the_environment(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this order."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    building.build(folder.root)
    folder.write("mkdocs.yml", "site_name: S\ndocs_dir: content\nplugins: [{servicebook: {as_of: '2026-10-01'}}]\n")
    building.build(folder.root)
    folder.build()

    assert [order.as_of for order in folder.orders] == [1_000_000_000_000_000, 1_790_812_800_000_000, AS_OF]


def test_messages_are_plain(folder: Folder) -> None:
    """Ours all, MkDocs's from warnings on; the loggers are as before afterwards."""
    stream = io.StringIO()
    logger = logging.getLogger("mkdocs")
    before = (logger.level, logger.propagate, list(logger.handlers))

    with building.messages(stream):
        folder.build()

    assert stream.getvalue() == f"the site is in {folder.root / 'site'}\n"
    assert (logger.level, logger.propagate, list(logger.handlers)) == before


@contextmanager
def served(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A preview on a free port; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    servers: list[LiveReloadServer] = []
    serving = LiveReloadServer.serve

    def serve(self: LiveReloadServer, *, open_in_browser: bool = False) -> None:
        servers.append(self)
        serving(self, open_in_browser=open_in_browser)

    monkeypatch.setattr(LiveReloadServer, "serve", serve)
    thread = threading.Thread(
        target=building.serve, args=(folder.root,), kwargs={"as_of": AS_OF, "address": f"127.0.0.1:{port}"}
    )
    thread.start()
    address = f"http://127.0.0.1:{port}/"
    try:
        assert eventually(lambda: "<h1>" in fetched(address)), "the preview didn't start"
        yield address
    finally:
        servers[0].shutdown()
        thread.join(20)


def fetched(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server
            return str(answer.read(), "utf-8")
    except OSError:
        return ""


def eventually(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.2)
    return False


def test_a_preview_follows_content_and_data(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed file of either kind makes the pages anew, for the same `as_of`."""
    folder.write("data/metrics/outages.csv", "start,end\n")
    with served(folder, monkeypatch) as address:
        assert "What do you need?" in fetched(address)
        home = replace(PAGES[0], html="<h1>First change</h1>")
        folder.made = Made(output=Output(pages=(home,), assets=()))
        folder.write("content/about.md", "# About\n")
        assert eventually(lambda: "First change" in fetched(address))

        folder.made = Made(output=Output(pages=(replace(home, html="<h1>Second change</h1>"),), assets=()))
        folder.write("data/metrics/outages.csv", "start,end\n2026-10-01,2026-10-02\n")
        assert eventually(lambda: "Second change" in fetched(address))
        assert re.search(r"livereload\(\d+", fetched(address))

    assert {order.as_of for order in folder.orders} == {AS_OF}
    assert not (folder.root / "site").exists()


def test_a_preview_without_settings(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Goes on after a change as well."""
    (folder.root / "mkdocs.yml").unlink()
    with served(folder, monkeypatch) as address:
        folder.made = Made(output=Output(pages=(replace(PAGES[0], html="<h1>Changed</h1>"),), assets=()))
        folder.write("content/about.md", "# About\n")
        assert eventually(lambda: "Changed" in fetched(address))


def test_a_preview_that_cannot_start_is_misuse(folder: Folder) -> None:
    """As with a build."""
    folder.write("mkdocs.yml", "site_name: S\ndocs_dir: nowhere\nplugins: [servicebook]\n")

    assert building.serve(folder.root, as_of=AS_OF) == 2
