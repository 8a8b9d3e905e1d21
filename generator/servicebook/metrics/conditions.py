"""Row filters as expressions of the engine."""

from __future__ import annotations

from collections.abc import Callable

from servicebook.metrics.engine import quoted
from servicebook.metrics.table import ITEM
from servicebook.model.common import Where


def one_of(text: str, accepted: tuple[str, ...], *, lists: bool) -> str:
    """Whether a text, or one item of a list, is one of those accepted; an empty one stands for nothing there."""
    choices = [f"{text} IN ({', '.join(map(quoted, accepted))})"] if accepted else ["false"]
    if "" in accepted:
        choices.append(f"{text} IS NULL")
    if lists:
        held = " OR ".join(f"contains({text}, {quoted(f'{ITEM}{item}{ITEM}')})" for item in accepted) or "false"
        choices.append(f"(starts_with({text}, '{ITEM}') AND ({held}))")
    return "coalesce(" + " OR ".join(choices) + ", false)"


def holds(where: Where, text_of: Callable[[str], str], *, lists: bool) -> str:
    """Whether a row passes a filter; `text_of` gives the expression for a column's text."""
    if not where:
        return "true"
    return " AND ".join(one_of(text_of(column), accepted, lists=lists) for column, accepted in where.conditions)


def nothing_else(text: str, missing: tuple[str, ...]) -> str:
    """The text, or NULL where it is empty or says that nothing is there."""
    return f"(CASE WHEN {text} IN ({', '.join(map(quoted, ('', *missing)))}) THEN NULL ELSE {text} END)"
