"""The chain: what the agreements and contracts under an SLA back, and every kind of gap."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from servicebook.adapters.clock import moment
from servicebook.compliance.terms import resolve
from servicebook.insight.chain import RULES, Chain, Link, Promise, chains
from servicebook.insight.chain.conversion import Frame, most_lost
from servicebook.insight.chain.limits import QUARTER_HOUR, Clock, dues
from servicebook.loading import load
from servicebook.timeline.calendar import Calendar, parse_hours, round_the_clock
from servicebook.timeline.period import Per
from servicebook.timeline.working_time import due_after_working_days, last_instant_within
from servicebook.timeline.zone import HOUR, zone

AS_OF = "2026-06-15"
SIGNED = "signatures: [{party: team, date: 2025-12-01}, {party: stores, date: 2025-12-01}]"
BASE = {
    "content/parties/team.md": "---\ntitle: Team\ntype: provider\n---\n",
    "content/parties/network-team.md": "---\ntitle: Network team\ntype: provider\n---\n",
    "content/parties/stores.md": "---\ntitle: Stores\ntype: customer\n---\n",
    "content/services/shop.md": "---\ntitle: Shop\nstage: live\ndepends_on: [network]\n---\n",
    "content/services/network.md": "---\ntitle: Network\nstage: live\n---\n",
    "content/services/mobile.md": "---\ntitle: Mobile\nstage: live\n---\n",
    "content/services/power.md": "---\ntitle: Power\nstage: live\n---\n",
    "content/calendars/office.yml": 'title: Office hours\nhours: {mon-fri: "08:00-18:00"}\n',
    "content/calendars/short.yml": 'title: Short hours\nhours: {mon-fri: "09:00-17:00"}\n',
    "content/calendars/sunday.yml": 'title: Sunday night\nhours: {sun: "20:00-24:00"}\n',
    "content/calendars/weekend.yml": 'title: Weekend\nhours: {sat-sun: "00:00-24:00"}\n',
    "data/metrics/outages.yml": "title: Outages\nrecords: outages\nfiles: outages/*.csv\n",
    "data/metrics/tickets.yml": "title: Tickets\nrecords: tickets\nfiles: tickets/*.csv\n",
}
SLA = "content/agreements/shop.md"


def available(id_: str, objective: str = "at least 99 %", per: str = "month", more: str = "") -> str:
    return f"{{id: {id_}, measure: availability, source: outages, objective: {objective}, per: {per}{more}}}"


def limited(id_: str, within: str, more: str = "") -> str:
    return f"{{id: {id_}, measure: share within, of: resolution, within: {within}, source: tickets, objective: at least 90 %, per: month{more}}}"


def sla(*targets: str, keys: str = "", signed: bool = True, start: str = "from: 2026-01-01") -> dict[str, str]:
    """The SLA for the shop: `from` stands in line 8, its keys begin in line 9, its targets follow."""
    lines = ["---", "title: Shop", "type: sla", "provider: team", "customer: stores", "services: [shop]"]
    lines += ['version: "1"', start, *keys.splitlines(), *([SIGNED] if signed else []), "targets:"]
    return {SLA: "\n".join([*lines, *(f"  - {target}" for target in targets), "---", ""])}


def ola(
    name: str, services: str, *targets: str, keys: str = "", signed: bool = True, start: str = "from: 2025-01-01"
) -> dict[str, str]:
    """An OLA of the network team for services of the shop's team: its targets begin in line 11 plus the number of keys."""
    dates = "signatures: [{party: network-team, date: 2024-12-01}, {party: team, date: 2024-12-01}]"
    lines = ["---", f"title: {name}", "type: ola", "provider: network-team", "customer: team"]
    lines += [f"services: [{services}]", 'version: "1"', start, *keys.splitlines(), *([dates] if signed else [])]
    lines += ["targets:", *(f"  - {target}" for target in targets)] if targets else []
    return {f"content/agreements/{name}.md": "\n".join([*lines, "---", ""])}


