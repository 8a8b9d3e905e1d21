"""Nothing extends itself, and no service needs itself."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from servicebook.checks.finding import Context, finding
from servicebook.source import Position, Problem, Rule

EXTENDS = Rule(
    id="reference/extends-cycle",
    meaning="Agreements extend each other in a circle, so that nobody can tell what they take over.",
    remedy="Take `extends` out of one of them.",
)
DEPENDS = Rule(
    id="reference/dependency-cycle",
    meaning="Services depend on each other in a circle, so that no availability can be worked out along it.",
    remedy="Take one of the dependencies out.",
)
RULES = (EXTENDS, DEPENDS)

Edges = dict[str, dict[str, Position]]
"""What each thing names, and where."""


def extends_comes_to_an_end(context: Context) -> Iterator[Problem]:
    """No agreement extends itself, directly or over others."""
    agreements = context.catalogue.agreements
    edges: Edges = {
        name: {each.extends.id: each.extends.position}
        if each.extends is not None and each.extends.id in agreements
        else {}
        for name, each in agreements.items()
    }
    for cycle, positions in _cycles(edges):
        yield finding(EXTENDS, positions[0], f"'extends' runs in a circle: {' → '.join(cycle)}", related=positions[1:])


def dependencies_come_to_an_end(context: Context) -> Iterator[Problem]:
    """No service depends on itself, directly or over others."""
    services = context.catalogue.services
    edges: Edges = {
        name: {
            reference.id: reference.position
            for dependency in each.depends_on
            for reference in dependency.alternatives
            if reference.id in services
        }
        for name, each in services.items()
    }
    for cycle, positions in _cycles(edges):
        yield finding(
            DEPENDS,
            positions[0],
            f"the services depend on each other in a circle: {' → '.join(cycle)}",
            related=positions[1:],
        )


def _cycles(edges: Edges) -> Iterator[tuple[list[str], list[Position]]]:
    """Circles, each from its first id in order of the alphabet, with the places that close them; without those first places there are none."""
    left = {name: dict(named) for name, named in edges.items()}
    while (cycle := _a_cycle(left)) is not None:
        first = cycle.index(min(cycle))
        turned = [*cycle[first:], *cycle[:first]]
        around = [*turned, turned[0]]
        yield around, [edges[name][following] for name, following in zip(turned, around[1:], strict=True)]
        del left[around[0]][around[1]]


def _a_cycle(edges: Edges) -> list[str] | None:
    """The ids of one circle, each once, in the order in which they name each other."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found[:0:-1]
    return None
