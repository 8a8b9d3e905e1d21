"""No page of the demonstration is heavier than a slow line and a small device bear."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from tests import demonstration
from tests.site.links import pages

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demonstration")]

MOST_BYTES, MOST_ELEMENTS, MOST_LOADED = 200_000, 3_000, 250_000
_ELEMENT = re.compile(r"<[a-z][a-z0-9-]*[\s>/]")
_LOADED = re.compile(r'<(?:script src|link rel="stylesheet" href|img src|link rel="icon" href)="([^"#?]+)"')


@pytest.fixture(scope="module")
def site() -> Path:
    """Its folder."""
    return demonstration.site()


def test_every_page_is_small(site: Path) -> None:
    """At most 200 kB of HTML and 3,000 elements."""
    heavy = []
    for name in pages(site):
        text = (site / name).read_text(encoding="utf-8")
        size, elements = len(text.encode()), len(_ELEMENT.findall(text))
        if size > MOST_BYTES or elements > MOST_ELEMENTS:
            heavy.append(f"{name}: {size} bytes, {elements} elements")

    assert heavy == []


def test_what_a_page_loads_is_small(site: Path) -> None:
    """With scripts, styles and pictures, packed as servers send them, at most 250 kB; the search index comes later."""
    heavy = []
    for name in pages(site):
        page = site / name
        text = page.read_text(encoding="utf-8")
        files = {(page.parent / found).resolve() for found in _LOADED.findall(text)}
        loaded = sum(len(gzip.compress(file.read_bytes())) for file in files | {page.resolve()} if file.is_file())
        if loaded > MOST_LOADED:
            heavy.append(f"{name}: {loaded} bytes")

    assert heavy == []