def depends(**needs: str) -> dict[str, str]:
    """Services with what they depend on, as YAML."""
    return {
        f"content/services/{name}.md": f"---\ntitle: {name}\nstage: live\ndepends_on: {on}\n---\n"
        for name, on in needs.items()
    }


def chain(root: Path, *files: dict[str, str], as_of: str = AS_OF) -> Chain:
    """The chain of the shop's SLA; nothing else is wrong with its files."""
    for name, text in {**BASE, **{name: text for each in files for name, text in each.items()}}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    loaded = load(root)
    assert [problem.message for problem in loaded.problems] == []
    terms = {each.id: resolve(loaded.catalogue, each) for each in loaded.catalogue.agreements.values()}
    return chains(loaded.catalogue, terms, moment(as_of))["shop"]


def only(found: Chain) -> Promise:
    (promise,) = found.promises
    return promise


def link(found: Chain, service: str) -> Link:
    return next(each for each in only(found).links if each.service == service)


def gaps(found: Chain) -> list[str]:
    """`line rule`, all in the SLA's own file."""
    assert {gap.position.path for gap in found.gaps} <= {SLA}
    assert all(gap.related and not gap.is_error and gap.hint for gap in found.gaps)
    return [f"{gap.position.line} {gap.rule}" for gap in found.gaps]


# Links


def test_services_multiply_in_series(tmp_path: Path) -> None:
    """99 % × 99 % = 98.01 %: the shop's own contract and the network's, both per month round the clock."""
    found = chain(
        tmp_path,
        sla(available("usable", "at least 98.1 %")),
        ola("shop-ola", "shop", available("up")),
        ola("network-ola", "network", available("reachable")),
    )

    assert only(found).ceiling == Fraction(9801, 10000)
    assert only(found).backed is False
    assert gaps(found) == ["11 chain/ceiling"]
    assert "backs 98.01 % at most" in found.gaps[0].message
    assert [place.path for place in found.gaps[0].related] == [
        "content/agreements/shop-ola.md",
        "content/agreements/network-ola.md",
    ]


def test_an_objective_at_the_ceiling_is_backed(tmp_path: Path) -> None:
    """Only one above the ceiling isn't. The shop itself has no agreement: its provider does it, it counts as 1."""
    found = chain(tmp_path, sla(available("usable")), ola("network-ola", "network", available("reachable")))

    assert (only(found).ceiling, only(found).backed, only(found).weakest) == (Fraction(99, 100), True, "network")
    assert (link(found, "shop").agreement, link(found, "shop").backs) == (None, 1)
    assert gaps(found) == []


def test_one_of_several_alternatives_suffices(tmp_path: Path) -> None:
    """1 − (1 − 99 %) × (1 − 99 %) = 99.99 %."""
    found = chain(
        tmp_path,
        depends(shop="[{any_of: [network, mobile]}]"),
        sla(available("usable")),
        ola("network-ola", "network, mobile", available("reachable")),
    )

    assert only(found).ceiling == Fraction(9999, 10000)


def test_what_alternatives_share_stands_once_in_series(tmp_path: Path) -> None:
    """Both lines need power: 99 % × (1 − 1 % × 1 %) = 98.9901 %, not 1 − (1 − 98.01 %)²."""
    found = chain(
        tmp_path,
        depends(shop="[{any_of: [network, mobile]}]", network="[power]", mobile="[power]"),
        sla(available("usable", "at least 95 %")),
        ola("network-ola", "network, mobile, power", available("reachable")),
    )

    assert only(found).ceiling == Fraction(99, 100) * Fraction(9999, 10000)
    assert only(found).weakest == "power"


