"""Breaches: what was missed, what editors say about it, whether it comes again and whether the target has recovered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from servicebook.model.breach import BreachAccount, names_period
from servicebook.model.catalogue import Catalogue
from servicebook.model.planning import Improvement
from servicebook.model.result import Result, Verdict
from servicebook.source import Position, Problem, Rule, Severity
from servicebook.timeline.zone import local_date, zone

LOOKED_BACK = 12
"""How many judged periods of a target tell whether its breaches repeat."""
REPEATED = 2
"""From so many breaches among them on they do."""
_JUDGED = (Verdict.MET, Verdict.BREACHED)

NOT_BREACHED = Rule(
    id="reference/not-breached",
    meaning="A breach's file, or an improvement, names a period in which the target wasn't breached.",
    remedy="Correct the period or the target; a breach that was never one has no file.",
    severity=Severity.WARNING,
)
RULES = (NOT_BREACHED,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """How often a target was missed in its newest judged periods, at most twelve."""

    breached: int
    judged: int

    @property
    def is_repeat(self) -> bool:
        """Whether it was missed twice or more."""
        return self.breached >= REPEATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """How a target fared in the finished periods that began on or after a moment."""

    met: int
    judged: int
    newest: Verdict | None
    """Of the newest judged of them; None where none was judged yet."""

    @property
    def recovered(self) -> bool | None:
        """Whether the newest judged period was met; None where none was judged yet."""
        return None if self.newest is None else self.newest is Verdict.MET


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A target that was missed in a period."""

    result: Result
    accounts: tuple[BreachAccount, ...]
    """What editors wrote about it."""
    improvements: tuple[Improvement, ...]
    """Those that an account names, and those that are meant for the target and weren't finished before its period."""
    repeats: Repeats
    """Up to and with this period."""
    recovery: Recovery
    """In the periods that followed."""

    @property
    def is_explained(self) -> bool:
        """Whether its cause is written down, or an improvement names this very breach."""
        return bool(self.accounts) or any(_names(plan, self.result) for plan in self.improvements)


def is_breach(result: Result) -> bool:
    """Whether a result is a breach that binds: of a calendar period, finished or proven already; rolling windows inform."""
    return result.verdict is Verdict.BREACHED and not result.period.startswith("rolling-")


def breaches(catalogue: Catalogue, results: Iterable[Result]) -> tuple[Breach, ...]:
    """Every breach, newest first; those of one moment by agreement and target."""
    found = [
        _breach(catalogue, result, listed)
        for listed in by_target(results).values()
        for result in listed
        if is_breach(result)
    ]
    return tuple(sorted(found, key=lambda breach: (-breach.result.end, breach.result.key)))


def by_target(results: Iterable[Result]) -> Mapping[tuple[str, str], Sequence[Result]]:
    """Results of each agreement's targets in the order of time."""
    grouped: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for result in results:
        grouped[result.agreement, result.target].append(result)
    return {key: sorted(listed, key=lambda result: result.start) for key, listed in grouped.items()}


def _breach(catalogue: Catalogue, result: Result, listed: Sequence[Result]) -> Breach:
    accounts = tuple(
        account for account in catalogue.breaches.values() if any(each.names(*result.key) for each in account.breaches)
    )
    return Breach(
        result=result,
        accounts=accounts,
        improvements=tuple(_improvements(catalogue, result, accounts)),
        repeats=repeats([each for each in listed if each.start <= result.start]),
        recovery=recovery(listed, result.end),
    )


def repeats(results: Sequence[Result]) -> Repeats:
    """Counts over the newest judged periods of a target; its results in the order of time."""
    judged = [result for result in results if result.verdict is Verdict.BREACHED or _is_judged(result)][-LOOKED_BACK:]
    return Repeats(breached=sum(result.verdict is Verdict.BREACHED for result in judged), judged=len(judged))


def recovery(results: Sequence[Result], since: int) -> Recovery:
    """How a target fared in the finished periods that began at `since` or later; its results in the order of time."""
    judged = [result for result in results if _is_judged(result) and result.start >= since]
    return Recovery(
        met=sum(result.verdict is Verdict.MET for result in judged),
        judged=len(judged),
        newest=judged[-1].verdict if judged else None,
    )


def recovery_since(results: Sequence[Result], done: date) -> Recovery:
    """How a target fared in the finished periods that began on a day or later, each in its own zone."""
    return recovery([r for r in results if local_date(r.start, zone(r.zone)) >= done], 0)


def _is_judged(result: Result) -> bool:
    return result.finished and result.verdict in _JUDGED


def _improvements(catalogue: Catalogue, result: Result, accounts: Sequence[BreachAccount]) -> Iterator[Improvement]:
    named = {reference.id for account in accounts for reference in account.improvements}
    begun = local_date(result.start, zone(result.zone))
    for plan in catalogue.improvements.values():
        in_time = plan.done is None or plan.done >= begun
        if plan.id in named or _names(plan, result) or (in_time and _is_meant_for(plan, result)):
            yield plan


def _is_meant_for(plan: Improvement, result: Result) -> bool:
    return any(
        meant.target is not None
        and meant.period is None
        and (meant.agreement.id, meant.target.id) == (result.agreement, result.target)
        for meant in plan.targets
    )


def _names(plan: Improvement, result: Result) -> bool:
    """Whether an improvement names this very breach."""
    return any(
        meant.target is not None
        and meant.period is not None
        and (meant.agreement.id, meant.target.id) == (result.agreement, result.target)
        and names_period(meant.period.id, result.period)
        for meant in plan.targets
    )


def unfounded(catalogue: Catalogue, results: Iterable[Result], agreements: Collection[str]) -> Iterator[Problem]:
    """Files of breaches and improvements that name a period in which the target wasn't breached.

    `agreements` are those that the results are of: nothing is said about others.
    """
    listed = by_target(results)
    for agreement, target, period, position in _named(catalogue):
        if agreement not in agreements:
            continue
        there = [r for r in listed.get((agreement, target), ()) if names_period(period, r.period)]
        if any(is_breach(result) for result in there):
            continue
        said = f"it is {there[-1].verdict}" if there else "there is no result for it"
        message = f"{agreement}/{target} isn't breached in {period}: {said}"
        yield Problem(
            position=position,
            rule=NOT_BREACHED.id,
            message=message,
            hint=NOT_BREACHED.remedy,
            severity=Severity.WARNING,
        )


def _named(catalogue: Catalogue) -> Iterator[tuple[str, str, str, Position]]:
    for account in catalogue.breaches.values():
        for each in account.breaches:
            yield each.agreement.id, each.target.id, each.period.id, each.period.position
    for plan in catalogue.improvements.values():
        for meant in plan.targets:
            if meant.target is not None and meant.period is not None:
                yield meant.agreement.id, meant.target.id, meant.period.id, meant.period.position
