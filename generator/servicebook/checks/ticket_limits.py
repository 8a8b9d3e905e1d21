"""Unambiguous terms: the limits of response and resolution fit together."""

from __future__ import annotations

from collections.abc import Iterator

from servicebook.checks.finding import Context
from servicebook.model.common import Unit
from servicebook.model.target import Target
from servicebook.source import Problem, Rule, Severity

ABOVE = Rule(
    id="terms/response-above-resolution",
    meaning="A response may take longer than the resolution of the same tickets, so its limit means nothing.",
    remedy="Make the response's `within` the shorter of the two.",
    severity=Severity.WARNING,
)
MISSING = Rule(
    id="terms/priority-without-target",
    meaning="One of response and resolution has a target for a priority, the other has targets but none for that priority.",
    remedy="Write the missing target, or take the priority out of the other one's `where`.",
    severity=Severity.WARNING,
)
RULES: tuple[Rule, ...] = (ABOVE, MISSING)


def limits_of_tickets_fit_together(context: Context) -> Iterator[Problem]:
    """A ticket is answered before it is solved, and every priority has both promises or neither kind has any."""
    for terms in context.terms.values():
        own = [e.target for e in terms.entries if e.owner == terms.agreement.id and e.target.within is not None]
        responses = [target for target in own if target.of == "response"]
        resolutions = [target for target in own if target.of == "resolution"]
        for response in responses:
            for resolution in resolutions:
                if _same_tickets(response, resolution) and _is_longer(response, resolution):
                    yield Problem(
                        position=response.places.of("within"),
                        rule=ABOVE.id,
                        message=f"a response within {_within(response)}, but the resolution within {_within(resolution)}",
                        hint=ABOVE.remedy,
                        severity=Severity.WARNING,
                        related=(resolution.places.of("within"),),
                    )
        yield from _missing_priorities(responses, resolutions, "resolution")
        yield from _missing_priorities(resolutions, responses, "response")


def _same_tickets(one: Target, other: Target) -> bool:
    return one.source == other.source and one.where == other.where and one.hours == other.hours


def _is_longer(response: Target, resolution: Target) -> bool:
    one, other = response.within, resolution.within
    if one is None or other is None or one.kind is not other.kind:
        return False
    return one.microseconds > other.microseconds if one.kind is Unit.DURATION else one.number > other.number


def _within(target: Target) -> str:
    return target.within.text if target.within is not None else ""


def _priorities(target: Target) -> set[str]:
    return {text for column, texts in target.where.conditions if column == "priority" for text in texts}


def _missing_priorities(have: list[Target], others: list[Target], what: str) -> Iterator[Problem]:
    covered = {priority for target in others for priority in _priorities(target)}
    if not covered or any(not _priorities(target) for target in others):
        return
    for target in have:
        for priority in sorted(_priorities(target) - covered):
            yield Problem(
                position=target.places.of("where"),
                rule=MISSING.id,
                message=f"priority {priority} has no target of {what}",
                hint=MISSING.remedy,
                severity=Severity.WARNING,
            )
