"""How the promises of a draft would have fared on the history, and which levels would have been met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from servicebook.compliance.display import fixed, rounded_to_breach, unit_shown
from servicebook.compliance.levels import scale_of
from servicebook.insight.backtest import SHARES, Backtest
from servicebook.model.common import MICROSECONDS, Comparison, Unit
from servicebook.model.result import Result, Verdict
from servicebook.model.target import Rolling, Target
from servicebook.rendering import dates, drawings, sentences
from servicebook.rendering.book import Book, History
from servicebook.rendering.promises import trend_words
from servicebook.rendering.wording import capital, duration, figure, in_words, number
from servicebook.texts import say, say_many
from servicebook.timeline.period import Per

_DRAWN = 24
"""As many periods are drawn as shapes; all of them are listed."""
_AS_TIME = ("s", "min", "h")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The back-test of one target."""

    id: str
    name: str
    sentence: str
    """What is proposed."""
    outcome: tuple[str, ...]
    """What would have come of it, in sentences."""
    strip: Markup | None
    drawn: str
    """From which period to which the drawing goes."""
    levels: tuple[tuple[str, str], ...]
    """In how many periods, and the level that would have been met in them."""
    measured: str
    """The range of what was measured."""
    results: tuple[Result, ...]
    """Newest first."""


def trials(book: Book, agreement_id: str) -> tuple[Trial, ...]:
    """The back-tests of a draft's targets in their author's order; nothing for agreements that both sides signed."""
    tests = {test.target: test for test in book.site.backtests.get(agreement_id, ())}
    if agreement_id not in book.site.backtests:
        return ()
    return tuple(_trial(book, history, tests.get(name)) for name, history in book.histories[agreement_id].items())


def _trial(book: Book, history: History, test: Backtest | None) -> Trial:
    entry = history.entries[-1]
    shown = test.results[-_DRAWN:] if test is not None else ()
    return Trial(
        id=history.target,
        name=entry.target.name,
        sentence=capital(sentences.target_sentence(entry)),
        outcome=_missing(entry.target, test) if test is None or not test.judged else _outcome(book, entry.target, test),
        strip=drawings.strip(shown, trend_words(shown)) if shown else None,
        drawn=_drawn(shown),
        levels=_levels(book, entry.target, test) if test is not None and test.judged else (),
        measured=_measured(book, entry.target, test) if test is not None else "",
        results=tuple(reversed(test.results)) if test is not None else (),
    )


def _drawn(shown: Sequence[Result]) -> str:
    """From when to when the drawing reaches."""
    if len(shown) < 2:
        return ""
    first, last = dates.period(shown[0].period), dates.period(shown[-1].period)
    return say("%(first)s to %(last)s", first=capital(first), last=last)


def _missing(target: Target, test: Backtest | None) -> tuple[str, ...]:
    if test is None:
        return (say("It can't be tried: the target has no source yet."),)
    if not test.results:
        return (say("It can't be tried: no finished period lies wholly within what the source vouches for."),)
    last = _last(target, len(test.results))
    return (say("It was tried on %(last)s, and none could be judged.", last=last),)


def _outcome(book: Book, target: Target, test: Backtest) -> tuple[str, ...]:
    """`On the last 18 months 99.5 % would have been met in 13. 99.20 % would have been met in all.`"""
    judged, met = len(test.judged), test.count(Verdict.MET)
    in_all = test.level_met_in(Fraction(1))
    level = _level(book, target, test, in_all) if in_all is not None else ""
    values = {"last": _last(target, judged), "objective": _objective(target), "level": level}
    if met == judged:
        said = [_all_met(values, is_one=judged == 1, is_level=in_all != test.level)]
    elif judged == 1:
        said = [
            say("On %(last)s %(objective)s would not have been met.", **values),
            say("%(level)s would have been met.", level=capital(level)),
        ]
    else:
        kept = (
            say("On %(last)s %(objective)s would have been met in %(met)s.", met=met, **values)
            if met
            else say("On %(last)s %(objective)s would have been met in none.", **values)
        )
        said = [kept, say("%(level)s would have been met in all.", level=capital(level))]
    rest = len(test.results) - judged
    if rest:
        said.append(capital(say("%(number)s more could not be judged.", number=in_words(rest))))
    return tuple(said)


def _all_met(values: Mapping[str, str], *, is_one: bool, is_level: bool) -> str:
    """The objective was met in each period, and perhaps a stricter level would have been too."""
    if is_one and not is_level:
        return say("On %(last)s %(objective)s would have been met.", **values)
    if is_one:
        return say("On %(last)s %(objective)s would have been met, and so would %(level)s.", **values)
    if not is_level:
        return say("On %(last)s %(objective)s would have been met in all.", **values)
    return say("On %(last)s %(objective)s would have been met in all, and so would %(level)s.", **values)


