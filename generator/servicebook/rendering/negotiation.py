"""Negotiations: the agreed timetable, who signs, and which needs a draft answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from servicebook.insight.answers import Fit, NeedAnswered, needs_answered
from servicebook.insight.due import UNSIGNED, DueItem, Kind, named_steps, step_items
from servicebook.model.agreement import Agreement, Signature, Step
from servicebook.model.common import Reference
from servicebook.rendering import dates, links, sentences
from servicebook.rendering.book import Book
from servicebook.rendering.plans import requirement_words
from servicebook.rendering.wording import capital, in_words
from servicebook.texts import say, say_many
from servicebook.timeline.zone import local_date

_MARK = {"done": "M-6 0 0-6 6 0 0 6Z", "open": "M-5 0 0-5 5 0 0 5Z", "late": "M-5 0 0-5 5 0 0 5Z"}
_TICKS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A step of the timetable."""

    name: str
    due: date | None
    done: date | None
    remark: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One party's part of the sign-off."""

    party: str
    part: str
    """`provider` or `customer`; nothing for others who sign."""
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """A requirement and what the draft says to it."""

    requirement: str
    fit: Fit
    target: str
    target_id: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedView:
    """A need that the draft is to answer."""

    title: str
    address: str
    priority: str
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A negotiation as a row of the timeline chart."""

    agreement: Agreement
    drawing: Markup
    remarks: tuple[str, ...]


def steps(book: Book, agreement: Agreement) -> tuple[StepView, ...]:
    """The timetable, in the order in which it was agreed."""
    items = {item.name: item for item in step_items(book.terms(agreement.id), book.site.as_of)}
    return tuple(_step(step, items.get(name)) for name, step in named_steps(agreement))


def _step(step: Step, item: DueItem | None) -> StepView:
    if item is None:
        return StepView(name=step.step, due=None, done=None, remark="", late=False)
    return StepView(name=step.step, due=step.due, done=item.done, remark=_remark(item), late=item.days_late > 0)


def _remark(item: DueItem) -> str:
    if item.days_late:
        if item.done is not None:
            return say_many("%(number)s\u00a0day late", "%(number)s\u00a0days late", item.days_late)
        return say_many("overdue for %(number)s\u00a0day", "overdue for %(number)s\u00a0days", item.days_late)
    if item.done is not None:
        return say("in time")
    if item.day == item.today:
        return say("due today")
    return say_many("in %(number)s\u00a0day", "in %(number)s\u00a0days", (item.day - item.today).days)


def is_open(book: Book, agreement: Agreement) -> bool:
    """Whether its parties are still to agree."""
    return book.status(agreement.id).state in UNSIGNED


def sides(agreement: Agreement) -> tuple[Side, ...]:
    """Provider and customer, signed or not, then whoever else signs."""
    both = ((agreement.provider, "provider"), (agreement.customer, "customer"))
    found = [Side(party=party.id, part=part, signatures=_of(agreement, party)) for party, part in both]
    named = {party.id for party, _ in both}
    others = dict.fromkeys(s.party.id for s in agreement.signatures if s.party.id not in named)
    found += [
        Side(party=other, part="", signatures=tuple(s for s in agreement.signatures if s.party.id == other))
        for other in others
    ]
    return tuple(found)


def _of(agreement: Agreement, party: Reference) -> tuple[Signature, ...]:
    return tuple(s for s in agreement.signatures if s.party.id == party.id)


def needs(book: Book, agreement: Agreement) -> tuple[NeedView, ...]:
    """The needs that the draft is to answer, with its answers."""
    return tuple(_need(each) for each in needs_answered(book.catalogue, book.terms(agreement.id)))


def _need(each: NeedAnswered) -> NeedView:
    return NeedView(
        title=each.need.title,
        address=links.need(each.need.id),
        priority=each.need.priority,
        answers=tuple(
            AnswerView(
                requirement=requirement_words(answer.requirement),
                fit=answer.fit,
                target=answer.entry.target.name if answer.entry is not None else "",
                target_id=answer.entry.target.id if answer.entry is not None else "",
                said=capital(sentences.target_sentence(answer.entry)) if answer.entry is not None else "",
            )
            for answer in each.answers
        ),
    )


def answered_words(views: Sequence[NeedView]) -> str:
    """`It answers two of three levels that its customer needs.`; nothing where no need asks for one."""
    answers = [answer for view in views for answer in view.answers]
    if not answers:
        return ""
    met = sum(1 for answer in answers if answer.fit is Fit.ANSWERED)
    if met == len(answers):
        return say("It answers every level that its customer needs.")
    return say(
        "It answers %(met)s of %(all)s levels that its customer needs.", met=in_words(met), all=in_words(len(answers))
    )


def open_negotiations(book: Book) -> tuple[Agreement, ...]:
    """Agreements without both signatures, by the next day of their timetable, those without one last."""
    listed = [a for a in book.catalogue.agreements.values() if is_open(book, a)]
    return tuple(sorted(listed, key=lambda a: (_next_day(book, a), a.title.casefold())))


def _next_day(book: Book, agreement: Agreement) -> date:
    ahead = [i.day for i in _items(book, agreement) if i.done is None]
    return min(ahead, default=date.max)


def _items(book: Book, agreement: Agreement) -> list[DueItem]:
    return [i for i in book.due if i.subject == agreement.id and i.kind is Kind.STEP]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Open negotiations on one scale of time."""

    courses: tuple[Course, ...]
    axis: Markup
    undated: tuple[Agreement, ...]
    """Drafts without a timetable."""


