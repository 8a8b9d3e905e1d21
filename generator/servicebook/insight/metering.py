"""Cost, use and satisfaction of services by month, and when a capacity is reached at the present trend.

These figures inform; no promise is judged by them. A month is one of the service's zone (that of its hours, else UTC).
A month without a record is a gap, never zero; a month that isn't over is marked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar
from zoneinfo import ZoneInfo

from servicebook.insight.growth import Growth, ReachedIn, growth
from servicebook.model.catalogue import Catalogue
from servicebook.model.measurement import Reading, Records
from servicebook.model.service import Service
from servicebook.timeline.interval import Intervals
from servicebook.timeline.period import Per, Period, periods
from servicebook.timeline.zone import zone

MONTHS = 25
"""So many months are looked at: two years and the present one."""
LEAST_ANSWERS = 10
"""Fewer answers than these say little of a month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostMonth:
    """What a service cost in a month."""

    period: str
    finished: bool
    budget: Fraction | None
    actual: Fraction | None
    """Both None where the ledger has no row."""
    per_unit: Fraction | None
    """Actual ÷ the units in use, on the month's mean; None where nobody counts them."""

    @property
    def share(self) -> Fraction | None:
        """Actual ÷ budget; None without rows and without a budget."""
        return self.actual / self.budget if self.actual is not None and self.budget else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """A service's cost against its budget."""

    service: str
    currency: str
    unit: str
    """Of `per_unit`: what the service's capacity is counted in."""
    months: tuple[CostMonth, ...]

    @property
    def newest(self) -> CostMonth | None:
        """The newest finished month that has rows."""
        return next((each for each in reversed(self.months) if each.finished and each.actual is not None), None)

    def year_before(self, month: CostMonth) -> CostMonth | None:
        """The same month of the year before, where there is one."""
        return _year_before(self.months, month)

    @property
    def newest_year(self) -> tuple[CostMonth, ...]:
        """The finished months that have rows, at most twelve of them."""
        return tuple(each for each in self.months if each.finished and each.actual is not None)[-12:]

    @property
    def total(self) -> tuple[Fraction, Fraction]:
        """Budget and actual of the newest year."""
        known = self.newest_year
        return sum((each.budget or Fraction(0) for each in known), Fraction(0)), sum(
            (each.actual or Fraction(0) for each in known), Fraction(0)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UseMonth:
    """How much of a capacity was used in a month."""

    period: str
    finished: bool
    peak: Fraction | None
    """The highest reading; None without one."""
    mean: Fraction | None
    capacity: Fraction | None
    """Of the peak's reading."""

    @property
    def share(self) -> Fraction | None:
        """The peak ÷ its capacity."""
        return self.peak / self.capacity if self.peak is not None and self.capacity else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """The use of a service's capacity."""

    service: str
    unit: str
    months: tuple[UseMonth, ...]
    warn_at: Fraction | None
    """A share of the capacity."""
    growth: Growth | None
    """None with fewer than six finished months."""

    @property
    def newest(self) -> UseMonth | None:
        """The newest finished month with a reading, else the present one."""
        known = [each for each in self.months if each.peak is not None]
        return next((each for each in reversed(known) if each.finished), known[-1] if known else None)

    def reaches(self, share: Fraction) -> ReachedIn | None:
        """In which months the trend reaches a share of the newest capacity; None without a trend."""
        newest = self.newest
        if self.growth is None or newest is None or newest.capacity is None:
            return None
        return self.growth.reaches(newest.capacity * share).after(newest.period)

    def year_before(self, month: UseMonth) -> UseMonth | None:
        """The same month of the year before, where there is one."""
        return _year_before(self.months, month)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreMonth:
    """What users answered in a month."""

    period: str
    finished: bool
    answers: int
    mean: Fraction | None
    satisfied: Fraction | None
    """The share of answers at or above `satisfied_from`; None where that isn't said."""

    @property
    def is_thin(self) -> bool:
        """Whether too few answered to say much."""
        return self.answers < LEAST_ANSWERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfaction:
    """How content the users of a service are."""

    service: str
    months: tuple[ScoreMonth, ...]

    @property
    def newest(self) -> ScoreMonth | None:
        """The newest finished month in which anybody answered."""
        return next((each for each in reversed(self.months) if each.finished and each.mean is not None), None)

    @property
    def halves(self) -> tuple[Fraction, Fraction] | None:
        """The mean of all answers in the newest six finished months and in the six before; None with too few."""
        finished = [each for each in self.months if each.finished]
        newer, older = finished[-6:], finished[-12:-6]
        if min(_answers(newer), _answers(older)) < LEAST_ANSWERS:
            return None
        return _mean(newer), _mean(older)


_Month = TypeVar("_Month", CostMonth, UseMonth)


def _year_before(months: Sequence[_Month], month: _Month) -> _Month | None:
    year, _, rest = month.period.partition("-")
    return next((each for each in months if each.period == f"{int(year) - 1:04}-{rest}"), None)


def costs(catalogue: Catalogue, records: Records) -> dict[str, Cost]:
    """The cost of each service that names a ledger; records of two currencies are none."""
    found = {}
    for service in catalogue.services.values():
        cost = _cost(catalogue, service, records) if service.cost is not None else None
        if cost is not None:
            found[service.id] = cost
    return found


def uses(catalogue: Catalogue, records: Records) -> dict[str, Use]:
    """The use of each service that names where its capacity is measured."""
    return {
        service.id: _use(catalogue, service, records)
        for service in catalogue.services.values()
        if service.capacity is not None and service.capacity.source.id in catalogue.sources
    }


def satisfactions(catalogue: Catalogue, records: Records) -> dict[str, Satisfaction]:
    """The answers of each service that names its scores."""
    return {
        service.id: _satisfaction(catalogue, service, records)
        for service in catalogue.services.values()
        if service.satisfaction is not None and service.satisfaction.source.id in catalogue.sources
    }


def _zone_of(catalogue: Catalogue, service: Service) -> ZoneInfo:
    calendar = catalogue.calendars.get(service.hours.id) if service.hours is not None else None
    return zone((calendar.time_zone if calendar is not None else None) or "UTC")


def _months(catalogue: Catalogue, service: Service, as_of: int) -> list[Period]:
    """The newest months that have begun."""
    start = as_of - MONTHS * 31 * 86_400_000_000
    return list(periods(Per.MONTH, _zone_of(catalogue, service), start, as_of))[-MONTHS:]


def _windows(months: Sequence[Period]) -> list[Intervals]:
    return [Intervals.span(month.start, month.end) for month in months]


def _cost(catalogue: Catalogue, service: Service, records: Records) -> Cost | None:
    if service.cost is None or service.cost.source.id not in catalogue.sources:
        return None
    months = _months(catalogue, service, records.as_of)
    sums = records.series(service.cost.source.id, service.cost.where).ratios(_windows(months))
    currencies = {currency for each in sums for currency in each.currencies}
    if len(currencies) > 1:
        return None
    used = {month.period: month.mean for month in _use(catalogue, service, records).months} if service.capacity else {}
    listed = []
    for month, each in zip(months, sums, strict=True):
        units = used.get(month.name)
        actual = each.numerator if each.records else None
        listed.append(
            CostMonth(
                period=month.name,
                finished=month.end <= records.as_of,
                budget=each.denominator if each.records else None,
                actual=actual,
                per_unit=actual / units if actual is not None and units else None,
            )
        )
    unit = service.capacity.unit if service.capacity is not None else ""
    return Cost(service=service.id, currency=next(iter(currencies), ""), unit=unit, months=_from_first(listed))


def _from_first(months: list[CostMonth]) -> tuple[CostMonth, ...]:
    """Without the months before the first row."""
    first = next((index for index, each in enumerate(months) if each.actual is not None), len(months))
    return tuple(months[first:])


def _use(catalogue: Catalogue, service: Service, records: Records) -> Use:
    capacity = service.capacity
    if capacity is None:
        raise AssertionError(service.id)
    months = _months(catalogue, service, records.as_of)
    readings = records.series(capacity.source.id, capacity.where).readings(_windows(months))
    listed = [_use_month(month, each, records.as_of) for month, each in zip(months, readings, strict=True)]
    first = next((index for index, each in enumerate(listed) if each.peak is not None), len(listed))
    kept = tuple(listed[first:])
    return Use(service=service.id, unit=capacity.unit, months=kept, warn_at=capacity.warn_at, growth=_growth(kept))


def _growth(months: Sequence[UseMonth]) -> Growth | None:
    """The trend of the peaks of finished months."""
    return growth([(index, each.peak) for index, each in enumerate(months) if each.finished and each.peak is not None])


def _use_month(month: Period, readings: Sequence[Reading], as_of: int) -> UseMonth:
    highest = max(readings, key=lambda each: (each.used, each.capacity), default=None)
    number = sum(each.count for each in readings)
    total = sum((each.used * each.count for each in readings), Fraction(0))
    return UseMonth(
        period=month.name,
        finished=month.end <= as_of,
        peak=None if highest is None else highest.used,
        mean=total / number if number else None,
        capacity=None if highest is None else highest.capacity,
    )


def _satisfaction(catalogue: Catalogue, service: Service, records: Records) -> Satisfaction:
    named = service.satisfaction
    if named is None:
        raise AssertionError(service.id)
    months = _months(catalogue, service, records.as_of)
    level = named.satisfied_from
    series = records.series(named.source.id, named.where)
    found = series.summaries(_windows(months), limit=level, at_least=True)
    listed = [
        ScoreMonth(
            period=month.name,
            finished=month.end <= records.as_of,
            answers=each.records,
            mean=each.total / each.records if each.records else None,
            satisfied=Fraction(each.within, each.records) if each.records and level is not None else None,
        )
        for month, each in zip(months, found, strict=True)
    ]
    first = next((index for index, each in enumerate(listed) if each.answers), len(listed))
    return Satisfaction(service=service.id, months=tuple(listed[first:]))


def _answers(months: Sequence[ScoreMonth]) -> int:
    return sum(each.answers for each in months)


def _mean(months: Sequence[ScoreMonth]) -> Fraction:
    return sum((each.mean * each.answers for each in months if each.mean is not None), Fraction(0)) / _answers(months)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metered:
    """What is counted of services beside their promises, each by service."""

    costs: Mapping[str, Cost] = field(default_factory=dict)
    uses: Mapping[str, Use] = field(default_factory=dict)
    satisfactions: Mapping[str, Satisfaction] = field(default_factory=dict)


def metered(catalogue: Catalogue, records: Records) -> Metered:
    """Everything that the services say is counted of them."""
    return Metered(
        costs=costs(catalogue, records),
        uses=uses(catalogue, records),
        satisfactions=satisfactions(catalogue, records),
    )
