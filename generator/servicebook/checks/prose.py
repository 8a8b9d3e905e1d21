"""Unambiguous terms: prose that promises nothing measurable, or something that no target holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from servicebook.checks.finding import Context
from servicebook.compliance.terms import Terms
from servicebook.model.agreement import Agreement
from servicebook.model.common import Quantity, Unit
from servicebook.model.target import Target
from servicebook.source import Position, Problem, Rule, Severity, did_you_mean

VAGUE = Rule(
    id="prose/vague-words",
    meaning="An agreement's prose or responsibilities say something that nobody can measure, such as “best effort” or “as soon as possible”.",
    remedy="Say how much, by when, in which hours; or allow the words for this agreement with a reason in `content/wording/`.",
    severity=Severity.WARNING,
)
UNHELD = Rule(
    id="prose/percentage-without-target",
    meaning="An agreement's prose names a percentage that no objective, credit or coverage of it has, so prose and terms contradict each other.",
    remedy="Correct the prose, or write the target that it speaks of.",
    severity=Severity.WARNING,
)
UNUSED = Rule(
    id="prose/needless-allowance",
    meaning="Words are allowed for an agreement that doesn't have them.",
    remedy="Take the entry out of `content/wording/`, or correct its words.",
    severity=Severity.WARNING,
)
RULES: tuple[Rule, ...] = (VAGUE, UNHELD, UNUSED)

BUILT_IN: Mapping[str, str] = {
    "best effort": "say what is done, and by when",
    "best efforts": "say what is done, and by when",
    "best endeavours": "say what is done, and by when",
    "reasonable": "say how much, or how long",
    "reasonably": "say how much, or how long",
    "as soon as possible": "say within how many hours of which calendar",
    "asap": "say within how many hours of which calendar",
    "as quickly as possible": "say within how many hours of which calendar",
    "promptly": "say within how many hours of which calendar",
    "in a timely manner": "say within how many hours of which calendar",
    "without undue delay": "say within how many hours of which calendar",
    "where possible": "say when it is, and who decides",
    "if possible": "say when it is, and who decides",
    "as far as possible": "say how far",
    "from time to time": "say how often",
    "as appropriate": "say when, and who decides",
    "and so on": "name them all",
    "state of the art": "name the standard",
    "industry standard": "name the standard",
}
"""Words that promise nothing measurable, and what to say instead."""

_PERCENTAGE = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{1,6})?)[\s\u00a0\u202f]?(?:%|per cent|percent)(?!\w)")
_UNREAD = re.compile(r"```.*?```|~~~.*?~~~|<!--.*?-->|`[^`\n]*`|\]\([^)\s]*\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Passage:
    """A stretch of an agreement's own words, and where it begins."""

    text: str
    position: Position

    def at(self, offset: int) -> Position:
        """Where a character of it stands; in a value of the front matter, the value."""
        before = self.text[:offset]
        line = before.count("\n")
        column = offset - (before.rfind("\n") + 1) + 1
        return Position(
            self.position.path, self.position.line + line, column if line else self.position.column + column - 1
        )


def _passages(agreement: Agreement) -> Iterator[_Passage]:
    if agreement.body_position is not None:
        yield _Passage(_UNREAD.sub(_blank, agreement.body), agreement.body_position)


def _responsibilities(agreement: Agreement) -> Iterator[str]:
    yield from agreement.provider_responsibilities
    yield from agreement.customer_responsibilities


def _blank(found: re.Match[str]) -> str:
    """Keep the length and the lines, so that what follows keeps its place."""
    return re.sub(r"[^\n]", " ", found[0])


