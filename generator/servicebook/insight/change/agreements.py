"""What belongs to a whole agreement, compared: dates, signatures, maintenance, exclusions, services, duties, prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from servicebook.compliance.terms import span_of
from servicebook.insight.change.hours import Named, hours_change, hours_words
from servicebook.insight.change.kinds import Change, ChangeKind, kind_of
from servicebook.insight.change.maintenance import maintenance_changes
from servicebook.insight.change.prose import prose_words
from servicebook.insight.change.targets import Pair
from servicebook.model.agreement import Agreement, Exclusion, Renewal, Signature
from servicebook.model.catalogue import ROUND_THE_CLOCK
from servicebook.model.common import Reference
from servicebook.source import Position
from servicebook.timeline.zone import local, start_of_day, zone


def agreement_changes(pair: Pair, *, hours: bool) -> Iterator[Change]:
    """Every change of what belongs to the whole agreement; with `hours` those too, which its targets don't tell."""
    yield from _parties(pair)
    yield from _dates(pair)
    yield from _signatures(pair)
    yield from _listed(pair, "services", pair.old.agreement.services, pair.new.agreement.services)
    yield from _listed(pair, "sites", pair.old.agreement.sites, pair.new.agreement.sites)
    yield from _zone(pair)
    if hours:
        yield from _hours(pair)
    is_whole = pair.old_side.is_whole(pair.old) and pair.new_side.is_whole(pair.new)
    for each in maintenance_changes(pair) if is_whole else ():
        reaches = pair.start if each.first is None else max(pair.start, each.first)
        yield whole(pair, kind_of(each.direction), each.field, each.old, each.new, each.position, reaches=reaches)
    yield from _exclusions(pair)
    yield from _duties(pair)
    yield from _review(pair)
    yield from _prose(pair)


def whole(
    pair: Pair,
    kind: ChangeKind,
    field: str,
    old: str | None,
    new: str | None,
    position: Position,
    *,
    is_term: bool = True,
    reaches: int | None = None,
) -> Change:
    """A change of the whole agreement."""
    agreement = pair.new.agreement
    return Change(
        kind=kind,
        field=field,
        old=old,
        new=new,
        position=position,
        title=agreement.title,
        agreement=agreement.id,
        services=tuple(each.id for each in agreement.services),
        customer=agreement.customer.id,
        is_term=is_term,
        reaches=reaches,
        terms=(pair.old, pair.new),
    )


def _parties(pair: Pair) -> Iterator[Change]:
    old, new = pair.old.agreement, pair.new.agreement
    for field in ("type", "provider", "customer"):
        before, now = str(getattr(old, field)), str(getattr(new, field))
        if before != now:
            yield whole(pair, ChangeKind.CHANGED, field, before, now, new.places.of(field))


def _dates(pair: Pair) -> Iterator[Change]:
    old, new = pair.old.agreement, pair.new.agreement
    home = zone(pair.new.zone_name)

    def moved(field: str, before: date | None, now: date | None, *, later: ChangeKind, earlier: ChangeKind) -> Change:
        first, last = before or date.max, now or date.max
        kind = later if last > first else earlier
        # An end that renews tacitly cuts no period.
        cuts_none = field == "until" and _is_tacit(old) and _is_tacit(new)
        reaches = None if cuts_none else start_of_day(min(first, last), home)
        return whole(
            pair,
            kind,
            field,
            _day(before),
            _day(now),
            new.places.of(field),
            is_term=field != "terminated",
            reaches=reaches,
        )

    longer, shorter = ChangeKind.EXTENDED, ChangeKind.SHORTENED
    if old.from_ != new.from_:
        yield moved("from", old.from_, new.from_, later=shorter, earlier=longer)
    if old.until != new.until:
        yield moved("until", old.until, new.until, later=longer, earlier=shorter)
    if old.terminated != new.terminated:
        yield moved("terminated", old.terminated, new.terminated, later=longer, earlier=shorter)
    before, now = _renewal(old.renewal), _renewal(new.renewal)
    if before != now:
        yield whole(pair, ChangeKind.CHANGED, "renewal", before, now, new.places.of("renewal"))


def _is_tacit(agreement: Agreement) -> bool:
    return agreement.renewal is not None and agreement.renewal.kind == "tacit"


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _renewal(renewal: Renewal | None) -> str | None:
    if renewal is None:
        return None
    term = f"by {renewal.term.text}" if renewal.term is not None else ""
    notice = f"notice {renewal.notice.text}" if renewal.notice is not None else ""
    return ", ".join(part for part in (renewal.kind, term, notice) if part)


def _signatures(pair: Pair) -> Iterator[Change]:
    """A signature counts once it has a date."""
    old, new = (
        {(s.party.id, s.name or s.role): s for s in each.agreement.signatures if s.date is not None}
        for each in (pair.old, pair.new)
    )
    for key, signature in new.items():
        before = old.get(key)
        if before is None:
            position = signature.places.of("date")
            yield whole(pair, ChangeKind.SIGNED, "signatures", None, signed_words(signature), position, is_term=False)
        elif before.date != signature.date:
            words, position = (signed_words(before), signed_words(signature)), signature.places.of("date")
            yield whole(pair, ChangeKind.CHANGED, "signatures", *words, position, is_term=False)
    for key, signature in old.items():
        if key not in new:
            position = pair.new.agreement.places.of("signatures")
            yield whole(pair, ChangeKind.REMOVED, "signatures", signed_words(signature), None, position, is_term=False)