def test_an_alternative_is_itself_times_what_it_alone_reaches(tmp_path: Path) -> None:
    """Only the network needs power: 1 − (1 − 99 % × 99 %) × (1 − 99 %) = 99.9801 %."""
    found = chain(
        tmp_path,
        depends(shop="[{any_of: [network, mobile]}]", network="[power]"),
        sla(available("usable")),
        ola("network-ola", "network, mobile, power", available("reachable")),
    )

    assert only(found).ceiling == 1 - (1 - Fraction(9801, 10000)) * Fraction(1, 100)


def test_an_alternative_that_the_rest_needs_too_stands_in_series(tmp_path: Path) -> None:
    """The shop can't do without the network anyway, so the mobile line helps nothing: 99 %."""
    found = chain(
        tmp_path,
        depends(shop="[network, {any_of: [network, mobile]}]"),
        sla(available("usable")),
        ola("network-ola", "network, mobile", available("reachable")),
    )

    assert only(found).ceiling == Fraction(99, 100)


def test_alternatives_may_have_alternatives(tmp_path: Path) -> None:
    """Network times (power or mobile), or nothing: 1 − (1 − 99 % × 99.99 %) for the one alternative beside `spare`, 90 %."""
    found = chain(
        tmp_path,
        depends(shop="[{any_of: [network, spare]}]", network="[{any_of: [power, mobile]}]", spare="[]"),
        sla(available("usable")),
        ola("network-ola", "network, mobile, power", available("reachable")),
        ola("spare-ola", "spare", available("reachable", "at least 90 %")),
    )

    assert only(found).ceiling == 1 - (1 - Fraction(99, 100) * Fraction(9999, 10000)) * Fraction(1, 10)


def test_the_weakest_promise_under_a_link_counts(tmp_path: Path) -> None:
    """Among those named under `underpinned_by` that cover it, else among all."""
    under = (
        ola("strong-ola", "network", available("reachable", "at least 99.9 %")),
        ola("weak-ola", "network", available("reachable", "at least 98 %"), available("better", "at least 98.5 %")),
    )

    chosen = chain(tmp_path, *under, sla(available("usable"), keys="underpinned_by: [strong-ola]"))
    every = chain(tmp_path, *under, sla(available("usable")))

    assert (link(chosen, "network").agreement, only(chosen).ceiling) == ("strong-ola", Fraction(999, 1000))
    assert (link(every, "network").agreement, link(every, "network").target) == ("weak-ola", "reachable")
    assert gaps(every) == ["11 chain/ceiling"]


def test_targets_speak_of_their_services(tmp_path: Path) -> None:
    """The promise for the network rests on the network alone; a target of the OLA for other services says nothing of it."""
    found = chain(
        tmp_path,
        sla(available("net", more=", services: [network]"), keys=""),
        {SLA: sla(available("net", more=", services: [network]"))[SLA].replace("[shop]", "[shop, network]")},
        ola(
            "network-ola",
            "network, mobile",
            available("wired", more=", services: [network]"),
            available("radio", "at least 90 %", more=", services: [mobile]"),
        ),
    )

    assert [(each.service, each.target) for each in only(found).links] == [("network", "wired")]


def test_terms_that_change_are_held_against_those_of_the_same_time(tmp_path: Path) -> None:
    """More is promised from October on, and from October on more is promised under it."""
    early, late = ", until: 2026-10-01", ", from: 2026-10-01"
    found = chain(
        tmp_path,
        sla(
            available("usable", "at least 98 %", more=early),
            available("usable", "at least 99.9 %", more=late),
            available("past", "at least 99.99 %", more=", until: 2026-02-01"),
        ),
        ola(
            "network-ola",
            "network",
            available("reachable", "at least 98 %", more=early),
            available("reachable", "at least 99.9 %", more=late),
        ),
    )

    assert [(each.target, each.ceiling) for each in found.promises] == [
        ("usable", Fraction(98, 100)),
        ("usable", Fraction(999, 1000)),
    ]
    assert gaps(found) == []


