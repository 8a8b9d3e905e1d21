"""The chain as a document for other programs: `servicebook/chain/1`."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from servicebook.compliance.figure import SECOND
from servicebook.insight.chain import Chain, Link, Promise
from servicebook.insight.documents import Document, number
from servicebook.model.common import Unit
from servicebook.source import Position, Problem
from servicebook.timeline.zone import format_utc

SCHEMA = "servicebook/chain/1"


def chain_document(chain: Chain, as_of: int) -> Document:
    """The chain of one agreement."""
    return {"schema": SCHEMA, "as_of": format_utc(as_of), "agreement": chain.agreement, **_body(chain)}


def chains_document(chains: Mapping[str, Chain], as_of: int) -> Document:
    """The chains of all agreements that have one: a list whose items have an `id`."""
    items = [{"id": name, "agreement": name, **_body(chain)} for name, chain in sorted(chains.items())]
    return {"schema": SCHEMA, "as_of": format_utc(as_of), "chains": items}


def _body(chain: Chain) -> Document:
    return {
        "targets": [_promise(promise) for promise in chain.promises],
        "gaps": [_gap(problem) for problem in chain.gaps],
    }


def _promise(promise: Promise) -> Document:
    """A share is written as one, a duration in seconds; `ceiling` and `backed` are null where nothing of the kind is backed."""
    return {
        "target": promise.target,
        "objective": number(promise.level if promise.level is not None else _level(promise)),
        "ceiling": number(promise.ceiling),
        "backed": promise.backed,
        "links": [_link(link) for link in promise.links],
    }


def _level(promise: Promise) -> Fraction:
    quantity = promise.entry.target.objective.level
    return quantity.microseconds / SECOND if quantity.kind is Unit.DURATION else quantity.number


def _link(link: Link) -> Document:
    """`limit` is a share, or seconds of a limit for tickets; null where nothing of the kind is promised."""
    return {
        "service": link.service,
        "agreement": link.agreement,
        "target": link.target,
        "path": link.position.path,
        "line": link.position.line,
        "limit": number(link.limit) if link.limit is not None else (link.limit_shown or None),
        "backs": number(link.backs),
    }


def _gap(problem: Problem) -> Document:
    return {
        **_place(problem.position),
        "severity": str(problem.severity),
        "rule": problem.rule,
        "message": problem.message,
        "hint": problem.hint,
        "related": [_place(place) for place in problem.related],
    }


def _place(position: Position) -> Document:
    return {"path": position.path, "line": position.line, "column": position.column}
