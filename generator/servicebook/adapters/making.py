"""From a catalogue's folder to the pages of its site: the one place where an engine meets the pipeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from servicebook.adapters.closing import examine_folder
from servicebook.adapters.committed_versions import committed_versions
from servicebook.adapters.downloads import downloads
from servicebook.adapters.row_commits import row_commits
from servicebook.insight.change import Side
from servicebook.pipeline import Examined
from servicebook.rendering import render
from servicebook.rendering.edition import Edition, cut
from servicebook.rendering.page import Output
from servicebook.rendering.site import Site
from servicebook.source import Problem, did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a site is to be made of."""

    root: Path
    docs: str
    """The folder of documents, relative to the root: `content`."""
    as_of: int
    """UTC microseconds."""
    name: str
    language: str
    address: str = ""
    """`site_url`."""
    edition: Edition = field(default_factory=Edition)
    hidden: frozenset[str] = frozenset()
    """Pages of the author's that the edition lacks, relative to the folder of documents."""
    revision: str | None = None
    welcome: str = ""
    """The author's prose for the home page, Markdown."""
    welcome_path: str | None = None
    """Its file, relative to the root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What came of it."""

    output: Output | None
    """None where an error keeps the catalogue from being published."""
    problems: tuple[Problem, ...] = ()


class UnknownPartyError(ValueError):
    """A site is asked for, for a party that there isn't."""


Maker = Callable[[Order], Made]


def from_catalogue(order: Order) -> Made:
    """Load, check, evaluate and render the catalogue in a folder."""
    examined = examine_folder(order.root, order.as_of, content_dir=order.docs)
    if examined.has_errors:
        return Made(output=None, problems=examined.problems)
    rows = [work.origin for listed in examined.announced.values() for work in listed]
    commits = replace(examined.commits, rows=row_commits(order.root, rows))
    _check_party(order.edition.party, examined)
    site = site_of(order, replace(examined, commits=commits))
    side = Side(catalogue=examined.catalogue, terms=examined.terms)
    site = replace(site, versions=committed_versions(order.root, side, order.as_of, content_dir=order.docs))
    output = render(cut(site, order.edition))
    output = replace(output, assets=(*output.assets, *downloads(output.assets)))
    return Made(output=output, problems=examined.problems)


def _check_party(name: str | None, examined: Examined) -> None:
    """Raises UnknownPartyError where a site is for a party that the catalogue doesn't know."""
    known = examined.catalogue.parties
    if name is not None and name not in known:
        near = did_you_mean(name, known)
        raise UnknownPartyError(f"no party '{name}'{f': {near}' if near else ''}")


def site_of(order: Order, examined: Examined) -> Site:
    """What rendering makes pages and reports of."""
    return Site(
        catalogue=examined.catalogue,
        as_of=order.as_of,
        name=order.name,
        language=order.language,
        address=order.address,
        hidden=order.hidden,
        terms=examined.terms,
        statuses=examined.statuses,
        results=examined.results,
        reports=examined.reports,
        problems=examined.problems,
        backtests=examined.backtests,
        planned=examined.planned,
        announced=examined.announced,
        metered=examined.metered,
        chains=examined.chains,
        published=examined.published,
        commits=examined.commits,
        revision=order.revision,
        docs_dir=order.docs,
        welcome=order.welcome,
        welcome_path=order.welcome_path,
    )
