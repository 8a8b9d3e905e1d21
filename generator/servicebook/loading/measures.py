"""What a target or a need asks of a measure: the keys that belong to it, and the unit of its objective."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from fractions import Fraction
from types import MappingProxyType

from servicebook.loading import quantities
from servicebook.loading.fields import Fields
from servicebook.loading.report import Unreadable, excerpt
from servicebook.model.common import Comparison, Objective, Quantity, Unit
from servicebook.model.target import Measure

_OUTAGE_MEASURES = frozenset(
    {
        Measure.AVAILABILITY,
        Measure.RELIABILITY,
        Measure.OUTAGE_COUNT,
        Measure.LONGEST_OUTAGE,
        Measure.MTRS,
        Measure.MTBF,
    }
)
_TICKET_MEASURES = frozenset({Measure.SHARE_WITHIN, Measure.PERCENTILE})
_PROBE_MEASURES = frozenset({Measure.AVAILABILITY, Measure.RELIABILITY})

BELONGS_TO: Mapping[str, frozenset[Measure]] = MappingProxyType(
    {
        "of": _TICKET_MEASURES,
        "within": frozenset({Measure.SHARE_WITHIN}),
        "percentile": frozenset({Measure.PERCENTILE, Measure.UTILISATION}),
        "statistic": frozenset({Measure.UTILISATION}),
        "attribute": _TICKET_MEASURES,
        "satisfied_from": frozenset({Measure.SATISFACTION}),
        "unobserved": _OUTAGE_MEASURES,
        "down_after": _PROBE_MEASURES,
        "up_after": _PROBE_MEASURES,
        "minimum_count": frozenset(Measure) - _PROBE_MEASURES,
    }
)
"""Keys that only some measures have; every other key of a target belongs to all."""

SHARES = frozenset(
    {
        Measure.AVAILABILITY,
        Measure.RELIABILITY,
        Measure.SUCCESS_RATE,
        Measure.SHARE_WITHIN,
        Measure.UTILISATION,
        Measure.COST_AGAINST_BUDGET,
    }
)
_UP_TO_ALL = SHARES - {Measure.UTILISATION, Measure.COST_AGAINST_BUDGET}
"""Shares of a whole, which can't exceed 100 %."""
_DURATIONS = frozenset({Measure.LONGEST_OUTAGE, Measure.MTRS, Measure.MTBF})
_COUNTS = frozenset({Measure.COUNT, Measure.OUTAGE_COUNT})

