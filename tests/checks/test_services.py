"""What services and the sources that measure them have to agree on."""

from __future__ import annotations

from pathlib import Path

from servicebook.source import Position
from tests.checks.builders import problems_of


def service(capacity: str) -> str:
    return f"---\ntitle: Service\nstage: live\ncapacity: {{source: mail-usage{capacity}}}\n---\n"


def test_one_source_has_one_capacity(tmp_path: Path) -> None:
    """Two services that give a source of usage different limits; one without, or with the same, is fine."""
    files = {
        "content/services/email.md": service(", limit: 12000"),
        "content/services/archive.md": service(", limit: 12000.0"),
        "content/services/network.md": service(", limit: 9000"),
        "content/services/plain.md": service(""),
    }

    (problem,) = problems_of(tmp_path, files)

    assert (problem.rule, problem.is_error) == ("terms/two-capacities", True)
    assert problem.position == Position("content/services/network.md", 4, 39)
    assert problem.related == (Position("content/services/archive.md", 4, 39),)
    assert problem.message == "the service 'archive' gives the source 'mail-usage' another limit"
