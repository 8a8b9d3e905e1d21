"""Half-open intervals and their algebra.

An interval `[start, end)` holds its start and not its end. Bounds are integers, everywhere
in this package microseconds since 1970 UTC, so that durations are exact.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from fractions import Fraction
from heapq import heappop, heappush
from itertools import accumulate, pairwise
from operator import sub


class Intervals:
    """An immutable set of instants: sorted, disjoint half-open intervals that don't touch one another.

    Built from any pairs: they are sorted, those that overlap or touch become one, and empty ones
    (end not after start) are dropped, so that equal sets are equal values.
    """

    __slots__ = ("_ends", "_starts", "_sums")

    _starts: tuple[int, ...]
    _ends: tuple[int, ...]
    _sums: tuple[int, ...] | None

    def __init__(self, pairs: Iterable[tuple[int, int]] = ()) -> None:
        starts: list[int] = []
        ends: list[int] = []
        last: int | None = None
        for start, end in sorted(pairs):
            if end <= start:
                continue
            if last is None or start > last:
                starts.append(start)
                ends.append(end)
                last = end
            elif end > last:
                ends[-1] = last = end
        self._starts, self._ends, self._sums = tuple(starts), tuple(ends), None

    @classmethod
    def span(cls, start: int, end: int) -> Intervals:
        """The one interval [start, end); empty where end is not after start."""
        return cls._of((start,), (end,)) if start < end else EMPTY

    @classmethod
    def _of(cls, starts: tuple[int, ...], ends: tuple[int, ...]) -> Intervals:
        """Bounds that are known to be in normal form already."""
        made = cls.__new__(cls)
        made._starts, made._ends, made._sums = starts, ends, None
        return made

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self._starts, self._ends, strict=True)

    def __len__(self) -> int:
        return len(self._starts)

    def __bool__(self) -> bool:
        return bool(self._starts)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Intervals):
            return NotImplemented
        return self._starts == other._starts and self._ends == other._ends

    def __hash__(self) -> int:
        return hash((self._starts, self._ends))

    def __repr__(self) -> str:
        return f"Intervals({list(self)!r})"

    @property
    def start(self) -> int:
        """The first instant; ValueError where there is none."""
        if not self._starts:
            raise ValueError("no interval has a start here: the set is empty")
        return self._starts[0]

    @property
    def end(self) -> int:
        """The first instant after all intervals; ValueError where there are none."""
        if not self._ends:
            raise ValueError("no interval has an end here: the set is empty")
        return self._ends[-1]

    @property
    def duration(self) -> int:
        """How long all intervals last together."""
        return self._running_total()[-1]

    def contains(self, instant: int) -> bool:
        """Whether an instant lies in one of the intervals."""
        at = bisect_right(self._starts, instant) - 1
        return at >= 0 and instant < self._ends[at]

    def clip(self, start: int, end: int) -> Intervals:
        """The part within [start, end)."""
        first, after = self._touched(start, end)
        if first >= after:
            return EMPTY
        if self._starts[first] >= start and self._ends[after - 1] <= end:
            if first == 0 and after == len(self._starts):
                return self
            return self._of(self._starts[first:after], self._ends[first:after])
        starts = (max(start, self._starts[first]), *self._starts[first + 1 : after])
        ends = (*self._ends[first : after - 1], min(end, self._ends[after - 1]))
        return self._of(starts, ends)

    def before(self, instant: int) -> Intervals:
        """The part before an instant."""
        return self.clip(self._starts[0], instant) if self._starts else self

    def measure(self, start: int, end: int) -> int:
        """How long the intervals last within [start, end), without building that part."""
        first, after = self._touched(start, end)
        if first >= after:
            return 0
        sums = self._running_total()
        return sums[after] - sums[first] - max(0, start - self._starts[first]) - max(0, self._ends[after - 1] - end)

    def complement(self, start: int, end: int) -> Intervals:
        """What is missing within [start, end)."""
        if start >= end:
            return EMPTY
        inside = self.clip(start, end)
        # A gap runs from the end of one interval to the start of the next.
        starts, ends = (start, *inside._ends), (*inside._starts, end)
        lower = 1 if starts[0] == ends[0] else 0
        upper = len(starts) - 1 if starts[-1] == ends[-1] else len(starts)
        return self._of(starts[lower:upper], ends[lower:upper])

    def __and__(self, other: Intervals) -> Intervals:
        few, many = (self, other) if len(self) <= len(other) else (other, self)
        starts: list[int] = []
        ends: list[int] = []
        at, size = 0, len(many)
        for start, end in few:
            at = bisect_right(many._ends, start, at)
            if at == size:
                break
            after = bisect_left(many._starts, end, at)
            if at < after:
                begin = len(starts)
                starts += many._starts[at:after]
                ends += many._ends[at:after]
                starts[begin] = max(start, starts[begin])
                ends[-1] = min(end, ends[-1])
        return self._of(tuple(starts), tuple(ends))

    def __or__(self, other: Intervals) -> Intervals:
        if not self or not other:
            return self or other
        return Intervals([*self, *other])

    def __sub__(self, other: Intervals) -> Intervals:
        if not self or not other:
            return self
        if len(other) <= len(self):
            return self & other.complement(self.start, self.end)
        starts: list[int] = []
        ends: list[int] = []
        for start, end in self:
            left = other.complement(start, end)
            starts += left._starts
            ends += left._ends
        return self._of(tuple(starts), tuple(ends))

    def _touched(self, start: int, end: int) -> tuple[int, int]:
        """Index of the first interval that reaches into [start, end), and of the first one after it."""
        if start >= end:
            return 0, 0
        first = bisect_right(self._ends, start)
        return first, bisect_left(self._starts, end, first)

    def _running_total(self) -> tuple[int, ...]:
        """The time before each interval, and at last that of all: worked out once, when first asked for."""
        if self._sums is None:
            self._sums = tuple(accumulate(map(sub, self._ends, self._starts), initial=0))
        return self._sums


EMPTY = Intervals()
"""No time at all."""


class Weighted:
    """Overlapping intervals with weights, where each instant is weighed by the greatest weight there.

    Built from (start, end, weight); weights below zero are a ValueError. Equal neighbours become one piece.
    """

    __slots__ = ("_levels", "pieces")

    pieces: tuple[tuple[int, int, Fraction], ...]
    """Disjoint (start, end, weight), in the order of time; a weight of 0 is kept."""
    _levels: tuple[tuple[Fraction, Intervals], ...]

    def __init__(self, triples: Iterable[tuple[int, int, Fraction]] = ()) -> None:
        self.pieces = tuple(_heaviest(triples))
        by_weight: dict[Fraction, list[tuple[int, int]]] = {}
        for start, end, weight in self.pieces:
            by_weight.setdefault(weight, []).append((start, end))
        self._levels = tuple((weight, Intervals(pairs)) for weight, pairs in sorted(by_weight.items()) if weight > 0)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Weighted):
            return NotImplemented
        return self.pieces == other.pieces

    def __hash__(self) -> int:
        return hash(self.pieces)

    def __repr__(self) -> str:
        return f"Weighted({list(self.pieces)!r})"

    def __bool__(self) -> bool:
        return bool(self.pieces)

    @property
    def union(self) -> Intervals:
        """All time with a weight above zero."""
        return Intervals((start, end) for start, end, weight in self.pieces if weight > 0)

    def within(self, start: int, end: int) -> tuple[tuple[int, int, Fraction], ...]:
        """The pieces within [start, end), cut to it."""
        if start >= end:
            return ()
        first = bisect_right(self.pieces, start, key=lambda piece: piece[1])
        after = bisect_left(self.pieces, end, first, key=lambda piece: piece[0])
        return tuple((max(low, start), min(high, end), weight) for low, high, weight in self.pieces[first:after])

    def weight_in(self, intervals: Intervals) -> Fraction:
        """Time × weight within the intervals, summed, exact."""
        return sum(((level & intervals).duration * weight for weight, level in self._levels), Fraction(0))


def _heaviest(triples: Iterable[tuple[int, int, Fraction]]) -> Iterator[tuple[int, int, Fraction]]:
    """Sweep over all bounds in order of time; a heap holds what has begun, the heaviest on top."""
    rows = sorted((start, end, weight) for start, end, weight in triples if start < end)
    if any(weight < 0 for _, _, weight in rows):
        raise ValueError("a weight must not be below zero")
    bounds = sorted({bound for start, end, _ in rows for bound in (start, end)})
    begun: list[tuple[Fraction, int]] = []
    pending: tuple[int, int, Fraction] | None = None
    following = 0
    for start, end in pairwise(bounds):
        while following < len(rows) and rows[following][0] <= start:
            heappush(begun, (-rows[following][2], rows[following][1]))
            following += 1
        while begun and begun[0][1] <= start:
            heappop(begun)
        if not begun:
            continue
        weight = -begun[0][0]
        if pending is not None and pending[1] == start and pending[2] == weight:
            pending = (pending[0], end, weight)
            continue
        if pending is not None:
            yield pending
        pending = (start, end, weight)
    if pending is not None:
        yield pending
