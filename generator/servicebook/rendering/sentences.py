"""Promises and results in plain sentences, made by rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from servicebook.compliance.display import limit_said
from servicebook.compliance.terms import Entry
from servicebook.model.common import Comparison, Quantity, Unit
from servicebook.model.result import Result, Verdict
from servicebook.model.target import Measure, Rolling, Target
from servicebook.rendering import dates
from servicebook.rendering.wording import (
    LARGEST_WORD,
    capital,
    figure,
    in_words,
    joined,
    number,
    percent,
    quantity,
    seconds,
    within,
)
from servicebook.texts import marked, say, say_many
from servicebook.timeline.period import Per


def level(amount: Quantity) -> str:
    """A quantity as its author wrote it: `99.9 %`, `4 h`, `2 working days`, `€ 500`."""
    return figure(amount.text) if amount.text else quantity(amount.number, amount.unit)


def objective(target: Target) -> str:
    """`at least 99.9 %`."""
    return limit(target.objective.comparison, target.objective.level)


def limit(comparison: Comparison, amount: Quantity) -> str:
    """`at most 4 h`."""
    return limit_said(comparison, level(amount))


def per(target: Target) -> str:
    """How often a target is looked at: `each month`, or `over 30 days`."""
    if isinstance(target.per, Rolling):
        return say("over %(days)s\u00a0days", days=target.per.days)
    return say(_EACH[target.per])


_EACH = {
    Per.DAY: marked("each day"),
    Per.WEEK: marked("each week"),
    Per.MONTH: marked("each month"),
    Per.QUARTER: marked("each quarter"),
    Per.YEAR: marked("each year"),
}


def target_sentence(entry: Entry) -> str:
    """A promise in one plain sentence, without its full stop: what, how much, of what time, how often looked at."""
    return _SENTENCES[entry.target.measure](entry)


def _said(message: str, entry: Entry, **values: object) -> str:
    """A sentence with what every one says: the level, and how often it is looked at."""
    return say(message, objective=objective(entry.target), per=per(entry.target), **values)


def _plain(message: str) -> Callable[[Entry], str]:
    return lambda entry: _said(message, entry)


def _in_hours(always: str, in_hours: str) -> Callable[[Entry], str]:
    return lambda entry: _said(always if entry.calendar.always else in_hours, entry)


def _share_within(entry: Entry) -> str:
    target = entry.target
    if target.within is None:
        return _said(_WITHIN_THE_LIMIT[target.of or ""], entry)
    in_hours = target.within.kind is Unit.DURATION and not entry.calendar.always
    message = (_WITHIN_IN_HOURS if in_hours and target.of is not None else _WITHIN)[target.of or ""]
    return _said(message, entry, within=_level_within(target.within))


def _level_within(amount: Quantity) -> str:
    return within(amount.text) if amount.text else quantity(amount.number, amount.unit)


_WITHIN_THE_LIMIT = {
    "": marked("%(objective)s within the limit %(per)s"),
    "response": marked("%(objective)s answered within the limit %(per)s"),
    "resolution": marked("%(objective)s resolved within the limit %(per)s"),
}
_WITHIN = {
    "": marked("%(objective)s within %(within)s %(per)s"),
    "response": marked("%(objective)s answered within %(within)s %(per)s"),
    "resolution": marked("%(objective)s resolved within %(within)s %(per)s"),
}
_WITHIN_IN_HOURS = {
    "response": marked("%(objective)s answered within %(within)s in service hours %(per)s"),
    "resolution": marked("%(objective)s resolved within %(within)s in service hours %(per)s"),
}


def _percentile(entry: Entry) -> str:
    target = entry.target
    share = target.percentile or Fraction(0)
    of_100, of_all = _AMONG[target.of or ""]
    among = say(of_100, number=number(share)) if share.denominator == 1 else say(of_all, share=percent(share / 100, 4))
    in_time = target.objective.level.kind is Unit.DURATION
    message = marked("%(among)s in %(objective)s %(per)s") if in_time else marked("%(among)s %(objective)s %(per)s")
    return _said(message, entry, among=among)


_AMONG = {
    "": (marked("%(number)s of 100 readings"), marked("%(share)s of readings")),
    "response": (marked("%(number)s of 100 tickets answered"), marked("%(share)s of tickets answered")),
    "resolution": (marked("%(number)s of 100 tickets resolved"), marked("%(share)s of tickets resolved")),
}


def _outage_count(entry: Entry) -> str:
    # An author may have written the word already: `at most 4 outages`.
    level = entry.target.objective.level.number
    said = limit_said(entry.target.objective.comparison, number(level))
    values = {"objective": said, "per": per(entry.target)}
    several = 1 if level == 1 else 2
    if entry.calendar.always:
        return say_many("%(objective)s outages %(per)s", "%(objective)s outages %(per)s", several, **values)
    return say_many(
        "%(objective)s outages in service hours %(per)s",
        "%(objective)s outages in service hours %(per)s",
        several,
        **values,
    )


def _satisfaction(entry: Entry) -> str:
    target = entry.target
    if target.satisfied_from is None:
        return _said(marked("a mean score of %(objective)s %(per)s"), entry)
    score = number(target.satisfied_from)
    return _said(marked("%(objective)s give a score of %(score)s or more %(per)s"), entry, score=score)


def _utilisation(entry: Entry) -> str:
    match entry.target.statistic:
        case "mean":
            return _said(marked("mean use %(objective)s of what there is %(per)s"), entry)
        case "percentile":
            message = marked("use in %(number)s of 100 readings %(objective)s of what there is %(per)s")
            return _said(message, entry, number=number(entry.target.percentile or 0))
        case _:
            return _said(marked("use at its peak %(objective)s of what there is %(per)s"), entry)


_SENTENCES: dict[Measure, Callable[[Entry], str]] = {
    Measure.AVAILABILITY: _in_hours(
        marked("usable %(objective)s of all time %(per)s"), marked("usable %(objective)s of service hours %(per)s")
    ),
    Measure.RELIABILITY: _in_hours(
        marked("usable %(objective)s of all time, all planned work left out, %(per)s"),
        marked("usable %(objective)s of service hours, all planned work left out, %(per)s"),
    ),
    Measure.SUCCESS_RATE: _plain(marked("%(objective)s of all requests succeed %(per)s")),
    Measure.SHARE_WITHIN: _share_within,
    Measure.PERCENTILE: _percentile,
    Measure.MEAN: _plain(marked("on average %(objective)s %(per)s")),
    Measure.MEDIAN: _plain(marked("half of all readings %(objective)s %(per)s")),
    Measure.MINIMUM: _plain(marked("the lowest reading %(objective)s %(per)s")),
    Measure.MAXIMUM: _plain(marked("the highest reading %(objective)s %(per)s")),
    Measure.SUM: _plain(marked("in total %(objective)s %(per)s")),
    Measure.COUNT: _plain(marked("in number %(objective)s %(per)s")),
    Measure.OUTAGE_COUNT: _outage_count,
    Measure.LONGEST_OUTAGE: _plain(marked("the longest outage %(objective)s %(per)s")),
    Measure.MTRS: _plain(marked("restored, on average, in %(objective)s %(per)s")),
    Measure.MTBF: _plain(marked("on average between two outages %(objective)s %(per)s")),
    Measure.SATISFACTION: _satisfaction,
    Measure.UTILISATION: _utilisation,
    Measure.COST_AGAINST_BUDGET: _plain(marked("spent of the budget %(objective)s %(per)s")),
}


def kept_sentence(results: Sequence[Result]) -> str:
    """`October 2026: two of four promises kept.` of the newest finished result of each target."""
    kept = sum(1 for result in results if result.verdict is Verdict.MET)
    names = list(
        dict.fromkeys(
            dates.period(r.period)
            for r in sorted(results, key=lambda r: (r.period.startswith("rolling"), -r.end, r.period))
        )
    )
    periods = capital(joined(names[:2] if len(names) > 3 else names))
    return f"{periods}: {_kept(kept, results)}"


def _kept(kept: int, results: Sequence[Result]) -> str:
    promises = len(results)
    if promises == 1:
        if kept:
            return say("the one promise kept.")
        return say("the one promise not kept.") if _breached(results) else say("the one promise not judged.")
    if not any(result.verdict in (Verdict.MET, Verdict.BREACHED) for result in results):
        return say("none of %(number)s promises could be judged.", number=in_words(promises))
    if kept == promises:
        return say("both promises kept.") if kept == 2 else say("all %(number)s promises kept.", number=in_words(kept))
    if kept == 0:
        return say("none of %(number)s promises kept.", number=in_words(promises))
    # Both in figures where one has to be.
    written = in_words if promises <= LARGEST_WORD else str
    return say("%(kept)s of %(number)s promises kept.", kept=written(kept), number=written(promises))


def _breached(results: Sequence[Result]) -> bool:
    return any(result.verdict is Verdict.BREACHED for result in results)


def breach_sentence(result: Result, name: str) -> str:
    """What a breach was, with the credit that follows: `Mail is usable: down 30 min 18 s longer than allowed; …`."""
    budget, credit = result.budget, percent(result.credit) if result.credit else ""
    if budget is not None and budget.left < 0 and result.numerator_unit == "seconds":
        over = seconds(-budget.left, up=True)
        if credit:
            return say(
                "%(name)s: down %(time)s longer than allowed; a credit of %(credit)s is due.",
                name=name,
                time=over,
                credit=credit,
            )
        return say("%(name)s: down %(time)s longer than allowed.", name=name, time=over)
    values = {
        "name": name,
        "figure": figure(result.shown or ""),
        "promised": limit(result.objective.comparison, result.objective.level),
    }
    if credit:
        return say(
            "%(name)s: %(figure)s, promised %(promised)s; a credit of %(credit)s is due.", **values, credit=credit
        )
    return say("%(name)s: %(figure)s, promised %(promised)s.", **values)


def summary(results: Sequence[Result], names: dict[str, str]) -> str:
    """How the newest finished periods went, in two or three sentences."""
    breaches = [result for result in results if result.verdict is Verdict.BREACHED]
    said = [kept_sentence(results), *(breach_sentence(r, names.get(r.target, r.target)) for r in breaches[:2])]
    if len(breaches) > 2:
        more = len(breaches) - 2
        said.append(
            say_many(
                "%(number)s more was missed.", "%(number)s more were missed.", more, number=capital(in_words(more))
            )
        )
    return " ".join(said)


def allowance_sentence(allowed: Fraction, period: str) -> str:
    """What a promise of availability allows: `at most 44 min 42 s down in October 2026`."""
    return say("at most %(time)s down %(when)s", time=seconds(allowed), when=dates.in_period(period))


def budget_sentence(result: Result) -> str:
    """Allowed, used, left: `44 min 42 s allowed, 1 h 15 min used: 30 min 18 s over`."""
    budget = result.budget
    if budget is None:
        return ""
    unit = result.numerator_unit or ""

    def said(amount: Fraction, *, up: bool) -> str:
        return seconds(amount, up=up) if unit == "seconds" else quantity(amount, unit)

    values = {"total": said(budget.total, up=False), "used": said(budget.used, up=True)}
    if budget.left < 0:
        return say("%(total)s allowed, %(used)s used: %(over)s over", **values, over=said(-budget.left, up=True))
    return say("%(total)s allowed, %(used)s used: %(left)s left", **values, left=said(budget.left, up=False))
