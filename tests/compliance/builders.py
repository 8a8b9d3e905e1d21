"""Short ways to write an agreement with one target, and what happened, for tests of the calculation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from servicebook.compliance.evaluate import work_out
from servicebook.compliance.given import GivenRecords
from servicebook.compliance.parts import Part, parts_of
from servicebook.compliance.terms import Terms, resolve, span_of
from servicebook.model.agreement import Agreement, AgreementType, Signature
from servicebook.model.catalogue import CalendarEntry, Catalogue
from servicebook.model.common import Comparison, Objective, Places, Quantity, Reference, Unit
from servicebook.model.measurement import Kind, Outage
from servicebook.model.metric_source import MetricSource
from servicebook.model.result import Result
from servicebook.model.target import Measure, Target
from servicebook.source import Position
from servicebook.timeline.calendar import parse_days, parse_hours
from servicebook.timeline.interval import Intervals
from servicebook.timeline.period import Per

HERE = Position("test", 1, 1)
PLACES = Places(position=HERE)
SECOND = 1_000_000
MINUTE, HOUR, DAY = 60 * SECOND, 3600 * SECOND, 86_400 * SECOND


def at(text: str) -> int:
    """An instant: `2026-01-05 10:00`, in UTC unless it has an offset."""
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * SECOND)


def ref(name: str) -> Reference:
    return Reference(name, HERE)


def quantity(text: str) -> Quantity:
    """`99.9 %`, `4 h`, `1 working day`, `3.2`."""
    number, _, unit = text.partition(" ")
    unit = unit.replace("working hours", "h")
    kinds = {"%": Unit.SHARE, "ms": Unit.DURATION, "s": Unit.DURATION, "min": Unit.DURATION, "h": Unit.DURATION}
    kind = Unit.WORKING_DAYS if unit.startswith("working day") else kinds.get(unit, Unit.NUMBER)
    decimals = len(number.partition(".")[2])
    return Quantity(kind=kind, number=Fraction(number), unit=unit, decimals=decimals, text=text)


def objective(text: str) -> Objective:
    """`at least 99.9 %`."""
    words = {"at least": ">=", "at most": "<=", "above": ">", "below": "<"}
    for word, sign in words.items():
        if text.startswith(word):
            return Objective(comparison=Comparison(sign), level=quantity(text[len(word) + 1 :]), text=text)
    raise AssertionError(text)


def calendar(hours: dict[str, str], *, zone: str = "UTC") -> CalendarEntry:
    """A calendar from days and hours as authors write them."""
    weekly: list[tuple[tuple[int, int], ...]] = [()] * 7
    for days, text in hours.items():
        for day in parse_days(days):
            weekly[day] = parse_hours(text)
    return CalendarEntry(id="hours", title="Hours", time_zone=zone, weekly=tuple(weekly), places=PLACES)


def target(text: str, **terms: Any) -> Target:
    """A target by its objective; further terms by name."""
    given: dict[str, Any] = {
        "id": "target",
        "measure": Measure.AVAILABILITY,
        "source": ref("source"),
        "per": Per.DAY,
        "places": PLACES,
    }
    return Target(objective=objective(text), **(given | terms))


def agreement(*targets: Target, **terms: Any) -> Agreement:
    """An agreement that both parties signed on 1 January 2020, in force from the beginning of our time."""
    given: dict[str, Any] = {
        "id": "agreement",
        "title": "Agreement",
        "type": AgreementType.SLA,
        "provider": ref("provider"),
        "customer": ref("customer"),
        "version": "1",
        "from_": date(1970, 1, 1),
        "services": (ref("service"),),
        "places": PLACES,
        "signatures": tuple(
            Signature(party=ref(party), date=date(2020, 1, 1), places=PLACES) for party in ("provider", "customer")
        ),
    }
    return Agreement(targets=targets, **(given | terms))


def catalogue(
    agreed: Agreement, kind: Kind = Kind.OUTAGES, calendars: Iterable[CalendarEntry] = (), **source: Any
) -> Catalogue:
    """A catalogue with one agreement and one source."""
    return Catalogue(
        services={},
        agreements={agreed.id: agreed},
        parties={},
        calendars={entry.id: entry for entry in calendars},
        needs={},
        improvements={},
        sources={
            "source": MetricSource(id="source", title="Source", records=kind, files=("a.csv",), places=PLACES, **source)
        },
    )


def outage(start: str | int, end: str | int | None, **more: Any) -> Outage:
    """An outage; `end=None`: still open."""
    first = at(start) if isinstance(start, str) else start
    last = at(end) if isinstance(end, str) else end
    return Outage(start=first, end=last, origin=HERE, **more)


def results(book: Catalogue, records: GivenRecords) -> list[Result]:
    """The results of the catalogue's one target."""
    terms = resolve(book, next(iter(book.agreements.values())))
    entries = next(iter(terms.targets.values()))
    parts = parts_of(entries, span_of(terms), records.as_of)
    return work_out(book, terms, entries, parts, records)[0]


def result_between(book: Catalogue, start: int, end: int, **records: Any) -> Result:
    """The result of a part that runs from `start` to `end` and is over."""
    terms: Terms = resolve(book, next(iter(book.agreements.values())))
    entries = next(iter(terms.targets.values()))
    part = Part(entry=entries[0], name="part", start=start, end=end, horizon=end)
    given = GivenRecords(**({"as_of": end, "vouched": Intervals.span(start, end)} | records))
    (found,), _ = work_out(book, terms, entries, [part], given)
    return found
