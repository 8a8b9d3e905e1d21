"""All rules that problems name, from every stage, for `servicebook rules` and for the guide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from servicebook.adapters.publication_rules import RULES as PUBLICATION_RULES
from servicebook.checks import RULES as CHECK_RULES
from servicebook.compliance.rules import RULES as COMPLIANCE_RULES
from servicebook.insight.breaches import RULES as BREACH_RULES
from servicebook.insight.chain import RULES as CHAIN_RULES
from servicebook.insight.change import RULES as CHANGE_RULES
from servicebook.insight.closed import RULES as CLOSED_RULES
from servicebook.insight.examples import RULES as EXAMPLE_RULES
from servicebook.insight.late_exclusions import RULES as LATE_RULES
from servicebook.loading.rules import RULES as LOADING_RULES
from servicebook.metrics.rules import RULES as METRICS_RULES
from servicebook.source import Rule

_ALL: tuple[Rule, ...] = (
    *LOADING_RULES,
    *METRICS_RULES,
    *CHECK_RULES,
    *COMPLIANCE_RULES,
    *EXAMPLE_RULES,
    *CHANGE_RULES,
    *CLOSED_RULES,
    *LATE_RULES,
    *BREACH_RULES,
    *CHAIN_RULES,
    *PUBLICATION_RULES,
)


def _together(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Rules sorted by id; where two stages share one, their explanations stand together."""
    found: dict[str, Rule] = {}
    for rule in rules:
        same = found.get(rule.id)
        if same is not None and same.meaning != rule.meaning:
            rule = replace(  # noqa: PLW2901 - the one that is kept
                same, meaning=f"{same.meaning} {rule.meaning}", remedy=f"{same.remedy} {rule.remedy}"
            )
        found[rule.id] = rule
    return tuple(sorted(found.values(), key=lambda rule: rule.id))


RULES = _together(_ALL)
"""Sorted by id, each once."""
