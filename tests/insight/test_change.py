"""What a change does to the promises: each test shows the text before and after, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from servicebook.adapters.clock import moment
from servicebook.insight.change import Change, Side, amendments, compare
from servicebook.loading import load
from servicebook.source import Problem

AS_OF = moment("2026-11-01")
AGREEMENT = "content/agreements/email-hq.md"
CORPORATE = "content/agreements/corporate.md"
HOURS = "content/calendars/office.yml"
PROBES = "data/metrics/mail-probes.yml"
HEAD = """\
---
title: E-mail for headquarters
type: sla
provider: messaging
customer: hq
services: [email]
version: "1"
from: 2026-01-01
hours: office
signatures: [{party: messaging, role: Head, date: 2025-12-01}, {party: hq, role: Director, date: 2025-12-01}]
"""
TARGET = "targets:\n  - {id: mail, measure: availability, source: outages, objective: at least 99.5 %, per: month}\n"
FILES: Mapping[str, str] = {
    "content/services/email.md": "---\ntitle: E-mail\nstage: live\nusers: [hq]\n---\nMail for all.\n",
    "content/services/network.md": "---\ntitle: Network\nstage: live\n---\n",
    "content/parties/messaging.md": "---\ntitle: Messaging\ntype: provider\n---\n",
    "content/parties/hq.md": "---\ntitle: Headquarters\ntype: customer\nsites: [{id: hq}]\n---\n",
    HOURS: 'title: Office\ntime_zone: Europe/Berlin\nhours: {mon-fri: "08:00-17:00"}\n',
    "content/calendars/night.yml": 'title: Night\nhours: {sun: "02:00-06:00"}\n',
    "data/metrics/outages.yml": "title: Outages\nrecords: outages\nfiles: outages.csv\n",
    "data/metrics/tickets.yml": "title: Tickets\nrecords: tickets\nfiles: tickets.csv\n",
    "data/metrics/speed.yml": "title: Speed\nrecords: samples\nunit: ms\nfiles: speed.csv\n",
    "data/metrics/usage.yml": "title: Usage\nrecords: usage\nfiles: usage.csv\n",
    "data/metrics/scores.yml": "title: Scores\nrecords: scores\nfiles: scores.csv\n",
    PROBES: "title: Probes\nrecords: probes\nevery: 60 s\nfiles: probes.csv\n",
}


def side(root: Path, files: Mapping[str, str]) -> Side:
    for path, text in {**FILES, **files}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    loaded = load(root)
    assert not [str(problem) for problem in loaded.problems]
    return Side.of(loaded.catalogue)


def changed(root: Path, old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Change, ...]:
    return compare(side(root / "old", old), side(root / "new", new), AS_OF)


def problems(root: Path, old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Problem, ...]:
    sides = side(root / "old", old), side(root / "new", new)
    return amendments(compare(*sides, AS_OF), *sides, AS_OF)


def said(changes: tuple[Change, ...]) -> list[str]:
    """`target field kind: old → new`; the whole agreement is `-`, a service `service:`."""
    return [
        f"{f'service:{c.service}' if c.service else c.target or '-'} {c.field} {c.kind}: {c.old or '∅'} → {c.new or '∅'}"
        for c in changes
    ]


def agreement(*keys: str, head: str = HEAD, targets: str = TARGET) -> dict[str, str]:
    return {AGREEMENT: head + "".join(f"{key}\n" for key in keys) + targets + "---\n"}


def target(terms: str, **more: str) -> dict[str, str]:
    """The agreement with the one target `mail` of these terms, each month."""
    return agreement(targets=f"targets:\n  - {{id: mail, per: month, {terms}}}\n")


def test_a_higher_objective_is_tightened(tmp_path: Path) -> None:
    """The change of the interfaces: 99.5 → 99.9 %, at its line, with whom and what it touches."""
    new = agreement(targets=TARGET.replace("99.5 %", "99.9 %"))

    (change,) = changed(tmp_path, agreement(), new)

    assert (change.agreement, change.target, str(change.kind), change.field) == (
        "email-hq",
        "mail",
        "tightened",
        "objective",
    )
    assert (change.old, change.new) == ("at least 99.5 %", "at least 99.9 %")
    assert (change.position.path, change.position.line) == (AGREEMENT, 12)
    assert (change.services, change.customer) == (("email",), "hq")


def test_layout_comments_and_order_are_no_change(tmp_path: Path) -> None:
    """Only what readers are promised is a change; 99.50 % is 99.5 %, 08:00-12:00 and 12:00-17:00 are 08:00-17:00."""
    old = agreement("review: {every: 6 months, last: 2026-07-01}") | {HOURS: FILES[HOURS]}
    front, _, rest = HEAD.partition("customer: hq\n")
    head = front + "# who it is for\n" + rest + 'customer: "hq"\n'
    targets = """targets:
  # the one promise
  - id: mail
    title: Mail is usable
    per: month
    objective: ">= 99.50 %"
    source: outages
    measure: availability
