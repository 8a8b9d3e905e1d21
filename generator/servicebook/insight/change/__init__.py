"""What a change of the catalogue does to the promises in it."""

from servicebook.insight.change.amendments import RULES, amendments
from servicebook.insight.change.compare import compare
from servicebook.insight.change.document import diff_document
from servicebook.insight.change.kinds import Change, ChangeKind, Replay, Side
from servicebook.insight.change.replay import with_replays

__all__ = ["RULES", "Change", "ChangeKind", "Replay", "Side", "amendments", "compare", "diff_document", "with_replays"]
