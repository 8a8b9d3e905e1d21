"""The state of an agreement follows from its dates and signatures."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from servicebook.insight.lifecycle import State, next_review, notice_day, present_until
from servicebook.model.agreement import Agreement, Review
from servicebook.model.common import Span
from tests.insight.builders import BOTH_SIGNED, PLACES, loaded, renewing, status_at

EXAMPLES = Path(__file__).parents[3] / "shared" / "acceptance" / "worked-examples.yml"
TACIT = "renewal: {kind: tacit, term: 12 months, notice: 60 days}"


def state(root: Path, when: str, *keys: str) -> State:
    """The state at an instant of an agreement with these keys."""
    return status_at(loaded(root, *keys), when).state


def test_without_a_signature_and_a_step_done_it_is_a_draft(tmp_path: Path) -> None:
    """A timetable alone begins no negotiation; a step that is done later hasn't begun one yet."""
    keys = ["from: 2026-01-01", "time_zone: UTC", "negotiation: [{step: Needs, due: 2025-10-01, done: 2025-10-03}]"]

    assert state(tmp_path, "2025-10-02T23:59:59Z", *keys) is State.DRAFT
    assert state(tmp_path, "2025-10-03", *keys) is State.IN_NEGOTIATION
    assert state(tmp_path, "2025-10-03", "from: 2026-01-01") is State.DRAFT


def test_one_signature_makes_a_negotiation_both_an_agreement(tmp_path: Path) -> None:
    """Signed by both and not yet in force it is agreed; it is in force from the midnight of `from` in its zone."""
    keys = ["from: 2026-01-01", "time_zone: Europe/Berlin", BOTH_SIGNED]

    assert state(tmp_path, "2025-12-10T22:59:59Z", *keys) is State.DRAFT
    assert state(tmp_path, "2025-12-10T23:00:00Z", *keys) is State.IN_NEGOTIATION
    assert state(tmp_path, "2025-12-14T22:59:59Z", *keys) is State.IN_NEGOTIATION
    assert state(tmp_path, "2025-12-14T23:00:00Z", *keys) is State.AGREED
    assert state(tmp_path, "2025-12-31T22:59:59Z", *keys) is State.AGREED
    assert state(tmp_path, "2025-12-31T23:00:00Z", *keys) is State.IN_FORCE


def test_a_signature_without_a_date_is_none(tmp_path: Path) -> None:
    """A line to sign on signs nothing."""
    keys = ["from: 2026-01-01", "signatures: [{party: messaging-team, date: 2025-12-11}, {party: headquarters}]"]

    assert state(tmp_path, "2026-02-01", *keys) is State.IN_NEGOTIATION


def test_signatures_may_come_after_the_beginning(tmp_path: Path) -> None:
    """It then holds from its `from`."""
    keys = ["from: 2025-06-01", "time_zone: UTC", BOTH_SIGNED]

    assert state(tmp_path, "2025-12-14T23:59Z", *keys) is State.IN_NEGOTIATION
    assert state(tmp_path, "2025-12-15", *keys) is State.IN_FORCE


def test_an_express_agreement_expires_at_the_midnight_of_until(tmp_path: Path) -> None:
    """`until` is exclusive; an express renewal has no notice day."""
    keys = [
        "from: 2026-01-01",
        "until: 2027-01-01",
        "time_zone: Europe/Berlin",
        BOTH_SIGNED,
        "renewal: {kind: express}",
    ]
    catalogue = loaded(tmp_path, *keys)

    assert status_at(catalogue, "2026-12-31T22:59:59Z").state is State.IN_FORCE
    assert status_at(catalogue, "2026-12-31T23:00:00Z").state is State.EXPIRED
    assert status_at(catalogue, "2026-11-01").notice_by is None


def test_notice_is_due_from_sixty_days_before_the_notice_day_to_that_day(tmp_path: Path) -> None:
    """60 days before 1 January 2027 is 2 November 2026; 60 days before that is 3 September."""
    keys = ["from: 2026-01-01", "until: 2027-01-01", "time_zone: UTC", BOTH_SIGNED, TACIT]
    catalogue = loaded(tmp_path, *keys)

    assert status_at(catalogue, "2026-09-02T23:59Z").state is State.IN_FORCE
    assert status_at(catalogue, "2026-09-03").state is State.NOTICE_DUE
    assert status_at(catalogue, "2026-11-02T23:59Z").state is State.NOTICE_DUE
    assert status_at(catalogue, "2026-11-03").state is State.IN_FORCE
    assert status_at(catalogue, "2026-11-03").notice_by == date(2026, 11, 2)


def test_a_tacit_renewal_rolls_over_and_has_a_new_notice_day(tmp_path: Path) -> None:
    """The notice day belongs to the present term until that ends."""
    keys = ["from: 2026-01-01", "until: 2027-01-01", "time_zone: UTC", BOTH_SIGNED, TACIT]
    catalogue = loaded(tmp_path, *keys)

    before, after = status_at(catalogue, "2026-12-31T23:59Z"), status_at(catalogue, "2027-01-01")
    assert (before.until, before.notice_by) == (date(2027, 1, 1), date(2026, 11, 2))
    assert (after.until, after.notice_by) == (date(2028, 1, 1), date(2027, 11, 2))
    assert after.state is State.IN_FORCE