"""
    new = agreement("review: {every: 6 months, last: 2026-10-20}", head=head, targets=targets)
    new[HOURS] = (
        'title: Hours\ntime_zone: Europe/Berlin\nhours: {mon-thu: "08:00-12:00, 12:00-17:00", fri: "08:00-17:00"}\n'
    )
    new["content/services/email.md"] = FILES["content/services/email.md"].replace(
        "Mail for all.", "<!-- to do -->\nMail\nfor all."
    )

    assert said(changed(tmp_path, old, new)) == []


MEAN = "measure: mean, source: speed"
SOLVED = "measure: share within, of: resolution, source: tickets, objective: at least 90 %"
PEAK = "measure: utilisation, source: usage, objective: at most 80 %"
UP = "measure: availability, source: outages, objective: at least 99 %"
BY_PROBES = "measure: availability, source: mail-probes, objective: at least 99 %"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (f"{MEAN}, objective: at most 300 ms", f"{MEAN}, objective: at most 200 ms", "objective tightened: at most 300 ms → at most 200 ms"),
        (f"{MEAN}, objective: at most 300 ms", f"{MEAN}, objective: below 300 ms", "objective tightened: at most 300 ms → below 300 ms"),
        (f"{MEAN}, objective: above 3 ms", f"{MEAN}, objective: at least 3 ms", "objective loosened: above 3 ms → at least 3 ms"),
        (f"{MEAN}, objective: at least 3 ms", f"{MEAN}, objective: at most 3 ms", "objective changed: at least 3 ms → at most 3 ms"),
        (f"{SOLVED}, within: 4 h", f"{SOLVED}, within: 120 min", "within tightened: 4 h → 120 min"),
        (f"{SOLVED}, within: 4 h", f"{SOLVED}, within: 1 working day", "within changed: 4 h → 1 working day"),
        (f"{SOLVED}, within: 1 working day", f"{SOLVED}, within: 2 working days", "within loosened: 1 working day → 2 working days"),
        ("measure: percentile, percentile: 90, source: speed, objective: at most 1 s", "measure: percentile, percentile: 99.5, source: speed, objective: at most 1 s", "percentile tightened: 90 → 99.5"),
        ("measure: percentile, percentile: 5, source: speed, objective: at least 1 ms", "measure: percentile, percentile: 10, source: speed, objective: at least 1 ms", "percentile loosened: 5 → 10"),
        (f"{PEAK}, statistic: peak", f"{PEAK}, statistic: mean", "statistic loosened: peak → mean"),
        (f"{UP}, minimum_coverage: 92 %", f"{UP}, minimum_coverage: 90 %", "minimum_coverage changed: 92 % → 90 %"),
        (UP, f"{UP}, minimum_coverage: 95 %", "minimum_coverage changed: ∅ → 95 %"),
        (f"{SOLVED}, within: 4 h", f"{SOLVED}, within: 4 h, minimum_count: 5", "minimum_count loosened: ∅ → 5"),
        (UP, f"{UP}, unobserved: down", "unobserved tightened: ∅ → down"),
        (f"{UP}, unobserved: down", f"{UP}, unobserved: up", "unobserved loosened: down → up"),
        (BY_PROBES, f"{BY_PROBES}, down_after: 3 samples", "down_after loosened: 1 sample → 3 samples"),
        (BY_PROBES, f"{BY_PROBES}, up_after: 3 samples", "up_after tightened: 1 sample → 3 samples"),
        (UP, f"{UP}, where: {{site: hq}}", "where changed: ∅ → site: hq"),
        (UP, BY_PROBES, "source changed: outages → mail-probes"),
        (UP, UP.replace("availability", "reliability"), "measure loosened: availability, at least 99 % → reliability, at least 99 %"),
        (UP.replace("availability", "reliability"), UP, "measure tightened: reliability, at least 99 % → availability, at least 99 %"),
        (f"{SOLVED}, within: 4 h", f"{SOLVED}, within: 4 h, attribute: opened", "attribute changed: ∅ → opened"),
        ("measure: satisfaction, source: scores, satisfied_from: 3, objective: at least 80 %", "measure: satisfaction, source: scores, satisfied_from: 4, objective: at least 80 %", "satisfied_from tightened: 3 → 4"),
        (SOLVED.replace("resolution", "response") + ", within: 4 h", f"{SOLVED}, within: 4 h", "of changed: response → resolution"),
        ("measure: satisfaction, source: scores, objective: at least 4, credits: [{below: 3, credit: 5 %}]", "measure: satisfaction, source: scores, satisfied_from: 4, objective: at least 80 %, credits: [{below: 70 %, credit: 5 %}]", None),
        (UP, f"{UP}, hours: round-the-clock", "hours tightened: office (mon-fri 08:00-17:00) → round the clock"),
        (UP, f"{UP}, credits: [{{below: 99 %, credit: 10 %}}]", "credits tightened: ∅ → below 99 %: 10 %"),
        (f"{UP}, credits: [{{below: 99 %, credit: 10 %}}]", f"{UP}, credits: [{{below: 98 %, credit: 10 %}}]", "credits loosened: below 99 %: 10 % → below 98 %: 10 %"),
        (f"{UP}, credits: [{{below: 99 %, credit: 10 %}}]", f"{UP}, credits: [{{below: 99 %, credit: 5 %}}, {{below: 98 %, credit: 20 %}}]", "credits changed: below 99 %: 10 % → below 99 %: 5 %; below 98 %: 20 %"),
        (f"{UP}, credits: [{{below: 99 %, credit: 10 %}}]", f"{UP}, credits: {{bands: [{{below: 99 %, credit: 10 %}}], cap: 5 %}}", "credits loosened: below 99 %: 10 % → below 99 %: 10 %; never above 5 %"),
    ],
)  # fmt: skip
def test_the_direction_of_each_term(tmp_path: Path, old: str, new: str, expected: str | None) -> None:
    """*Tightened*: the provider owes more; *loosened*: less; *changed*: neither or both."""
    wanted = [f"mail {expected}"]
    if expected is None:  # a mean became a share: nobody can say who owes more
        wanted = [
            "mail objective changed: at least 4 → at least 80 %",
            "mail satisfied_from changed: ∅ → 4",
            "mail credits changed: below 3: 5 % → below 70 %: 5 %",
        ]

    assert said(changed(tmp_path, target(old), target(new))) == wanted


@pytest.mark.parametrize(
    ("terms", "old", "new", "kind"),
    [
        (UP, "month", "week", "tightened"),
        (UP, "month", "quarter", "loosened"),
        (UP, "month", "rolling 30 days", "changed"),
        (UP, "rolling 30 days", "rolling 7 days", "tightened"),
        ("measure: outage count, source: outages, objective: at most 3", "month", "quarter", "tightened"),
        ("measure: sum, source: speed, objective: at least 3 ms", "month", "quarter", "loosened"),
        ("measure: longest outage, source: outages, objective: at most 3 h", "month", "quarter", "changed"),
        (f"{PEAK}, statistic: peak", "month", "quarter", "changed"),
    ],
)
def test_the_direction_of_the_period(tmp_path: Path, terms: str, old: str, new: str, kind: str) -> None:
    """A mean kept in each month is kept in the quarter; a total that may not be exceeded in three months is owed in one."""
    one, other = (agreement(targets=f"targets:\n  - {{id: mail, per: {per}, {terms}}}\n") for per in (old, new))

    assert said(changed(tmp_path, one, other)) == [f"mail per {kind}: {old} → {new}"]


@pytest.mark.parametrize(
    ("terms", "kind"),
    [
        (UP, "tightened"),
        (f"{SOLVED}, within: 4 h", "tightened"),
        ("measure: outage count, source: outages, objective: at most 3", "tightened"),
        ("measure: count, source: speed, objective: at least 3", "loosened"),
        ("measure: MTBF, source: outages, objective: at least 3 h", "changed"),
        (f"{SOLVED.replace('at least', 'at most')}, within: 4 h", "changed"),
        ("measure: satisfaction, source: scores, objective: at least 3", None),
    ],
)
def test_longer_hours_in_the_calendars_file(tmp_path: Path, terms: str, kind: str | None) -> None:
    """Calendars are compared, through every promise that is judged in them, and shown where the hours are written."""
    longer = {HOURS: FILES[HOURS].replace("17:00", "18:00")}

    changes = changed(tmp_path, target(terms), target(terms) | longer)

    expected = f"mail hours {kind}: office (mon-fri 08:00-17:00) → office (mon-fri 08:00-18:00)"
    assert said(changes) == ([expected] if kind else [])
    assert [(c.position.path, c.position.line) for c in changes] == [(HOURS, 3)] * len(changes)


def test_what_is_usual_may_be_said(tmp_path: Path) -> None:
    """A coverage of 90 % holds where none is written."""
    assert said(changed(tmp_path, target(UP), target(f"{UP}, minimum_coverage: 90 %"))) == []


def test_holidays_as_far_as_they_differ(tmp_path: Path) -> None:
    """Without a country only the days that are named; an exception opens a day."""
    old = {HOURS: FILES[HOURS] + "holidays: {also: [2026-12-24]}\n"}
    new = {HOURS: FILES[HOURS] + "holidays: {country: DE, except: [2027-01-01]}\n"}

    (change,) = changed(tmp_path, agreement() | old, agreement() | new)

    assert (change.old, change.new) == (
        "office (mon-fri 08:00-17:00; holidays 2026-12-24)",
        "office (mon-fri 08:00-17:00; holidays of DE except 2027-01-01)",
    )


def test_a_holiday_more_is_loosened(tmp_path: Path) -> None:
    """Holidays are shown as far as they tell the calendars apart."""
    new = {HOURS: FILES[HOURS] + "holidays: {country: DE, also: [2026-12-24]}\n"}

    assert said(changed(tmp_path, agreement(), agreement() | new)) == [
        "mail hours loosened: office (mon-fri 08:00-17:00; no holidays) → office (mon-fri 08:00-17:00; holidays of DE also 2026-12-24)"
    ]


def test_another_zone_moves_the_hours(tmp_path: Path) -> None:
    """Some hours came and some went, and the agreement's zone is another one too."""
    new = {HOURS: FILES[HOURS].replace("Berlin", "Lisbon")}

    assert said(changed(tmp_path, agreement(), agreement() | new)) == [
        "- time_zone changed: Europe/Berlin → Europe/Lisbon",
        "mail hours changed: office (mon-fri 08:00-17:00; Europe/Berlin) → office (mon-fri 08:00-17:00; Europe/Lisbon)",
    ]