def _objective(target: Target) -> str:
    objective = target.objective
    words = sentences.limit(objective.comparison, objective.level)
    return sentences.level(objective.level) if objective.comparison is Comparison.AT_LEAST else words


def _last(target: Target, periods: int) -> str:
    """`the last 18 months`, `the last month`: as it stands behind `on`."""
    match target.per:
        case Per.DAY:
            return say_many("the last day", "the last %(number)s\u00a0days", periods, number=number(periods))
        case Per.WEEK:
            return say_many("the last week", "the last %(number)s\u00a0weeks", periods, number=number(periods))
        case Per.MONTH:
            return say_many("the last month", "the last %(number)s\u00a0months", periods, number=number(periods))
        case Per.QUARTER:
            return say_many("the last quarter", "the last %(number)s\u00a0quarters", periods, number=number(periods))
        case Per.YEAR:
            return say_many("the last year", "the last %(number)s\u00a0years", periods, number=number(periods))
        case Rolling(days=days):
            return say_many(
                "the last window of %(days)s\u00a0days",
                "the last %(number)s\u00a0windows of %(days)s\u00a0days",
                periods,
                days=days,
            )


def _all(target: Target, periods: int) -> str:
    """`all 18 months`, `the one month`."""
    match target.per:
        case Per.DAY:
            return say_many("the one day", "all %(number)s\u00a0days", periods, number=number(periods))
        case Per.WEEK:
            return say_many("the one week", "all %(number)s\u00a0weeks", periods, number=number(periods))
        case Per.MONTH:
            return say_many("the one month", "all %(number)s\u00a0months", periods, number=number(periods))
        case Per.QUARTER:
            return say_many("the one quarter", "all %(number)s\u00a0quarters", periods, number=number(periods))
        case Per.YEAR:
            return say_many("the one year", "all %(number)s\u00a0years", periods, number=number(periods))
        case Rolling(days=days):
            return say_many(
                "the one window of %(days)s\u00a0days",
                "all %(number)s\u00a0windows of %(days)s\u00a0days",
                periods,
                days=days,
            )


def _levels(book: Book, target: Target, test: Backtest) -> tuple[tuple[str, str], ...]:
    said = [
        (_share_words(target, len(test.judged), share), test.level_met_in(Fraction(share, 100))) for share in SHARES
    ]
    return tuple((label, _level(book, target, test, value)) for label, value in said if value is not None)


def _share_words(target: Target, judged: int, share: int) -> str:
    """`all 18 months`, then `95 % of them`."""
    if share < 100:
        return say("%(share)s\u00a0%% of them", share=share)
    return _all(target, judged)


def _measured(book: Book, target: Target, test: Backtest) -> str:
    """`Measured: from 99.2 % to 100 %.`"""
    if test.lowest is None or test.highest is None:
        return ""
    low, high = (_number(book, target, test, value) for value in (test.lowest, test.highest))
    if low == high:
        return say("Measured: %(figure)s each time.", figure=low)
    return say("Measured: from %(low)s to %(high)s.", low=low, high=high)


def _level(book: Book, target: Target, test: Backtest, value: Fraction) -> str:
    """A level that would have been met: `99.20 %`, `at most 3 h 12 min`."""
    shown = _number(book, target, test, value)
    if target.objective.comparison.is_lower_limit:
        return shown
    return say("at most %(level)s", level=shown)


def _number(book: Book, target: Target, test: Backtest, value: Fraction) -> str:
    """A figure with one decimal more than the objective has, rounded to the side on which it would still have been met."""
    objective = target.objective
    source = book.catalogue.sources[target.source.id] if target.source is not None else None
    per_unit = scale_of(target, source).per_unit if source is not None else Fraction(1)
    exact = value / per_unit
    downwards = objective.comparison.is_lower_limit
    if objective.level.kind is Unit.DURATION and objective.level.unit in _AS_TIME:
        return duration(exact * MICROSECONDS[objective.level.unit], up=not downwards)
    decimals = objective.level.decimals
    if test.unit == "share":
        decimals = max(decimals + 1, 2)
    elif exact.denominator != 1:
        decimals += 1
    rounded = rounded_to_breach(exact, decimals, downwards=downwards)
    return figure(f"{fixed(rounded, decimals)} {unit_shown(objective)}".strip())
