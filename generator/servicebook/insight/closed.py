"""Closed periods: what was published stays until it is restated, with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from servicebook.compliance.terms import Terms
from servicebook.insight.documents import present_entry, result_document
from servicebook.model.published import Key, PublishedPeriod, Restatement
from servicebook.model.result import Result
from servicebook.source import Position, Problem, Rule
from servicebook.timeline.zone import format_utc

COMPARED = ("verdict", "value", "numerator", "denominator", "credit")
"""What makes a figure another one."""
CHANGED = Rule(
    id="closed/changed",
    meaning="The sources give another figure than the one that was published when the period was closed: late data, a backdated exclusion, a changed priority.",
    remedy="Put the sources back, or record the correction: `servicebook close PERIOD --restate AGREEMENT/TARGET --why TEXT`.",
)
GONE = Rule(
    id="closed/gone",
    meaning="A published figure has no result any more: its agreement, target or terms in force were changed for a closed period.",
    remedy="Let the old terms stand with an `until`, and write the new ones as a second entry with a `from`.",
)
LOST = Rule(
    id="closed/lost",
    meaning="A published file, a figure in it or a restatement that the last commit has is missing in the working tree.",
    remedy="Take the file from the last commit; closed figures are corrected by a restatement, never by leaving them out.",
)
RULES: tuple[Rule, ...] = (CHANGED, GONE, LOST)


def finished_in(results: Iterable[Result], period: str) -> list[Result]:
    """The finished results of a period's name, its parts too."""
    return [r for r in results if r.finished and not r.period.startswith("rolling") and _base(r.period) == period]


def _base(period: str) -> str:
    return period.partition("/")[0]


def mark_closed(results: Iterable[Result], published: Mapping[str, PublishedPeriod]) -> tuple[Result, ...]:
    """Results that are published as they are, marked so."""
    return tuple(
        replace(r, closed=True) if (p := published.get(_base(r.period))) is not None and r.key in p.results else r
        for r in results
    )


def changed_figures(
    results: Iterable[Result], published: Mapping[str, PublishedPeriod], terms: Mapping[str, Terms], as_of: int
) -> Iterator[Problem]:
    """An error for each published figure that the sources don't give any more, at the promise, old → new."""
    now = {result.key: result for result in results}
    for period in published.values():
        for key, old in sorted(period.results.items()):
            if str(old.get("end", "")) > format_utc(as_of):
                continue
            result = now.get(key)
            if result is None:
                yield _problem(GONE, key, period, terms, as_of, f"closed figure {' '.join(key)} has no result any more")
                continue
            differences = list(_differences(old, result_document(result)))
            if differences:
                said = "; ".join(f"{field} {_said(was)} → {_said(becomes)}" for field, was, becomes in differences)
                yield _problem(
                    CHANGED, key, period, terms, as_of, f"closed figure {' '.join(key)} would change: {said}"
                )


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for field in COMPARED:
        if field in old and not _same(old[field], new[field]):
            yield field, old[field], new[field]


def _same(old: object, new: object) -> bool:
    if old == new:
        return True
    try:
        return Fraction(str(old)) == Fraction(str(new))
    except (ValueError, ZeroDivisionError):
        return False


def _said(value: object) -> str:
    return "none" if value is None else str(value)


def _problem(
    rule: Rule, key: Key, period: PublishedPeriod, terms: Mapping[str, Terms], as_of: int, message: str
) -> Problem:
    there = Position(period.path)
    entries = terms[key[0]].targets.get(key[1]) if key[0] in terms else None
    if not entries:
        return Problem(position=there, rule=rule.id, message=message, hint=rule.remedy)
    place = present_entry(entries, as_of).target.places.of("objective")
    return Problem(position=place, rule=rule.id, message=message, hint=rule.remedy, related=(there,))


def lost_figures(
    committed: Mapping[str, PublishedPeriod], published: Mapping[str, PublishedPeriod]
) -> Iterator[Problem]:
    """An error for each published file, figure or restatement of the last commit that isn't there any more."""
    for name, period in committed.items():
        there = Position(period.path)
        now = published.get(name)
        if now is None:
            yield _lost(there, f"the closed period {name} of the last commit is missing")
            continue
        for key in sorted(period.results.keys() - now.results.keys()):
            yield _lost(there, f"the closed figure {' '.join(key)} of the last commit is missing")
        for restatement in period.restatements:
            if restatement not in now.restatements:
                yield _lost(there, f"a restatement of {' '.join(restatement.key)} of the last commit is missing")


def _lost(position: Position, message: str) -> Problem:
    return Problem(position=position, rule=LOST.id, message=message, hint=LOST.remedy)


def close(
    period: str, results: Sequence[Result], before: PublishedPeriod | None, as_of: int, path: str
) -> PublishedPeriod:
    """The published period with the results that it doesn't hold yet; those that it holds stay as they are."""
    fresh = {r.key: result_document(replace(r, closed=True)) for r in results}
    kept = dict(before.results) if before is not None else {}
    return PublishedPeriod(
        period=period,
        path=path,
        closed_at=before.closed_at if before is not None else format_utc(as_of),
        results={**fresh, **kept},
        restatements=before.restatements if before is not None else (),
    )


def restate(period: PublishedPeriod, results: Sequence[Result], why: str, as_of: int) -> PublishedPeriod:
    """The published period with new figures for these results, and why; results that are as published stay."""
    figures, restatements = dict(period.results), list(period.restatements)
    for result in results:
        old, new = figures.get(result.key), result_document(replace(result, closed=True))
        if old is None or not list(_differences(old, new)):
            continue
        figures[result.key] = new
        restatements.append(
            Restatement(
                agreement=result.agreement,
                target=result.target,
                period=result.period,
                why=why,
                date=format_utc(as_of)[:10],
                old={field: old.get(field) for field in COMPARED},
                new={field: new[field] for field in COMPARED},
            )
        )
    return replace(period, results=figures, restatements=tuple(restatements))


def published_text(period: PublishedPeriod) -> str:
    """The file of a closed period: sorted and stable."""
    document = {
        "schema": "servicebook/results/1",
        "as_of": period.closed_at,
        "results": [dict(result) for _, result in sorted(period.results.items())],
        "restatements": [
            {
                "agreement": each.agreement,
                "target": each.target,
                "period": each.period,
                "why": each.why,
                "date": each.date,
                "old": dict(each.old),
                "new": dict(each.new),
            }
            for each in period.restatements
        ],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"
