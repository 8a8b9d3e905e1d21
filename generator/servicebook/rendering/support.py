"""What stands under an SLA: for each promise the chain of agreements and contracts that carry it, drawn as a tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from servicebook.insight.chain import Chain, Link, Promise, percent
from servicebook.model.result import Result
from servicebook.model.target import Rolling
from servicebook.rendering import links, sentences
from servicebook.rendering.book import Book
from servicebook.rendering.page import Heading, Page
from servicebook.rendering.templating import make
from servicebook.rendering.wording import figure, within
from servicebook.texts import say, say_many


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A service in the tree, with what is promised for it and how that was kept."""

    link: Link
    promised: str
    backs: str
    """Where it isn't simply what is promised."""
    credit: str
    newest: Result | None
    is_weakest: bool
    is_repeated: bool
    """Whether it stands in the tree already: what it needs is shown there."""
    needs: tuple[tuple[Node, ...], ...] = ()
    """Of several together one suffices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseView:
    """A promise with its tree."""

    promise: Promise
    id: str
    name: str
    sentence: str
    outcome: str
    credit: str
    newest: Result | None
    roots: tuple[Node, ...]


def pages(book: Book) -> Iterator[Page]:
    """A page for each SLA that isn't over."""
    yield from (_page(book, chain) for chain in book.site.chains.values())


def _page(book: Book, chain: Chain) -> Page:
    agreement = book.catalogue.agreements[chain.agreement]
    views = [_view(book, chain, promise) for promise in chain.promises]
    drawn = tuple(view for view in views if _has_ground(view.promise))
    alone = tuple(view for view in views if not _has_ground(view.promise))
    title = say("What stands under it: %(agreement)s", agreement=agreement.title)
    return make(
        book,
        "support.html",
        url=links.support(agreement.id),
        title=title,
        section="agreements",
        description=_summary(chain),
        headings=(
            *(Heading(title=view.name, id=view.id) for view in drawn),
            *((Heading(title=say("Other promises"), id="others"),) if alone else ()),
            Heading(title=say("Gaps"), id="gaps"),
        ),
        edit_path=agreement.path or None,
        zone=book.zone_of(agreement.id),
        values={
            "agreement": agreement,
            "summary": _summary(chain),
            "drawn": drawn,
            "alone": alone,
            "gaps": chain.gaps,
            "percent": percent,
        },
    )


def _has_ground(promise: Promise) -> bool:
    """Whether something of the kind is promised under it."""
    return any(link.entry is not None for link in promise.links)


def _summary(chain: Chain) -> str:
    bad = sum(promise.backed is False for promise in chain.promises)
    judged = sum(promise.backed is not None for promise in chain.promises)
    if not judged:
        return say("Nothing under this agreement is promised of the kind that it promises itself.")
    said = []
    if bad:
        said.append(
            say_many(
                "%(number)s\u00a0promise is not backed by what stands under it",
                "%(number)s\u00a0promises are not backed by what stands under it",
                bad,
            )
        )
    said.append(say("%(backed)s of %(all)s promises that rest on others are backed", backed=judged - bad, all=judged))
    found = len(chain.gaps)
    said.append(
        say_many("%(number)s\u00a0gap found", "%(number)s\u00a0gaps found", found) if found else say("no gap found")
    )
    return f"{'; '.join(said)}."


def _view(book: Book, chain: Chain, promise: Promise) -> PromiseView:
    seen: set[str] = set()
    by_service = {link.service: link for link in promise.links}
    return PromiseView(
        promise=promise,
        id=f"{promise.target}-{promise.entry.own_start}" if promise.entry.own_start else promise.target,
        name=promise.entry.target.name,
        sentence=sentences.target_sentence(promise.entry),
        outcome=_outcome(promise),
        credit="" if promise.credit is None else figure(percent(promise.credit)),
        newest=_newest(book, chain.agreement, promise.target),
        roots=tuple(_node(book, chain, promise, service, by_service, seen) for service in promise.services),
    )


def _outcome(promise: Promise) -> str:
    if isinstance(promise.entry.target.per, Rolling):
        return say("A rolling window informs only: what binds are calendar periods.")
    if promise.ceiling is not None:
        most = figure(percent(promise.ceiling))
        own = sentences.objective(promise.entry.target)
        if promise.backed:
            return say("Backed: the links together carry %(most)s, %(promised)s is promised.", most=most, promised=own)
        return say(
            "Not backed: the links together carry %(most)s at most, %(promised)s is promised.", most=most, promised=own
        )
    if promise.backed:
        return say("Backed: every limit under it passes in time.")
    return say("Not backed: a limit under it passes later than the one promised here.")


def _node(
    book: Book, chain: Chain, promise: Promise, service: str, by_service: Mapping[str, Link], seen: set[str]
) -> Node:
    link, is_repeated = by_service[service], service in seen
    seen.add(service)
    groups = () if is_repeated else chain.needs.get(service, ())
    return Node(
        link=link,
        promised=_promised(link),
        backs=""
        if link.backs is None or link.entry is None or link.backs == link.limit
        else figure(percent(link.backs)),
        credit="" if link.credit is None else figure(percent(link.credit)),
        newest=_newest(book, link.agreement, link.target),
        is_weakest=service == promise.weakest,
        is_repeated=is_repeated,
        needs=tuple(tuple(_node(book, chain, promise, each, by_service, seen) for each in group) for group in groups),
    )


def _promised(link: Link) -> str:
    if link.agreement is None:
        return say("done by the provider itself") if link.is_own else say("promised by nobody")
    if link.entry is None:
        return say("nothing of the kind is promised")
    if link.backs is not None:
        own = sentences.objective(link.entry.target)
        per = link.entry.target.per
        return (
            own
            if isinstance(per, Rolling)
            else say("%(objective)s per %(period)s", objective=own, period=say(per.value))
        )
    return say("within %(limit)s", limit=within(link.limit_shown))


def _newest(book: Book, agreement: str | None, target: str | None) -> Result | None:
    if agreement is None or target is None:
        return None
    history = book.histories[agreement].get(target)
    return history.newest if history is not None else None