def test_a_review_is_due_from_its_day_on_and_counts_from_the_last_else_from_the_beginning(tmp_path: Path) -> None:
    keys = ["from: 2026-01-01", "time_zone: UTC", BOTH_SIGNED]
    with_last = [*keys, "review: {every: 6 months, last: 2026-08-31}"]

    assert state(tmp_path, "2026-06-30T23:59Z", *keys, "review: {every: 6 months}") is State.IN_FORCE
    assert state(tmp_path, "2026-07-01", *keys, "review: {every: 6 months}") is State.REVIEW_DUE
    assert state(tmp_path, "2027-02-27T23:59Z", *with_last) is State.IN_FORCE
    assert state(tmp_path, "2027-02-28", *with_last) is State.REVIEW_DUE


def test_notice_comes_before_a_review(tmp_path: Path) -> None:
    """The first state of the list that holds."""
    keys = ["from: 2026-01-01", "until: 2027-01-01", "time_zone: UTC", BOTH_SIGNED, TACIT, "review: {every: 1 month}"]
    catalogue = loaded(tmp_path, *keys)

    assert status_at(catalogue, "2026-10-01").state is State.NOTICE_DUE
    assert status_at(catalogue, "2026-11-03").state is State.REVIEW_DUE


def test_a_termination_comes_before_all_and_ends_notice_and_reviews(tmp_path: Path) -> None:
    """From its midnight on it is terminated, before that in force; neither is there a notice day any more."""
    keys = ["from: 2026-01-01", "until: 2027-01-01", "time_zone: UTC", BOTH_SIGNED, TACIT]
    catalogue = loaded(tmp_path, *keys, "review: {every: 1 month}", "terminated: 2026-10-15")

    before, after = status_at(catalogue, "2026-10-14T23:59Z"), status_at(catalogue, "2026-10-15")
    assert before.state is State.IN_FORCE
    assert (before.until, before.next_review, before.notice_by) == (date(2026, 10, 15), None, None)
    assert after.state is State.TERMINATED
    assert not after.is_commitment


@pytest.mark.skipif(not EXAMPLES.is_file(), reason="the worked examples aren't beside the project")
def test_worked_examples_of_renewal() -> None:
    """The end of the present term and its notice day, as those who run such contracts expect them."""
    for example in yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))["renewal"]:
        terms, expected = example["given"], example["expect"]
        agreement = renewing(terms["until"], _span(terms["renewal"]["term"]), _span(terms["renewal"]["notice"]))
        until = present_until(agreement, terms["as_of"])
        assert until == expected["until"], example["id"]
        assert notice_day(agreement, until) == expected["notice_by"], example["id"]


def _span(text: str) -> Span:
    number, unit = text.split()
    return Span(**{unit: int(number)}, text=text)


DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
SPANS = st.builds(Span, months=st.integers(0, 36), days=st.integers(0, 400)).filter(lambda s: s.months or s.days)


@given(DAYS, SPANS, DAYS)
def test_the_present_term_ends_after_today_and_the_one_before_it_did_not(until: date, term: Span, today: date) -> None:
    """Whole terms are added until the end lies ahead, never one too many."""
    found = present_until(renewing(until, term), today)

    assert found is not None
    assert found > today or found == until
    if found > until and found > today:
        assert any(
            present_until(renewing(until, term), earlier) == found for earlier in (today, found - timedelta(days=1))
        )
        one_less = present_until(renewing(until, term), today - timedelta(days=term.days + 31 * term.months + 4))
        assert one_less is not None
        assert one_less <= found


@given(DAYS, st.integers(1, 36), st.integers(0, 30))
def test_terms_of_months_end_on_the_day_of_the_first_or_the_months_last(until: date, months: int, terms: int) -> None:
    """31 January plus one month is 28 or 29 February, plus two is 31 March: each term is counted from the first."""
    year, month = divmod(until.year * 12 + until.month - 1 + months * terms, 12)
    expected = date(year, month + 1, min(until.day, monthrange(year, month + 1)[1]))

    found = present_until(renewing(until, Span(months=months)), expected - timedelta(days=1))

    assert found == expected if expected > until else found == until


@given(DAYS, st.integers(0, 24), st.integers(0, 400))
def test_the_notice_day_lies_so_many_months_and_days_before_the_end(until: date, months: int, days: int) -> None:
    agreement = renewing(until, Span(months=12), Span(months=months, days=days))

    found = notice_day(agreement, until)

    assert found is not None
    year, month = divmod(until.year * 12 + until.month - 1 - months, 12)
    assert found == date(year, month + 1, min(until.day, monthrange(year, month + 1)[1])) - timedelta(days=days)


@given(DAYS, st.integers(1, 24))
def test_a_review_falls_on_the_same_day_of_a_later_month(last: date, months: int) -> None:
    """On the last day of a shorter month; on 29 February only where there is one."""
    agreement = _reviewed(last, months)

    found = next_review(agreement)

    assert found is not None
    assert (found.year * 12 + found.month) - (last.year * 12 + last.month) == months
    assert found.day == min(last.day, monthrange(found.year, found.month)[1])


def _reviewed(last: date, months: int) -> Agreement:
    review = Review(every=Span(months=months), last=last, places=PLACES)
    return replace(renewing(last, Span(months=12)), review=review)
