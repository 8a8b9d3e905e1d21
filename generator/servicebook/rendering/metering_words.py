"""What cost, use and satisfaction come to in sentences, the newest finished month first."""

from __future__ import annotations

from fractions import Fraction

from servicebook.insight.growth import LEAST_MONTHS, Growth, ReachedIn
from servicebook.insight.metering import LEAST_ANSWERS, Cost, Satisfaction, Use
from servicebook.rendering import dates
from servicebook.rendering.wording import amount, number, percent, quantity
from servicebook.texts import say, say_many


def cost_sentences(cost: Cost) -> tuple[str, ...]:
    """The newest finished month against its budget, the year against its own, and the cost of a unit."""
    newest = cost.newest
    if newest is None or newest.actual is None:
        return (say("No finished month is in the ledger yet."),)
    said = [
        say(
            "%(month)s: %(actual)s of a budget of %(budget)s.",
            month=dates.period(newest.period),
            actual=amount_said(newest.actual, cost.currency),
            budget=amount_said(newest.budget, cost.currency),
        )
    ]
    budget, actual = cost.total
    if budget:
        said.append(
            say(
                "In the last twelve finished months %(actual)s of %(budget)s, %(share)s of the budget.",
                actual=amount_said(actual, cost.currency),
                budget=amount_said(budget, cost.currency),
                share=percent(actual / budget, 1),
            )
        )
    if newest.per_unit is not None:
        said.append(_unit_sentence(cost, newest.per_unit))
    return tuple(said)


def _unit_sentence(cost: Cost, per_unit: Fraction) -> str:
    now = amount_said(per_unit, cost.currency)
    before = cost.year_before(cost.newest) if cost.newest is not None else None
    if before is None or before.per_unit is None:
        return say("Cost per unit (%(unit)s): %(now)s.", unit=cost.unit, now=now)
    return say(
        "Cost per unit (%(unit)s): %(now)s, a year before %(before)s.",
        unit=cost.unit,
        now=now,
        before=amount_said(before.per_unit, cost.currency),
    )


def use_sentences(use: Use) -> tuple[str, ...]:
    """The newest finished month against the capacity, when the trend reaches it, when to warn, and a year before."""
    newest = use.newest
    if newest is None or newest.peak is None or newest.capacity is None:
        return (say("Nothing was counted yet."),)
    said = [
        say(
            "%(month)s: at most %(peak)s of %(capacity)s, %(share)s.",
            month=dates.period(newest.period),
            peak=units_said(newest.peak),
            capacity=quantity(newest.capacity, use.unit),
            share=percent(newest.peak / newest.capacity, 1),
        )
    ]
    reach = use.reaches(Fraction(1))
    if use.growth is None or reach is None:
        said.append(say("Fewer than %(number)s finished months: too few to see a trend.", number=LEAST_MONTHS))
        return tuple(said)
    said.append(_reach_sentence(use.growth, reach))
    if use.warn_at is not None:
        said += _warning(use.reaches(use.warn_at), percent(use.warn_at, 0))
    before = use.year_before(newest)
    if before is not None and before.peak:
        said.append(
            say(
                "A year before it was at most %(peak)s: a change of %(change)s.",
                peak=units_said(before.peak),
                change=percent((newest.peak - before.peak) / before.peak, 1),
            )
        )
    return tuple(said)


def _warning(reach: ReachedIn | None, share: str) -> list[str]:
    if reach is None or reach.expected is None:
        return []
    if reach.already:
        return [say("The trend lies above the %(share)s at which to warn.", share=share)]
    month = dates.period(reach.expected)
    return [say("The %(share)s at which to warn are reached in %(month)s.", share=share, month=month)]


def _reach_sentence(growth: Growth, reach: ReachedIn) -> str:
    pace = number(growth.per_month, 1)
    if reach.already:
        return say("The trend has reached the capacity.")
    if reach.expected is None:
        return say(
            "It changes by %(pace)s a month; at that pace the capacity lasts for more than five years.", pace=pace
        )
    earliest = dates.period(reach.earliest) if reach.earliest is not None else ""
    latest = dates.period(reach.latest) if reach.latest is not None else say("more than five years from now")
    return say(
        "It grows by %(pace)s a month; at that pace the capacity is reached in %(month)s (between %(earliest)s and %(latest)s).",
        pace=pace,
        month=dates.period(reach.expected),
        earliest=earliest,
        latest=latest,
    )


def score_sentences(score: Satisfaction) -> tuple[str, ...]:
    """The newest finished month with answers, and the last half year against the one before it."""
    newest = score.newest
    if newest is None or newest.mean is None:
        return (say("Nobody has answered yet."),)
    said = [
        say_many(
            "%(month)s: %(mean)s on the mean of %(number)s answer.",
            "%(month)s: %(mean)s on the mean of %(number)s answers.",
            newest.answers,
            month=dates.period(newest.period),
            mean=number(newest.mean, 1),
        )
    ]
    halves = score.halves
    if halves is None:
        said.append(say("Fewer than %(number)s answers in half a year: too few to see a trend.", number=LEAST_ANSWERS))
    else:
        now, before = halves
        said.append(
            say(
                "The mean of the last six finished months is %(now)s, of the six before %(before)s.",
                now=number(now, 2),
                before=number(before, 2),
            )
        )
    return tuple(said)


def amount_said(value: Fraction | None, currency: str) -> str:
    """A sum of money; a dash where there is none."""
    return "–" if value is None else amount(value, currency)


def units_said(value: Fraction | None) -> str:
    """A number of units; a dash where nothing was counted."""
    return "–" if value is None else number(value, 1)