def test_what_is_inherited_is_compared(tmp_path: Path) -> None:
    """A base's objective is a promise of each agreement that extends it; it stands where it is written."""
    base = HEAD.replace("E-mail for headquarters", "Corporate").replace("services: [email]\n", "") + TARGET + "---\n"
    heir = agreement("extends: corporate", targets="")

    changes = changed(tmp_path, heir | {CORPORATE: base}, heir | {CORPORATE: base.replace("99.5", "99.9")})

    assert [(c.agreement, c.target, str(c.kind), c.position.path) for c in changes] == [
        ("corporate", "mail", "tightened", CORPORATE),
        ("email-hq", "mail", "tightened", CORPORATE),
    ]


SECOND = """targets:
  - {id: mail, measure: availability, source: outages, objective: at least 99.5 %, per: month}
  - {id: mail, measure: availability, source: outages, objective: at least 99.9 %, per: month, from: 2027-01-01}
"""


def test_a_second_entry_is_a_change_from_its_day_on(tmp_path: Path) -> None:
    """Not a target more, but a promise that changes; what both entries leave as it is isn't said."""
    (change,) = changed(tmp_path, agreement(), agreement(targets=SECOND))

    assert said((change,)) == ["mail objective tightened: at least 99.5 % → at least 99.9 %"]
    assert (str(change.since), change.position.line) == ("2027-01-01", 13)


