"""Needs: customers' service level requirements against the services and agreements that answer them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from servicebook.insight.needs import Answer, Answered, Line
from servicebook.model.service import Stage
from servicebook.rendering import links
from servicebook.rendering.book import Book
from servicebook.rendering.page import Heading, Page
from servicebook.rendering.plans import requirement_words
from servicebook.rendering.prose import Prose
from servicebook.rendering.templating import make
from servicebook.texts import marked, say

_PRIORITIES = ("must", "should", "could")
_ORDER = (Answer.OPEN, Answer.PLANNED, Answer.PROMISED, Answer.MET, Answer.DECLINED)
"""As the page lists them: what needs attention first."""
_WEAKEST = (Answer.OPEN, Answer.PLANNED, Answer.PROMISED, Answer.MET)
_MEANING = {
    Answer.MET: marked("promised as required, and kept in the newest period"),
    Answer.PROMISED: marked("promised as required, but not kept or not measured yet"),
    Answer.PLANNED: marked("a service is planned or in pilot, or an agreement is being drawn up"),
    Answer.OPEN: marked("nobody promises it"),
    Answer.DECLINED: marked("decided against"),
}
_MARKS = {
    Answer.MET: ("met", "met"),
    Answer.PROMISED: ("agreed", "due"),
    Answer.PLANNED: ("in-negotiation", "in-negotiation"),
    Answer.OPEN: ("draft", "draft"),
    Answer.DECLINED: ("over", "over"),
}
"""Shape and class of each answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a service does for a need."""

    answer: Answer
    agreements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedView:
    """A need with its answer for each service of the matrix, and its levels in words."""

    answered: Answered
    cells: tuple[Cell | None, ...]
    lines: tuple[tuple[str, Line], ...]
    """Each requirement in words, with what one service says to it."""
    prose: Prose


def pages(book: Book) -> Iterator[Page]:
    """The page of needs."""
    found = sorted(
        book.needs,
        key=lambda each: (_ORDER.index(each.answer), _rank(each.need.priority), each.need.title.casefold()),
    )
    services = _services(book, found)
    counts = Counter(each.answer for each in found)
    yield make(
        book,
        "needs.html",
        url=links.NEEDS,
        title=say("Needs"),
        section="more",
        description=say("Service level requirements, and the promises that answer them."),
        headings=tuple(Heading(title=each.need.title, id=each.need.id) for each in found),
        values={
            "needs": [_view(book, each, services) for each in found],
            "services": services,
            "counts": [(answer, counts[answer]) for answer in _ORDER if counts[answer]],
            "meaning": {answer: say(words) for answer, words in _MEANING.items()},
            "marks": _MARKS,
            "live": Stage.LIVE,
        },
    )


def _rank(priority: str) -> int:
    return _PRIORITIES.index(priority) if priority in _PRIORITIES else len(_PRIORITIES)


def _services(book: Book, found: list[Answered]) -> list[str]:
    """The services that serve any need: live ones first, then by name."""
    named = {reference.id for each in found for reference in each.need.served_by} & book.catalogue.services.keys()
    described = [book.catalogue.services[name] for name in named]
    return [s.id for s in sorted(described, key=lambda s: (s.stage is not Stage.LIVE, s.title.casefold()))]


def _view(book: Book, answered: Answered, services: list[str]) -> NeedView:
    need = answered.need
    return NeedView(
        answered=answered,
        cells=tuple(_cell(answered, service) for service in services),
        lines=tuple(
            (requirement_words(line.requirement) if line.requirement is not None else "", line)
            for line in answered.lines
        ),
        prose=book.prose(need.body, need.path, links.NEEDS),
    )


def _cell(answered: Answered, service: str) -> Cell | None:
    lines = [line for line in answered.lines if line.service == service]
    if not lines:
        return None
    weakest = min((line.answer for line in lines), key=_WEAKEST.index)
    agreements = dict.fromkeys(promise.agreement for line in lines for promise in line.promises)
    answer = Answer.DECLINED if answered.answer is Answer.DECLINED else weakest
    return Cell(answer=answer, agreements=tuple(agreements))
