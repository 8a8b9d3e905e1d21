"""Executable examples: what both parties expect of given records, worked out at every check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from servicebook.compliance.evaluate import work_out
from servicebook.compliance.explain import percent, plain, working
from servicebook.compliance.parts import Part
from servicebook.compliance.terms import Entry, Terms
from servicebook.model.agreement import Exclusion
from servicebook.model.catalogue import Catalogue
from servicebook.model.measurement import Kind, Records
from servicebook.model.metric_source import MetricSource
from servicebook.model.result import Result
from servicebook.model.target import Example, Rolling
from servicebook.source import Position, Problem, Rule
from servicebook.timeline.period import Period, period_named, rolling
from servicebook.timeline.zone import DAY, add_days, local_date

WRONG = Rule(
    id="example/wrong",
    meaning="An example in an agreement expects another result than its records give under the agreement's terms.",
    remedy="Read the working in the hint: either the example is wrong, or the terms don't say what both parties meant.",
)
UNUSABLE = Rule(
    id="example/unusable",
    meaning="An example can't be worked out: its period isn't one of the target's, or its records can't be read.",
    remedy="Name a period as the target has them (2026-10, 2026-Q4, 2026-10/2) and write records with the columns of their kind.",
)
RULES: tuple[Rule, ...] = (WRONG, UNUSABLE)

BEFORE = 400 * DAY
"""How long before its period the given records vouch, so that outages which begin earlier count whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """An example with the terms that it is judged by."""

    agreement: str
    example: Example
    entry: Entry
    part: Part
    exclusions: tuple[Exclusion, ...] = ()

    @property
    def span(self) -> tuple[int, int]:
        """The time that the given records vouch for: the period, and enough around it."""
        return self.part.start - BEFORE, self.part.end + BEFORE


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An example's records, or what is wrong with them."""

    records: Records
    kind: Kind
    fault: str = ""


GivenOf = Callable[[Trial, MetricSource], Given]
"""Turns the rows of an example into records that replace its source."""


def trials(terms: Terms) -> Iterator[Trial | Problem]:
    """The examples of an agreement and of its own targets, each with the entry and the period that it is about."""
    agreement = terms.agreement
    for example in (*agreement.examples, *(each for target in agreement.targets for each in target.examples)):
        entries = terms.targets.get(example.target)
        if entries:  # an unknown target is a problem of its own
            yield _trial(terms, example, entries)


def _trial(terms: Terms, example: Example, entries: Sequence[Entry]) -> Trial | Problem:
    name, _, number = example.period.partition("/")
    try:
        period = _period(name, entries[-1])
    except ValueError as error:
        return _unusable(example, str(error))
    touching = [entry for entry in entries if _touches(entry, period)]
    if number:
        index = int(number) - 1 if number.isascii() and number.isdigit() else -1
        if not 0 <= index < len(touching) or len(touching) < 2:
            return _unusable(example, f"{name} has no part {number}: the terms don't change in it so often")
        entry = touching[index]
    elif len(touching) != 1:
        names = ", ".join(f"{name}/{index + 1}" for index in range(len(touching)))
        why = (
            f"the terms change in {name}: say {names}" if touching else f"no terms of '{example.target}' hold in {name}"
        )
        return _unusable(example, why)
    else:
        entry = touching[0]
    if not _is_of(entry, period):
        return _unusable(example, f"'{example.target}' is looked at each {_per(entry)}, and {name} is no {_per(entry)}")
    start, end = entry.in_force(period.start, period.end)
    part = Part(
        entry=entry,
        name=example.period,
        start=start,
        end=end,
        horizon=end,
        is_rolling=isinstance(entry.target.per, Rolling),
    )
    return Trial(
        agreement=terms.agreement.id, example=example, entry=entry, part=part, exclusions=terms.agreement.exclusions
    )


def _period(name: str, entry: Entry) -> Period:
    per = entry.target.per
    if isinstance(per, Rolling):
        day = date.fromisoformat(name.rpartition("@")[2])
        return rolling(per.days, period_named(day.isoformat(), entry.zone).start, entry.zone)
    return period_named(name, entry.zone)


