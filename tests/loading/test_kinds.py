"""Services, parties, needs, improvements, calendars and sources: what each says, and what is unclear in it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from servicebook.model.measurement import Kind
from servicebook.model.service import ServiceType, Stage
from servicebook.timeline.zone import format_utc
from tests.loading.builders import CALENDAR, SOURCE, lines, read

HEAD = {
    "service": "---\ntitle: T\nstage: live\n",
    "party": "---\ntitle: T\ntype: customer\n",
    "need": "---\ntitle: T\ncustomer: hq\npriority: must\nstatus: open\n",
    "improvement": "---\ntitle: T\n",
    "calendar": CALENDAR,
    "source": SOURCE,
}
PATHS = {
    "service": "content/services/t.md",
    "party": "content/parties/t.md",
    "need": "content/needs/t.md",
    "improvement": "content/improvements/t.md",
    "calendar": "content/calendars/t.yml",
    "source": "data/metrics/t.yml",
}


def thing(root: Path, kind: str, keys: str) -> list[str]:
    """Problems of a thing with further keys, `column rule: message | hint`, the file and line left out."""
    text = HEAD[kind] + keys + "\n" + ("---\n" if HEAD[kind].startswith("---") else "")
    return [line.split(":", 2)[2] for line in lines(read(root, {PATHS[kind]: text}), hints=True)]


def test_a_service_with_all_its_words(tmp_path: Path) -> None:
    """Every key of a service."""
    loaded = read(
        tmp_path,
        {
            PATHS["service"]: HEAD["service"]
            + """\
summary: Mailboxes.
type: supporting
category: Collaboration
owner: messaging-team
users: [headquarters, branches]
hours: office-hours
depends_on: [identity, {any_of: [network, mobile-network]}]
contacts:
  - {for: requests, at: "https://desk.example/request", role: Desk}
  - {for: incidents, at: "mailto:desk@example.org", hours: office-hours}
  - {for: complaints, at: "tel:+49-30-0000"}
price: {amount: "4.20", currency: EUR, per: mailbox and month}
capacity: {source: mail-usage, limit: 12000, unit: mailboxes, warn_at: 80 %, where: {pool: mail}}
cost: {source: mail-ledger}
satisfaction: {source: survey, where: {service: email}, satisfied_from: 4}
audience: internal
aliases: [old-mail]
---
"""
        },
    )

    assert lines(loaded) == []
    found = loaded.catalogue.services["t"]
    assert (found.type, found.stage, found.category) == (ServiceType.SUPPORTING, Stage.LIVE, "Collaboration")
    assert [[r.id for r in d.alternatives] for d in found.depends_on] == [["identity"], ["network", "mobile-network"]]
    assert [(c.purpose, c.at, str(c.hours or ""), c.role) for c in found.contacts] == [
        ("requests", "https://desk.example/request", "", "Desk"),
        ("incidents", "mailto:desk@example.org", "office-hours", ""),
        ("complaints", "tel:+49-30-0000", "", ""),
    ]
    assert found.price is not None
    assert (found.price.amount, found.price.text, found.price.currency, found.price.per) == (
        Fraction("4.2"),
        "4.20",
        "EUR",
        "mailbox and month",
    )
    assert found.capacity is not None
    assert (found.capacity.limit, found.capacity.warn_at, found.capacity.unit) == (12000, Fraction(4, 5), "mailboxes")
    assert found.cost is not None
    assert str(found.cost.source) == "mail-ledger"
    assert found.satisfaction is not None
    assert (found.satisfaction.satisfied_from, str(found.satisfaction.where)) == (4, "service: email")
    assert (found.audience, found.aliases) == (("internal",), ("old-mail",))


def test_a_source_with_all_its_words(tmp_path: Path) -> None:
    """Every key of a source; times without an offset and bare dates are in its zone."""
    loaded = read(
        tmp_path,
        {
            "data/metrics/probes.yml": """\
