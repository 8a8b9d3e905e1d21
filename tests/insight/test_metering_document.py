"""Cost, use and satisfaction as programs read them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from servicebook.insight.documents_metering import metering_document
from servicebook.insight.schemas import schemas
from tests.insight.builders import at
from tests.insight.test_metering import FILES, SERVICE, counted


def document(root: Path, changed: dict[str, str] | None = None, as_of: str = "2026-10-15") -> dict[str, Any]:
    """The document of a catalogue with these files; it is always as its schema says."""
    made = metering_document(counted(root, {**FILES, **(changed or {})}, as_of), at(as_of))
    Draft202012Validator(schemas()["metering"]).validate(made)
    return made


def the_only(made: dict[str, Any]) -> dict[str, Any]:
    (service,) = made["services"]
    assert isinstance(service, dict)
    return service


def email(*without: str) -> dict[str, str]:
    """The service's file without some of its lines."""
    kept = [line for line in SERVICE.splitlines(keepends=True) if line.split(":")[0] not in without]
    return {"content/services/email.md": "".join(kept)}


def test_cost_is_told_by_month(tmp_path: Path) -> None:
    """Amounts are texts; 2,760 € for 680 mailboxes is no finite decimal: 16 digits. August has no row: null."""
    cost = the_only(document(tmp_path))["cost"]

    assert (cost["currency"], cost["unit"], cost["url"]) == ("EUR", "mailboxes", "costs/#email")
    assert cost["months"][:2] == [
        {
            "period": "2026-07",
            "finished": True,
            "budget": "3000",
            "actual": "2760",
            "share": "0.92",
            "per_unit": "4.058823529411765",
        },
        {"period": "2026-08", "finished": True, "budget": None, "actual": None, "share": None, "per_unit": None},
    ]
    assert cost["newest_year"] == {"months": 2, "budget": "6000", "actual": "6260", "share": "1.043333333333333"}


def test_a_cost_without_a_budget_has_no_share(tmp_path: Path) -> None:
    """Nothing can be divided by a budget of 0, and nobody counts units: null; the amounts are known."""
    ledger = "time,budget,actual,currency,service\n2026-09-30T12:00Z,0,12.50,EUR,email\n"
    cost = the_only(document(tmp_path, {**email("capacity"), "data/metrics/ledger.csv": ledger}))["cost"]

    assert cost["unit"] is None
    assert cost["months"][0] == {
        "period": "2026-09",
        "finished": True,
        "budget": "0",
        "actual": "12.5",
        "share": None,
        "per_unit": None,
    }
    assert cost["newest_year"] == {"months": 1, "budget": "0", "actual": "12.5", "share": None}


def test_use_is_told_by_month_with_its_trend(tmp_path: Path) -> None:
    """Peaks grow by ten a month to 710 of 1,000 in September 2026: full in February 2029, at 80 % in June 2027."""
    use = the_only(document(tmp_path))["capacity"]

    assert (use["unit"], use["warn_at"], use["url"]) == ("mailboxes", "0.8", "capacity/#email")
    assert use["months"][-2:] == [
        {"period": "2026-09", "finished": True, "peak": "710", "mean": "700", "capacity": "1000", "share": "0.71"},
        {"period": "2026-10", "finished": False, "peak": None, "mean": None, "capacity": None, "share": None},
    ]
    assert use["growth"] == {"per_month": "10", "slowest": "10", "fastest": "10", "level": "710", "months": 9}
    assert use["reaches_capacity"] == {
        "already": False,
        "expected": "2029-02",
        "earliest": "2029-02",
        "latest": "2029-02",
    }
    assert use["reaches_warning"]["expected"] == "2027-06"


def used(*peaks: int) -> dict[str, str]:
    """A reading for each month from January on."""
    rows = "".join(f"2026-{month:02}-10T00:00Z,{peak}\n" for month, peak in enumerate(peaks, 1))
    return {"data/metrics/boxes.csv": f"time,used\n{rows}"}


