"""Promises and results in plain sentences. A `~` stands for a no-break space."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from servicebook import texts
from servicebook.compliance.explain import working
from servicebook.compliance.terms import Entry
from servicebook.model.common import Comparison, Objective, Quantity, Unit
from servicebook.model.result import Budget, Result, Verdict
from servicebook.model.target import Measure, Rolling
from servicebook.rendering import Site, sentences
from servicebook.rendering.allowance import allowed
from servicebook.rendering.book import Book
from servicebook.rendering.promises import detail, trend_words
from servicebook.timeline.calendar import round_the_clock
from servicebook.timeline.period import Per
from servicebook.timeline.zone import zone


def kept(text: str) -> str:
    return text.replace("~", "\u00a0")


def quantity(number: str, unit: str = "%", kind: Unit = Unit.SHARE) -> Quantity:
    return Quantity(kind=kind, number=Fraction(number), unit=unit, text=f"{number} {unit}".strip())


def objective(comparison: Comparison, level: Quantity) -> Objective:
    return Objective(comparison=comparison, level=level, text="")


AT_LEAST_95 = objective(Comparison.AT_LEAST, quantity("95"))
AT_MOST_300 = objective(Comparison.AT_MOST, quantity("300", "ms", Unit.DURATION))
AT_MOST_3 = objective(Comparison.AT_MOST, quantity("3", "", Unit.NUMBER))
HOURS_4 = quantity("4", "h", Unit.DURATION)


@pytest.fixture(scope="session")
def entry(site: Site) -> Entry:
    """A target judged in service hours."""
    return site.terms["email-sla"].targets["urgent"][0]


def say(entry: Entry, **changes: object) -> str:
    return sentences.target_sentence(replace(entry, target=replace(entry.target, **changes)))  # type: ignore[arg-type]  # any field


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"measure": Measure.AVAILABILITY, "objective": AT_LEAST_95},
            "usable at least 95~% of service hours each quarter",
        ),
        (
            {"measure": Measure.RELIABILITY, "objective": AT_LEAST_95},
            "usable at least 95~% of service hours, all planned work left out, each quarter",
        ),
        (
            {"measure": Measure.SUCCESS_RATE, "objective": AT_LEAST_95},
            "at least 95~% of all requests succeed each quarter",
        ),
        (
            {"within": HOURS_4, "objective": AT_LEAST_95},
            "at least 95~% resolved within 4~h in service hours each quarter",
        ),
        (
            {"of": "response", "objective": AT_LEAST_95},
            "at least 95~% answered within 4~h in service hours each quarter",
        ),
        ({"of": None, "objective": AT_LEAST_95}, "at least 95~% within 4~h each quarter"),
        ({"of": None, "within": None, "objective": AT_LEAST_95}, "at least 95~% within the limit each quarter"),
        (
            {"within": quantity("1", "working day", Unit.WORKING_DAYS), "objective": AT_LEAST_95},
            "at least 95~% resolved within 1~working~day each quarter",
        ),
        (
            {"measure": Measure.PERCENTILE, "percentile": Fraction(95), "of": None, "objective": AT_MOST_300},
            "95 of 100 readings in at most 300~ms each quarter",
        ),
        (
            {"measure": Measure.PERCENTILE, "percentile": Fraction(999, 10), "objective": AT_MOST_300},
            "99.9~% of tickets resolved in at most 300~ms each quarter",
        ),
        (
            {"measure": Measure.PERCENTILE, "percentile": Fraction(90), "of": None, "objective": AT_MOST_3},
            "90 of 100 readings at most 3 each quarter",
        ),
        ({"measure": Measure.MEAN, "objective": AT_MOST_300}, "on average at most 300~ms each quarter"),
        ({"measure": Measure.OUTAGE_COUNT, "objective": AT_MOST_3}, "at most 3 outages in service hours each quarter"),
        (
            {"measure": Measure.LONGEST_OUTAGE, "objective": objective(Comparison.BELOW, HOURS_4)},
            "the longest outage below 4~h each quarter",
        ),
        (
            {"measure": Measure.MTRS, "objective": objective(Comparison.AT_MOST, HOURS_4)},
            "restored, on average, in at most 4~h each quarter",
        ),
        (
            {"measure": Measure.MTBF, "objective": objective(Comparison.ABOVE, HOURS_4)},
            "on average between two outages above 4~h each quarter",
        ),
        (
            {"measure": Measure.SATISFACTION, "satisfied_from": Fraction(4), "objective": AT_LEAST_95},
            "at least 95~% give a score of 4 or more each quarter",
        ),
        ({"measure": Measure.SATISFACTION, "objective": AT_MOST_3}, "a mean score of at most 3 each quarter"),
        (
            {"measure": Measure.UTILISATION, "objective": AT_LEAST_95},
            "use at its peak at least 95~% of what there is each quarter",
        ),
        (
            {"measure": Measure.UTILISATION, "statistic": "mean", "objective": AT_LEAST_95},
            "mean use at least 95~% of what there is each quarter",
        ),
        (
            {"measure": Measure.AVAILABILITY, "objective": AT_LEAST_95, "per": Rolling(30)},
            "usable at least 95~% of service hours over 30~days",
        ),
        (
            {"measure": Measure.AVAILABILITY, "objective": AT_LEAST_95, "per": Per.WEEK},
            "usable at least 95~% of service hours each week",
        ),
    ],
)
def test_a_promise_is_one_plain_sentence(entry: Entry, changes: dict[str, object], sentence: str) -> None:
    """What, how much, of what time, how often looked at."""
    assert say(entry, **changes) == kept(sentence)


def test_every_measure_has_a_sentence(entry: Entry) -> None:
    for measure in Measure:
        assert "at least 95" in say(entry, measure=measure, objective=AT_LEAST_95)


def test_round_the_clock_is_all_time(entry: Entry) -> None:
    always = replace(entry, calendar=round_the_clock(zone("UTC")))

    assert say(always, measure=Measure.AVAILABILITY, objective=AT_LEAST_95) == kept(
        "usable at least 95~% of all time each quarter"
    )
    assert say(always, of="response", objective=AT_LEAST_95) == kept("at least 95~% answered within 4~h each quarter")


@pytest.fixture(scope="session")
def newest(site: Site) -> dict[str, Result]:
    return {
        target: h.newest_finished
        for target, h in Book(site).histories["email-sla"].items()
        if h.newest_finished is not None
    }


def test_a_scorecard_begins_with_how_it_went(newest: dict[str, Result]) -> None:
    """October in Berlin: 745 h less 40 min of maintenance allow 44 min 39.6 s; 75 min were used."""
    names = {"availability": "Mail is usable", "urgent": "Urgent incidents are solved"}

    assert sentences.summary(list(newest.values()), names) == kept(
        "October 2026 and third quarter 2026: one of two promises kept. "
        "Mail is usable: down 30~min 21~s longer than allowed; a credit of 10~% is due."
    )


def test_all_none_and_one(newest: dict[str, Result]) -> None:
    result = newest["urgent"]
    unknown = replace(result, verdict=Verdict.NO_DATA)
    missed = replace(result, verdict=Verdict.BREACHED, shown="80 %", credit=None)

    assert sentences.kept_sentence([result, result]) == "Third quarter 2026: both promises kept."
    assert sentences.kept_sentence([result] * 3) == "Third quarter 2026: all three promises kept."
    assert sentences.kept_sentence([result] * 11 + [unknown] * 2) == "Third quarter 2026: 11 of 13 promises kept."
    assert sentences.kept_sentence([result]) == "Third quarter 2026: the one promise kept."
    assert sentences.kept_sentence([missed]) == "Third quarter 2026: the one promise not kept."
    assert sentences.kept_sentence([unknown]) == "Third quarter 2026: the one promise not judged."
    assert sentences.kept_sentence([unknown, missed]) == "Third quarter 2026: none of two promises kept."
    assert sentences.kept_sentence([unknown] * 3) == "Third quarter 2026: none of three promises could be judged."
    assert sentences.breach_sentence(missed, "Urgent") == kept("Urgent: 80~%, promised at least 90~%.")


def test_more_than_two_breaches_are_counted(newest: dict[str, Result]) -> None:
    missed = replace(newest["urgent"], verdict=Verdict.BREACHED, shown="80 %")

    assert sentences.summary([missed] * 3, {}).endswith("One more was missed.")
    assert sentences.summary([missed] * 4, {}).endswith("Two more were missed.")


def test_the_budget_in_words(newest: dict[str, Result]) -> None:
    result = newest["availability"]
    tickets = replace(newest["urgent"], budget=Budget(total=Fraction(5, 2), used=Fraction(1)), numerator_unit="tickets")

    assert sentences.budget_sentence(result) == kept("44~min 39~s allowed, 1~h 15~min used: 30~min 21~s over")
    assert sentences.budget_sentence(tickets) == kept("2.5~tickets allowed, 1~tickets used: 1.5~tickets left")
    assert sentences.budget_sentence(replace(result, budget=None)) == ""


def test_what_a_promise_allows_now_knows_the_exclusions(site: Site) -> None:
    """November has 720 h: a thousandth of them may be lost."""
    book = Book(site)
    allowance = allowed(site.terms["email-sla"], book.histories["email-sla"]["availability"], site.as_of)

    assert allowance is not None
    assert sentences.allowance_sentence(allowance.seconds, allowance.period) == kept(
        "at most 43~min 12~s down in November 2026"
    )


def test_a_draft_says_what_its_first_period_will_allow(site: Site) -> None:
    """February 2027 has 672 h: a hundredth of them."""
    book = Book(site)
    allowance = allowed(site.terms["archive-sla"], book.histories["archive-sla"]["availability"], site.as_of)

    assert allowance is not None
    assert (allowance.period, allowance.seconds) == ("2027-02", 6 * 3600 + 43 * 60 + 12)


def test_other_promises_allow_no_downtime(site: Site) -> None:
    assert allowed(site.terms["email-sla"], Book(site).histories["email-sla"]["urgent"], site.as_of) is None


def test_what_a_figure_was_made_of(newest: dict[str, Result]) -> None:
    result = newest["availability"]

    assert detail(result) == kept("1~h 15~min down, 44~min 39~s allowed")
    assert detail(newest["urgent"]) == "9 of 10 within the limit"
    assert detail(replace(result, verdict=Verdict.NO_DATA)) == "nobody recorded anything"
    assert detail(replace(result, verdict=Verdict.NOTHING_TO_JUDGE)) == "nothing happened that could be judged"
    assert detail(replace(result, verdict=Verdict.INDETERMINATE, coverage=Fraction(1, 2))) == kept(
        "only 50~% of the time was observed"
    )
    assert detail(replace(newest["urgent"], measure=Measure.SUCCESS_RATE)) == "9 of 10 good"
    assert detail(replace(newest["urgent"], measure=Measure.MEAN, records=1)) == kept("1~record")


def test_a_trend_in_words(site: Site) -> None:
    history = Book(site).histories["email-sla"]["availability"]

    assert trend_words(history.shown) == kept("11~periods: 9 met, 1 breached and 1 on track; November 2026: 99.9~%")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"measure": Measure.AVAILABILITY, "objective": objective(Comparison.AT_LEAST, quantity("99.9"))},
            "nutzbar in mindestens 99,9~% der Servicezeit, jedes Quartal betrachtet",
        ),
        (
            {"measure": Measure.RELIABILITY, "objective": AT_LEAST_95},
            "nutzbar in mindestens 95~% der Servicezeit, geplante Arbeiten nicht mitgezählt, jedes Quartal betrachtet",
        ),
        (
            {"measure": Measure.SUCCESS_RATE, "objective": AT_LEAST_95},
            "mindestens 95~% aller Anfragen erfolgreich, jedes Quartal betrachtet",
        ),
        (
            {"within": HOURS_4, "objective": AT_LEAST_95},
            "mindestens 95~% innerhalb von 4~h in der Servicezeit gelöst, jedes Quartal betrachtet",
        ),
        (
            {"of": "response", "objective": AT_LEAST_95},
            "mindestens 95~% innerhalb von 4~h in der Servicezeit beantwortet, jedes Quartal betrachtet",
        ),
        ({"of": None, "objective": AT_LEAST_95}, "mindestens 95~% innerhalb von 4~h, jedes Quartal betrachtet"),
        (
            {"of": None, "within": None, "objective": AT_LEAST_95},
            "mindestens 95~% innerhalb der Grenze, jedes Quartal betrachtet",
        ),
        (
            {"within": quantity("2", "working days", Unit.WORKING_DAYS), "objective": AT_LEAST_95},
            "mindestens 95~% innerhalb von 2~Arbeitstagen gelöst, jedes Quartal betrachtet",
        ),
        (
            {"measure": Measure.PERCENTILE, "percentile": Fraction(95), "of": None, "objective": AT_MOST_300},
            "95 von 100 Messwerten in höchstens 300~ms, jedes Quartal betrachtet",
        ),
        (
            {"measure": Measure.PERCENTILE, "percentile": Fraction(999, 10), "objective": AT_MOST_300},
            "99,9~% der Tickets gelöst in höchstens 300~ms, jedes Quartal betrachtet",
        ),
        ({"measure": Measure.MEAN, "objective": AT_MOST_300}, "im Mittel höchstens 300~ms, jedes Quartal betrachtet"),
        (
            {"measure": Measure.OUTAGE_COUNT, "objective": AT_MOST_3},
            "höchstens 3 Ausfälle in der Servicezeit, jedes Quartal betrachtet",
        ),
        (
            {
                "measure": Measure.OUTAGE_COUNT,
                "objective": objective(Comparison.AT_MOST, quantity("1", "", Unit.NUMBER)),
            },
            "höchstens 1 Ausfall in der Servicezeit, jedes Quartal betrachtet",
        ),
        (
            {"measure": Measure.LONGEST_OUTAGE, "objective": objective(Comparison.BELOW, HOURS_4)},
            "der längste Ausfall unter 4~h, jedes Quartal betrachtet",
        ),
        (
            {"measure": Measure.MTBF, "objective": objective(Comparison.ABOVE, HOURS_4)},
            "im Mittel über 4~h zwischen zwei Ausfällen, jedes Quartal betrachtet",
        ),
        (
            {"measure": Measure.SATISFACTION, "satisfied_from": Fraction(9, 2), "objective": AT_LEAST_95},
            "mindestens 95~% bewerten mit 4,5 oder mehr, jedes Quartal betrachtet",
        ),
        (
            {"measure": Measure.SATISFACTION, "objective": AT_MOST_3},
            "eine mittlere Bewertung von höchstens 3, jedes Quartal betrachtet",
        ),
        (
            {"measure": Measure.UTILISATION, "objective": AT_LEAST_95},
            "in der Spitze mindestens 95~% der Kapazität genutzt, jedes Quartal betrachtet",
        ),
        (
            {
                "measure": Measure.UTILISATION,
                "statistic": "percentile",
                "percentile": Fraction(95),
                "objective": AT_LEAST_95,
            },
            "in 95 von 100 Messwerten mindestens 95~% der Kapazität genutzt, jedes Quartal betrachtet",
        ),
        (
            {"measure": Measure.AVAILABILITY, "objective": AT_LEAST_95, "per": Rolling(30)},
            "nutzbar in mindestens 95~% der Servicezeit, über 30~Tage betrachtet",
        ),
        (
            {"measure": Measure.AVAILABILITY, "objective": AT_LEAST_95, "per": Per.MONTH},
            "nutzbar in mindestens 95~% der Servicezeit, jeden Monat betrachtet",
        ),
    ],
)
def test_a_promise_in_german(entry: Entry, changes: dict[str, object], sentence: str) -> None:
    """What the author wrote in English is said by rule."""
    with texts.speaking("de"):
        assert say(entry, **changes) == kept(sentence)


def test_every_measure_has_a_german_sentence(entry: Entry) -> None:
    with texts.speaking("de"):
        for measure in Measure:
            said = say(entry, measure=measure, objective=AT_LEAST_95)
            assert "mindestens 95" in said
            assert said.endswith(", jedes Quartal betrachtet")


def test_round_the_clock_in_german(entry: Entry) -> None:
    always = replace(entry, calendar=round_the_clock(zone("UTC")))

    with texts.speaking("de"):
        assert say(always, measure=Measure.AVAILABILITY, objective=AT_LEAST_95) == kept(
            "nutzbar in mindestens 95~% der gesamten Zeit, jedes Quartal betrachtet"
        )


def test_how_it_went_in_german(newest: dict[str, Result]) -> None:
    result = newest["urgent"]
    unknown = replace(result, verdict=Verdict.NO_DATA)
    missed = replace(result, verdict=Verdict.BREACHED, shown="80.5 %", credit=Fraction(1, 10))
    names = {"availability": "Mail", "urgent": "Dringendes"}

    with texts.speaking("de"):
        assert sentences.summary(list(newest.values()), names) == kept(
            "Oktober 2026 und drittes Quartal 2026: eine von zwei Zusagen eingehalten. "
            "Mail: 30~min 21~s länger ausgefallen als erlaubt; eine Gutschrift von 10~% ist fällig."
        )
        assert sentences.kept_sentence([result, result]) == "Drittes Quartal 2026: beide Zusagen eingehalten."
        assert sentences.kept_sentence([result] * 3) == "Drittes Quartal 2026: alle drei Zusagen eingehalten."
        assert sentences.kept_sentence([missed]) == "Drittes Quartal 2026: die eine Zusage nicht eingehalten."
        assert sentences.kept_sentence([unknown, missed]) == "Drittes Quartal 2026: keine von zwei Zusagen eingehalten."
        assert (
            sentences.kept_sentence([unknown] * 3)
            == "Drittes Quartal 2026: keine von drei Zusagen konnte beurteilt werden."
        )
        assert sentences.breach_sentence(missed, "Dringendes") == kept(
            "Dringendes: 80,5~%, zugesagt mindestens 90~%; eine Gutschrift von 10~% ist fällig."
        )
        assert sentences.summary([missed] * 3, {}).endswith("Eine weitere wurde nicht eingehalten.")
        assert sentences.summary([missed] * 4, {}).endswith("Zwei weitere wurden nicht eingehalten.")


def test_allowances_and_budgets_in_german(newest: dict[str, Result]) -> None:
    tickets = replace(newest["urgent"], budget=Budget(total=Fraction(5, 2), used=Fraction(1)), numerator_unit="tickets")

    with texts.speaking("de"):
        assert sentences.allowance_sentence(Fraction(2592), "2026-11") == kept(
            "höchstens 43~min 12~s Ausfall im November 2026"
        )
        assert sentences.budget_sentence(newest["availability"]) == kept(
            "44~min 39~s erlaubt, 1~h 15~min verbraucht: 30~min 21~s zu viel"
        )
        assert sentences.budget_sentence(tickets) == kept("2,5~Tickets erlaubt, 1~Ticket verbraucht: 1,5~Tickets übrig")


def test_figures_and_trends_in_german(site: Site, newest: dict[str, Result]) -> None:
    result = newest["availability"]

    with texts.speaking("de"):
        assert detail(result) == kept("1~h 15~min Ausfall, 44~min 39~s erlaubt")
        assert detail(newest["urgent"]) == "9 von 10 innerhalb der Grenze"
        assert detail(replace(result, verdict=Verdict.NO_DATA)) == "es wurde nichts erfasst"
        assert detail(replace(newest["urgent"], measure=Measure.MEAN, records=1)) == kept("1~Datensatz")
        assert trend_words(Book(site).histories["email-sla"]["availability"].shown) == kept(
            "11~Zeiträume: 9 eingehalten, 1 verletzt und 1 auf Kurs; November 2026: 99,9~%"
        )


def test_the_working_in_german(site: Site, newest: dict[str, Result]) -> None:
    """October in Berlin: 75 minutes of 745 h less 40 min were lost. The author's `at least 99.9 %` is said by rule."""
    result = newest["availability"]
    target = Book(site).histories["email-sla"]["availability"].entry.target
    with texts.speaking("de"):
        lines = {line.label: line.figure for line in working(result, target, period="Oktober 2026")}

    assert lines["Servicezeit (rund um die Uhr)"] == "745 h"
    assert lines["− vereinbarte Wartung"] == "40 min"
    assert lines["= Servicezeit ohne Ausschlüsse"] == "744 h 20 min"
    assert lines["− Ausfall"] == "1 h 15 min"
    assert lines["743 h 5 min ÷ 744 h 20 min"] == "99,8320644872… %"
    assert lines["Wert"] == "99,8 %"
    assert lines["Zielwert"] == "mindestens 99,9 %"
    assert lines["Urteil"] == "verletzt"
    assert lines["Gutschrift (unter 99,9 %)"] == "10 %"


def test_the_working_of_tickets_in_german(site: Site, newest: dict[str, Result]) -> None:
    target = Book(site).histories["email-sla"]["urgent"].entry.target
    with texts.speaking("de"):
        labels = [line.label for line in working(newest["urgent"], target, period="Drittes Quartal 2026")]

    assert "entschiedene Datensätze, jeder innerhalb von 4 h oder nicht" in labels
    assert "9 Tickets ÷ 10" in labels
