"""Targets compared: what held on each day before the change, and what holds after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from servicebook.compliance.terms import ENDLESS, Entry, Terms, span_of
from servicebook.insight.change import directions
from servicebook.insight.change.differences import Difference, differences
from servicebook.insight.change.hours import Named, hours_change, hours_words, place_of_hours
from servicebook.insight.change.kinds import Change, ChangeKind, Side, kind_of
from servicebook.source import Position
from servicebook.timeline.zone import start_of_day

NEVER, EVER = date.min, date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days on which the same entries hold, [start, end)."""

    start: date
    end: date
    old: Entry | None
    new: Entry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An agreement's terms before and after."""

    old_side: Side
    new_side: Side
    old: Terms
    new: Terms
    as_of: int

    @property
    def start(self) -> int:
        """The first instant at which either holds."""
        return min(span_of(self.old)[0], span_of(self.new)[0])


def target_changes(pair: Pair) -> Iterator[Change]:
    """Every change of every target, in the order of their ids."""
    for name in sorted({*pair.old.targets, *pair.new.targets}):
        old, new = pair.old.targets.get(name, ()), pair.new.targets.get(name, ())
        if not new:
            yield _whole(pair, old[-1], ChangeKind.REMOVED, pair.new.agreement.places.of("targets"))
        elif not old:
            yield _whole(pair, new[-1], ChangeKind.ADDED, new[-1].target.places.position)
        else:
            yield from _merged(_of_target(pair, old, new))


def added_target(pair: Pair, entry: Entry) -> Change:
    """A target that wasn't there, or that comes with its agreement."""
    return _whole(pair, entry, ChangeKind.ADDED, entry.target.places.position)


def _whole(pair: Pair, entry: Entry, kind: ChangeKind, position: Position) -> Change:
    words = f"{entry.target.measure}, {entry.target.objective.text}"
    is_added = kind is ChangeKind.ADDED
    return _change(
        pair,
        entry,
        Stretch(
            start=entry.own_start or NEVER,
            end=EVER,
            old=None if is_added else entry,
            new=entry if is_added else None,
        ),
        Difference(field="target", old=None if is_added else words, new=words if is_added else None, direction=0),
        kind=kind,
        position=position,
    )


def stretches(old: Sequence[Entry], new: Sequence[Entry]) -> tuple[Stretch, ...]:
    """Time cut at every day on which an entry begins or ends, where any holds."""
    days = {NEVER, EVER} | {
        day for entry in (*old, *new) for day in (entry.own_start, entry.own_end) if day is not None
    }
    ordered = sorted(days)
    cut = (
        Stretch(start=start, end=end, old=_holding(old, start), new=_holding(new, start))
        for start, end in pairwise(ordered)
    )
    return tuple(each for each in cut if each.old is not None or each.new is not None)


def _holding(entries: Sequence[Entry], day: date) -> Entry | None:
    for entry in entries:
        if (entry.own_start or NEVER) <= day < (entry.own_end or EVER):
            return entry
    return None


def _of_target(pair: Pair, old: Sequence[Entry], new: Sequence[Entry]) -> Iterator[Change]:
    for stretch in stretches(old, new):
        if stretch.old is not None and stretch.new is not None:
            is_latest = stretch.old is old[-1] and stretch.new is new[-1]
            for difference in (
                *differences(pair.old_side, pair.new_side, stretch.old, stretch.new),
                *_services(pair, stretch),
            ):
                change = _change(pair, stretch.new, stretch, difference)
                yield replace(change, is_latest=is_latest and change.reaches is not None)
            yield from _hours(pair, stretch, stretch.old, stretch.new, is_latest=is_latest)
        elif stretch.new is not None:
            yield _dates(pair, stretch, stretch.new, old, ChangeKind.EXTENDED)
        elif stretch.old is not None:
            yield _dates(pair, stretch, stretch.old, new, ChangeKind.SHORTENED)


