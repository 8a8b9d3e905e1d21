"""JSON Schemas of the documents for other programs: what each key means, and which words it may hold.

The words of verdicts, states and kinds are those of the code, so that they can't drift. Documents may get further keys
later; programs should pass over what they don't know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from servicebook.insight.change.kinds import ChangeKind
from servicebook.insight.due import Kind as DueKind
from servicebook.insight.lifecycle import State
from servicebook.insight.needs import Answer
from servicebook.model.agreement import AgreementType
from servicebook.model.common import Comparison
from servicebook.model.measurement import Kind
from servicebook.model.result import Verdict
from servicebook.model.service import ServiceType, Stage
from servicebook.model.target import Measure

Schema = dict[str, Any]

_INSTANT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"
_DAY = r"^\d{4}-\d\d-\d\d$"
_NUMBER = r"^-?\d+(\.\d+)?$"
_PERIOD = r"^(\d{4}(-(\d\d(-\d\d)?|Q[1-4]|W\d\d))?(/\d+)?|rolling-\d+d@\d{4}-\d\d-\d\d)$"


def schemas() -> Mapping[str, Schema]:
    """The schema of each document of `api/v1`, by the document's name."""
    made = {
        "agreements": _list("agreements", "What was promised, and where it stands.", _AGREEMENT),
        "backtests": _list("backtests", "How the targets of drafts would have fared on the history.", _BACKTEST),
        "breaches": _list("breaches", "What was missed, newest first, and what was done about it.", _BREACH),
        "chain": _list("chain", "What the promises under each SLA back.", _CHAIN, items="chains"),
        "closed": _list("closed", "Closed periods and their restatements.", _CLOSED),
        "due": _list("due", "What is overdue, and what falls due within ninety days.", _DUE),
        "needs": _list("needs", "What customers need, and which promise answers it.", _NEED),
        "results": _list("results", "Every figure with its verdict, by agreement, target and start.", _RESULT),
        "services": _list("services", "What is offered.", _SERVICE),
        "sources": _list("sources", "The metric sources with their files.", _SOURCE),
        "versions": _list("versions", "What changed between the versions of each agreement.", _VERSIONS, "agreements"),
    }
    return dict(sorted(made.items()))


def _list(name: str, meaning: str, item: Schema, items: str = "") -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:servicebook:{name}:1",
        "title": f"servicebook/{name}/1",
        **_object(
            meaning,
            schema={"const": f"servicebook/{name}/1", "description": "Name and version of this form."},
            as_of=_instant("What happened at or after this moment is not known."),
            **{items or name: _array("One item each.", item)},
        ),
    }


def _object(meaning: str, **properties: Schema) -> Schema:
    return {
        "type": "object",
        "description": meaning,
        "properties": properties,
        "required": list(properties),
    }


def _array(meaning: str, item: Schema) -> Schema:
    return {"type": "array", "description": meaning, "items": item}


def _text(meaning: str, pattern: str = "") -> Schema:
    return {"type": "string", "description": meaning, **({"pattern": pattern} if pattern else {})}


def _words(meaning: str, words: Iterable[str]) -> Schema:
    return {"type": "string", "description": meaning, "enum": [str(word) for word in words]}


def _instant(meaning: str) -> Schema:
    return _text(f"{meaning} UTC.", _INSTANT)


def _day(meaning: str) -> Schema:
    return _text(meaning, _DAY)


def _number(meaning: str) -> Schema:
    return _text(f"{meaning} An exact decimal where it is finite, else 16 significant digits.", _NUMBER)


def _whole(meaning: str) -> Schema:
    return {"type": "integer", "minimum": 0, "description": meaning}


def _flag(meaning: str) -> Schema:
    return {"type": "boolean", "description": meaning}


def _or_null(schema: Schema) -> Schema:
    """The same, or null where there is none."""
    if "enum" in schema:
        return {**schema, "type": [schema["type"], "null"], "enum": [*schema["enum"], None]}
    return {**schema, "type": [schema["type"], "null"]}


def _ids(meaning: str) -> Schema:
    return _array(meaning, _text("An id."))


