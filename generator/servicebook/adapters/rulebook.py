"""All rules that problems name, from every stage, for `servicebook rules` and for the guide."""

from __future__ import annotations

from servicebook.adapters.publication_rules import RULES as PUBLICATION_RULES
from servicebook.checks import RULES as CHECK_RULES
from servicebook.compliance.rules import RULES as COMPLIANCE_RULES
from servicebook.insight.breaches import RULES as BREACH_RULES
from servicebook.insight.closed import RULES as CLOSED_RULES
from servicebook.insight.examples import RULES as EXAMPLE_RULES
from servicebook.loading.rules import RULES as LOADING_RULES
from servicebook.metrics.rules import RULES as METRICS_RULES
from servicebook.source import Rule

_ALL: tuple[Rule, ...] = (
    *LOADING_RULES,
    *METRICS_RULES,
    *CHECK_RULES,
    *COMPLIANCE_RULES,
    *EXAMPLE_RULES,
    *CLOSED_RULES,
    *BREACH_RULES,
    *PUBLICATION_RULES,
)
RULES: tuple[Rule, ...] = tuple(sorted({rule.id: rule for rule in _ALL}.values(), key=lambda rule: rule.id))
"""Sorted by id, each once."""
