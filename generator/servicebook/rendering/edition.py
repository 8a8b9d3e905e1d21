"""Editions: what readers of a site may see. Everything else is taken out of the site in this one place, before
anything is rendered, indexed or exported.

- The *internal* edition holds everything.
- The *customer* edition holds services and agreements for customers: no operational level agreements, no supplier
  contracts, nothing that says `audience: internal` or names single parties, no cost, no findings of the check.
- The edition *for a party* holds what it may see of the services, the agreements that it is a side of, and those for
  everybody; what names it in its `audience` too.

What stays names nothing that went: references to it are taken out, terms that were taken over stand as the agreement's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol, TypeVar

from servicebook.compliance.terms import Entry, Terms
from servicebook.insight.metering import Metered
from servicebook.model.agreement import Agreement, AgreementType, Basis
from servicebook.model.catalogue import Catalogue
from servicebook.model.common import Reference
from servicebook.model.party import Party, PartyType
from servicebook.model.published import PublishedPeriod
from servicebook.model.service import Dependency, Service
from servicebook.rendering.site import Site

T = TypeVar("T")
CUSTOMERS, INTERNAL = "customers", "internal"


class Kind(StrEnum):
    """Whom an edition is for."""

    INTERNAL = "internal"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Which part of a catalogue a site shows."""

    kind: Kind = Kind.INTERNAL
    party: str | None = None
    """Id of the party that it is for; it then is a customer edition."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is taken out."""
        return self.kind is Kind.INTERNAL and self.party is None

    def may_read(self, audience: tuple[str, ...]) -> bool:
        """Whether an audience includes the readers of this edition; without one it is for customers."""
        named = audience or (CUSTOMERS,)
        return self.is_whole or CUSTOMERS in named or (self.party is not None and self.party in named)


class _Aimed(Protocol):
    @property
    def audience(self) -> tuple[str, ...]: ...


def cut(site: Site, edition: Edition) -> Site:
    """The site as its readers may see it."""
    if edition.is_whole:
        return site
    catalogue = _catalogue(site, edition)
    agreements = catalogue.agreements
    results = tuple(
        replace(result, services=tuple(name for name in result.services if name in catalogue.services))
        for result in site.results
        if result.agreement in agreements
    )
    return replace(
        site,
        catalogue=catalogue,
        hidden=site.hidden | _files_gone(site, catalogue),
        terms={name: _terms(terms, catalogue) for name, terms in site.terms.items() if name in agreements},
        statuses=_of(site.statuses, agreements),
        results=results,
        reports=_of(site.reports, catalogue.sources),
        problems=(),
        backtests=_of(site.backtests, agreements),
        planned=_of(site.planned, agreements),
        announced=_of(site.announced, agreements),
        chains={},
        # Older terms may name what the edition lacks.
        versions={},
        metered=Metered(
            uses=_of(site.metered.uses, catalogue.services),
            satisfactions=_of(site.metered.satisfactions, catalogue.services),
        ),
        published={name: _published(period, agreements) for name, period in site.published.items()},
    )


def _files_gone(site: Site, catalogue: Catalogue) -> frozenset[str]:
    """The files of what was taken out."""
    gone: set[str] = set()
    for kind in ("services", "agreements", "parties", "calendars", "needs", "improvements", "breaches"):
        kept = getattr(catalogue, kind)
        gone |= {thing.path for id_, thing in getattr(site.catalogue, kind).items() if id_ not in kept}
    return frozenset(path.removeprefix(f"{site.docs_dir}/") for path in gone)


def _catalogue(site: Site, edition: Edition) -> Catalogue:
    whole = site.catalogue
    services = {id_: each for id_, each in whole.services.items() if _may_see(each, edition)}
    agreements = {id_: each for id_, each in whole.agreements.items() if _is_theirs(each, edition)}
    terms = [site.terms[id_] for id_ in agreements]
    parties = _parties(whole, edition, services.values(), agreements.values())
    kept_services = {id_: _service(each, services, parties) for id_, each in services.items()}
    kept_agreements = {id_: _agreement(each, services, agreements) for id_, each in agreements.items()}
    sources = _named_sources(terms, kept_services.values())
    kept = replace(
        whole,
        services=_frozen(kept_services),
        agreements=_frozen(kept_agreements),
        parties=_frozen({id_: _party(each, parties) for id_, each in parties.items()}),
        needs=_frozen(
            {
                id_: replace(need, served_by=_among(need.served_by, services))
                for id_, need in whole.needs.items()
                if need.customer.id in parties and _may_see(need, edition) and _is_for(need.customer.id, edition)
            }
        ),
        improvements=_frozen(
            {
                id_: replace(plan, targets=tuple(aim for aim in plan.targets if aim.agreement.id in agreements))
                for id_, plan in whole.improvements.items()
                if _may_see(plan, edition) and any(aim.agreement.id in agreements for aim in plan.targets)
            }
        ),
        sources=_frozen(_of(whole.sources, sources)),
        breaches=_frozen(
            {
                id_: replace(each, breaches=tuple(b for b in each.breaches if b.agreement.id in agreements))
                for id_, each in whole.breaches.items()
                if _may_see(each, edition) and any(b.agreement.id in agreements for b in each.breaches)
            }
        ),
        wording=MappingProxyType({}),
    )
    return replace(
        kept,
        improvements=_frozen(
            {
                id_: plan if plan.owner is None or plan.owner.id in parties else replace(plan, owner=None)
                for id_, plan in kept.improvements.items()
            }
        ),
        breaches=_frozen(
            {
                id_: replace(
                    each,
                    owner=each.owner if each.owner is not None and each.owner.id in parties else None,
                    improvements=_among(each.improvements, kept.improvements),
                )
                for id_, each in kept.breaches.items()
            }
        ),
        calendars=_frozen(_of(whole.calendars, _named_calendars(terms, kept))),
    )


