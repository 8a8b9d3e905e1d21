"""What `as_of` is."""

import time

import pytest

from servicebook.adapters.clock import WrongMomentError, moment

NOVEMBER = 1_793_491_200_000_000


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-01", NOVEMBER),
        ("2026-11-01T00:00:00Z", NOVEMBER),
        ("2026-11-01T01:00+01:00", NOVEMBER),
        (" 2026-11-01T00:00:00.000001Z ", NOVEMBER + 1),
    ],
)
def test_an_instant_with_its_offset_or_a_date(text: str, instant: int) -> None:
    """A date is midnight UTC."""
    assert moment(text, {"SOURCE_DATE_EPOCH": "1"}) == instant


def test_else_the_environment_else_now() -> None:
    """`SOURCE_DATE_EPOCH` makes builds repeatable."""
    assert moment(None, {"SOURCE_DATE_EPOCH": "1793491200"}) == NOVEMBER
    assert abs(moment(None, {}) // 1_000_000 - time.time()) < 10


@pytest.mark.parametrize("text", ["yesterday", "2026-11-01T00:00:00", "2026-13-01", "01/11/2026"])
def test_anything_else_is_refused(text: str) -> None:
    """A moment without an offset is no moment."""
    with pytest.raises(WrongMomentError):
        moment(text)


def test_a_wrong_environment_is_told() -> None:
    """Instead of being taken for now."""
    with pytest.raises(WrongMomentError, match="SOURCE_DATE_EPOCH"):
        moment(None, {"SOURCE_DATE_EPOCH": "today"})
