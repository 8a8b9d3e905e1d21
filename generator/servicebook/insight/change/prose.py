"""Prose compared by its words: how it is laid out, and what comments say in it, is nothing that readers are promised."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

WIDEST = 200
"""Characters of prose that are shown of each side."""
AROUND = 4
"""Words that are shown before and after what differs."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BULLET = re.compile(r"^[ \t]*[*+-][ \t]+", re.MULTILINE)


def prose_words(old: str, new: str) -> tuple[str | None, str | None] | None:
    """What differs, from the first word that does to the last, with some around; None where the words are the same."""
    before, now = _words(old), _words(new)
    if before == now:
        return None
    blocks = SequenceMatcher(a=before[:2000], b=now[:2000], autojunk=False).get_opcodes()
    moved = [block for block in blocks if block[0] != "equal"]
    if not moved:  # it differs far behind
        return f"{len(before)} words", f"{len(now)} words"
    _, old_start, _, new_start, _ = moved[0]
    _, _, old_end, _, new_end = moved[-1]
    return _excerpt(before, old_start, old_end), _excerpt(now, new_start, new_end)


def _words(text: str) -> list[str]:
    return _BULLET.sub("", _COMMENT.sub(" ", text)).split()


def _excerpt(words: list[str], start: int, end: int) -> str | None:
    if not words:
        return None
    low, high = max(0, start - AROUND), min(len(words), end + AROUND)
    said = " ".join(words[low:high])
    cut = said if len(said) <= WIDEST else f"{said[:WIDEST].rsplit(' ', 1)[0]} …"
    return f"{'… ' if low else ''}{cut}{' …' if high < len(words) and len(said) <= WIDEST else ''}"
