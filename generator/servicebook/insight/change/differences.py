"""The terms of two entries of a target, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from servicebook.compliance.terms import Entry
from servicebook.insight.change import directions
from servicebook.insight.change.kinds import Side
from servicebook.insight.documents import number
from servicebook.model.measurement import Kind
from servicebook.model.target import Rolling, Target

USUAL_COVERAGE = Fraction(9, 10)
"""The `minimum_coverage` of a target that says none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field that says something else."""

    field: str
    old: str | None
    new: str | None
    direction: int
    """Above zero: the provider owes more; below: less; zero: neither or both."""
    in_figures: bool = True
    """Whether figures or verdicts may differ by it."""


Compare = Callable[[Side, Side, Target, Target], Iterator[Difference]]


def differences(old_side: Side, new_side: Side, old: Entry, new: Entry) -> Iterator[Difference]:
    """Every field of a target but hours, services and dates, in the order in which authors write them."""
    if old.target == new.target and old_side.source_of(old.target) == new_side.source_of(new.target):
        return
    if old.target.measure is not new.target.measure:
        yield _measure(old.target, new.target)
        compared: tuple[Compare, ...] = (*_ALWAYS, _credits)
    else:
        compared = (_objective, *_ALWAYS, *_SAME_MEASURE, _credits)
    for compare in compared:
        yield from compare(old_side, new_side, old.target, new.target)


def _measure(old: Target, new: Target) -> Difference:
    return Difference(
        field="measure",
        old=f"{old.measure}, {old.objective.text}",
        new=f"{new.measure}, {new.objective.text}",
        direction=directions.measure(old, new),
    )


def _objective(_old_side: Side, _new_side: Side, old: Target, new: Target) -> Iterator[Difference]:
    if not directions.same_objective(old, new):
        yield Difference(
            field="objective", old=old.objective.text, new=new.objective.text, direction=directions.objective(old, new)
        )


def _source(_old_side: Side, _new_side: Side, old: Target, new: Target) -> Iterator[Difference]:
    if old.source != new.source:
        before, now = (None if each.source is None else each.source.id for each in (old, new))
        yield Difference(field="source", old=before, new=now, direction=0)
    if old.where != new.where:
        yield Difference(field="where", old=str(old.where) or None, new=str(new.where) or None, direction=0)


def _per(_old_side: Side, _new_side: Side, old: Target, new: Target) -> Iterator[Difference]:
    if old.per != new.per:
        direction = directions.per(old, new) if old.measure is new.measure else 0
        yield Difference(field="per", old=per_words(old), new=per_words(new), direction=direction)


def per_words(target: Target) -> str:
    """The period of a target as authors write it."""
    return f"rolling {target.per.days} days" if isinstance(target.per, Rolling) else str(target.per)


def _limits(_old_side: Side, _new_side: Side, old: Target, new: Target) -> Iterator[Difference]:
    if old.of != new.of:
        yield Difference(field="of", old=old.of, new=new.of, direction=0)
    if old.within is not None and new.within is not None and directions.size(old.within) != directions.size(new.within):
        direction = directions.within(old.within, new.within, new)
        yield Difference(field="within", old=old.within.text, new=new.within.text, direction=direction)
    if old.percentile is not None and new.percentile is not None and old.percentile != new.percentile:
        direction = directions.percentile(old.percentile, new.percentile, new)
        words = number(old.percentile), number(new.percentile)
        yield Difference(field="percentile", old=words[0], new=words[1], direction=direction)
    if old.statistic != new.statistic:
        direction = directions.statistic(old.statistic, new.statistic, new)
        yield Difference(field="statistic", old=old.statistic, new=new.statistic, direction=direction)
    if old.satisfied_from != new.satisfied_from:
        direction = directions.satisfied_from(old.satisfied_from, new.satisfied_from, new)
        before, now = number(old.satisfied_from), number(new.satisfied_from)
        yield Difference(field="satisfied_from", old=before, new=now, direction=direction)
    if old.attribute != new.attribute:
        yield Difference(field="attribute", old=old.attribute, new=new.attribute, direction=0)


def _evidence(_old_side: Side, _new_side: Side, old: Target, new: Target) -> Iterator[Difference]:
    """What has to be observed: with a higher coverage neither a thin success nor a thin failure counts; a higher number of records excuses."""
    if (old.minimum_coverage or USUAL_COVERAGE) != (new.minimum_coverage or USUAL_COVERAGE):
        before, now = (share(each.minimum_coverage) for each in (old, new))
        yield Difference(field="minimum_coverage", old=before, new=now, direction=0)
    if (old.minimum_count or 1) != (new.minimum_count or 1):
        before, now = (None if each.minimum_count is None else str(each.minimum_count) for each in (old, new))
        direction = directions.sign((old.minimum_count or 1) - (new.minimum_count or 1))
        yield Difference(field="minimum_count", old=before, new=now, direction=direction)
    if old.unobserved != new.unobserved:
        direction = directions.unobserved(old.unobserved, new.unobserved, new)
        yield Difference(field="unobserved", old=old.unobserved, new=new.unobserved, direction=direction)


def _probes(old_side: Side, new_side: Side, old: Target, new: Target) -> Iterator[Difference]:
    """How many samples start and end an outage; those of the source hold where the target says none."""
    sources = old_side.source_of(old), new_side.source_of(new)
    before, now = sources
    if before is None or now is None or {before.records, now.records} != {Kind.PROBES}:
        return
    pairs = (
        ("down_after", old.down_after or before.down_after, new.down_after or now.down_after, -1),
        ("up_after", old.up_after or before.up_after, new.up_after or now.up_after, 1),
    )
    for field, was, becomes, way in pairs:
        if was != becomes:
            direction = way * directions.sign(becomes - was)
            yield Difference(field=field, old=_samples(was), new=_samples(becomes), direction=direction)


def _samples(count: int) -> str:
    return f"{count} sample{'' if count == 1 else 's'}"


def _credits(_old_side: Side, _new_side: Side, old: Target, new: Target) -> Iterator[Difference]:
    direction = directions.credits(old, new)
    if direction is not None:
        yield Difference(field="credits", old=credit_words(old), new=credit_words(new), direction=direction)


def credit_words(target: Target) -> str | None:
    """Bands and cap of a target's credits."""
    if target.credits is None:
        return None
    bands = [f"{band.text}: {share(band.credit)}" for band in target.credits.bands]
    cap = [] if target.credits.cap is None else [f"never above {share(target.credits.cap)}"]
    return "; ".join([*bands, *cap])


def share(value: Fraction | None) -> str | None:
    """A share as authors write it: `95 %`."""
    return None if value is None else f"{number(value * 100)} %"


_ALWAYS: tuple[Compare, ...] = (_source, _per)
_SAME_MEASURE: tuple[Compare, ...] = (_limits, _evidence, _probes)
