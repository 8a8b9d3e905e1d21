"""How numbers, lengths of time, days and periods read. A `~` in the expected text stands for a no-break space."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from servicebook import texts
from servicebook.rendering import dates, hours, wording
from servicebook.timeline.zone import zone

from .catalogue import HOUR, MINUTE, SECOND, at


def kept(text: str) -> str:
    return text.replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("shown", "reads"),
    [
        ("99.8 %", "99.8~%"),
        ("241 ms", "241~ms"),
        ("12480", "12,480"),
        ("1234.5 EUR", "1,234.5~EUR"),
        ("-1200 s", "−1,200~s"),
        ("3 working days", "3~working~days"),
        ("4.2", "4.2"),
    ],
)
def test_a_figure_stays_together_with_its_unit(shown: str, reads: str) -> None:
    assert wording.figure(shown) == kept(reads)


@pytest.mark.parametrize(
    ("value", "reads"),
    [
        (Fraction(1), "1"),
        (Fraction(1, 2), "0.5"),
        (Fraction(2, 3), "0.67"),
        (12480, "12,480"),
        (Fraction(-5, 2), "−2.5"),
        (Fraction(-1, 1000), "0"),
    ],
)
def test_numbers_have_no_idle_zeros(value: Fraction | int, reads: str) -> None:
    assert wording.number(value) == reads


@pytest.mark.parametrize(
    ("length", "reads"),
    [
        (75 * MINUTE, "1~h 15~min"),
        (44 * MINUTE + 42 * SECOND, "44~min 42~s"),
        (745 * HOUR, "745~h"),
        (2 * HOUR + 5 * SECOND, "2~h 5~s"),
        (0, "0~min"),
        (240_000, "240~ms"),
        (-9 * MINUTE, "−9~min"),
        (1_000 * HOUR, "1,000~h"),
    ],
)
def test_durations_show_seconds_only_where_minutes_do_not_suffice(length: int, reads: str) -> None:
    assert wording.duration(length) == kept(reads)


def test_what_is_allowed_is_never_overstated_and_what_was_used_never_understated() -> None:
    """2,678.4 seconds are 44 minutes and 38 seconds of allowance, but 39 seconds of use."""
    length = Fraction(26784, 10)

    assert wording.seconds(length) == kept("44~min 38~s")
    assert wording.seconds(length, up=True) == kept("44~min 39~s")


@pytest.mark.parametrize(
    ("value", "unit", "reads"), [(Fraction(21, 5), "EUR", "€~4.2"), (Fraction(3), "ms", "3~ms"), (Fraction(3), "", "3")]
)
def test_quantities(value: Fraction, unit: str, reads: str) -> None:
    assert wording.quantity(value, unit) == kept(reads)


def test_money_reads_as_its_author_wrote_it() -> None:
    assert wording.money("4.20", "EUR") == kept("€~4.20")
    assert wording.money("12", "CHF") == kept("CHF~12")


@pytest.mark.parametrize(
    ("octets", "reads"), [(912, "912~B"), (4_100, "4.1~kB"), (2_900_000, "2.9~MB"), (3_000_000_000, "3~GB")]
)
def test_sizes_of_files(octets: int, reads: str) -> None:
    assert wording.size(octets) == kept(reads)


@pytest.mark.parametrize(
    ("parts", "reads"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists_in_a_sentence(parts: list[str], reads: str) -> None:
    assert wording.joined(parts) == reads


def test_small_numbers_are_words_in_a_sentence() -> None:
    assert [wording.in_words(value) for value in (0, 2, 12, 13)] == ["no", "two", "twelve", "13"]


@pytest.mark.parametrize(
    ("name", "words", "short"),
    [
        ("2026-10", "October 2026", "Oct 2026"),
        ("2026-Q3", "third quarter 2026", "Q3 2026"),
        ("2026-W41", "week from 5~October 2026", "W41 2026"),
        ("2026", "2026", "2026"),
        ("2026-10-05", "5~October 2026", "5~Oct 2026"),
        ("2026-10/2", "October 2026, part~2", "Oct 2026~(2)"),
        ("rolling-30d@2026-11-01", "30~days to 1~November 2026", "30~days"),
        ("some other name", "some other name", "some other name"),
    ],
)
def test_periods_in_words(name: str, words: str, short: str) -> None:
    assert dates.period(name) == kept(words)
    assert dates.period_short(name) == kept(short)


@pytest.mark.parametrize(
    ("name", "reads"),
    [
        ("2026-10", "in October 2026"),
        ("2026-Q3", "in the third quarter 2026"),
        ("2026-W41", "in the week from 5~October 2026"),
        ("2026", "in 2026"),
        ("2026-10-05", "on 5~October 2026"),
        ("rolling-30d@2026-11-01", "in the 30~days to 1~November 2026"),
    ],
)
def test_what_happened_within_a_period(name: str, reads: str) -> None:
    assert dates.in_period(name) == kept(reads)


def test_an_axis_names_the_year_where_it_changes() -> None:
    assert dates.axis_labels(["2025-11", "2025-12", "2026-01", "2026-02"]) == ["Nov 25", "Dec", "Jan 26", "Feb"]
    assert dates.axis_labels(["2025-Q4", "2026-Q1"]) == ["Q4 25", "Q1 26"]
    assert dates.axis_labels(["2025", "2026"]) == ["2025", "2026"]


def test_times_say_their_zone() -> None:
    """Midnight in Berlin is eleven in the evening before, in winter, in UTC."""
    instant = at("2026-11-01T23:00Z")

    assert dates.moment(instant, zone("Europe/Berlin")) == kept("2~November 2026, 00:00 Berlin time")
    assert dates.moment(instant, zone("UTC")) == kept("1~November 2026, 23:00 UTC")
    assert dates.iso(instant, zone("Europe/Berlin")) == "2026-11-02T00:00:00+01:00"


def test_an_end_reads_as_the_last_day_that_belongs_to_it() -> None:
    assert dates.last_day(date(2027, 1, 1)) == kept("31~December 2026")


@pytest.mark.parametrize(
    ("weekly", "reads"),
    [
        ([[(420, 720), (780, 1200)]] * 5 + [[(540, 1440)], []], "Mon–Fri 07:00–12:00 and 13:00–20:00, Sat 09:00–24:00"),
        ([[(0, 1440)]] * 7, "round the clock"),
        ([[]] * 7, "never"),
        ([[(1320, 1800)]] * 2 + [[]] * 5, "Mon and Tue 22:00–06:00"),
        ([[]] * 6 + [[(0, 1440)]], "Sun all day"),
    ],
)
def test_hours_of_the_week_in_words(weekly: list[list[tuple[int, int]]], reads: str) -> None:
    assert hours.in_words(weekly) == reads


@pytest.mark.parametrize(
    ("shown", "reads"),
    [
        ("99.8 %", "99,8~%"),
        ("99.9%", "99,9~%"),
        ("12480", "12.480"),
        ("1234.5 EUR", "1.234,5~EUR"),
        ("-1200 s", "−1.200~s"),
        ("1 h 20.5 min", "1~h~20,5~min"),
        ("1 working day", "1~Arbeitstag"),
        ("3 working days", "3~Arbeitstage"),
        ("8 working hours", "8~Arbeitsstunden"),
        ("5 furlongs", "5~furlongs"),
        ("–", "–"),
    ],
)
def test_figures_in_german(shown: str, reads: str) -> None:
    """Signs and the units that are words of ours are German; an author's own units stay."""
    with texts.speaking("de"):
        assert wording.figure(shown) == kept(reads)


