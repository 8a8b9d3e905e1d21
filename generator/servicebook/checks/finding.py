"""What every check is given, and how it says what it found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from servicebook.compliance.terms import Entry, Terms, ancestry
from servicebook.model.agreement import Agreement
from servicebook.model.catalogue import ROUND_THE_CLOCK, Catalogue
from servicebook.model.metric_source import MetricSource
from servicebook.model.target import Target
from servicebook.source import Position, Problem, Rule, Severity
from servicebook.timeline.zone import local_date, zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The whole catalogue, as every check sees it."""

    catalogue: Catalogue
    terms: Mapping[str, Terms]
    """By agreement."""
    as_of: int
    """UTC microseconds."""
    broken: Collection[tuple[str, str]] = frozenset()
    """Kind and id of what isn't in the catalogue because its file has an error: nothing is said on top."""

    def today(self, zone_name: str = "UTC") -> date:
        """The date of `as_of` in a zone."""
        return local_date(self.as_of, zone(zone_name))

    def is_whole(self, agreement: Agreement) -> bool:
        """Whether everything that the agreement extends is known, so that its terms are all there."""
        extended = ancestry(self.catalogue, agreement)[-1].extends
        return extended is None

    def is_settled(self, terms: Terms) -> bool:
        """Whether zone and hours of an agreement are what its files mean: nothing they come from is unknown or unreadable."""
        line = ancestry(self.catalogue, terms.agreement)
        zones_read = all(each.time_zone is not None or "time_zone" not in each.places.keys for each in line)
        hours_known = terms.hours is None or terms.hours.id in {ROUND_THE_CLOCK, *self.catalogue.calendars}
        return zones_read and hours_known and self.is_whole(terms.agreement)

    def source_of(self, target: Target) -> MetricSource | None:
        """The target's metric source, where it is known."""
        return None if target.source is None else self.catalogue.sources.get(target.source.id)

    @property
    def own_targets(self) -> Iterator[tuple[Agreement, Target]]:
        """Every entry of a target once, with the agreement in whose file it stands."""
        for agreement in self.catalogue.agreements.values():
            for target in agreement.targets:
                yield agreement, target

    @property
    def entries(self) -> Iterator[tuple[Terms, Entry]]:
        """Every entry with the hours and zone that it is judged in; an inherited one only where these are others than at its owner's."""
        for terms in filter(self.is_settled, self.terms.values()):
            for entry in terms.entries:
                if entry.owner == terms.agreement.id or not _as_at_home(entry, self.terms.get(entry.owner)):
                    yield terms, entry


def _as_at_home(entry: Entry, home: Terms | None) -> bool:
    """Whether an inherited entry is judged as at the agreement in whose file it stands."""
    return home is not None and any(
        own.target is entry.target and (own.calendar, own.zone_name) == (entry.calendar, entry.zone_name)
        for own in home.entries
    )


def place_of(terms: Terms, entry: Entry, key: str) -> tuple[Position, tuple[Position, ...]]:
    """Where a fault of an entry stands, and what is related: that of an inherited one at `extends`, for there the terms were put together."""
    written = entry.target.places.of(key)
    if entry.owner == terms.agreement.id:
        return written, ()
    return terms.agreement.places.of("extends"), (written,)


def finding(
    rule: Rule,
    position: Position,
    message: str,
    *,
    hint: str = "",
    related: Iterable[Position] = (),
    severity: Severity | None = None,
) -> Problem:
    """A problem of a rule, as grave as the rule says unless given."""
    return Problem(
        position=position,
        rule=rule.id,
        message=message,
        hint=hint,
        severity=severity or rule.severity,
        related=tuple(related),
    )


def warning(rule_id: str, meaning: str, remedy: str) -> Rule:
    """A rule whose breach is told, but keeps nothing from being published."""
    return Rule(id=rule_id, meaning=meaning, remedy=remedy, severity=Severity.WARNING)


def listed(words: Iterable[str], last: str = "or") -> str:
    """`a`, `a or b`, `a, b or c`."""
    *most, final = words
    return f"{', '.join(most)} {last} {final}" if most else final


def quoted(text: str, length: int = 60) -> str:
    """A text in quotes, on one line, cut where it is long."""
    line = " ".join(text.split())
    return f"'{line}'" if len(line) <= length else f"'{line[: length - 1]}…'"


def with_article(noun: str) -> str:
    """`a service`, `an agreement`."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
