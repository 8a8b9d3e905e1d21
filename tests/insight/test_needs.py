"""Needs against promises: met, promised, planned, open, declined."""

from __future__ import annotations

from pathlib import Path

import pytest

from servicebook.adapters.clock import moment
from servicebook.insight.needs import Answered, answers
from servicebook.pipeline import examine

SIGNED = "signatures: [{party: team, date: 2025-12-01}, {party: stores, date: 2025-12-01}]"
FILES = {
    "content/parties/team.md": "---\ntitle: Team\ntype: provider\n---\n",
    "content/parties/stores.md": "---\ntitle: Stores\ntype: customer\n---\n",
    "content/parties/others.md": "---\ntitle: Others\ntype: customer\n---\n",
    "content/services/shop.md": "---\ntitle: Shop\nstage: live\nowner: team\n---\n",
    "content/services/app.md": "---\ntitle: App\nstage: pilot\nowner: team\n---\n",
    "content/services/idea.md": "---\ntitle: Idea\nstage: proposed\nowner: team\n---\n",
    "data/metrics/outages.yml": "title: Outages\nrecords: outages\nfiles: outages.csv\nfrom: 2026-01-01T00:00Z\ncomplete_to: 2026-06-10T00:00Z\n",
    "data/metrics/outages.csv": "start,end\n2026-04-03T00:00Z,2026-04-03T12:00Z\n",
    "data/metrics/tickets.yml": "title: Tickets\nrecords: tickets\nfiles: tickets.csv\n",
    "data/metrics/tickets.csv": "opened,responded,resolved\n2026-05-03T00:00Z,2026-05-03T00:10Z,2026-05-03T01:00Z\n",
    "data/metrics/speed.yml": "title: Speed\nrecords: samples\nfiles: speed.csv\nunit: ms\n",
    "data/metrics/speed.csv": "time,value\n2026-05-03T00:00Z,500\n",
}
"""Usable 100 % in May 2026, 98.3 % in April; one ticket answered in ten minutes; one reading of 500 ms."""


