"""Dates, signatures and versions of agreements, and what is retired."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.builders import AGREEMENT, SIGNED, agreement, found, messages, problems_of, target, written

HALF_SIGNED = SIGNED.replace("{party: headquarters, date: 2025-12-01}", "{party: headquarters}") + "---\n"


def test_an_agreement_that_began_is_signed(tmp_path: Path) -> None:
    """Its `from` has passed and a signature has no date: nothing in it counts."""
    assert found(tmp_path, {AGREEMENT: HALF_SIGNED}) == ["email-hq.md:8:7 warning lifecycle/unsigned"]
    assert messages(tmp_path, {AGREEMENT: HALF_SIGNED}) == [
        (
            "the agreement began on 2026-01-01, but headquarters has not signed it"
            " | until both have signed, nothing in it counts as promised"
        )
    ]


def test_who_has_not_signed_yet_is_named(tmp_path: Path) -> None:
    """A signature dated later than `as_of` isn't there yet."""
    assert messages(tmp_path, agreement(), as_of="2025-06-01T00:00Z") == []
    late = {AGREEMENT: agreement()[AGREEMENT].replace("2025-12-01", "2026-12-01")}
    assert messages(tmp_path, late)[0].startswith(
        "the agreement began on 2026-01-01, but messaging-team and headquarters have not signed it"
    )


def test_a_signature_dated_ahead_is_pointed_at(tmp_path: Path) -> None:
    """It may have a slip in its year: the hint says the date, `related` where it stands."""
    late = {
        AGREEMENT: agreement()[AGREEMENT].replace("headquarters, date: 2025-12-01", "headquarters, date: 2026-12-01")
    }

    (problem,) = problems_of(tmp_path, late)

    assert problem.rule == "lifecycle/unsigned"
    assert problem.message == "the agreement began on 2026-01-01, but headquarters has not signed it"
    assert problem.hint == "the signature of headquarters is dated 2026-12-01, which is still to come on 2026-11-01"
    assert [(place.line, place.column) for place in problem.related] == [(9, 85)]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["until: 2027-01-01", "renewal: {kind: tacit, term: 12 months, notice: 12 months}"], []),
        (["until: 2027-01-01", "renewal: {kind: tacit, term: 2 months, notice: 60 days}"], ["11:48"]),
        (["until: 2027-01-01", "renewal: {kind: tacit, term: 3 months, notice: 60 days}"], []),
        (["until: 2026-02-15", "renewal: {kind: tacit, term: 12 months, notice: 60 days}"], ["11:49"]),
        (["until: 2027-01-01", "renewal: {kind: tacit, term: 1 month, notice: 18 months}"], ["11:47"]),
        (["until: 2027-01-01", "renewal: {kind: tacit, term: 1 month}"], []),
    ],
)
def test_notice_can_be_given_in_the_term_that_it_ends(tmp_path: Path, keys: list[str], expected: list[str]) -> None:
    """January and February 2027 have 59 days: 60 days before their end the term hasn't begun. The first term counts too."""
    assert found(tmp_path, agreement(*keys)) == [
        f"email-hq.md:{place} warning lifecycle/notice-too-long" for place in expected
    ]


def test_which_notice_comes_too_early_is_said(tmp_path: Path) -> None:
    """With both ends of the term, so that one can count."""
    keys = ["until: 2027-01-01", "renewal: {kind: tacit, term: 1 month, notice: 60 days}"]

    assert messages(tmp_path, agreement(*keys)) == [
        "notice of the term from 2027-01-01 to 2027-02-01 would be due by 2026-12-03, before that term begins | "
    ]


@pytest.mark.parametrize(
    ("keys", "signed", "expected"),
    [
        (["until: 2026-03-01"], "2026-02-28", []),
        (["until: 2026-03-01"], "2026-03-01", ["email-hq.md:9:85 warning lifecycle/signed-when-over"]),
        (["until: 2026-03-01", "terminated: 2026-02-01"], "2026-02-28", ["email-hq.md:9:85 warning lifecycle/signed-when-over"]),
        (["until: 2026-03-01", "renewal: {kind: tacit, term: 12 months}"], "2026-03-01", []),
    ],
)  # fmt: skip
def test_an_agreement_is_signed_before_it_is_over(
    tmp_path: Path, keys: list[str], signed: str, expected: list[str]
) -> None:
    """Signing late is fine, signing what has ended is a slip in some date."""
    text = agreement(*keys)[AGREEMENT].replace("headquarters, date: 2025-12-01", f"headquarters, date: {signed}")

    assert found(tmp_path, {AGREEMENT: text}) == expected


