"""Agreed maintenance compared: what is left out of the figures relieves the provider."""

from __future__ import annotations

from collections.abc import Iterator

from servicebook.insight.change.directions import LENGTHS, sign
from servicebook.insight.change.hours import Named, hours_change, hours_words, place_of_hours
from servicebook.insight.change.targets import Pair
from servicebook.model.agreement import Allowance, Announcements, Maintenance, Notice
from servicebook.source import Position
from servicebook.timeline.zone import DAY, HOUR

Found = tuple[str, str | None, str | None, int, Position]
"""Field, old, new, direction and place."""


def maintenance_changes(pair: Pair) -> Iterator[Found]:
    """What differs in the resolved terms of maintenance; without any, planned downtime is downtime."""
    old, new = pair.old.maintenance, pair.new.maintenance
    if old is None and new is None:
        return
    if old is None or new is None:
        place = pair.new.agreement.places.of("maintenance") if new is None else new.places.position
        yield "maintenance", _words(old), _words(new), 1 if new is None else -1, place
        return
    yield from _windows(pair, old, new)
    if _notice_key(old.notice) != _notice_key(new.notice):
        direction = _notice(old.notice, new.notice)
        yield "maintenance.notice", _text(old.notice), _text(new.notice), direction, new.places.of("notice")
    if _allowance_key(old.allowance) != _allowance_key(new.allowance):
        direction = _allowance(old.allowance, new.allowance)
        yield "maintenance.allowance", _text(old.allowance), _text(new.allowance), direction, new.places.of("allowance")
    if old.announcements != new.announcements:
        was, becomes = _announced(old.announcements), _announced(new.announcements)
        yield "maintenance.announcements", was, becomes, 0, new.places.of("announcements")


def _text(term: Notice | Allowance | None) -> str | None:
    return None if term is None else term.text


def _words(maintenance: Maintenance | None) -> str | None:
    if maintenance is None:
        return None
    parts = [
        f"windows {maintenance.windows}" if maintenance.windows is not None else "",
        f"notice {maintenance.notice.text}" if maintenance.notice is not None else "",
        f"allowance {maintenance.allowance.text}" if maintenance.allowance is not None else "",
        f"announcements {_announced(maintenance.announcements)}" if maintenance.announcements is not None else "",
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
            yield "maintenance.windows", was, becomes, 1 if before is None else -1, new.places.of("windows")
        return
    moved = hours_change(before.calendar, now.calendar, pair.start, pair.as_of)
    if moved is not None:
        place = place_of_hours(before, now) or new.places.of("windows")
        yield "maintenance.windows", *hours_words(before, now), -moved.direction, place


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


def _announced(announcements: Announcements | None) -> str | None:
    if announcements is None:
        return None
    where = f" ({announcements.where})" if announcements.where else ""
    return f"{announcements.source}{where}"
