"""Agreements: their own keys, exclusions, maintenance, examples."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from servicebook.loading import Loaded
from servicebook.model.agreement import Agreement, AgreementType, Allowance, Basis, Notice
from servicebook.model.common import Span
from servicebook.timeline.period import Per
from servicebook.timeline.zone import format_utc
from tests.loading.builders import AGREEMENT, lines, read

HQ = "content/agreements/email-hq.md"
HOUR = 3_600_000_000


def agreement(root: Path, keys: str) -> Loaded:
    """An agreement with further keys from line 8 on."""
    return read(root, {HQ: f"{AGREEMENT}{keys}---\nProse.\n"})


def only(loaded: Loaded) -> Agreement:
    """The agreement of a catalogue that is in order."""
    assert lines(loaded) == []
    return loaded.catalogue.agreements["email-hq"]


def test_an_agreement_with_all_its_words(tmp_path: Path) -> None:
    """Every key that an agreement has, and where it goes."""
    found = only(
        agreement(
            tmp_path,
            """\
summary: Mail for the head office.
basis: customer
extends: corporate-sla
services: [email]
sites: [hq]
until: 2027-01-01
terminated:
time_zone: Europe/Berlin
hours: service-hours
review: {every: 6 months, last: 2026-07-02}
renewal: {kind: tacit, term: 12 months, notice: 60 days}
negotiation:
  - {step: Requirements confirmed, due: 2025-10-01, done: 2025-10-03}
  - {step: Signed, due: 2025-12-15, done: }
signatures:
  - {party: messaging-team, role: Head of Messaging, date: 2025-12-11}
  - {party: headquarters, name: A. Person, date: ~}
responsibilities:
  provider: [Announce maintenance, Report]
  customer: Report incidents
underpinned_by: [network-ola]
maintenance:
  windows: sunday-night
  notice: 5 days
  allowance: 4 h per month
  announcements: {source: planned-work, where: {system: mail}}
revisions:
  - {version: 2.10, date: 2026-04-01, summary: Speed target added.}
examples:
  - given: [{outage: ["2026-06-03T10:00+02:00", "2026-06-03T10:45+02:00"]}]
    expect: {target: availability, period: 2026-06, verdict: breached, credit: 10 %}
aliases: [mail-hq]
audience: [headquarters]
""",
        )
    )

    assert (found.type, found.basis, found.version, found.from_) == (
        AgreementType.SLA,
        Basis.CUSTOMER,
        "2.10",
        date(2026, 1, 1),
    )
    assert (found.until, found.terminated, found.time_zone) == (date(2027, 1, 1), None, "Europe/Berlin")
    assert (str(found.extends), str(found.hours), str(found.services[0]), str(found.sites[0])) == (
        "corporate-sla",
        "service-hours",
        "email",
        "hq",
    )
    assert found.review is not None
    assert (found.review.every, found.review.last) == (Span(months=6, text="6 months"), date(2026, 7, 2))
    assert found.renewal is not None
    assert (found.renewal.kind, found.renewal.term, found.renewal.notice) == (
        "tacit",
        Span(months=12, text="12 months"),
        Span(days=60, text="60 days"),
    )
    assert [(s.step, s.done) for s in found.negotiation] == [
        ("Requirements confirmed", date(2025, 10, 3)),
        ("Signed", None),
    ]
    assert [(str(s.party), s.role, s.name, s.date) for s in found.signatures] == [
        ("messaging-team", "Head of Messaging", "", date(2025, 12, 11)),
        ("headquarters", "", "A. Person", None),
    ]
    assert found.provider_responsibilities == ("Announce maintenance", "Report")
    assert found.customer_responsibilities == ("Report incidents",)
    assert found.maintenance is not None
    assert found.maintenance.notice == Notice(days=5, text="5 days")
    assert found.maintenance.allowance == Allowance(microseconds=4 * HOUR, per=Per.MONTH, text="4 h per month")
    assert found.maintenance.announcements is not None
    assert str(found.maintenance.announcements.where) == "system: mail"
    assert [(r.version, r.summary) for r in found.revisions] == [("2.10", "Speed target added.")]
    (example,) = found.examples
    assert example.given == (("outage", ["2026-06-03T10:00+02:00", "2026-06-03T10:45+02:00"]),)
    assert (example.target, example.expect) == ("availability", (("verdict", "breached"), ("credit", "10 %")))
    assert (example.position.line, example.places.of("expect").line) == (37, 38)
    assert (found.body, found.aliases, found.audience) == ("Prose.\n", ("mail-hq",), ("headquarters",))


def test_what_an_agreement_must_have(tmp_path: Path) -> None:
    """Each missing key is a line at the file's first; without them there is no agreement, but its targets are read."""
    loaded = read(tmp_path, {HQ: "---\ntitle: E-mail\ntargets: [{id: a, objective: 5}]\n---\n"})

    assert lines(loaded) == [
        f"{HQ}:1:1 field/missing-key: the agreement: 'customer' is missing",
        f"{HQ}:1:1 field/missing-key: the agreement: 'from' is missing",
        f"{HQ}:1:1 field/missing-key: the agreement: 'provider' is missing",
        f"{HQ}:1:1 field/missing-key: the agreement: 'type' is missing",
        f"{HQ}:1:1 field/missing-key: the agreement: 'version' is missing",
        f"{HQ}:3:11 field/missing-key: the target 'a': 'measure' is missing",
        f"{HQ}:3:11 field/missing-key: the target 'a': 'per' is missing",
        f"{HQ}:3:30 field/no-comparison: '5' doesn't say on which side of the level a figure has to be",
    ]
    assert loaded.broken == {("agreement", "email-hq"), ("target", "email-hq/a")}


