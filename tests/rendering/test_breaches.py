"""The pages of breaches, the improvement plan's recovery, and the matrix of needs."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from servicebook.insight.breaches import Recovery
from servicebook.model.result import Budget, Result, Verdict
from servicebook.rendering import Page, Site, render
from servicebook.rendering.breach_words import missed_by, missed_sentence, recovery_words
from servicebook.rendering.breaches import outages_of

from .catalogue import FILES, at, site_of, write

ACCOUNT = """
    ---
    title: Two power cuts
    breach: {agreement: email-sla, target: availability, period: 2026-10}
    cause: The <b>battery</b> of the rack was flat.
    correction: It was replaced.
    corrected: 2026-10-28
    owner: messaging-team
    improvements: [second-line]
    ---
    See the [agreement](../agreements/email-sla.md).
    """
DONE = FILES["content/improvements/second-line.md"].replace(
    "due: 2026-12-15", "due: 2026-02-15\n        done: 2026-02-20"
)
PAGE = "breaches/email-sla-availability-2026-10/"


@pytest.fixture
def explained(tmp_path: Path) -> Site:
    files = {**FILES, "content/breaches/power.md": ACCOUNT, "content/improvements/second-line.md": DONE}
    return site_of(write(tmp_path, files))


def pages(site: Site) -> dict[str, Page]:
    return {page.url: page for page in render(site).pages}


def words(page: Page) -> str:
    return " ".join(re.sub("<[^>]*>", " ", page.html).split()).replace("\u00a0", " ")


def breached(site: Site) -> Result:
    return next(result for result in site.results if result.verdict is Verdict.BREACHED)


def test_a_breach_says_when_by_how_much_what_stood_behind_it_and_what_is_due(site: Site) -> None:
    """75 minutes down in October, 44 min 40 s allowed; two outages; a credit of 10 %."""
    said = words(pages(site)[PAGE])

    assert "Mail is usable, October 2026" in said
    assert "99.8 %, promised at least 99.9 %: 30 min 21 s down too long. A credit of 10 % is due." in said
    assert "19 Oct, 10:02 19 Oct, 10:57 55 min" in said
    assert "25 Oct, 16:40 25 Oct, 17:00 20 min" in said
    assert "missed in 1 of 10 months" in said


def test_a_breach_carries_its_own_working(site: Site) -> None:
    """The scorecard keeps those of the newest periods only; a breach's page stays."""
    page = pages(site)[PAGE]

    assert 'href="#availability-2026-10"' in page.html
    assert 'id="availability-2026-10"' in page.html
    assert "data/metrics/mail-outages/2026.csv" in page.html


def test_a_breach_without_an_account_says_where_to_write_it(site: Site) -> None:
    """Nothing is made up."""
    said = words(pages(site)[PAGE])

    assert "The cause isn't written down yet." in said
    assert "content/breaches/email-sla-availability-2026-10.md" in said
    assert pages(site)[PAGE].edit_path is None


def test_an_account_is_shown_on_its_breach(explained: Site) -> None:
    """Cause, correction, owner and prose; the edit button leads to its file; what authors write is never markup of ours."""
    page = pages(explained)[PAGE]

    assert "The &lt;b&gt;battery&lt;/b&gt; of the rack was flat." in page.html
    assert "In place since 28 October 2026" in words(page)
    assert 'href="../../agreements/email-sla/"' in page.html
    assert page.edit_path == "content/breaches/power.md"


def test_the_index_lists_breaches_with_their_cause(site: Site, explained: Site) -> None:
    """One that nobody explained says so; nothing repeats here."""
    assert "not written down yet" in words(pages(site)["breaches/"])
    assert "of the rack was flat" in words(pages(explained)["breaches/"])
    assert "again and again" not in words(pages(site)["breaches/"])


def test_breaches_that_come_again_are_raised(site: Site) -> None:
    """September was missed too: two of ten months."""
    target = [r for r in site.results if r.target == "availability"]
    september = next(r for r in target if r.period == "2026-09")
    again = replace(september, verdict=Verdict.BREACHED)
    said = words(pages(replace(site, results=tuple(again if r is september else r for r in site.results)))["breaches/"])

    assert "Missed again and again" in said
    assert "2 of 10 months" in said


