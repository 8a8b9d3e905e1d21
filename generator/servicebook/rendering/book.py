"""What the pages look things up in: one walk over the results and terms, then everything by its id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from servicebook.compliance.terms import Entry, Terms
from servicebook.insight.breaches import Breach, breaches
from servicebook.insight.documents import entry_of
from servicebook.insight.due import due_items
from servicebook.insight.lifecycle import State, Status
from servicebook.insight.needs import answers
from servicebook.model.agreement import Agreement, AgreementType, Basis
from servicebook.model.party import PartyType
from servicebook.model.result import Result, Verdict
from servicebook.model.service import Service
from servicebook.rendering import links
from servicebook.rendering.prose import Place, Prose, render_prose
from servicebook.rendering.site import Site
from servicebook.source import Problem
from servicebook.timeline.zone import zone

WORST_FINISHED = (Verdict.BREACHED, Verdict.NO_DATA, Verdict.INDETERMINATE, Verdict.NOTHING_TO_JUDGE, Verdict.MET)
WORST_PRESENT = (
    Verdict.BREACHED,
    Verdict.AT_RISK,
    Verdict.ON_TRACK,
    Verdict.NO_DATA,
    Verdict.INDETERMINATE,
    Verdict.NOTHING_TO_JUDGE,
)
SHOWN_PERIODS = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The results of one target, in the order of time."""

    target: str
    entries: tuple[Entry, ...]
    results: tuple[Result, ...]

    @property
    def entry(self) -> Entry:
        """The terms of the newest result's period, else the last ones."""
        return self.entry_of(self.results[-1]) if self.results else self.entries[-1]

    def entry_of(self, result: Result) -> Entry:
        """The terms that a result was judged by."""
        return entry_of(self.entries, result)

    @property
    def newest_finished(self) -> Result | None:
        """The newest result of a period that is over."""
        return next((result for result in reversed(self.results) if result.finished), None)

    @property
    def present(self) -> Result | None:
        """The result of the period that is going on."""
        return self.results[-1] if self.results and not self.results[-1].finished else None

    @property
    def newest(self) -> Result | None:
        """The newest finished result, else the present one."""
        return self.newest_finished or self.present

    @property
    def shown(self) -> tuple[Result, ...]:
        """The newest thirteen periods."""
        return self.results[-SHOWN_PERIODS:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an agreement, or a service under its agreements, stands."""

    worst: Verdict | None
    """Of the newest finished period of each target, worst first; None where nothing is finished."""
    present: Verdict | None
    """Of the periods going on."""
    counts: tuple[tuple[Verdict, int], ...]
    """How many newest finished results have which verdict, worst first."""

    @property
    def said(self) -> Verdict | None:
        """The one word for it: a danger at present comes before what was kept, and a breach before all."""
        if self.worst is Verdict.BREACHED or self.present is None:
            return self.worst
        if self.worst is None or self.present in (Verdict.BREACHED, Verdict.AT_RISK):
            return self.present
        return self.worst


class Book:
    """The site's content by id."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.catalogue = site.catalogue
        self.utc = zone("UTC")
        self.histories = _histories(site)
        self.agreements_of = _agreements_of_services(site)
        self.users_of = _dependants(site.catalogue.services.values())
        self.underpins = _underpinned(site.catalogue.agreements.values())
        self.everybody = {a.customer.id for a in site.catalogue.agreements.values() if a.basis is Basis.CORPORATE}
        """Customers that stand for the whole organisation: those with a corporate agreement."""
        self.customers = {id_ for id_, party in site.catalogue.parties.items() if party.type is PartyType.CUSTOMER}
        self.breaches = breaches(site.catalogue, site.results)
        """Newest first."""
        self.breach_pages = _breach_pages(self.breaches)
        """The address of each breach, by agreement, target and period."""
        self.pages = _addresses(site) | _of_accounts(site, self.breaches, self.breach_pages)
        self.problems_in = _by_path(site.problems)
        self.needs = answers(site.catalogue, site.terms, site.statuses, site.results, site.as_of)
        """Every need with its answer."""
        self.due = due_items(site.catalogue, site.terms, site.statuses, site.planned, site.as_of)
        """Everything with a day, done or not."""

    def status(self, agreement_id: str) -> Status:
        """State and dates of an agreement."""
        return self.site.statuses[agreement_id]

    def terms(self, agreement_id: str) -> Terms:
        """Its terms, inherited ones included."""
        return self.site.terms[agreement_id]

    def zone_of(self, agreement_id: str) -> ZoneInfo:
        """The zone of its dates."""
        return zone(self.terms(agreement_id).zone_name)

    def is_binding(self, agreement_id: str) -> bool:
        """Whether it binds somebody now."""
        return self.status(agreement_id).is_commitment

    def binding(self) -> Iterator[tuple[str, History]]:
        """The targets that bind somebody now, each with its agreement's id."""
        return ((id_, h) for id_, listed in self.histories.items() if self.is_binding(id_) for h in listed.values())

    def is_over(self, agreement_id: str) -> bool:
        """Whether it has ended."""
        return self.status(agreement_id).state in (State.EXPIRED, State.TERMINATED)

    def standing(self, agreement_id: str) -> Standing:
        """How an agreement stands: its worst target."""
        return standing_of(self.histories[agreement_id].values())

    def service_histories(self, service_id: str) -> list[tuple[Agreement, History]]:
        """The promises that speak of a service and bind now: those made to customers, else those between others."""
        bound = [a for a in self.agreements_of.get(service_id, ()) if self.is_binding(a.id)]
        chosen = [a for a in bound if a.type is AgreementType.SLA] or bound
        return [(a, h) for a in chosen for h in self.histories[a.id].values() if speaks_of(h.entry, service_id)]

    def title(self, kind: str, id_: str) -> str:
        """What a thing is called; its id where the catalogue doesn't describe it."""
        known = getattr(self.catalogue, kind).get(id_)
        return known.title if known is not None else id_

    def prose(self, text: str, path: str, here: str, *, top: int = 3) -> Prose:
        """An author's prose as it is shown on the page at `here`."""
        file = path.removeprefix(f"{self.site.docs_dir}/")
        return render_prose(text, Place(here=here, file=file, pages=self.pages, hidden=self.site.hidden), top=top)


def speaks_of(entry: Entry, service_id: str) -> bool:
    """Whether a target promises something of a service: its own list, else all of its agreement's."""
    own = entry.target.services
    return not own or any(reference.id == service_id for reference in own)


def standing_of(histories: Iterable[History]) -> Standing:
    """The worst of the newest finished periods, the worst of the present ones, and the counts of the former."""
    listed = list(histories)
    finished = [r.verdict for h in listed if (r := h.newest_finished) is not None]
    present = [r.verdict for h in listed if (r := h.present) is not None]
    return Standing(
        worst=worst(finished, WORST_FINISHED),
        present=worst(present, WORST_PRESENT),
        counts=tuple((verdict, finished.count(verdict)) for verdict in WORST_FINISHED if verdict in finished),
    )


def worst(verdicts: Sequence[Verdict], order: Sequence[Verdict]) -> Verdict | None:
    """The first of an order that occurs."""
    return next((verdict for verdict in order if verdict in verdicts), None)


def _histories(site: Site) -> dict[str, dict[str, History]]:
    results: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for result in site.results:
        results[result.agreement, result.target].append(result)
    return {
        agreement_id: {
            target_id: History(
                target=target_id, entries=entries, results=tuple(results.get((agreement_id, target_id), ()))
            )
            for target_id, entries in sorted(terms.targets.items(), key=lambda item: _as_written(terms, item[1]))
        }
        for agreement_id, terms in site.terms.items()
    }


def _as_written(terms: Terms, entries: Sequence[Entry]) -> tuple[bool, str, int]:
    """Targets stand in their author's order, the agreement's own before those that it takes over."""
    place = entries[0].target.places.position
    return (entries[0].owner != terms.agreement.id, place.path, place.line)


def _agreements_of_services(site: Site) -> dict[str, list[Agreement]]:
    found: dict[str, list[Agreement]] = defaultdict(list)
    for agreement in site.catalogue.agreements.values():
        for reference in agreement.services:
            found[reference.id].append(agreement)
    return found


def _dependants(services: Iterable[Service]) -> dict[str, list[Service]]:
    found: dict[str, list[Service]] = defaultdict(list)
    for service in services:
        for reference in dict.fromkeys(r.id for dependency in service.depends_on for r in dependency.alternatives):
            found[reference].append(service)
    return found


def _underpinned(agreements: Iterable[Agreement]) -> dict[str, list[Agreement]]:
    found: dict[str, list[Agreement]] = defaultdict(list)
    for agreement in agreements:
        for reference in agreement.underpinned_by:
            found[reference.id].append(agreement)
    return found


def _by_path(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        found[problem.position.path].append(problem)
    return found


def _breach_pages(listed: Sequence[Breach]) -> dict[tuple[str, str, str], str]:
    """An address for each; of two that would be the same (`a-b` with `c`, `a` with `b-c`) the later one gets a number."""
    taken: dict[str, tuple[str, str, str]] = {}
    for key in sorted(breach.result.key for breach in listed):
        address, number = links.breach(*key), 1
        while address in taken:
            number += 1
            address = f"{links.breach(*key).rstrip('/')}-{number}/"
        taken[address] = key
    return {key: address for address, key in taken.items()}


def _of_accounts(site: Site, listed: Sequence[Breach], pages: Mapping[tuple[str, str, str], str]) -> dict[str, str]:
    """Where the file of a breach is shown: on the page of the oldest one that it names; in vain ones on the index."""
    found = {account.path: links.BREACHES for account in site.catalogue.breaches.values()}
    for breach in listed:
        found |= {account.path: pages[breach.result.key] for account in breach.accounts}
    return {path.removeprefix(f"{site.docs_dir}/"): address for path, address in found.items() if path}


def _addresses(site: Site) -> dict[str, str]:
    """The page of each author's file, by its path in the folder of documents."""
    catalogue = site.catalogue
    known = [
        *((s.path, links.service(s.id)) for s in catalogue.services.values()),
        *((a.path, links.agreement(a.id)) for a in catalogue.agreements.values()),
        *((p.path, links.party(p.id)) for p in catalogue.parties.values()),
        *((n.path, links.need(n.id)) for n in catalogue.needs.values()),
        *((i.path, links.improvement(i.id)) for i in catalogue.improvements.values()),
    ]
    return {path.removeprefix(f"{site.docs_dir}/"): address for path, address in known if path}