def test_a_reached_service_that_nobody_covers_is_a_gap(tmp_path: Path) -> None:
    """It stands at the own service that needs it, and counts as 1."""
    found = chain(tmp_path, sla(available("usable")))

    assert gaps(found) == ["6 chain/uncovered"]
    assert found.gaps[0].position.column == 12
    assert found.gaps[0].related[0].path == "content/services/network.md".replace("network", "shop")
    assert (only(found).ceiling, only(found).backed) == (1, None)


def test_what_is_named_but_over_or_unsigned_backs_nothing(tmp_path: Path) -> None:
    """At the item of `underpinned_by`: one has ended, one was terminated, one has no signatures."""
    found = chain(
        tmp_path,
        sla(available("usable"), keys="underpinned_by:\n  - ended-ola\n  - quit-ola\n  - draft-ola\n  - network-ola"),
        ola("ended-ola", "network", available("reachable", "at least 90 %"), keys="until: 2026-01-01"),
        ola("quit-ola", "network", available("reachable", "at least 90 %"), keys="terminated: 2026-03-01"),
        ola("draft-ola", "network", available("reachable", "at least 90 %"), signed=False),
        ola("network-ola", "network", available("reachable")),
    )

    assert gaps(found) == ["10 chain/not-in-force", "11 chain/not-in-force", "12 chain/not-in-force"]
    assert [gap.message for gap in found.gaps] == [
        "'ended-ola' is over since 2026-01-01: it backs nothing",
        "'quit-ola' is terminated since 2026-03-01: it backs nothing",
        "'draft-ola' isn't signed by both parties: it backs nothing",
    ]
    assert only(found).ceiling == Fraction(99, 100)


def test_an_agreement_without_availability_backs_no_promise_of_it(tmp_path: Path) -> None:
    """It counts as 1 and is a gap at the objective; rolling windows only inform."""
    rolling = available("lately", "at least 90 %", "rolling 30 days")
    found = chain(tmp_path, sla(available("usable")), ola("network-ola", "network", rolling))

    assert gaps(found) == ["11 chain/no-availability"]
    assert found.gaps[0].position.column == f"  - {available('usable')}".index("at least") + 1
    assert only(found).ceiling == 1
    assert (link(found, "network").agreement, link(found, "network").target) == ("network-ola", None)


def test_rolling_promises_only_inform(tmp_path: Path) -> None:
    """No ceiling, no gap: what binds are calendar periods."""
    found = chain(
        tmp_path,
        sla(available("lately", "at least 99.99 %", "rolling 30 days")),
        ola("network-ola", "network", available("reachable")),
    )

    assert (only(found).ceiling, only(found).backed, gaps(found)) == (None, None, [])
    assert link(found, "network").target == "reachable"


# Conversion


def test_a_quarter_backs_a_month_with_its_whole_budget(tmp_path: Path) -> None:
    """99.9 % of a quarter of 91 days are 131.04 minutes: a month of 30 days is backed with 1 − 131.04 ÷ 43,200.

    The worst of the twelve months is the shortest: February, 28 days in a quarter of 90, is backed with 1 − 129.6 ÷ 40,320.
    """
    found = chain(
        tmp_path,
        sla(available("usable", "at least 99 %")),
        ola("network-ola", "network", available("reachable", "at least 99.9 %", "quarter")),
    )

    assert only(found).ceiling == 1 - Fraction("129.6") / 40320


def test_a_month_of_thirty_days_in_a_quarter_of_ninety_one(tmp_path: Path) -> None:
    """131.04 of 43,200 minutes: a tenth of a per cent of April to June may all fall into June."""
    utc = zone("UTC")
    quarter = Frame(per=Per.QUARTER, zone=utc, calendar=round_the_clock(utc))
    june = moment("2027-06-01"), moment("2027-07-01")

    lost = most_lost(quarter, Fraction(999, 1000), *june)

    assert lost / 60_000_000 == Fraction("131.04")
    assert 1 - lost / (june[1] - june[0]) == 1 - Fraction("131.04") / 43200


