"""One page of each type of the demonstration, found in its built site."""

from __future__ import annotations

from functools import cache

from tests import demonstration
from tests.site.links import pages

_LISTS = frozenset({"services", "agreements", "scorecards", "parties", "breaches", "data", "calendars", "support"})


@cache
def addresses() -> dict[str, str]:
    """The address of the first page of each type; redirects are none."""
    site = demonstration.site()
    found: dict[str, str] = {}
    for name in sorted(pages(site)):
        if 'http-equiv="refresh"' not in (site / name).read_text(encoding="utf-8"):
            found.setdefault(_type_of(name), name.removesuffix("index.html"))
    return found


def _type_of(name: str) -> str:
    """`services` is the list, `services/*` one of them, `scorecards/*/*` a target's page; others are what they are called."""
    parts = name.removesuffix("index.html").strip("/").split("/")
    if parts[0] not in _LISTS:
        return parts[0] or "home"
    return "/".join([parts[0], *("*" for _ in parts[1:3])])
