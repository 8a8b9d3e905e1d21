"""load → check → measure → evaluate: from a catalogue's folder to what is true of it at `as_of`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from servicebook.checks import check, check_metrics
from servicebook.compliance.evaluate import evaluate
from servicebook.compliance.service_time import announced_work, work_ahead
from servicebook.compliance.terms import Terms, resolve
from servicebook.insight.backtest import Backtest, backtest
from servicebook.insight.breaches import unfounded
from servicebook.insight.chain import Chain, chains
from servicebook.insight.closed import changed_figures, mark_closed
from servicebook.insight.examples import run_examples
from servicebook.insight.lifecycle import State, Status, statuses
from servicebook.insight.metering import Metered, metered
from servicebook.loading import load
from servicebook.loading.published import load_published
from servicebook.metrics import MetricStore, open_metrics
from servicebook.metrics.examples import examples_given
from servicebook.model.catalogue import Catalogue
from servicebook.model.common import Where
from servicebook.model.history import FirstCommits
from servicebook.model.measurement import Outage, SourceReport
from servicebook.model.published import PublishedPeriod
from servicebook.model.result import Result
from servicebook.source import Problem, in_order
from servicebook.timeline.zone import DAY

METRICS_FOLDER = "data/metrics"
NOT_YET_AGREED = frozenset({State.DRAFT, State.IN_NEGOTIATION})
LATELY = 92 * DAY
"""How far back announced work is shown."""
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
    reports: Mapping[str, SourceReport] = field(default_factory=dict)
    results: tuple[Result, ...] = ()
    """Empty where an error keeps them from being worked out."""
    backtests: Mapping[str, tuple[Backtest, ...]] = field(default_factory=dict)
    """How the targets of each draft, and of each agreement in negotiation, would have fared."""
    published: Mapping[str, PublishedPeriod] = field(default_factory=dict)
    """Closed periods by name."""
    planned: Mapping[str, tuple[Outage, ...]] = field(default_factory=dict)
    """Work that each agreement's lists announce and that isn't over yet."""
    announced: Mapping[str, tuple[Outage, ...]] = field(default_factory=dict)
    """The same with that of the last 92 days, of agreements that say something about maintenance."""
    chains: Mapping[str, Chain] = field(default_factory=dict)
    """What stands under each SLA that isn't over."""
    metered: Metered = field(default_factory=Metered)
    """Cost, use and satisfaction of services."""
    commits: FirstCommits = field(default_factory=FirstCommits)
    """When exclusions were first committed, where the adapter that asked knows it; no figure depends on it."""

    @property
    def has_errors(self) -> bool:
        """Whether anything keeps the catalogue from being published."""
        return any(problem.is_error for problem in self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A catalogue with its metric files at hand, checked but not yet evaluated."""

    catalogue: Catalogue
    as_of: int
    terms: Mapping[str, Terms]
    problems: tuple[Problem, ...]
    records: MetricStore

    @property
    def has_errors(self) -> bool:
        """Whether anything keeps figures from being worked out."""
        return any(problem.is_error for problem in self.problems)


@contextmanager
def opened(root: Path, as_of: int, *, content_dir: str = "content") -> Iterator[Opened]:
    """Load, check and measure the catalogue in `root`.

    Metric files are read even where the catalogue has errors, so that one run names everything that is wrong.
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
        announcements=announcement_lists(terms.values()),
    ) as store:
        store.read_all()
        measured = (*store.problems, *check_metrics(catalogue, terms, store, metric_files(root), broken=loaded.broken))
        problems = in_order((*written, *measured))
        yield Opened(catalogue=catalogue, as_of=as_of, terms=terms, problems=problems, records=store)


def examine(root: Path, as_of: int, *, content_dir: str = "content", agreements: Collection[str] = ()) -> Examined:
    """Load, check, measure and evaluate the catalogue in `root`.

    With `agreements` only their results are worked out; every file is checked all the same.
    """
    published, unreadable = load_published(root)
    with opened(root, as_of, content_dir=content_dir) as book:
        problems = in_order((*book.problems, *unreadable))
        results: tuple[Result, ...] = ()
        backtests: dict[str, tuple[Backtest, ...]] = {}
        planned: dict[str, tuple[Outage, ...]] = {}
        announced: dict[str, tuple[Outage, ...]] = {}
        counted = Metered()
        under: dict[str, Chain] = {}
        states = statuses(book.terms, as_of)
        if not any(problem.is_error for problem in problems):
            chosen = [each for name, each in book.terms.items() if not agreements or name in agreements]
            also = {key[0] for period in published.values() for key in period.results}
            needed = [each for name, each in book.terms.items() if each in chosen or name in also]
            done = evaluate(book.catalogue, needed, book.records)
            with examples_given(book.records) as given_of:
                wrong = tuple(run_examples(book.catalogue, book.terms, given_of))
            changed = changed_figures(done.results, published, book.terms, as_of)
            names = {each.agreement.id for each in chosen}
            baseless = unfounded(book.catalogue, done.results, names)
            under = chains(book.catalogue, book.terms, as_of, names)
            gaps = (gap for chain in under.values() for gap in chain.gaps)
            problems = in_order((*problems, *done.problems, *wrong, *changed, *baseless, *gaps))
            results = mark_closed((r for r in done.results if r.agreement in names), published)
            backtests = {
                each.agreement.id: backtest(book.catalogue, each, book.records)
                for each in chosen
                if states[each.agreement.id].state in NOT_YET_AGREED
            }
            planned = {each.agreement.id: work_ahead(book.catalogue, each, book.records) for each in chosen}
            counted = metered(book.catalogue, book.records)
            announced = {
                each.agreement.id: announced_work(book.catalogue, each, book.records, since=as_of - LATELY)
                for each in chosen
                if each.maintenance is not None
            }
        reports = {source: book.records.report(source) for source in book.catalogue.sources}
    return Examined(
        catalogue=book.catalogue,
        as_of=as_of,
        terms=book.terms,
        statuses=states,
        problems=problems,
        reports=reports,
        results=results,
        backtests=backtests,
        published=published,
        planned=planned,
        announced=announced,
        metered=counted,
        chains=under,
    )


def capacity_limits(catalogue: Catalogue) -> dict[str, Fraction]:
    """The limit of the service that names a usage source: the capacity of rows that have none of their own."""
    return {
        service.capacity.source.id: service.capacity.limit
        for service in catalogue.services.values()
        if service.capacity is not None and service.capacity.limit is not None
    }


def announcement_lists(terms: Iterable[Terms]) -> frozenset[str]:
    """The outage lists that announce planned work for some agreement."""
    named = (each.maintenance.announcements for each in terms if each.maintenance is not None)
    return frozenset(announcements.source.id for announcements in named if announcements is not None)


def wanted(catalogue: Catalogue, terms: Iterable[Terms]) -> tuple[tuple[str, Where], ...]:
    """Every source and filter that a promise or a service asks for."""
    asked: list[tuple[str, Where]] = []
    for each in terms:
        asked += [(e.target.source.id, e.target.where) for e in each.entries if e.target.source is not None]
        if each.maintenance is not None and each.maintenance.announcements is not None:
            asked.append((each.maintenance.announcements.source.id, each.maintenance.announcements.where))
    for service in catalogue.services.values():
        for each_source in (service.capacity, service.cost, service.satisfaction):
            if each_source is not None:
                asked.append((each_source.source.id, each_source.where))
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
