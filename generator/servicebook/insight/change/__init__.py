"""What a change of the catalogue does to the promises in it."""

from servicebook.insight.change.amendments import RULES, amendments
from servicebook.insight.change.compare import compare, compare_agreement
from servicebook.insight.change.document import diff_document
from servicebook.insight.change.kinds import Change, ChangeKind, Replay, Side
from servicebook.insight.change.replay import with_replays
from servicebook.insight.change.versions import CommittedVersion, DatedChange, Version, version_history

__all__ = [
    "RULES",
    "Change",
    "ChangeKind",
    "CommittedVersion",
    "DatedChange",
    "Replay",
    "Side",
    "Version",
    "amendments",
    "compare",
    "compare_agreement",
    "diff_document",
    "version_history",
    "with_replays",
]
