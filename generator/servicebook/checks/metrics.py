"""What only the metric files tell: columns that filters name, rows that they keep, files that nobody reads."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Protocol

from servicebook.checks.finding import Context, finding, listed, warning
from servicebook.model.common import Unit, Where
from servicebook.model.measurement import Kind
from servicebook.model.metric_source import MetricSource
from servicebook.model.target import RECORDS_OF, Measure
from servicebook.source import Position, Problem, Rule, did_you_mean

UNKNOWN_COLUMN = Rule(
    id="reference/unknown-column",
    meaning="A `where` names a column that none of the source's files has.",
    remedy="Write the column's name as the files' first line has it.",
)
NO_ROW = warning(
    "terms/no-row",
    meaning="A `where` keeps no row at all: the target has nothing to be judged by.",
    remedy="Check the texts; they are compared as written, in upper and lower case.",
)
UNREAD = warning(
    "metrics/unread-file",
    meaning="A file below data/metrics that no source reads: what it holds counts in no figure.",
    remedy="Name it in a source's `files`, or take it away.",
)
NO_CAPACITY = warning(
    "terms/no-capacity",
    meaning="Utilisation of a source that has no column `capacity`, and that no service gives a limit.",
    remedy="Say `capacity: {source: …, limit: …}` in the service.",
)
NO_VALUE = Rule(
    id="terms/no-value",
    meaning="A target is worked out from the values of probes, but their files have no such column.",
    remedy="Map the field `value` in the source's `columns`, or choose another measure.",
)
BARE_PAUSES = warning(
    "terms/pauses-for-working-days",
    meaning="Working days take the pauses of a ticket by their times; a bare length of them doesn't move the due day.",
    remedy="Export `pauses` (start/end) instead of `paused`, or promise working hours.",
)
RULES = (UNKNOWN_COLUMN, NO_ROW, UNREAD, NO_CAPACITY, NO_VALUE, BARE_PAUSES)

_DEFINITIONS = (".yml", ".yaml")
_FOLDER = "data/metrics/"


class MetricFacts(Protocol):
    """What the checks ask of the metric files."""

    def columns(self, source_id: str, /) -> Collection[str]:
        """The names of all columns of a source's files; empty where none could be read."""
        ...

    def matches(self, source_id: str, where: Where, /) -> int:
        """How many of a source's rows pass a filter."""
        ...

    def texts(self, source_id: str, column: str, where: Where, /) -> frozenset[str]:
        """The texts that a column has in the rows which pass a filter; empty cells are none."""
        ...

    @property
    def files_read(self) -> frozenset[str]:
        """Paths of the files that a source's `files` names, relative to the catalogue's root."""
        ...


def filters_fit_the_files(context: Context, facts: MetricFacts) -> Iterator[Problem]:
    """A `where` names columns that the source's files have, and keeps a row at least."""
    for source_id, where, position in _filters(context):
        if not where or source_id not in context.catalogue.sources:
            continue
        columns = facts.columns(source_id)
        if not columns:
            continue
        unknown = [column for column, _ in where.conditions if column not in columns]
        related = (Position(context.catalogue.sources[source_id].path),)
        for column in unknown:
            hint = _column_meant(context.catalogue.sources[source_id], column, columns)
            message = f"no file of '{source_id}' has a column '{column}'"
            yield finding(UNKNOWN_COLUMN, position, message, hint=hint, related=related)
        if not unknown and not facts.matches(source_id, where) and facts.matches(source_id, Where()):
            message = f"no row of '{source_id}' has {where}"
            yield finding(NO_ROW, position, message, hint="texts are compared as the files have them", related=related)


def _column_meant(source: MetricSource, column: str, columns: Collection[str]) -> str:
    """A field that the source takes from a column of another name, a column of a similar name, or what there is."""
    mapped = dict(source.columns).get(column)
    if mapped is not None:
        return f"the files call it {listed(mapped.names)}"
    return did_you_mean(column[:100], columns) or f"there are {', '.join(sorted(columns)[:12])}"


