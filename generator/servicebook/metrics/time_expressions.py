"""The engine's fast path for times: expressions that read the common forms, and leave the rest to `times`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from servicebook.metrics.engine import quoted
from servicebook.metrics.times import UNIX, TimeReader
from servicebook.timeline.zone import SECOND, offsets, to_instant

_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?"
_DAY = "(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-[0-9]{2}-[0-9]{2}"
_NAIVE = f"{_DAY}[T ]{_CLOCK}"
_INSTANT = f"[1-9][0-9]{{3}}-[0-9]{{2}}-[0-9]{{2}}[T ]{_CLOCK}(Z|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)"
_OFFSET = "[+-]([01][0-9]|2[0-3])[0-5][0-9]"

_SIMPLE_DIRECTIVES = frozenset("YmdHMS%")
_FIRST = to_instant(datetime(2010, 1, 1, tzinfo=UTC))
_LAST = to_instant(datetime(2036, 1, 1, tzinfo=UTC))
"""Local times between these are read by the engine; older and later ones one by one."""


def exact(text: str, reader: TimeReader, *, typed: bool = False) -> str:
    """An expression for the instant of a text that tells it by itself (an offset, elapsed time), else NULL.

    With `typed` the text comes from a column of times and is ISO 8601 whatever the reader's format.
    """
    form = None if typed else reader.format
    if form is None:
        return f"(CASE WHEN regexp_full_match({text}, '{_INSTANT}') THEN epoch_us(TRY_CAST({text} AS TIMESTAMPTZ)) END)"
    if form in UNIX:
        return _unix(text, UNIX[form])
    if not _zoned(form) or not _plain(form[:-2]):
        return NOTHING
    stem, offset = f"left({text}, length({text}) - 5)", f"right({text}, 5)"
    minutes = f"CAST(substr({offset}, 2, 2) AS BIGINT) * 60 + CAST(right({offset}, 2) AS BIGINT)"
    signed = f"(CASE WHEN {offset}[1] = '-' THEN -({minutes}) ELSE {minutes} END)"
    return f"(CASE WHEN regexp_full_match({offset}, '{_OFFSET}') THEN {_pattern(stem, form[:-2])} - {signed} * 60000000 END)"


def naive(text: str, reader: TimeReader, *, typed: bool = False) -> str:
    """An expression for what the clock reads, in microseconds since it read 1970, where no zone is told; else NULL."""
    form = None if typed else reader.format
    if reader.zone is None or form in UNIX:
        return NOTHING
    if form is None:
        return f"(CASE WHEN regexp_full_match({text}, '{_NAIVE}') THEN epoch_us(TRY_CAST({text} AS TIMESTAMP)) END)"
    return _pattern(text, form) if _plain(form) else NOTHING


def local(clock: str, reader: TimeReader) -> str:
    """The instant at which the zone's clocks read so: a search tree of its stretches, as nested CASE; NULL where `reader` has to be asked."""
    if reader.zone is None:
        return NOTHING
    return f"({clock} - {_tree(clock, _stretches(reader.zone, reader.clock_changes))})"


NOTHING = "CAST(NULL AS BIGINT)"


def _unix(text: str, unit: int) -> str:
    digits, decimals = (11, 6) if unit == SECOND else (14, 3)
    return (
        f"(CASE WHEN regexp_full_match({text}, '[0-9]{{1,{digits}}}') THEN CAST({text} AS BIGINT) * {unit} "
        f"WHEN regexp_full_match({text}, '[0-9]{{1,{digits}}}[.][0-9]{{1,{decimals}}}') "
        f"THEN CAST(CAST({text} AS DECIMAL(38,{decimals})) * {unit} AS BIGINT) END)"
    )


def _zoned(form: str) -> bool:
    return form.endswith("%z") and not form.endswith("%%z")


def _plain(form: str) -> bool:
    """Whether a strptime pattern has plain directives only, each once, down to the minute."""
    directives = re.findall(r"%(.)", form)
    once = len(set(directives)) == len(directives)
    return once and set("YmdHM") <= set(directives) and set(directives) <= _SIMPLE_DIRECTIVES and form.isascii()


def _pattern(text: str, form: str) -> str:
    """A plain strptime pattern: accepted where the engine writes the same text back."""
    moment = f"TRY_STRPTIME({text}, {quoted(form)})"
    within = f"{moment} >= TIMESTAMP '1000-01-01' AND {moment} < TIMESTAMP '9000-01-01'"
    return f"(CASE WHEN strftime({moment}, {quoted(form)}) = {text} AND {within} THEN epoch_us({moment}) END)"


def _stretches(zone: ZoneInfo, clock_changes: str | None) -> list[tuple[int, int | None]]:
    """(naive start, offset) of the stretches in which local times have one offset; None: ask the reader."""
    found: list[tuple[int, int | None]] = [(-(1 << 62), None)]
    before: int | None = None
    for start, _, offset in offsets(zone, _FIRST, _LAST):
        if before is None:
            found.append((start + offset + 2 * 86_400 * SECOND, offset))
        elif offset != before:
            # Between the two readings at a change, local times come twice or never.
            unclear = None
            if clock_changes is not None:
                unclear = max(before, offset) if clock_changes == "earlier" else min(before, offset)
            found.append((start + min(before, offset), unclear))
            found.append((start + max(before, offset), offset))
        before = offset
    found.append((_LAST - 2 * 86_400 * SECOND, None))
    return found


def _tree(naive: str, stretches: Sequence[tuple[int, int | None]]) -> str:
    if len(stretches) == 1:
        offset = stretches[0][1]
        return "NULL" if offset is None else str(offset)
    middle = len(stretches) // 2
    return f"CASE WHEN {naive} < {stretches[middle][0]} THEN {_tree(naive, stretches[:middle])} ELSE {_tree(naive, stretches[middle:])} END"
