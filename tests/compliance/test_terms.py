"""Terms in force: inheritance, entries of one id, split periods, rolling windows, signatures."""

from __future__ import annotations

from datetime import date
from typing import Any

from servicebook.compliance.evaluate import by_agreement, evaluate, has_results
from servicebook.compliance.given import GivenRecords
from servicebook.compliance.terms import resolve, span_of
from servicebook.model.agreement import Agreement, Renewal, Signature
from servicebook.model.catalogue import Catalogue
from servicebook.model.target import Rolling
from servicebook.timeline.interval import Intervals
from servicebook.timeline.period import Per
from tests.compliance.builders import PLACES, agreement, at, calendar, catalogue, outage, ref, results, target


def known(as_of: str, *rows: Any) -> GivenRecords:
    return GivenRecords(as_of=at(as_of), vouched=Intervals.span(0, at(as_of)), outage_rows=rows)


def with_agreements(*agreements: Agreement) -> Catalogue:
    book = catalogue(agreements[0], calendars=[calendar({"mon-fri": "08:00-18:00"}, zone="Asia/Tokyo")])
    return Catalogue(
        services={},
        agreements={each.id: each for each in agreements},
        parties={},
        calendars=book.calendars,
        needs={},
        improvements={},
        sources=book.sources,
    )


def test_what_extends_takes_over() -> None:
    """Hours, zone and targets are taken over; a target of the same id replaces all inherited entries."""
    base = agreement(
        target("at least 99 %", id="a", from_=date(2026, 1, 1)),
        target("at least 98 %", id="a", until=date(2026, 1, 1)),
        target("at least 97 %", id="b"),
        id="base",
        hours=ref("hours"),
    )
    own = agreement(target("at least 95 %", id="a"), id="own", extends=ref("base"))
    book = with_agreements(base, own)

    terms = resolve(book, own)

    assert terms.zone_name == "Asia/Tokyo"
    assert [(e.target.id, e.owner, e.target.objective.text) for e in terms.entries] == [
        ("a", "own", "at least 95 %"),
        ("b", "base", "at least 97 %"),
    ]
    assert terms.inherited == {"hours": "base"}
    assert [e.target.objective.text for e in resolve(book, base).targets["a"]] == ["at least 98 %", "at least 99 %"]


def test_a_cycle_of_extends_ends() -> None:
    """`check` reports it; working out the terms doesn't hang."""
    one = agreement(target("at least 99 %"), id="one", extends=ref("two"))
    two = agreement(id="two", extends=ref("one"))

    assert set(resolve(with_agreements(one, two), two).targets) == {"target"}


def test_a_change_of_terms_splits_the_month() -> None:
    """The number follows from the terms, and each part is cut to its terms."""
    book = catalogue(
        agreement(
            target("at least 99 %", per=Per.MONTH),
            target("at least 99.9 %", per=Per.MONTH, from_=date(2026, 1, 20)),
            from_=date(2026, 1, 1),
        )
    )

    found = results(book, known("2026-02-10"))
    early = results(book, known("2026-01-10"))

    assert [(r.period, r.objective.text) for r in found] == [
        ("2026-01/1", "at least 99 %"),
        ("2026-01/2", "at least 99.9 %"),
        ("2026-02", "at least 99.9 %"),
    ]
    assert found[0].end == found[1].start == at("2026-01-20")
    assert [r.period for r in early] == ["2026-01/1"]


def test_a_rolling_window_is_cut_to_the_terms() -> None:
    """It counts as finished, and its name has the date of `as_of` in the target's zone."""
    book = catalogue(
        agreement(target("at least 99 %", per=Rolling(30)), from_=date(2026, 1, 1), time_zone="Asia/Tokyo")
    )

    (found,) = results(book, known("2026-01-10 16:00"))

    assert found.period == "rolling-30d@2026-01-11"
    assert found.start == at("2025-12-31 15:00")
    assert found.finished


def test_tacit_renewal_cuts_nothing_and_termination_does() -> None:
    """An `until` that renews tacitly ends no period; `terminated` ends the terms at that midnight."""
    renewal = Renewal(kind="tacit", places=PLACES)
    renewed = resolve(catalogue(agreement()), agreement(until=date(2026, 1, 1), renewal=renewal))
    ended = resolve(
        catalogue(agreement()), agreement(until=date(2026, 1, 1), renewal=renewal, terminated=date(2026, 3, 1))
    )
    express = resolve(catalogue(agreement()), agreement(until=date(2026, 1, 1)))

    assert span_of(renewed)[1] > at("2500-01-01")
    assert span_of(ended)[1] == at("2026-03-01")
    assert span_of(express)[1] == at("2026-01-01")


def test_unsigned_terms_are_no_commitment() -> None:
    """Results begin once both signatures are dated at or before `as_of`; then from the agreement's beginning."""
    signatures = tuple(
        Signature(party=ref(party), date=date.fromisoformat(day), places=PLACES)
        for party, day in (("provider", "2026-01-05"), ("customer", "2026-02-05"))
    )
    agreed = agreement(target("at least 99 %", per=Per.MONTH), from_=date(2026, 1, 1), signatures=signatures)
    book = catalogue(agreed)

    before = evaluate(book, [resolve(book, agreed)], known("2026-02-04"))
    after = evaluate(book, [resolve(book, agreed)], known("2026-02-05"))

    assert before.results == ()
    assert [r.period for r in after.results] == ["2026-01", "2026-02"]
    assert list(by_agreement(after.results)) == ["agreement"]
    assert not has_results(resolve(book, agreement(signatures=signatures[:1])), at("2027-01-01"))


def test_an_outage_goes_on_across_a_change_of_terms() -> None:
    """Availability counts each part's own share of it."""
    book = catalogue(
        agreement(
            target("at least 99 %", per=Per.MONTH),
            target("at least 99.9 %", per=Per.MONTH, from_=date(2026, 1, 20)),
            from_=date(2026, 1, 1),
        )
    )

    first, second, _ = results(book, known("2026-02-10", outage("2026-01-19 23:00", "2026-01-20 02:00")))

    assert first.budget is not None
    assert second.budget is not None
    assert (first.budget.used, second.budget.used) == (3600, 7200)