title: Mail probes
records: probes
files: [mail/*.csv, old-mail/?.json]
format: csv
time_zone: Europe/Berlin
time_format: "%d/%m/%Y %H:%M"
clock_changes: later
columns: {time: [at, when], ok: {column: state, is: [up, 200]}, value: elapsed}
where: {app: [mail, web]}
missing: ["?", null, ""]
unit: ms
every: 60 s
tolerance: 2.5
from: 2024-01-01
complete_to: 2026-10-25T02:30
until: 2026-12-01T00:00Z
key: number
down_after: 5 samples
up_after: 3
"""
        },
    )

    assert lines(loaded) == []
    found = loaded.catalogue.sources["probes"]
    assert (found.records, found.files, found.format) == (Kind.PROBES, ("mail/*.csv", "old-mail/?.json"), "csv")
    assert [(name, c.names, c.accepted) for name, c in found.columns] == [
        ("ok", ("state",), ("up", "200")),
        ("time", ("at", "when"), None),
        ("value", ("elapsed",), None),
    ]
    assert (found.missing, found.unit, found.key) == (("?", "null", ""), "ms", "number")
    assert (found.every, found.tolerance, found.down_after, found.up_after) == (60_000_000, Fraction(5, 2), 5, 3)
    assert [format_utc(bound or 0) for bound in (found.from_, found.complete_to, found.until)] == [
        "2023-12-31T23:00:00Z",
        "2026-10-25T01:30:00Z",
        "2026-12-01T00:00:00Z",
    ]


def test_a_calendar_with_all_its_words(tmp_path: Path) -> None:
    """Several ranges a day, a range of days that wraps, a night shift, holidays; a day that isn't named is closed."""
    loaded = read(
        tmp_path,
        {
            PATHS["calendar"]: """\
title: Shop
time_zone: Asia/Kolkata
hours: {sun-tue: "07:00-12:00, 13:00-20:00", wed: [09:00-12:00, 22:00-06:00], thu: }
holidays: {country: NO, also: [2026-12-24], except: [2026-05-17]}
aliases: [old-shop]
"""
        },
    )

    assert lines(loaded) == []
    found = loaded.catalogue.calendars["t"]
    day = ((420, 720), (780, 1200))
    assert found.weekly == (day, day, ((540, 720), (1320, 1800)), (), (), (), day)
    assert found.hours_text == (
        ("sun-tue", "07:00-12:00, 13:00-20:00"),
        ("wed", "09:00-12:00, 22:00-06:00"),
        ("thu", ""),
    )
    assert found.holidays is not None
    assert (found.holidays.country, found.holidays.also, found.holidays.except_) == (
        "NO",
        frozenset({date(2026, 12, 24)}),
        frozenset({date(2026, 5, 17)}),
    )


def test_a_need_and_an_improvement(tmp_path: Path) -> None:
    """What a customer needs, and what is done about a promise."""
    loaded = read(
        tmp_path,
        {
            PATHS["need"]: HEAD["need"]
            + "requires: [{measure: percentile, percentile: 99.9, objective: at most 800 ms}, {measure: magic}]\nserved_by: [email]\n---\n",
            PATHS["improvement"]: HEAD["improvement"]
            + "for: [{agreement: email, target: availability}, {agreement: web}]\nowner: team\ndue: 2026-12-15\ndone:\n---\n",
        },
    )

    assert [problem.position.column for problem in loaded.problems] == [80, 90]
    (requirement,) = loaded.catalogue.needs["t"].requires
    assert (requirement.percentile, requirement.objective.text) == ("99.9", "at most 800 ms")
    assert [(str(t.agreement), str(t.target or "")) for t in loaded.catalogue.improvements["t"].targets] == [
        ("email", "availability"),
        ("web", ""),
    ]


UNSOUND = [
    (
        "service",
        "type: customer",
        "7 field/wrong-value: 'customer' isn't a value of 'type' | write customer-facing or supporting",
    ),
    (
        "service",
        "depends_on: [{any_of: [a]}]",
        "23 field/wrong-value: 'any_of' needs two services or more | a single one stands in the list by itself",
    ),
    (
        "service",
        "depends_on: [{anyof: [a, b]}]",
        "15 field/unknown-key: a dependency has no key 'anyof' | did you mean 'any_of'?",
    ),
    (
        "service",
        'contacts: [{for: x, at: "javascript:alert(1)"}]',
        "25 field/bad-address: an address with 'javascript:' isn't allowed | write https:, mailto: or tel:",
    ),
    (
        "service",
        "contacts: [{for: x, at: desk@example.org}]",
        "25 field/bad-address: 'desk@example.org' isn't an address | write 'mailto:desk@example.org'",
    ),
    (
        "service",
        "contacts: [{for: x, at: +49 30 0000}]",
        "25 field/bad-address: '+49 30 0000' isn't an address | write 'tel:+49-30-0000'",
    ),
    (
        "service",
        "contacts: [{for: x, at: the desk}]",
        "25 field/bad-address: 'the desk' isn't an address | write for example https://desk.example/request, mailto:desk@example.org or tel:+49-30-0000",
    ),
    ("service", "contacts: [{at: 'tel:1'}]", "12 field/missing-key: a contact: 'for' is missing | "),
    (
        "service",
        "price: {amount: 4, currency: Euro}",
        "30 field/wrong-value: 'Euro' isn't a currency | write its three letters, as in EUR",
    ),
    ("service", "price: {amount: -4, currency: EUR}", "17 field/out-of-range: a price below zero | "),
    ("service", "capacity: {source: s, limit: 0}", "30 field/out-of-range: a capacity has to be above zero | "),
    ("service", "capacity: {limit: 5}", "11 field/missing-key: the capacity: 'source' is missing | "),
    (
        "service",
        "satisfaction: {source: s, where: {a: []}}",
        "38 field/wrong-value: 'a' accepts nothing | name at least one text",
    ),
    (
        "service",
        "satisfaction: {source: s, where: {a: }}",
        "38 field/wrong-value: 'a' says no text | write the text; an empty one is \"\"",
    ),
    (
        "service",
        "cost: {source: s, satisfied_from: 4}",
        "19 field/unknown-key: 'cost' has no key 'satisfied_from' | known here: source, where",
    ),
    ("party", "sites: [{id: a}, {id: a}]", "23 field/duplicate-value: two sites 'a' | give each an id of its own"),
    ("party", "sites: [{title: A}]", "9 field/missing-key: a site: 'id' is missing | "),
    (
        "need",
        "reason: x\nrequires: [{measure: mean}]",
        "12 field/missing-key: a requirement: 'objective' is missing | ",
    ),
    ("improvement", "for: [{target: a}]", "7 field/missing-key: an entry of 'for': 'agreement' is missing | "),
    (
        "calendar",
        "holidays: {subdivision: BE}",
        "11 field/missing-key: 'holidays': 'country' is missing | a subdivision belongs to a country",
    ),
    (
        "calendar",
        "holidays: {country: XX}",
        "21 field/unknown-holidays: no public holidays are known for the country 'XX' | write ISO codes, as in `{country: DE, subdivision: BE}`",
    ),
    (
        "calendar",
        "holidays: {also: [2026-12-24], except: [2026-12-24]}",
        "41 field/contradiction: 2026-12-24 is in both 'also' and 'except' | take it out of one of them",
    ),
    (
        "calendar",
        "holidays: {also: [2026-12-24, 2026-12-24]}",
        "31 field/duplicate-value: 2026-12-24 comes twice in 'also' | keep it once",
    ),
    (
        "calendar",
        "holidays: {country: DE, subdivision: Berlin}",
        (
            "38 field/unknown-holidays: the country 'DE' has no subdivision 'Berlin': it has BB, BE, BW, BY, HB, HE, HH, MV, NI, NW, RP, SH, SL, SN, "
            "ST, TH, Augsburg | write ISO codes, as in `{country: DE, subdivision: BE}`"
        ),
    ),
    (
        "source",
        "columns: {planned: {column: maintenance}}\nmissing: n/a\ntime_format: unix ms\nrecord: x",
        "1 field/unknown-key: the source has no key 'record' | did you mean 'records'?",
    ),
    (
        "source",
        "columns: outages",
        "10 field/wrong-type: a row of outages is a single value; a mapping of keys to values is needed | write keys and values, as in `{announced: …}`",
    ),
    (
        "source",
        "records: uptime",
        "1 field/duplicate-key: 'records' comes twice | it is written in line 2 already: keep one of them",
    ),
    (
        "calendar",
        "holidays: {also: [2026-12-24], except: []}\ntime_zone: europe/berlin",
        "12 field/unknown-time-zone: no time zone 'europe/berlin' | did you mean 'Europe/Berlin'?",
    ),
    (
        "service",
        "satisfaction: survey\ncost: [a]",
        "7 field/wrong-type: 'cost' is a list; a mapping of keys to values is needed | write keys and values, as in `{source: …}`",
    ),
    ("calendar", "holidays: {also: [24.12.2026]}", "19 field/bad-date: '24.12.2026' isn't a date | write 2026-12-24"),
    ("source", "every: 60 s", "8 field/misplaced-key: outages have no 'every' | 'every' belongs to probes"),
    (
        "source",
        "format: upptime",
        "9 field/contradiction: the format upptime holds downtime, not outages | write `records: downtime`",
    ),
    (
        "source",
        "columns: {strat: began}",
        "11 field/unknown-key: a row of outages has no key 'strat' | did you mean 'start'?",
    ),
    (
        "source",
        "columns: {start: {column: a, is: [b]}}",
        "34 field/misplaced-key: 'start' isn't a yes or no | 'is' belongs to ok, good, planned",
    ),
    (
        "source",
        "columns: {planned: {is: [b]}}",
        "20 field/missing-key: the column of 'planned': 'column' is missing | ",
    ),
    (
        "source",
        "columns: {planned: {column: a, is: []}}",
        "36 field/wrong-value: 'is' accepts nothing | name the texts that mean yes",
    ),
    (
        "source",
        "from: 2026-01-01",
        "7 field/bad-time: '2026-01-01' is a date, and there is no time zone in which it begins | write '2026-01-01T00:00Z', or add `time_zone`",
    ),
    (
        "source",
        "from: 2026-01-02T00:00Z\nuntil: 2026-01-01T00:00Z",
        "8 field/contradiction: 'until' isn't after 'from' | check both times and their offsets",
    ),
    (
        "source",
        "time_format: HH:MM",
        "14 field/wrong-value: 'HH:MM' isn't a pattern of times | write for example \"%d/%m/%Y %H:%M\", `unix s` or `unix ms`",
    ),
    (
        "source",
        "time_format: '%Y %Q'",
        "14 field/wrong-value: '%Q' isn't a part of a time | write for example \"%d/%m/%Y %H:%M\", `unix s` or `unix ms`",
    ),
]


@pytest.mark.parametrize(("kind", "keys", "line"), UNSOUND, ids=range(len(UNSOUND)))
def test_a_thing_that_is_unclear(kind: str, keys: str, line: str, tmp_path: Path) -> None:
    """Column, rule, message and hint of each slip."""
    assert thing(tmp_path, kind, keys) == [line]


def test_a_declined_need_says_why(tmp_path: Path) -> None:
    """`status: declined` needs a reason."""
    text = HEAD["need"].replace("open", "declined") + "---\n"

    assert lines(read(tmp_path, {PATHS["need"]: text}), hints=True) == [
        "content/needs/t.md:1:1 field/missing-key: the need: 'reason' is missing | say why the need was declined"
    ]


@pytest.mark.parametrize("kind", PATHS)
def test_what_every_thing_must_have(kind: str, tmp_path: Path) -> None:
    """A file with nothing but aliases or notes is no thing; what is missing is named, and its id is remembered as broken."""
    text = "unit: x\n" if kind == "source" else "aliases: [old]\n"
    loaded = read(tmp_path, {PATHS[kind]: f"---\n{text}---\n" if PATHS[kind].endswith(".md") else text})

    assert {problem.rule for problem in loaded.problems} == {"field/missing-key"}
    assert loaded.broken == {(kind, "t")}


def test_probes_say_how_often(tmp_path: Path) -> None:
    """Without the cadence nobody knows for how long a sample speaks."""
    text = SOURCE.replace("outages", "probes") + "tolerance: 0.5\n"

    assert lines(read(tmp_path, {PATHS["source"]: text}), hints=True) == [
        "data/metrics/t.yml:1:1 field/missing-key: the source: 'every' is missing | say how often is probed, as in `every: 60 s`",
        "data/metrics/t.yml:4:12 field/out-of-range: '0.5' isn't 1 or more | a sample speaks for `every` × `tolerance` at most",
    ]


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("/etc/passwd", "'/etc/passwd' isn't below data/metrics"),
        ("~/x.csv", "'~/x.csv' isn't below data/metrics"),
        ("C:/x.csv", "'C:/x.csv' isn't below data/metrics"),
        ("https://x.example/a.csv", "'https://x.example/a.csv' isn't below data/metrics"),
        ("a/../../x.csv", "'a/../../x.csv' leads out of data/metrics"),
        ("**/x.csv", "'**/x.csv': '*' and '?' stay within one name"),
        ("a\\\\x.csv", "'a\\\\x.csv' holds a backslash"),
        ("a//x.csv", "'a//x.csv' holds an empty name or '.'"),
        ("./x.csv", "'./x.csv' holds an empty name or '.'"),
        ("a\\nb", "'a b' holds a line break or tab"),
        (" ", "an empty pattern"),
    ],
)
def test_metric_files_lie_below_data_metrics(pattern: str, reason: str, tmp_path: Path) -> None:
    """No absolute path, no `..`, no other machine, no `**`."""
    text = SOURCE.replace("mail/*.csv", f'"{pattern}"')
    reason = reason.replace("\\\\", "\\")

    assert lines(read(tmp_path, {PATHS["source"]: text})) == [f"data/metrics/t.yml:3:8 field/bad-path: {reason}"]


