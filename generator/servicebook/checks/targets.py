"""What a target leaves unclear, or asks of a source that can't answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise

from servicebook.checks.finding import Context, finding, listed, place_of, warning
from servicebook.compliance.evaluate import has_results
from servicebook.model.common import MICROSECONDS, Quantity, Reference, Unit
from servicebook.model.measurement import Kind
from servicebook.model.metric_source import MetricSource
from servicebook.model.target import RECORDS_OF, Band, Measure, Rolling, Target
from servicebook.source import Position, Problem, Rule, Severity
from servicebook.timeline.zone import DAY, offsets, zone

NO_SOURCE = Rule(
    id="terms/no-source",
    meaning="A target without a metric source: nobody can tell whether it is met. (In an agreement that isn't signed yet a warning.)",
    remedy="Write `source:` with the id of a file data/metrics/<id>.yml.",
)
WRONG_RECORDS = Rule(
    id="terms/wrong-records",
    meaning="A source whose kind of record doesn't say what is asked of it.",
    remedy="Name a source of a kind that fits, or choose another measure.",
)
NO_OF = Rule(
    id="terms/response-or-resolution",
    meaning="A target on tickets that doesn't say which of their times it means.",
    remedy="Write `of: response` or `of: resolution`.",
)
WRONG_UNIT = Rule(
    id="terms/wrong-unit",
    meaning="A level in a unit in which the source's values can't be compared with it.",
    remedy="Write it in the source's unit, or correct the source's `unit`.",
)
NO_EFFECT = warning(
    "terms/no-effect",
    meaning="A key that changes nothing here.",
    remedy="Take it out: readers would take it for a term that holds.",
)
OTHER_ZONE = Rule(
    id="terms/other-time-zone",
    meaning="A daily file's days begin at other moments than the target's, so that its minutes can't be placed.",
    remedy="Give the agreement the source's time zone, or the source the agreement's.",
)
SAY_COVERAGE = warning(
    "terms/say-coverage",
    meaning="With the 90 % of coverage that holds unless said, the time that nobody watched may exceed ten times the downtime that the target allows.",
    remedy="Say `minimum_coverage` (as in 99 %), or `unobserved: down` or `up`.",
)
WORKING_DAYS = Rule(
    id="terms/working-days",
    meaning="Working days need hours that end on the day on which they start, and records that are tickets.",
    remedy="Name other `hours`, or write working hours instead, as in `16 working hours`.",
)
OVERLAP = Rule(
    id="terms/overlap",
    meaning="Two entries of one target are in force at the same time, so that it has two objectives.",
    remedy="Let the first end (`until`) where the second begins (`from`), or give one of them another id.",
)
CREDIT_WHILE_MET = warning(
    "terms/credit-while-met",
    meaning="A band of credits reaches figures that meet the objective.",
    remedy="Check the band's level and its side.",
)
RULES = (
    NO_SOURCE,
    WRONG_RECORDS,
    NO_OF,
    WRONG_UNIT,
    NO_EFFECT,
    OTHER_ZONE,
    SAY_COVERAGE,
    WORKING_DAYS,
    OVERLAP,
    CREDIT_WHILE_MET,
)

_SHARES_OF_TIME = (Measure.AVAILABILITY, Measure.RELIABILITY)
_OF_VALUES = (Measure.PERCENTILE, Measure.MEAN, Measure.MEDIAN, Measure.MINIMUM, Measure.MAXIMUM, Measure.SUM)
_ONLY_FOR = {"of": Kind.TICKETS, "attribute": Kind.TICKETS, "down_after": Kind.PROBES, "up_after": Kind.PROBES}
"""Keys that mean something for one kind of record only."""
_MAY_GO_UNOBSERVED = Fraction(1, 10)
"""What the coverage of 90 % lets, which holds unless said."""


def targets_have_a_source(context: Context) -> Iterator[Problem]:
    """A target names its source: as soon as an agreement that it belongs to has results, at the latest."""
    places: dict[Position, tuple[str, list[Position]]] = {}
    for terms in context.terms.values():
        for entry in terms.entries:
            if entry.target.source is None and "source" not in entry.target.places.keys:
                _, due = places.setdefault(entry.target.places.position, (entry.target.id, []))
                if has_results(terms, context.as_of):
                    due.append(Position(terms.agreement.path))
    for position, (name, due) in places.items():
        hint = "write `source:` with the id of a metric source"
        related = [place for place in due if place.path != position.path]
        severity = Severity.ERROR if due else Severity.WARNING
        yield finding(
            NO_SOURCE, position, f"the target '{name}' has no source", hint=hint, related=related, severity=severity
        )


def sources_hold_what_is_measured(context: Context) -> Iterator[Problem]:
    """The source of a target has the kind of record that its measure is worked out from."""
    for _, target in context.own_targets:
        source = context.source_of(target)
        if target.source is None or source is None or source.records in RECORDS_OF[target.measure]:
            continue
        fitting = [str(measure) for measure, kinds in RECORDS_OF.items() if source.records in kinds]
        message = f"{target.measure} is worked out from {listed(RECORDS_OF[target.measure])}; '{source.id}' holds {source.records}"
        hint = f"{source.records} serve {listed(fitting, 'and')}"
        yield finding(WRONG_RECORDS, target.source.position, message, hint=hint, related=(source.places.of("records"),))


def other_sources_hold_what_is_needed(context: Context) -> Iterator[Problem]:
    """Announcements are outage lists; a service's capacity is measured by usage, its cost by a ledger, its satisfaction by scores."""
    for what, reference, kind in _other_sources(context):
        source = context.catalogue.sources.get(reference.id)
        if source is not None and source.records is not kind:
            message = f"{what} by a source of {kind}; '{source.id}' holds {source.records}"
            yield finding(WRONG_RECORDS, reference.position, message, related=(source.places.of("records"),))


