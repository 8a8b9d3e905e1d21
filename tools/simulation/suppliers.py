"""What suppliers publish themselves: status pages of the host and the card processor, and the monitor of the boards."""

from __future__ import annotations

import json
from datetime import timedelta

from .chance import Chance
from .clock import LONDON, at, days, local, minutes, stamp
from .files import Files, json_list, plain
from .story import PAYMENT_FAILURES, REGION_OUTAGE, Down, down, storms

_HOST_GRAVE = (
    ("critical", REGION_OUTAGE),
    ("major", down("2025-09-23 14:20", 70, "Firewall rule blocks traffic")),
    ("major", down("2025-05-28 22:15", 18, "Network of region North unstable")),
    ("major", down("2026-08-19 05:10", 31, "Storage of region North slow to answer")),
)


def _status_page() -> Files:
    chance = Chance("status page")
    found: list[tuple[str, str, Down]] = [(impact, "Region North", one) for impact, one in _HOST_GRAVE]
    titles = [
        ("Control panel slow", 3),
        ("Elevated error rate", 3),
        ("Delayed backups", 2),
        ("Billing page unavailable", 1),
    ]
    for day in days(end=local("2026-11-18 00:00")):
        if chance.happens(0.06):
            start = at(day, chance.whole(0, 23), chance.whole(0, 59))
            one = Down(start, start + minutes(12 + chance.wait(60)), chance.pick(titles))
            region = chance.pick([("Region North", 2), ("Region South", 3), ("Control panel", 2)])
            impact = (
                "major"
                if region == "Region South" and chance.happens(0.2)
                else chance.pick([("minor", 4), ("none", 1)])
            )
            found.append((impact, region, one))
    incidents = []
    for number, (impact, region, one) in enumerate(sorted(found, key=lambda item: item[2].start), 1):
        posted = one.start + timedelta(minutes=7)
        incidents.append(
            {
                "id": f"nl{number:04}",
                "name": one.cause,
                "status": "resolved",
                "impact": impact,
                "started_at": stamp(one.start) if impact in ("major", "critical") else None,
                "created_at": stamp(posted if posted < one.end else one.start),
                "resolved_at": stamp(one.end),
                "components": [{"id": region.lower().replace(" ", "-"), "name": region}],
            }
        )
    page = {"id": "northlight", "name": "Northlight Hosting", "time_zone": "Etc/UTC"}
    text = (
        json.dumps({"page": page}, ensure_ascii=False)[:-1]
        + ', "incidents": '
        + json_list(incidents).rstrip("\n")
        + "}\n"
    )
    return {"hosting-incidents/incidents.json": plain(text)}


def _payment_pages() -> Files:
    chance = Chance("payment pages")
    found = [("down", one) for one in PAYMENT_FAILURES]
    notices = [("Statements delayed", 2), ("Refunds take longer than usual", 2), ("Merchant portal slow", 3)]
    for day in days(end=local("2026-11-18 00:00")):
        if chance.happens(0.017):
            start = at(day, chance.whole(7, 20), chance.whole(0, 59))
            found.append(
                (
                    chance.pick([("disrupted", 2), ("notice", 1)]),
                    Down(start, start + minutes(20 + chance.wait(90)), chance.pick(notices)),
                )
            )
    files: Files = {}
    for severity, one in sorted(found, key=lambda item: item[1].start):
        affected = "Card payments" if severity == "down" else "Merchant portal"
        begin, end = (moment.strftime("%Y-%m-%d %H:%M:%S") for moment in (one.start, one.end))
        slug = one.cause.lower().replace(" ", "-").replace(",", "")
        files[f"payment-status/{begin[:10]}-{slug}.md"] = plain(
            f"---\ntitle: {one.cause}\ndate: {begin}\nresolved: true\nresolvedWhen: {end}\nseverity: {severity}\n"
            f"affected:\n  - {affected}\nsection: issue\n---\n\n*Resolved* - {one.cause}. We are sorry for the trouble.\n"
        )
    return files


def _boards() -> Files:
    """Minutes that the departure boards and the public timetable were down, by day."""
    chance = Chance("boards")
    stormy = {begin.astimezone(LONDON).date() for begin, _, strength in storms() if strength > 0.45}
    known = {
        "2025-03-11": 205, "2025-06-16": 61, "2026-01-09": 395, "2026-01-10": 180, "2026-02-11": 335, "2026-07-31": 74,
    }  # fmt: skip
    summary = []
    for slug, name, rate in (
        ("departure-boards", "Departure boards", 0.11),
        ("public-timetable", "Public timetable", 0.05),
    ):
        lost: dict[str, int] = dict(known) if slug == "departure-boards" else {"2026-02-11": 340}
        for day in days():
            if chance.happens(0.6 if day in stormy and slug == "departure-boards" else rate):
                lost.setdefault(day.isoformat(), round(3 + chance.wait(34 if day in stormy else 13)))
        summary.append(
            {
                "name": name,
                "url": f"https://{slug}.farrowsound.example",
                "slug": slug,
                "status": "up",
                "dailyMinutesDown": dict(sorted(lost.items())),
            }
        )
    return {"boards-monitor/summary.json": plain(json.dumps(summary, indent=2, ensure_ascii=False) + "\n")}


def files() -> Files:
    """All files of suppliers and of the boards' monitor."""
    return {**_status_page(), **_payment_pages(), **_boards()}
