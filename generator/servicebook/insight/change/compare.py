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


def compare(
    old: Side, new: Side, as_of: int, *, unknown: frozenset[tuple[str, str]] = frozenset()
) -> tuple[Change, ...]:
    """Every change of what readers are promised, by agreement (the whole one first, then its targets), then by service.

    Resolved terms are compared. A thing that has another id now and the old one among its `aliases` is the same.
    `unknown` are kind and id (as `loading.Loaded.broken` has them) of what couldn't be read on either side: nothing
    is said to be added or removed of it.
    """
    found: list[Change] = []
    names = _names({key: terms.agreement for key, terms in old.terms.items()}, new.catalogue.agreements)
    for before, now in _pairs(list(old.terms), list(new.terms), names):
        if ("agreement", before or now or "") not in unknown:
            found += _agreement(old, new, old.terms.get(before or ""), new.terms.get(now or ""), as_of, unknown)
    names = _names(old.catalogue.services, new.catalogue.services)
    for before, now in _pairs(list(old.catalogue.services), list(new.catalogue.services), names):
        if ("service", before or now or "") not in unknown:
            services = old.catalogue.services.get(before or ""), new.catalogue.services.get(now or "")
            found += service_changes(old, new, *services, as_of)
    return tuple(found)


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


def _agreement(
    old_side: Side,
    new_side: Side,
    old: Terms | None,
    new: Terms | None,
    as_of: int,
    unknown: frozenset[tuple[str, str]],
) -> Iterator[Change]:
    terms = new or old
    if terms is None:
        return
    pair = Pair(old_side=old_side, new_side=new_side, old=old or terms, new=new or terms, as_of=as_of)
    if old is None or new is None:
        yield whole_agreement(pair, ChangeKind.REMOVED if new is None else ChangeKind.ADDED)
        if new is not None:
            yield from (replace(added_target(pair, entries[-1]), is_term=False) for entries in new.targets.values())
        return
    targets = [
        change
        for change in target_changes(pair)
        if not (change.field == "target" and ("target", f"{new.agreement.id}/{change.target}") in unknown)
    ]
    told_by_targets = any(entry.target.hours is None for entry in new.entries)
    yield from agreement_changes(pair, hours=not told_by_targets)
    yield from targets
