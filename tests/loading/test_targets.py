"""Targets: which keys belong to which measure, and in which unit its objective is."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from servicebook.loading import Loaded
from servicebook.model.common import Comparison, Where
from servicebook.model.target import Measure, Rolling, Target
from servicebook.timeline.period import Per
from tests.loading.builders import AGREEMENT, lines, read

HQ = "content/agreements/email-hq.md"


def target(root: Path, keys: str) -> Loaded:
    """An agreement with one target in line 9, written in one line."""
    return read(root, {HQ: f"{AGREEMENT}targets:\n  - {{id: t, {keys}}}\n---\n"})


def only(loaded: Loaded) -> Target:
    """The target of a catalogue that is in order."""
    assert lines(loaded) == []
    (found,) = loaded.catalogue.agreements["email-hq"].targets
    return found


def test_a_target_with_all_its_words(tmp_path: Path) -> None:
    """Everything that a target on tickets can say."""
    found = only(
        read(
            tmp_path,
            {
                HQ: AGREEMENT
                + """targets:
  - id: p1-resolution
    title: Critical incidents are solved
    why: Work stops.
    measure: share within
    of: resolution
    within: 1 h 30 min
    hours: support-hours
    source: tickets
    where: {service: email, priority: [1, 2]}
    objective: at least 95 %
    per: quarter
    attribute: opened
    minimum_coverage: 95 %
    minimum_count: 5
    services: [email]
    from: 2026-04-01
    until: 2027-01-01
    credits: {bands: [{below: 95 %, credit: 10 %}, {at_most: 90.0 %, credit: 0.25}], cap: 30 %}
    examples:
      - given: [{ticket: {opened: "2026-06-01T08:00Z", resolved: "2026-06-01T09:00Z"}}]
        expect: {period: 2026-Q2, verdict: met}