def test_an_entry_split_in_two_is_no_change(tmp_path: Path) -> None:
    """What holds on each day is compared, not how it is cut."""
    assert said(changed(tmp_path, agreement(), agreement(targets=SECOND.replace("99.9", "99.5")))) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", ", until: 2027-01-01", "mail until shortened: ∅ → 2027-01-01"),
        (", until: 2027-01-01", ", until: 2027-07-01", "mail until extended: 2027-01-01 → 2027-07-01"),
        (", from: 2026-06-01", ", from: 2026-03-01", "mail from extended: 2026-06-01 → 2026-03-01"),
        (", from: 2026-06-01", ", from: 2026-09-01", "mail from shortened: 2026-06-01 → 2026-09-01"),
    ],
)
def test_the_dates_of_a_target(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """A promise that holds longer is extended."""
    one, other = (agreement(targets=TARGET.replace("per: month", f"per: month{days}")) for days in (old, new))

    assert said(changed(tmp_path, one, other)) == [expected]


def test_targets_come_and_go(tmp_path: Path) -> None:
    """Each with what it promises, at its own line or where the targets stand."""
    other = "targets:\n  - {id: speed, measure: mean, source: speed, objective: at most 1 s, per: week}\n"

    changes = changed(tmp_path, agreement(), agreement(targets=other))

    assert said(changes) == [
        "mail target removed: availability, at least 99.5 % → ∅",
        "speed target added: ∅ → mean, at most 1 s",
    ]
    assert [c.position.line for c in changes] == [12, 12]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], ["until: 2027-01-01"], ["until shortened: ∅ → 2027-01-01"]),
        (["until: 2027-01-01"], ["until: 2028-01-01"], ["until extended: 2027-01-01 → 2028-01-01"]),
        (["until: 2027-01-01"], [], ["until extended: 2027-01-01 → ∅"]),
        ([], ["terminated: 2026-12-31"], ["terminated shortened: ∅ → 2026-12-31"]),
        (
            ["until: 2027-01-01"],
            ["until: 2027-01-01", "renewal: {kind: tacit, term: 12 months, notice: 60 days}"],
            ["renewal changed: ∅ → tacit, by 12 months, notice 60 days"],
        ),
        ([], ["sites: [hq]"], ["sites added: ∅ → hq"]),
        ([], ["time_zone: Europe/Lisbon"], ["time_zone changed: Europe/Berlin → Europe/Lisbon"]),
        ([], ["maintenance: {windows: night}"], ["maintenance loosened: ∅ → windows night"]),
        (["maintenance: {windows: night}"], [], ["maintenance tightened: windows night → ∅"]),
        (["maintenance: {}"], ["maintenance: {windows: night}"], ["maintenance.windows tightened: ∅ → night (sun 02:00-06:00)"]),
        (
            ["maintenance: {windows: night}"],
            ["maintenance: {windows: round-the-clock}"],
            ["maintenance.windows loosened: night (sun 02:00-06:00) → round the clock"],
        ),
        (["maintenance: {notice: 2 days}"], ["maintenance: {notice: 5 days}"], ["maintenance.notice tightened: 2 days → 5 days"]),
        (["maintenance: {notice: 2 days}"], ["maintenance: {notice: 24 h}"], ["maintenance.notice loosened: 2 days → 24 h"]),
        (["maintenance: {notice: 2 days}"], ["maintenance: {notice: 48 h}"], ["maintenance.notice changed: 2 days → 48 h"]),
        (["maintenance: {notice: 2 days}"], ["maintenance: {}"], ["maintenance.notice loosened: 2 days → ∅"]),
        (
            ["maintenance: {allowance: 4 h per month}"],
            ["maintenance: {allowance: 8 h per month}"],
            ["maintenance.allowance loosened: 4 h per month → 8 h per month"],
        ),
        (
            ["maintenance: {allowance: 4 h per month}"],
            ["maintenance: {allowance: 4 h per quarter}"],
            ["maintenance.allowance tightened: 4 h per month → 4 h per quarter"],
        ),
        (
            ["maintenance: {allowance: 4 h per month}"],
            ["maintenance: {allowance: 12 h per quarter}"],
            ["maintenance.allowance changed: 4 h per month → 12 h per quarter"],
        ),
        (
            ["maintenance: {}"],
            ["maintenance: {announcements: {source: outages, where: {system: mail}}}"],
            ["maintenance.announcements changed: ∅ → outages (system: mail)"],
        ),
        (
            [],
            ['exclusions: [{start: "2026-03-03T10:00+01:00", end: "2026-03-03T12:30+01:00", reason: Power cut, declared: 2026-03-03, approved_by: hq}]'],
            ["exclusions loosened: ∅ → 2026-03-03 10:00 to 12:30: Power cut"],
        ),
        (
            ['exclusions: [{start: "2026-03-03T10:00+01:00", end: "2026-03-04T12:30+01:00", reason: Power cut, declared: 2026-03-03, approved_by: hq}]'],
            [],
            ["exclusions tightened: 2026-03-03 10:00 to 2026-03-04 12:30: Power cut → ∅"],
        ),
        (
            ["responsibilities: {provider: [Answer], customer: [Ask]}"],
            ["responsibilities: {provider: [Answer, Listen], customer: [Ask, Wait]}"],
            ["responsibilities.provider tightened: ∅ → Listen", "responsibilities.customer changed: ∅ → Wait"],
        ),
        (
            ["responsibilities: {provider: [Answer]}"],
            ["responsibilities: {provider: [Answer soon]}"],
            ["responsibilities.provider changed: Answer → Answer soon"],
        ),
        (["review: {every: 12 months}"], ["review: {every: 6 months}"], ["review changed: every 12 months → every 6 months"]),
        ([], ["review: {every: 1 year}"], ["review changed: ∅ → every 1 year"]),
        (["review: {every: 1 year}"], [], ["review changed: every 1 year → ∅"]),
    ],
)  # fmt: skip
def test_what_belongs_to_the_whole_agreement(
    tmp_path: Path, old: list[str], new: list[str], expected: list[str]
) -> None:
    """Its target is null."""
    found = said(changed(tmp_path, agreement(*old), agreement(*new)))

    assert [each for each in found if "hours" not in each] == [f"- {each}" for each in expected]


