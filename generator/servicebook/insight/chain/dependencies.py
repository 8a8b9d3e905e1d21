"""Which services a promise needs, and how their availabilities come together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from servicebook.model.catalogue import Catalogue
from servicebook.source import Position

Needs = Mapping[str, tuple[tuple[str, ...], ...]]
"""For each service what it depends on: groups of alternatives, most of one service only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A service of the chain and how it came in."""

    service: str
    root: str
    """The own service that reaches it first; an own one reaches itself."""
    position: Position | None
    """Where it is named by what depends on it; None for an own service."""


def needs_of(catalogue: Catalogue) -> dict[str, tuple[tuple[str, ...], ...]]:
    """What every service depends on. Unknown services are left out: `checks` reports them."""
    known = catalogue.services
    return {
        name: tuple(
            alternatives
            for needed in service.depends_on
            if (alternatives := tuple(dict.fromkeys(each.id for each in needed.alternatives if each.id in known)))
        )
        for name, service in known.items()
    }


def reached(catalogue: Catalogue, roots: Iterable[str]) -> dict[str, Reached]:
    """The roots in their order, then what each of them reaches along `depends_on`, everything once."""
    own = [root for root in dict.fromkeys(roots) if root in catalogue.services]
    found = {root: Reached(service=root, root=root, position=None) for root in own}
    for root in own:
        waiting = [root]
        while waiting:
            service = catalogue.services[waiting.pop()]
            named = [each for needed in service.depends_on for each in needed.alternatives]
            new = [each for each in named if each.id in catalogue.services and each.id not in found]
            for each in new:
                found.setdefault(each.id, Reached(service=each.id, root=root, position=each.position))
            waiting += reversed(list(dict.fromkeys(each.id for each in new)))
    return found


def ceiling(roots: Collection[str], needs: Needs, backs: Mapping[str, Fraction]) -> Fraction:
    """The availability of what the roots need together, exact; a service without a value counts as 1.

    In series availabilities multiply: 99 % × 99 % = 98.01 %. An alternative of `any_of` is itself times what it alone
    reaches, alternatives together are 1 − Π(1 − a): 1 − 1 % × 1 % = 99.99 %. What several alternatives or the rest of
    the chain also need stands once, in series; an alternative that stands there already makes its group certain.
    """
    return _value(frozenset(roots), _reach(roots, needs), needs, backs)


_Edge = tuple[str, int, str]
"""A service, which of its groups, and an alternative of it."""


def _value(roots: Collection[str], scope: Collection[str], needs: Needs, backs: Mapping[str, Fraction]) -> Fraction:
    """The value of the roots and what they need, as far as it lies in scope."""
    edges = [
        (service, index, alternative)
        for service in scope
        for index, group in enumerate(needs.get(service, ()))
        if len(group) > 1
        for alternative in group
        if alternative in scope
    ]
    alone = {edge: frozenset(scope) - _reach(roots, needs, scope, without=edge) for edge in edges}
    in_series = frozenset(scope).difference(*alone.values())
    whole = prod((backs.get(service, Fraction(1)) for service in sorted(in_series)), start=Fraction(1))
    for service in sorted(in_series):
        for index, group in enumerate(needs.get(service, ())):
            # What lies out of scope is needed elsewhere too and stands in series there, as what stands in series here.
            if len(group) < 2 or any(each not in scope or each in in_series for each in group):
                continue
            down = prod(
                (1 - _value({each}, alone[service, index, each], needs, backs) for each in group), start=Fraction(1)
            )
            whole *= 1 - down
    return whole


def _reach(
    roots: Iterable[str], needs: Needs, scope: Collection[str] | None = None, *, without: _Edge | None = None
) -> frozenset[str]:
    """What can be reached from the roots within the scope, without going along one edge."""
    found: set[str] = set()
    waiting = [root for root in roots if scope is None or root in scope]
    while waiting:
        service = waiting.pop()
        if service in found:
            continue
        found.add(service)
        for index, group in enumerate(needs.get(service, ())):
            waiting += [
                each
                for each in group
                if (scope is None or each in scope) and each not in found and (service, index, each) != without
            ]
    return frozenset(found)


def weakest(roots: Collection[str], needs: Needs, backs: Mapping[str, Fraction]) -> str | None:
    """The service whose perfection would raise the ceiling most; the first of equals in order of the mapping."""
    lowest = ceiling(roots, needs, backs)
    gains = {
        service: ceiling(roots, needs, {**backs, service: Fraction(1)}) - lowest
        for service, value in backs.items()
        if value < 1
    }
    best = max(gains, key=lambda service: gains[service], default=None)
    return best if best is not None and gains[best] > 0 else None
