"""What services and the sources that measure them have to agree on."""

from __future__ import annotations

from collections.abc import Iterator

from servicebook.checks.finding import Context, finding
from servicebook.model.service import Capacity, Service
from servicebook.source import Problem, Rule

TWO_LIMITS = Rule(
    id="terms/two-capacities",
    meaning="Two services give one source of usage different limits, so that nobody can tell how full it is.",
    remedy="Give each service a source of its own, or the files a column `capacity`.",
)
RULES = (TWO_LIMITS,)


def one_source_has_one_capacity(context: Context) -> Iterator[Problem]:
    """Services that name one source of usage give it one limit."""
    first: dict[str, tuple[Service, Capacity]] = {}
    for service in context.catalogue.services.values():
        capacity = service.capacity
        if capacity is None or capacity.limit is None:
            continue
        other, earlier = first.setdefault(capacity.source.id, (service, capacity))
        if earlier.limit != capacity.limit:
            message = f"the service '{other.id}' gives the source '{capacity.source.id}' another limit"
            yield finding(TWO_LIMITS, capacity.places.of("limit"), message, related=(earlier.places.of("limit"),))