def test_the_parties_and_services_of_an_agreement(tmp_path: Path) -> None:
    """Another provider is a change; a service more is added, one less removed."""
    head = HEAD.replace("services: [email]", "services: [network]").replace("type: sla", "type: ola")

    assert said(changed(tmp_path, agreement(), agreement(head=head))) == [
        "- type changed: sla → ola",
        "- services added: ∅ → network",
        "- services removed: email → ∅",
    ]


def test_what_a_target_speaks_of(tmp_path: Path) -> None:
    """More of the agreement's services than before is tightened."""
    head = HEAD.replace("[email]", "[email, network]")
    old = agreement(head=head, targets=TARGET.replace("per: month", "per: month, services: [email]"))

    assert said(changed(tmp_path, old, agreement(head=head))) == ["mail services tightened: email → email, network"]


def test_hours_that_no_target_takes(tmp_path: Path) -> None:
    """The agreement's own hours are told by its targets; where each has its own, by the agreement."""
    targets = TARGET.replace("per: month", "per: month, hours: round-the-clock")
    head = HEAD.replace("hours: office", "time_zone: Europe/Berlin\nhours: night")

    assert said(
        changed(tmp_path, agreement("time_zone: Europe/Berlin", targets=targets), agreement(head=head, targets=targets))
    ) == ["- hours changed: office (mon-fri 08:00-17:00) → night (sun 02:00-06:00)"]