def _filters(context: Context) -> Iterator[tuple[str, Where, Position]]:
    """Every filter, with its source and place."""
    for _, target in context.own_targets:
        if target.source is not None:
            yield target.source.id, target.where, target.places.of("where")
    for agreement in context.catalogue.agreements.values():
        if (maintenance := agreement.maintenance) is not None and (announced := maintenance.announcements) is not None:
            yield announced.source.id, announced.where, maintenance.places.of("announcements")
    for service in context.catalogue.services.values():
        if service.capacity is not None:
            yield service.capacity.source.id, service.capacity.where, service.capacity.places.of("where")
        for key, metered in (("cost", service.cost), ("satisfaction", service.satisfaction)):
            if metered is not None:
                yield metered.source.id, metered.where, service.places.of(key)


def utilisation_has_a_capacity(context: Context, facts: MetricFacts) -> Iterator[Problem]:
    """Used of what: the files say it in each row, or a service does for all."""
    limited = {
        service.capacity.source.id
        for service in context.catalogue.services.values()
        if service.capacity is not None and service.capacity.limit is not None
    }
    for _, target in context.own_targets:
        source = context.source_of(target)
        if target.measure is not Measure.UTILISATION or target.source is None or source is None or source.id in limited:
            continue
        if facts.columns(source.id) and not _has(source, "capacity", facts):
            message = f"'{source.id}' has no column `capacity`, and no service gives it a limit"
            yield finding(NO_CAPACITY, target.source.position, message, related=(Position(source.path),))


def values_are_there(context: Context, facts: MetricFacts) -> Iterator[Problem]:
    """Probes serve wherever samples do, as long as they have values."""
    for _, target in context.own_targets:
        source = context.source_of(target)
        if target.source is None or source is None or source.records is not Kind.PROBES:
            continue
        of_values = Kind.SAMPLES in RECORDS_OF[target.measure]
        if of_values and facts.columns(source.id) and not _has(source, "value", facts):
            message = f"{target.measure} needs values, and the files of '{source.id}' have no column `value`"
            yield finding(NO_VALUE, target.source.position, message, related=(Position(source.path),))


def working_days_know_when_pauses_were(context: Context, facts: MetricFacts) -> Iterator[Problem]:
    """A bare length of pauses doesn't tell which day it took."""
    for _, target in context.own_targets:
        source = context.source_of(target)
        if (
            source is None
            or source.records is not Kind.TICKETS
            or target.within is None
            or target.within.kind is not Unit.WORKING_DAYS
        ):
            continue
        if target.of == "resolution" and _has(source, "paused", facts) and not _has(source, "pauses", facts):
            message = f"'{source.id}' says only how long tickets were paused; working days leave that out of account"
            yield finding(BARE_PAUSES, target.places.of("within"), message, related=(Position(source.path),))


def _has(source: MetricSource, field: str, facts: MetricFacts) -> bool:
    """Whether a source's files have a column for a field."""
    mapped = dict(source.columns).get(field)
    names = mapped.names if mapped is not None else (field,)
    return any(name in facts.columns(source.id) for name in names)


def files_are_read(context: Context, facts: MetricFacts, files: Collection[str]) -> Iterator[Problem]:
    """Every metric file is read by a source. Where a definition itself can't be read, its files can't be told."""
    if any(kind == "source" for kind, _ in context.broken):
        return
    for path in sorted(set(files) - facts.files_read):
        below = path.removeprefix(_FOLDER)
        name = below.rpartition("/")[2]
        if below.startswith(".") or name.startswith(".") or name.lower().startswith("readme"):
            continue
        if "/" in below or not name.endswith(_DEFINITIONS):
            yield finding(
                UNREAD,
                Position(path),
                "no source reads this file",
                hint="name it in a source's `files`, or take it away",
            )
