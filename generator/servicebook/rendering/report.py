"""The service report for the review meeting: one agreement, one period, everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from servicebook import texts
from servicebook.insight.breaches import Breach
from servicebook.insight.reporting import is_calendar
from servicebook.model.result import Result, Verdict
from servicebook.rendering import dates, sentences
from servicebook.rendering.book import SHOWN_PERIODS, WORST_FINISHED, Book, History
from servicebook.rendering.breach_words import missed_by, missed_sentence, recovery_words, repeat_words
from servicebook.rendering.breaches import outages_of
from servicebook.rendering.promises import detail, trend_words
from servicebook.rendering.report_content import (
    Block,
    Cell,
    Facts,
    Items,
    Paragraph,
    Report,
    Section,
    Side,
    Signatures,
    Table,
    Trend,
    any_of,
)
from servicebook.rendering.report_follow_up import actions, improvements, maintenance, satisfaction
from servicebook.rendering.report_material import Material
from servicebook.rendering.wording import capital, count, figure, in_words, joined, percent
from servicebook.timeline.zone import local_date

_LISTED = 12
"""More outages of one breach than these are counted, not listed."""


def make_report(book: Book, agreement_id: str, period: str) -> Report:
    """The report of an agreement for a calendar period (`2026-10`, `2026-Q3`, `2026`); ValueError where the name is none."""
    material = Material(book, agreement_id, period)
    revision = f", revision {book.site.revision}" if book.site.revision else ""
    sections = (
        _summary(material),
        Section(title="Targets", blocks=any_of([], "The agreement has no target.") if not material.histories else ()),
        *(_target(material, history) for history in material.histories.values()),
        *_breaches(material),
        maintenance(material),
        satisfaction(material),
        improvements(material),
        actions(material),
        _signatures(material),
    )
    return Report(
        title=f"Service report: {dates.period(material.period.name)}",
        agreement=material.agreement.title,
        facts=_facts(material),
        sections=sections,
        note=f"As known at {dates.moment(book.site.as_of, material.home)}{revision}. {book.site.name}.",
        author=book.title("parties", material.agreement.provider.id),
        language=texts.spoken(),
        as_of=book.site.as_of,
    )


def _facts(material: Material) -> Facts:
    book, agreement = material.book, material.agreement
    services = joined([book.title("services", service.id) for service in agreement.services])
    first, last = local_date(material.period.start, material.home), local_date(material.period.end - 1, material.home)
    return Facts(
        rows=(
            ("Agreement", f"{agreement.title}, version {agreement.version}, {book.status(agreement.id).state}"),
            ("Provider", book.title("parties", agreement.provider.id)),
            ("Customer", book.title("parties", agreement.customer.id)),
            *((("Services", services),) if services else ()),
            ("Period", f"{dates.day(first)} to {dates.day(last)} ({dates.zone_words(material.home.key)})"),
        )
    )


def _summary(material: Material) -> Section:
    blocks: list[Block] = []
    if material.period.end > material.book.site.as_of:
        blocks.append(Paragraph(text="This period isn't over: the report shows how it stands.", quiet=True))
    blocks.append(Paragraph(text=_counted(material)))
    if material.breaches:
        blocks.append(Items(items=tuple(_breach_line(material, breach) for breach in material.breaches)))
    credits = [
        f"{material.name(r)}, {dates.period(r.period)}: {percent(r.credit)}" for r in material.results if r.credit
    ]
    if credits:
        blocks.append(Paragraph(text=f"Credits due: {'; '.join(credits)}."))
    return Section(title="Summary", blocks=tuple(blocks))


def _counted(material: Material) -> str:
    """`Five results fall into October 2026: four met and one breached.`"""
    if not material.results:
        return f"No result of this agreement falls into {dates.period(material.period.name)}."
    finished = [r for r in material.results if r.finished]
    order = (*WORST_FINISHED[::-1], Verdict.ON_TRACK, Verdict.AT_RISK)
    counts = [(verdict, sum(r.verdict is verdict for r in material.results)) for verdict in order]
    said = joined([f"{in_words(number)} {verdict.value}" for verdict, number in counts if number])
    number = len(material.results)
    going_on = (
        "" if len(finished) == number else f" {capital(in_words(number - len(finished)))} of them aren't final yet."
    )
    results = "result falls" if number == 1 else "results fall"
    return f"{capital(in_words(number))} {results} into {dates.period(material.period.name)}: {said}.{going_on}"


def _breach_line(material: Material, breach: Breach) -> str:
    result = breach.result
    again = f" ({repeat_words(breach.repeats, material.histories[result.target].entry_of(result).target.per)})"
    return f"{material.name(result)}, {dates.period(result.period)}: {missed_by(result)}{again if breach.repeats.is_repeat else ''}."


def _target(material: Material, history: History) -> Section:
    results = material.of(history)
    blocks: list[Block] = [Paragraph(text=f"{capital(sentences.target_sentence(history.entry))}.")]
    if results:
        blocks.append(_results_table(results))
    blocks += _going_on(material, history)
    past = [r for r in history.results if is_calendar(r) and r.end <= material.period.end][-SHOWN_PERIODS:]
    if len(past) > 1:
        labels = tuple(dates.axis_labels([result.period for result in past]))
        blocks.append(Trend(results=tuple(past), labels=labels, words=trend_words(tuple(past))))
    return Section(title=history.entry.target.name, blocks=tuple(blocks), level=3)


def _results_table(results: Sequence[Result]) -> Table:
    head = ("Period", "Figure", "Promised", "Verdict", "Coverage", "Credit", "Made of")
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            capital(dates.period(r.period)),
            figure(r.shown) if r.shown else "–",
            sentences.limit(r.objective.comparison, r.objective.level),
            r.verdict,
            percent(r.coverage) if r.coverage is not None else "–",
            percent(r.credit) if r.credit is not None else "–",
            detail(r),
        )
        for r in results
    )
    return Table(head=head, rows=rows, right=frozenset({1, 4, 5}))


def _going_on(material: Material, history: History) -> Iterator[Block]:
    """How a longer period goes on, and a rolling window: they don't end in the report's period."""
    newest = history.results[-1] if history.results else None
    if newest is None:
        yield Paragraph(text="No figure yet.", quiet=True)
    elif newest not in material.of(history) and (
        not is_calendar(newest) or newest.start < material.period.end < newest.end
    ):
        so_far = "" if newest.finished else " so far"
        shown = f"{figure(newest.shown)}{so_far}, " if newest.shown else ""
        yield Paragraph(text=f"{capital(dates.period(newest.period))}: {shown}{newest.verdict}.", quiet=True)
    elif not material.of(history):
        yield Paragraph(text="No period of this target ends here.", quiet=True)


def _breaches(material: Material) -> Iterator[Section]:
    none = Paragraph(text="No promise was missed.", quiet=True)
    yield Section(title="Breaches and their causes", blocks=() if material.breaches else (none,))
    for breach in material.breaches:
        result = breach.result
        yield Section(
            title=f"{material.name(result)}, {dates.period(result.period)}",
            blocks=(Paragraph(text=missed_sentence(result)), _why(material, breach), *_outages(result)),
            level=3,
        )


def _why(material: Material, breach: Breach) -> Facts:
    rows: list[tuple[str, str]] = []
    for account in breach.accounts:
        rows += [("Cause", account.cause), ("Correction", account.correction or "none yet")]
        if account.corrected is not None:
            rows.append(("In place since", dates.day(account.corrected)))
        if account.owner is not None:
            rows.append(("Responsible", material.book.title("parties", account.owner.id)))
    if not breach.accounts:
        rows.append(("Cause", "not written down yet"))
    if breach.improvements:
        rows.append(("Improvements", joined([plan.title for plan in breach.improvements])))
    per = material.histories[breach.result.target].entry_of(breach.result).target.per
    rows.append(("Missed in", f"{repeat_words(breach.repeats, per)}, up to and with this one"))
    rows.append(("Since then", recovery_words(breach.recovery)))
    return Facts(rows=tuple(rows))


def _outages(result: Result) -> Iterator[Block]:
    outages = outages_of(result)
    if outages:
        rows = tuple((each.start, each.end, each.length, each.note) for each in outages[:_LISTED])
        yield Table(head=("Down from", "To", "Counted", "Note"), rows=rows, right=frozenset({2}))
    if len(outages) > _LISTED:
        yield Paragraph(text=f"and {count(len(outages) - _LISTED, 'more', 'more')}", quiet=True)
    if result.missed:
        said = count(len(result.missed), "ticket wasn't within the limit", "tickets weren't within the limit")
        yield Paragraph(text=f"{capital(said)}.", quiet=True)


def _signatures(material: Material) -> Section:
    agreement, book = material.agreement, material.book
    roles = {signature.party.id: signature.role for signature in reversed(agreement.signatures)}
    sides = tuple(
        Side(part=part, party=book.title("parties", party.id), role=roles.get(party.id, ""))
        for part, party in (("Provider", agreement.provider), ("Customer", agreement.customer))
    )
    return Section(title="Signatures", blocks=(Signatures(sides=sides),))
