"""Agreed maintenance compared: what is left out of the figures relieves the provider."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from servicebook.insight.change.directions import LENGTHS, sign
from servicebook.insight.change.hours import Named, hours_change, hours_words, place_of_hours
from servicebook.insight.change.targets import Pair
from servicebook.model.agreement import Allowance, Announcements, Maintenance, Notice
from servicebook.source import Position
from servicebook.timeline.zone import DAY, HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A difference of the terms of maintenance."""

    field: str
    old: str | None
    new: str | None
    direction: int
    """Above zero: the provider owes more; below: less; zero: neither or both."""
    position: Position
    first: int | None = None
    """The first instant at which it makes a difference; None: from the beginning."""


def maintenance_changes(pair: Pair) -> Iterator[Found]:
    """What differs in the resolved terms of maintenance; without any, planned downtime is downtime."""
    old, new = pair.old.maintenance, pair.new.maintenance
    if old is None and new is None:
        return
    if old is None or new is None:
        place = pair.new.agreement.places.of("maintenance") if new is None else new.places.position
        direction = 1 if new is None else -1
        yield Found(field="maintenance", old=_words(old), new=_words(new), direction=direction, position=place)
        return
    yield from _windows(pair, old, new)
    terms = (
        ("notice", _notice_key(old.notice) != _notice_key(new.notice), _notice(old.notice, new.notice)),
        (
            "allowance",
            _allowance_key(old.allowance) != _allowance_key(new.allowance),
            _allowance(old.allowance, new.allowance),
        ),
        ("announcements", old.announcements != new.announcements, 0),
    )
    for key, differs, direction in terms:
        if differs:
            was, becomes = (_text(getattr(each, key)) for each in (old, new))
            yield Found(
                field=f"maintenance.{key}", old=was, new=becomes, direction=direction, position=new.places.of(key)
            )


def _text(term: Notice | Allowance | Announcements | None) -> str | None:
    if isinstance(term, Announcements):
        where = f" ({term.where})" if term.where else ""
        return f"{term.source}{where}"
    return None if term is None else term.text


def _words(maintenance: Maintenance | None) -> str | None:
    if maintenance is None:
        return None
    parts = [
        f"windows {maintenance.windows}" if maintenance.windows is not None else "",
        f"notice {maintenance.notice.text}" if maintenance.notice is not None else "",
        f"allowance {maintenance.allowance.text}" if maintenance.allowance is not None else "",
        f"announcements {_text(maintenance.announcements)}" if maintenance.announcements is not None else "",
    ]
    return ", ".join(part for part in parts if part) or "all planned downtime"


def _windows(pair: Pair, old: Maintenance, new: Maintenance) -> Iterator[Found]:
    """Longer windows leave more out; none leaves planned downtime out at any time."""
    if not pair.old_side.knows_calendar(old.windows) or not pair.new_side.knows_calendar(new.windows):
        return
    before = _named(pair, old, is_new=False)
    now = _named(pair, new, is_new=True)
    if before is None or now is None:
        if before is not now:
            was, becomes = (None if each is None else hours_words(each, each)[0] for each in (before, now))
            yield _of_windows(was, becomes, 1 if before is None else -1, new.places.of("windows"))
        return
    moved = hours_change(before.calendar, now.calendar, pair.start, pair.as_of)
    if moved is not None:
        place = place_of_hours(before, now) or new.places.of("windows")
        yield _of_windows(*hours_words(before, now), -moved.direction, place, moved.first)


def _of_windows(
    old: str | None, new: str | None, direction: int, position: Position, first: int | None = None
) -> Found:
    return Found(field="maintenance.windows", old=old, new=new, direction=direction, position=position, first=first)


def _named(pair: Pair, maintenance: Maintenance, *, is_new: bool) -> Named | None:
    side, terms = (pair.new_side, pair.new) if is_new else (pair.old_side, pair.old)
    if maintenance.windows is None:
        return None
    return Named(catalogue=side.catalogue, id=maintenance.windows.id, zone_name=terms.zone_name)


def _notice_key(notice: Notice | None) -> tuple[int | None, int | None]:
    return (None, None) if notice is None else (notice.microseconds, notice.days)


def _notice(old: Notice | None, new: Notice | None) -> int:
    """A longer notice is stricter; days and hours are told apart where a clock change can't turn them round."""
    if old is None or new is None:
        return 1 if old is None else -1
    before, now = (each.microseconds if each.days is None else each.days * DAY for each in (old, new))
    difference = (now or 0) - (before or 0)
    same_kind = (old.days is None) is (new.days is None)
    return sign(difference) if same_kind or abs(difference) > 2 * HOUR else 0


def _allowance_key(allowance: Allowance | None) -> tuple[int, str] | None:
    return None if allowance is None else (allowance.microseconds, str(allowance.per))


def _allowance(old: Allowance | None, new: Allowance | None) -> int:
    """A smaller allowance, or the same for a longer time, is stricter."""
    if old is None or new is None:
        return 1 if old is None else -1
    moves = {sign(old.microseconds - new.microseconds), sign(LENGTHS[new.per] - LENGTHS[old.per])} - {0}
    return moves.pop() if len(moves) == 1 else 0