def _other_sources(context: Context) -> Iterator[tuple[str, Reference, Kind]]:
    """Sources that no target names, what they are for and the kind of record that this needs."""
    for agreement in context.catalogue.agreements.values():
        if agreement.maintenance is not None and agreement.maintenance.announcements is not None:
            yield "planned work is announced", agreement.maintenance.announcements.source, Kind.OUTAGES
    for service in context.catalogue.services.values():
        if service.capacity is not None:
            yield "capacity is measured", service.capacity.source, Kind.USAGE
        if service.cost is not None:
            yield "cost is kept", service.cost.source, Kind.LEDGER
        if service.satisfaction is not None:
            yield "satisfaction is measured", service.satisfaction.source, Kind.SCORES


def tickets_say_which_time(context: Context) -> Iterator[Problem]:
    """A target on tickets says whether it means the response or the resolution."""
    for _, target in context.own_targets:
        source = context.source_of(target)
        if source is None or source.records is not Kind.TICKETS or Kind.TICKETS not in RECORDS_OF[target.measure]:
            continue
        if target.of is None and "of" not in target.places.keys:
            message = f"the target '{target.id}' doesn't say whether it means the response or the resolution"
            yield finding(NO_OF, target.places.of("measure"), message, hint="write `of: response` or `of: resolution`")


def levels_are_in_the_sources_unit(context: Context) -> Iterator[Problem]:
    """An objective, and a limit, can be compared with the values of the source."""
    for _, target in context.own_targets:
        source = context.source_of(target)
        if source is None or source.records not in RECORDS_OF[target.measure]:
            continue
        levels = [("objective", target.objective.level)] if target.measure in _OF_VALUES else []
        if target.measure is Measure.SHARE_WITHIN and target.within is not None:
            levels.append(("within", target.within))
        for key, level in levels:
            if source.records is Kind.TICKETS:
                if level.kind not in (Unit.DURATION, Unit.WORKING_DAYS):
                    message = f"'{level.text}' isn't a length of time, as those of tickets are"
                    yield finding(WRONG_UNIT, target.places.of(key), message, hint="write it in min or h")
            elif not _comparable(level, source.unit):
                message = f"'{level.text}' can't be compared with values in {source.unit}"
                related = (source.places.of("unit"),)
                yield finding(
                    WRONG_UNIT,
                    target.places.of(key),
                    message,
                    hint=f"the source '{source.id}' says its unit",
                    related=related,
                )


