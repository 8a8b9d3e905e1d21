"""Needs against promises: which are met, promised, planned, open or declined, and by which agreement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from servicebook.compliance.terms import Entry, Terms, span_of
from servicebook.insight.lifecycle import State, Status
from servicebook.insight.strictness import suffices
from servicebook.model.agreement import Basis
from servicebook.model.catalogue import Catalogue
from servicebook.model.planning import Need, Requirement
from servicebook.model.result import Result, Verdict
from servicebook.model.service import Stage


class Answer(StrEnum):
    """How a need is answered, the weakest first; `declined` is an answer of its own."""

    DECLINED = "declined"
    OPEN = "open"
    PLANNED = "planned"
    PROMISED = "promised"
    MET = "met"


_ORDER = (Answer.OPEN, Answer.PLANNED, Answer.PROMISED, Answer.MET)
_COMING = (State.DRAFT, State.IN_NEGOTIATION, State.AGREED)
_PLANNED = (Stage.PLANNED, Stage.PILOT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A target that answers a requirement."""

    agreement: str
    target: str
    answer: Answer
    """`met`, `promised` or `planned`."""
    newest: Result | None
    """Its newest finished result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A requirement, or a need that names none, for one of the services that serve the need."""

    requirement: Requirement | None
    service: str | None
    """None where the need names no service."""
    answer: Answer
    promises: tuple[Promise, ...]
    """Those that answer it best, by agreement and target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A need with its answer: that of its weakest line."""

    need: Need
    answer: Answer
    lines: tuple[Line, ...]


def answers(
    catalogue: Catalogue,
    terms: Mapping[str, Terms],
    statuses: Mapping[str, Status],
    results: Iterable[Result],
    as_of: int,
) -> tuple[Answered, ...]:
    """Every need with its answer.

    A requirement is answered by a target of an agreement with the need's customer (or a corporate one), of the same measure (percentile, `of`,
    statistic) and at least as strict. It is *met* if the agreement and the target are in force and the newest finished
    verdict is met, *promised* if they are in force, *planned* if they are still to come, or if the service is planned or
    a pilot; else *open*. Each service that serves the need has to answer each requirement, for a chain holds as its weakest link does.
    """
    newest = {(r.agreement, r.target): r for r in sorted(results, key=lambda r: r.start) if r.finished}
    book = _Book(catalogue, terms, statuses, newest, as_of)
    return tuple(_answered(book, need) for need in catalogue.needs.values())


@dataclass(frozen=True, slots=True)
class _Book:
    catalogue: Catalogue
    terms: Mapping[str, Terms]
    statuses: Mapping[str, Status]
    newest: Mapping[tuple[str, str], Result]
    as_of: int


def _answered(book: _Book, need: Need) -> Answered:
    services: tuple[str | None, ...] = tuple(reference.id for reference in need.served_by) or (None,)
    lines = tuple(
        _line(book, need, requirement, service) for requirement in need.requires or (None,) for service in services
    )
    weakest = min((line.answer for line in lines), key=_ORDER.index)
    return Answered(need=need, answer=Answer.DECLINED if need.status == "declined" else weakest, lines=lines)


def _line(book: _Book, need: Need, requirement: Requirement | None, service: str | None) -> Line:
    found = list(_promises(book, need, requirement, service))
    described = book.catalogue.services.get(service) if service is not None else None
    answer = Answer.PLANNED if described is not None and described.stage in _PLANNED else Answer.OPEN
    for promise in found:
        answer = max(answer, promise.answer, key=_ORDER.index)
    best = tuple(promise for promise in found if promise.answer is answer)
    return Line(requirement=requirement, service=service, answer=answer, promises=best)


def _promises(book: _Book, need: Need, requirement: Requirement | None, service: str | None) -> Iterator[Promise]:
    for name, terms in book.terms.items():
        state = book.statuses[name].state
        binding = book.statuses[name].is_commitment
        for_them = terms.agreement.customer.id == need.customer.id or terms.agreement.basis is Basis.CORPORATE
        if not for_them or not (binding or state in _COMING):
            continue
        for target, entries in terms.targets.items():
            for entry in _present_or_coming(entries, terms, book.as_of):
                if not _serves(terms, entry, service) or not suffices(entry, requirement):
                    continue
                in_force = binding and _is_in_force(entry, terms, book.as_of)
                newest = book.newest.get((name, target)) if in_force else None
                yield Promise(agreement=name, target=target, answer=_how(in_force, newest), newest=newest)
                break


def _present_or_coming(entries: Sequence[Entry], terms: Terms, as_of: int) -> Iterator[Entry]:
    """What holds now or later: nobody is served by terms that are over."""
    for entry in entries:
        start, end = entry.in_force(*span_of(terms))
        if start < end and as_of < end:
            yield entry


def _is_in_force(entry: Entry, terms: Terms, as_of: int) -> bool:
    start, end = entry.in_force(*span_of(terms))
    return start <= as_of < end


def _how(in_force: bool, newest: Result | None) -> Answer:
    if not in_force:
        return Answer.PLANNED
    return Answer.MET if newest is not None and newest.verdict is Verdict.MET else Answer.PROMISED


def _serves(terms: Terms, entry: Entry, service: str | None) -> bool:
    spoken_of = entry.target.services or terms.agreement.services
    return service is None or any(reference.id == service for reference in spoken_of)