def test_a_period_across_two_of_the_links_may_lose_both_budgets(tmp_path: Path) -> None:
    """A week of the promise touches two months at their turn: 7.44 h of July and 7.44 h of August, of 168 h."""
    found = chain(
        tmp_path,
        sla(available("usable", "at least 90 %", "week")),
        ola("network-ola", "network", available("reachable")),
    )

    assert only(found).ceiling == 1 - 2 * Fraction("7.44") / 168


def test_office_hours_are_backed_with_much_less_by_the_clock_round(tmp_path: Path) -> None:
    """February 2027 has 20 office days of ten hours: 6.72 h of 672 may all fall into its 200 hours.

    May 2027 has 21 (210 h) and 7.44 h to lose: 1 − 7.44 ÷ 210; February: 1 − 6.72 ÷ 200 = 96.64 %. The worst is August
    or May: 7.44 ÷ 210 = 3.543 %.
    """
    found = chain(
        tmp_path,
        sla(available("usable", "at least 90 %"), keys="hours: office"),
        ola("network-ola", "network", available("reachable")),
    )

    assert only(found).ceiling == 1 - Fraction("7.44") / 210
    assert gaps(found) == []


def test_the_same_hours_stand_whatever_the_zones(tmp_path: Path) -> None:
    """Round the clock by months of Auckland and of UTC: 99 % back 99 %."""
    found = chain(
        tmp_path,
        sla(available("usable"), keys="time_zone: Pacific/Auckland"),
        ola("network-ola", "network", available("reachable")),
    )

    assert only(found).ceiling == Fraction(99, 100)


def test_a_link_never_backs_less_than_nothing(tmp_path: Path) -> None:
    """A tenth of a year may be down on any one day: that day is backed with 0."""
    found = chain(
        tmp_path,
        sla(available("usable", "at least 90 %", "day"), keys="hours: office"),
        ola("network-ola", "network", available("reachable", "at least 90 %", "year")),
    )

    assert only(found).ceiling == 0


def test_hours_that_a_link_doesnt_promise_are_a_gap(tmp_path: Path) -> None:
    """The promise holds from eight to six, the link from nine to five: Monday 15 June, 08:00 to 09:00 is the first hour without."""
    found = chain(
        tmp_path,
        sla(available("usable", "at least 90 %"), keys="hours: office"),
        ola("network-ola", "network", available("reachable"), keys="hours: short"),
    )

    assert gaps(found) == ["12 chain/hours"]
    assert "2026-06-15 08:00 to 2026-06-15 09:00" in found.gaps[0].message


# Limits of tickets


def test_a_limit_that_passes_later_under_the_promise_is_a_gap(tmp_path: Path) -> None:
    """The same `of` and priority: 6 h under 4 h is late for every ticket; another priority is none of its kind."""
    one = ", where: {priority: 1}"
    found = chain(
        tmp_path,
        sla(limited("p1", "4 h", one), limited("p2", "4 h", ", where: {priority: 2}")),
        ola("network-ola", "network", limited("fixed", "6 h", one)),
    )

    assert gaps(found) == ["11 chain/limit"]
    assert [each.backed for each in found.promises] == [False, None]
    assert (link_of(found, 0).limit, link_of(found, 0).limit_shown) == (6 * 3600, "6 h")
    assert (link_of(found, 1).agreement, link_of(found, 1).target) == ("network-ola", None)


def link_of(found: Chain, promise: int) -> Link:
    return next(each for each in found.promises[promise].links if each.service == "network")