def _is_of(entry: Entry, period: Period) -> bool:
    return isinstance(entry.target.per, Rolling) or period.kind == entry.target.per


def _per(entry: Entry) -> str:
    per = entry.target.per
    return "rolling window" if isinstance(per, Rolling) else str(per)


def _touches(entry: Entry, period: Period) -> bool:
    start, end = entry.in_force(period.start, period.end)
    return start < end


def _unusable(example: Example, why: str) -> Problem:
    return Problem(
        position=example.places.of("period"), rule=UNUSABLE.id, message=f"this example can't be worked out: {why}"
    )


def run_examples(catalogue: Catalogue, terms: Mapping[str, Terms], given_of: GivenOf) -> Iterator[Problem]:
    """Work out every example; yield a problem for each that expects something else."""
    for each in terms.values():
        for trial in trials(each):
            yield from [trial] if isinstance(trial, Problem) else _run(catalogue, each, trial, given_of)


def _run(catalogue: Catalogue, terms: Terms, trial: Trial, given_of: GivenOf) -> Iterator[Problem]:
    named = trial.entry.target.source
    source = catalogue.sources.get(named.id) if named is not None else None
    if source is None:
        return
    given = given_of(trial, source)
    if given.fault:
        yield _at(trial.example.places.of("given"), UNUSABLE, f"this example can't be worked out: {given.fault}")
        return
    stand_in = replace(source, records=given.kind, from_=None, until=None, complete_to=None)
    sources = {**catalogue.sources, source.id: stand_in}
    first = max(date(1900, 1, 1), add_days(local_date(trial.part.start, trial.entry.zone), -400))
    agreement = replace(terms.agreement, from_=first, until=None, terminated=None, renewal=None)
    held = replace(terms, agreement=agreement)
    entries = held.targets[trial.example.target]
    results, _ = work_out(replace(catalogue, sources=sources), held, entries, [trial.part], given.records)
    yield from _compare(trial, results[0])


def _compare(trial: Trial, result: Result) -> Iterator[Problem]:
    wrong = [
        f"{field}: expected {expected}, worked out {got}"
        for field, expected in trial.example.expect
        if not _agrees(field, expected, result, got := _got(field, result))
    ]
    if wrong:
        lines = working(result, trial.entry.target, trial.entry.calendar_id)
        hint = "the working: " + " · ".join(f"{line.label} {line.figure}".strip() for line in lines)
        yield _at(trial.example.places.of("expect"), WRONG, f"this example is wrong: {'; '.join(wrong)}", hint)


def _at(position: Position, rule: Rule, message: str, hint: str = "") -> Problem:
    return Problem(position=position, rule=rule.id, message=message, hint=hint)


def _got(field: str, result: Result) -> str:
    match field:
        case "verdict":
            return str(result.verdict)
        case "credit":
            return "none" if result.credit is None else percent(result.credit)
        case "shown":
            return result.shown or "none"
        case _:
            return _value(result)


def _value(result: Result) -> str:
    if result.value is None:
        return "none"
    return percent(result.value) if result.unit == "share" else plain(result.value)


def _agrees(field: str, expected: str, result: Result, got: str) -> bool:
    if field in ("verdict", "shown"):
        return _tidy(expected) == _tidy(got)
    exact = result.credit if field == "credit" else result.value
    if exact is None:
        return expected in ("none", "null", "")
    return _same_number(expected, exact)


def _tidy(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def _same_number(expected: str, exact: Fraction) -> bool:
    """Whether a number as written is the exact one, rounded either way to the digits that are written."""
    text = _tidy(expected)
    scale = 100 if text.endswith("%") else 1
    digits = text.removesuffix("%").strip()
    try:
        written = Fraction(digits)
    except ValueError:
        return False
    step = Fraction(1, 10 ** len(digits.partition(".")[2]))
    return written == exact * scale or ("." in digits and abs(written - exact * scale) < step)