def test_targets_of_an_agreement_without_a_day_are_left_alone(tmp_path: Path) -> None:
    """That its `until` isn't after its `from` is an error by itself."""
    text = target()[AGREEMENT].replace("from: 2026-01-01", "from: 2026-01-01\nuntil: 2026-01-01")

    assert found(tmp_path, {AGREEMENT: text}) == []
    assert [problem.rule for problem in written(tmp_path, {AGREEMENT: text}).problems] == ["lifecycle/no-length"]


def test_a_breach_is_not_corrected_tomorrow(tmp_path: Path) -> None:
    """What is only planned is an improvement."""
    account = {
        "content/breaches/storm.md": "---\ntitle: Storm\nbreach: {agreement: email-hq, target: mail, period: 2026-02}\n"
        "cause: Snow.\ncorrection: A cable.\ncorrected: 2026-11-02\n---\n"
    }

    assert found(tmp_path, target(), account) == ["content/breaches/storm.md:6:12 warning lifecycle/date-ahead"]
    assert found(tmp_path, target(), account, as_of="2026-11-02T00:00Z") == []


def test_a_draft_for_later_and_a_terminated_one_need_no_signature(tmp_path: Path) -> None:
    """Before its `from` an agreement may be unsigned."""
    assert found(tmp_path, {AGREEMENT: HALF_SIGNED}, as_of="2025-12-31T23:59:59Z") == []
    terminated = HALF_SIGNED.replace("from: 2026-01-01", "from: 2026-01-01\nterminated: 2026-02-01")
    assert found(tmp_path, {AGREEMENT: terminated}) == []


def test_those_who_sign_are_the_parties(tmp_path: Path) -> None:
    """The signature of a third counts for nothing."""
    text = {AGREEMENT: SIGNED.replace("}]\n", "}, {party: carrier, date: 2025-12-01}]\n") + "---\n"}

    assert found(tmp_path, text) == ["email-hq.md:9:106 warning lifecycle/foreign-signature"]


def test_a_termination_before_the_beginning(tmp_path: Path) -> None:
    """It leaves no day on which the agreement holds."""
    assert found(tmp_path, agreement("terminated: 2026-01-01")) == [
        "email-hq.md:10:13 warning lifecycle/never-in-force"
    ]


def test_a_target_holds_within_its_agreement(tmp_path: Path) -> None:
    """One that ends before the agreement begins never holds."""
    assert found(tmp_path, target("until: 2025-12-01")) == ["email-hq.md:12:12 warning lifecycle/never-in-force"]
    ended = {
        AGREEMENT: target("from: 2026-06-01")[AGREEMENT].replace(
            "from: 2026-01-01", "from: 2026-01-01\nuntil: 2026-05-01", 1
        )
    }
    assert found(tmp_path, ended) == ["email-hq.md:13:11 warning lifecycle/never-in-force"]


def test_what_a_termination_cuts_off_is_no_mistake(tmp_path: Path) -> None:
    """A change of terms that was agreed for later never came."""
    text = target("from: 2026-06-01")
    cut = {AGREEMENT: text[AGREEMENT].replace("targets:", "terminated: 2026-05-01\ntargets:")}

    assert found(tmp_path, cut) == []


def test_a_frames_target_may_hold_for_those_that_extend_it_only(tmp_path: Path) -> None:
    """Dates of the base don't limit the inheriting agreement."""
    frame = {"content/agreements/frame.md": target("until: 2025-12-01")[AGREEMENT]}
    older = {AGREEMENT: agreement("extends: frame")[AGREEMENT].replace("from: 2026-01-01", "from: 2025-01-01")}

    assert found(tmp_path, frame, older) == []


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["until: 2026-06-01", "terminated: 2026-07-01"], ["email-hq.md:11:13 warning lifecycle/terminated-after-end"]),
        (["until: 2026-06-01", "terminated: 2026-05-01"], []),
        (["until: 2026-06-01", "renewal: {kind: tacit, term: 12 months}", "terminated: 2026-07-01"], []),
    ],
)
def test_a_termination_ends_what_would_have_gone_on(tmp_path: Path, keys: list[str], expected: list[str]) -> None:
    """Past `until` only a tacit renewal goes on."""
    assert found(tmp_path, agreement(*keys)) == expected