def answered(root: Path, need: str, *targets: str, agreement: str = SIGNED, as_of: str = "2026-06-10") -> Answered:
    """The answer to a need of the stores, served by the shop, with these targets promised to them."""
    listed = "".join(f"  - {{id: t{number}, {target}}}\n" for number, target in enumerate(targets))
    whose = "" if "customer:" in agreement else "customer: stores\n"
    head = f"---\ntitle: Shop\ntype: sla\nprovider: team\n{whose}services: [shop]\nversion: '1'\nfrom: 2026-01-01\n"
    files = FILES | {
        "content/agreements/shop.md": f"{head}{agreement}\ntargets:\n{listed}---\n"
        if targets
        else f"{head}{agreement}\n---\n",
        "content/needs/need.md": f"---\ntitle: Need\ncustomer: stores\npriority: must\nstatus: open\n{need}\n---\n",
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = examine(root, moment(as_of))
    assert not found.has_errors, [p.message for p in found.problems]
    (answer,) = answers(found.catalogue, found.terms, found.statuses, found.results, found.as_of)
    return answer


USABLE = "served_by: [shop]\nrequires: [{measure: availability, objective: at least 99 %}]"
MONTHLY = "measure: availability, source: outages, minimum_coverage: 95 %, per: month, objective:"


@pytest.mark.parametrize(
    ("objective", "state"),
    [("at least 99 %", "met"), ("at least 99.5 %", "met"), ("above 99 %", "met"), ("at least 98.9 %", "open")],
)
def test_a_promise_answers_what_is_required_if_it_is_as_strict(tmp_path: Path, objective: str, state: str) -> None:
    """May was 100 %: kept, whatever was promised; but a weaker promise isn't what was asked for."""
    answer = answered(tmp_path, USABLE, f"{MONTHLY} {objective}")

    assert answer.answer == state
    assert [p.target for p in answer.lines[0].promises] == (["t0"] if state == "met" else [])


def test_more_than_is_asked_for(tmp_path: Path) -> None:
    """`above` isn't met by what is exactly so much."""
    need = USABLE.replace("at least", "above")

    assert answered(tmp_path, need, f"{MONTHLY} at least 99 %").answer == "open"
    assert answered(tmp_path, need, f"{MONTHLY} above 99 %").answer == "met"


def test_a_promise_that_is_broken_or_not_measured_is_only_promised(tmp_path: Path) -> None:
    """On 2 May the newest finished month is April, which was breached."""
    answer = answered(tmp_path, USABLE, f"{MONTHLY} at least 99 %", as_of="2026-05-02")

    assert answer.answer == "promised"
    assert answer.lines[0].promises[0].newest is not None
    assert answered(tmp_path, USABLE, f"{MONTHLY} at least 99 %", as_of="2026-01-10").answer == "promised"


def test_a_draft_or_terms_to_come_are_planned(tmp_path: Path) -> None:
    """Nobody is bound by them yet; terms that are over answer nothing."""
    draft = answered(tmp_path, USABLE, f"{MONTHLY} at least 99 %", agreement="summary: Unsigned")
    coming = answered(tmp_path, USABLE, f"{MONTHLY} at least 99 %, from: 2026-09-01")
    over = answered(tmp_path, USABLE, f"{MONTHLY} at least 99 %, until: 2026-03-01")

    assert [each.answer for each in (draft, coming, over)] == ["planned", "planned", "open"]
    assert draft.lines[0].promises[0].newest is None


def test_a_pilot_is_planned_and_a_mere_proposal_is_open(tmp_path: Path) -> None:
    """The service is there to come, though nothing is promised."""
    assert answered(tmp_path, USABLE.replace("shop", "app")).answer == "planned"
    assert answered(tmp_path, USABLE.replace("shop", "idea")).answer == "open"


def test_each_service_has_to_answer(tmp_path: Path) -> None:
    """The shop keeps what is needed, the app is a pilot: together the need is planned."""
    answer = answered(tmp_path, USABLE.replace("[shop]", "[shop, app]"), f"{MONTHLY} at least 99 %")

    assert answer.answer == "planned"
    assert [(line.service, line.answer) for line in answer.lines] == [("shop", "met"), ("app", "planned")]


def test_a_need_without_levels_is_answered_by_any_promise(tmp_path: Path) -> None:
    """And one without a service by any of the customer's agreements."""
    assert answered(tmp_path, "served_by: [shop]", f"{MONTHLY} at least 99 %").answer == "met"
    assert answered(tmp_path, "summary: Anything", f"{MONTHLY} at least 99 %").answer == "met"
    assert answered(tmp_path, "served_by: [shop]").answer == "open"


def test_other_customers_promises_answer_nothing(tmp_path: Path) -> None:
    """A promise is made to somebody: here to the others."""
    others = SIGNED.replace("stores", "others") + "\ncustomer: others"

    assert answered(tmp_path, USABLE, f"{MONTHLY} at least 99 %", agreement=others).answer == "open"


def test_a_corporate_agreement_is_for_everybody(tmp_path: Path) -> None:
    """Whoever signed it."""
    corporate = SIGNED.replace("stores", "others") + "\ncustomer: others\nbasis: corporate"

    assert answered(tmp_path, USABLE, f"{MONTHLY} at least 99 %", agreement=corporate).answer == "met"


RESPONSE = (
    "served_by: [shop]\nrequires: [{measure: share within, of: response, within: 30 min, objective: at least 90 %}]"
)
SPEED = "served_by: [shop]\nrequires: [{measure: percentile, percentile: 95, objective: at most 0.8 s}]"


@pytest.mark.parametrize(
    ("need", "target", "state"),
    [
        (
            RESPONSE,
            "measure: share within, of: response, within: 0.5 h, source: tickets, objective: at least 90 %",
            "met",
        ),
        (
            RESPONSE,
            "measure: share within, of: response, within: 31 min, source: tickets, objective: at least 90 %",
            "open",
        ),
        (
            RESPONSE,
            "measure: share within, of: resolution, within: 30 min, source: tickets, objective: at least 90 %",
            "open",
        ),
        (SPEED, "measure: percentile, percentile: 95, source: speed, objective: at most 800 ms", "met"),
        (SPEED, "measure: percentile, percentile: 90, source: speed, objective: at most 800 ms", "open"),
        (SPEED, "measure: percentile, percentile: 95, source: speed, objective: at least 800 ms", "open"),
        (SPEED, "measure: maximum, source: speed, objective: at most 800 ms", "open"),
    ],
)
def test_of_the_same_kind(tmp_path: Path, need: str, target: str, state: str) -> None:
    """The same measure, percentile and kind of answer; limits in any unit of time."""
    assert answered(tmp_path, need, f"{target}, per: month").answer == state


def test_declined_needs_stay_declined(tmp_path: Path) -> None:
    """Whatever is promised."""
    need = USABLE + "\nreason: Too dear"
    answer = answered(tmp_path, need, f"{MONTHLY} at least 99 %")
    assert answer.answer == "met"

    (tmp_path / "content/needs/need.md").write_text(
        f"---\ntitle: Need\ncustomer: stores\npriority: must\nstatus: declined\n{need}\n---\n", encoding="utf-8"
    )
    found = examine(tmp_path, moment("2026-06-10"))
    (declined,) = answers(found.catalogue, found.terms, found.statuses, found.results, found.as_of)
    assert declined.answer == "declined"