def chart(book: Book, agreements: Iterable[Agreement]) -> Chart:
    """The timetables of negotiations, from the first day that any of them names to the last."""
    listed = list(agreements)
    dated = [a for a in listed if _items(book, a)]
    days = [day for a in dated for i in _items(book, a) for day in (i.day, i.done or i.day, i.today)]
    days += [a.from_ for a in dated]
    scale = Scale(first=min(days, default=date.min), last=max(days, default=date.min))
    today = local_date(book.site.as_of, book.utc)
    return Chart(
        courses=tuple(Course(agreement=a, drawing=_drawing(book, a, scale), remarks=_remarks(book, a)) for a in dated),
        axis=_axis(scale, today),
        undated=tuple(a for a in listed if a not in dated),
    )


def _remarks(book: Book, agreement: Agreement) -> tuple[str, ...]:
    """What is late, what comes next, and which needs the draft answers."""
    items = [i for i in _items(book, agreement) if i.done is None]
    said = [
        say("Late: %(step)s, due %(day)s, %(remark)s.", step=i.detail, day=dates.day(i.day), remark=_remark(i))
        for i in items
        if i.is_overdue
    ]
    ahead = next((i for i in items if not i.is_overdue), None)
    if ahead is not None:
        said.append(say("Next: %(step)s, due %(day)s.", step=ahead.detail, day=dates.day(ahead.day)))
    if not items:
        said.append(say("Every step is done; the dated signatures are missing."))
    answered = answered_words(needs(book, agreement))
    return (*said, answered) if answered else tuple(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Days as shares of a drawing's width; its ends keep room for what stands on them."""

    first: date
    last: date

    def place(self, day: date) -> str:
        """`43.2%`."""
        length = max(1, (self.last - self.first).days)
        tenths = 40 + 920 * (min(max(day, self.first), self.last) - self.first).days // length
        return f"{tenths // 10}.{tenths % 10}%"


def _drawing(book: Book, agreement: Agreement, scale: Scale) -> Markup:
    items = _items(book, agreement)
    begin = Markup('<path class="sb-begin" d="M0-8V8"/>')
    parts = [_lateness(i, scale) for i in items if i.days_late] + [_mark(i, scale) for i in items]
    says = say(
        "%(agreement)s: %(steps)s; it is to begin on %(day)s.",
        agreement=agreement.title,
        steps="; ".join(_says(i) for i in items),
        day=dates.day(agreement.from_),
    )
    return Markup(
        '<svg class="sb-course" role="img" aria-label="{says}"><title>{says}</title>'
        '<line class="sb-grid" x1="0" x2="100%" y1="12" y2="12"/><line class="sb-promised" x1="{today}" x2="{today}" y1="0" y2="24"/>'
        "{parts}{begin}</svg>"
    ).format(
        says=says,
        today=scale.place(items[0].today),
        parts=Markup("").join(parts),
        begin=_at(scale.place(agreement.from_), begin),
    )


def _says(item: DueItem) -> str:
    if item.done is not None:
        return say(
            "%(step)s done %(day)s, %(remark)s", step=item.detail, day=dates.day(item.done), remark=_remark(item)
        )
    return say("%(step)s due %(day)s, %(remark)s", step=item.detail, day=dates.day(item.day), remark=_remark(item))


def _mark(item: DueItem, scale: Scale) -> Markup:
    kind = "done" if item.done is not None else "late" if item.is_overdue else "open"
    drawn = Markup('<path class="sb-step-{}" d="{}"/>').format(kind, _MARK[kind])
    return _at(scale.place(item.done or item.day), drawn)


def _lateness(item: DueItem, scale: Scale) -> Markup:
    """From the day on which a step was due to the day on which it was done, or to this one."""
    return Markup('<line class="sb-late" x1="{}" x2="{}" y1="12" y2="12"/>').format(
        scale.place(item.day), scale.place(item.done or item.today)
    )


def _at(place: str, drawn: Markup) -> Markup:
    return Markup('<svg x="{}" y="12" overflow="visible">{}</svg>').format(place, drawn)


def _axis(scale: Scale, today: date) -> Markup:
    """The first of a month at each tick; as many as there is room for."""
    firsts = _months(scale.first, scale.last)
    step = -(-len(firsts) // _TICKS) or 1
    labels = dates.axis_labels([day.isoformat()[:7] for day in firsts[::step]])
    ticks = Markup("").join(
        Markup('<text x="{}" y="11" text-anchor="middle">{}</text>').format(scale.place(day), label)
        for day, label in zip(firsts[::step], labels, strict=True)
    )
    now = Markup('<text class="sb-now" x="{}" y="24" text-anchor="middle">{}</text>').format(
        scale.place(today), say("today")
    )
    return Markup('<svg class="sb-course-axis" aria-hidden="true" focusable="false">{}{}</svg>').format(ticks, now)


def _months(first: date, last: date) -> list[date]:
    found, day = [], first.replace(day=1)
    while day <= last:
        if day >= first:
            found.append(day)
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return found