def _comparable(level: Quantity, unit: str) -> bool:
    """Whether values in a unit can be compared with a level; where one of them names no unit, that of the other is meant."""
    if level.kind is Unit.WORKING_DAYS or not unit or not level.unit:
        return True
    if level.kind is Unit.DURATION:
        return unit in MICROSECONDS
    return level.unit == unit


def keys_have_an_effect(context: Context) -> Iterator[Problem]:
    """A key that is written changes something: readers would take it for a term that holds."""
    for _, target in context.own_targets:
        for key, why in _without_effect(target, context.source_of(target)):
            yield finding(NO_EFFECT, target.places.of(key), f"'{key}' changes nothing here: {why}", hint="take it out")


def _without_effect(target: Target, source: MetricSource | None) -> Iterator[tuple[str, str]]:
    written = target.places.keys
    if source is not None and source.records in RECORDS_OF[target.measure]:
        for key, kind in _ONLY_FOR.items():
            if key in written and source.records is not kind:
                yield key, f"the source holds {source.records}, no {kind}"
    if target.unobserved is not None and target.minimum_coverage is not None:
        yield "minimum_coverage", f"what nobody observed counts as {target.unobserved}"
    if target.credits is not None and isinstance(target.per, Rolling):
        yield "credits", "a rolling window earns no credit"


def daily_files_have_the_targets_zone(context: Context) -> Iterator[Problem]:
    """A day's minutes can't be placed within it, so the days of a daily file are those of its target."""
    for terms, entry in context.entries:
        source = context.source_of(entry.target)
        if source is None or source.records is not Kind.DOWNTIME or entry.target.measure not in _SHARES_OF_TIME:
            continue
        if source.time_zone is None and "time_zone" in source.places.keys:
            continue  # it can't be read, which is reported there
        theirs = source.time_zone or "UTC"
        if not _same_clocks(theirs, entry.zone_name, context.as_of):
            position, related = place_of(terms, entry, "source")
            message = f"the days of '{source.id}' are those of {theirs}, those of the target {entry.zone_name}'s"
            hint = f"write `time_zone: {theirs}` in the agreement"
            yield finding(OTHER_ZONE, position, message, hint=hint, related=(*related, source.places.of("time_zone")))


def _same_clocks(one: str, other: str, as_of: int) -> bool:
    """Whether the clocks of two zones read the same: some zones have two names."""
    if one == other:
        return True
    low, high = as_of - 20 * 366 * DAY, as_of + 5 * 366 * DAY
    return list(offsets(zone(one), low, high)) == list(offsets(zone(other), low, high))


def tight_targets_say_their_coverage(context: Context) -> Iterator[Problem]:
    """A default of coverage must not let the unobserved time exceed ten budgets of the target."""
    for _, target in context.own_targets:
        objective = target.objective
        if (
            target.measure not in _SHARES_OF_TIME
            or target.minimum_coverage is not None
            or target.unobserved is not None
        ):
            continue
        if not objective.comparison.is_lower_limit or objective.level.kind is not Unit.SHARE:
            continue
        budget = 1 - objective.level.share
        if 10 * budget < _MAY_GO_UNOBSERVED:
            message = (
                f"{objective.text}, but up to 10 % of the time may go unobserved: more than ten times what may be down"
            )
            hint = "say `minimum_coverage: 99 %`, or what suits the source"
            yield finding(SAY_COVERAGE, objective.position, message, hint=hint)


