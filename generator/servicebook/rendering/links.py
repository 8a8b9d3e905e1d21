"""Addresses of pages and the relative links between them."""

from __future__ import annotations

import posixpath
from urllib.parse import quote, unquote, urlsplit

from servicebook.model.catalogue import ROUND_THE_CLOCK

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

HOME = ""
SERVICES, AGREEMENTS, SCORECARDS, PARTIES, CALENDARS = (
    "services/",
    "agreements/",
    "scorecards/",
    "parties/",
    "calendars/",
)
NEEDS, IMPROVEMENTS, DUE, DATA, METHOD = "needs/", "improvements/", "due/", "data/", "method/"
CALENDAR_FILE = "calendar.ics"
"""Beside the home page all dates, beside the page of an agreement or party its own."""
PORTFOLIO = "portfolio/"
COSTS, CAPACITY, SATISFACTION = "costs/", "capacity/", "satisfaction/"
BREACHES, REPORTS = "breaches/", "reports/"
STYLE = "assets/servicebook.css"
SCRIPT = "assets/servicebook.js"


def service(id_: str) -> str:
    """A service's page."""
    return f"{SERVICES}{id_}/"


def agreement(id_: str) -> str:
    """An agreement's page."""
    return f"{AGREEMENTS}{id_}/"


def scorecard(id_: str) -> str:
    """An agreement's scorecard."""
    return f"{SCORECARDS}{id_}/"


def target(agreement_id: str, target_id: str) -> str:
    """A target's block on the scorecard."""
    return f"{SCORECARDS}{agreement_id}/#{target_id}"


def history(agreement_id: str, target_id: str, part: str = "") -> str:
    """A target's page with all its figures and their working; older ones stand in parts of it (`2024`)."""
    page = f"{SCORECARDS}{agreement_id}/{target_id}/"
    return f"{page}{part}/" if part else page


def working(agreement_id: str, target_id: str, period: str) -> str:
    """The working behind a figure."""
    return f"{SCORECARDS}{agreement_id}/#{working_anchor(target_id, period)}"


def working_anchor(target_id: str, period: str) -> str:
    """The id of a working on its scorecard."""
    return f"{target_id}-{period}"


def support(id_: str) -> str:
    """What stands under an SLA."""
    return f"support/{id_}/"


def party(id_: str) -> str:
    """A party's page."""
    return f"{PARTIES}{id_}/"


def calendar(id_: str) -> str:
    """A calendar's page."""
    return f"{CALENDARS}{id_}/"


def source(id_: str) -> str:
    """A metric source's page."""
    return f"{DATA}{id_}/"


def need(id_: str) -> str:
    """A need's place on the page of needs."""
    return f"{NEEDS}#{id_}"


def improvement(id_: str) -> str:
    """An improvement's place on the page of improvements."""
    return f"{IMPROVEMENTS}#{id_}"


def breach(agreement_id: str, target_id: str, period: str) -> str:
    """The page of a breach."""
    return f"{BREACHES}{agreement_id}-{target_id}-{period.replace('/', '-part-')}/"


def relative(here: str, there: str) -> str:
    """The link from the page at `here` to `there`, both from the site's root: works under any prefix, and from a file too."""
    path, mark, fragment = there.partition("#")
    if path == here and mark:
        return f"#{fragment}"
    start = here.rstrip("/") or "."
    link = posixpath.relpath(path.rstrip("/") or ".", start)
    if path.endswith("/") or path == HOME:
        link = "./" if link == "." else f"{link}/"
    return link + mark + fragment


def is_safe(address: str) -> bool:
    """Whether an absolute address is one that a page may lead to: the web, mail or telephone."""
    try:
        return urlsplit(address.strip()).scheme.lower() in SAFE_SCHEMES
    except ValueError:
        return False


def contact_words(address: str) -> str:
    """What a reader sees of a contact's address: the mail address, the number, or the host and path."""
    scheme, _, rest = address.partition(":")
    if scheme.lower() in ("mailto", "tel"):
        words = unquote(rest.partition("?")[0])
        return words.replace("-", "\u00a0") if scheme.lower() == "tel" else words
    return rest.removeprefix("//").rstrip("/")


def page_of_file(path: str) -> str:
    """The address that MkDocs gives to an author's own Markdown file below the folder of documents."""
    stem = path.removesuffix(".md")
    folder, _, name = stem.rpartition("/")
    if name in ("index", "README"):
        return f"{folder}/" if folder else HOME
    return f"{quote(stem)}/"


def has_calendar_page(id_: str) -> bool:
    """Whether a calendar is one of the author's: the built-in one has no page."""
    return id_ != ROUND_THE_CLOCK
