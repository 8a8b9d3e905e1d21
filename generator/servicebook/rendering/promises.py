"""One promise as a row: what it says, how the newest periods went, where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from servicebook.compliance.terms import span_of
from servicebook.model.result import Result, Verdict
from servicebook.model.target import Measure
from servicebook.rendering import dates, drawings, sentences
from servicebook.rendering.book import Book, History
from servicebook.rendering.wording import count, figure, joined, number, percent, seconds
from servicebook.timeline.zone import local_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A row of the list of promises."""

    agreement: str
    id: str
    name: str
    sentence: str
    strip: Markup | None
    newest: Result | None
    detail: str
    missing: str
    """Why there is no result yet."""


def promise(book: Book, agreement_id: str, history: History) -> Promise:
    """A target as a row."""
    entry, newest = history.entry, history.newest
    return Promise(
        agreement=agreement_id,
        id=history.target,
        name=entry.target.name,
        sentence=sentences.target_sentence(entry),
        strip=drawings.strip(history.shown, trend_words(history.shown)) if history.results else None,
        newest=newest,
        detail=detail(newest) if newest is not None else "",
        missing="" if newest is not None else why_no_figures(book, agreement_id),
    )


def trend_words(results: tuple[Result, ...]) -> str:
    """What a trend shows: `12 of 13 periods: 11 met, 1 breached; October 2026 99.83 %`."""
    counts = [(verdict, sum(1 for r in results if r.verdict is verdict)) for verdict in Verdict]
    said = joined([f"{number} {verdict.value}" for verdict, number in counts if number])
    newest = next((r for r in reversed(results) if r.shown is not None), None)
    last = f"; {dates.period(newest.period)}: {figure(newest.shown or '')}" if newest is not None else ""
    return f"{count(len(results), 'period', 'periods')}: {said}{last}"


def detail(result: Result) -> str:
    """What a figure was made of, in a few words."""
    if result.verdict is Verdict.NO_DATA:
        return "nobody recorded anything"
    if result.verdict is Verdict.NOTHING_TO_JUDGE:
        return "nothing happened that could be judged"
    if result.verdict is Verdict.INDETERMINATE and result.coverage is not None and result.coverage < 1:
        return f"only {percent(result.coverage, 1)} of the time was observed"
    budget, unit = result.budget, result.numerator_unit
    if budget is not None and unit == "seconds":
        return f"{seconds(budget.used, up=True)} down, {seconds(budget.total)} allowed"
    if result.measure is Measure.SHARE_WITHIN and result.denominator is not None:
        return f"{number(result.numerator or 0)} of {number(result.denominator)} within the limit"
    if result.measure is Measure.SUCCESS_RATE and result.denominator is not None:
        return f"{number(result.numerator or 0)} of {number(result.denominator)} good"
    return count(result.records, "record", "records")


def why_no_figures(book: Book, agreement_id: str) -> str:
    """What is missing before an agreement has figures."""
    status, terms = book.status(agreement_id), book.terms(agreement_id)
    agreement, home = terms.agreement, book.zone_of(agreement_id)
    if status.signed is None:
        unsigned = [
            book.title("parties", party.id)
            for party in (agreement.provider, agreement.customer)
            if not any(s.party.id == party.id and s.date is not None for s in agreement.signatures)
        ]
        return f"No figures before both sides have signed: the dated signature of {joined(unsigned) or 'one side'} is missing."
    if local_date(book.site.as_of, home) < agreement.from_:
        return f"No figures before {dates.day(agreement.from_)}, when the agreement begins."
    if span_of(terms)[0] >= book.site.as_of:
        return f"No figures before {dates.day(agreement.from_)}."
    if not terms.targets:
        return "No figures: the agreement has no target."
    return "No figures for this target yet: its terms haven't begun, or were over before the first figure."


def counted_words(numbers: tuple[tuple[Verdict, int], ...]) -> str:
    """`3 breached and 2 indeterminate`: what wasn't kept."""
    return joined([f"{times} {verdict.value}" for verdict, times in numbers if verdict is not Verdict.MET])
