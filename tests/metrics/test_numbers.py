"""Numbers, shares, durations, words and pauses as metric files write them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebook.metrics.numbers import plain, read_duration, read_number, read_share
from servicebook.metrics.pauses import read_pauses
from servicebook.metrics.table import ITEM
from servicebook.metrics.times import TimeReader, Unreadable
from servicebook.model.common import Where
from servicebook.model.measurement import Kind
from tests.metrics.builders import at, between, found, opened

YEAR = between("2026-01-01/2027-01-01")


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", "1"), ("-0.50", "-1/2"), ("+3.", "3"), (".25", "1/4"), ("1e3", "1000"), ("2.5E-3", "1/400"), ("0e999", "0")],
)
def test_numbers_are_exact(text: str, number: str) -> None:
    """A decimal is the fraction that it writes."""
    assert read_number(text) == Fraction(number)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("1,234.5", "separators"),
        ("3,5", "decimal point"),
        ("NaN", "missing"),
        ("inf", "missing"),
        (" 1", "white space"),
        ("1e999", ""),
        ("１", ""),
        ("0x1f", ""),
        ("1_000", ""),
        ("", ""),
    ],
)
def test_what_is_no_number(text: str, hint: str) -> None:
    """Thousands, decimal commas, other digits: refused, with a hint where the meaning is near."""
    with pytest.raises(Unreadable) as refusal:
        read_number(text)
    assert hint in refusal.value.hint


@given(st.decimals(allow_nan=False, allow_infinity=False, places=9))
def test_plain_writes_a_number_that_reads_back(number: object) -> None:
    """Without exponent and without loss."""
    exact = Fraction(str(number))
    assert read_number(plain(exact)) == exact
    assert "e" not in plain(exact).lower()


def test_shares() -> None:
    """From 0 to 1, or in per cent."""
    assert [read_share(text) for text in ("0.5", "50 %", "50%", "1", "0")] == [Fraction(1, 2)] * 3 + [1, 0]
    for text in ("1.5", "-1 %", "half", "101 %"):
        with pytest.raises(Unreadable):
            read_share(text)


def test_durations_have_units() -> None:
    """`1 h 20 min`; a bare number isn't one."""
    assert read_duration("90 min") == read_duration("1 h 30 min") == read_duration("1.5h") == 5_400_000_000
    assert read_duration("2 hours 1 second") == 7_201_000_000
    for text in ("90", "", "min", "-5 min", "5 parsecs", "0.0001 ms"):
        with pytest.raises(Unreadable):
            read_duration(text)


def test_pauses_in_a_cell_and_in_json() -> None:
    """start/end; start/end, or lists of two; an empty end goes on."""
    reader = TimeReader()
    pair = (at("2026-03-01T08:00"), at("2026-03-01T09:00"))

    assert read_pauses("2026-03-01T08:00Z/2026-03-01T09:00Z; 2026-03-01T08:00Z/", reader) == [pair, (pair[0], None)]
    assert read_pauses(" ; ", reader) == []
    assert read_pauses(f'{ITEM}["2026-03-01T08:00Z","2026-03-01T09:00Z"]{ITEM}', reader) == [pair]
    assert read_pauses(f'{ITEM}{{"start":"2026-03-01T08:00Z","end":null}}{ITEM}', reader) == [(pair[0], None)]
    assert read_pauses(f"{ITEM}2026-03-01T08:00Z/2026-03-01T09:00Z{ITEM}", reader) == [pair]
    for text in (
        "2026-03-01T08:00Z",
        "a/b/c",
        f"{ITEM}[1,2]{ITEM}",
        f'{ITEM}["2026-03-01T08:00Z"]{ITEM}',
        f'{ITEM}["2026-03-01T08:00Z",1]{ITEM}',
    ):
        with pytest.raises(Unreadable):
            read_pauses(text, reader)


def test_sums_are_exact_whatever_the_decimals(tmp_path: Path) -> None:
    """A tenth added three times is three tenths; exponents and signs are written out."""
    rows = "time,value\n" + "".join(
        f"2026-03-0{day}T08:00Z,{text}\n" for day, text in enumerate(["0.1", "1e-1", "+.1", "-2.50"], 1)
    )
    with opened(tmp_path, Kind.SAMPLES, {"a.csv": rows}) as store:
        assert found(store) == []
        (summary,) = store.series("s", Where()).summaries([YEAR])

    assert summary.total == Fraction(3, 10) - Fraction(5, 2)
    assert (summary.minimum, summary.maximum) == (Fraction(-5, 2), Fraction(1, 10))


def test_numbers_too_long_for_the_engine_are_a_limit(tmp_path: Path) -> None:
    """Thirty digits before the point and thirty behind it don't fit 38 places."""
    rows = f"time,value\n2026-03-01T08:00Z,1.5\n2026-03-02T08:00Z,{'1' * 30}.{'1' * 30}\n"
    with opened(tmp_path, Kind.SAMPLES, {"a.csv": rows}) as store:
        assert found(store) == ["a.csv:3 limit/digits"]


def test_unreadable_numbers_stand_at_their_first_row(tmp_path: Path) -> None:
    """Many rows with one fault are one problem with a count; an empty one lacks the field."""
    rows = "time,value\n2026-03-01T08:00Z,1\n2026-03-02T08:00Z,x\n2026-03-03T08:00Z,NaN\n2026-03-04T08:00Z,\n"
    with opened(tmp_path, Kind.SAMPLES, {"a.csv": rows}) as store:
        assert found(store) == ["a.csv:3 metrics/unreadable-number ×2", "a.csv:5 metrics/missing-field"]


def test_good_is_a_count_or_a_word(tmp_path: Path) -> None:
    """Without a total every row counts one."""
    rows = "time,good\n2026-03-01T08:00Z,true\n2026-03-02T08:00Z,No\n2026-03-03T08:00Z,1\n2026-03-04T08:00Z,0\n"
    with opened(tmp_path, Kind.EVENTS, {"a.csv": rows}) as store:
        (ratio,) = store.series("s", Where()).ratios([YEAR])

    assert (ratio.numerator, ratio.denominator, ratio.records) == (2, 4, 4)


def test_words_of_probes(tmp_path: Path) -> None:
    """true/false, yes/no, 1/0, ok/fail, up/down in any case; anything else is an error."""
    words = ["TRUE", "yes", "1", "ok", " Up ", "false", "No", "0", "FAIL", "down", "maybe"]
    rows = "time,ok\n" + "".join(f"2026-03-01T08:{minute:02}Z,{word}\n" for minute, word in enumerate(words))
    with opened(tmp_path, Kind.PROBES, {"a.csv": rows}) as store:
        assert found(store) == ["a.csv:12 metrics/unreadable-word"]
        assert store.probes("s", Where()).down == between("2026-03-01T08:05/2026-11-01")