def test_a_shorter_limit_in_shorter_hours_may_still_be_late(tmp_path: Path) -> None:
    """Opened on Monday at 13:00, both are used up exactly at closing time: due at the next opening, at 08:00 and at 09:00."""
    found = chain(
        tmp_path,
        sla(limited("fixed", "5 h", ", hours: office")),
        ola("network-ola", "network", limited("fixed", "4 h", ", hours: short")),
    )

    assert gaps(found) == ["11 chain/limit"]
    said = "opened on 2026-06-15 13:00, it is due on 2026-06-16 08:00 here and on 2026-06-16 09:00 there"
    assert said in found.gaps[0].message


def test_a_limit_in_longer_hours_is_in_time(tmp_path: Path) -> None:
    """Four hours round the clock are over before five working hours; one working day of the office ends before 36 h."""
    found = chain(
        tmp_path,
        sla(limited("fixed", "5 h", ", hours: office"), limited("later", "2 working days", ", hours: office")),
        ola("network-ola", "network", limited("fixed", "4 h")),
    )

    assert [each.backed for each in found.promises] == [True, True]
    assert gaps(found) == []


def test_due_moments_of_many_openings_are_those_of_each(tmp_path: Path) -> None:
    """One walk along the hours gives what the clock of a ticket gives for each, over the change of clocks of March 2027."""
    days = (parse_hours("08:00-12:00, 13:00-18:00"),) * 5 + ((), parse_hours("22:00-24:00"))
    office = Calendar(zone=zone("Europe/Berlin"), weekly=days)
    openings = range(moment("2027-03-24"), moment("2027-03-31"), QUARTER_HOUR)

    for limit in (0, 9 * HOUR, 30 * HOUR):
        found = list(dues(Clock(calendar=office, microseconds=limit), openings))
        assert found == [last_instant_within(office, opened, limit) for opened in openings]
    found = list(dues(Clock(calendar=office, working_days=2), openings))
    assert found == [due_after_working_days(office, opened, 2) for opened in openings]


def test_a_calendar_that_never_opens_uses_no_limit_up(tmp_path: Path) -> None:
    """Never due: a gap under a promise that is due, none over one."""
    never = {"content/calendars/never.yml": 'title: Never\nhours: {mon: "08:00-09:00"}\nholidays: {also: [%s]}\n'}
    mondays = ", ".join(f"{day:%Y-%m-%d}" for day in _mondays())
    closed = {name: text % mondays for name, text in never.items()}

    found = chain(
        tmp_path,
        closed,
        sla(limited("fixed", "5 h")),
        ola("network-ola", "network", limited("fixed", "4 h", ", hours: never")),
    )

    assert gaps(found) == ["11 chain/limit"]
    assert found.gaps[0].message.endswith("here and never there")


def _mondays() -> list[date]:
    return [date(2026, 6, 15) + timedelta(weeks=week) for week in range(25 * 52)]


def test_working_days_are_compared_with_hours(tmp_path: Path) -> None:
    """Opened on Friday, one working day ends on Monday: 24 h round the clock are long over."""
    found = chain(
        tmp_path,
        sla(limited("fixed", "24 h")),
        ola("network-ola", "network", limited("fixed", "1 working day", ", hours: office")),
    )

    assert gaps(found) == ["11 chain/limit"]
    assert link(found, "network").limit is None


def test_a_percentile_is_a_limit_too(tmp_path: Path) -> None:
    """Whatever the shares: nine of ten within five hours under 'all but 5 % within four'."""
    p95 = "{id: p95, measure: percentile, percentile: 95, of: resolution, source: tickets, objective: at most 4 h, per: month}"
    found = chain(tmp_path, sla(p95), ola("network-ola", "network", limited("fixed", "5 h")))

    assert gaps(found) == ["11 chain/limit"]


# The whole agreement