---
"""
            },
        )
    )

    assert (found.id, found.name, found.why) == ("p1-resolution", "Critical incidents are solved", "Work stops.")
    assert (found.measure, found.of, found.attribute, found.per) == (
        Measure.SHARE_WITHIN,
        "resolution",
        "opened",
        Per.QUARTER,
    )
    assert found.within is not None
    assert found.within.microseconds == 90 * 60_000_000
    assert found.where == Where((("priority", ("1", "2")), ("service", ("email",))))
    assert (found.objective.comparison, found.objective.level.share, found.objective.text) == (
        Comparison.AT_LEAST,
        Fraction(19, 20),
        "at least 95 %",
    )
    assert (found.objective.position.line, found.objective.position.column) == (18, 16)
    assert (found.minimum_coverage, found.minimum_count) == (Fraction(19, 20), 5)
    assert (str(found.source), str(found.hours), [str(s) for s in found.services]) == (
        "tickets",
        "support-hours",
        ["email"],
    )
    assert (found.from_, found.until) == (date(2026, 4, 1), date(2027, 1, 1))
    assert found.credits is not None
    assert [(b.comparison, b.text, b.credit) for b in found.credits.bands] == [
        (Comparison.BELOW, "below 95 %", Fraction(1, 10)),
        (Comparison.AT_MOST, "at most 90.0 %", Fraction(1, 4)),
    ]
    assert found.credits.cap == Fraction(3, 10)
    (example,) = found.examples
    assert example.given == (("ticket", {"opened": "2026-06-01T08:00Z", "resolved": "2026-06-01T09:00Z"}),)
    assert (example.target, example.period, example.expect) == ("p1-resolution", "2026-Q2", (("verdict", "met"),))


SOUND = [
    "measure: availability, objective: at least 99.9 %, per: month, unobserved: down, down_after: 5 samples, up_after: 2",
    "measure: reliability, objective: above 99 %, per: week",
    "measure: success rate, objective: at least 99.9 %, per: day, minimum_count: 100",
    "measure: share within, within: 300 ms, objective: at least 95 %, per: month",
    "measure: share within, of: response, within: 2 working days, objective: at least 95 %, per: month",
    "measure: percentile, percentile: 99.9, objective: at most 300 ms, per: rolling 30 days",
    "measure: percentile, percentile: 90, of: resolution, objective: at most 24 working hours, per: month",
    "measure: mean, objective: at most 3.2, per: month",
    "measure: sum, objective: at most 500 EUR, per: month",
    "measure: count, objective: at least 54, per: month",
    "measure: outage count, objective: below 3, per: quarter",
    "measure: longest outage, objective: below 22 h, per: month",
    "measure: MTRS, objective: at most 2 h, per: quarter",
    "measure: MTBF, objective: above 64 h, per: quarter, minimum_count: 2",
    "measure: satisfaction, objective: at least 3.57, per: quarter",
    "measure: satisfaction, satisfied_from: 4, objective: at least 80 %, per: quarter",
    "measure: utilisation, statistic: peak, objective: at most 80 %, per: month",
    "measure: utilisation, statistic: percentile, percentile: 95, objective: at most 120 %, per: month",
    "measure: cost against budget, objective: at most 100 %, per: year",
]


@pytest.mark.parametrize("keys", SOUND)
def test_every_measure_can_be_promised(keys: str, tmp_path: Path) -> None:
    """One promise of each measure, with the keys that belong to it."""
    only(target(tmp_path, keys))


def test_a_rolling_window(tmp_path: Path) -> None:
    """`rolling 30 days`."""
    assert only(target(tmp_path, "measure: reliability, objective: above 99 %, per: rolling 30 days")).per == Rolling(
        30
    )


AVAILABLE = "measure: availability, objective: at least 99.9 %, per: month"
UNSOUND = {
    "measure: →availabilty, objective: at least 99.9 %, per: month": "field/wrong-value: no measure 'availabilty' | did you mean 'availability'?",
    "measure: →MTTR, objective: at most 4 h, per: month": "field/wrong-value: no measure 'MTTR' | did you mean 'MTRS'?",
    "measure: →share-within, within: 4 h, objective: at least 99 %, per: month": "field/wrong-value: no measure 'share-within' | did you mean 'share within'?",
    "measure: →magic, objective: at least 99.9 %, per: month": "field/wrong-value: no measure 'magic' | known: availability, reliability, success rate, share within, percentile, mean, median, minimum, maximum, sum, count, outage count, longest outage, MTRS, MTBF, satisfaction, utilisation, cost against budget",
    "objective: at least 99.9 %, per: month": "field/missing-key: the target 't': 'measure' is missing | ",
    "measure: availability, per: month": "field/missing-key: the target 't': 'objective' is missing | ",
    "measure: availability, objective: at least 99.9 %": "field/missing-key: the target 't': 'per' is missing | ",
    "measure: share within, objective: at least 99 %, per: month": "field/missing-key: the target 't': 'within' is missing | say the limit, as in `within: 4 h`",
    "measure: percentile, objective: at most 3 s, per: month": "field/missing-key: the target 't': 'percentile' is missing | say which, as in `percentile: 95`",
    "measure: utilisation, objective: at most 80 %, per: month": "field/missing-key: the target 't': 'statistic' is missing | write peak, mean or percentile",
    "measure: utilisation, statistic: percentile, objective: at most 80 %, per: month": "field/missing-key: the target 't': 'percentile' is missing | say which, as in `percentile: 95`",
    "measure: utilisation, statistic: peak, percentile: →95, objective: at most 80 %, per: month": "field/misplaced-key: the statistic is peak, which has no percentile | take one of them out",
    AVAILABLE
    + ", within: →4 h": "field/misplaced-key: availability has no 'within' | 'within' belongs to share within",
    AVAILABLE
    + ", minimum_count: →5": "field/misplaced-key: availability isn't counted in records | say `minimum_coverage` instead",
    AVAILABLE
    + ", satisfied_from: →4": "field/misplaced-key: availability has no 'satisfied_from' | 'satisfied_from' belongs to satisfaction",
    AVAILABLE
    + ", unobserved: →sideways": "field/wrong-value: 'sideways' isn't a value of 'unobserved' | write down or up",
    AVAILABLE
    + ", from: 2026-04-01, until: →2026-04-01": "lifecycle/no-length: the terms end on 2026-04-01, which isn't after 2026-04-01 | 'until' is the first day without them",
    AVAILABLE
    + ", →min_coverage: 95 %": "field/unknown-key: the target 't' has no key 'min_coverage' | did you mean 'minimum_coverage'?",
    "measure: availability, objective: →99.9 %, per: month": "field/no-comparison: '99.9 %' doesn't say on which side of the level a figure has to be | write 'at least 99.9 %' or 'at most 99.9 %'",
    "measure: availability, objective: →at least 0.999, per: month": "field/wrong-unit: 'at least 0.999' for availability: the figure is a share | did you mean '99.9 %'?",
    "measure: availability, objective: →at least 4 h, per: month": "field/wrong-unit: 'at least 4 h' for availability: the figure is a share | write it in %",
    "measure: availability, objective: →at least 100.1 %, per: month": "field/out-of-range: 'at least 100.1 %' can never be reached: availability is 100 % at most | ",
    "measure: availability, objective: →above 100 %, per: month": "field/out-of-range: 'above 100 %' can never be reached: availability is 100 % at most | ",
    "measure: MTRS, objective: →at most 4, per: month": "field/wrong-unit: 'at most 4' for MTRS: the figure is a length of time | write it in min or h",
    "measure: outage count, objective: →at most 4 h, per: month": "field/wrong-unit: 'at most 4 h' for outage count: the figure is a number | write a number without a unit",
    "measure: satisfaction, objective: →at least 80 %, per: month": "field/wrong-unit: 'at least 80 %' for satisfaction: the figure is a score | write a score, or say `satisfied_from` for the share of scores at or above one",
    "measure: satisfaction, objective: →at least 8 h, per: month": "field/wrong-unit: 'at least 8 h' for satisfaction: the figure is a score | write a score",
    "measure: percentile, percentile: 95, of: response, objective: →at most 2 working days, per: month": "field/wrong-unit: 'at most 2 working days' for percentile: a figure isn't measured in working days | write working hours, as in `24 working hours`",
    "measure: percentile, percentile: →0, objective: at most 2 s, per: month": "field/out-of-range: '0' isn't above 0 and at most 100 | write for example 95",
    "measure: share within, within: →5, of: response, objective: at least 99 %, per: month": "field/wrong-unit: '5' isn't a length of time | tickets are judged by time, as in `4 h` or `2 working days`",
    "measure: share within, within: →1 working day, objective: at least 99 %, per: month": "field/wrong-unit: working days are counted for tickets only | say `of: response` or `of: resolution`",
    "measure: share within, within: →0 h, objective: at least 99 %, per: month": "field/out-of-range: '0 h' has no length | ",
    AVAILABLE
    + ", credits: →10 %": "field/wrong-type: 'credits' is a single value; a mapping of keys to values is needed | write keys and values, as in `{bands: …}`",
    AVAILABLE
    + ", credits: →[]": "field/wrong-value: no band of credits | write a list of bands, as in `[{below: 99.9 %, credit: 10 %}]`",
    AVAILABLE
    + ", credits: →{cap: 30 %}": "field/missing-key: 'credits': 'bands' is missing | write a list of bands, as in `[{below: 99.9 %, credit: 10 %}]`",
    AVAILABLE
    + ", credits: {bands: →x}": "field/wrong-type: 'bands' is a single value; a list is needed | write a list of mappings",
    AVAILABLE
    + ", credits: [→{below: 99 %}]": "field/missing-key: a band of credits: 'credit' is missing | say the share of the charge, as in `credit: 10 %`",
    AVAILABLE
    + ", credits: [→{credit: 10 %}]": "field/missing-key: a band of credits: 'below' is missing | write one of below, at_most, above or at_least",
    AVAILABLE
    + ", credits: [{below: →99 %, above: 90 %, credit: 10 %}]": "field/contradiction: a band has one side only | write one of below, at_most, above or at_least",
    AVAILABLE
    + ", credits: [{below: →4 h, credit: 10 %}]": "field/wrong-unit: '4 h': the figure is a share | write it in %",
    "measure: mean, objective: at most 4 h, per: month, credits: [{above: →5, credit: 10 %}]": "field/wrong-unit: '5': the objective is at most 4 h | write the band in the objective's unit",
}


@pytest.mark.parametrize("keys", UNSOUND)
def test_a_target_that_can_not_be_judged(keys: str, tmp_path: Path) -> None:
    """Keys that are missing or belong to another measure, and units in which the figure can't be compared.

    The arrow is where the problem stands; without one it is the target itself.
    """
    line = f"  - {{id: t, {keys}}}"
    column = line.index("→") + 1 if "→" in line else line.index("{") + 1

    assert f"{HQ}:9:{column} {UNSOUND[keys]}" in lines(target(tmp_path, keys.replace("→", "")), hints=True)


def test_a_broken_target_is_left_out_and_remembered(tmp_path: Path) -> None:
    """The agreement stays, its other targets too."""
    loaded = target(tmp_path, "measure: magic, objective: at least 1, per: month}\n  - {id: u, " + AVAILABLE)

    assert [t.id for t in loaded.catalogue.agreements["email-hq"].targets] == ["u"]
    assert loaded.broken == {("target", "email-hq/t")}
