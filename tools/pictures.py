"""Screenshots of the demonstration's main pages, as the README shows them: `make pictures`.

Takes the built `site/`, serves it on this machine alone and writes `docs/pictures/*.png`.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Literal

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "site"
PICTURES = ROOT / "docs" / "pictures"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DESKTOP, PHONE = (1280, 860), (390, 844)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page at one size in one scheme."""

    name: str
    address: str
    size: tuple[int, int] = DESKTOP
    scheme: Literal["light", "dark"] = "light"


PAGES = {
    "home": "",
    "service": "services/booking/",
    "agreement": "agreements/passenger-sla/",
    "scorecards": "scorecards/",
    "scorecard": "scorecards/passenger-sla/",
    "party": "parties/passenger-services/",
}
TAKEN = tuple(
    picture
    for name, address in PAGES.items()
    for picture in (
        Picture(name=name, address=address),
        Picture(name=f"{name}-phone", address=address, size=PHONE),
        Picture(name=f"{name}-dark", address=address, scheme="dark"),
    )
)


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads it."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which the folder can be seen on this machine, while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def main() -> int:
    """Take all pictures; 1 when a page isn't there."""
    if not (SITE / "index.html").is_file():
        print("there is no site: `make site` builds it", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    missing = 0
    with served(SITE) as base, sync_playwright() as playwright:
        # A container's root has no sandbox, and the pages are our own.
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for picture in TAKEN:
            width, height = picture.size
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=picture.scheme)
            answer = page.goto(base + picture.address, wait_until="networkidle")
            if answer is None or not answer.ok:
                print(f"no page {picture.address}", file=sys.stderr)
                missing += 1
            else:
                page.screenshot(path=PICTURES / f"{picture.name}.png")
            page.close()
        browser.close()
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
