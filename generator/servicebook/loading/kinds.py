"""The kinds of thing that a catalogue has: where their files are, and who reads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from servicebook.loading.agreements import read_agreement
from servicebook.loading.breaches import read_breach
from servicebook.loading.calendars import read_calendar
from servicebook.loading.documents import Document
from servicebook.loading.nodes import Entries
from servicebook.loading.parties import read_party
from servicebook.loading.planning import read_improvement, read_need
from servicebook.loading.report import Report
from servicebook.loading.services import read_service
from servicebook.loading.sources import read_source
from servicebook.loading.wording import read_wording
from servicebook.model.agreement import Agreement
from servicebook.model.breach import BreachAccount
from servicebook.model.catalogue import CalendarEntry
from servicebook.model.metric_source import MetricSource
from servicebook.model.party import Party
from servicebook.model.planning import Improvement, Need
from servicebook.model.service import Service
from servicebook.model.wording import Wording

T = TypeVar("T")

MARKDOWN = (".md",)
YAML = (".yml", ".yaml")


@dataclass(frozen=True, slots=True)
class FileKind(Generic[T]):
    """A kind of thing."""

    name: str
    """As messages and `Loaded.broken` name it."""
    folder: str
    """Below the content folder."""
    suffixes: tuple[str, ...]
    read: Callable[[Document, Entries, str, Report], T | None]

    @property
    def is_prose(self) -> bool:
        """Whether its files are Markdown with front matter."""
        return self.suffixes == MARKDOWN


SERVICE: FileKind[Service] = FileKind("service", "services", MARKDOWN, read_service)
AGREEMENT: FileKind[Agreement] = FileKind("agreement", "agreements", MARKDOWN, read_agreement)
PARTY: FileKind[Party] = FileKind("party", "parties", MARKDOWN, read_party)
NEED: FileKind[Need] = FileKind("need", "needs", MARKDOWN, read_need)
IMPROVEMENT: FileKind[Improvement] = FileKind("improvement", "improvements", MARKDOWN, read_improvement)
BREACH: FileKind[BreachAccount] = FileKind("breach", "breaches", MARKDOWN, read_breach)
CALENDAR: FileKind[CalendarEntry] = FileKind("calendar", "calendars", YAML, read_calendar)
WORDING: FileKind[Wording] = FileKind("wording", "wording", YAML, read_wording)
SOURCE: FileKind[MetricSource] = FileKind("source", "data/metrics", YAML, read_source)
"""Its folder is below the root, and only files directly in it are definitions."""
