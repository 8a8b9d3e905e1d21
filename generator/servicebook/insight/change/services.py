"""Services compared: what customers read of them, agreements apart."""

from __future__ import annotations

from collections.abc import Iterator

from servicebook.insight.change.directions import sign
from servicebook.insight.change.hours import Named, hours_change, hours_words, place_of_hours
from servicebook.insight.change.kinds import Change, ChangeKind, Side, kind_of
from servicebook.insight.change.prose import prose_words
from servicebook.insight.documents import number
from servicebook.model.common import Contact
from servicebook.model.service import Price, Service
from servicebook.source import Position


def service_changes(
    old_side: Side, new_side: Side, old: Service | None, new: Service | None, as_of: int
) -> Iterator[Change]:
    """Every change of a service; one side is missing where it came or went."""
    if new is None:
        if old is not None:
            yield _change(old, ChangeKind.REMOVED, "service", old.title, None, old.places.position)
        return
    if old is None:
        yield _change(new, ChangeKind.ADDED, "service", None, new.title, new.places.position)
        return
    yield from _plain(old, new)
    yield from _users(old, new)
    yield from _hours(old_side, new_side, old, new, as_of)
    yield from _capacity(old, new)
    yield from _contacts(old, new)
    words = prose_words(old.body, new.body)
    if words is not None:
        yield _change(new, ChangeKind.CHANGED, "prose", *words, new.body_position or new.places.position)


def _change(
    service: Service, kind: ChangeKind, field: str, old: str | None, new: str | None, position: Position
) -> Change:
    return Change(
        kind=kind,
        field=field,
        old=old,
        new=new,
        position=position,
        title=service.title,
        service=service.id,
        services=(service.id,),
        is_term=False,
    )


def _plain(old: Service, new: Service) -> Iterator[Change]:
    said = {
        "stage": (str(old.stage), str(new.stage)),
        "owner": tuple(None if each.owner is None else each.owner.id for each in (old, new)),
        "price": (_price(old.price), _price(new.price)),
    }
    for field, (before, now) in said.items():
        if before != now:
            yield _change(new, ChangeKind.CHANGED, field, before, now, new.places.of(field))


def _price(price: Price | None) -> str | None:
    if price is None:
        return None
    per = f" per {price.per}" if price.per else ""
    return f"{number(price.amount)} {price.currency}{per}"


def _users(old: Service, new: Service) -> Iterator[Change]:
    for user in new.users:
        if user not in old.users:
            yield _change(new, ChangeKind.ADDED, "users", None, user.id, user.position)
    for user in old.users:
        if user not in new.users:
            yield _change(new, ChangeKind.REMOVED, "users", user.id, None, new.places.of("users"))


def _hours(old_side: Side, new_side: Side, old: Service, new: Service, as_of: int) -> Iterator[Change]:
    """The hours in which it is supported; without a zone of their own they are read in UTC here."""
    if not old_side.knows_calendar(old.hours) or not new_side.knows_calendar(new.hours):
        return
    before, now = (
        None if service.hours is None else Named(catalogue=side.catalogue, id=service.hours.id, zone_name="UTC")
        for side, service in ((old_side, old), (new_side, new))
    )
    if before is None or now is None:
        if before is not now:
            was, becomes = (None if each is None else hours_words(each, each)[0] for each in (before, now))
            yield _change(new, ChangeKind.CHANGED, "hours", was, becomes, new.places.of("hours"))
        return
    moved = hours_change(before.calendar, now.calendar, as_of, as_of)
    if moved is not None:
        place = place_of_hours(before, now) or new.places.of("hours")
        yield _change(new, kind_of(moved.direction), "hours", *hours_words(before, now), place)


def _capacity(old: Service, new: Service) -> Iterator[Change]:
    """What it can carry: more is stricter."""
    before, now = (None if each.capacity is None else each.capacity.limit for each in (old, new))
    if before == now:
        return
    direction = 0 if before is None or now is None else sign(now - before)
    words = _limit(old), _limit(new)
    position = new.places.of("capacity") if new.capacity is None else new.capacity.places.of("limit")
    yield _change(new, kind_of(direction), "capacity", *words, position)


def _limit(service: Service) -> str | None:
    capacity = service.capacity
    if capacity is None or capacity.limit is None:
        return None
    return f"{number(capacity.limit)} {capacity.unit}".strip()


def _contacts(old: Service, new: Service) -> Iterator[Change]:
    before, now = ([_contact(each) for each in service.contacts] for service in (old, new))
    gone = [text for text in before if text not in now]
    come = [text for text in now if text not in before]
    if gone or come:
        words = "; ".join(gone) or None, "; ".join(come) or None
        yield _change(new, ChangeKind.CHANGED, "contacts", *words, new.places.of("contacts"))


def _contact(contact: Contact) -> str:
    hours = f" ({contact.hours})" if contact.hours is not None else ""
    return f"{contact.purpose}: {contact.at}{hours}"