def test_a_source_without_files(tmp_path: Path) -> None:
    """An empty list of files is as good as none."""
    assert lines(read(tmp_path, {PATHS["source"]: SOURCE.replace("mail/*.csv", "[]")})) == [
        "data/metrics/t.yml:3:8 field/missing-key: the source: 'files' is empty"
    ]


HOURS = {
    "{mon-fri: 8-17}": "3:18 field/bad-hours: '8-17' isn't written like 08:00-17:00",
    '{monday: "08:00-17:00"}': "3:9 field/bad-hours: 'monday' is no day: write mon, tue, wed, thu, fri, sat or sun",
    '{mon-fri: "08:00-17:00", wed: "09:00-10:00"}': "3:33 field/duplicate-value: wed comes twice",
    "{}": "3:8 field/wrong-value: 'hours' names no day",
    "round-the-clock": "3:8 field/wrong-type: 'hours' names days and their hours",
    "{mon: {from: a}}": "3:14 field/wrong-type: the hours of a day is a mapping of keys to values; a single value is needed",
}


@pytest.mark.parametrize("hours", HOURS)
def test_hours_that_are_unclear(hours: str, tmp_path: Path) -> None:
    """Days and hours that can't be read, or are named twice."""
    text = f"title: T\n# hours\nhours: {hours}\n"

    assert lines(read(tmp_path, {PATHS["calendar"]: text})) == [f"{PATHS['calendar']}:{HOURS[hours]}"]
