"""A small catalogue in its own files, with records held in memory: what the pages in these tests are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

from servicebook.compliance.evaluate import evaluate
from servicebook.compliance.given import GivenRecords
from servicebook.compliance.service_time import work_ahead
from servicebook.compliance.terms import resolve
from servicebook.insight.backtest import backtest
from servicebook.insight.due import UNSIGNED
from servicebook.insight.lifecycle import statuses
from servicebook.loading import load
from servicebook.model.common import Where
from servicebook.model.measurement import (
    DailyRecord,
    Evidence,
    FileEvidence,
    FileReport,
    Outage,
    OutageList,
    ProbeRecord,
    Series,
    SourceReport,
    Ticket,
    TicketList,
)
from servicebook.rendering import Site
from servicebook.source import Position
from servicebook.timeline.interval import Intervals

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE


def at(text: str) -> int:
    """An instant from `2026-10-19T08:02Z`."""
    return int(datetime.fromisoformat(text).astimezone(UTC).timestamp()) * SECOND


AS_OF = at("2026-11-20T00:00+00:00")

FILES: Mapping[str, str] = {
    "content/services/email.md": """
        ---
        title: E-mail and calendar
        summary: Mailboxes, shared calendars and mobile access.
        stage: live
        category: Collaboration
        owner: messaging-team
        users: [headquarters]
        hours: service-hours
        depends_on: [network]
        contacts:
          - {for: requests, at: "https://desk.example/request"}
          - {for: incidents, at: "mailto:desk@example.org", hours: service-hours}
        price: {amount: "4.20", currency: EUR, per: mailbox and month}
        aliases: [mail]
        ---
        ## What it does for you
        You send and receive mail. The [agreement](../agreements/email-sla.md) says what is promised.
        """,
    "content/services/network.md": """
        ---
        title: Network
        type: supporting
        stage: live
        category: Infrastructure
        owner: network-team
        ---
        Lines between all sites.
        """,
    "content/services/archive.md": """
        ---
        title: Archive
        summary: Keeps what has to be kept.
        stage: planned
        category: Collaboration
        ---
        """,
    "content/parties/headquarters.md": """
        ---
        title: Headquarters
        type: customer
        sites: [{id: hq, title: Head office}]
        contacts: [{for: escalation, at: "mailto:board@example.org", role: Director of Operations}]
        ---
        """,
    "content/parties/messaging-team.md": """
        ---
        title: Messaging team
        type: provider
        ---
        """,
    "content/parties/network-team.md": """
        ---
        title: Network team
        type: provider
        ---
        """,
    "content/calendars/service-hours.yml": """
        title: Service hours
        time_zone: Europe/Berlin
        hours: {mon-fri: "07:00-12:00, 13:00-20:00", sat: "09:00-24:00"}
        holidays: {country: DE, subdivision: BE, also: [2026-12-24]}
        """,
    "content/agreements/email-sla.md": """
        ---
        title: E-mail for headquarters
        type: sla
        basis: customer
        provider: messaging-team
        customer: headquarters
        services: [email]
        sites: [hq]
        version: "2.1"
        from: 2026-01-01
        until: 2027-01-01
        time_zone: Europe/Berlin
        review: {every: 6 months, last: 2026-07-02}
        renewal: {kind: tacit, term: 12 months, notice: 60 days}
        signatures:
          - {party: messaging-team, role: Head of Messaging, date: 2025-12-11}
          - {party: headquarters, role: Director of Operations, date: 2025-12-15}
        responsibilities:
          provider: [Announce maintenance five working days ahead]
          customer: [Report incidents through the service desk]
        underpinned_by: [network-ola]
        maintenance: {notice: 5 days, allowance: 4 h per month}
        exclusions:
          - {start: "2026-12-03T10:00+01:00", end: "2026-12-03T12:30+01:00", reason: Power cut, declared: 2026-11-03, approved_by: headquarters}
        targets:
          - id: availability
            title: Mail is usable
            why: Orders reach us by mail.
            measure: availability
            source: mail-outages
            objective: at least 99.9 %
            per: month
            credits: [{below: 99.9 %, credit: 10 %}, {below: 99 %, credit: 25 %}]
          - id: urgent
            title: Urgent incidents are solved
            measure: share within
            of: resolution
            within: 4 h
            hours: service-hours
            source: tickets
            where: {priority: 1}
            objective: at least 90 %
            per: quarter
        revisions:
          - {version: "2.1", date: 2026-10-01, summary: Credits added.}
        ---
        ## Escalation
        To the head of messaging first.
        """,
    "content/agreements/network-ola.md": """
        ---
        title: Network for messaging
        type: ola
        provider: network-team
        customer: messaging-team
        services: [network]
        version: "1"
        from: 2026-01-01
        time_zone: UTC
        signatures:
          - {party: network-team, date: 2025-12-01}
          - {party: messaging-team, date: 2025-12-01}
        targets:
          - {id: reachable, measure: availability, source: network-outages, objective: at least 99.5 %, per: month}
        ---
        """,
    "content/agreements/archive-sla.md": """
        ---
        title: Archive for headquarters
        type: sla
        provider: messaging-team
        customer: headquarters
        services: [archive]
        version: "0.1"
        from: 2027-02-01
        time_zone: UTC
        negotiation:
          - {step: Needs confirmed, due: 2026-10-01, done: 2026-10-05}
          - {step: Levels confirmed, due: 2026-11-10}
          - {step: Signed, due: 2026-12-15}
        signatures:
          - {party: messaging-team, role: Head of Messaging, date: 2026-11-02}
          - {party: headquarters, role: Director of Operations}
        targets:
          - {id: availability, measure: availability, source: mail-outages, objective: at least 99 %, per: month}
        ---
        """,
    "content/needs/slow-lines.md": """
        ---
        title: Field staff read mail on slow lines
        customer: headquarters
        priority: must
        requires: [{measure: availability, objective: at least 99.5 %}]
        served_by: [email]
        status: open
        ---
        """,
    "content/needs/archive-at-hand.md": """
        ---
        title: The archive at hand
        customer: headquarters
        priority: should
        requires: [{measure: availability, objective: at least 98 %}, {measure: longest outage, objective: at most 4 h}]
        served_by: [archive]
        status: open
        ---
        """,
    "content/improvements/second-line.md": """
        ---
        title: Second line for the head office
        for: [{agreement: email-sla, target: availability}]
        owner: network-team
        due: 2026-12-15
        ---
        Ordered in September.
        """,
    "data/metrics/mail-outages.yml": """
        title: Mail outages
        records: outages
        files: mail-outages/*.csv
        complete_to: 2026-11-20T00:00Z
        """,
    "data/metrics/network-outages.yml": """
        title: Network outages
        records: outages
        files: network-outages/*.csv
        complete_to: 2026-11-20T00:00Z
        """,
    "data/metrics/tickets.yml": """
        title: Tickets
        records: tickets
        files: tickets/*.csv
        """,
}

_ROW = Position("data/metrics/mail-outages/2026.csv", 2, 1)


def _outage(start: str, minutes: int, announced: str | None = None) -> Outage:
    return Outage(
        start=at(start),
        end=at(start) + minutes * MINUTE,
        planned=announced is not None,
        announced=at(announced) if announced is not None else None,
        origin=_ROW,
    )


def _ticket(opened: str, hours: int) -> Ticket:
    return Ticket(opened=at(opened), responded=None, resolved=at(opened) + hours * HOUR, origin=_ROW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Records of each source by its id."""

    as_of: int
    of: Mapping[str, GivenRecords]

    def outages(self, source: str, where: Where, *, announcements: bool = False) -> OutageList:
        return self.of[source].outages(source, where, announcements=announcements)

    def probes(
        self, source: str, where: Where, *, down_after: int | None = None, up_after: int | None = None
    ) -> ProbeRecord:
        return self.of[source].probes(source, where, down_after=down_after, up_after=up_after)

    def downtime(self, source: str, where: Where) -> DailyRecord:
        return self.of[source].downtime(source, where)

    def tickets(self, source: str, where: Where) -> TicketList:
        return self.of[source].tickets(source, where)

    def series(self, source: str, where: Where) -> Series:
        return self.of[source].series(source, where)

    def evidence(self, source: str, where: Where) -> Evidence:
        file = FileEvidence(path=f"data/metrics/{source}/2026.csv", sha256="9f2c" * 16, rows=4)
        return Evidence(files=(file,), data_until=AS_OF)


def records() -> Sources:
    """Ten quiet months; in October mail is down for 75 minutes and maintained for 40; work is announced for December."""
    year = Intervals([(at("2025-12-31T00:00Z"), AS_OF)])
    mail = GivenRecords(
        as_of=AS_OF,
        vouched=year,
        outage_rows=(
            _outage("2026-03-10T10:00Z", 12),
            _outage("2026-10-11T00:00Z", 40, announced="2026-10-01T08:00Z"),
            _outage("2026-10-19T08:02Z", 55),
            _outage("2026-10-25T15:40Z", 20),
            _outage("2026-11-04T09:00Z", 9),
            Outage(
                start=at("2026-12-05T22:00Z"),
                end=None,
                planned_end=at("2026-12-06T00:30Z"),
                planned=True,
                announced=at("2026-11-15T08:00Z"),
                origin=_ROW,
            ),
        ),
    )
    network = GivenRecords(as_of=AS_OF, vouched=Intervals([(at("2026-02-01T00:00Z"), AS_OF)]))
    tickets = GivenRecords(
        as_of=AS_OF,
        vouched=year,
        ticket_rows=(
            *(_ticket(f"2026-{month:02}-{day:02}T08:00Z", 2) for month in range(2, 11) for day in (3, 12, 24)),
            _ticket("2026-08-05T08:00Z", 30),
        ),
    )
    return Sources(as_of=AS_OF, of={"mail-outages": mail, "network-outages": network, "tickets": tickets})


def write(root: Path, files: Mapping[str, str]) -> Path:
    """Lay a catalogue's files below a folder."""
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(dedent(text).lstrip(), encoding="utf-8")
    return root


def site_of(root: Path, *, with_results: bool = True, language: str = "en", welcome: str = "") -> Site:
    """Load the catalogue below a folder and work everything out from the records above."""
    loaded = load(root)
    assert not [problem for problem in loaded.problems if problem.is_error]
    catalogue = loaded.catalogue
    terms = {agreement.id: resolve(catalogue, agreement) for agreement in catalogue.agreements.values()}
    results = evaluate(catalogue, terms.values(), records()).results if with_results else ()
    states = statuses(terms, AS_OF)
    drafts = [name for name, status in states.items() if with_results and status.state in UNSIGNED]
    return Site(
        catalogue=catalogue,
        as_of=AS_OF,
        name="Harbour services",
        language=language,
        terms=terms,
        statuses=states,
        results=results,
        reports={source: _report(source) for source in catalogue.sources} if with_results else {},
        problems=loaded.problems,
        backtests={name: backtest(catalogue, terms[name], records()) for name in drafts},
        planned={name: work_ahead(catalogue, each, records()) for name, each in terms.items() if with_results},
        revision="4f0c2d1",
        welcome=welcome,
        welcome_path="content/index.md" if welcome else None,
    )


def _report(source: str) -> SourceReport:
    file = FileReport(path=f"data/metrics/{source}/2026.csv", sha256="9f2c" * 16, size=412, rows=4)
    start = at("2026-01-01T00:00Z")
    return SourceReport(
        source=source,
        files=(file,),
        rows=4,
        kept=4,
        first=start,
        last=at("2026-11-18T08:00Z"),
        vouched=Intervals([(start, AS_OF)]) if source != "tickets" else Intervals(),
        columns=("start", "end"),
        problem_counts=(),
    )