def test_a_catalogue_without_breaches_says_so(tmp_path: Path) -> None:
    """It isn't left empty."""
    quiet = site_of(write(tmp_path, FILES), with_results=False)

    assert "No promise was missed." in words(pages(quiet)["breaches/"])


def test_two_breaches_never_share_an_address(site: Site) -> None:
    """`a-b` with `c` and `a` with `b-c` would."""
    one = breached(site)
    agreements = dict.fromkeys(("email-sla", "email"), site.terms["email-sla"])
    agreements["email"] = replace(
        agreements["email"], targets={"sla-availability": site.terms["email-sla"].targets["availability"]}
    )
    other = replace(one, agreement="email", target="sla-availability")
    catalogue = replace(
        site.catalogue,
        agreements={**site.catalogue.agreements, "email": replace(site.catalogue.agreements["email-sla"], id="email")},
    )
    changed = replace(
        site,
        catalogue=catalogue,
        terms={**site.terms, "email": agreements["email"]},
        statuses={**site.statuses, "email": site.statuses["email-sla"]},
        results=(*site.results, other),
    )

    assert {url for url in pages(changed) if url.startswith("breaches/e")} == {PAGE, f"{PAGE.rstrip('/')}-2/"}


def test_an_improvement_says_whether_the_target_recovered(explained: Site) -> None:
    """Done in February: seven of eight months since were kept, but the newest wasn't."""
    assert "not recovered: kept in 7 of 8 periods since, not in the newest" in words(pages(explained)["improvements/"])


@pytest.mark.parametrize(
    ("recovery", "said"),
    [
        (Recovery(met=0, judged=0, newest=None), "no later period is judged yet"),
        (Recovery(met=1, judged=1, newest=Verdict.MET), "recovered: kept in the one period since"),
        (Recovery(met=3, judged=3, newest=Verdict.MET), "recovered: kept in all 3 periods since"),
        (Recovery(met=2, judged=3, newest=Verdict.MET), "recovered: kept in 2 of 3 periods since"),
        (
            Recovery(met=2, judged=3, newest=Verdict.BREACHED),
            "not recovered: kept in 2 of 3 periods since, not in the newest",
        ),
    ],
)
def test_recovery_in_words(recovery: Recovery, said: str) -> None:
    assert recovery_words(recovery).replace("\u00a0", " ") == said


def test_by_how_much(site: Site) -> None:
    """In what the budget is counted in, else in the objective's unit."""
    result = breached(site)

    def said(**other: object) -> str:
        return missed_by(replace(result, **other)).replace("\u00a0", " ")  # type: ignore[arg-type]

    assert said() == "30 min 21 s down too long"
    assert said(numerator_unit="tickets", budget=Budget(total=Fraction(2), used=Fraction(5))) == "3 tickets too many"
    assert said(budget=None) == "0.068 percentage points too little"
    assert said(budget=None, value=result.level) == "exactly the limit that had to be passed"
    assert said(budget=None, value=None) == "missed"
    assert "can't be kept any more" in missed_sentence(replace(result, finished=False))


def test_outages_that_count_whole_are_listed_whole(site: Site) -> None:
    """With the time of each that counts; a partial outage says what it weighs."""
    result = breached(site)
    start, end = at("2026-10-19T08:00Z"), at("2026-10-19T10:00Z")
    whole = replace(result, time_line=replace(result.time_line, outages=((start, end, 3_600_000_000),)))
    partial = replace(result, time_line=replace(result.time_line, down=((start, end, Fraction(1, 2)),)))

    assert [each.length.replace("\u00a0", " ") for each in outages_of(whole)] == ["1 h"]
    assert [each.note.replace("\u00a0", " ") for each in outages_of(partial)] == ["weighs 50 %"]


def test_needs_stand_against_services_and_promises(site: Site) -> None:
    """99.9 % is promised where 99.5 % is needed, but October wasn't kept: promised, not met."""
    said = words(pages(site)["needs/"])

    assert "promised 1 promised as required, but not kept or not measured yet" in said
    assert "Availability at least 99.5 % · E-mail and calendar : promised E-mail for headquarters breached" in said
