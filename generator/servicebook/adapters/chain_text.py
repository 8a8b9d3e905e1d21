"""The chain for people at a terminal: each promise, what it rests on as a tree, and the gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from servicebook.insight.chain import Chain, Link, Promise, percent
from servicebook.model.target import Rolling
from servicebook.source import Problem
from servicebook.timeline.period import Per


def chain_text(chain: Chain) -> str:
    """One agreement: its promises with their trees, then its gaps with the lines where they stand."""
    lines = [chain.agreement]
    for promise in chain.promises:
        lines += ["", *_promise(promise, chain)]
    if not chain.promises:
        lines.append("  no target of it is in force or to come")
    lines += ["", *_gaps(chain.gaps)]
    return "\n".join(lines)


def _promise(promise: Promise, chain: Chain) -> Iterator[str]:
    target = promise.entry.target
    limit = f" {target.within.text}" if target.within is not None else ""
    credit = "" if promise.credit is None else f", owes up to {percent(promise.credit)} of the charge"
    yield f"  {promise.target}: {target.measure}{limit}, {target.objective.text} {_per(target.per)}{credit}"
    yield f"    {_outcome(promise)}"
    links = {link.service: link for link in promise.links}
    seen: set[str] = set()
    for service in promise.services:
        yield from _tree(service, promise, links, chain, "    ", seen)


def _per(per: Per | Rolling) -> str:
    """`per month`, `in rolling 30 days`."""
    return f"in rolling {per.days} days" if isinstance(per, Rolling) else f"per {per}"


def _outcome(promise: Promise) -> str:
    if isinstance(promise.entry.target.per, Rolling) and promise.level is not None:
        return "informs only: what binds are calendar periods"
    if promise.ceiling is not None:
        said = {True: "backed", False: "NOT BACKED", None: "nothing under it is promised"}[promise.backed]
        return f"{said}: {percent(promise.ceiling)} at most"
    if promise.backed is None:
        return "nothing under it is promised of the kind"
    return "backed: every limit under it is in time" if promise.backed else "NOT BACKED: a limit under it passes later"


def _tree(
    service: str, promise: Promise, links: dict[str, Link], chain: Chain, indent: str, seen: set[str]
) -> Iterator[str]:
    """A service, then what it needs, deeper; one that was shown already is only named."""
    if service in seen:
        yield f"{indent}- {service} (see above)"
        return
    seen.add(service)
    yield f"{indent}- {service}: {_link(links[service], promise)}"
    inner = f"{indent}  "
    for group in chain.needs.get(service, ()):
        if len(group) == 1:
            yield from _tree(group[0], promise, links, chain, inner, seen)
            continue
        yield f"{inner}- one of:"
        for each in group:
            yield from _tree(each, promise, links, chain, f"{inner}  ", seen)


def _link(link: Link, promise: Promise) -> str:
    if link.agreement is None:
        return "by the provider itself" if link.is_own else "promised by nobody"
    if link.entry is None:
        return f"{link.agreement} promises nothing of the kind"
    shown = link.limit_shown if link.backs is not None else f"within {link.limit_shown}"
    parts = [f"{link.agreement}/{link.target} {shown}"]
    if link.backs is not None and link.backs != link.limit:
        parts.append(f"backs {percent(link.backs)}")
    if link.credit is not None:
        parts.append(f"returns up to {percent(link.credit)} of its charge")
    if link.service == promise.weakest:
        parts.append("the weakest")
    return ", ".join(parts)


def _gaps(gaps: Sequence[Problem]) -> Iterator[str]:
    if not gaps:
        yield "  no gaps"
        return
    yield f"  {len(gaps)} {'gap' if len(gaps) == 1 else 'gaps'}:"
    for gap in gaps:
        place = gap.position
        yield f"    {place.path}:{place.line}:{place.column}: {gap.message} [{gap.rule}]"
        yield from (f"      see {each.path}:{each.line}:{each.column}" for each in gap.related)
