"""What a promise of availability allows in each month of the year, by its own length and hours."""

from __future__ import annotations

from fractions import Fraction

import pytest

from servicebook.rendering import Site
from servicebook.rendering.allowance import Share, share_words, year_of
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


@pytest.mark.parametrize(
    ("allowed", "used", "said"),
    [
        (2 * 3600 + 33, 42 * 60, ("2 h", "42 min")),
        (2 * 3600 + 33, 42 * 60 + 1, ("2 h", "43 min")),
        (2 * 3600 + 33, 2 * 3600 + 10, ("2 h 33 s", "2 h 10 s")),
        (2 * 3600 + 33, 2 * 3600 + 40, ("2 h", "2 h 1 min")),
        (44 * 60 + 42, 44 * 60, ("44 min 42 s", "44 min")),
    ],
)
def test_no_seconds_where_minutes_suffice(allowed: int, used: int, said: tuple[str, str]) -> None:
    """What is allowed is never overstated, what was used never understated, and the two are never confused."""
    share = Share(period="2026-01", months=1, allowed=Fraction(allowed), used=Fraction(used))

    assert tuple(words.replace("\u00a0", " ") for words in share_words(share)) == said
