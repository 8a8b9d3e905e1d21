"""Amendments of terms in force: each needs a version with its entry, and none may reach back into finished periods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from servicebook.compliance.evaluate import has_results
from servicebook.compliance.terms import Terms, span_of
from servicebook.insight.change.kinds import Change, Side
from servicebook.insight.change.replay import former_terms
from servicebook.model.target import Rolling, Target
from servicebook.source import Position, Problem, Rule, Severity, in_order
from servicebook.timeline.period import Per, periods
from servicebook.timeline.zone import local_date, start_of_day, zone

UNVERSIONED = Rule(
    id="lifecycle/unversioned-amendment",
    meaning="Terms in force were amended since the revision that `diff` compares with, without a new `version` and its entry in `revisions`.",
    remedy="Give the agreement a new `version`, and add an entry of it to `revisions` that says what changed.",
    severity=Severity.WARNING,
)
BACKDATED = Rule(
    id="lifecycle/backdated-amendment",
    meaning="An amendment since the revision that `diff` compares with changes the terms of finished periods, whose figures may be published.",
    remedy="Let the old entry of the target stand, and write the new terms as a second entry of the same id with a `from` that is still to come.",
    severity=Severity.WARNING,
)
RULES: tuple[Rule, ...] = (UNVERSIONED, BACKDATED)


def amendments(changes: Iterable[Change], old: Side, new: Side, as_of: int) -> tuple[Problem, ...]:
    """What is wrong with amendments of signed terms: one problem for each target, and one for the whole agreement."""
    found: list[Problem] = []
    of_agreements = [change for change in changes if change.agreement is not None]
    for (name, _), group in groupby(of_agreements, key=lambda change: (change.agreement or "", change.target or "")):
        now = new.terms.get(name)
        before = old.terms.get(name) if now is None else former_terms(old, now)
        if before is not None and has_results(before, as_of):
            found += _of_target(tuple(group), before, now, as_of)
    return in_order(found)


def _of_target(changes: Sequence[Change], before: Terms, now: Terms | None, as_of: int) -> Iterator[Problem]:
    start, end = span_of(before)
    terms = [change for change in changes if change.is_term]
    if terms and now is not None and start <= as_of < end:
        missing = _without_version(before, now)
        if missing:
            message = f"terms in force are amended ({_fields(terms)}), but {missing}"
            yield _problem(UNVERSIONED, terms[0], now, message, now.agreement.places.of("version"))
    back = [
        change
        for change in changes
        if change.reaches is not None and change.reaches < min(end, _finished(change, before, as_of))
    ]
    if back:
        first = min(change.reaches for change in back if change.reaches is not None)
        day = local_date(max(first, start), zone(before.zone_name))
        if now is None:
            message = f"an agreement that has been in force since {day} is taken out, and with it the results of finished periods"
        else:
            message = f"the change ({_fields(back)}) reaches back to {day}, into finished periods"
        yield _problem(BACKDATED, back[0], now, message)


def _fields(changes: Sequence[Change]) -> str:
    target = f"{changes[0].target}: " if changes[0].target is not None else ""
    return target + ", ".join(dict.fromkeys(change.field for change in changes))


def _without_version(before: Terms, now: Terms) -> str:
    """What is missing of a new version; nothing where it is complete."""
    old, new = before.agreement, now.agreement
    if new.version == old.version:
        return f"the version is still {new.version}"
    if all(revision.version != new.version for revision in new.revisions):
        return f"'revisions' has no entry of the version {new.version}"
    return ""


def _finished(change: Change, before: Terms, as_of: int) -> int:
    """The end of the newest finished period: of the target's, else the latest of all targets'."""
    entries = before.targets.get(change.target) if change.target is not None else before.entries
    ends = [_start_of_present(entry.target, entry.zone_name, as_of) for entry in entries or ()]
    return max(ends, default=_start(Per.MONTH, before.zone_name, as_of))


def _start_of_present(target: Target, zone_name: str, as_of: int) -> int:
    if isinstance(target.per, Rolling):
        return start_of_day(local_date(as_of, zone(zone_name)), zone(zone_name))
    return _start(target.per, zone_name, as_of)


def _start(per: Per, zone_name: str, as_of: int) -> int:
    return next(periods(per, zone(zone_name), as_of, as_of + 1)).start


def _problem(rule: Rule, change: Change, now: Terms | None, message: str, *related: Position) -> Problem:
    """The problem at the promise; for one that was changed in another file at the place that takes it over."""
    position = change.position
    if now is not None and position.path != now.agreement.path:
        related = (position, *related)
        places = now.agreement.places
        key = "extends" if "extends" in places.keys and change.field != "hours" else change.field.partition(".")[0]
        position = places.of(key if key in places.keys else "extends")
    return Problem(
        position=position,
        rule=rule.id,
        message=message,
        hint=rule.remedy,
        severity=rule.severity,
        related=related,
    )
