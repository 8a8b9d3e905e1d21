"""The versions of an agreement with what changed between them: from its dated terms, and from versions that were committed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from servicebook.compliance.terms import Entry, Terms, span_of
from servicebook.insight.change.agreements import signed_words
from servicebook.insight.change.kinds import Change, ChangeKind, Side
from servicebook.insight.change.targets import EVER, NEVER, Pair, target_changes
from servicebook.model.agreement import Revision, Signature
from servicebook.timeline.zone import local_date, start_of_day, zone


@dataclass(frozen=True, slots=True, kw_only=True)
class CommittedVersion:
    """A version that a repository's history holds, with what changed since the one before."""

    version: str
    commit: str | None
    """Short hash of the commit that brought it; None where it isn't committed yet."""
    moment: int | None
    """When that was: UTC microseconds."""
    changes: tuple[Change, ...] = ()
    """Nothing of the oldest one that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedChange:
    """A change, and the day from which it holds where its author wrote one."""

    change: Change
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of an agreement; without a number changes that begin on a day of their own."""

    version: str | None
    date: date
    """Of a version that is in no revision the day of its commit, but no later than the version that followed it."""
    is_listed: bool = True
    """Whether its author wrote a revision of it."""
    summary: str = ""
    committed: CommittedVersion | None = None
    signatures: tuple[Signature, ...] = ()
    changes: tuple[DatedChange, ...] = ()


def version_history(
    side: Side, terms: Terms, as_of: int, committed: Sequence[CommittedVersion] = ()
) -> tuple[Version, ...]:
    """Every version of an agreement, the newest first, each change once.

    What dated entries of targets change belongs to the newest revision on or before that day. Before the first
    revision, and after the newest, it stands under its own day. Where a committed version brought the same change, it
    belongs to that version. A signature falls to the version that brought it where that is known, else to the one in
    whose time it was given; one before the first revision to that, if it holds from the agreement's first day.
    """
    revisions = _revisions(terms, committed)
    # A version that is listed twice was brought once.
    newest = {each.version: each for each in revisions}
    known = {newest[each.version]: each for each in committed if each.version in newest}
    told = {_key(change) for each in known.values() for change in each.changes}
    changes: dict[Revision | date, list[DatedChange]] = {
        revision: list(_brought(known.get(revision))) for revision in revisions
    }
    for dated in dated_changes(side, terms, as_of):
        if dated.day is not None and _key(dated.change) not in told:
            changes.setdefault(_place(revisions, dated.day), []).append(dated)
    signatures = _signatures(terms, revisions, committed)
    versions = [
        Version(
            version=key.version,
            date=key.date,
            is_listed=key in terms.agreement.revisions,
            summary=key.summary,
            committed=known.get(key),
            signatures=tuple(signatures.get(key.version, ())) if newest[key.version] == key else (),
            changes=tuple(found),
        )
        if isinstance(key, Revision)
        else Version(version=None, date=key, changes=tuple(found))
        for key, found in changes.items()
    ]
    return tuple(sorted(versions, key=lambda each: each.date)[::-1])


def dated_changes(side: Side, terms: Terms, as_of: int) -> Iterator[DatedChange]:
    """What the entries of targets change while the agreement holds, by target and day.

    An entry that follows another changes what differs between them; one that follows none adds the target, and one
    that nothing follows ends it. What holds from the agreement's first day on is no change.
    """
    start, end = span_of(terms)
    for name, entries in terms.targets.items():
        days = sorted({day for e in entries for day in (e.own_start, e.own_end) if day is not None})
        for day in days:
            begins = start_of_day(day, entries[0].zone)
            if day <= terms.agreement.from_ or not start < begins < end:
                continue
            before, now = _holding(entries, day - timedelta(days=1)), _holding(entries, day)
            yield from (
                DatedChange(change=each, day=day) for each in _between(side, terms, as_of, name, before, now, day)
            )


def _between(
    side: Side, terms: Terms, as_of: int, name: str, before: Entry | None, now: Entry | None, day: date
) -> Iterator[Change]:
    """What changes on a day: terms without the later entry against terms with it."""
    old = () if before is None else (replace(before, own_start=None, own_end=None),)
    new = () if now is None else (replace(now, own_start=day, own_end=None),)
    if before is not None and now is not None:
        new = (replace(before, own_start=None, own_end=day), *new)
    pair = Pair(
        old_side=side,
        new_side=side,
        old=replace(terms, targets={name: old} if old else {}),
        new=replace(terms, targets={name: new} if new else {}),
        as_of=as_of,
    )
    return target_changes(pair)


def _holding(entries: Sequence[Entry], day: date) -> Entry | None:
    return next((e for e in entries if (e.own_start or NEVER) <= day < (e.own_end or EVER)), None)


def _revisions(terms: Terms, committed: Sequence[CommittedVersion]) -> list[Revision]:
    """What the author wrote, and versions that only the history knows; the oldest first."""
    agreement = terms.agreement
    days = {each.version: each.date for each in sorted(agreement.revisions, key=lambda each: each.date)}
    others: list[Revision] = []
    following = EVER
    for each in reversed(committed):
        day = days.get(each.version)
        if day is None and each.moment is not None:
            day = min(following, local_date(each.moment, zone(terms.zone_name)))
            others.append(Revision(version=each.version, date=day, summary="", places=agreement.places))
        following = min(following, day or EVER)
    return sorted((*reversed(others), *agreement.revisions), key=lambda each: each.date)


def _place(revisions: Sequence[Revision], day: date) -> Revision | date:
    """The revision in whose time a day lies; the day itself before the first and after the newest."""
    begun = [each for each in revisions if each.date <= day]
    if not begun or (begun[-1] is revisions[-1] and begun[-1].date < day):
        return day
    return begun[-1]


def _brought(version: CommittedVersion | None) -> Iterator[DatedChange]:
    """What a committed version changed, but for new signatures, which are shown as such."""
    for change in version.changes if version is not None else ():
        if not (change.field == "signatures" and change.kind is ChangeKind.SIGNED):
            yield DatedChange(change=change, day=change.since if change.target is not None else None)


def _key(change: Change) -> tuple[str | None, str, str | None, str | None]:
    return change.target, change.field, change.old, change.new


def _signatures(
    terms: Terms, revisions: Sequence[Revision], committed: Sequence[CommittedVersion]
) -> dict[str, list[Signature]]:
    """The signatures by version; one that replaced an earlier one is told as a change of its version."""
    brought = {
        change.new: (each.version, change.kind)
        for each in committed
        for change in each.changes
        if change.field == "signatures"
    }
    found: dict[str, list[Signature]] = {}
    for signature in terms.agreement.signatures:
        if signature.date is None or not revisions:
            continue
        version, kind = brought.get(signed_words(signature), (None, ChangeKind.SIGNED))
        version = version or _signed_version(terms, revisions, signature.date)
        if kind is ChangeKind.SIGNED and version is not None:
            found.setdefault(version, []).append(signature)
    return found


def _signed_version(terms: Terms, revisions: Sequence[Revision], day: date) -> str | None:
    begun = [each for each in revisions if each.date <= day]
    if begun:
        return begun[-1].version
    return revisions[0].version if revisions[0].date <= terms.agreement.from_ else None