def words_can_be_measured(context: Context) -> Iterator[Problem]:
    """Agreements don't promise what nobody can measure."""
    vague = dict(BUILT_IN)
    allowed: dict[str, set[str]] = {}
    for wording in context.catalogue.wording.values():
        vague |= {each.words.lower(): each.instead for each in wording.vague}
        for entry in wording.allow:
            allowed.setdefault(entry.agreement.id, set()).add(entry.words.lower())
    pattern = _any_of(vague)
    for agreement in context.catalogue.agreements.values():
        may = allowed.get(agreement.id, set())
        for passage in _passages(agreement):
            for found in pattern.finditer(passage.text):
                yield from _vague(found[0], passage.at(found.start()), vague, may)
        for text in _responsibilities(agreement):
            for found in pattern.finditer(text):
                yield from _vague(found[0], agreement.places.of("responsibilities"), vague, may)


def _any_of(vague: Mapping[str, str]) -> re.Pattern[str]:
    longest_first = sorted(vague, key=len, reverse=True)
    alternatives = "|".join(r"\s+".join(map(re.escape, words.split())) for words in longest_first)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


def _vague(words: str, position: Position, vague: Mapping[str, str], allowed: set[str]) -> Iterator[Problem]:
    plain = " ".join(words.lower().split())
    if plain in allowed:
        return
    yield Problem(
        position=position,
        rule=VAGUE.id,
        message=f"“{' '.join(words.split())}” can't be measured",
        hint=vague.get(plain, "") or "say how much, by when, in which hours",
        severity=Severity.WARNING,
    )


def allowed_words_are_there(context: Context) -> Iterator[Problem]:
    """Words are allowed where they stand, for agreements that exist."""
    agreements = context.catalogue.agreements
    for wording in context.catalogue.wording.values():
        for entry in wording.allow:
            agreement = agreements.get(entry.agreement.id)
            if agreement is None:
                if ("agreement", entry.agreement.id) not in context.broken:
                    yield Problem(
                        position=entry.agreement.position,
                        rule="reference/unknown-agreement",
                        message=f"no agreement '{entry.agreement.id}'",
                        hint=did_you_mean(entry.agreement.id, agreements),
                    )
                continue
            texts = [passage.text for passage in _passages(agreement)] + list(_responsibilities(agreement))
            if not any(_any_of({entry.words: ""}).search(text) for text in texts):
                yield Problem(
                    position=entry.places.of("words"),
                    rule=UNUSED.id,
                    message=f"'{entry.agreement.id}' doesn't say “{entry.words}”",
                    hint=UNUSED.remedy,
                    severity=Severity.WARNING,
                )


def prose_agrees_with_the_terms(context: Context) -> Iterator[Problem]:
    """Every percentage in an agreement's prose is one of its terms."""
    for terms in context.terms.values():
        agreement = terms.agreement
        if not context.is_whole(agreement) or not terms.targets:
            continue
        known = _percentages(terms)
        for passage in _passages(agreement):
            for found in _PERCENTAGE.finditer(passage.text):
                if Fraction(found[1]) not in known:
                    yield Problem(
                        position=passage.at(found.start()),
                        rule=UNHELD.id,
                        message=f"the prose says {found[1]} %, but no objective, credit or coverage of this agreement does",
                        hint=UNHELD.remedy,
                        severity=Severity.WARNING,
                    )


def _percentages(terms: Terms) -> set[Fraction]:
    """All percentages of an agreement's terms, and what each leaves over of 100."""
    known = {share for entry in terms.entries for share in _of_target(entry.target)}
    return known | {100 - share for share in known} | {Fraction(100), Fraction(0)}


def _of_target(target: Target) -> Iterator[Fraction]:
    yield from _share(target.objective.level)
    if target.within is not None:
        yield from _share(target.within)
    if target.percentile is not None:
        yield target.percentile
    if target.minimum_coverage is not None:
        yield target.minimum_coverage * 100
    if target.credits is not None:
        for band in target.credits.bands:
            yield from _share(band.level)
            yield band.credit * 100
        if target.credits.cap is not None:
            yield target.credits.cap * 100


def _share(quantity: Quantity) -> Iterator[Fraction]:
    if quantity.kind is Unit.SHARE:
        yield quantity.number
