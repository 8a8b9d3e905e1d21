"""The same content for other programs: `api/v1/*.json`, with a JSON Schema beside each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from servicebook.insight.documents import (
    Document,
    agreements_document,
    results_document,
    services_document,
    sources_document,
)
from servicebook.insight.documents_chain import chains_document
from servicebook.insight.documents_life import (
    backtests_document,
    breaches_document,
    closed_document,
    due_document,
    needs_document,
)
from servicebook.insight.documents_metering import metering_document
from servicebook.insight.documents_versions import versions_document
from servicebook.insight.schemas import schemas
from servicebook.rendering.book import Book
from servicebook.rendering.page import Asset
from servicebook.rendering.sentences import target_sentence
from servicebook.rendering.versions import versions_of

FOLDER = "api/v1/"


def assets(book: Book) -> Iterator[Asset]:
    """Every document and its schema."""
    described = schemas()
    for name, document in documents(book).items():
        yield _file(f"{name}.json", document)
        yield _file(f"{name}.schema.json", described[name])


def documents(book: Book) -> Mapping[str, Document]:
    """The documents by name."""
    site = book.site
    return {
        "agreements": agreements_document(site.terms, site.statuses, site.results, site.as_of, target_sentence),
        "backtests": backtests_document(site.backtests, site.as_of),
        "breaches": breaches_document(book.breaches, book.breach_pages, site.as_of),
        "chain": chains_document(site.chains, site.as_of),
        "closed": closed_document(site.published, site.as_of),
        "due": due_document(book.due, site.as_of),
        "metering": metering_document(site.metered, site.as_of),
        "needs": needs_document(book.needs, site.as_of),
        "results": results_document(site.results, site.as_of),
        "services": services_document(site.catalogue, site.as_of),
        "sources": sources_document(site.catalogue, site.reports, site.as_of),
        "versions": versions_document({name: versions_of(book, name) for name in site.terms}, site.as_of),
    }


def _file(name: str, content: Mapping[str, Any]) -> Asset:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return Asset(url=f"{FOLDER}{name}", content=f"{text}\n".encode())