def _may_see(thing: _Aimed, edition: Edition) -> bool:
    """Whether a thing's audience includes the readers of an edition."""
    return edition.may_read(thing.audience)


def _is_theirs(agreement: Agreement, edition: Edition) -> bool:
    """Whether an agreement is for the readers of an edition."""
    if edition.party is not None and edition.party in (agreement.provider.id, agreement.customer.id):
        return INTERNAL not in agreement.audience
    if agreement.type is not AgreementType.SLA or not _may_see(agreement, edition):
        return False
    if edition.party is None:
        return True
    return agreement.basis is Basis.CORPORATE or edition.party in agreement.audience


def _is_for(customer: str, edition: Edition) -> bool:
    return edition.party in (None, customer)


def _parties(
    whole: Catalogue, edition: Edition, services: Iterable[Service], agreements: Iterable[Agreement]
) -> dict[str, Party]:
    """The parties that what is kept speaks of; in the edition for all customers every customer too."""
    named = {party.id for each in agreements for party in (each.provider, each.customer)}
    named |= {each.owner.id for each in services if each.owner is not None}
    if edition.party is not None:
        named.add(edition.party)
    else:
        named |= {id_ for id_, party in whole.parties.items() if party.type is PartyType.CUSTOMER}
    for id_ in tuple(named):
        party = whole.parties.get(id_)
        if party is not None and party.relationship_manager is not None:
            named.add(party.relationship_manager.id)
    return {
        id_: party
        for id_, party in whole.parties.items()
        if id_ in named and (id_ == edition.party or _may_see(party, edition))
    }


def _service(service: Service, services: Mapping[str, Service], parties: Mapping[str, Party]) -> Service:
    needed = (_among(each.alternatives, services) for each in service.depends_on)
    return replace(
        service,
        owner=service.owner if service.owner is not None and service.owner.id in parties else None,
        users=_among(service.users, parties),
        depends_on=tuple(Dependency(alternatives) for alternatives in needed if alternatives),
        cost=None,
    )


def _agreement(agreement: Agreement, services: Mapping[str, Service], agreements: Mapping[str, Agreement]) -> Agreement:
    base = agreement.extends
    return replace(
        agreement,
        services=_among(agreement.services, services),
        extends=base if base is not None and base.id in agreements else None,
        underpinned_by=_among(agreement.underpinned_by, agreements),
    )


def _party(party: Party, parties: Mapping[str, Party]) -> Party:
    manager = party.relationship_manager
    return party if manager is None or manager.id in parties else replace(party, relationship_manager=None)


def _terms(terms: Terms, catalogue: Catalogue) -> Terms:
    """Terms that name no agreement and no service that went."""
    agreement = catalogue.agreements[terms.agreement.id]
    return replace(
        terms,
        agreement=agreement,
        targets={
            name: tuple(_entry(entry, agreement.id, catalogue) for entry in entries)
            for name, entries in terms.targets.items()
        },
        inherited={key: owner for key, owner in terms.inherited.items() if owner in catalogue.agreements},
    )


def _entry(entry: Entry, agreement: str, catalogue: Catalogue) -> Entry:
    target = entry.target
    services = _among(target.services, catalogue.services)
    owner = entry.owner if entry.owner in catalogue.agreements else agreement
    return replace(entry, owner=owner, target=replace(target, services=services))


def _published(period: PublishedPeriod, agreements: Mapping[str, Agreement]) -> PublishedPeriod:
    return replace(
        period,
        results={key: each for key, each in period.results.items() if key[0] in agreements},
        restatements=tuple(each for each in period.restatements if each.agreement in agreements),
    )


def _named_sources(terms: Iterable[Terms], services: Iterable[Service]) -> set[str]:
    """The sources behind figures that are kept."""
    named = {e.target.source.id for each in terms for e in each.entries if e.target.source is not None}
    for service in services:
        named |= {m.source.id for m in (service.capacity, service.satisfaction) if m is not None}
    return named


def _named_calendars(terms: Iterable[Terms], catalogue: Catalogue) -> set[str]:
    named: set[str] = set()
    for each in terms:
        named |= {entry.calendar_id for entry in each.entries}
        windows = each.maintenance.windows if each.maintenance is not None else None
        named |= {reference.id for reference in (each.hours, windows) if reference is not None}
    contacts = [contact for service in catalogue.services.values() for contact in service.contacts]
    contacts += [contact for party in catalogue.parties.values() for contact in party.contacts]
    named |= {contact.hours.id for contact in contacts if contact.hours is not None}
    return named | {service.hours.id for service in catalogue.services.values() if service.hours is not None}


def _among(references: Iterable[Reference], kept: Iterable[str]) -> tuple[Reference, ...]:
    names = set(kept)
    return tuple(reference for reference in references if reference.id in names)


def _of(things: Mapping[str, T], kept: Iterable[str]) -> dict[str, T]:
    names = set(kept)
    return {id_: each for id_, each in things.items() if id_ in names}


def _frozen(things: Mapping[str, T]) -> Mapping[str, T]:
    return MappingProxyType(dict(things))
