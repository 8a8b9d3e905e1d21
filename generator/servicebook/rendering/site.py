"""Everything that the pages are made of, gathered once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from servicebook.compliance.terms import Terms
from servicebook.insight.backtest import Backtest
from servicebook.insight.chain import Chain
from servicebook.insight.change import CommittedVersion
from servicebook.insight.lifecycle import Status
from servicebook.insight.metering import Metered
from servicebook.model.catalogue import Catalogue
from servicebook.model.history import FirstCommits
from servicebook.model.measurement import Outage, SourceReport
from servicebook.model.published import PublishedPeriod
from servicebook.model.result import Result
from servicebook.source import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The catalogue with what was worked out from it at `as_of`."""

    catalogue: Catalogue
    as_of: int
    """UTC microseconds."""
    name: str
    """`site_name` of the site."""
    language: str
    """`theme.language`: `en`, `de`, …"""
    terms: Mapping[str, Terms]
    """Resolved terms by agreement, drafts too."""
    statuses: Mapping[str, Status]
    """State and dates by agreement."""
    results: tuple[Result, ...]
    """Ordered by agreement, target, start; only agreements that are signed have any."""
    reports: Mapping[str, SourceReport]
    """By metric source."""
    problems: tuple[Problem, ...]
    """Everything that `check` says."""
    backtests: Mapping[str, tuple[Backtest, ...]] = field(default_factory=dict)
    """Of each draft and each agreement in negotiation: how its targets would have fared."""
    planned: Mapping[str, tuple[Outage, ...]] = field(default_factory=dict)
    """By agreement: announced work that isn't over yet."""
    announced: Mapping[str, tuple[Outage, ...]] = field(default_factory=dict)
    """The same with that of the last three months, where the agreement says something about maintenance."""
    chains: Mapping[str, Chain] = field(default_factory=dict)
    """By SLA that isn't over: what stands under it."""
    published: Mapping[str, PublishedPeriod] = field(default_factory=dict)
    """Closed periods by name, with their restatements."""
    metered: Metered = field(default_factory=Metered)
    """Cost, use and satisfaction of services."""
    commits: FirstCommits = field(default_factory=FirstCommits)
    """When exclusions were first committed."""
    versions: Mapping[str, tuple[CommittedVersion, ...]] = field(default_factory=dict)
    """By agreement: its versions in the repository's history, the oldest first, where there is more than one."""
    hidden: frozenset[str] = frozenset()
    """The author's pages that this edition lacks, relative to the folder of documents: nothing links to them."""
    address: str = ""
    """`site_url` of the site, where its author says it."""
    revision: str | None = None
    """The sources' revision, where git knows it."""
    docs_dir: str = "content"
    """The folder of documents, relative to the catalogue's root: links between Markdown files are resolved in it."""
    welcome: str = ""
    """Markdown of the author's own home page (`index.md` in the folder of documents), without its front matter: it
    stands on the generated home page, below the services."""
    welcome_path: str | None = None
    """That file, relative to the catalogue's root: the home page's edit button leads to it."""