def test_a_link_that_ends_before_the_promise_is_a_gap(tmp_path: Path) -> None:
    """At `until`, else at `from`: the OLA ends in March, the SLA in October or never."""
    short = ola("network-ola", "network", available("reachable"), keys="until: 2027-03-01")

    ending = chain(tmp_path, short, sla(available("usable"), keys="until: 2027-10-01"))
    endless = chain(tmp_path, short, sla(available("usable")))

    assert gaps(ending) == ["9 chain/dates"]
    assert ending.gaps[0].message == "the agreement holds until 2027-10-01, 'network-ola' under it ends on 2027-03-01"
    assert gaps(endless) == ["8 chain/dates"]


def test_a_tacit_renewal_lasts(tmp_path: Path) -> None:
    """So it does for a promise without end; a present term that ends with the link's is backed."""
    tacit = "until: 2027-01-01\nrenewal: {kind: tacit, term: 12 months}"
    lasting = ola("network-ola", "network", available("reachable"), keys=tacit)
    same_end = ola("network-ola", "network", available("reachable"), keys="until: 2027-01-01")

    assert gaps(chain(tmp_path, lasting, sla(available("usable")))) == []
    assert gaps(chain(tmp_path, same_end, sla(available("usable"), keys=tacit))) == []


def test_a_link_that_begins_after_the_promise_is_a_gap(tmp_path: Path) -> None:
    """It is signed and begins in August; the SLA since January."""
    found = chain(
        tmp_path,
        sla(available("usable")),
        ola("network-ola", "network", available("reachable"), start="from: 2026-08-01"),
    )

    assert gaps(found) == ["8 chain/dates"]
    assert "only on 2026-08-01" in found.gaps[0].message


def test_maintenance_under_a_promise_keeps_to_its_notice_windows_and_allowance(tmp_path: Path) -> None:
    """A day's notice under two; a weekend under Sunday evenings; five hours a month under four."""
    found = chain(
        tmp_path,
        sla(available("usable"), keys="maintenance: {windows: sunday, notice: 2 days, allowance: 4 h per month}"),
        ola(
            "network-ola",
            "network",
            available("reachable"),
            keys="maintenance: {windows: weekend, notice: 24 h, allowance: 5 h per month}",
        ),
    )

    assert gaps(found) == ["9 chain/maintenance"] * 3
    assert sorted(gap.message for gap in found.gaps) == [
        "'network-ola' may do maintenance for 5 h per month, the promise allows 4 h per month",
        "'network-ola' may do maintenance in 'weekend', the promise has it within 'sunday' only",
        "'network-ola' may do maintenance with 24 h of notice, the promise needs 2 days",
    ]


def test_maintenance_without_notice_windows_or_allowance_falls_short(tmp_path: Path) -> None:
    """A missing key of the link allows everything, one of the promise asks nothing."""
    bare = ola("network-ola", "network", available("reachable"), keys="maintenance: {announcements: outages}")

    strict = chain(
        tmp_path,
        bare,
        sla(available("usable"), keys="maintenance: {windows: sunday, notice: 2 days, allowance: 4 h per month}"),
    )
    loose = chain(tmp_path, bare, sla(available("usable"), keys="maintenance: {announcements: outages}"))

    assert gaps(strict) == ["9 chain/maintenance"] * 3
    assert gaps(loose) == []


def test_days_of_notice_are_as_long_as_the_shortest_of_them(tmp_path: Path) -> None:
    """Two days of Berlin are 47 hours when the clocks go forward: they fall short of 48 h, not of two days of Berlin."""
    two_days = ola(
        "network-ola", "network", available("reachable"), keys="time_zone: Europe/Berlin\nmaintenance: {notice: 2 days}"
    )
    berlin = "time_zone: Europe/Berlin\n"

    hours = chain(tmp_path, two_days, sla(available("usable"), keys=f"{berlin}maintenance: {{notice: 48 h}}"))
    days = chain(tmp_path, two_days, sla(available("usable"), keys=f"{berlin}maintenance: {{notice: 2 days}}"))

    assert gaps(hours) == ["10 chain/maintenance"]
    assert gaps(days) == []