_OTHER_NAMES = {
    "uptime": "availability", "availabilty": "availability", "success": "success rate", "p95": "percentile", "p99": "percentile",
    "average": "mean", "min": "minimum", "max": "maximum", "mttr": "MTRS", "mtrs": "MTRS", "mtbf": "MTBF", "utilization": "utilisation",
    "within": "share within", "budget": "cost against budget", "cost": "cost against budget", "csat": "satisfaction", "outages": "outage count",
    "response time": "share within", "resolution time": "share within",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A measure with its parameters and the level that it has to reach."""

    measure: Measure
    objective: Objective
    of: str | None
    within: Quantity | None
    percentile: Fraction | None
    statistic: str | None
    satisfied_from: Fraction | None


def read_level(fields: Fields) -> Level | None:
    """The measure and its level; None where one of them can't be told. Keys of other measures are reported."""
    measure = fields.read("measure", measure_named, required=True)
    objective = _objective(fields)
    of = fields.choice("of", ("response", "resolution"))
    within = fields.read("within", quantities.quantity)
    percentile = fields.read("percentile", percentile_rank)
    statistic = fields.choice("statistic", ("peak", "mean", "percentile"))
    satisfied_from = fields.number("satisfied_from")
    if measure is None:
        return None
    check_keys(fields, measure)
    _check_needed(fields, measure, statistic)
    if within is not None:
        _check_within(fields, within, of)
    if objective is None:
        return None
    problem = unit_problem(measure, objective.level, rated=satisfied_from is not None)
    if problem:
        fields.error(
            "objective", "field/wrong-unit", f"'{excerpt(objective.text)}' for {measure}: {problem[0]}", problem[1]
        )
        return None
    _check_reachable(fields, measure, objective)
    return Level(
        measure=measure,
        objective=objective,
        of=of,
        within=within,
        percentile=percentile,
        statistic=statistic,
        satisfied_from=satisfied_from,
    )


def measure_named(text: str) -> Measure:
    """A measure by the name that authors write."""
    name = quantities.tidy(text)
    if name in set(Measure):
        return Measure(name)
    by_case = {measure.lower(): measure.value for measure in Measure}
    lowered = name.lower().replace("_", " ").replace("-", " ")
    near = by_case.get(lowered) or _OTHER_NAMES.get(lowered)
    if near is None:
        similar = get_close_matches(lowered, by_case, n=1, cutoff=0.7)
        near = by_case[similar[0]] if similar else None
    hint = f"did you mean '{near}'?" if near else "known: " + ", ".join(Measure)
    raise Unreadable(f"no measure '{excerpt(name)}'", hint)


def percentile_rank(text: str) -> Fraction:
    """A rank above 0 and up to 100: `95`, `99.9`."""
    rank = quantities.number(rank_text(text))
    if not 0 < rank <= 100:
        raise Unreadable(
            f"'{excerpt(text)}' isn't above 0 and at most 100", "write for example 95", rule="field/out-of-range"
        )
    return rank


def rank_text(text: str) -> str:
    """The digits of a rank: `95` of `p95` and of `95 %`."""
    return quantities.tidy(text).removesuffix("%").removeprefix("p").strip()


def check_keys(fields: Fields, measure: Measure) -> None:
    """Reports keys that the measure doesn't have."""
    for key in sorted(fields.written & BELONGS_TO.keys()):
        if measure in BELONGS_TO[key]:
            continue
        if key == "minimum_count":
            message, hint = f"{measure} isn't counted in records", "say `minimum_coverage` instead"
        else:
            message, hint = f"{measure} has no '{key}'", f"'{key}' belongs to " + ", ".join(sorted(BELONGS_TO[key]))
        fields.error(key, "field/misplaced-key", message, hint)


def _objective(fields: Fields) -> Objective | None:
    scalar = fields.scalar("objective", required=True)
    if scalar is None:
        return None
    objective = fields.parse(scalar, quantities.objective)
    return None if objective is None else replace(objective, position=scalar.position)


def _check_needed(fields: Fields, measure: Measure, statistic: str | None) -> None:
    """Reports parameters without which the measure says nothing."""
    needed: dict[str, str] = {}
    if measure is Measure.SHARE_WITHIN:
        needed["within"] = "say the limit, as in `within: 4 h`"
    if measure is Measure.UTILISATION:
        needed["statistic"] = "write peak, mean or percentile"
    if measure is Measure.PERCENTILE or statistic == "percentile":
        needed["percentile"] = "say which, as in `percentile: 95`"
    for key, hint in needed.items():
        if key not in fields.written:
            fields.missing(key, hint)
    if measure is Measure.UTILISATION and "percentile" in fields.written and statistic not in (None, "percentile"):
        fields.error(
            "percentile",
            "field/misplaced-key",
            f"the statistic is {statistic}, which has no percentile",
            "take one of them out",
        )


def _check_within(fields: Fields, within: Quantity, of: str | None) -> None:
    if of is not None and within.kind not in (Unit.DURATION, Unit.WORKING_DAYS):
        fields.error(
            "within",
            "field/wrong-unit",
            f"'{within.text}' isn't a length of time",
            "tickets are judged by time, as in `4 h` or `2 working days`",
        )
    elif of is None and within.kind is Unit.WORKING_DAYS:
        fields.error(
            "within",
            "field/wrong-unit",
            "working days are counted for tickets only",
            "say `of: response` or `of: resolution`",
        )
    elif within.kind is not Unit.NUMBER and within.number <= 0:
        fields.error("within", "field/out-of-range", f"'{within.text}' has no length")


def unit_problem(measure: Measure, level: Quantity, *, rated: bool) -> tuple[str, str] | None:
    """Why a level can't be compared with the measure's figure, and a hint; None where it can.

    `rated` says that satisfaction is the share of scores at or above a level.
    """
    if level.kind is Unit.WORKING_DAYS:
        return "a figure isn't measured in working days", "write working hours, as in `24 working hours`"
    if measure in SHARES or (measure is Measure.SATISFACTION and rated):
        if level.kind is not Unit.SHARE:
            share = level.number * 100
            plain = level.kind is Unit.NUMBER and not level.unit and 0 < level.number <= 1
            hint = f"did you mean '{_decimal(share)} %'?" if plain else "write it in %"
            return "the figure is a share", hint
    elif measure in _DURATIONS and level.kind is not Unit.DURATION:
        return "the figure is a length of time", "write it in min or h"
    elif measure in _COUNTS and (level.kind is not Unit.NUMBER):
        return "the figure is a number", "write a number without a unit"
    elif measure is Measure.SATISFACTION and level.kind is not Unit.NUMBER:
        hint = (
            "write a score, or say `satisfied_from` for the share of scores at or above one"
            if level.kind is Unit.SHARE
            else "write a score"
        )
        return "the figure is a score", hint
    return None


def _check_reachable(fields: Fields, measure: Measure, objective: Objective) -> None:
    """A share of a whole lies from 0 to 100 %."""
    level = objective.level
    if level.kind is not Unit.SHARE or not (measure in _UP_TO_ALL or measure is Measure.SATISFACTION):
        return
    if level.share > 1 or (level.share == 1 and objective.comparison is Comparison.ABOVE):
        fields.error(
            "objective",
            "field/out-of-range",
            f"'{excerpt(objective.text)}' can never be reached: {measure} is 100 % at most",
        )


def _decimal(value: Fraction) -> str:
    """A finite decimal without trailing zeros."""
    for places in range(quantities.MAX_DIGITS):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = str(scaled.numerator).rjust(places + 1, "0")
            return f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return str(value)
