"""The histories of agreements as a document for other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from servicebook.insight.change import DatedChange, Version
from servicebook.insight.documents import Document
from servicebook.model.agreement import Signature
from servicebook.timeline.zone import format_utc


def versions_document(histories: Mapping[str, Sequence[Version]], as_of: int) -> Document:
    """`servicebook/versions/1`: the versions of each agreement with what changed, in the words of `diff`."""
    return {
        "schema": "servicebook/versions/1",
        "as_of": format_utc(as_of),
        "agreements": [
            {
                "id": name,
                "versions": [_version(each) for each in versions],
                "url": f"agreements/{name}/#history",
            }
            for name, versions in sorted(histories.items())
            if versions
        ],
    }


def _version(version: Version) -> Document:
    commit = version.committed
    return {
        "version": version.version,
        "date": version.date.isoformat(),
        "summary": version.summary,
        "commit": None if commit is None else commit.commit,
        "committed": None if commit is None or commit.moment is None else format_utc(commit.moment),
        "signatures": [_signature(each) for each in version.signatures],
        "changes": [_change(each) for each in version.changes],
    }


def _signature(signature: Signature) -> Document:
    return {
        "party": signature.party.id,
        "name": signature.name,
        "role": signature.role,
        "date": None if signature.date is None else signature.date.isoformat(),
    }


def _change(dated: DatedChange) -> Document:
    change = dated.change
    return {
        "target": change.target,
        "change": str(change.kind),
        "field": change.field,
        "old": change.old,
        "new": change.new,
        "since": None if dated.day is None else dated.day.isoformat(),
    }