def test_signatures(tmp_path: Path) -> None:
    """A signature counts once it has a date; one that goes is removed, another date is a change."""
    draft = HEAD.replace("{party: hq, role: Director, date: 2025-12-01}", "{party: hq, role: Director}")

    assert said(changed(tmp_path / "a", agreement(head=draft), agreement())) == [
        "- signatures signed: ∅ → hq, Director, 2025-12-01"
    ]
    assert said(changed(tmp_path / "b", agreement(), agreement(head=draft))) == [
        "- signatures removed: hq, Director, 2025-12-01 → ∅"
    ]
    other = HEAD.replace("Director, date: 2025-12-01", "Director, date: 2025-12-03")
    assert said(changed(tmp_path / "c", agreement(), agreement(head=other))) == [
        "- signatures changed: hq, Director, 2025-12-01 → hq, Director, 2025-12-03"
    ]


def test_an_agreement_that_begins_earlier(tmp_path: Path) -> None:
    """It holds longer; its targets are said to do so by the agreement alone."""
    assert said(
        changed(tmp_path, agreement(), agreement(head=HEAD.replace("from: 2026-01-01", "from: 2025-10-01")))
    ) == ["- from extended: 2026-01-01 → 2025-10-01"]


def test_an_exclusion_that_stays(tmp_path: Path) -> None:
    """It is known by its time, whatever is said of its reason."""
    one, two = (
        f'{{start: "2026-03-0{day}T10:00Z", end: "2026-03-0{day}T12:30Z", reason: Cut, declared: 2026-03-03, approved_by: hq}}'
        for day in (3, 4)
    )

    old, new = agreement(f"exclusions: [{one}]"), agreement(f"exclusions: [{one.replace('Cut', 'Power cut')}, {two}]")

    assert said(changed(tmp_path, old, new)) == ["- exclusions loosened: ∅ → 2026-03-04 11:00 to 13:30: Cut"]


def test_a_window_that_leaves_a_day_out(tmp_path: Path) -> None:
    """A calendar of maintenance is compared too; what lies ahead reaches back nowhere."""
    night = "content/calendars/night.yml"
    old = agreement("maintenance: {windows: night}")
    new = agreement("maintenance: {windows: night}", LISTED, head=VERSION_2) | {
        night: FILES[night] + "holidays: {also: [2027-01-03]}\n"
    }

    (change,) = changed(tmp_path / "a", old, new)

    assert (change.field, str(change.kind), change.position.path) == ("maintenance.windows", "tightened", night)
    assert problems(tmp_path / "b", old, new) == ()
    ours = agreement("maintenance: {windows: night}", LISTED, head=VERSION_2)
    assert [p.rule for p in problems(tmp_path / "c", agreement("maintenance: {}"), ours)] == [
        "lifecycle/backdated-amendment"
    ]


def test_prose_that_differs_far_behind(tmp_path: Path) -> None:
    """Very long prose is compared as a whole; what is shown then is how long it is. Without any there is nothing to show."""
    body = "word " * 3000
    old, new = ({AGREEMENT: agreement()[AGREEMENT] + text} for text in (body, body + "more"))

    assert said(changed(tmp_path / "a", old, new)) == ["- prose changed: 3000 words → 3001 words"]
    short = {AGREEMENT: agreement()[AGREEMENT] + "Call us."}
    assert said(changed(tmp_path / "b", agreement(), short)) == ["- prose changed: ∅ → Call us."]


def test_prose_is_shown_where_it_differs(tmp_path: Path) -> None:
    """It holds what the fields don't: objectives, terms, escalation."""
    body = "We answer calls within a minute. We tell you of maintenance by mail, five days ahead, and never on Mondays."
    old, new = ({AGREEMENT: agreement()[AGREEMENT] + text} for text in (body, body.replace("five", "two")))

    assert said(changed(tmp_path, old, new)) == [
        "- prose changed: … of maintenance by mail, five days ahead, and never … → … of maintenance by mail, two days ahead, and never …"
    ]


