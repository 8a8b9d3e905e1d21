"""Every id that a file names leads to something of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from servicebook.checks.finding import Context, finding, quoted, with_article
from servicebook.compliance.terms import ancestry
from servicebook.model.agreement import Agreement
from servicebook.model.catalogue import ROUND_THE_CLOCK, Catalogue
from servicebook.model.common import Contact, Places, Reference
from servicebook.model.service import Service
from servicebook.source import Position, Problem, Rule, did_you_mean

UNKNOWN = {
    kind: Rule(
        id=f"reference/unknown-{kind}",
        meaning=f"A file names {with_article(kind)} that the catalogue doesn't have.",
        remedy=f"Correct the id, or write the {kind}'s file: {place}.",
    )
    for kind, place in (
        ("service", "content/services/<id>.md"),
        ("agreement", "content/agreements/<id>.md"),
        ("party", "content/parties/<id>.md"),
        ("calendar", "content/calendars/<id>.yml"),
        ("source", "data/metrics/<id>.yml"),
        ("improvement", "content/improvements/<id>.md"),
    )
}
UNKNOWN_TARGET = Rule(
    id="reference/unknown-target",
    meaning="An improvement, a breach or an example names a target that the agreement doesn't have, nor takes over by `extends`.",
    remedy="Correct the target's id.",
)
UNKNOWN_SITE = Rule(
    id="reference/unknown-site",
    meaning="An agreement names a site that isn't listed in its customer's file.",
    remedy="Correct the site's id, or add it to `sites` of the customer.",
)
NOT_AGREED = Rule(
    id="reference/service-not-agreed",
    meaning="A target speaks of a service that isn't among those of its agreement.",
    remedy="Correct the id, or add it to the agreement's `services`.",
)
TAKEN_ALIAS = Rule(
    id="reference/alias-taken",
    meaning="An old id in `aliases` is the id of a thing that exists, or is claimed twice: its address could lead to one place only.",
    remedy="Take the alias out of one of the files.",
)
RULES = (*UNKNOWN.values(), UNKNOWN_TARGET, UNKNOWN_SITE, NOT_AGREED, TAKEN_ALIAS)

_AUDIENCES = ("customers", "internal")
Named = tuple[str, Reference]
"""A kind and an id of it, where it is written."""


class _HasPage(Protocol):
    """What every kind of the catalogue that can be named has."""

    @property
    def id(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def places(self) -> Places: ...


class _HasAliases(_HasPage, Protocol):
    @property
    def aliases(self) -> tuple[str, ...]: ...


def everything_named_exists(context: Context) -> Iterator[Problem]:
    """Services, agreements, parties, calendars and sources that are named anywhere are in the catalogue."""
    known = {kind: _known(context.catalogue, kind) for kind in UNKNOWN}
    hints: dict[tuple[str, str], tuple[str, tuple[Position, ...]]] = {}
    for kind, reference in _named(context.catalogue):
        key = (kind, reference.id)
        if reference.id in known[kind] or key in context.broken or key == ("calendar", ROUND_THE_CLOCK):
            continue
        if key not in hints:
            hints[key] = _hint(kind, reference.id, known, context.broken)
        hint, related = hints[key]
        yield finding(
            UNKNOWN[kind], reference.position, f"no {kind} {quoted(reference.id)}", hint=hint, related=related
        )


def _known(catalogue: Catalogue, kind: str) -> Mapping[str, _HasPage]:
    match kind:
        case "service":
            return catalogue.services
        case "agreement":
            return catalogue.agreements
        case "party":
            return catalogue.parties
        case "calendar":
            return catalogue.calendars
        case "improvement":
            return catalogue.improvements
        case _:
            return catalogue.sources


def _hint(
    kind: str, name: str, known: Mapping[str, Mapping[str, _HasPage]], broken: Iterable[tuple[str, str]]
) -> tuple[str, tuple[Position, ...]]:
    """What may have been meant, and where that is: a thing that was renamed, one of a similar name, one of another kind."""
    renamed = next((thing for thing in known[kind].values() if name in getattr(thing, "aliases", ())), None)
    if renamed is not None:
        return f"it is called '{renamed.id}' now", (Position(renamed.path),)
    built_in = {ROUND_THE_CLOCK} if kind == "calendar" else set()
    candidates = {*known[kind], *built_in, *(other for of, other in broken if of == kind)}
    if hint := did_you_mean(name[:100], candidates):
        near = [thing for key, thing in known[kind].items() if f"'{key}'" in hint]
        return hint, tuple(Position(thing.path) for thing in near)
    for other, things in known.items():
        if name in things:
            return f"'{name}' is {with_article(other)}, no {kind}", (Position(things[name].path),)
    few = sorted(candidates)[:6]
    return ("known: " + ", ".join(few) + (", …" if len(candidates) > len(few) else "") if few else ""), ()


def _named(catalogue: Catalogue) -> Iterator[Named]:
    """Everything that the catalogue's files name."""
    for service in catalogue.services.values():
        yield from _of_service(service)
        yield from _audience(service.audience, service.places)
    for agreement in catalogue.agreements.values():
        yield from _of_agreement(agreement)
        yield from _audience(agreement.audience, agreement.places)
    for party in catalogue.parties.values():
        yield from _each("party", party.relationship_manager)
        yield from _contacts(party.contacts)
        yield from _audience(party.audience, party.places)
    for need in catalogue.needs.values():
        yield from _each("party", need.customer)
        yield from _each("service", *need.served_by)
        yield from _audience(need.audience, need.places)
    for improvement in catalogue.improvements.values():
        yield from _each("party", improvement.owner)
        yield from _each("agreement", *(meant.agreement for meant in improvement.targets))
        yield from _audience(improvement.audience, improvement.places)
    for account in catalogue.breaches.values():
        yield from _each("party", account.owner)
        yield from _each("agreement", *(each.agreement for each in account.breaches))
        yield from _each("improvement", *account.improvements)
        yield from _audience(account.audience, account.places)


