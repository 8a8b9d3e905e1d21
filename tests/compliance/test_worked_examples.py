"""The published worked examples, as numbers that the calculation must reproduce exactly."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from servicebook.compliance.display import shown
from servicebook.compliance.levels import level_in
from servicebook.compliance.series import nearest_rank
from servicebook.compliance.verdict import credit_of
from servicebook.model.result import Verdict
from servicebook.model.target import Band, Credits, Measure
from servicebook.timeline.calendar import Calendar
from servicebook.timeline.interval import Intervals
from servicebook.timeline.period import Per, period_named
from servicebook.timeline.working_time import elapsed, last_instant_within
from servicebook.timeline.zone import to_instant, zone
from tests.compliance.builders import (
    HOUR,
    MINUTE,
    SECOND,
    agreement,
    calendar,
    catalogue,
    objective,
    outage,
    quantity,
    result_between,
    target,
)

FILE = Path(__file__).parents[3] / "shared" / "acceptance" / "worked-examples.yml"
EXAMPLES: dict[str, Any] = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) if FILE.is_file() else {}
pytestmark = pytest.mark.skipif(not EXAMPLES, reason="the worked examples aren't beside the project")
UNITS = {"h": HOUR, "min": MINUTE, "s": SECOND}


def length(text: str) -> int:
    """`24h`, `4min`, `18000s` in microseconds."""
    number = text.rstrip("hmins")
    return int(Fraction(number) * UNITS[text[len(number) :]])


def named(section: str, name: str) -> Any:
    return next((example for example in EXAMPLES.get(section, ()) if example["id"] == name), None)


def section(name: str) -> list[Any]:
    return list(EXAMPLES.get(name, ()))


def availability_of(measure: Measure, service: int, rows: list[Any], observed: int) -> Any:
    book = catalogue(agreement(target("at least 99 %", measure=measure)))
    seen = Intervals.span(0, observed)
    return result_between(book, 0, service, outage_rows=tuple(rows), vouched=seen)


def test_argo_day() -> None:
    """A day of unknown, failed and scheduled hours: unknown time is never up, scheduled time counts in availability only."""
    given, expect = named("availability", "argo-day")["given"], named("availability", "argo-day")["expect"]
    up, down, scheduled = length(given["up"]), length(given["down"]), length(given["scheduled"])
    rows = [outage(up, up + down), outage(up + down, up + down + scheduled, planned=True)]
    service, observed = length(given["service_time"]), up + down + scheduled

    available = availability_of(Measure.AVAILABILITY, service, rows, observed)
    reliable = availability_of(Measure.RELIABILITY, service, rows, observed)

    assert available.value == Fraction(expect["availability_counting_scheduled_as_down"])
    assert reliable.value == Fraction(expect["reliability"])
    assert available.coverage == Fraction(expect["coverage"])


def test_times_between_and_to_restore() -> None:
    """Two outages of 1 h and 3 h in 720 h: MTBF is the time up ÷ their number, MTRS their time ÷ their number."""
    example = named("availability", "servicenow-mtbf")
    service, expect = length(example["given"]["service_time"]), example["expect"]
    first, second = (length(text) for text in example["given"]["outages"])
    rows = [outage(100 * HOUR, 100 * HOUR + first), outage(300 * HOUR, 300 * HOUR + second)]

    def value(measure: Measure, text: str) -> Fraction | None:
        book = catalogue(agreement(target(text, measure=measure)))
        found = result_between(book, 0, service, outage_rows=tuple(rows))
        assert found.value is not None
        return found.value

    assert value(Measure.AVAILABILITY, "at least 99 %") == Fraction(expect["availability"])
    assert value(Measure.MTBF, "at least 1 h") == Fraction(length(expect["mtbf"]), SECOND)
    assert value(Measure.MTRS, "at most 1 h") == Fraction(length(expect["mtrs"]), SECOND)
    assert value(Measure.OUTAGE_COUNT, "at most 1") == int(expect["outage_count"])


def test_agreed_service_time() -> None:
    """2 h down in 100 h of service time."""
    example = named("availability", "agreed-service-time")
    rows = [outage(0, length(example["given"]["down"]))]

    found = availability_of(Measure.AVAILABILITY, length(example["given"]["service_time"]), rows, 100 * HOUR)

    assert found.value == Fraction(example["expect"]["availability"])


def test_one_outage_in_a_week_and_in_a_quarter() -> None:
    """The same 8 h weigh less in a longer period."""
    example = named("availability", "week-and-quarter")
    for period, service in example["given"]["periods"].items():
        rows = [outage(0, length(example["given"]["down"]))]
        found = availability_of(Measure.AVAILABILITY, length(service), rows, length(service))
        assert found.value == Fraction(example["expect"][period])


@pytest.mark.parametrize(("periods_down", "key"), [(52, "down_52"), (53, "down_53")])
def test_a_year_in_five_minute_periods(periods_down: int, key: str) -> None:
    """52 of 105,120 five-minute periods are within 0.05 %, 53 are not."""
    example = named("availability", "rolling-year-in-five-minutes")
    service = int(example["given"]["periods"]) * 5 * MINUTE
    book = catalogue(agreement(target(example["given"]["objective"])))

    found = result_between(book, 0, service, outage_rows=(outage(0, periods_down * 5 * MINUTE),))

    assert found.verdict == Verdict(example["expect"][key])


@pytest.mark.parametrize("example", section("month_lengths"), ids=lambda e: e["month"])
def test_months_have_their_real_lengths(example: Any) -> None:
    """March and October are an hour shorter and longer in Berlin."""
    month = period_named(example["month"], zone("Europe/Berlin"))

    assert month.end - month.start == int(example["minutes"]) * MINUTE


@pytest.mark.parametrize("example", section("downtime_budgets"), ids=lambda e: f"{e['month']} {e['objective']}")
def test_downtime_budgets(example: Any) -> None:
    """The budget is (1 − objective) × service time, exact to the tenth of a second."""
    month = period_named(example["month"], zone("Europe/Berlin"))
    book = catalogue(agreement(target(example["objective"], per=Per.MONTH), time_zone="Europe/Berlin"))

    found = result_between(book, month.start, month.end)

    assert found.budget is not None
    assert found.budget.total == Fraction(example["seconds"])


def bands_of(example: Any) -> Credits:
    return Credits(
        bands=tuple(
            Band(
                comparison=objective(f"below {band['below']}").comparison,
                level=quantity(band["below"]),
                credit=quantity(band["credit"]).share,
            )
            for band in example["bands"]
        )
    )


@pytest.mark.parametrize("example", section("credits"), ids=lambda e: e["id"])
def test_credits(example: Any) -> None:
    """The highest band that the exact value falls into; exactly 99.0 % is not below 99.0 %."""
    credits = bands_of(example)
    levels = tuple(level_in(band.level, "share") for band in credits.bands)
    for expected in example["expect"]:
        if "value" in expected:
            value = quantity(expected["value"]).share
        else:
            service = length(example["given"]["service_time"])
            value = Fraction(service - length(expected["down"]), service)
        assert credit_of(credits, levels, value) == quantity(expected["credit"]).share, expected


def calendar_of(example: Any) -> Calendar:
    name = example.get("time_zone", "UTC")
    return calendar(example["hours"], zone=name).in_zone(name)


def moment(text: str, home: ZoneInfo) -> int:
    return to_instant(datetime.fromisoformat(text).replace(tzinfo=home))


def clock(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * HOUR + int(minutes) * MINUTE


@pytest.mark.parametrize("example", section("working_time"), ids=lambda e: e["id"])
def test_working_time(example: Any) -> None:
    """Durations run in the calendar's hours only, and clock changes give hours their real length."""
    hours = calendar_of(example)
    start = moment(example["given"]["start"], hours.zone)
    expect = example["expect"]
    if "due" in expect:
        limits, dues = example["given"]["within"], expect["due"]
        pairs = zip(limits, dues, strict=True) if isinstance(limits, list) else [(limits, dues)]
        for limit, due in pairs:
            assert last_instant_within(hours, start, length(limit)) == moment(due, hours.zone)
        return
    end = moment(example["given"]["end"], hours.zone)
    assert elapsed(hours, start, end) == clock(expect["working"])
    if "elapsed" in expect:
        assert end - start == clock(expect["elapsed"])


@pytest.mark.parametrize("example", section("percentile"), ids=str)
def test_nearest_rank(example: Any) -> None:
    """The smallest value with at least p per cent of the records at or below it."""
    values = [(Fraction(value), 1) for value in example["values"]]
    for key, expected in example.items():
        if key.startswith("p"):
            assert nearest_rank(values, Fraction(key[1:]), len(values)) == Fraction(expected), key


@pytest.mark.parametrize("example", section("display"), ids=lambda e: e["value"])
def test_shown_digits_never_contradict_the_verdict(example: Any) -> None:
    """A figure is rounded towards the side of a breach, with more digits where it would cross its objective."""
    goal = objective(example["objective"])
    value, level = quantity(example["value"]).share, goal.level.share

    text = shown(value, level, goal, Fraction(1, 100))

    assert goal.comparison.holds(value, level) is (example["verdict"] == "met")
    assert text != example.get("never_shows")
    assert text == example.get("shows", text)
