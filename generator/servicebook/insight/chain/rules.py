"""What can be wrong with what stands under a promise."""

from __future__ import annotations

from collections.abc import Iterable

from servicebook.source import Position, Problem, Rule, Severity


def _rule(name: str, meaning: str, remedy: str) -> Rule:
    return Rule(id=f"chain/{name}", meaning=meaning, remedy=remedy, severity=Severity.WARNING)


CEILING = _rule(
    "ceiling",
    "More availability is promised than the agreements and contracts under the promise back together.",
    "Promise less, or get more promised for the weakest link: a better contract, or an alternative (`any_of`).",
)
NO_AVAILABILITY = _rule(
    "no-availability",
    "A promise of availability rests on a service whose agreement promises no availability by calendar periods.",
    "Agree on a target of availability there, by month or quarter; a rolling window only informs.",
)
UNCOVERED = _rule(
    "uncovered",
    "A service that is needed has no agreement or contract, so that nobody promises anything for it.",
    "Agree on it with those who run it (an OLA, or a contract with the supplier), and see that both sign.",
)
NOT_IN_FORCE = _rule(
    "not-in-force",
    "An agreement that is named under `underpinned_by` is over, or isn't signed by both sides: it backs nothing.",
    "Get it signed or renewed, or name its successor.",
)
HOURS = _rule(
    "hours",
    "Something is promised at hours at which a service under it isn't promised.",
    "Promise the hours that are backed, or get longer hours promised for the link.",
)
LIMIT = _rule(
    "limit",
    "A ticket has to be answered or resolved before the agreement under the promise asks for it.",
    "Promise a longer time, or get a shorter one promised for the link, in hours that fit.",
)
MAINTENANCE = _rule(
    "maintenance",
    "Maintenance under a promise may come with less notice, at other times or for longer than the promise allows.",
    "Agree under the promise on the same windows, notice and allowance, or on stricter ones.",
)
DATES = _rule(
    "dates",
    "An agreement under a promise begins after the promise, or ends before it.",
    "Renew it in time (a tacit renewal lasts), or let the promise end with it.",
)
RULES = (CEILING, NO_AVAILABILITY, UNCOVERED, NOT_IN_FORCE, HOURS, LIMIT, MAINTENANCE, DATES)


def gap(rule: Rule, position: Position, message: str, related: Iterable[Position] = (), *, hint: str = "") -> Problem:
    """A gap of the chain: it warns, for nothing that is published becomes wrong by it."""
    return Problem(
        position=position,
        rule=rule.id,
        message=message,
        hint=hint or rule.remedy,
        severity=rule.severity,
        related=tuple(dict.fromkeys(related)),
    )
