"""`servicebook/diff/1`: the changes as a document for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from servicebook.insight.change.kinds import Change
from servicebook.timeline.zone import format_utc

Document = dict[str, Any]


def diff_document(
    changes: Iterable[Change],
    base: str,
    as_of: int,
    *,
    new: Sequence[Mapping[str, object]] = (),
    gone: Sequence[Mapping[str, object]] = (),
) -> Document:
    """The changes since the revision `base`, and the problems (as `check` writes them) that came and went."""
    return {
        "schema": "servicebook/diff/1",
        "base": base,
        "as_of": format_utc(as_of),
        "changes": [_change(change) for change in changes],
        "problems": {"new": list(new), "gone": list(gone)},
    }


def _change(change: Change) -> Document:
    replay = change.replay
    of_service = {"service": change.service} if change.service is not None else {}
    return {
        "agreement": change.agreement,
        **of_service,
        "target": change.target,
        "change": str(change.kind),
        "field": change.field,
        "old": change.old,
        "new": change.new,
        "path": change.position.path,
        "line": change.position.line,
        "services": list(change.services),
        "customer": change.customer,
        "replay": None
        if replay is None
        else {
            "old": {"met": replay.old_met, "breached": replay.old_breached},
            "new": {"met": replay.new_met, "breached": replay.new_breached},
        },
    }
