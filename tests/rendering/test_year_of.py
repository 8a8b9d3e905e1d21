"""What a promise of availability allows in each month of the year, by its own length and hours."""

from __future__ import annotations

from fractions import Fraction

import pytest

from servicebook.rendering import Site
from servicebook.rendering.allowance import year_of
from servicebook.rendering.book import Book


@pytest.fixture
def shares(site: Site) -> dict[str, tuple[Fraction, Fraction | None]]:
    """E-mail, at least 99.9 % of all time each month, in Berlin; as of 20 November 2026."""
    book = Book(site)
    found = year_of(book.terms("email-sla"), book.histories["email-sla"]["availability"], site.as_of)
    return {share.period: (share.allowed, share.used) for share in found if share is not None}


def test_each_month_has_its_own_length(shares: dict[str, tuple[Fraction, Fraction | None]]) -> None:
    """A thousandth of 28 days; of March, which lacks an hour in Berlin; of April."""
    assert shares["2026-02"][0] == Fraction(28 * 86_400, 1000)
    assert shares["2026-03"][0] == Fraction(31 * 86_400 - 3_600, 1000)
    assert shares["2026-04"][0] == Fraction(30 * 86_400, 1000)


def test_a_month_to_come_knows_its_listed_exclusion(shares: dict[str, tuple[Fraction, Fraction | None]]) -> None:
    """December leaves out two and a half hours of a power cut; nothing is used of it yet."""
    assert shares["2026-12"] == (Fraction(31 * 86_400 - 9_000, 1000), None)


def test_a_finished_month_says_what_was_used(shares: dict[str, tuple[Fraction, Fraction | None]]) -> None:
    """October: 75 minutes down; its announced maintenance and its extra hour are in what is allowed."""
    allowed, used = shares["2026-10"]

    assert used == 75 * 60
    assert allowed == Fraction(31 * 86_400 + 3_600 - 40 * 60, 1000)


def test_terms_by_other_periods_have_no_months(site: Site) -> None:
    """Tickets allow no downtime."""
    book = Book(site)

    assert year_of(book.terms("email-sla"), book.histories["email-sla"]["urgent"], site.as_of) == ()