def _of_service(service: Service) -> Iterator[Named]:
    yield from _each("party", service.owner, *service.users)
    yield from _each("calendar", service.hours)
    yield from _each("service", *(each for dependency in service.depends_on for each in dependency.alternatives))
    metered = (service.capacity, service.cost, service.satisfaction)
    yield from _each("source", *(each.source for each in metered if each is not None))
    yield from _contacts(service.contacts)


def _of_agreement(agreement: Agreement) -> Iterator[Named]:
    yield from _each("party", agreement.provider, agreement.customer)
    yield from _each("party", *(signature.party for signature in agreement.signatures))
    yield from _each("party", *(exclusion.approved_by for exclusion in agreement.exclusions))
    yield from _each("agreement", agreement.extends, *agreement.underpinned_by)
    yield from _each("service", *agreement.services)
    yield from _each("calendar", agreement.hours)
    if (maintenance := agreement.maintenance) is not None:
        yield from _each("calendar", maintenance.windows)
        yield from _each("source", maintenance.announcements.source if maintenance.announcements is not None else None)
    for target in agreement.targets:
        yield from _each("source", target.source)
        yield from _each("calendar", target.hours)
        yield from _each("service", *target.services)


def _each(kind: str, *references: Reference | None) -> Iterator[Named]:
    return ((kind, reference) for reference in references if reference is not None)


def _contacts(contacts: Iterable[Contact]) -> Iterator[Named]:
    return _each("calendar", *(contact.hours for contact in contacts))


def _audience(audience: Iterable[str], places: Places) -> Iterator[Named]:
    """Parties among those who may read a page: a misspelt one would shut somebody out, or be thought to let somebody in."""
    return _each("party", *(Reference(name, places.of("audience")) for name in audience if name not in _AUDIENCES))


