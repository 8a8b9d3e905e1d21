"""Cost, use and satisfaction by month, and when a capacity is reached at the present trend."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebook.insight.growth import Reach, growth
from servicebook.insight.metering import Metered, metered
from servicebook.pipeline import opened
from tests.insight.builders import at

SERVICE = """\
---
title: E-mail
stage: live
capacity: {source: boxes, limit: 1000, unit: mailboxes, warn_at: 80 %}
cost: {source: ledger, where: {service: email}}
satisfaction: {source: survey, satisfied_from: 4}
---
"""
FILES = {
    "content/services/email.md": SERVICE,
    "data/metrics/boxes.yml": "title: Mailboxes\nrecords: usage\nfiles: boxes.csv\n",
    "data/metrics/ledger.yml": "title: Ledger\nrecords: ledger\nfiles: ledger.csv\n",
    "data/metrics/survey.yml": "title: Survey\nrecords: scores\nfiles: survey.csv\n",
    "data/metrics/boxes.csv": "time,used\n"
    + "".join(
        f"2026-{month:02}-10T00:00Z,{600 + 10 * month}\n2026-{month:02}-20T00:00Z,{620 + 10 * month}\n"
        for month in range(1, 10)
    ),
    "data/metrics/ledger.csv": "time,budget,actual,currency,service\n2026-07-31T12:00Z,3000,2760,EUR,email\n2026-09-30T12:00Z,3000,3500,EUR,email\n2026-09-30T12:00Z,1,1,EUR,fax\n",
    "data/metrics/survey.csv": "time,score\n"
    + "".join(f"2026-09-{day:02}T08:00Z,{5 if day % 2 else 3}\n" for day in range(1, 13))
    + "2026-08-01T08:00Z,1\n",
}


def counted(root: Path, files: dict[str, str] = FILES, as_of: str = "2026-10-15") -> Metered:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    with opened(root, at(as_of)) as book:
        assert not book.has_errors, book.problems
        return metered(book.catalogue, book.records)


def test_use_by_month_has_its_peak_and_mean(tmp_path: Path) -> None:
    """In July 670 and 690 of 1,000 mailboxes: the peak is 69 %, the mean 680; October has no reading yet: a gap."""
    use = counted(tmp_path).uses["email"]
    july = next(month for month in use.months if month.period == "2026-07")

    assert (july.peak, july.mean, july.capacity, july.share) == (690, 680, 1000, Fraction(69, 100))
    assert [(m.period, m.finished, m.peak) for m in use.months][-2:] == [
        ("2026-09", True, 710),
        ("2026-10", False, None),
    ]
    assert use.months[0].period == "2026-01"
    assert use.newest is not None
    assert use.newest.period == "2026-09"


def test_growth_of_ten_a_month_reaches_the_limit_in_twenty_nine_months(tmp_path: Path) -> None:
    """Peaks of 630, 640, … 710 in September: 290 are left, 29 months; 80 % are 800: 9 months."""
    trend = counted(tmp_path).uses["email"].growth

    assert trend is not None
    assert (trend.per_month, trend.level, trend.months) == (10, 710, 9)
    assert trend.reaches(Fraction(1000)) == Reach(expected=29, earliest=29, latest=29)
    assert trend.reaches(Fraction(800)).expected == 9


def test_cost_by_month_is_held_against_its_budget(tmp_path: Path) -> None:
    """August has no row: a gap, not zero. 2,760 € in July for 680 mailboxes on the mean."""
    cost = counted(tmp_path).costs["email"]
    months = {month.period: (month.budget, month.actual, month.per_unit) for month in cost.months}

    assert cost.currency == "EUR"
    assert months["2026-07"] == (3000, 2760, Fraction(2760, 680))
    assert months["2026-08"] == (None, None, None)
    assert cost.total == (6000, 6260)
    assert cost.newest is not None
    assert cost.newest.period == "2026-09"


def test_two_currencies_are_no_cost(tmp_path: Path) -> None:
    """Euros and pounds can't be added."""
    ledger = FILES["data/metrics/ledger.csv"] + "2026-09-30T12:00Z,1,1,GBP,email\n"

    assert counted(tmp_path, {**FILES, "data/metrics/ledger.csv": ledger}).costs == {}


def test_answers_by_month_are_counted(tmp_path: Path) -> None:
    """Six fives and six threes: 4.0 on the mean, half of them satisfied; the single answer of August is few."""
    score = counted(tmp_path).satisfactions["email"]
    august, september = score.months[0], score.months[1]

    assert (september.answers, september.mean, september.satisfied, september.is_thin) == (12, 4, Fraction(1, 2), False)
    assert (august.answers, august.mean, august.is_thin) == (1, 1, True)
    assert score.halves is None


def test_nothing_after_as_of_is_known(tmp_path: Path) -> None:
    """On 15 July the reading of the 20th isn't there, and the ledger's row of the month's end neither."""
    found = counted(tmp_path, as_of="2026-07-15")

    july = found.uses["email"].months[-1]
    assert (july.period, july.finished, july.peak) == ("2026-07", False, 670)
    assert found.costs["email"].months == ()


PEAKS = st.lists(st.integers(min_value=0, max_value=10_000).map(Fraction), min_size=6, max_size=24)


@given(PEAKS, st.integers(min_value=-30, max_value=30))
def test_a_trend_doesnt_depend_on_when_it_began(peaks: list[Fraction], shift: int) -> None:
    """Only the distances between months count."""
    trend = growth(list(enumerate(peaks)))
    shifted = growth([(index + shift, peak) for index, peak in enumerate(peaks)])

    assert trend == shifted


@given(PEAKS, st.integers(min_value=1, max_value=50))
def test_a_trend_scales_with_its_unit(peaks: list[Fraction], factor: int) -> None:
    """Gigabytes or megabytes: the month in which the limit is reached is the same."""
    trend, scaled = growth(list(enumerate(peaks))), growth([(i, peak * factor) for i, peak in enumerate(peaks)])

    assert trend is not None
    assert scaled is not None
    assert scaled.per_month == trend.per_month * factor
    assert trend.reaches(Fraction(20_000)) == scaled.reaches(Fraction(20_000) * factor)


@given(PEAKS)
def test_the_range_holds_the_trend(peaks: list[Fraction]) -> None:
    """The slowest pace is never above the median, nor the fastest below; faster is never later."""
    trend = growth(list(enumerate(peaks)))

    assert trend is not None
    assert trend.slowest <= trend.per_month <= trend.fastest
    reach = trend.reaches(Fraction(20_000))
    order = [reach.earliest, reach.expected, reach.latest]
    known = [each for each in order if each is not None]
    assert known == sorted(known)
    assert order == known + [None] * (3 - len(known))


@pytest.mark.parametrize(("months", "known"), [(5, False), (6, True)])
def test_few_months_show_no_trend(months: int, known: bool) -> None:
    """Six finished months are the least."""
    assert (growth([(month, Fraction(month)) for month in range(months)]) is not None) is known


def test_one_odd_month_hardly_bends_a_trend() -> None:
    """Ten a month, and a peak of ten times as much in March."""
    peaks = [(month, Fraction(100 + 10 * month)) for month in range(12)]
    peaks[2] = (2, Fraction(1200))
    trend = growth(peaks)

    assert trend is not None
    assert trend.per_month == 10