def signed_words(signature: Signature) -> str:
    """A signature in a line: party, name, role and day."""
    day = _day(signature.date) or ""
    return ", ".join(part for part in (signature.party.id, signature.name, signature.role, day) if part)


def _listed(pair: Pair, field: str, old: Sequence[Reference], new: Sequence[Reference]) -> Iterator[Change]:
    for reference in new:
        if reference not in old:
            yield whole(pair, ChangeKind.ADDED, field, None, reference.id, reference.position)
    for reference in old:
        if reference not in new:
            yield whole(pair, ChangeKind.REMOVED, field, reference.id, None, pair.new.agreement.places.of(field))


def _zone(pair: Pair) -> Iterator[Change]:
    if pair.old.zone_name != pair.new.zone_name and _hours_are_known(pair):
        places = pair.new.agreement.places
        position = places.of("time_zone" if "time_zone" in places.keys else "hours")
        words = pair.old.zone_name, pair.new.zone_name
        yield whole(pair, ChangeKind.CHANGED, "time_zone", *words, position, reaches=pair.start)


def _hours_are_known(pair: Pair) -> bool:
    return pair.old_side.knows_calendar(pair.old.hours) and pair.new_side.knows_calendar(pair.new.hours)


def _hours(pair: Pair) -> Iterator[Change]:
    if not _hours_are_known(pair):
        return
    before, now = (
        Named(
            catalogue=side.catalogue,
            id=terms.hours.id if terms.hours is not None else ROUND_THE_CLOCK,
            zone_name=terms.zone_name,
        )
        for side, terms in ((pair.old_side, pair.old), (pair.new_side, pair.new))
    )
    moved = hours_change(before.calendar, now.calendar, pair.start, pair.as_of)
    if moved is not None:
        words = hours_words(before, now)
        yield whole(pair, kind_of(moved.direction), "hours", *words, pair.new.agreement.places.of("hours"))


def _exclusions(pair: Pair) -> Iterator[Change]:
    """Time that is left out relieves the provider; it reaches back by its nature, and is no amendment."""
    old, new = ({(e.start, e.end): e for e in each.agreement.exclusions} for each in (pair.old, pair.new))
    zone_name = pair.new.zone_name
    for key, exclusion in new.items():
        if key not in old:
            words, position = excluded_words(exclusion, zone_name), exclusion.places.position
            yield whole(pair, ChangeKind.LOOSENED, "exclusions", None, words, position, is_term=False)
    for key, exclusion in old.items():
        if key not in new:
            words, position = excluded_words(exclusion, zone_name), pair.new.agreement.places.of("exclusions")
            yield whole(pair, ChangeKind.TIGHTENED, "exclusions", words, None, position, is_term=False)


def excluded_words(exclusion: Exclusion, zone_name: str) -> str:
    """An exclusion in a line: from when to when, and why."""
    start, end = (local(instant, zone(zone_name)) for instant in (exclusion.start, exclusion.end))
    until = f"{end:%H:%M}" if start.date() == end.date() else f"{end:%Y-%m-%d %H:%M}"
    return f"{start:%Y-%m-%d %H:%M} to {until}: {exclusion.reason}"


def _duties(pair: Pair) -> Iterator[Change]:
    """More duties of the provider are stricter; those of the customer are neither."""
    old, new = pair.old.agreement, pair.new.agreement
    sides = (
        ("provider", old.provider_responsibilities, new.provider_responsibilities, 1),
        ("customer", old.customer_responsibilities, new.customer_responsibilities, 0),
    )
    for party, before, now, weight in sides:
        gone = [text for text in before if text not in now]
        come = [text for text in now if text not in before]
        if gone or come:
            direction = weight * (int(bool(come)) - int(bool(gone)))
            words = "; ".join(gone) or None, "; ".join(come) or None
            position = new.places.of("responsibilities")
            yield whole(pair, kind_of(direction), f"responsibilities.{party}", *words, position)


def _review(pair: Pair) -> Iterator[Change]:
    old, new = pair.old.agreement.review, pair.new.agreement.review
    before, now = (None if each is None else (each.every.months, each.every.days) for each in (old, new))
    if before != now:
        position = pair.new.agreement.places.of("review") if new is None else new.places.of("every")
        was, becomes = (None if each is None else f"every {each.every.text}" for each in (old, new))
        yield whole(pair, ChangeKind.CHANGED, "review", was, becomes, position)


def _prose(pair: Pair) -> Iterator[Change]:
    words = prose_words(pair.old.agreement.body, pair.new.agreement.body)
    if words is not None:
        position = pair.new.agreement.body_position or pair.new.agreement.places.position
        yield whole(pair, ChangeKind.CHANGED, "prose", *words, position, is_term=False)


def whole_agreement(pair: Pair, kind: ChangeKind) -> Change:
    """An agreement that came or went."""
    terms = pair.new if kind is ChangeKind.ADDED else pair.old
    agreement = terms.agreement
    words = f"{agreement.title}, {agreement.type} between {agreement.provider} and {agreement.customer}"
    is_added = kind is ChangeKind.ADDED
    return whole(
        pair,
        kind,
        "agreement",
        None if is_added else words,
        words if is_added else None,
        agreement.places.position,
        reaches=None if is_added else span_of(terms)[0],
    )
