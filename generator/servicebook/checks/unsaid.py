"""What an agreement leaves to defaults that its readers may not know, and tickets that no target speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from servicebook.checks.finding import Context, finding, listed, warning
from servicebook.checks.metrics import MetricFacts
from servicebook.compliance.terms import Entry, Terms, ancestry
from servicebook.model.common import Where
from servicebook.model.measurement import Kind
from servicebook.source import Problem

SAY_HOURS = warning(
    "terms/say-hours",
    meaning="Targets that are measured in time, in an agreement that says neither `hours` nor `time_zone`: they are judged round the clock in UTC, which hardly any reader takes for granted.",
    remedy="Write `hours:` with a calendar, or `time_zone:` if round the clock is meant.",
)
PRIORITY_IN_DATA = warning(
    "terms/tickets-without-target",
    meaning="Tickets of a priority are in the data, but no target of the agreement speaks of them, though it tells priorities apart.",
    remedy="Write the missing target, or say in the agreement's prose that nothing is promised for them and leave them out of the source.",
)
RULES = (SAY_HOURS, PRIORITY_IN_DATA)

_PRIORITY = "priority"
_SEVERAL = 2
_NOT_IN_TIME = (Kind.SCORES, Kind.VALUES, Kind.LEDGER)


def agreements_say_their_hours(context: Context) -> Iterator[Problem]:
    """An agreement that is measured in time says in which hours, or at least in which zone.

    Said once for an agreement, at the first such target of its own that names no hours itself.
    """
    for terms in context.terms.values():
        said = terms.hours is not None or any(
            "time_zone" in each.places.keys or "hours" in each.places.keys
            for each in ancestry(context.catalogue, terms.agreement)
        )
        if said or not context.is_whole(terms.agreement):
            continue
        silent = [e.target for e in terms.entries if e.owner == terms.agreement.id and _needs_hours(context, e)]
        if not silent:
            continue
        first = min(silent, key=lambda target: target.places.position.line)
        names = listed([f"'{name}'" for name in dict.fromkeys(target.id for target in silent)][:3], "and")
        yield finding(
            SAY_HOURS,
            first.places.position,
            f"no hours and no time zone are said for {names}: judged round the clock in UTC",
            hint=SAY_HOURS.remedy,
        )


def _needs_hours(context: Context, entry: Entry) -> bool:
    source = context.source_of(entry.target)
    return entry.target.hours is None and source is not None and source.records not in _NOT_IN_TIME


def priorities_have_targets(context: Context, facts: MetricFacts) -> Iterator[Problem]:
    """Where targets tell several priorities of tickets apart, each priority in the data has one.

    A single target for a single priority is a promise for that one alone, and says so.
    """
    for terms in context.terms.values():
        promised = list(_ticket_entries(context, terms))
        for (source, of, rest), group in _by_tickets(promised):
            own = [entry for entry in group if entry.owner == terms.agreement.id]
            others = [e for e in promised if _asks(e)[:2] == (source, of) and set(_rest(e)) <= set(rest)]
            if not own or any(not _priorities(entry) for entry in others):
                continue
            covered = {text for entry in others for text in _priorities(entry)}
            columns = {column for column, _ in rest} | {_PRIORITY}
            if len(covered) < _SEVERAL or not columns <= set(facts.columns(source)):
                continue
            silent = sorted(facts.texts(source, _PRIORITY, Where(rest)) - covered)
            if silent:
                what = "answered" if of == "response" else "resolved"
                yield finding(
                    PRIORITY_IN_DATA,
                    own[0].target.places.of("where"),
                    f"'{source}' has tickets of priority {listed(silent, 'and')}, but no target says when they are {what}",
                    hint=PRIORITY_IN_DATA.remedy,
                )


_Tickets = tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...]]
"""Source, `of` and the conditions but that on the priority."""


def _ticket_entries(context: Context, terms: Terms) -> Iterator[Entry]:
    """The last entry of each target that is about the time of tickets."""
    for entries in terms.targets.values():
        source = context.source_of(entries[-1].target)
        if source is not None and source.records is Kind.TICKETS and entries[-1].target.of is not None:
            yield entries[-1]


def _by_tickets(entries: Iterable[Entry]) -> Iterator[tuple[_Tickets, list[Entry]]]:
    apart = sorted((entry for entry in entries if _priorities(entry)), key=_asks)
    for key, group in groupby(apart, key=_asks):
        yield key, list(group)


def _asks(entry: Entry) -> _Tickets:
    target = entry.target
    return target.source.id if target.source is not None else "", target.of or "", _rest(entry)


def _rest(entry: Entry) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(each for each in entry.target.where.conditions if each[0] != _PRIORITY)


def _priorities(entry: Entry) -> frozenset[str]:
    return frozenset(text for column, texts in entry.target.where.conditions if column == _PRIORITY for text in texts)
