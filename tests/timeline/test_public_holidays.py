"""Public holidays and what an author adds or takes away."""

from __future__ import annotations

from datetime import date

import pytest

from servicebook.timeline.calendar import Holidays, check_holidays

BERLIN = Holidays(
    country="DE", subdivision="BE", also=frozenset({date(2026, 12, 24)}), except_=frozenset({date(2026, 3, 8)})
)


def test_public_holidays_of_a_country_and_its_subdivision() -> None:
    """8 March is a holiday in Berlin only, 1 May in all of Germany."""
    germany, berlin = Holidays(country="DE"), Holidays(country="DE", subdivision="BE")

    assert berlin.on(date(2026, 3, 8))
    assert not germany.on(date(2026, 3, 8))
    assert germany.on(date(2026, 5, 1))
    assert not germany.on(date(2026, 5, 2))


def test_less_except_plus_also() -> None:
    """Christmas Eve is added, 8 March 2026 taken away; the 8 March of another year stays."""
    assert BERLIN.on(date(2026, 12, 24))
    assert not BERLIN.on(date(2026, 3, 8))
    assert BERLIN.on(date(2027, 3, 8))
    assert not BERLIN.on(date(2027, 12, 24))


def test_observed_days_are_holidays_too() -> None:
    """In Great Britain Christmas 2027 is a Saturday, so Monday and Tuesday after it are days off."""
    england = Holidays(country="GB", subdivision="ENG")

    assert [day for day in range(24, 32) if england.on(date(2027, 12, day))] == [25, 26, 27, 28]


def test_an_observed_day_may_lie_in_the_old_year() -> None:
    """New Year's Day 2022 was a Saturday; federal offices of the United States were closed on 31 December 2021."""
    assert Holidays(country="US").on(date(2021, 12, 31))
    assert not Holidays(country="US").on(date(2020, 12, 31))


def test_without_a_country_there_are_only_the_authors_own() -> None:
    """`also` alone is enough."""
    own = Holidays(also=frozenset({date(2026, 12, 24)}))

    assert own.on(date(2026, 12, 24))
    assert not own.on(date(2026, 12, 25))
    assert own.any_possible
    assert not Holidays().any_possible


def test_the_first_and_last_year_can_be_asked() -> None:
    """The years beside them don't exist, which is no error."""
    assert not Holidays(country="DE").on(date.min)
    assert not Holidays(country="DE").on(date.max)


@pytest.mark.parametrize(("country", "subdivision"), [(None, None), ("DE", None), ("DE", "BE"), ("US", "CA")])
def test_known_ones_pass(country: str | None, subdivision: str | None) -> None:
    """ISO codes of the country and of its subdivision."""
    check_holidays(country, subdivision)


@pytest.mark.parametrize(
    ("country", "subdivision", "reason"),
    [
        ("XX", None, "no public holidays are known for the country 'XX'"),
        ("de", None, "the country 'de'"),
        ("HolidayBase", None, "the country 'HolidayBase'"),
        ("DE", "XX", "'DE' has no subdivision 'XX': it has BB, BE, BW"),
        ("DE", "", "'DE' has no subdivision ''"),
        ("LU", "X", "'LU' has no subdivision 'X': it has none"),
        (None, "BE", "the subdivision 'BE' needs its country"),
    ],
)
def test_unknown_ones_are_refused_with_the_reason(country: str | None, subdivision: str | None, reason: str) -> None:
    """A misspelt code would else mean a calendar without holidays."""
    with pytest.raises(ValueError, match=reason):
        check_holidays(country, subdivision)
