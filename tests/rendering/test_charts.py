"""Trend charts: drawn once at build time, following the scheme, with words for those who don't see them."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from servicebook.model.common import Unit
from servicebook.model.result import Result, Verdict
from servicebook.rendering import Site, charts, drawings, trends
from servicebook.rendering.charts import Point, Trend


def trend(*points: Point, is_lower_limit: bool = True) -> Trend:
    ticks = ((99.8, "99.8 %"), (99.9, "99.9 %"), (100.0, "100 %"))
    return Trend(points=points, is_lower_limit=is_lower_limit, ticks=ticks, promised="99.9 %")


def point(value: float | None, verdict: Verdict = Verdict.MET, *, level: float = 99.9, finished: bool = True) -> Point:
    return Point("Oct", verdict, value, level, finished, f"{value} %")


def drawn(*points: Point, is_lower_limit: bool = True) -> str:
    return str(charts.draw(trend(*points, is_lower_limit=is_lower_limit), title="Mail", description="1 of 2 met"))


@pytest.fixture
def october(site: Site) -> tuple[Result, ...]:
    return tuple(r for r in site.results if (r.agreement, r.target) == ("email-sla", "availability"))


def test_the_same_figures_give_the_same_bytes() -> None:
    first = drawn(point(99.95), point(99.85, Verdict.BREACHED))
    charts.draw.cache_clear()

    assert drawn(point(99.95), point(99.85, Verdict.BREACHED)) == first


def test_a_chart_says_what_it_shows() -> None:
    text = drawn(point(99.95), point(99.97))

    assert 'role="img" aria-label="1 of 2 met"' in text
    assert "<title>Mail</title><desc>1 of 2 met</desc>" in text


def test_words_in_a_chart_are_escaped() -> None:
    text = str(charts.draw(trend(point(99.95)), title="<b>&", description='"><script>'))

    assert "<title>&lt;b&gt;&amp;</title>" in text
    assert "<script>" not in text


def test_colours_come_from_the_scheme_and_nothing_is_inline() -> None:
    """No colour, style, font or id is written into a drawing."""
    text = drawn(point(99.95), point(99.85, Verdict.BREACHED), point(99.96, Verdict.ON_TRACK, finished=False))

    assert not re.search(r"#[0-9a-f]{6}|style=|font|\sid=|fill=|stroke=", text)
    assert {"sb-is-met sb-filled", "sb-is-breached sb-hollow", "sb-is-on-track sb-hollow"} <= set(
        re.findall(r'class="([^"]+)"', text)
    )


def test_an_unfinished_period_is_dashed_and_a_gap_is_a_gap() -> None:
    whole = drawn(point(99.95), point(99.96), point(99.97))
    gap = drawn(point(99.95), point(None, Verdict.NO_DATA), point(99.97))
    unfinished = drawn(point(99.95), point(99.96), point(99.97, Verdict.ON_TRACK, finished=False))

    assert len(re.findall(r"M[^Ml]+l", whole.partition('"sb-trend" d="')[2].partition('"')[0])) == 2
    assert gap.count("sb-trend") == 0
    assert unfinished.count("stroke-dasharray") == 1


def test_a_point_says_what_it_shows() -> None:
    """For scripts that show it under the pointer: in the order of the periods."""
    made = [
        replace(point(99.95), says="September 2026: 99.95 %, met"),
        replace(point(99.85, Verdict.BREACHED), says="x"),
    ]

    assert re.findall(r'data-sb="([^"]+)"', drawn(*made)) == ["September 2026: 99.95 %, met", "x"]


def test_of_many_periods_only_some_have_a_label() -> None:
    """Thirty labels would lie over one another: every third is written, the newest among them."""
    points = [replace(point(99.95), label=f"P{number}") for number in range(30)]

    assert re.findall(r">P(\d+)<", drawn(*points)) == [str(number) for number in range(2, 30, 3)]


def test_a_changed_objective_is_a_step() -> None:
    assert drawn(point(99.95), point(99.97)).count('class="sb-promised"') == 1
    assert drawn(point(99.95, level=99.85), point(99.97)).count('class="sb-promised"') == 2


def test_the_missed_side_is_tinted() -> None:
    below = drawn(point(99.95))
    above = drawn(point(99.95), is_lower_limit=False)

    assert re.findall(r'"sb-missed"[^>]*', below) != re.findall(r'"sb-missed"[^>]*', above)


def test_every_state_has_a_shape() -> None:
    text = drawn(*(point(99.95, verdict) for verdict in Verdict))

    for verdict in Verdict:
        assert f"sb-is-{verdict.value.replace(' ', '-')}" in text


def test_the_scale_of_a_share_begins_where_the_data_need_it_and_says_so(october: tuple[Result, ...]) -> None:
    assert trends.caption(october) == "The scale begins at 99.8\u00a0%."
    made = trends.trend_of(october)
    assert made is not None
    assert made.ticks[-1] == (100.0, "100\u00a0%")


def test_figures_that_are_all_alike_still_have_a_scale(october: tuple[Result, ...]) -> None:
    made = trends.trend_of((replace(october[0], value=october[0].level),))

    assert made is not None
    assert len({tick for tick, _ in made.ticks}) == len(made.ticks) > 1


def test_durations_are_drawn_in_the_unit_of_their_objective(october: tuple[Result, ...]) -> None:
    """Zero belongs to the scale where it is near, and then nothing has to be said about it."""
    level = replace(october[0].objective.level, kind=Unit.DURATION, unit="h", number=Fraction(4))
    result = replace(
        october[0],
        unit="seconds",
        level=Fraction(14400),
        value=Fraction(3600),
        objective=replace(october[0].objective, level=level),
    )
    made = trends.trend_of((result, result))

    assert made is not None
    assert made.points[0].value == 1.0
    assert made.ticks[0] == (0.0, "0\u00a0h")
    assert trends.caption((result,)) == ""


def test_without_a_figure_there_is_no_chart(october: tuple[Result, ...]) -> None:
    empty = replace(october[0], value=None, shown=None, verdict=Verdict.NO_DATA)

    assert trends.chart((empty,), "Mail") is None
    assert trends.caption((empty,)) == ""


def test_the_strip_puts_what_was_missed_below_the_line(october: tuple[Result, ...]) -> None:
    text = str(drawings.strip(october, "11 periods"))

    assert text.startswith('<svg class="sb-strip"')
    assert "<title>11 periods</title>" in text
    assert len(re.findall("<use ", text)) == len(october) == 11


def test_a_night_that_runs_over_goes_on_in_the_next_row() -> None:
    text = str(drawings.week([[(1320, 1800)]] + [[]] * 6, ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "nights"))

    assert text.count("sb-piece-open") == 2
