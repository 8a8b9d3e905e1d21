"""What falls due, and what is overdue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from servicebook.insight.due import DueItem, Kind, due_items
from servicebook.model.measurement import Outage
from tests.insight.builders import BOTH_SIGNED, HERE, at, loaded, states_of, terms_of

SIGNED = ["from: 2026-01-01", "until: 2027-01-01", "time_zone: Europe/Berlin", BOTH_SIGNED]
TACIT = "renewal: {kind: tacit, term: 12 months, notice: 60 days}"
PLAN = "content/improvements/line.md"


def items(
    root: Path,
    when: str,
    *keys: str,
    more: Mapping[str, str] | None = None,
    planned: Mapping[str, Sequence[Outage]] | None = None,
) -> tuple[DueItem, ...]:
    """What has a day in a catalogue with one agreement of these keys."""
    catalogue = loaded(root, *keys, more=more)
    return due_items(catalogue, terms_of(catalogue), states_of(catalogue, at(when)), planned or {}, at(when))


def days(found: Sequence[DueItem]) -> list[tuple[str, date]]:
    return [(item.kind.value, item.day) for item in found]


def test_a_tacit_agreement_has_its_beginning_review_notice_day_and_renewal(tmp_path: Path) -> None:
    """In order of days; the provider sees to them, both parties are concerned."""
    found = items(tmp_path, "2026-06-01", *SIGNED, TACIT, "review: {every: 6 months, last: 2026-02-02}")

    assert days(found) == [
        ("begin", date(2026, 1, 1)),
        ("review", date(2026, 8, 2)),
        ("notice", date(2026, 11, 2)),
        ("renewal", date(2027, 1, 1)),
    ]
    assert {item.owner for item in found} == {"messaging-team"}
    assert found[0].parties == {"messaging-team", "headquarters"}


def test_an_express_agreement_ends_on_the_day_of_until(tmp_path: Path) -> None:
    """Also once it has: the calendar keeps the day."""
    for when in ("2026-06-01", "2027-06-01"):
        found = items(tmp_path, when, *SIGNED, "renewal: {kind: express}", "review: {every: 6 months}")
        assert ("end", date(2027, 1, 1)) in days(found)
    assert days(found) == [("begin", date(2026, 1, 1)), ("end", date(2027, 1, 1))]


def test_a_termination_is_the_end(tmp_path: Path) -> None:
    """Neither notice nor renewal nor review after it."""
    found = items(tmp_path, "2026-06-01", *SIGNED, TACIT, "review: {every: 6 months}", "terminated: 2026-09-01")

    assert days(found) == [("begin", date(2026, 1, 1)), ("end", date(2026, 9, 1))]


def test_days_are_judged_in_the_agreements_zone(tmp_path: Path) -> None:
    """A review on 2 August is overdue from the midnight after it in Berlin, two hours before that of UTC."""
    review = "review: {every: 6 months, last: 2026-02-02}"

    def overdue(when: str) -> bool:
        return any(item.is_overdue for item in items(tmp_path, when, *SIGNED, review))

    assert not overdue("2026-08-02T21:59:59Z")
    assert overdue("2026-08-02T22:00:00Z")


def test_what_passes_by_itself_is_never_overdue(tmp_path: Path) -> None:
    """After the notice day nobody can give notice any more."""
    found = items(tmp_path, "2026-12-01", *SIGNED, TACIT)

    assert [item.kind for item in found if item.day < date(2026, 12, 1)] == [Kind.BEGIN, Kind.NOTICE]
    assert [item.kind for item in found if item.is_overdue] == []
    assert [item.kind for item in found if item.is_due] == [Kind.RENEWAL]


def test_ninety_days_ahead_are_due(tmp_path: Path) -> None:
    """1 January 2027 is the ninetieth day after 3 October 2026."""
    assert [i.kind for i in items(tmp_path, "2026-10-03", *SIGNED) if i.is_due] == [Kind.END]
    assert [i.kind for i in items(tmp_path, "2026-10-02", *SIGNED) if i.is_due] == []


NEGOTIATION = (
    "negotiation: [{step: Needs confirmed, due: 2026-09-30, done: 2026-10-09}, {step: Levels, due: 2026-10-20}, "
    "{step: Levels, due: 2026-11-20}, {step: Talk, done: 2026-10-01}, {step: Signed, due: 2026-12-18, done: 2027-01-05}, {step: Party}]"
)


def test_an_unsigned_agreement_has_its_steps_and_the_day_on_which_it_is_to_begin(tmp_path: Path) -> None:
    """What it would promise about notice and reviews binds nobody yet. A step without any day isn't there."""
    found = items(
        tmp_path, "2026-11-01", "from: 2027-02-01", TACIT, "until: 2028-02-01", "review: {every: 1 month}", NEGOTIATION
    )

    assert [(i.kind.value, i.name, i.days_late, i.is_overdue) for i in found] == [
        ("step", "needs-confirmed", 9, False),
        ("step", "talk", 0, False),
        ("step", "levels", 12, True),
        ("step", "levels-2", 0, False),
        ("step", "signed", 0, False),
        ("signatures", "", 0, False),
    ]
    assert [i.done for i in found][:2] == [date(2026, 10, 9), date(2026, 10, 1)]
    assert found[4].done is None, "what is dated after as_of hasn't been done"


