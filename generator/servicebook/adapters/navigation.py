"""The site's navigation: the author's `nav` is kept, and the sections that it doesn't name join it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mkdocs.utils import nest_paths

from servicebook.texts import say

Nav = list[Any]
"""As MkDocs reads it: paths, `{title: path}` and `{title: [...]}`."""


def arranged(
    written: Nav | None,
    *,
    home: str,
    tabs: Mapping[str, str],
    more: Mapping[str, str],
    own: Iterable[str],
) -> Nav:
    """The navigation to give to MkDocs.

    `home` is the path of the home page; `tabs` and `more` give the path of each section's page by its title; `own` are
    the author's other pages. Without an author's `nav`: home, the tabs, then *More* with the author's pages and the
    rest. With one: it stays as it is, addresses of ours (`services/`, `services/email/`) in it are understood, and what
    it doesn't name is added at its end.
    """
    if written is None:
        rest = [*nest_paths(sorted(own)), *_entries(more)]
        return [{say("Home"): home}, *_entries(tabs), *([{say("More"): rest}] if rest else [])]
    named = set(_paths(written))
    missing_tabs = {title: path for title, path in tabs.items() if path not in named}
    missing_more = {title: path for title, path in more.items() if path not in named}
    return [*written, *_entries(missing_tabs), *_joined(missing_more)]


def understood(written: Nav | None, paths: Mapping[str, str]) -> Nav | None:
    """The author's `nav` with addresses of our pages replaced by the paths that MkDocs knows them by."""
    if written is None:
        return None
    return [_understood(item, paths) for item in written]


def titles(nav: Nav | None) -> dict[str, str]:
    """The title that the author's `nav` gives to each path."""
    found: dict[str, str] = {}
    for item in nav or ():
        if not isinstance(item, dict):
            continue
        for title, value in item.items():
            if isinstance(value, str):
                found.setdefault(value, str(title))
            elif isinstance(value, list):
                found.update(titles(value))
    return found


def _understood(item: Any, paths: Mapping[str, str]) -> Any:
    if isinstance(item, str):
        return paths.get(item, item)
    if isinstance(item, dict):
        return {title: _understood(value, paths) for title, value in item.items()}
    if isinstance(item, list):
        return [_understood(value, paths) for value in item]
    return item


def _entries(sections: Mapping[str, str]) -> Nav:
    return [{title: path} for title, path in sections.items()]


def _joined(missing: Mapping[str, str]) -> Nav:
    return [{say("More"): _entries(missing)}] if missing else []


def _paths(nav: Nav) -> Iterator[str]:
    for item in nav:
        for value in item.values() if isinstance(item, dict) else (item,):
            if isinstance(value, str):
                yield value
            elif isinstance(value, list):
                yield from _paths(value)