def test_agreements_come_and_go(tmp_path: Path) -> None:
    """An agreement that is added comes with its promises; one whose id is among another's aliases was renamed."""
    words = "E-mail for headquarters, sla between messaging and hq"

    assert said(changed(tmp_path / "a", {}, agreement())) == [
        f"- agreement added: ∅ → {words}",
        "mail target added: ∅ → availability, at least 99.5 %",
    ]
    assert said(changed(tmp_path / "b", agreement(), {})) == [f"- agreement removed: {words} → ∅"]
    renamed = {"content/agreements/mail-hq.md": agreement("aliases: [email-hq]")[AGREEMENT].replace("99.5", "99")}
    (change,) = changed(tmp_path / "c", agreement(), renamed)
    assert (change.agreement, str(change.kind)) == ("mail-hq", "loosened")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("stage: live", "stage: retiring", "stage changed: live → retiring"),
        ("owner: messaging", "", "owner changed: messaging → ∅"),
        ("price: {amount: 4.20, currency: EUR, per: mailbox}", "price: {amount: 4.50, currency: EUR, per: mailbox}", "price changed: 4.2 EUR per mailbox → 4.5 EUR per mailbox"),
        ("price: {amount: 4.20, currency: EUR}", "price: {amount: 4.2, currency: EUR}", None),
        ("hours: office", "hours: round-the-clock", "hours tightened: office (mon-fri 08:00-17:00) → round the clock"),
        ("", "hours: office", "hours changed: ∅ → office (mon-fri 08:00-17:00)"),
        ("users: [hq]", "", "users removed: hq → ∅"),
        ("", "users: [hq]", "users added: ∅ → hq"),
        ("capacity: {source: usage, limit: 100, unit: boxes}", "capacity: {source: usage, limit: 200, unit: boxes}", "capacity tightened: 100 boxes → 200 boxes"),
        ("capacity: {source: usage, limit: 100}", "", "capacity changed: 100 → ∅"),
        ("contacts: [{for: requests, at: 'tel:1'}]", "contacts: [{for: requests, at: 'tel:2', hours: office}]", "contacts changed: requests: tel:1 → requests: tel:2 (office)"),
        ("category: Work", "category: Play", None),
    ],
)  # fmt: skip
def test_services_are_compared(tmp_path: Path, old: str, new: str, expected: str | None) -> None:
    """What customers read of a service; agreement and target are null."""
    one, other = (
        {
            "content/services/network.md": f"---\ntitle: Network\n{'' if 'stage' in keys or 'stage' in old else 'stage: live'}\n{keys}\n---\n"
        }
        for keys in (old, new)
    )

    assert said(changed(tmp_path, one, other)) == ([] if expected is None else [f"service:network {expected}"])


def test_services_come_and_go(tmp_path: Path) -> None:
    """Added and removed, and with other prose."""
    new = {"content/services/phone.md": "---\ntitle: Phone\nstage: live\n---\n"}

    assert said(changed(tmp_path / "a", {}, new)) == ["service:phone service added: ∅ → Phone"]
    assert said(changed(tmp_path / "b", new, {})) == ["service:phone service removed: Phone → ∅"]
    other = {"content/services/email.md": FILES["content/services/email.md"].replace("for all", "for some")}
    assert said(changed(tmp_path / "c", {}, other)) == ["service:email prose changed: Mail for all. → Mail for some."]


VERSION_2 = HEAD.replace('version: "1"', 'version: "2"')
LISTED = 'revisions: [{version: "2", date: 2026-10-20, summary: More.}]'


def rules(found: tuple[Problem, ...]) -> list[str]:
    return [
        f"{p.position.path.rpartition('/')[2]}:{p.position.line} {p.rule.partition('/')[2]}: {p.message}" for p in found
    ]


def test_an_amendment_as_it_should_be(tmp_path: Path) -> None:
    """A new version with its entry, and a second entry that is still to come: nothing is wrong with it."""
    assert rules(problems(tmp_path, agreement(), agreement(LISTED, head=VERSION_2, targets=SECOND))) == []


def test_an_amendment_without_a_version(tmp_path: Path) -> None:
    """Terms in force need a new version and its entry; the problem stands at the promise, the version is related."""
    (problem,) = problems(tmp_path / "a", agreement(), agreement(targets=SECOND))
    assert rules((problem,)) == [
        "email-hq.md:13 unversioned-amendment: terms in force are amended (mail: objective), but the version is still 1"
    ]
    assert (problem.is_error, [place.line for place in problem.related]) == (False, [7])

    assert rules(problems(tmp_path / "b", agreement(), agreement(head=VERSION_2, targets=SECOND))) == [
        "email-hq.md:13 unversioned-amendment: terms in force are amended (mail: objective), but 'revisions' has no entry of the version 2"
    ]


