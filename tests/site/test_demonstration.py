"""The demonstration catalogue's site as it is published."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from servicebook.insight.schemas import schemas
from tests import demonstration
from tests.site.links import faults, pages

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demonstration")]


@pytest.fixture(scope="module")
def site() -> Path:
    """Its folder."""
    return demonstration.site()


def test_every_link_leads_somewhere(site: Path) -> None:
    """Pages, anchors and files; nothing is loaded from another host; no id stands twice on a page."""
    assert list(faults(site)) == []


def test_every_thing_has_its_page(site: Path) -> None:
    """At the address that follows from its file."""
    there = set(pages(site))
    for kind in ("services", "agreements", "parties"):
        files = [
            file
            for file in (demonstration.ROOT / "content" / kind).rglob("*.md")
            if file.stem not in ("index", "README")
        ]
        assert files
        assert {f"{kind}/{file.stem}/index.html" for file in files} <= there


@pytest.mark.parametrize("name", ["services", "agreements", "results", "sources"])
def test_programs_read_documents(site: Path, name: str) -> None:
    """JSON with its schema's name, `as_of` and the list."""
    document = json.loads((site / f"api/v1/{name}.json").read_text(encoding="utf-8"))

    assert document["schema"] == f"servicebook/{name}/1"
    assert document["as_of"].endswith("Z")
    assert document[name]


@pytest.mark.parametrize("name", list(schemas()))
def test_documents_are_as_their_schemas_say(site: Path, name: str) -> None:
    """The schema lies beside each; none of the lists is empty here."""
    document = json.loads((site / f"api/v1/{name}.json").read_text(encoding="utf-8"))
    schema = json.loads((site / f"api/v1/{name}.schema.json").read_text(encoding="utf-8"))

    Draft202012Validator(schema).validate(document)
    assert all(document.values())


def test_no_source_is_published(site: Path) -> None:
    """No Markdown, YAML or metric file lies in the site, no page has a comment."""
    names = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    assert not {name for name in names if name.endswith((".md", ".yml", ".yaml", ".csv.gz", ".ndjson"))}
    articles = {name: (site / name).read_text(encoding="utf-8").partition("<article")[2] for name in pages(site)}
    assert not [name for name, text in articles.items() if "<!--" in text.partition("</article>")[0]]


def test_every_page_says_as_of_when(site: Path) -> None:
    """Whoever made it; with the zone of that time."""
    for name in pages(site):
        text = (site / name).read_text(encoding="utf-8")
        assert re.search(r"20\u00a0November 2026, \d\d:\d\d \w+", text) or 'http-equiv="refresh"' in text, name