def test_allowances_of_other_periods_are_taken_at_their_worst(tmp_path: Path) -> None:
    """An hour a week can be five in a month that touches five weeks or six: more than 4 h; a whole year's 4 h fit in a month."""
    promised = sla(available("usable"), keys="maintenance: {allowance: 4 h per month}")

    weekly = chain(
        tmp_path,
        promised,
        ola("network-ola", "network", available("reachable"), keys="maintenance: {allowance: 1 h per week}"),
    )
    yearly = chain(
        tmp_path,
        promised,
        ola("network-ola", "network", available("reachable"), keys="maintenance: {allowance: 4 h per year}"),
    )

    assert gaps(weekly) == ["9 chain/maintenance"]
    assert gaps(yearly) == []


def test_maintenance_under_an_agreement_that_has_none_counts_as_downtime(tmp_path: Path) -> None:
    """Without `maintenance` planned downtime is downtime: what the link leaves out counts here. At the service that leads to it."""
    found = chain(
        tmp_path,
        sla(available("usable")),
        ola("network-ola", "network", available("reachable"), keys="maintenance: {notice: 5 days}"),
    )

    assert gaps(found) == ["6 chain/maintenance"]


def test_inherited_promises_have_their_gaps_at_extends(tmp_path: Path) -> None:
    """A finding about this agreement stands in its own file; the objective itself is related."""
    frame = sla(available("usable", "at least 99.9 %"), keys="maintenance: {notice: 9 days}")[SLA]
    found = chain(
        tmp_path,
        {"content/agreements/frame.md": frame},
        sla(
            "{id: other, measure: longest outage, source: outages, objective: at most 4 h, per: month}",
            keys="extends: frame",
        ),
        ola("network-ola", "network", available("reachable"), keys="maintenance: {notice: 5 days}"),
    )

    assert gaps(found) == ["9 chain/ceiling", "9 chain/maintenance"]
    assert found.gaps[0].related[0].path == "content/agreements/frame.md"


# Which agreements


def test_drafts_have_chains_and_what_is_over_has_none(tmp_path: Path) -> None:
    """An SLA that nobody signed is looked at as well; one that has ended isn't."""
    found = chain(
        tmp_path,
        sla(available("usable", "at least 99.9 %"), signed=False),
        {"content/agreements/old.md": sla(available("usable"), keys="until: 2026-06-01")[SLA]},
        {"content/agreements/never.md": sla(available("usable"), keys="until: 2026-06-01", signed=False)[SLA]},
        ola("network-ola", "network", available("reachable")),
    )
    loaded = load(tmp_path)
    terms = {each.id: resolve(loaded.catalogue, each) for each in loaded.catalogue.agreements.values()}

    assert gaps(found) == ["10 chain/ceiling"]
    assert list(chains(loaded.catalogue, terms, moment(AS_OF))) == ["shop"]
    assert chains(loaded.catalogue, terms, moment(AS_OF), ["old"]) == {}


def test_credits_stand_side_by_side(tmp_path: Path) -> None:
    """Each side's worst band, as a share of its own charge: 30 % owed (capped at 20 %), 10 % recoverable. No gap."""
    found = chain(
        tmp_path,
        sla(
            available(
                "usable",
                more=", credits: {bands: [{below: 99 %, credit: 10 %}, {below: 90 %, credit: 30 %}], cap: 20 %}",
            )
        ),
        ola("network-ola", "network", available("reachable", more=", credits: [{below: 99 %, credit: 10 %}]")),
    )

    assert (only(found).credit, link(found, "network").credit) == (Fraction(1, 5), Fraction(1, 10))
    assert gaps(found) == []


def test_every_rule_of_the_chain_warns() -> None:
    """Errors are what can't be read, resolved or calculated."""
    assert {rule.id.partition("/")[0] for rule in RULES} == {"chain"}
    assert {str(rule.severity) for rule in RULES} == {"warning"}
