"""Cost, use and satisfaction in sentences, and the drawing of their months."""

from __future__ import annotations

import itertools
import re
from fractions import Fraction

import pytest

from servicebook.insight.growth import Growth, later
from servicebook.insight.metering import Cost, CostMonth, Satisfaction, ScoreMonth, Use, UseMonth
from servicebook.rendering.columns import Column, Outlook, columns
from servicebook.rendering.metering_words import cost_sentences, score_sentences, use_sentences


def plain(sentences: tuple[str, ...]) -> list[str]:
    return [each.replace("\u00a0", " ") for each in sentences]


def month_of_cost(period: str, actual: str, per_unit: str | None = None) -> CostMonth:
    unit = Fraction(per_unit) if per_unit is not None else None
    return CostMonth(period=period, finished=True, budget=Fraction(2400), actual=Fraction(actual), per_unit=unit)


def test_cost_is_said_against_the_budget_and_for_a_unit() -> None:
    """The newest finished month, the sum of at most twelve, and the cost per unit beside that of the year before."""
    cost = Cost(
        service="email",
        currency="GBP",
        unit="mailboxes",
        months=(month_of_cost("2025-10", "2500", "3.09"), month_of_cost("2026-10", "2352.17", "2.75")),
    )

    assert plain(cost_sentences(cost)) == [
        "October 2026: £ 2,352.17 of a budget of £ 2,400.00.",
        "In the last twelve finished months £ 4,852.17 of £ 4,800.00, 101.1 % of the budget.",
        "Cost per unit (mailboxes): £ 2.75, a year before £ 3.09.",
    ]


def test_without_a_year_before_the_cost_per_unit_stands_alone() -> None:
    """And nothing is said of units where nobody counts them."""
    alone = Cost(service="email", currency="EUR", unit="GB", months=(month_of_cost("2026-10", "2400", "0.5"),))
    uncounted = Cost(service="email", currency="EUR", unit="", months=(month_of_cost("2026-10", "2400"),))

    assert plain(cost_sentences(alone))[-1] == "Cost per unit (GB): € 0.50."
    assert not any("unit" in each for each in cost_sentences(uncounted))


def used(period: str, peak: int) -> UseMonth:
    return UseMonth(period=period, finished=True, peak=Fraction(peak), mean=Fraction(peak), capacity=Fraction(1000))


GROWING = Growth(per_month=Fraction(10), slowest=Fraction(5), fastest=Fraction(20), level=Fraction(850), months=13)


def test_use_is_said_with_its_growth_its_season_and_when_it_reaches_the_capacity() -> None:
    """850 of 1,000 at ten more a month: full in 15 months; at twenty in 8, at five in 30."""
    use = Use(
        service="email",
        unit="mailboxes",
        months=(used("2025-10", 800), used("2026-10", 850)),
        warn_at=Fraction(9, 10),
        growth=GROWING,
    )

    assert plain(use_sentences(use)) == [
        "October 2026: at most 850 of 1,000 mailboxes, 85 %.",
        "It grows by 10 a month; at that pace the capacity is reached in January 2028 (between June 2027 and April 2029).",
        "The 90 % at which to warn are reached in March 2027.",
        "A year before it was at most 800: a change of 6.3 %.",
    ]


def test_satisfaction_is_said_with_how_many_answered() -> None:
    """And too few answers show no trend."""
    score = Satisfaction(
        service="email",
        months=(
            ScoreMonth(period="2026-09", finished=True, answers=1, mean=Fraction(2), satisfied=None),
            ScoreMonth(period="2026-10", finished=True, answers=4, mean=Fraction(17, 4), satisfied=None),
            ScoreMonth(period="2026-11", finished=False, answers=2, mean=Fraction(5), satisfied=None),
        ),
    )

    assert plain(score_sentences(score)) == [
        "October 2026: 4.3 on the mean of 4 answers.",
        "Fewer than 10 answers in half a year: too few to see a trend.",
    ]


@pytest.mark.parametrize(("period", "months", "expected"), [("2026-10", 0, "2026-10"), ("2026-11", 3, "2027-02")])
def test_months_are_counted_across_the_year(period: str, months: int, expected: str) -> None:
    assert later(period, months) == expected


def texts(drawing: str) -> dict[str, tuple[float, float]]:
    """The words of a drawing with their places."""
    found = re.findall(r'<text [^>]*x="([\d.]+)" y="([\d.-]+)"[^>]*>([^<]*)</text>', drawing)
    return {words: (float(x), float(y)) for x, y, words in found}


def test_words_beside_the_drawing_never_run_into_each_other() -> None:
    """Capacity, the level to warn at and the end of the trend may lie close together."""
    outlook = Outlook(
        months=12,
        level=Fraction(950),
        slowest=Fraction(0),
        expected=Fraction(3),
        fastest=Fraction(5),
        words="present trend",
        last="Oct 27",
    )
    months = [Column(label="Oct 26", amount=Fraction(950), says="Oct 2026: 950")]
    drawing = columns(months, "Use", limits=[("capacity", Fraction(1000)), ("99 %", Fraction(990))], outlook=outlook)
    places = texts(drawing)
    heights = sorted(places[words][1] for words in ("capacity", "99 %", "present trend"))

    assert all(below - above >= 13 for above, below in itertools.pairwise(heights))
    assert places["Oct 27"][0] - places["Oct 26"][0] == pytest.approx(12 * 24, abs=0.2)


def test_each_column_tells_its_month() -> None:
    """A reader points at it or goes there by arrow keys; a month without an amount is a gap, and no column."""
    drawing = columns(
        [
            Column(label="", amount=Fraction(3), says="Aug 2026: 3", level=Fraction(2), shown="3"),
            Column(label="", amount=None, says="Sep 2026: –"),
            Column(label="Oct", amount=Fraction(1), says="Oct 2026: 1", finished=False, note="7"),
        ],
        "Columns",
    )

    assert re.findall(r'data-sb="([^"]+)"', drawing) == ["Aug 2026: 3", "Oct 2026: 1"]
    assert re.findall(r'<rect class="([^"]+)"', drawing) == ["sb-column sb-over", "sb-column sb-open-month"]
    assert set(texts(drawing)) == {"3", "Oct", "7"}


def test_letters_are_as_large_however_many_months_there_are() -> None:
    """All drawings have the same width, in which the months share."""
    few, many = (columns([Column(label="x", amount=Fraction(1), says="x")] * number, "Columns") for number in (3, 40))
    box = re.compile(r'viewBox="([^"]+)"')

    assert box.findall(few) == box.findall(many)
    assert max(x for x, _ in texts(many).values()) <= 540