def _dates(pair: Pair, stretch: Stretch, entry: Entry, others: Sequence[Entry], kind: ChangeKind) -> Change:
    """Days on which the target holds on one side only: before the other side's first day, or after its last."""
    is_before = all(other.own_start is not None and stretch.end <= other.own_start for other in others)
    day = stretch.start if is_before else stretch.end
    other = stretch.end if is_before else stretch.start
    words = [None if each in (NEVER, EVER) else each.isoformat() for each in (other, day)]
    old, new = words if kind is ChangeKind.EXTENDED else reversed(words)
    field = "from" if is_before else "until"
    holds = entry if kind is ChangeKind.EXTENDED else next(iter(reversed(others)), entry)
    difference = Difference(field=field, old=old, new=new, direction=0)
    return _change(pair, holds, stretch, difference, kind=kind)


def _services(pair: Pair, stretch: Stretch) -> Iterator[Difference]:
    """Which of the agreement's services a target speaks of; those of the whole agreement are compared there."""
    if stretch.old is None or stretch.new is None:
        return
    old, new = stretch.old.target.services, stretch.new.target.services
    if not old and not new:
        return
    before = [each.id for each in old or pair.old.agreement.services]
    now = [each.id for each in new or pair.new.agreement.services]
    if set(before) != set(now):
        direction = int(set(now) > set(before)) - int(set(now) < set(before))
        yield Difference(
            field="services", old=", ".join(before), new=", ".join(now), direction=direction, in_figures=False
        )


def _hours(pair: Pair, stretch: Stretch, old: Entry, new: Entry, *, is_latest: bool) -> Iterator[Change]:
    """The hours that a target is judged in, wherever they are written."""
    source = pair.new_side.source_of(new.target)
    if not pair.old_side.knows_calendar(old.calendar_id) or not pair.new_side.knows_calendar(new.calendar_id):
        return
    if source is not None and source.records in directions.NOT_IN_HOURS:
        return
    moved = hours_change(old.calendar, new.calendar, pair.start, pair.as_of)
    if moved is None:
        return
    before = Named(catalogue=pair.old_side.catalogue, id=old.calendar_id, zone_name=old.zone_name)
    now = Named(catalogue=pair.new_side.catalogue, id=new.calendar_id, zone_name=new.zone_name)
    words = hours_words(before, now)
    difference = Difference(field="hours", old=words[0], new=words[1], direction=directions.hours(moved, new.target))
    change = _change(pair, new, stretch, difference, position=place_of_hours(before, now) or _named_hours(pair, new))
    if change.reaches is not None:
        change = replace(change, reaches=max(change.reaches, moved.first))
    yield replace(change, is_latest=is_latest)


def _named_hours(pair: Pair, entry: Entry) -> Position:
    """Where an entry's hours are named: in the target, else in the agreement that it has them from."""
    if entry.target.hours is not None:
        return entry.target.hours.position
    return pair.new.hours.position if pair.new.hours is not None else pair.new.agreement.places.of("hours")


def _change(
    pair: Pair,
    entry: Entry,
    stretch: Stretch,
    difference: Difference,
    *,
    kind: ChangeKind | None = None,
    position: Position | None = None,
) -> Change:
    agreement = pair.new.agreement
    start = pair.start if stretch.start == NEVER else start_of_day(stretch.start, entry.zone)
    end = ENDLESS if stretch.end == EVER else start_of_day(stretch.end, entry.zone)
    reaches = max(start, pair.start)
    return Change(
        kind=kind or kind_of(difference.direction),
        field=difference.field,
        old=difference.old,
        new=difference.new,
        position=position or entry.target.places.of(difference.field),
        title=agreement.title,
        agreement=agreement.id,
        target=entry.target.id,
        name=entry.target.name,
        services=tuple(each.id for each in entry.target.services or agreement.services),
        customer=agreement.customer.id,
        since=None if stretch.start == NEVER else stretch.start,
        reaches=reaches if difference.in_figures and reaches < end else None,
        entries=(stretch.old, stretch.new),
    )


def _merged(changes: Iterator[Change]) -> Iterator[Change]:
    """The same change in several stretches once, from the first on."""
    found: dict[tuple[str, str | None, str | None], Change] = {}
    for change in changes:
        key = (change.field, change.old, change.new)
        first = found.setdefault(key, change)
        if first is not change:
            reaches = [each for each in (first.reaches, change.reaches) if each is not None]
            found[key] = replace(
                first,
                reaches=min(reaches, default=None),
                is_latest=first.is_latest or change.is_latest,
                position=change.position if change.is_latest else first.position,
            )
    yield from found.values()
