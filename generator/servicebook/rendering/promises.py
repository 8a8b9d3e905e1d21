"""One promise as a row: what it says, how the newest periods went, where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from servicebook.compliance.terms import span_of
from servicebook.model.result import Result, Verdict
from servicebook.model.target import Measure
from servicebook.rendering import dates, drawings, sentences
from servicebook.rendering.book import Book, History
from servicebook.rendering.wording import count, figure, joined, number, percent, seconds
from servicebook.texts import say
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
    said = _counted(counts)
    newest = next((r for r in reversed(results) if r.shown is not None), None)
    periods = count(len(results), "period", "periods")
    if newest is None:
        return say("%(periods)s: %(said)s", periods=periods, said=said)
    return say(
        "%(periods)s: %(said)s; %(newest)s: %(figure)s",
        periods=periods,
        said=said,
        newest=dates.period(newest.period),
        figure=figure(newest.shown or ""),
    )


def _counted(numbers: Iterable[tuple[Verdict, int]]) -> str:
    """`3 breached and 2 indeterminate`: what there is of each verdict."""
    return joined(
        [say("%(times)s %(verdict)s", times=times, verdict=say(verdict.value)) for verdict, times in numbers if times]
    )


def detail(result: Result) -> str:
    """What a figure was made of, in a few words."""
    if result.verdict is Verdict.NO_DATA:
        return say("nobody recorded anything")
    if result.verdict is Verdict.NOTHING_TO_JUDGE:
        return say("nothing happened that could be judged")
    if result.verdict is Verdict.INDETERMINATE and result.coverage is not None and result.coverage < 1:
        return say("only %(share)s of the time was observed", share=percent(result.coverage, 1))
    budget, unit = result.budget, result.numerator_unit
    if budget is not None and unit == "seconds":
        return say(
            "%(down)s down, %(allowed)s allowed", down=seconds(budget.used, up=True), allowed=seconds(budget.total)
        )
    if result.denominator is not None and result.measure in (Measure.SHARE_WITHIN, Measure.SUCCESS_RATE):
        part, whole = number(result.numerator or 0), number(result.denominator)
        if result.measure is Measure.SHARE_WITHIN:
            return say("%(part)s of %(whole)s within the limit", part=part, whole=whole)
        return say("%(part)s of %(whole)s good", part=part, whole=whole)
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
        return say(
            "No figures before both sides have signed: the dated signature of %(parties)s is missing.",
            parties=joined(unsigned) or say("one side"),
        )
    if local_date(book.site.as_of, home) < agreement.from_:
        return say("No figures before %(day)s, when the agreement begins.", day=dates.day(agreement.from_))
    if span_of(terms)[0] >= book.site.as_of:
        return say("No figures before %(day)s.", day=dates.day(agreement.from_))
    if not terms.targets:
        return say("No figures: the agreement has no target.")
    return say("No figures for this target yet: its terms haven't begun, or were over before the first figure.")


def counted_words(numbers: tuple[tuple[Verdict, int], ...]) -> str:
    """`3 breached and 2 indeterminate`: what wasn't kept."""
    return _counted((verdict, times) for verdict, times in numbers if verdict is not Verdict.MET)
