"""Every rule explains itself, and every check follows a rule."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from servicebook.checks import RULES, check
from servicebook.compliance.terms import resolve
from servicebook.loading import load
from servicebook.loading.rules import RULES as LOADING_RULES

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
ACCEPTANCE = Path(__file__).parents[3] / "shared" / "acceptance"
CATALOGUES = [ACCEPTANCE / name for name in ("real", "generated/seed-1", "generated/seed-2", "generated/wide-4")]


def test_ids_are_unique_and_of_the_groups_that_are_promised() -> None:
    """Groups are the contract; a rule is explained once."""
    ids = [rule.id for rule in RULES]

    assert len(set(ids)) == len(ids)
    assert not set(ids) & {rule.id for rule in LOADING_RULES}
    assert {rule.partition("/")[0] for rule in ids} <= GROUPS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_what_it_means_and_how_to_satisfy_it(rule) -> None:
    """Both in sentences."""
    assert rule.meaning[0].isupper()
    assert rule.meaning.rstrip(")").endswith(".")
    assert rule.remedy[0].isupper()
    assert rule.remedy.endswith(".")


@pytest.mark.parametrize("root", CATALOGUES, ids=lambda root: root.name)
def test_the_acceptance_catalogues_have_no_error(root: Path) -> None:
    """They exist in this format, and the tool has to build them."""
    if not root.is_dir():
        pytest.skip("the acceptance catalogues aren't beside the project")
    as_of = int(datetime.fromisoformat((root / "as_of.txt").read_text().strip()).timestamp()) * 1_000_000
    loaded = load(root)
    terms = {each.id: resolve(loaded.catalogue, each) for each in loaded.catalogue.agreements.values()}

    problems = (*loaded.problems, *check(loaded.catalogue, terms, as_of=as_of, broken=loaded.broken))

    assert [problem for problem in problems if problem.is_error] == []
