"""The history of an agreement as its page shows it: each version with its signatures and with what changed, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from servicebook.insight.change import Change, ChangeKind, DatedChange, Side, Version, version_history
from servicebook.model.agreement import Signature
from servicebook.rendering import dates
from servicebook.rendering.book import Book
from servicebook.rendering.change_words import label, values
from servicebook.texts import say, say_as
from servicebook.timeline.zone import local_date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """A change in words."""

    direction: str
    """`tightened`, `loosened`, `added` …"""
    what: str
    """Which term; empty where a target itself came or went."""
    values: tuple[str, ...]
    """What it was and what it is now; one where it came or went."""
    is_said: bool
    """Whether they are said in the language of the page; else in English."""
    since: str
    """From which day on, where that isn't the version's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What changed of a target, or of the whole agreement."""

    name: str
    """Of the target; empty of the whole agreement."""
    owner: str | None
    """The agreement that the target is taken over from."""
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """A version, or what changed on a day of its own."""

    id: str
    """Its anchor: `version-1-4`."""
    title: str
    day: str
    """Empty where its author wrote none."""
    summary: str
    signed: tuple[str, ...]
    changed: tuple[Changed, ...]
    committed: str
    commit: str
    """Short hash; empty where none is known."""


def versions_of(book: Book, agreement_id: str) -> tuple[Version, ...]:
    """The versions of an agreement, the newest first."""
    site = book.site
    side = Side(catalogue=site.catalogue, terms=site.terms)
    return version_history(side, site.terms[agreement_id], site.as_of, site.versions.get(agreement_id, ()))


def blocks(book: Book, agreement_id: str) -> tuple[VersionView, ...]:
    """What the page shows of each version; nothing where none is known and nothing changed."""
    found: list[VersionView] = []
    for version in versions_of(book, agreement_id):
        name = _anchor(version)
        again = sum(re.fullmatch(rf"{name}(-again-\d+)?", each.id) is not None for each in found)
        found.append(_view(book, agreement_id, version, f"{name}-again-{again}" if again else name))
    return tuple(found)


def _anchor(version: Version) -> str:
    if version.version is None:
        return f"from-{version.date.isoformat()}"
    return "version-" + re.sub(r"[^0-9a-z]+", "-", version.version.lower()).strip("-")


def _view(book: Book, agreement_id: str, version: Version, anchor: str) -> VersionView:
    day = dates.day(version.date)
    commit = version.committed
    moment = None if commit is None else commit.moment
    return VersionView(
        id=anchor,
        title=say("From %(day)s", day=day)
        if version.version is None
        else say("Version %(version)s", version=version.version),
        day=day if version.version is not None and version.is_listed else "",
        summary=version.summary,
        signed=tuple(_signed(book, each) for each in version.signatures),
        changed=tuple(_changed(book, agreement_id, version)),
        committed=""
        if moment is None
        else say("Committed on %(day)s:", day=dates.day(local_date(moment, book.zone_of(agreement_id)))),
        commit="" if commit is None else commit.commit or "",
    )


def _signed(book: Book, signature: Signature) -> str:
    who = ", ".join(part for part in (signature.name, signature.role) if part)
    party = book.title("parties", signature.party.id)
    signer = say("%(party)s (%(who)s)", party=party, who=who) if who else party
    return say("Signed by %(signer)s on %(day)s", signer=signer, day=dates.day(signature.date or date.min))


def _changed(book: Book, agreement_id: str, version: Version) -> Iterator[Changed]:
    def thing(dated: DatedChange) -> tuple[str, str | None]:
        change = dated.change
        return (change.name if change.target is not None else ""), _owner(book, agreement_id, change)

    for (name, owner), group in groupby(version.changes, key=thing):
        yield Changed(name=name, owner=owner, changes=tuple(_change(book, each, version.date) for each in group))


def _owner(book: Book, agreement_id: str, change: Change) -> str | None:
    """Whose terms they are, where they were taken over."""
    owners = {entry.owner for entry in change.entries if entry is not None} - {agreement_id}
    return min((owner for owner in owners if owner in book.catalogue.agreements), default=None)


def _change(book: Book, dated: DatedChange, of_version: date) -> ChangeView:
    change = dated.change
    said = values(book, change)
    is_dated = dated.day is not None and dated.day != of_version and change.field not in ("from", "until")
    return ChangeView(
        direction=_directions()[change.kind],
        what="" if change.field == "target" else label(change),
        values=said if said is not None else _written(change),
        is_said=said is not None,
        since=say("from %(day)s", day=dates.day(dated.day)) if is_dated and dated.day is not None else "",
    )


def _written(change: Change) -> tuple[str, ...]:
    """What `diff` says, in English."""
    if change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED):
        return (change.new or change.old or "",)
    return change.old or "none", change.new or "none"


def _directions() -> Mapping[ChangeKind, str]:
    return {
        ChangeKind.ADDED: say_as("change", "added"),
        ChangeKind.REMOVED: say_as("change", "removed"),
        ChangeKind.TIGHTENED: say_as("change", "tightened"),
        ChangeKind.LOOSENED: say_as("change", "loosened"),
        ChangeKind.EXTENDED: say_as("change", "extended"),
        ChangeKind.SHORTENED: say_as("change", "shortened"),
        ChangeKind.SIGNED: say_as("change", "signed"),
        ChangeKind.CHANGED: say_as("change", "changed"),
    }