EXCLUSION = "reason: Power cut, declared: 2026-03-03, approved_by: headquarters"


@pytest.mark.parametrize(
    ("zone", "start", "utc"),
    [
        ("", "2026-03-03T10:00+01:00", "2026-03-03T09:00:00Z"),
        ("time_zone: Europe/Berlin\n", "2026-03-03T10:00", "2026-03-03T09:00:00Z"),
        ("time_zone: Europe/Berlin\n", "2026-03-03T10:00Z", "2026-03-03T10:00:00Z"),
    ],
)
def test_an_exclusion_has_its_own_offset_or_the_agreements_zone(
    zone: str, start: str, utc: str, tmp_path: Path
) -> None:
    """A time without an offset is local to the agreement."""
    keys = f"{zone}exclusions:\n  - {{start: '{start}', end: '2026-03-04T00:00Z', {EXCLUSION}}}\n"

    (exclusion,) = only(agreement(tmp_path, keys)).exclusions

    assert (format_utc(exclusion.start), exclusion.reason, str(exclusion.approved_by)) == (
        utc,
        "Power cut",
        "headquarters",
    )


BAD_EXCLUSIONS = {
    "{start: '→2026-03-03T10:00', end: '2026-03-03T12:30Z', "
    + EXCLUSION
    + "}": "field/bad-time: '2026-03-03T10:00' says neither an offset nor is there a time zone",
    "{start: '2026-03-03T10:00Z', end: →'2026-03-03T10:00Z', "
    + EXCLUSION
    + "}": "exclusion/no-length: the exclusion doesn't end after it starts",
    "→{start: '2026-03-03T10:00Z', " + EXCLUSION + "}": "field/missing-key: the exclusion: 'end' is missing",
    "→{start: '2026-03-03T10:00Z', end: '2026-03-03T12:30Z', declared: 2026-03-03, approved_by: headquarters}": "field/missing-key: the exclusion: "
    "'reason' is missing",
    "→{start: '2026-03-03T10:00Z', end: '2026-03-03T12:30Z', reason: Power cut, declared: 2026-03-03}": "field/missing-key: the exclusion: "
    "'approved_by' is missing",
}


@pytest.mark.parametrize("item", BAD_EXCLUSIONS)
def test_an_exclusion_needs_all_five(item: str, tmp_path: Path) -> None:
    """Time that is left out has a start, an end, a reason, a day on which it was declared and somebody who agreed."""
    line = f"  - {item}".replace("'→", "→'")
    column = line.index("→") + 1

    assert lines(agreement(tmp_path, f"exclusions:\n{line.replace('→', '')}\n")) == [
        f"{HQ}:9:{column} {BAD_EXCLUSIONS[item]}"
    ]


