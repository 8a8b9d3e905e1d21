"""The service report for the review meeting: one agreement, one period, everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from servicebook.compliance.service_time import known_end
from servicebook.insight.breaches import Breach
from servicebook.insight.due import Kind
from servicebook.insight.reporting import is_calendar, reported
from servicebook.model.planning import Improvement
from servicebook.model.result import Result, Verdict
from servicebook.model.target import Measure
from servicebook.rendering import dates, duties, sentences
from servicebook.rendering.book import SHOWN_PERIODS, WORST_FINISHED, Book, History
from servicebook.rendering.breach_words import missed_by, missed_sentence, recovery_words, repeat_words
from servicebook.rendering.breaches import outages_of
from servicebook.rendering.plans import improvement_recovery
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
from servicebook.rendering.wording import capital, count, duration, figure, in_words, joined, percent
from servicebook.timeline.interval import Intervals
from servicebook.timeline.period import Period, period_named
from servicebook.timeline.zone import local_date

_LISTED = 12
"""More outages of one breach than these are counted, not listed."""
_SPANS = 24


class Material:
    """What the sections look things up in."""

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


def make_report(book: Book, agreement_id: str, period: str) -> Report:
    """The report of an agreement for a calendar period (`2026-10`, `2026-Q3`, `2026`); ValueError where the name is none."""
    material = Material(book, agreement_id, period)
    revision = f", revision {book.site.revision}" if book.site.revision else ""
    sections = (
        _summary(material),
        Section(title="Targets", blocks=any_of([], "The agreement has no target.") if not material.histories else ()),
        *(_target(material, history) for history in material.histories.values()),
        *_breaches(material),
        _maintenance(material),
        _satisfaction(material),
        _improvements(material),
        _actions(material),
        _signatures(material),
    )
    return Report(
        title=f"Service report: {dates.period(material.period.name)}",
        agreement=material.agreement.title,
        facts=_facts(material),
        sections=sections,
        note=f"As known at {dates.moment(book.site.as_of, material.home)}{revision}. {book.site.name}.",
        author=book.title("parties", material.agreement.provider.id),
        language=book.site.language,
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


def _maintenance(material: Material) -> Section:
    start, end = material.period.start, material.period.end
    spans = [span for r in material.results for span in r.time_line.maintenance]
    done = [(low, high) for low, high in Intervals(spans).clip(start, end)]
    blocks: list[Block] = []
    if done:
        total = sum(high - low for low, high in done)
        blocks.append(
            Paragraph(text=f"Done: {duration(total, up=True)} of agreed maintenance in service hours, not counted.")
        )
        blocks.append(_span_table(material, done))
    listed = [e for e in material.agreement.exclusions if e.start < end and e.end > start]
    if listed:
        rows = tuple(
            (
                dates.moment(e.start, material.home),
                duration(e.end - e.start, up=True),
                e.reason,
                f"{dates.day(e.declared)}, {material.book.title('parties', e.approved_by.id)}",
            )
            for e in listed
        )
        blocks.append(Paragraph(text="Left out by agreement of both parties:"))
        blocks.append(
            Table(head=("From", "Length", "Reason", "Declared, approved by"), rows=rows, right=frozenset({1}))
        )
    if not blocks:
        blocks.append(Paragraph(text="Done: no agreed maintenance in service hours.", quiet=True))
    planned = material.book.site.planned.get(material.agreement.id, ())
    coming = [(row.start, stop) for row in planned if (stop := known_end(row)) is not None]
    if coming:
        blocks.append(Paragraph(text="Coming, as announced:"))
        blocks.append(_span_table(material, coming))
    else:
        blocks.append(Paragraph(text="Coming: nothing is announced.", quiet=True))
    return Section(title="Maintenance", blocks=tuple(blocks))


def _span_table(material: Material, spans: Sequence[tuple[int, int]]) -> Table:
    rows = [
        (dates.moment(s, material.home), dates.moment(e, material.home), duration(e - s, up=True)) for s, e in spans
    ]
    shown = rows[:_SPANS]
    if len(rows) > _SPANS:
        rest = sum(e - s for s, e in spans[_SPANS:])
        shown.append((f"and {len(rows) - _SPANS} more", "", duration(rest, up=True)))
    return Table(head=("From", "To", "Length"), rows=tuple(shown), right=frozenset({2}))


def _satisfaction(material: Material) -> Section:
    """The agreement's own targets of satisfaction; where it has none, those of other agreements for the same services."""
    rows = list(_asked(material, material.agreement.id)) or [
        row for name in _beside(material) for row in _asked(material, name)
    ]
    table = Table(
        head=("Asked about", "Period", "Figure", "Verdict", "Answers"), rows=tuple(rows), right=frozenset({2, 4})
    )
    none = "No target of satisfaction has a result in this period."
    return Section(title="Satisfaction", blocks=any_of([table] if rows else [], none))


