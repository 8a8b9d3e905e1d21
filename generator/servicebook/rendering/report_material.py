"""What the sections of a service report look things up in."""

from __future__ import annotations

from servicebook.insight.reporting import reported
from servicebook.model.result import Result
from servicebook.rendering.book import Book, History
from servicebook.timeline.period import Period, period_named


class Material:
    """An agreement, a period, and what falls into it."""

    def __init__(self, book: Book, agreement_id: str, period: str) -> None:
        self.book = book
        self.agreement = book.catalogue.agreements[agreement_id]
        self.home = book.zone_of(agreement_id)
        self.period: Period = period_named(period, self.home)
        self.histories = book.histories[agreement_id]
        self.results = reported((r for h in self.histories.values() for r in h.results), period)
        keys = {result.key for result in self.results}
        self.breaches = [breach for breach in book.breaches if breach.result.key in keys]

    def of(self, history: History) -> tuple[Result, ...]:
        """The target's results that fall into the period."""
        return tuple(result for result in self.results if result.target == history.target)

    def name(self, result: Result) -> str:
        """What the target was called then."""
        return self.histories[result.target].entry_of(result).target.name
