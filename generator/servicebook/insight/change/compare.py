"""Two catalogues compared: every promise that is another one now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from servicebook.compliance.terms import Terms
from servicebook.insight.change.agreements import agreement_changes, whole_agreement
from servicebook.insight.change.kinds import Change, ChangeKind, Side
from servicebook.insight.change.services import service_changes
from servicebook.insight.change.targets import Pair, added_target, target_changes
from servicebook.model.agreement import Agreement
from servicebook.model.service import Service


def compare(old: Side, new: Side, as_of: int) -> tuple[Change, ...]:
    """Every change of what readers are promised, by agreement (the whole one first, then its targets), then by service.

    Resolved terms are compared. A thing that has another id now and the old one among its `aliases` is the same.
    Of what couldn't be read on either side, and of terms that come from it, nothing is said.
    """
    found: list[Change] = []
    broken = old.broken | new.broken
    names = _names(old.catalogue.agreements, new.catalogue.agreements)
    for before, now in _pairs(list(old.terms), list(new.terms), names):
        if broken.isdisjoint({("agreement", name) for name in (before, now) if name is not None}):
            found += _agreement(old, new, old.terms.get(before or ""), new.terms.get(now or ""), as_of)
    names = _names(old.catalogue.services, new.catalogue.services)
    for before, now in _pairs(list(old.catalogue.services), list(new.catalogue.services), names):
        if broken.isdisjoint({("service", name) for name in (before, now) if name is not None}):
            services = old.catalogue.services.get(before or ""), new.catalogue.services.get(now or "")
            found += service_changes(old, new, *services, as_of)
    return tuple(found)


def compare_agreement(old: Side, new: Side, names: tuple[str, str], as_of: int) -> tuple[Change, ...]:
    """Every change of one agreement, by the ids that it had and has; nothing where either side couldn't be read."""
    before, now = old.terms.get(names[0]), new.terms.get(names[1])
    if before is None or now is None or not (old.broken | new.broken).isdisjoint({("agreement", n) for n in names}):
        return ()
    return tuple(_agreement(old, new, before, now, as_of))


def _names(
    old: Mapping[str, Agreement] | Mapping[str, Service], new: Mapping[str, Agreement] | Mapping[str, Service]
) -> dict[str, str]:
    """New ids by old ones, where they differ."""
    return {
        alias: name
        for name, thing in new.items()
        if name not in old
        for alias in thing.aliases
        if alias in old and alias not in new
    }


def _pairs(old: list[str], new: list[str], names: Mapping[str, str]) -> Iterator[tuple[str | None, str | None]]:
    """Old and new ids of the same things, ordered by the id that they have now, else had."""
    renamed = {now: before for before, now in names.items()}
    both = {now: (renamed.get(now, now if now in old else None), now) for now in new}
    gone: dict[str, tuple[str | None, str | None]] = {
        before: (before, None) for before in old if before not in new and before not in names
    }
    for _, pair in sorted({**both, **gone}.items()):
        yield pair


def _agreement(old_side: Side, new_side: Side, old: Terms | None, new: Terms | None, as_of: int) -> Iterator[Change]:
    if new is None:
        if old is not None:
            pair = Pair(old_side=old_side, new_side=new_side, old=old, new=old, as_of=as_of)
            yield whole_agreement(pair, ChangeKind.REMOVED)
        return
    pair = Pair(old_side=old_side, new_side=new_side, old=old or new, new=new, as_of=as_of)
    if old is None:
        yield whole_agreement(pair, ChangeKind.ADDED)
        yield from (replace(added_target(pair, entries[-1]), is_term=False) for entries in new.targets.values())
        return
    told_by_targets = any(entry.target.hours is None for entry in new.entries)
    yield from agreement_changes(pair, hours=not told_by_targets)
    if old_side.is_whole(old) and new_side.is_whole(new):
        yield from (change for change in target_changes(pair) if not _is_unread(pair, change))


def _is_unread(pair: Pair, change: Change) -> bool:
    """Whether a target seems to come or go only because one of its entries couldn't be read."""
    owners = {agreement.id for each in (pair.old, pair.new) for agreement in (each.agreement,)}
    owners |= {entry.owner for each in (pair.old, pair.new) for entry in each.targets.get(change.target or "", ())}
    broken = pair.old_side.broken | pair.new_side.broken
    return any(("target", f"{owner}/{change.target}") in broken for owner in owners)