def _beside(material: Material) -> list[str]:
    """The other agreements in force about any of the same services."""
    services = {service.id for service in material.agreement.services}
    return [
        agreement.id
        for agreement in material.book.catalogue.agreements.values()
        if agreement.id != material.agreement.id
        and material.book.is_binding(agreement.id)
        and services & {service.id for service in agreement.services}
    ]


def _asked(material: Material, agreement_id: str) -> Iterator[tuple[Cell, ...]]:
    where = "" if agreement_id == material.agreement.id else f" ({material.book.title('agreements', agreement_id)})"
    for history in material.book.histories[agreement_id].values():
        if history.entry.target.measure is not Measure.SATISFACTION:
            continue
        for result in reported(history.results, material.period.name):
            shown = figure(result.shown) if result.shown else "–"
            answers = count(result.records, "answer", "answers")
            name = f"{history.entry.target.name}{where}"
            yield (name, dates.period(result.period), shown, result.verdict, answers)


def _improvements(material: Material) -> Section:
    rows = tuple(_plan_row(material, plan) for plan in _plans(material))
    head = ("Improvement", "Responsible", "Due", "Done", "Has it helped?")
    return Section(
        title="Improvements", blocks=any_of([Table(head=head, rows=rows)] if rows else [], "None is planned.")
    )


def _plans(material: Material) -> list[Improvement]:
    """What is meant for the agreement, open or finished since the period began, and what answers its breaches."""
    named = {plan.id for breach in material.breaches for plan in breach.improvements}
    begun = local_date(material.period.start, material.home)
    return [
        plan
        for plan in material.book.catalogue.improvements.values()
        if plan.id in named
        or (
            any(aim.agreement.id == material.agreement.id for aim in plan.targets)
            and (plan.done is None or plan.done >= begun)
        )
    ]


def _plan_row(material: Material, plan: Improvement) -> tuple[Cell, ...]:
    owner = material.book.title("parties", plan.owner.id) if plan.owner is not None else "nobody"
    today = local_date(material.book.site.as_of, material.home)
    late = plan.done is None and plan.due is not None and plan.due < today
    due = f"{dates.day(plan.due)}{' (overdue)' if late else ''}" if plan.due is not None else "–"
    helped = [
        (aim.target.id, improvement_recovery(material.book, plan, aim.agreement.id, aim.target.id))
        for aim in plan.targets
        if aim.target is not None and aim.agreement.id == material.agreement.id and aim.target.id in material.histories
    ]
    if len(helped) == 1 or plan.done is None:
        said = helped[0][1] if helped else "not done yet" if plan.done is None else "–"
    else:
        said = "; ".join(f"{material.histories[name].entry.target.name}: {words}" for name, words in helped)
    return (plan.title, owner, due, dates.day(plan.done) if plan.done is not None else "–", said or "–")


def _actions(material: Material) -> Section:
    """What somebody has to do: what is due within ninety days or overdue, and breaches that nobody explained."""
    book, plans = material.book, {plan.id for plan in _plans(material)}
    rows: list[tuple[Cell, ...]] = []
    for item in book.due:
        mine = item.subject in plans if item.kind is Kind.IMPROVEMENT else item.subject == material.agreement.id
        if not mine or not item.is_due or item.kind is Kind.MAINTENANCE:
            continue
        what = duties.what(book, item)
        said = f"{what}: {duties.title(book, item)}" if item.kind is Kind.IMPROVEMENT else what
        owner = book.title("parties", item.owner) if item.owner is not None else "nobody"
        rows.append((said, owner, f"{dates.day(item.day)}{' (overdue)' if item.is_overdue else ''}"))
    for breach in material.breaches:
        if not breach.is_explained:
            said = f"Write down the cause: {material.name(breach.result)}, {dates.period(breach.result.period)}"
            rows.append((said, book.title("parties", breach.result.provider), "now"))
    table = [Table(head=("Action", "Responsible", "Due"), rows=tuple(rows))]
    return Section(title="Actions due", blocks=any_of(table if rows else [], "Nothing is due within ninety days."))


def _signatures(material: Material) -> Section:
    agreement, book = material.agreement, material.book
    roles = {signature.party.id: signature.role for signature in reversed(agreement.signatures)}
    sides = tuple(
        Side(part=part, party=book.title("parties", party.id), role=roles.get(party.id, ""))
        for part, party in (("Provider", agreement.provider), ("Customer", agreement.customer))
    )
    return Section(title="Signatures", blocks=(Signatures(sides=sides),))
