"""Which services are fit to pilot service level management with."""

from __future__ import annotations

from pathlib import Path

from servicebook.insight.pilot import Condition, fitness
from tests.insight.builders import loaded

OWNED = "---\ntitle: E-mail\nstage: live\nowner: messaging-team\nusers: [headquarters]\nhours: berlin\n---\n"
TARGET = "targets: [{id: usable, measure: availability, source: mail-outages, objective: at least 95 %, per: month}]"


def test_a_service_with_everything_is_fit(tmp_path: Path) -> None:
    """Figures, one customer, an owner, hours, an agreement and no dependency."""
    catalogue = loaded(tmp_path, "from: 2026-01-01", TARGET, more={"content/services/email.md": OWNED})

    (found,) = fitness(catalogue, {"mail-outages"})

    assert found.is_fit
    assert found.met == tuple(Condition)


def test_what_lacks_is_told(tmp_path: Path) -> None:
    """Nothing was recorded yet, two customers use it, it needs four services, and nobody owns it."""
    needs = {f"content/services/n{number}.md": "---\ntitle: N\nstage: planned\n---\n" for number in range(4)}
    crowded = "---\ntitle: E-mail\nstage: live\nusers: [headquarters, branches]\ndepends_on: [n0, n1, n2, n3]\n---\n"
    more = {
        "content/services/email.md": crowded,
        "content/parties/branches.md": "---\ntitle: B\ntype: customer\n---\n",
        **needs,
    }

    (found,) = fitness(loaded(tmp_path, "from: 2026-01-01", TARGET, more=more), set())

    assert not found.is_fit
    assert found.lacking == (Condition.DATA, Condition.CUSTOMER, Condition.OWNER, Condition.HOURS, Condition.FEW)


def test_only_services_that_run_are_held_against_it(tmp_path: Path) -> None:
    """A planned one can't be measured; the fittest comes first."""
    more = {
        "content/services/email.md": "---\ntitle: E-mail\nstage: live\n---\n",
        "content/services/fax.md": OWNED.replace("E-mail", "Fax").replace("live", "pilot"),
        "content/services/next.md": OWNED.replace("live", "planned"),
    }

    assert [each.service for each in fitness(loaded(tmp_path, "from: 2026-01-01", more=more), set())] == [
        "fax",
        "email",
    ]
