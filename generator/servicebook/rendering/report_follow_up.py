"""The second half of a service report: maintenance, satisfaction, improvements, what is to be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from servicebook.compliance.service_time import known_end
from servicebook.insight.due import Kind
from servicebook.insight.reporting import reported
from servicebook.model.planning import Improvement
from servicebook.model.target import Measure
from servicebook.rendering import dates, duties
from servicebook.rendering.plans import improvement_recovery
from servicebook.rendering.report_content import Block, Cell, Paragraph, Section, Table, any_of
from servicebook.rendering.report_material import Material
from servicebook.rendering.wording import count, duration, figure
from servicebook.texts import say, say_as
from servicebook.timeline.interval import Intervals
from servicebook.timeline.zone import local_date

_SPANS = 24
"""More stretches of maintenance than these are counted, not listed."""


def maintenance(material: Material) -> Section:
    """What was done in the period and not counted, what both parties left out, and what is announced."""
    start, end = material.period.start, material.period.end
    spans = [span for r in material.results for span in r.time_line.maintenance]
    done = [(low, high) for low, high in Intervals(spans).clip(start, end)]
    blocks: list[Block] = []
    if done:
        total = sum(high - low for low, high in done)
        counted = say(
            "Done: %(time)s of agreed maintenance in service hours, not counted.", time=duration(total, up=True)
        )
        blocks.append(Paragraph(text=counted))
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
        blocks.append(Paragraph(text=say("Left out by agreement of both parties:")))
        head = (say_as("time", "From"), say("Length"), say("Reason"), say("Declared, approved by"))
        blocks.append(Table(head=head, rows=rows, right=frozenset({1})))
    if not blocks:
        blocks.append(Paragraph(text=say("Done: no agreed maintenance in service hours."), quiet=True))
    planned = material.book.site.planned.get(material.agreement.id, ())
    coming = [(row.start, stop) for row in planned if (stop := known_end(row)) is not None]
    if coming:
        blocks.append(Paragraph(text=say("Coming, as announced:")))
        blocks.append(_span_table(material, coming))
    else:
        blocks.append(Paragraph(text=say("Coming: nothing is announced."), quiet=True))
    return Section(title=say("Maintenance"), blocks=tuple(blocks))


def _span_table(material: Material, spans: Sequence[tuple[int, int]]) -> Table:
    rows = [
        (dates.moment(s, material.home), dates.moment(e, material.home), duration(e - s, up=True)) for s, e in spans
    ]
    shown = rows[:_SPANS]
    if len(rows) > _SPANS:
        rest = sum(e - s for s, e in spans[_SPANS:])
        shown.append((say("and %(number)s more", number=len(rows) - _SPANS), "", duration(rest, up=True)))
    head = (say_as("time", "From"), say("To"), say("Length"))
    return Table(head=head, rows=tuple(shown), right=frozenset({2}))


def satisfaction(material: Material) -> Section:
    """The agreement's own targets of satisfaction; where it has none, those of other agreements for the same services."""
    rows = list(_asked(material, material.agreement.id)) or [
        row for name in _beside(material) for row in _asked(material, name)
    ]
    head = (say("Asked about"), say("Period"), say("Figure"), say("Verdict"), say("Answers"))
    table = Table(head=head, rows=tuple(rows), right=frozenset({2, 4}))
    none = say("No target of satisfaction has a result in this period.")
    return Section(title=say("Satisfaction"), blocks=any_of([table] if rows else [], none))


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


def improvements(material: Material) -> Section:
    """What is being done, by whom, until when, and whether it has helped."""
    rows = tuple(_plan_row(material, plan) for plan in _plans(material))
    head = (say("Improvement"), say("Responsible"), say("Due"), say("Done"), say("Has it helped?"))
    table = [Table(head=head, rows=rows)] if rows else []
    return Section(title=say("Improvements"), blocks=any_of(table, say("None is planned.")))


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
    owner = material.book.title("parties", plan.owner.id) if plan.owner is not None else say("nobody")
    today = local_date(material.book.site.as_of, material.home)
    late = plan.done is None and plan.due is not None and plan.due < today
    due = _due(plan.due, overdue=late) if plan.due is not None else "–"
    helped = [
        (aim.target.id, improvement_recovery(material.book, plan, aim.agreement.id, aim.target.id))
        for aim in plan.targets
        if aim.target is not None and aim.agreement.id == material.agreement.id and aim.target.id in material.histories
    ]
    if len(helped) == 1 or plan.done is None:
        said = helped[0][1] if helped else say("not done yet") if plan.done is None else "–"
    else:
        said = "; ".join(f"{material.histories[name].entry.target.name}: {words}" for name, words in helped)
    return (plan.title, owner, due, dates.day(plan.done) if plan.done is not None else "–", said or "–")


def actions(material: Material) -> Section:
    """What somebody has to do: what is due within ninety days or overdue, and breaches that nobody explained."""
    book, plans = material.book, {plan.id for plan in _plans(material)}
    rows: list[tuple[Cell, ...]] = []
    for item in book.due:
        mine = item.subject in plans if item.kind is Kind.IMPROVEMENT else item.subject == material.agreement.id
        if not mine or not item.is_due or item.kind is Kind.MAINTENANCE:
            continue
        what = duties.what(book, item)
        said = f"{what}: {duties.title(book, item)}" if item.kind is Kind.IMPROVEMENT else what
        owner = book.title("parties", item.owner) if item.owner is not None else say("nobody")
        rows.append((said, owner, _due(item.day, overdue=item.is_overdue)))
    for breach in material.breaches:
        if not breach.is_explained:
            said = say(
                "Write down the cause: %(name)s, %(period)s",
                name=material.name(breach.result),
                period=dates.period(breach.result.period),
            )
            rows.append((said, book.title("parties", breach.result.provider), say("now")))
    table = [Table(head=(say("Action"), say("Responsible"), say("Due")), rows=tuple(rows))]
    none = say("Nothing is due within ninety days.")
    return Section(title=say("Actions due"), blocks=any_of(table if rows else [], none))


def _due(day: date, *, overdue: bool) -> str:
    return say("%(day)s (overdue)", day=dates.day(day)) if overdue else dates.day(day)