def test_to_begin_unsigned_is_overdue(tmp_path: Path) -> None:
    found = items(tmp_path, "2027-02-02", "from: 2027-02-01")

    assert [(i.kind, i.is_overdue) for i in found] == [(Kind.SIGNATURES, True)]


def test_of_a_suppliers_contract_the_buying_unit_sees_to_it(tmp_path: Path) -> None:
    """Nobody else in the house would give notice."""
    contract = {
        "content/parties/carrier.md": "---\ntitle: Carrier\ntype: supplier\n---\n",
        "content/agreements/lines.md": (
            '---\ntitle: Lines\ntype: uc\nprovider: carrier\ncustomer: messaging-team\nversion: "1"\nfrom: 2026-01-01\n'
            "signatures: [{party: carrier, date: 2025-12-01}, {party: messaging-team, date: 2025-12-01}]\n---\n"
        ),
    }
    found = items(tmp_path, "2026-06-01", *SIGNED, more=contract)

    assert {i.subject: i.owner for i in found} == {"email-hq": "messaging-team", "lines": "messaging-team"}


def test_improvements_have_the_zone_of_what_they_are_for(tmp_path: Path) -> None:
    """Overdue in Berlin at 23:00 UTC of their day; done ones never; without a day they aren't there."""
    line = "---\ntitle: Line\nfor: [{agreement: email-hq, target: mail}]\nowner: messaging-team\ndue: 2026-12-15\n---\n"
    target = "targets: [{id: mail, measure: availability, source: mail-outages, objective: at least 99 %, per: month}]"
    (found,) = (
        i
        for i in items(tmp_path, "2026-12-15T23:00Z", *SIGNED, target, more={PLAN: line})
        if i.kind is Kind.IMPROVEMENT
    )

    assert (found.is_overdue, found.owner, found.parties) == (True, "messaging-team", {"messaging-team"})
    done = line.replace("due: 2026-12-15", "due: 2026-12-15\ndone: 2026-12-10")
    (found,) = (
        i for i in items(tmp_path, "2026-12-20", *SIGNED, target, more={PLAN: done}) if i.kind is Kind.IMPROVEMENT
    )
    assert (found.is_overdue, found.is_due) == (False, False)
    bare = {PLAN: "---\ntitle: Line\n---\n"}
    assert [i for i in items(tmp_path, "2026-12-20", *SIGNED, more=bare) if i.kind is Kind.IMPROVEMENT] == []
    alone = {PLAN: "---\ntitle: Line\ndue: 2026-12-15\n---\n"}
    (found,) = (i for i in items(tmp_path, "2026-12-15T23:30Z", *SIGNED, more=alone) if i.kind is Kind.IMPROVEMENT)
    assert (found.zone_name, found.is_overdue, found.owner) == ("UTC", False, None)


def test_announced_maintenance_lies_on_the_day_on_which_it_begins(tmp_path: Path) -> None:
    """It is no deed that anybody could be late with; nobody is told of work under terms that aren't signed."""
    work = Outage(
        start=at("2026-11-07T23:30Z"),
        end=None,
        planned_end=at("2026-11-08T02:00Z"),
        planned=True,
        announced=at("2026-11-01"),
        origin=HERE,
    )
    planned = {"email-hq": [work, replace(work, planned_end=None)]}
    found = [i for i in items(tmp_path, "2026-11-05", *SIGNED, planned=planned) if i.kind is Kind.MAINTENANCE]

    assert [(i.day, i.span, i.is_due) for i in found] == [
        (date(2026, 11, 8), (at("2026-11-07T23:30Z"), at("2026-11-08T02:00Z")), True)
    ]
    assert found[0].key == "maintenance.email-hq.20261107T233000Z"
    assert not [
        i for i in items(tmp_path, "2026-11-05", "from: 2026-01-01", planned=planned) if i.kind is Kind.MAINTENANCE
    ]


def test_names_stay_when_days_move(tmp_path: Path) -> None:
    """A review that is put off is the same thing on another day."""
    first = items(tmp_path, "2026-06-01", *SIGNED, TACIT, "review: {every: 6 months}")
    second = items(tmp_path, "2026-06-01", *SIGNED, TACIT, "review: {every: 7 months}")

    assert (
        {i.key for i in first}
        == {i.key for i in second}
        == {"begin.email-hq", "review.email-hq", "notice.email-hq", "renewal.email-hq"}
    )
    assert days(first) != days(second)
