"""History under old and new terms: which of the last periods each would have kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from servicebook.compliance.terms import Entry, Terms
from servicebook.insight.backtest import JUDGED, Backtest, backtest_entry
from servicebook.insight.change.kinds import Change, Replay, Side
from servicebook.model.catalogue import ROUND_THE_CLOCK
from servicebook.model.measurement import Kind, Records
from servicebook.model.result import Result, Verdict
from servicebook.model.target import RECORDS_OF, Measure, Rolling

NEWEST = 12
"""How many periods are compared."""
_FIRST_ASKED = 16
_IN_ALL_FIGURES = frozenset({"maintenance", "exclusions", "time_zone"})
_NOT_IN_VERDICTS = frozenset({"credits", "services"})
_OF_TICKETS = frozenset({Measure.SHARE_WITHIN, Measure.PERCENTILE})


def with_replays(
    changes: Iterable[Change], old: Side, new: Side, records: Records, *, faulty: Collection[str] = ()
) -> tuple[Change, ...]:
    """The changes, those of a target's latest terms with what both terms would have made of the history.

    What belongs to a whole agreement and changes its figures (maintenance, exclusions, the zone) has the replays of all
    its targets. The old terms are tried on the present metric files. `faulty` are the files of the old catalogue that
    have an error: terms that come from one of them aren't tried.
    """
    known: dict[tuple[str, str], Replay | None] = {}

    def replay_of(agreement: str, target: str) -> Replay | None:
        key = agreement, target
        if key not in known:
            now = new.terms[agreement]
            before = former_terms(old, now)
            is_there = before is not None and target in before.targets and target in now.targets
            known[key] = replay(old, new, before, now, target, records, faulty=faulty) if before and is_there else None
        return known[key]

    def with_replay(change: Change) -> Change:
        if change.agreement is None or change.agreement not in new.terms:
            return change
        if change.target is not None:
            is_tried = change.is_latest and change.field not in _NOT_IN_VERDICTS
            return replace(change, replay=replay_of(change.agreement, change.target)) if is_tried else change
        if change.field.partition(".")[0] not in _IN_ALL_FIGURES:
            return change
        tried = [(target, replay_of(change.agreement, target)) for target in new.terms[change.agreement].targets]
        effects = tuple((target, found) for target, found in tried if found is not None)
        return replace(change, effects=effects, replay=_together([found for _, found in effects]))

    return tuple(with_replay(change) for change in changes)


def _together(replays: Sequence[Replay]) -> Replay | None:
    if not replays:
        return None
    nouns = {each.noun for each in replays}
    return Replay(
        periods=tuple(name for each in replays for name in each.periods),
        noun=nouns.pop() if len(nouns) == 1 else "period",
        old_met=sum(each.old_met for each in replays),
        old_breached=sum(each.old_breached for each in replays),
        new_met=sum(each.new_met for each in replays),
        new_breached=sum(each.new_breached for each in replays),
    )


def former_terms(old: Side, now: Terms) -> Terms | None:
    """The terms that an agreement had, under its own id, else under one of its aliases."""
    names = (now.agreement.id, *now.agreement.aliases)
    return next((old.terms[name] for name in names if name in old.terms), None)


def replay(
    old: Side,
    new: Side,
    old_terms: Terms,
    new_terms: Terms,
    target: str,
    records: Records,
    *,
    faulty: Collection[str] = (),
) -> Replay | None:
    """A target's old and new terms back-tested over the newest periods that both judge; None where there is none."""
    before, now = old_terms.targets[target][-1], new_terms.targets[target][-1]
    if not _can_be_tried(old, new, old_terms, before) or _is_faulty(old, old_terms, before, faulty):
        return None
    on_present_files = replace(old.catalogue, sources=new.catalogue.sources)
    asked = _FIRST_ASKED
    while True:
        tests = (
            backtest_entry(on_present_files, old_terms, before, records, newest=asked),
            backtest_entry(new.catalogue, new_terms, now, records, newest=asked),
        )
        if tests[0] is None or tests[1] is None:
            return None
        were, are = _judged(tests[0]), _judged(tests[1])
        shared = [name for name in are if name in were][-NEWEST:]
        is_all = all(len(test.results) < asked for test in tests if test is not None)
        if len(shared) == NEWEST or is_all:
            break
        asked *= 4
    if not shared:
        return None
    old_met, new_met = (sum(found[name].verdict is Verdict.MET for name in shared) for found in (were, are))
    per = now.target.per
    return Replay(
        periods=tuple(shared),
        noun="month's end" if isinstance(per, Rolling) else str(per),
        old_met=old_met,
        old_breached=len(shared) - old_met,
        new_met=new_met,
        new_breached=len(shared) - new_met,
    )


def _judged(test: Backtest) -> dict[str, Result]:
    return {result.period: result for result in test.results if result.verdict in JUDGED}


def _can_be_tried(old: Side, new: Side, terms: Terms, entry: Entry) -> bool:
    """Whether old terms mean the same on the present metric files: their source is still there, and of the same kind."""
    target = entry.target
    named = target.source
    present = new.catalogue.sources.get(named.id) if named is not None else None
    if named is None or present is None or present.records not in RECORDS_OF[target.measure]:
        return False
    former = old.catalogue.sources.get(named.id)
    if former is None or (former.records, former.unit) != (present.records, present.unit):
        return False
    if present.records is Kind.DOWNTIME and present.time_zone != entry.zone_name:
        return False
    if present.records is Kind.TICKETS and target.measure in _OF_TICKETS and target.of is None:
        return False
    return entry.calendar_id in {ROUND_THE_CLOCK, *old.catalogue.calendars} and _has_announcements(new, terms)


def _has_announcements(new: Side, terms: Terms) -> bool:
    announcements = terms.maintenance.announcements if terms.maintenance is not None else None
    if announcements is None:
        return True
    present = new.catalogue.sources.get(announcements.source.id)
    return present is not None and present.records is Kind.OUTAGES


def _is_faulty(old: Side, terms: Terms, entry: Entry, faulty: Collection[str]) -> bool:
    paths = {terms.agreement.path}
    owner = old.catalogue.agreements.get(entry.owner)
    if owner is not None:
        paths.add(owner.path)
    return not paths.isdisjoint(faulty)
