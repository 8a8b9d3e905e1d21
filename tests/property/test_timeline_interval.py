"""The algebra of intervals, against sets of single instants."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from servicebook.timeline.interval import Intervals, Weighted

SIZE = 60
BOUND = st.integers(0, SIZE)
PAIRS = st.lists(st.tuples(BOUND, BOUND), max_size=12)
WEIGHTS = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)])


def instants(pairs: list[tuple[int, int]]) -> set[int]:
    """All whole numbers in half-open intervals."""
    return {instant for start, end in pairs for instant in range(start, end)}


def is_normal(intervals: Intervals) -> bool:
    """Sorted, none empty, none touching the next."""
    bounds = [bound for pair in intervals for bound in pair]
    return all(one < other for one, other in pairwise(bounds))


@given(PAIRS, PAIRS)
def test_the_algebra_is_that_of_sets(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    """Union, intersection and difference hold the instants that those of the sets hold, in normal form."""
    left, right = Intervals(one), Intervals(other)

    for result, expected in (
        (left | right, instants(one) | instants(other)),
        (left & right, instants(one) & instants(other)),
        (left - right, instants(one) - instants(other)),
        (right - left, instants(other) - instants(one)),
    ):
        assert is_normal(result)
        assert instants(list(result)) == expected
        assert result.duration == len(expected)


@given(PAIRS, BOUND, BOUND)
def test_windows_are_those_of_sets(pairs: list[tuple[int, int]], start: int, end: int) -> None:
    """Clipping, measuring and complementing agree with the set of instants within the window."""
    intervals, window = Intervals(pairs), set(range(start, end))

    assert instants(list(intervals.clip(start, end))) == instants(pairs) & window
    assert intervals.measure(start, end) == len(instants(pairs) & window)
    assert instants(list(intervals.complement(start, end))) == window - instants(pairs)
    assert instants(list(intervals.before(start))) == {instant for instant in instants(pairs) if instant < start}
    assert is_normal(intervals.clip(start, end))
    assert is_normal(intervals.complement(start, end))
    assert intervals.contains(start) == (start in instants(pairs))


@given(PAIRS)
def test_normal_form_is_unique(pairs: list[tuple[int, int]]) -> None:
    """The same instants, one by one, make an equal value."""
    assert Intervals(pairs) == Intervals((instant, instant + 1) for instant in instants(pairs))


@given(st.lists(st.tuples(BOUND, BOUND, WEIGHTS), max_size=10), PAIRS)
def test_each_instant_weighs_the_greatest_weight_there(
    triples: list[tuple[int, int, Fraction]], window: list[tuple[int, int]]
) -> None:
    """Summed over single instants the weights give the same, exactly."""
    weighted = Weighted(triples)
    heaviest = {
        instant: max((w for a, b, w in triples if a <= instant < b), default=Fraction(0)) for instant in range(SIZE)
    }

    assert weighted.weight_in(Intervals(window)) == sum(
        (heaviest[instant] for instant in instants(window)), Fraction(0)
    )
    assert instants(list(weighted.union)) == {instant for instant, weight in heaviest.items() if weight > 0}
    assert all(one[1] < other[0] or one[2] != other[2] for one, other in pairwise(weighted.pieces))
