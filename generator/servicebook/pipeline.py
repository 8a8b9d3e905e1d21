"""load → check → measure → evaluate: from a catalogue's folder to what is true of it at `as_of`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from servicebook.checks import check, check_metrics
from servicebook.compliance.evaluate import evaluate
from servicebook.compliance.terms import Terms, resolve
from servicebook.insight.lifecycle import Status, statuses
from servicebook.loading import load
from servicebook.metrics import open_metrics
from servicebook.model.catalogue import Catalogue
from servicebook.model.common import Where
from servicebook.model.measurement import SourceReport
from servicebook.model.result import Result
from servicebook.source import Problem, in_order

METRICS_FOLDER = "data/metrics"
DEFINITIONS = frozenset({".yml", ".yaml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """Everything that is known of a catalogue at `as_of`."""

    catalogue: Catalogue
    as_of: int
    terms: Mapping[str, Terms]
    statuses: Mapping[str, Status]
    problems: tuple[Problem, ...]
    """Sorted; all of them, from all stages that could run."""
    reports: Mapping[str, SourceReport] = MappingProxyType({})
    results: tuple[Result, ...] = ()
    """Empty where an error keeps them from being worked out."""

    @property
    def has_errors(self) -> bool:
        """Whether anything keeps the catalogue from being published."""
        return any(problem.is_error for problem in self.problems)


def examine(root: Path, as_of: int, *, content_dir: str = "content", agreements: Collection[str] = ()) -> Examined:
    """Load, check, measure and evaluate the catalogue in `root`.

    With `agreements` only their results are worked out; every file is checked all the same. Metric files are read once
    the catalogue itself has a shape, even where it has errors, so that one run names everything that is wrong.
    """
    loaded = load(root, content_dir=content_dir)
    catalogue = loaded.catalogue
    terms = {agreement.id: resolve(catalogue, agreement) for agreement in catalogue.agreements.values()}
    written = (*loaded.problems, *check(catalogue, terms, as_of=as_of, broken=loaded.broken))
    with open_metrics(
        root,
        catalogue.sources,
        as_of=as_of,
        capacity_limits=capacity_limits(catalogue),
        wanted=wanted(catalogue, terms.values()),
    ) as store:
        store.read_all()
        measured = (*store.problems, *check_metrics(catalogue, terms, store, metric_files(root)))
        reports = {source: store.report(source) for source in catalogue.sources}
        found = (*written, *measured)
        results: tuple[Result, ...] = ()
        if not any(problem.is_error for problem in found):
            chosen = [each for name, each in terms.items() if not agreements or name in agreements]
            done = evaluate(catalogue, chosen, store)
            found = (*found, *done.problems)
            results = done.results
    problems = in_order(found)
    if any(problem.is_error for problem in problems):
        results = ()
    return Examined(
        catalogue=catalogue,
        as_of=as_of,
        terms=terms,
        statuses=statuses(terms, as_of),
        problems=problems,
        reports=reports,
        results=results,
    )


def capacity_limits(catalogue: Catalogue) -> dict[str, Fraction]:
    """The limit of the service that names a usage source: the capacity of rows that have none of their own."""
    return {
        service.capacity.source.id: service.capacity.limit
        for service in catalogue.services.values()
        if service.capacity is not None and service.capacity.limit is not None
    }


def wanted(catalogue: Catalogue, terms: Iterable[Terms]) -> tuple[tuple[str, Where], ...]:
    """Every source and filter that a promise or a service asks for."""
    asked: list[tuple[str, Where]] = []
    for each in terms:
        asked += [(e.target.source.id, e.target.where) for e in each.entries if e.target.source is not None]
        if each.maintenance is not None and each.maintenance.announcements is not None:
            asked.append((each.maintenance.announcements.source.id, each.maintenance.announcements.where))
    for service in catalogue.services.values():
        for metered in (service.capacity, service.cost, service.satisfaction):
            if metered is not None:
                asked.append((metered.source.id, metered.where))
    return tuple(dict.fromkeys(asked))


def metric_files(root: Path) -> frozenset[str]:
    """All files below the metrics folder but the definitions and what begins with a dot, relative to the root."""
    folder = root / METRICS_FOLDER
    if not folder.is_dir():
        return frozenset()
    found = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        is_definition = len(inside.parts) == 1 and path.suffix.lower() in DEFINITIONS
        hidden = any(part.startswith(".") for part in inside.parts)
        if not is_definition and not hidden and path.is_file():
            found.append(path.relative_to(root).as_posix())
    return frozenset(found)


