"""Every rule of single files explains itself."""

from __future__ import annotations

import re
from pathlib import Path

from servicebook import loading
from servicebook.loading.rules import RULES

GROUPS = {
    "yaml",
    "field",
    "reference",
    "terms",
    "prose",
    "lifecycle",
    "chain",
    "exclusion",
    "example",
    "metrics",
    "closed",
    "limit",
}


def test_every_rule_that_is_reported_is_explained_and_no_other() -> None:
    """The ids in the readers' code and in the list of rules are the same."""
    used = {
        name
        for module in Path(loading.__file__).parent.glob("*.py")
        if module.name != "rules.py"
        for name in re.findall(r'"([a-z]+/[a-z-]+)"', module.read_text(encoding="utf-8"))
        if name.partition("/")[0] in GROUPS
    }

    assert used == {rule.id for rule in RULES}
    assert len(RULES) == len({rule.id for rule in RULES})


def test_rules_are_in_sentences() -> None:
    """What is meant and how to mend it, each a sentence."""
    assert [rule.id for rule in RULES if not (rule.meaning.endswith(".") and rule.remedy.endswith("."))] == []
