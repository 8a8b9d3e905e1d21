"""Schemas of what is offered and promised: services, agreements with their versions, metric sources."""

from __future__ import annotations

from servicebook.insight.change.kinds import ChangeKind
from servicebook.insight.lifecycle import State
from servicebook.insight.schemas.forms import (
    FILE,
    PERIOD_NAME,
    array,
    day,
    ids,
    instant,
    or_null,
    record,
    text,
    whole,
    words,
)
from servicebook.model.agreement import AgreementType
from servicebook.model.measurement import Kind
from servicebook.model.result import Verdict
from servicebook.model.service import ServiceType, Stage

SERVICE = record(
    "A service.",
    id=text("Id."),
    title=text("Title."),
    summary=text("One line."),
    type=words("For customers, or for other services.", ServiceType),
    stage=words("Where it stands in its life.", Stage),
    category=text("Category."),
    owner=or_null(text("A party's id.")),
    users=ids("Parties that use it."),
    hours=or_null(text("A calendar's id.")),
    depends_on=array("Services that it needs; of several in one item one suffices.", ids("Alternatives.")),
    agreements=ids("Agreements about it."),
    url=text("Of its page, from the site's root."),
)
AGREEMENT = record(
    "An agreement.",
    id=text("Id."),
    title=text("Title."),
    type=words("With a customer, between units, with a supplier.", AgreementType),
    state=words("From its dates and signatures.", State),
    version=text("Version."),
    provider=text("A party's id."),
    customer=text("A party's id."),
    services=ids("What it is about."),
    sites=ids("Sites of the customer."),
    **{"from": day("The first day.")},
    until=or_null(day("The first day after the present term.")),
    signed=or_null(day("The later of both signatures.")),
    next_review=or_null(day("The next review.")),
    notice_by=or_null(day("The last day to give notice in the present term.")),
    underpinned_by=ids("Agreements that stand under it."),
    targets=array(
        "What is promised.",
        record(
            "A target.",
            id=text("Id within the agreement."),
            sentence=text("The promise in plain words."),
            verdict=or_null(words("At present.", Verdict)),
            period=or_null(PERIOD_NAME),
        ),
    ),
    url=text("Of its page, from the site's root."),
)
_VERSION = record(
    "A version, or what changed on a day of its own.",
    version=or_null(text("Null where terms change on a day of their own.")),
    date=day(
        "The revision's; of a version without one that of its commit, at the latest that of the version behind it."
    ),
    summary=text("Of its author; may be empty."),
    commit=or_null(text("Short hash of the commit that brought it, where the history tells.", r"^[0-9a-f]{12}$")),
    committed=or_null(instant("When that was.")),
    signatures=array(
        "Those that fall to it.",
        record(
            "A signature.",
            party=text("A party's id."),
            name=text("May be empty."),
            role=text("May be empty."),
            date=day("When it was given."),
        ),
    ),
    changes=array(
        "What changed, as `diff` says it.",
        record(
            "A change.",
            target=or_null(text("Id within the agreement; null of the whole agreement.")),
            change=words("Tightened: the provider owes more; loosened: less; changed: neither or both.", ChangeKind),
            field=text("The key as authors write it."),
            old=or_null(text("What it was.")),
            new=or_null(text("What it is.")),
            since=or_null(day("From which day on, where its author wrote one.")),
        ),
    ),
)
VERSIONS = record(
    "The history of an agreement.",
    id=text("Of the agreement."),
    versions=array("The newest first.", _VERSION),
    url=text("Of its part of the page, from the site's root."),
)
SOURCE = record(
    "A metric source.",
    id=text("Id."),
    title=text("Title."),
    records=words("Kind of record.", Kind),
    rows=whole("Rows in its files."),
    kept=whole("Rows that count."),
    first=or_null(instant("The first record.")),
    last=or_null(instant("The latest record.")),
    files=array("Its files.", FILE),
    problems={
        "type": "object",
        "description": "Number of rows by rule.",
        "additionalProperties": whole("Rows."),
    },
    url=text("Of its page, from the site's root."),
)
