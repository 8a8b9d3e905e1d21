"""Exclusions that came late: first committed long after they were declared.

The date on which an exclusion was declared is what its author writes; the history of the repository tells when
everybody could read it. Between the two lies the room for time that is taken out of a figure afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from servicebook.compliance.terms import Terms
from servicebook.model.agreement import Exclusion
from servicebook.model.history import FirstCommits, Unknown
from servicebook.source import Problem, Rule, Severity
from servicebook.timeline.zone import local_date, zone

DAYS = 7
"""So many days may lie between an exclusion's declaration and its first commit."""
LATE = Rule(
    id="exclusion/committed-late",
    meaning=f"An exclusion was first committed more than {DAYS} days after the day on which it is said to have been declared.",
    remedy="Commit exclusions when they are declared. If the date is right, say in `reason` where it was declared.",
    severity=Severity.WARNING,
)
RULES: tuple[Rule, ...] = (LATE,)


def days_late(terms: Terms, exclusion: Exclusion, commits: FirstCommits) -> int | None:
    """How many days after its declaration an exclusion was first committed, in the agreement's zone; None where unknown."""
    first = commits.of(terms.agreement.id, exclusion.start, exclusion.end)
    if isinstance(first, Unknown):
        return None
    return (local_date(first, zone(terms.zone_name)) - exclusion.declared).days


def late_exclusions(terms: Mapping[str, Terms], commits: FirstCommits) -> Iterator[Problem]:
    """A warning for each exclusion that was first committed more than seven days after it was declared."""
    for each in terms.values():
        for exclusion in each.agreement.exclusions:
            days = days_late(each, exclusion, commits)
            if days is None or days <= DAYS:
                continue
            yield Problem(
                position=exclusion.places.of("declared"),
                rule=LATE.id,
                severity=LATE.severity,
                message=f"the exclusion was first committed {days} days after it was declared on {exclusion.declared}",
                hint="commit exclusions when they are declared; if the day is right, let `reason` say where it was",
            )
