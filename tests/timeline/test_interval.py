"""Half-open intervals: what they hold, and how sets of them combine."""

from __future__ import annotations

from fractions import Fraction
from time import perf_counter

import pytest

from servicebook.timeline.interval import EMPTY, Intervals, Weighted

HALF = Fraction(1, 2)


def test_intervals_that_overlap_or_touch_are_one() -> None:
    """[0, 2) and [2, 4) hold every instant of [0, 4), so they are the same set; [5, 5) holds nothing."""
    assert list(Intervals([(2, 4), (0, 2), (5, 5), (9, 8), (7, 9), (8, 9)])) == [(0, 4), (7, 9)]


def test_equal_sets_are_equal_values() -> None:
    """However it was built, a set equals, and hashes as, any other with the same instants."""
    assert Intervals([(0, 2), (2, 4)]) == Intervals.span(0, 4)
    assert len({Intervals([(0, 2), (2, 4)]), Intervals.span(0, 4)}) == 1
    assert Intervals.span(0, 4) != Intervals.span(0, 5)
    assert Intervals.span(0, 4) != [(0, 4)]


def test_an_interval_holds_its_start_and_not_its_end() -> None:
    """Half-open: 3 is in [3, 5), 5 isn't."""
    intervals = Intervals([(0, 1), (3, 5)])

    assert [instant for instant in range(-1, 7) if intervals.contains(instant)] == [0, 3, 4]


def test_the_algebra() -> None:
    """Union, intersection and difference of [0, 10) and [2, 4) ∪ [8, 12)."""
    day, breaks = Intervals.span(0, 10), Intervals([(2, 4), (8, 12)])

    assert list(day | breaks) == [(0, 12)]
    assert list(day & breaks) == [(2, 4), (8, 10)]
    assert list(day - breaks) == [(0, 2), (4, 8)]
    assert list(breaks - day) == [(10, 12)]


def test_with_nothing() -> None:
    """The empty set is neutral in a union, and leaves nothing of an intersection."""
    some = Intervals.span(3, 5)

    assert some | EMPTY == EMPTY | some == some - EMPTY == some
    assert some & EMPTY == EMPTY - some == Intervals.span(5, 3) == EMPTY
    assert not EMPTY
    assert len(EMPTY) == EMPTY.duration == EMPTY.measure(0, 9) == 0
    assert EMPTY.before(9) == EMPTY.clip(0, 9) == EMPTY
    assert repr(some | Intervals.span(7, 9)) == "Intervals([(3, 5), (7, 9)])"


def test_bounds_and_duration() -> None:
    """From the first start to the last end; the duration leaves the gaps out."""
    intervals = Intervals([(3, 5), (8, 12)])

    assert (intervals.start, intervals.end, intervals.duration) == (3, 12, 6)


def test_the_empty_set_has_no_bounds() -> None:
    """There is no instant to give, so it is an error rather than a made-up number."""
    with pytest.raises(ValueError, match="empty"):
        _ = EMPTY.start
    with pytest.raises(ValueError, match="empty"):
        _ = EMPTY.end


@pytest.mark.parametrize(
    ("start", "end", "left"),
    [
        (4, 10, [(4, 5), (8, 10)]),
        (0, 20, [(3, 5), (8, 12)]),
        (5, 8, []),
        (9, 10, [(9, 10)]),
        (0, 6, [(3, 5)]),
        (10, 4, []),
    ],
)
def test_a_window(start: int, end: int, left: list[tuple[int, int]]) -> None:
    """`clip` gives the part of [3, 5) ∪ [8, 12) within a window, `measure` how long that part is."""
    intervals = Intervals([(3, 5), (8, 12)])

    assert list(intervals.clip(start, end)) == left
    assert intervals.measure(start, end) == sum(b - a for a, b in left)


def test_before_an_instant() -> None:
    """What begins later is left out, what is under way is cut."""
    assert list(Intervals([(3, 5), (8, 12)]).before(9)) == [(3, 5), (8, 9)]


@pytest.mark.parametrize(
    ("start", "end", "gaps"),
    [
        (0, 20, [(0, 3), (5, 8), (12, 20)]),
        (3, 12, [(5, 8)]),
        (3, 5, []),
        (4, 9, [(5, 8)]),
        (20, 30, [(20, 30)]),
        (9, 9, []),
    ],
)
def test_what_is_missing_within_a_window(start: int, end: int, gaps: list[tuple[int, int]]) -> None:
    """The complement of [3, 5) ∪ [8, 12): the gaps, without what lies outside the window."""
    assert list(Intervals([(3, 5), (8, 12)]).complement(start, end)) == gaps


def test_a_short_set_against_a_long_one_is_quick() -> None:
    """A thousand questions about an hour of a list with 200,000 intervals take far less than going through the list once each."""
    long = Intervals((10 * n, 10 * n + 5) for n in range(200_000))
    began = perf_counter()
    for n in range(1000):
        hour = Intervals.span(1000 * n, 1000 * n + 100)
        assert (
            (long & hour).duration
            == (hour & long).duration
            == (hour - long).duration
            == long.measure(hour.start, hour.end)
            == 50
        )

    assert perf_counter() - began < 2


def test_each_instant_has_the_greatest_weight_there() -> None:
    """Half down from 0 to 10, wholly down from 4 to 6: ½ × 4 + 1 × 2 + ½ × 4 = 6."""
    outages = Weighted([(0, 10, HALF), (4, 6, Fraction(1))])

    assert outages.pieces == ((0, 4, HALF), (4, 6, Fraction(1)), (6, 10, HALF))
    assert outages.weight_in(Intervals.span(0, 10)) == 6
    assert outages.weight_in(Intervals([(3, 5), (9, 20)])) == HALF + 1 + HALF


def test_neighbours_of_one_weight_are_one_piece() -> None:
    """Two half outages that touch or overlap don't add up to a whole one."""
    assert Weighted([(0, 4, HALF), (4, 6, HALF), (5, 9, HALF)]).pieces == ((0, 9, HALF),)


def test_a_weight_of_nought_is_kept_but_weighs_nothing() -> None:
    """An outage without impact is there to be seen; the time that counts as out leaves it out."""
    outages = Weighted([(0, 4, Fraction(0)), (3, 6, HALF), (8, 8, HALF)])

    assert outages.pieces == ((0, 3, Fraction(0)), (3, 6, HALF))
    assert outages.union == Intervals.span(3, 6)
    assert outages.weight_in(Intervals.span(0, 10)) == Fraction(3, 2)


def test_the_pieces_of_a_window() -> None:
    """Cut to the window, each with its weight; a window that ends where it starts has none."""
    outages = Weighted([(0, 10, HALF), (4, 6, Fraction(1)), (20, 30, HALF)])

    assert outages.within(5, 8) == ((5, 6, Fraction(1)), (6, 8, HALF))
    assert outages.within(10, 20) == outages.within(5, 5) == outages.within(8, 5) == ()


def test_weighted_values_are_equal_by_their_pieces() -> None:
    """As with intervals: built differently, the same."""
    one, other = Weighted([(0, 4, HALF), (4, 6, HALF)]), Weighted([(0, 6, HALF)])

    assert one == other
    assert hash(one) == hash(other)
    assert one != Weighted()
    assert one != "half"
    assert one
    assert not Weighted()
    assert repr(other) == "Weighted([(0, 6, Fraction(1, 2))])"


def test_a_weight_below_nought_is_refused() -> None:
    """An outage can't make up for another."""
    with pytest.raises(ValueError, match="below zero"):
        Weighted([(0, 1, Fraction(-1))])
