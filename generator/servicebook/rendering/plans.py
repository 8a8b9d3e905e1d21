"""Improvements: what is being done, for which promise, and whether it has helped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from servicebook.insight.breaches import recovery_since
from servicebook.insight.due import Kind
from servicebook.model.planning import Improvement, ImprovementFor, Requirement
from servicebook.model.result import Verdict
from servicebook.rendering import links, sentences
from servicebook.rendering.book import Book
from servicebook.rendering.breach_words import recovery_words
from servicebook.rendering.page import Heading, Page
from servicebook.rendering.prose import Prose
from servicebook.rendering.templating import make
from servicebook.rendering.wording import capital
from servicebook.texts import marked, say
from servicebook.timeline.zone import local_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """The promise that an improvement is meant for."""

    title: str
    address: str
    verdict: Verdict | None
    recovery: str = ""
    """Whether the promise recovered since the improvement was done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """An improvement with its aims."""

    plan: Improvement
    late: bool
    targets: tuple[Aim, ...]
    prose: Prose


def pages(book: Book) -> Iterator[Page]:
    """The page of improvements."""
    yield _improvements(book)


def requirement_words(requirement: Requirement) -> str:
    """A required level: `Availability at least 99.9 %`, `95th percentile at most 800 ms`."""
    measure = say(requirement.measure.value)
    name = say("%(number)sth percentile", number=requirement.percentile) if requirement.percentile else measure
    within = sentences.level(requirement.within) if requirement.within is not None else ""
    limit = sentences.limit(requirement.objective.comparison, requirement.objective.level)
    message = _REQUIRED[requirement.of or ""][bool(within)]
    return say(message, name=capital(name), within=within, limit=limit)


_REQUIRED = {
    "": (marked("%(name)s %(limit)s"), marked("%(name)s %(within)s %(limit)s")),
    "response": (marked("%(name)s of response %(limit)s"), marked("%(name)s of response %(within)s %(limit)s")),
    "resolution": (marked("%(name)s of resolution %(limit)s"), marked("%(name)s of resolution %(within)s %(limit)s")),
}
"""Of what the level is; with the limit that it speaks of, and without."""


def _improvements(book: Book) -> Page:
    today = local_date(book.site.as_of, book.utc)
    overdue = {item.subject for item in book.due if item.kind is Kind.IMPROVEMENT and item.is_overdue}
    views = [
        PlanView(
            plan=plan,
            late=plan.id in overdue,
            targets=tuple(_followed(book, plan, aim) for aim in plan.targets),
            prose=book.prose(plan.body, plan.path, links.IMPROVEMENTS, top=4),
        )
        for plan in book.catalogue.improvements.values()
    ]
    ahead = sorted(
        (v for v in views if v.plan.done is None), key=lambda v: (v.plan.due is None, v.plan.due or today, v.plan.title)
    )
    done = sorted(
        (v for v in views if v.plan.done is not None), key=lambda v: (v.plan.done or today, v.plan.title), reverse=True
    )
    groups = [(say("To do"), "to-do", ahead), (say("Done"), "done", done)]
    return make(
        book,
        "improvements.html",
        url=links.IMPROVEMENTS,
        title=say("Improvements"),
        section="more",
        description=say("The improvement plan."),
        headings=tuple(Heading(title=heading, id=id_) for heading, id_, listed in groups if listed),
        values={"groups": groups, "any": bool(views)},
    )


def _followed(book: Book, plan: Improvement, aim: ImprovementFor) -> Aim:
    found = aim_of(book, aim)
    if plan.done is None or aim.target is None:
        return found
    return replace(found, recovery=improvement_recovery(book, plan, aim.agreement.id, aim.target.id))


def improvement_recovery(book: Book, plan: Improvement, agreement: str, target: str) -> str:
    """Whether a target recovered since an improvement was done; nothing can be said as long as it isn't."""
    history = book.histories.get(agreement, {}).get(target)
    if plan.done is None or history is None:
        return say("not done yet")
    return recovery_words(recovery_since(history.results, plan.done))


def aim_of(book: Book, aim: ImprovementFor) -> Aim:
    """A promise by name, with how it stands."""
    agreement = book.title("agreements", aim.agreement.id)
    if aim.target is None:
        standing = book.standing(aim.agreement.id) if aim.agreement.id in book.histories else None
        return Aim(
            title=agreement,
            address=links.agreement(aim.agreement.id),
            verdict=standing.said if standing is not None else None,
        )
    history = book.histories.get(aim.agreement.id, {}).get(aim.target.id)
    name = history.entry.target.name if history is not None else aim.target.id
    newest = history.newest if history is not None else None
    return Aim(
        title=f"{agreement}: {name}",
        address=links.target(aim.agreement.id, aim.target.id),
        verdict=newest.verdict if newest is not None else None,
    )
