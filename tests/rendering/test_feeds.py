"""The calendars that calendar programs subscribe to, read back with the library."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from icalendar import Calendar

from servicebook.rendering import Output, Site, render
from servicebook.rendering.feeds import host

from .catalogue import FILES, at, site_of, write


def calendar(output: Output, url: str = "calendar.ics") -> Calendar:
    return Calendar.from_ical(next(asset.content for asset in output.assets if asset.url == url))


def events(output: Output, url: str = "calendar.ics") -> dict[str, tuple[date, str]]:
    """First day and summary by UID, its host left out."""
    return {
        str(event["UID"]).partition("@")[0]: (event.start, str(event["SUMMARY"]))
        for event in calendar(output, url).events
    }


def test_everything_with_a_day_is_in_it(output: Output) -> None:
    """Reviews, notice days, ends, renewals, steps, improvements all day long; maintenance from hour to hour, in UTC."""
    found = events(output)

    assert found == {
        "begin.email-sla": (date(2026, 1, 1), "Begins: E-mail for headquarters"),
        "begin.network-ola": (date(2026, 1, 1), "Begins: Network for messaging"),
        "step.archive-sla.needs-confirmed": (
            date(2026, 10, 1),
            "Negotiation step: Needs confirmed: Archive for headquarters",
        ),
        "notice.email-sla": (date(2026, 11, 2), "Last day to give notice: E-mail for headquarters"),
        "step.archive-sla.levels-confirmed": (
            date(2026, 11, 10),
            "Negotiation step: Levels confirmed: Archive for headquarters",
        ),
        "maintenance.email-sla.20261205T220000Z": (
            datetime(2026, 12, 5, 22, tzinfo=UTC),
            "Announced maintenance: E-mail for headquarters",
        ),
        "improvement.second-line": (date(2026, 12, 15), "Improvement: Second line for the head office"),
        "step.archive-sla.signed": (date(2026, 12, 15), "Negotiation step: Signed: Archive for headquarters"),
        "renewal.email-sla": (date(2027, 1, 1), "Renews by itself for 12 months: E-mail for headquarters"),
        "review.email-sla": (date(2027, 1, 2), "Review: E-mail for headquarters"),
        "signatures.archive-sla": (
            date(2027, 2, 1),
            "Is to begin, and isn't signed by both sides: Archive for headquarters",
        ),
    }


def test_each_agreement_and_party_has_its_own(output: Output) -> None:
    """A party's has the agreements of which it is a side, and the improvements that it owns."""
    assert set(events(output, "agreements/archive-sla/calendar.ics")) == {
        "step.archive-sla.needs-confirmed",
        "step.archive-sla.levels-confirmed",
        "step.archive-sla.signed",
        "signatures.archive-sla",
    }
    assert "improvement.second-line" in events(output, "agreements/email-sla/calendar.ics")
    assert set(events(output, "parties/network-team/calendar.ics")) == {"begin.network-ola", "improvement.second-line"}
    assert set(events(output, "parties/headquarters/calendar.ics")) < set(events(output))


def test_a_calendar_program_takes_it(output: Output) -> None:
    """What RFC 5545 asks of every calendar and event; lines of at most 75 octets, ended by CR and LF."""
    for asset in output.assets:
        if not asset.url.endswith("calendar.ics"):
            continue
        read = Calendar.from_ical(asset.content)
        assert read["VERSION"] == "2.0"
        assert read["PRODID"]
        assert read.subcomponents
        assert all(len(line) <= 75 for line in asset.content.split(b"\r\n"))
        assert b"\n" not in asset.content.replace(b"\r\n", b"")
        uids = [str(event["UID"]) for event in read.events]
        assert len(uids) == len(set(uids))
        for event in read.events:
            assert event.stamp == datetime(2026, 11, 20, tzinfo=UTC)
            assert event.start < event.end
            assert event.errors == []


def test_ids_stay_when_time_goes_on_and_days_move(site: Site, output: Output, tmp_path: Path) -> None:
    """A later build and a review that was put off give the same events, with another stamp or day."""
    later = render(replace(site, as_of=at("2026-11-25T06:00Z")))
    text = FILES["content/agreements/email-sla.md"].replace("last: 2026-07-02", "last: 2026-08-03")
    moved = render(site_of(write(tmp_path, {**FILES, "content/agreements/email-sla.md": text})))

    assert set(events(output)) == set(events(later)) == set(events(moved))
    assert events(moved)["review.email-sla"][0] == date(2027, 2, 3)


def test_a_catalogue_without_dates_has_a_calendar_all_the_same(tmp_path: Path) -> None:
    """With a time zone, for a calendar without any component would be none."""
    output = render(site_of(write(tmp_path, {"content/services/email.md": "---\ntitle: E-mail\nstage: live\n---\n"})))

    assert events(output) == {}
    assert [part.name for part in calendar(output).subcomponents] == ["VTIMEZONE"]


def test_a_done_step_says_when(output: Output) -> None:
    said = {str(e["UID"]).partition("@")[0]: str(e["DESCRIPTION"]) for e in calendar(output).events}

    assert (
        said["step.archive-sla.needs-confirmed"]
        == "Done on 5\u00a0October 2026. Seen to by Messaging team. With Headquarters."
    )
    assert said["step.archive-sla.levels-confirmed"].startswith("Overdue.")
    assert said["improvement.second-line"] == "Seen to by Network team."


def test_ids_tell_catalogues_apart() -> None:
    assert host("Harbour services, Ltd.") == "harbour-services-ltd"
    assert host("Порт") == "servicebook"
