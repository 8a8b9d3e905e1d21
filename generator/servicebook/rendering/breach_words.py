"""Breaches in words: by how much, how often, and whether the target has recovered."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from servicebook.insight.breaches import Recovery, Repeats
from servicebook.model.common import MICROSECONDS, Unit
from servicebook.model.result import Result, Verdict
from servicebook.model.target import Rolling
from servicebook.rendering import sentences
from servicebook.rendering.wording import duration, figure, number, percent, quantity, seconds
from servicebook.texts import say, say_many
from servicebook.timeline.period import Per


def missed_sentence(result: Result) -> str:
    """`99.83 %, promised at least 99.9 %: 30 min down too long. A credit of 10 % is due.`"""
    promised = sentences.limit(result.objective.comparison, result.objective.level)
    credit = " " + say("A credit of %(share)s is due.", share=percent(result.credit)) if result.credit else ""
    so_far = "" if result.finished else " " + say("The period isn't over, but the promise can't be kept any more.")
    said = say(
        "%(figure)s, promised %(promised)s: %(missed)s.",
        figure=figure(result.shown or "–"),
        promised=promised,
        missed=missed_by(result),
    )
    return f"{said}{credit}{so_far}"


def missed_by(result: Result) -> str:
    """By how much: `30 min 18 s down too long`, `2 tickets too many`, `40 ms too much`."""
    budget = result.budget
    if budget is not None and budget.left < 0:
        if result.numerator_unit == "seconds":
            return say("%(time)s down too long", time=seconds(-budget.left, up=True))
        # So many fewer would have been needed.
        return say("%(amount)s too many", amount=quantity(ceil(-budget.left), result.numerator_unit or ""))
    if result.value is None:
        return say("missed")
    gap = abs(result.value - result.level)
    if not gap:
        return say("exactly the limit that had to be passed")
    if result.objective.comparison.is_lower_limit:
        return say("%(gap)s too little", gap=_gap(gap, result))
    return say("%(gap)s too much", gap=_gap(gap, result))


def _gap(gap: Fraction, result: Result) -> str:
    level = result.objective.level
    if level.kind is Unit.SHARE:
        return say("%(number)s\u00a0percentage points", number=number(gap * 100, 3))
    if level.kind is Unit.DURATION and result.unit == "seconds":
        return duration(gap * MICROSECONDS["s"], up=True)
    return quantity(gap, level.unit or ("" if result.unit in ("number", "count") else result.unit), 3)


def repeat_words(counted: Repeats, per: Per | Rolling) -> str:
    """`3 of 12 months`."""
    judged, breached = counted.judged, counted.breached
    match per:
        case Per.DAY:
            return say_many("%(of)s of %(number)s\u00a0day", "%(of)s of %(number)s\u00a0days", judged, of=breached)
        case Per.WEEK:
            return say_many("%(of)s of %(number)s\u00a0week", "%(of)s of %(number)s\u00a0weeks", judged, of=breached)
        case Per.MONTH:
            return say_many("%(of)s of %(number)s\u00a0month", "%(of)s of %(number)s\u00a0months", judged, of=breached)
        case Per.QUARTER:
            return say_many(
                "%(of)s of %(number)s\u00a0quarter", "%(of)s of %(number)s\u00a0quarters", judged, of=breached
            )
        case Per.YEAR:
            return say_many("%(of)s of %(number)s\u00a0year", "%(of)s of %(number)s\u00a0years", judged, of=breached)
        case Rolling():
            return say_many(
                "%(of)s of %(number)s\u00a0period", "%(of)s of %(number)s\u00a0periods", judged, of=breached
            )


def recovery_words(recovery: Recovery) -> str:
    """`kept in all 3 periods since`, `kept in 1 of 3 periods since, not in the newest`, `not judged since`."""
    if recovery.newest is None:
        return say("no later period is judged yet")
    if recovery.met == recovery.judged:
        one = recovery.judged == 1
        return (
            say("recovered: kept in the one period since")
            if one
            else say("recovered: kept in all %(number)s periods since", number=number(recovery.judged))
        )
    values = {"met": number(recovery.met), "number": number(recovery.judged)}
    if recovery.newest is Verdict.MET:
        return say_many(
            "recovered: kept in %(met)s of %(number)s\u00a0period since",
            "recovered: kept in %(met)s of %(number)s\u00a0periods since",
            recovery.judged,
            **values,
        )
    return say_many(
        "not recovered: kept in %(met)s of %(number)s\u00a0period since, not in the newest",
        "not recovered: kept in %(met)s of %(number)s\u00a0periods since, not in the newest",
        recovery.judged,
        **values,
    )
