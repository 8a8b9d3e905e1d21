"""The same content for other programs: `api/v1/*.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from servicebook.insight.documents import (
    Document,
    agreements_document,
    results_document,
    services_document,
    sources_document,
)
from servicebook.insight.documents_chain import chains_document
from servicebook.rendering.page import Asset
from servicebook.rendering.sentences import target_sentence
from servicebook.rendering.site import Site

FOLDER = "api/v1/"


def assets(site: Site) -> Iterator[Asset]:
    """Results, agreements, services, sources and chains."""
    yield _file("agreements", agreements_document(site.terms, site.statuses, site.results, site.as_of, target_sentence))
    yield _file("chain", chains_document(site.chains, site.as_of))
    yield _file("results", results_document(site.results, site.as_of))
    yield _file("services", services_document(site.catalogue, site.as_of))
    yield _file("sources", sources_document(site.catalogue, site.reports, site.as_of))


def _file(name: str, document: Document) -> Asset:
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return Asset(url=f"{FOLDER}{name}.json", content=f"{text}\n".encode())
