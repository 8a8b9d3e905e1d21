"""How a period passed: the budget burns down with every stretch of downtime, to what the result says is left."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from servicebook.model.result import Budget, Result, TimeLine
from servicebook.rendering import Site, drawings
from servicebook.rendering.book import Book, History
from servicebook.rendering.passing import course, passed
from tests.rendering.catalogue import HOUR, MINUTE


@pytest.fixture
def history(site: Site) -> History:
    """E-mail, at least 99.9 % of all time each month; October 2026 had 75 minutes of downtime in two stretches."""
    return Book(site).histories["email-sla"]["availability"]


@pytest.fixture
def october(history: History) -> Result:
    return next(result for result in history.results if result.period == "2026-10")


def test_the_course_ends_where_the_result_does(october: Result) -> None:
    """From the whole budget at the period's start, straight through each stretch, to what is left, exactly."""
    assert october.budget is not None
    points = course(october)

    assert points[0] == (october.start, october.budget.total)
    assert points[-1] == (october.end, october.budget.left)
    assert points[-1][1] == october.budget.total - 75 * 60
    assert [at for at, _ in points] == sorted(at for at, _ in points)


def test_every_result_of_the_catalogue_agrees(site: Site) -> None:
    """Wherever single outages are known their sum is the downtime that the result counts."""
    known = [result for result in site.results if result.time_line.down and result.numerator_unit == "seconds"]

    assert known
    for result in known:
        assert result.budget is not None
        assert course(result)[-1][1] == result.budget.left


def test_half_an_outage_burns_half(october: Result) -> None:
    """Two hours in which half of the users were hit take one hour."""
    down = TimeLine(down=((october.start + HOUR, october.start + 3 * HOUR, Fraction(1, 2)),))
    budget = Budget(total=Fraction(7200), used=Fraction(3600))

    points = course(replace(october, time_line=down, budget=budget))

    assert [left for _, left in points] == [7200, 7200, 3600, 3600]


def test_without_single_outages_there_is_no_course(october: Result) -> None:
    """A daily figure knows how long it was down, not when: nothing is invented."""
    assert course(replace(october, time_line=TimeLine())) == ()
    assert course(replace(october, numerator_unit="events")) == ()


def test_the_present_period_ends_now(history: History) -> None:
    """What lies ahead isn't drawn: the course ends at the moment up to which anything is known."""
    assert history.present is not None
    start = history.present.start
    stretch = ((start, start + 10 * MINUTE, Fraction(1)),)
    total = Fraction(30 * 86_400, 1000)
    present = replace(history.present, time_line=TimeLine(down=stretch), budget=Budget(total=total, used=Fraction(600)))
    titles = [each.title for each in passed(replace(history, results=(*history.results[:-1], present)))]

    assert course(present)[-1] == (present.known_to, total - 600)
    assert titles == ["What happened in October 2026", "What happened so far in November 2026"]


def test_what_it_says(history: History) -> None:
    """The text alternative says what the drawing shows: allowed, used, over, and the largest part of it."""
    (october, *_) = passed(history)
    assert october.budget is not None
    said = re.search('aria-label="([^"]+)"', october.budget.drawing)

    assert said is not None
    assert said[1].replace("\u00a0", " ") == (
        "44 min 39 s allowed, 1 h 15 min used: 30 min 21 s over. The largest part, 55 min, on 19 October 2026."
    )
    assert october.budget.ticks == ("1\u00a0Oct", "31\u00a0Oct")


def test_what_is_over_lies_below_the_line() -> None:
    """Of 10 seconds 30 are used: the line of nothing left stands a third down, and below it is tinted."""
    points = ((0, Fraction(10)), (50, Fraction(10)), (60, Fraction(-20)), (100, Fraction(-20)))

    drawn = drawings.burn_down(points, 100, "over")

    assert '<path class="sb-trend" d="M0 0L500 0L600 100L1000 100"/>' in drawn
    assert '<path class="sb-promised" d="M0 33H1000"/>' in drawn
    assert '<rect class="sb-missed" y="33" width="1000" height="67"/>' in drawn


def test_nothing_allowed_is_drawn_too() -> None:
    """100 % allow nothing: everything that was used lies below the line."""
    drawn = drawings.burn_down(((0, Fraction(0)), (10, Fraction(-60)), (100, Fraction(-60))), 100, "over")

    assert '<path class="sb-promised" d="M0 0H1000"/>' in drawn
    assert 'd="M0 0L100 100L1000 100"/>' in drawn