def test_numbers_money_lengths_and_lists_in_german() -> None:
    """A comma before decimals, points between thousands, the currency behind; signs of units are the same."""
    with texts.speaking("de"):
        assert wording.number(Fraction(-124805, 100)) == "−1.248,05"
        assert wording.percent(Fraction(9983, 10000)) == kept("99,83~%")
        assert wording.quantity(Fraction(21, 5), "EUR") == kept("4,2~€")
        assert wording.quantity(Fraction(5, 2), "tickets") == kept("2,5~Tickets")
        assert wording.money("4.20", "EUR") == kept("4,20~€")
        assert wording.amount(Fraction(13922, 10), "CHF") == kept("1.392,20~CHF")
        assert wording.duration(1_000 * HOUR + 15 * MINUTE) == kept("1.000~h 15~min")
        assert wording.size(4_100) == kept("4,1~kB")
        assert wording.joined(["a", "b", "c"]) == "a, b und c"
        assert wording.joined(["a", "b"], "or") == "a oder b"
        assert [wording.in_words(value) for value in (0, 1, 2, 12, 13)] == ["keine", "eine", "zwei", "zwölf", "13"]


def test_behind_within_german_has_another_case() -> None:
    """`innerhalb von 2 Arbeitstagen`."""
    with texts.speaking("de"):
        assert wording.within("2 working days") == kept("2~Arbeitstagen")
        assert wording.within("1.5 h") == kept("1,5~h")
    assert wording.within("2 working days") == kept("2~working~days")


