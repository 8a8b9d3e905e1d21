"""A built site behind a server with a strict policy, opened in a real browser.

A test fails when a page writes an error to the console, throws, or asks another host for anything.
"""

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Playwright, Request, expect, sync_playwright

from servicebook.adapters.no_inline import POLICY
from tests import demonstration

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
PATIENCE = 30_000
"""Milliseconds: on a busy machine the search needs a while to read its index."""
expect.set_options(timeout=PATIENCE)
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844), "narrow": (320, 640)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these tests share one browser and one site, so they stay together."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("demonstration"))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright itself."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser that is there, else Playwright's own; without either the tests are skipped."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    own = Path(playwright.chromium.executable_path)
    if found is None and not own.is_file():
        pytest.skip(
            "no browser: neither Chromium on the path nor Playwright's own (see tests/browser/ensure_browser.sh)"
        )
    running = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
    yield running
    running.close()


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files as a careful web server would."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Quietly."""


@contextmanager
def serving(folder: Path, port: int = 0) -> Iterator[str]:
    """A server for a folder, on a free port unless said; yields its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), functools.partial(Handler, directory=str(folder)))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the demonstration."""
    with serving(demonstration.site()) as address:
        yield address


Open = Callable[..., Page]
Serve = Callable[..., str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves a folder until the pages of the test are closed: `serve(folder)` gives the address."""
    with ExitStack() as servers:
        yield lambda folder, port=0: servers.enter_context(serving(folder, port))


@pytest.fixture
def open_page(browser: Browser, site: str, serve: Serve) -> Iterator[Open]:
    """Opens a page of the site: `open_page("services/", width="phone", scheme="dark", scripts=True)`."""
    contexts = []
    faults: list[str] = []
    hosts = {urlsplit(site).netloc}

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"console: {message.text} ({message.location.get('url', '')})")

    def on_request(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc not in hosts:
            faults.append(f"request to another host: {request.url}")

    def on_error(error: Error) -> None:
        faults.append(f"thrown: {error}")

    def opened(
        path: str = "", *, width: str = "desktop", scheme: str = "light", scripts: bool = True, base: str = ""
    ) -> Page:
        size = WIDTHS[width]
        hosts.add(urlsplit(base).netloc or urlsplit(site).netloc)
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=scripts,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", on_console)
        page.on("request", on_request)
        page.on("pageerror", on_error)
        answer = page.goto((base or site) + path, wait_until="load")
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)
