"""Which periods a target is judged in: whole periods, cut to the terms in force, split where terms change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from servicebook.compliance.terms import Entry
from servicebook.model.target import Rolling
from servicebook.timeline.period import Period, periods, rolling


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A period, or the part of one in which an entry of a target holds."""

    entry: Entry
    name: str
    """`2026-10`, or `2026-10/1` where two entries touch the period."""
    start: int
    end: int
    horizon: int
    """The earlier of `end` and `as_of`: figures run up to here."""
    is_rolling: bool = False

    @property
    def finished(self) -> bool:
        """Whether the part is over at `as_of`."""
        return self.horizon == self.end

    @property
    def elapsed_share(self) -> tuple[int, int]:
        """Elapsed clock time and length of the part, in microseconds."""
        return self.horizon - self.start, self.end - self.start


def parts_of(entries: Sequence[Entry], span: tuple[int, int], as_of: int) -> tuple[Part, ...]:
    """Every part of every period that the entries touch within `span` and that has begun by `as_of`, in order of time.

    The number of a split part follows from the terms, not from `as_of`.
    """
    found = [part for entry in entries for part in _parts_of_entry(entry, entries, span, as_of)]
    return tuple(sorted(found, key=lambda part: (part.start, part.name)))


def _parts_of_entry(entry: Entry, entries: Sequence[Entry], span: tuple[int, int], as_of: int) -> Iterator[Part]:
    first, last = entry.in_force(*span)
    if first >= last or first >= as_of:
        return
    for period in _periods(entry, first, min(last, as_of), as_of):
        start, end = max(period.start, first), min(period.end, last)
        if start >= end or start >= as_of:
            continue
        yield Part(
            entry=entry,
            name=_name(period, entry, entries, span),
            start=start,
            end=end,
            horizon=min(end, as_of),
            is_rolling=isinstance(entry.target.per, Rolling),
        )


def _periods(entry: Entry, start: int, end: int, as_of: int) -> Iterator[Period]:
    per = entry.target.per
    if isinstance(per, Rolling):
        return iter((rolling(per.days, as_of, entry.zone),))
    return iter(periods(per, entry.zone, start, end))


def _name(period: Period, entry: Entry, entries: Sequence[Entry], span: tuple[int, int]) -> str:
    touching = [other for other in entries if other.target.per == entry.target.per and _touches(other, period, span)]
    if len(touching) < 2:
        return period.name
    return f"{period.name}/{touching.index(entry) + 1}"


def _touches(entry: Entry, period: Period, span: tuple[int, int]) -> bool:
    start, end = entry.in_force(*span)
    return max(start, period.start) < min(end, period.end)