def test_an_amendment_that_reaches_back(tmp_path: Path) -> None:
    """Changed in place it holds from the beginning; a second entry from a finished month too. The present month may be cut."""
    inplace = agreement(LISTED, head=VERSION_2, targets=TARGET.replace("99.5", "99.9"))
    assert rules(problems(tmp_path / "a", agreement(), inplace)) == [
        "email-hq.md:13 backdated-amendment: the change (mail: objective) reaches back to 2026-01-01, into finished periods"
    ]
    october = agreement(LISTED, head=VERSION_2, targets=SECOND.replace("2027-01-01", "2026-10-15"))
    assert rules(problems(tmp_path / "b", agreement(), october)) == [
        "email-hq.md:14 backdated-amendment: the change (mail: objective) reaches back to 2026-10-15, into finished periods"
    ]
    november = agreement(LISTED, head=VERSION_2, targets=SECOND.replace("2027-01-01", "2026-11-01"))
    assert rules(problems(tmp_path / "c", agreement(), november)) == []


def test_a_calendar_reaches_back_as_far_as_it_differs(tmp_path: Path) -> None:
    """A holiday to come changes nothing that is finished, one that is over does; it is said where the hours are named."""
    new = agreement(LISTED, head=VERSION_2)
    ahead, over = ({HOURS: FILES[HOURS] + f"holidays: {{also: [{day}]}}\n"} for day in ("2027-05-04", "2026-05-04"))

    assert rules(problems(tmp_path / "a", agreement(), new | ahead)) == []
    assert rules(problems(tmp_path / "b", agreement(), new | over)) == [
        "email-hq.md:9 backdated-amendment: the change (mail: hours) reaches back to 2026-05-04, into finished periods"
    ]


def test_what_is_inherited_is_amended_too(tmp_path: Path) -> None:
    """The agreement that takes the terms over needs its own version: said at `extends`."""
    base = (
        HEAD.replace("services: [email]\n", "").replace("role: Head, date: 2025-12-01", "role: Head") + TARGET + "---\n"
    )
    heir = agreement("extends: corporate", targets="")

    found = problems(tmp_path, heir | {CORPORATE: base}, heir | {CORPORATE: base.replace("99.5", "99.9")})

    assert [(p.position.path, p.position.line, p.related[0].path) for p in found] == [(AGREEMENT, 11, CORPORATE)] * 2


@pytest.mark.parametrize(
    "new",
    [
        agreement(head=HEAD.replace("date: 2025-12-01}]", "date: 2025-12-02}]")),
        agreement('exclusions: [{start: "2026-03-03T10:00Z", end: "2026-03-03T12:30Z", reason: Cut, declared: 2026-03-03, approved_by: hq}]'),
        agreement("terminated: 2026-12-31"),
        {AGREEMENT: agreement()[AGREEMENT] + "Prose.\n"},
    ],
)  # fmt: skip
def test_what_is_no_amendment(tmp_path: Path, new: dict[str, str]) -> None:
    """Signatures, exclusions, a termination to come and prose need no version."""
    assert rules(problems(tmp_path, agreement(), new)) == []


def test_drafts_are_amended_as_one_likes(tmp_path: Path) -> None:
    """Terms that both haven't signed bind nobody."""
    draft = HEAD.replace("{party: hq, role: Director, date: 2025-12-01}", "{party: hq, role: Director}")

    assert (
        rules(problems(tmp_path, agreement(head=draft), agreement(head=draft, targets=TARGET.replace("99.5", "99.9"))))
        == []
    )


def test_an_agreement_that_was_in_force_is_ended_not_taken_out(tmp_path: Path) -> None:
    """With its file its results would be gone; so they are with a termination in the past."""
    assert rules(problems(tmp_path / "a", agreement(), {})) == [
        "email-hq.md:1 backdated-amendment: an agreement that has been in force since 2026-01-01 is taken out, and with it the results of finished periods"
    ]
    assert rules(problems(tmp_path / "b", agreement(), agreement("terminated: 2026-05-01"))) == [
        "email-hq.md:11 backdated-amendment: the change (terminated) reaches back to 2026-05-01, into finished periods"
    ]


def test_rolling_windows_have_no_finished_periods_but_days(tmp_path: Path) -> None:
    """New terms may begin today."""
    rolling = SECOND.replace("per: month", "per: rolling 30 days")
    old = agreement(targets=TARGET.replace("per: month", "per: rolling 30 days"))
    today, before = (
        agreement(LISTED, head=VERSION_2, targets=rolling.replace("2027-01-01", day))
        for day in ("2026-11-01", "2026-10-31")
    )

    assert rules(problems(tmp_path / "a", old, today)) == []
    assert len(problems(tmp_path / "b", old, before)) == 1