_PERIOD_NAME = _text("As in 2026-10, 2026-Q4, 2026-W41, 2026; a part of a split one ends in /1.", _PERIOD)
_VERDICT = _words("What the figure says of the promise.", Verdict)
_OBJECTIVE = _object(
    "The level that the figure must reach.",
    op=_words("Equality meets >= and <=.", Comparison),
    value=_or_null(_number("In `unit`.")),
    shown=_text("As its author wrote it."),
)
_FILE = _object(
    "A metric file.",
    path=_text("From the catalogue's root."),
    sha256=_text("Of the file as it lies there.", r"^[0-9a-f]{64}$"),
    rows=_whole("Rows that count here."),
)
_RESULT = _object(
    "A target in a period.",
    agreement=_text("Id."),
    version=_text("Of the agreement."),
    target=_text("Id within the agreement."),
    measure=_words("What is measured.", Measure),
    services=_ids("What the target speaks of."),
    customer=_text("A party's id."),
    provider=_text("A party's id."),
    period=_PERIOD_NAME,
    start=_instant("First instant."),
    end=_instant("First instant after it."),
    finished=_flag("Whether it is over at `as_of`."),
    verdict=_VERDICT,
    value=_or_null(_number("The figure, never rounded.")),
    shown=_or_null(_text("As readers see it, rounded towards the side of a breach.")),
    unit=_text("share, seconds, count, a currency, number, or the source's."),
    objective=_OBJECTIVE,
    numerator=_or_null(_number("Where the figure is a quotient.")),
    denominator=_or_null(_number("Where the figure is a quotient.")),
    numerator_unit=_or_null(_text("seconds, events, tickets, records or a currency.")),
    service_time=_or_null(_number("Seconds of the period within the service hours.")),
    excluded=_or_null(_number("Seconds left out by agreement.")),
    excluded_by={
        **_object("What left them out.", maintenance=_number("Seconds."), listed=_number("Seconds.")),
        "type": ["object", "null"],
    },
    coverage=_or_null(_number("Share of the time that counts in which somebody was looking.")),
    records=_whole("Rows that the figure looked at."),
    budget={
        **_object(
            "Failure that the objective allows.",
            total=_number("In the period."),
            used=_number("So far."),
            left=_number("Below zero where it is overdrawn."),
        ),
        "type": ["object", "null"],
    },
    credit=_or_null(_number("Share of the charge that is owed.")),
    sources=_array("The files behind it.", _FILE),
    data_until=_or_null(_instant("Up to when there are data.")),
    closed=_flag("Whether the period is closed with this figure."),
)
_VERSION = _object(
    "A version, or what changed on a day of its own.",
    version=_or_null(_text("Null where terms change on a day of their own.")),
    date=_day(
        "The revision's; of a version without one that of its commit, at the latest that of the version behind it."
    ),
    summary=_text("Of its author; may be empty."),
    commit=_or_null(_text("Short hash of the commit that brought it, where the history tells.", r"^[0-9a-f]{12}$")),
    committed=_or_null(_instant("When that was.")),
    signatures=_array(
        "Those that fall to it.",
        _object(
            "A signature.",
            party=_text("A party's id."),
            name=_text("May be empty."),
            role=_text("May be empty."),
            date=_day("When it was given."),
        ),
    ),
    changes=_array(
        "What changed, as `diff` says it.",
        _object(
            "A change.",
            target=_or_null(_text("Id within the agreement; null of the whole agreement.")),
            change=_words("Tightened: the provider owes more; loosened: less; changed: neither or both.", ChangeKind),
            field=_text("The key as authors write it."),
            old=_or_null(_text("What it was.")),
            new=_or_null(_text("What it is.")),
            since=_or_null(_day("From which day on, where its author wrote one.")),
        ),
    ),
)
_VERSIONS = _object(
    "The history of an agreement.",
    id=_text("Of the agreement."),
    versions=_array("The newest first.", _VERSION),
    url=_text("Of its part of the page, from the site's root."),
)
_AGREEMENT = _object(
    "An agreement.",
    id=_text("Id."),
    title=_text("Title."),
    type=_words("With a customer, between units, with a supplier.", AgreementType),
    state=_words("From its dates and signatures.", State),
    version=_text("Version."),
    provider=_text("A party's id."),
    customer=_text("A party's id."),
    services=_ids("What it is about."),
    sites=_ids("Sites of the customer."),
    **{"from": _day("The first day.")},
    until=_or_null(_day("The first day after the present term.")),
    signed=_or_null(_day("The later of both signatures.")),
    next_review=_or_null(_day("The next review.")),
    notice_by=_or_null(_day("The last day to give notice in the present term.")),
    underpinned_by=_ids("Agreements that stand under it."),
    targets=_array(
        "What is promised.",
        _object(
            "A target.",
            id=_text("Id within the agreement."),
            sentence=_text("The promise in plain words."),
            verdict=_or_null(_words("At present.", Verdict)),
            period=_or_null(_PERIOD_NAME),
        ),
    ),
    url=_text("Of its page, from the site's root."),
)
_SERVICE = _object(
    "A service.",
    id=_text("Id."),
    title=_text("Title."),
    summary=_text("One line."),
    type=_words("For customers, or for other services.", ServiceType),
    stage=_words("Where it stands in its life.", Stage),
    category=_text("Category."),
    owner=_or_null(_text("A party's id.")),
    users=_ids("Parties that use it."),
    hours=_or_null(_text("A calendar's id.")),
    depends_on=_array("Services that it needs; of several in one item one suffices.", _ids("Alternatives.")),
    agreements=_ids("Agreements about it."),
    url=_text("Of its page, from the site's root."),
)
_SOURCE = _object(
    "A metric source.",
    id=_text("Id."),
    title=_text("Title."),
    records=_words("Kind of record.", Kind),
    rows=_whole("Rows in its files."),
    kept=_whole("Rows that count."),
    first=_or_null(_instant("The first record.")),
    last=_or_null(_instant("The latest record.")),
    files=_array("Its files.", _FILE),
    problems={
        "type": "object",
        "description": "Number of rows by rule.",
        "additionalProperties": _whole("Rows."),
    },
    url=_text("Of its page, from the site's root."),
)
_PLACE = {"path": _text("From the catalogue's root."), "line": _whole("From 1.")}
_CHAIN = _object(
    "What stands under an SLA.",
    id=_text("Id of the agreement."),
    agreement=_text("The same."),
    targets=_array(
        "Its promises.",
        _object(
            "A promise.",
            target=_text("Id."),
            objective=_or_null(_number("A share, or seconds of a limit.")),
            ceiling=_or_null(_number("What stands under it backs at most.")),
            backed={"type": ["boolean", "null"], "description": "Whether it can be kept."},
            links=_array(
                "What it rests on.",
                _object(
                    "A link.",
                    service=_text("Id."),
                    agreement=_or_null(_text("Id of the agreement that covers it.")),
                    target=_or_null(_text("Its target.")),
                    **_PLACE,
                    limit=_or_null(_text("What the link promises.")),
                    backs=_or_null(_number("What that backs, converted to the promise's periods and hours.")),
                ),
            ),
        ),
    ),
    gaps=_array(
        "Where it falls short.",
        _object(
            "A problem.",
            **_PLACE,
            column=_whole("From 1."),
            severity=_words("How grave.", ("error", "warning")),
            rule=_text("Group and rule.", "^[a-z]+/[a-z-]+$"),
            message=_text("What is wrong."),
            hint=_text("What to do."),
            related=_array("Other places.", _object("A place.", **_PLACE, column=_whole("From 1."))),
        ),
    ),
)
_BACKTEST = _object(
    "An agreement that isn't signed yet.",
    id=_text("Id of the agreement."),
    agreement=_text("The same."),
    targets=_array(
        "Its targets.",
        _object(
            "A target as if its terms had always held.",
            target=_text("Id."),
            measure=_words("What is measured.", Measure),
            unit=_text("Of the figures."),
            objective=_OBJECTIVE,
            judged=_whole("Periods that were met or breached."),
            not_judged=_whole("The others."),
            met=_whole("Periods."),
            breached=_whole("Periods."),
            levels={
                "type": "object",
                "description": "The level met in so many per cent of the judged periods.",
                "additionalProperties": _or_null(_number("The level.")),
            },
            lowest=_or_null(_number("The lowest figure.")),
            highest=_or_null(_number("The highest figure.")),
            periods=_array(
                "Period by period.",
                _object(
                    "A period.",
                    period=_PERIOD_NAME,
                    value=_or_null(_number("The figure.")),
                    verdict=_VERDICT,
                ),
            ),
        ),
    ),
)
_BREACH = _object(
    "A target that was missed in a period.",
    id=_text("Agreement, target and period."),
    agreement=_text("Id."),
    target=_text("Id within the agreement."),
    period=_PERIOD_NAME,
    start=_instant("First instant."),
    end=_instant("First instant after it."),
    finished=_flag("Whether the period is over; a breach can be proven before."),
    value=_or_null(_number("The figure.")),
    shown=_or_null(_text("As readers see it.")),
    objective=_text("As its author wrote it."),
    credit=_or_null(_number("Share of the charge that is owed.")),
    accounts=_array(
        "What editors wrote about it.",
        _object(
            "An account.",
            id=_text("Id."),
            title=_text("Title."),
            cause=_text("Why."),
            correction=_text("What was put right."),
            corrected=_or_null(_day("When.")),
        ),
    ),
    improvements=_ids("What is planned."),
    repeats=_object("The newest judged periods up to it.", breached=_whole("Of them."), judged=_whole("At most 12.")),
    recovery=_object(
        "The periods after it.",
        met=_whole("Of them."),
        judged=_whole("All."),
        recovered={"type": ["boolean", "null"], "description": "Whether the newest judged one was met."},
    ),
    url=_text("Of its page, from the site's root."),
)
_NEED = _object(
    "What a customer needs.",
    id=_text("Id."),
    title=_text("Title."),
    customer=_text("A party's id."),
    priority=_words("How much.", ("must", "should", "could")),
    status=_words("As its author says.", ("open", "agreed", "declined")),
    answer=_words("As the promises answer it: that of its weakest line.", Answer),
    reason=_text("Why it was declined."),
    lines=_array(
        "A requirement and a service each.",
        _object(
            "A line.",
            measure=_or_null(_words("What is measured.", Measure)),
            objective=_or_null(_text("The level that is needed.")),
            service=_or_null(_text("Id.")),
            answer=_words("How it is answered.", Answer),
            promises=_array(
                "Targets that answer it best.",
                _object("A target.", agreement=_text("Id."), target=_text("Id."), answer=_words("How.", Answer)),
            ),
        ),
    ),
)
_DUE = _object(
    "Something with a day.",
    id=_text("Stays the same when the day is moved."),
    kind=_words("What it is.", DueKind),
    subject=_text("Id of the agreement or improvement."),
    detail=_text("The step of a negotiation."),
    day=_day("When it falls due."),
    start=_or_null(_instant("Of maintenance.")),
    end=_or_null(_instant("Of maintenance.")),
    overdue=_flag("Whether its day is over and nobody did it."),
    owner=_or_null(_text("The party that sees to it.")),
    parties=_ids("Whom it concerns."),
)
_FIGURE = {"type": "object", "description": "Verdict, value, numerator, denominator and credit."}
_CLOSED = _object(
    "A closed period.",
    id=_text("The period.", _PERIOD),
    closed_at=_text("The `as_of` at which it was closed first."),
    figures=_whole("How many figures are closed."),
    path=_text("Of its file, from the catalogue's root."),
    restatements=_array(
        "Corrections, in their order.",
        _object(
            "A correction.",
            agreement=_text("Id."),
            target=_text("Id."),
            period=_PERIOD_NAME,
            date=_day("When it was recorded."),
            why=_text("Its reason."),
            old=_FIGURE,
            new=_FIGURE,
        ),
    ),
)