@pytest.mark.parametrize(
    ("name", "words", "within", "short"),
    [
        ("2026-10", "Oktober 2026", "im Oktober 2026", "Okt 2026"),
        ("2026-Q1", "erstes Quartal 2026", "im ersten Quartal 2026", "Q1 2026"),
        ("2026-Q2", "zweites Quartal 2026", "im zweiten Quartal 2026", "Q2 2026"),
        ("2026-Q3", "drittes Quartal 2026", "im dritten Quartal 2026", "Q3 2026"),
        ("2026-Q4", "viertes Quartal 2026", "im vierten Quartal 2026", "Q4 2026"),
        ("2026-W41", "Woche ab 5.~Oktober 2026", "in der Woche ab 5.~Oktober 2026", "KW~41 2026"),
        ("2026", "2026", "im Jahr 2026", "2026"),
        ("2026-10-05", "5.~Oktober 2026", "am 5.~Oktober 2026", "5.~Okt. 2026"),
        ("2026-10/2", "Oktober 2026, Teil~2", "im Oktober 2026, Teil~2", "Okt 2026~(2)"),
        (
            "rolling-30d@2026-11-01",
            "30~Tage bis zum 1.~November 2026",
            "in den 30~Tagen bis zum 1.~November 2026",
            "30~Tage",
        ),
        ("some other name", "some other name", "in some other name", "some other name"),
    ],
)
def test_periods_in_german(name: str, words: str, within: str, short: str) -> None:
    with texts.speaking("de"):
        assert dates.period(name) == kept(words)
        assert dates.in_period(name) == kept(within)
        assert dates.period_short(name) == kept(short)


def test_days_and_times_in_german() -> None:
    """Zones go by the German name of their place."""
    instant = at("2026-11-01T23:00Z")

    with texts.speaking("de"):
        assert dates.moment(instant, zone("Europe/Vienna")) == kept("2.~November 2026, 00:00 Uhr Ortszeit Wien")
        assert dates.moment(instant, zone("UTC")) == kept("1.~November 2026, 23:00 Uhr UTC")
        assert dates.stamp(instant, zone("UTC")) == kept("1.~Nov., 23:00")
        assert dates.short_day_and_year(date(2026, 5, 3)) == kept("3.~Mai 2026")
        assert dates.last_day(date(2027, 1, 1)) == kept("31.~Dezember 2026")
        assert dates.weekday_clock(instant, zone("UTC")) == "Sonntag, 23:00"
        assert dates.axis_labels(["2025-11", "2025-12", "2026-01"]) == ["Nov 25", "Dez", "Jan 26"]


@pytest.mark.parametrize(
    ("weekly", "reads"),
    [
        ([[(420, 720), (780, 1200)]] * 5 + [[(540, 1440)], []], "Mo–Fr 07:00–12:00 und 13:00–20:00, Sa 09:00–24:00"),
        ([[(0, 1440)]] * 7, "rund um die Uhr"),
        ([[]] * 7, "nie"),
        ([[(1320, 1800)]] * 2 + [[]] * 5, "Mo und Di 22:00–06:00"),
        ([[]] * 6 + [[(0, 1440)]], "So ganztägig"),
    ],
)
def test_hours_of_the_week_in_german(weekly: list[list[tuple[int, int]]], reads: str) -> None:
    with texts.speaking("de"):
        assert hours.in_words(weekly) == reads
        assert hours.by_day(weekly)[6][1] in ("geschlossen", "ganztägig")