def working_days_have_fitting_hours(context: Context) -> Iterator[Problem]:
    """Working days are counted in hours that end on the day on which they start, and for tickets only."""
    for terms, entry in context.entries:
        within = entry.target.within
        if within is None or within.kind is not Unit.WORKING_DAYS:
            continue
        position, related = place_of(terms, entry, "within")
        source = context.source_of(entry.target)
        if (
            source is not None
            and source.records is not Kind.TICKETS
            and source.records in RECORDS_OF[entry.target.measure]
        ):
            message = f"working days are counted for tickets; '{source.id}' holds {source.records}"
            yield finding(WORKING_DAYS, position, message, related=(*related, source.places.of("records")))
        elif not entry.calendar.ends_same_day:
            message = f"'{within.text}' needs hours that end on the day on which they start; those of '{entry.calendar_id}' run past midnight"
            where = context.catalogue.calendars[entry.calendar_id].places.of("hours")
            yield finding(
                WORKING_DAYS,
                position,
                message,
                hint="write working hours, as in `16 working hours`",
                related=(*related, where),
            )


def entries_of_a_target_dont_overlap(context: Context) -> Iterator[Problem]:
    """Of the entries of one id, one is in force at a time: each ends at its `until`, or else where the next begins."""
    for agreement in context.catalogue.agreements.values():
        by_id: dict[str, list[Target]] = {}
        for target in agreement.targets:
            by_id.setdefault(target.id, []).append(target)
        for entries in by_id.values():
            yield from _overlaps(entries)


def _overlaps(entries: list[Target]) -> Iterator[Problem]:
    for first, second in pairwise(sorted(entries, key=_beginning)):
        place = second.places.of("from" if second.from_ is not None else "id")
        if _beginning(first) == _beginning(second):
            when = f"on the same day, {second.from_}" if second.from_ is not None else "with the agreement"
            message = f"two entries of the target '{second.id}' begin {when}"
            hint = "let one end (`until`) on the day on which the other begins (`from`), or give it another id"
            yield finding(OVERLAP, place, message, hint=hint, related=(first.places.of("id"),))
        elif first.until is not None and second.from_ is not None and first.until > second.from_:
            message = f"this entry of the target '{second.id}' begins on {second.from_}, before the other ends on {first.until}"
            hint = f"let the other end there: `until: {second.from_}`"
            yield finding(OVERLAP, place, message, hint=hint, related=(first.places.of("until"),))


def _beginning(target: Target) -> date:
    """When an entry begins; one without `from` begins with its agreement, whenever that is."""
    return target.from_ or date.min


def credits_are_for_what_is_missed(context: Context) -> Iterator[Problem]:
    """A band of credits holds no figure that meets the objective."""
    for _, target in context.own_targets:
        bands = target.credits.bands if target.credits is not None else ()
        for band in bands:
            if _reaches_what_is_met(target, band):
                message = f"{band.text} earns a credit although it may be met: the objective is {target.objective.text}"
                yield finding(
                    CREDIT_WHILE_MET, target.places.of("credits"), message, related=(target.objective.position,)
                )


def _reaches_what_is_met(target: Target, band: Band) -> bool:
    """Whether some figure meets the objective and falls into the band."""
    objective = target.objective
    if objective.comparison.is_lower_limit == band.comparison.is_lower_limit:
        return True
    ours, theirs = _number(objective.level), _number(band.level)
    # At the level itself both may hold: contracts do say "at most 99.9 %" below a promise of 99.9 %.
    return theirs > ours if objective.comparison.is_lower_limit else theirs < ours


def _number(quantity: Quantity) -> Fraction:
    """A level and a band of one objective, so that they compare: both have its kind of unit."""
    return quantity.microseconds if quantity.kind is Unit.DURATION else quantity.number