def test_the_range_of_a_trend_may_have_no_end(tmp_path: Path) -> None:
    """Twenty more every second month, the trend at 965 in August: four months at ten, two at twenty, never at none."""
    use = the_only(document(tmp_path, used(900, 900, 920, 920, 940, 940, 960, 960)))["capacity"]

    assert use["growth"] == {"per_month": "10", "slowest": "0", "fastest": "20", "level": "965", "months": 8}
    assert use["reaches_capacity"] == {"already": False, "expected": "2026-12", "earliest": "2026-10", "latest": None}


def test_a_use_that_shrinks_never_reaches_its_capacity(tmp_path: Path) -> None:
    """There is a trend, and no month: null in all three."""
    use = the_only(document(tmp_path, used(700, 690, 680, 670, 660, 650, 640)))["capacity"]

    assert use["growth"]["per_month"] == "-10"
    assert use["reaches_capacity"] == {"already": False, "expected": None, "earliest": None, "latest": None}


def test_a_level_that_is_reached_already_says_so(tmp_path: Path) -> None:
    """810 in September lie above 80 % of 1,000: the month is the newest finished one."""
    use = the_only(document(tmp_path, used(730, 740, 750, 760, 770, 780, 790, 800, 810)))["capacity"]

    assert use["reaches_warning"] == {
        "already": True,
        "expected": "2026-09",
        "earliest": "2026-09",
        "latest": "2026-09",
    }


def test_few_months_have_no_trend(tmp_path: Path) -> None:
    """With five finished months nobody knows: null for the trend and for when it reaches anything."""
    use = the_only(document(tmp_path, used(600, 620, 640, 660, 680)))["capacity"]

    assert (use["growth"], use["reaches_capacity"], use["reaches_warning"]) == (None, None, None)
    assert use["months"][0]["peak"] == "600"


def test_answers_are_told_by_month(tmp_path: Path) -> None:
    """The mean with the number of answers; in October nobody has answered: no mean. Too few for half a year."""
    score = the_only(document(tmp_path))["satisfaction"]

    assert score == {
        "months": [
            {"period": "2026-08", "finished": True, "answers": 1, "few": True, "mean": "1", "satisfied": "0"},
            {"period": "2026-09", "finished": True, "answers": 12, "few": False, "mean": "4", "satisfied": "0.5"},
            {"period": "2026-10", "finished": False, "answers": 0, "few": True, "mean": None, "satisfied": None},
        ],
        "half_years": None,
        "url": "satisfaction/#email",
    }


def test_half_years_are_told_where_enough_answered(tmp_path: Path) -> None:
    """Ten threes in March, twelve answers of 4.0 on the mean in September."""
    rows = "".join(f"2026-03-{day:02}T08:00Z,3\n" for day in range(1, 11))
    score = the_only(document(tmp_path, {"data/metrics/survey.csv": FILES["data/metrics/survey.csv"] + rows}))

    assert score["satisfaction"]["half_years"] == {"newest": "3.769230769230769", "before": "3"}


def test_what_isnt_counted_is_null(tmp_path: Path) -> None:
    """A service is there with what is counted of it; one of which nothing is counted isn't."""
    fax = {"content/services/fax.md": "---\ntitle: Fax\nstage: live\n---\n"}
    service = the_only(document(tmp_path, {**email("cost", "satisfaction"), **fax}))

    assert list(service) == ["id", "cost", "capacity", "satisfaction"]
    assert (service["id"], service["cost"], service["satisfaction"]) == ("email", None, None)


def test_a_ledger_without_rows_is_told_without_months(tmp_path: Path) -> None:
    """On 15 July nothing is in it: no currency, no month, no year; never an amount of 0."""
    cost = the_only(document(tmp_path, as_of="2026-07-15"))["cost"]

    assert (cost["currency"], cost["months"], cost["newest_year"]) == (None, [], None)
