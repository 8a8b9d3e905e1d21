"""Nothing extends itself, and no service needs itself."""

from __future__ import annotations

from pathlib import Path

from servicebook.source import Position
from tests.checks.builders import AGREEMENT, agreement, found, problems_of


def service(depends_on: str) -> str:
    return f"---\ntitle: Service\nstage: live\ndepends_on: {depends_on}\n---\n"


def test_a_circle_of_extends_is_reported_once(tmp_path: Path) -> None:
    """At the line of its first agreement; the others are related."""
    text = agreement("extends: frame")
    frame = {"content/agreements/frame.md": text[AGREEMENT].replace("extends: frame", "extends: email-hq")}

    (problem,) = problems_of(tmp_path, text, frame)

    assert (problem.position, problem.rule) == (Position(AGREEMENT, 10, 10), "reference/extends-cycle")
    assert problem.message == "'extends' runs in a circle: email-hq → frame → email-hq"
    assert problem.related == (Position("content/agreements/frame.md", 10, 10),)


def test_an_agreement_that_extends_itself(tmp_path: Path) -> None:
    """The shortest circle."""
    assert found(tmp_path, agreement("extends: email-hq")) == ["email-hq.md:10:10 error reference/extends-cycle"]


def test_every_circle_of_dependencies_is_reported_at_its_own_line(tmp_path: Path) -> None:
    """Two circles share a service; an alternative of `any_of` closes one too. What only leads into a circle is in none."""
    files = {
        "content/services/a.md": service("[b]"),
        "content/services/b.md": service("[a, {any_of: [c, network]}]"),
        "content/services/c.md": service("[b]"),
        "content/services/d.md": service("[a]"),
    }

    found_problems = problems_of(tmp_path, files)

    assert [(p.position.path, p.position.line, p.position.column) for p in found_problems] == [
        ("content/services/a.md", 4, 14),
        ("content/services/b.md", 4, 27),
    ]
    assert [p.message for p in found_problems] == [
        "the services depend on each other in a circle: a → b → a",
        "the services depend on each other in a circle: b → c → b",
    ]
    assert {p.rule for p in found_problems} == {"reference/dependency-cycle"}