UNSOUND = {
    "type: customer": "8:1 field/duplicate-key: 'type' comes twice",
    "until: 2026-01-01": "8:8 lifecycle/no-length: the agreement ends on 2026-01-01, which isn't after 2026-01-01",
    "time_zone: Europe/Berln": "8:12 field/unknown-time-zone: no time zone 'Europe/Berln'",
    "time_zone: ../../etc/passwd": "8:12 field/unknown-time-zone: no time zone '../../etc/passwd'",
    "review: {last: 2026-01-01}": "8:9 field/missing-key: the review: 'every' is missing",
    "review: {every: 60 h}": "8:17 field/wrong-value: '60 h' is no length in days, weeks, months or years",
    "renewal: {kind: tacit}": "8:10 field/missing-key: the renewal: 'term' is missing",
    "renewal: {kind: automatic, term: 12 months}": "8:17 field/wrong-value: 'automatic' isn't a value of 'kind'",
    "negotiation: [{due: 2026-01-01}]": "8:15 field/missing-key: a step of the negotiation: 'step' is missing",
    "signatures: [{role: Head}]": "8:14 field/missing-key: a signature: 'party' is missing",
    "revisions: [{version: 1, date: 2026-01-01}]": "8:13 field/missing-key: a revision: 'summary' is missing",
    'version: ""': "8:1 field/duplicate-key: 'version' comes twice",
    "responsibilities: [a]": "8:19 field/wrong-type: 'responsibilities' is a list; a mapping of keys to values is needed",
    "maintenance: sunday-night": "8:14 field/wrong-type: the maintenance is a single value; a mapping of keys to values is needed",
    "maintenance: {announcements: {where: {a: b}}}": "8:30 field/missing-key: 'announcements': 'source' is missing",
    "maintenance: {announcements: [a]}": "8:30 field/wrong-type: 'announcements' is a list; a mapping of keys to values is needed",
    "maintenance: {allowance: 4 h}": "8:26 field/wrong-value: '4 h' doesn't say for which period",
    "aliases: [Old Name]": "8:11 field/bad-id: 'Old Name' isn't a well-formed id: small letters, digits and single hyphens",
    "audience: costumers": "8:11 field/wrong-value: 'costumers' isn't an audience",
    "targets: {id: a}": "8:10 field/wrong-type: 'targets' is a mapping of keys to values; a list is needed",
    "targets: [a]": "8:11 field/wrong-type: the target is a single value; a mapping of keys to values is needed",
    "examples: [{given: [{outage: [a, b]}]}]": "8:12 field/missing-key: an example: 'expect' is missing",
    "examples: [{given: [{outage: [a, b]}], expect: {period: 2026-06, verdict: met}}]": "8:48 field/missing-key: 'expect': 'target' is missing",
    "examples: [{given: [{outage: [a, b]}], expect: {period: 2026-06, target: a}}]": "8:48 field/missing-key: 'expect': 'verdict' is missing",
    "examples: [{given: x, expect: {period: 2026-06, target: a, verdict: met}}]": "8:20 field/wrong-type: 'given' is a list of records",
    "examples: [{given: [x], expect: {period: 2026-06, target: a, verdict: met}}]": "8:21 field/wrong-type: a record is one kind with its columns",
    "examples: [{given: [{outages: [a, b]}], expect: {period: 2026-06, target: a, verdict: met}}]": "8:22 field/unknown-key: no kind of record "
    "'outages'",
    "examples: [{given: [{outage: [a]}], expect: {period: 2026-06, target: a, verdict: met}}]": "8:30 field/wrong-type: the columns of 'outage' are "
    "missing",
    "examples: [{given: [{ticket: [a, b]}], expect: {period: 2026-06, target: a, verdict: met}}]": "8:30 field/wrong-type: the columns of 'ticket' are "
    "missing",
    "examples: [{expect: {period: 2026-06, target: a, verdict: met}}]": "8:12 field/missing-key: an example: 'given' is missing",
}


@pytest.mark.parametrize("keys", UNSOUND)
def test_an_agreement_that_is_unclear(keys: str, tmp_path: Path) -> None:
    """A line for each, and the rest of the agreement stays."""
    loaded = agreement(tmp_path, keys + "\n")

    assert lines(loaded) == [f"{HQ}:{UNSOUND[keys]}"]
    assert list(loaded.catalogue.agreements) == ["email-hq"]


def test_an_empty_list_of_records_is_an_example_too(tmp_path: Path) -> None:
    """Nothing happened: what is the verdict then? Records of other kinds are plain texts, lists and mappings."""
    keys = (
        "examples:\n"
        "  - {given: [], expect: {target: a, period: 2026-06, verdict: met}}\n"
        "  - {given: [{sample: {value: 240, tags: [x, {y: z}]}}], expect: {target: a, period: 2026-06, value: 240}}\n"
    )

    first, second = only(agreement(tmp_path, keys)).examples

    assert first.given == ()
    assert second.given == (("sample", {"value": "240", "tags": ["x", {"y": "z"}]}),)