def test_what_renews_has_an_end(tmp_path: Path) -> None:
    """Without `until` there is nothing to renew."""
    renewal = "renewal: {kind: tacit, term: 12 months, notice: 60 days}"

    assert found(tmp_path, agreement(renewal)) == ["email-hq.md:10:10 warning lifecycle/renewal-without-end"]
    assert found(tmp_path, agreement(renewal, "until: 2027-01-01")) == []


def test_the_history_has_the_present_version(tmp_path: Path) -> None:
    """Where there are `revisions`, the version is among them."""
    other = 'revisions: [{version: "0.9", date: 2025-12-01, summary: First draft.}]'
    own = 'revisions: [{version: "1.0", date: 2025-12-01, summary: Signed.}]'

    assert found(tmp_path, agreement(other)) == ["email-hq.md:7:10 warning lifecycle/unlisted-version"]
    assert found(tmp_path, agreement(own)) == []


def test_what_is_done_lies_behind(tmp_path: Path) -> None:
    """A review, a step and an improvement that are done on a day still to come; today is no such day."""
    text = agreement(
        "review: {every: 6 months, last: 2026-11-02}",
        "negotiation: [{step: Signed, done: 2027-01-01}, {step: Agreed, done: 2026-11-01}]",
    )
    improvement = {"content/improvements/line.md": "---\ntitle: Line\ndone: 2026-12-01\n---\n"}

    assert found(tmp_path, text, improvement) == [
        "email-hq.md:10:33 warning lifecycle/date-ahead",
        "email-hq.md:11:36 warning lifecycle/date-ahead",
        "content/improvements/line.md:3:7 warning lifecycle/date-ahead",
    ]


def test_the_date_of_today_is_the_agreements(tmp_path: Path) -> None:
    """In Auckland it is 2 November already."""
    assert (
        found(
            tmp_path,
            agreement("review: {every: 6 months, last: 2026-11-02}", "time_zone: Pacific/Auckland"),
            as_of="2026-11-01T12:00Z",
        )
        == []
    )


RETIRED = {"content/services/email.md": "---\ntitle: E-mail\nstage: retired\n---\n"}


def test_nothing_relies_on_a_retired_service(tmp_path: Path) -> None:
    """An agreement in force, a need that isn't declined, a service that depends on it."""
    files = {
        "content/services/network.md": "---\ntitle: Network\nstage: live\ndepends_on: [email]\n---\n",
        "content/needs/a.md": "---\ntitle: A\ncustomer: headquarters\npriority: must\nstatus: open\nserved_by: [email]\n---\n",
        "content/needs/b.md": "---\ntitle: B\ncustomer: headquarters\npriority: must\nstatus: declined\nreason: Dear\nserved_by: [email]\n---\n",
    }

    assert found(tmp_path, RETIRED, files, agreement()) == [
        "email-hq.md:6:12 warning lifecycle/retired-service",
        "content/needs/a.md:6:13 warning lifecycle/retired-service",
        "content/services/network.md:4:14 warning lifecycle/retired-service",
    ]


def test_an_agreement_that_is_over_may_name_it(tmp_path: Path) -> None:
    """That is how services retire."""
    assert found(tmp_path, RETIRED, agreement("until: 2026-10-01")) == []
    assert problems_of(tmp_path, RETIRED, agreement("until: 2026-10-01", "renewal: {kind: tacit, term: 12 months}"))


def test_an_agreed_need_is_served(tmp_path: Path) -> None:
    """By a service that is named."""
    need = "---\ntitle: A\ncustomer: headquarters\npriority: must\nstatus: agreed\n---\n"

    assert found(tmp_path, {"content/needs/a.md": need}) == ["content/needs/a.md:5:9 warning lifecycle/unserved-need"]