def targets_named_exist(context: Context) -> Iterator[Problem]:
    """Improvements, breaches and examples name targets of the agreement that they speak of."""
    for account in context.catalogue.breaches.values():
        for each in account.breaches:
            yield from _target(context, each.agreement.id, each.target.id, each.target.position)
    for improvement in context.catalogue.improvements.values():
        for meant in improvement.targets:
            if meant.target is not None:
                yield from _target(context, meant.agreement.id, meant.target.id, meant.target.position)
    for agreement in context.catalogue.agreements.values():
        for example in agreement.examples:
            yield from _target(context, agreement.id, example.target, example.places.of("expect"))
        for target in agreement.targets:
            for example in target.examples:
                yield from _target(context, agreement.id, example.target, example.places.of("expect"))


def _target(context: Context, agreement_id: str, target_id: str, position: Position) -> Iterator[Problem]:
    terms = context.terms.get(agreement_id)
    if terms is None or target_id in terms.targets or not context.is_whole(terms.agreement):
        return
    if any(
        ("target", f"{each.id}/{target_id}") in context.broken for each in ancestry(context.catalogue, terms.agreement)
    ):
        return
    hint = did_you_mean(target_id[:100], terms.targets)
    near = [entries[0].target for key, entries in terms.targets.items() if f"'{key}'" in hint]
    related = tuple(target.places.of("id") for target in near) or (Position(terms.agreement.path),)
    yield finding(
        UNKNOWN_TARGET,
        position,
        f"the agreement '{agreement_id}' has no target {quoted(target_id)}",
        hint=hint,
        related=related,
    )


def sites_are_the_customers(context: Context) -> Iterator[Problem]:
    """The sites of an agreement are listed in its customer's file."""
    for agreement in context.catalogue.agreements.values():
        customer = context.catalogue.parties.get(agreement.customer.id)
        if customer is None:
            continue
        known = [site.id for site in customer.sites]
        for reference in agreement.sites:
            if reference.id not in known:
                hint = did_you_mean(reference.id[:100], known) or (
                    f"it has {', '.join(known)}" if known else "its file lists no sites"
                )
                message = f"the customer '{customer.id}' has no site {quoted(reference.id)}"
                yield finding(
                    UNKNOWN_SITE, reference.position, message, hint=hint, related=(customer.places.of("sites"),)
                )


def services_of_targets_are_agreed(context: Context) -> Iterator[Problem]:
    """A target speaks of services of its agreement. One without services is a frame that others extend: there, anything goes."""
    for agreement, target in context.own_targets:
        agreed = [reference.id for reference in agreement.services]
        for reference in target.services if agreed else ():
            if reference.id not in agreed and reference.id in context.catalogue.services:
                hint = did_you_mean(reference.id, agreed) or f"it has {', '.join(agreed)}"
                message = f"the service '{reference.id}' isn't one of the agreement's"
                yield finding(
                    NOT_AGREED, reference.position, message, hint=hint, related=(agreement.places.of("services"),)
                )


def aliases_are_free(context: Context) -> Iterator[Problem]:
    """An old id leads to one thing of its kind, and isn't the id of another."""
    book = context.catalogue
    kinds: tuple[tuple[str, Mapping[str, _HasAliases]], ...] = (
        ("service", book.services),
        ("agreement", book.agreements),
        ("party", book.parties),
        ("calendar", book.calendars),
        ("need", book.needs),
        ("improvement", book.improvements),
    )
    for kind, things in kinds:
        claimed: dict[str, Position] = {}
        for thing in things.values():
            place = thing.places.of("aliases")
            for alias in thing.aliases:
                if alias in things:
                    message = f"the alias '{alias}' is the id of {with_article(kind)} that exists"
                    yield finding(TAKEN_ALIAS, place, message, related=(Position(things[alias].path),))
                elif alias in claimed:
                    yield finding(
                        TAKEN_ALIAS, place, f"the alias '{alias}' is claimed twice", related=(claimed[alias],)
                    )
                else:
                    claimed[alias] = place
