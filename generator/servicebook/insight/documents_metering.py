"""Cost, use and satisfaction of services by month, as a document for other programs.

What isn't known is null: a month without a record, a share of no budget, a trend of too few months. Numbers are texts, as
in the other documents.
"""

from __future__ import annotations

from fractions import Fraction

from servicebook.insight.documents import Document, number
from servicebook.insight.growth import Growth, ReachedIn
from servicebook.insight.metering import Cost, CostMonth, Metered, Satisfaction, ScoreMonth, Use, UseMonth
from servicebook.timeline.zone import format_utc


def metering_document(metered: Metered, as_of: int) -> Document:
    """`servicebook/metering/1`: each service of which something is counted, by id; months in the order of time."""
    services = sorted({*metered.costs, *metered.uses, *metered.satisfactions})
    return {
        "schema": "servicebook/metering/1",
        "as_of": format_utc(as_of),
        "services": [
            {
                "id": id_,
                "cost": _cost(metered.costs.get(id_)),
                "capacity": _use(metered.uses.get(id_)),
                "satisfaction": _satisfaction(metered.satisfactions.get(id_)),
            }
            for id_ in services
        ],
    }


def _cost(cost: Cost | None) -> Document | None:
    if cost is None:
        return None
    return {
        "currency": cost.currency or None,
        "unit": cost.unit or None,
        "months": [_cost_month(each) for each in cost.months],
        "newest_year": _newest_year(cost),
        "url": f"costs/#{cost.service}",
    }


def _cost_month(month: CostMonth) -> Document:
    return {
        "period": month.period,
        "finished": month.finished,
        "budget": number(month.budget),
        "actual": number(month.actual),
        "share": number(month.share),
        "per_unit": number(month.per_unit),
    }


def _newest_year(cost: Cost) -> Document | None:
    months, (budget, actual) = cost.newest_year, cost.total
    if not months:
        return None
    return {
        "months": len(months),
        "budget": number(budget),
        "actual": number(actual),
        "share": number(actual / budget) if budget else None,
    }


def _use(use: Use | None) -> Document | None:
    if use is None:
        return None
    return {
        "unit": use.unit or None,
        "warn_at": number(use.warn_at),
        "months": [_use_month(each) for each in use.months],
        "growth": _growth(use.growth),
        "reaches_capacity": _reached(use.reaches(Fraction(1))),
        "reaches_warning": None if use.warn_at is None else _reached(use.reaches(use.warn_at)),
        "url": f"capacity/#{use.service}",
    }


def _use_month(month: UseMonth) -> Document:
    return {
        "period": month.period,
        "finished": month.finished,
        "peak": number(month.peak),
        "mean": number(month.mean),
        "capacity": number(month.capacity),
        "share": number(month.share),
    }


def _growth(growth: Growth | None) -> Document | None:
    if growth is None:
        return None
    return {
        "per_month": number(growth.per_month),
        "slowest": number(growth.slowest),
        "fastest": number(growth.fastest),
        "level": number(growth.level),
        "months": growth.months,
    }


def _reached(reached: ReachedIn | None) -> Document | None:
    if reached is None:
        return None
    return {
        "already": reached.already,
        "expected": reached.expected,
        "earliest": reached.earliest,
        "latest": reached.latest,
    }


def _satisfaction(satisfaction: Satisfaction | None) -> Document | None:
    if satisfaction is None:
        return None
    halves = satisfaction.halves
    return {
        "months": [_score_month(each) for each in satisfaction.months],
        "half_years": None if halves is None else {"newest": number(halves[0]), "before": number(halves[1])},
        "url": f"satisfaction/#{satisfaction.service}",
    }


def _score_month(month: ScoreMonth) -> Document:
    return {
        "period": month.period,
        "finished": month.finished,
        "answers": month.answers,
        "few": month.is_thin,
        "mean": number(month.mean),
        "satisfied": number(month.satisfied),
    }
