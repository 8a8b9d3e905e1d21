"""Servers, disks, mail and sign-in: failures, planned work, use and cost."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta

from .chance import Chance
from .clock import LONDON, START, at, days, first_sundays, local, minutes, months, stamp
from .files import Files, columnar, json_list, plain, table, zipped
from .story import MORE_DISKS, REGION_OUTAGE, Down, down

_KNOWN: tuple[tuple[tuple[str, ...], Down], ...] = (
    (("hosting", "manifests", "files", "mail"), REGION_OUTAGE),
    (("hosting",), down("2025-09-23 14:20", 70, "Northlight changed a firewall rule by mistake")),
    (("files",), down("2025-11-17 09:05", 105, "Shared disks full: nothing could be saved")),
    (("files",), down("2025-11-25 08:40", 190, "Shared disks full again")),
    (("mail",), down("2025-02-06 08:15", 260, "Mail queue stuck after an update")),
    (("mail",), down("2026-03-14 08:00", 205, "Mail move took longer than the weekend")),
    (("mail",), down("2026-06-09 10:30", 66, "Spam wave filled the queue", 60)),
    (("mail",), down("2026-08-25 13:10", 58, "Certificate of the mail server expired")),
    (("manifests",), down("2025-08-20 21:30", 340, "Harbour authority changed its interface without notice")),
    (("manifests",), down("2026-04-14 18:05", 75, "Manifest numbers ran out")),
)
_SMALL = {"hosting": 0.011, "manifests": 0.02, "files": 0.016, "mail": 0.017}


def _failures() -> list[tuple[tuple[str, ...], Down]]:
    chance = Chance("platform failures")
    found = list(_KNOWN)
    for system, rate in _SMALL.items():
        for day in days(end=local("2026-11-19 00:00")):
            if chance.happens(rate):
                start = at(day, chance.whole(5, 22), chance.whole(0, 59))
                length = chance.between(3, 11) if system == "hosting" else chance.between(6, 34)
                cause = chance.pick([("Server restarted", 2), ("Memory exhausted", 1), ("A change was rolled back", 2)])
                found.append(((system,), Down(start, start + minutes(length), cause)))
    return sorted(found, key=lambda pair: (pair[1].start, pair[0]))


def _incidents() -> Files:
    records = []
    for number, (systems, one) in enumerate(_failures(), 1):
        record: dict[str, object] = {
            "number": number,
            "systems": list(systems),
            "start": stamp(one.start),
            "end": stamp(one.end),
        }
        if one.share != 100:
            record["impact"] = one.share / 100
        records.append({**record, "cause": one.cause})
    return {"platform-incidents/incidents.json": plain(json_list(records))}


def _planned() -> Files:
    """Third-Sunday work on sign-in and mail; two dates lie ahead."""
    chance = Chance("planned work")
    records = []
    nights = [day + timedelta(days=14) for day in first_sundays()]
    for day in [*nights, date(2026, 11, 29), date(2026, 12, 6)]:
        if day == date(2026, 11, 15):
            continue
        start = at(day, 23, 30)
        records.append(
            {
                "title": chance.pick(
                    [("Security updates", 3), ("New release of the sign-in page", 1), ("Database moved", 1)]
                ),
                "systems": chance.pick([(["sign-in"], 2), (["mail"], 2), (["sign-in", "mail"], 1)]),
                "begins": stamp(start),
                "ends": stamp(start + timedelta(minutes=chance.whole(3, 7) * 15)),
                "announced": stamp(at(day - timedelta(days=chance.whole(10, 16)), 11, 0)),
            }
        )
    return {"planned-work/announced.json": plain(json_list(records))}


def _sign_in() -> Files:
    chance = Chance("sign-in")
    known = {date(2025, 5, 6): (95, 100), date(2026, 2, 11): (300, 100), date(2026, 10, 13): (96, 100)}
    rows = []
    for day in days():
        lost, share = known.get(
            day, (chance.whole(2, 19), chance.pick([(100, 2), (40, 1)])) if chance.happens(0.045) else (0, 100)
        )
        rows.append((day.strftime("%d.%m.%Y"), lost, f"{share} %"))
    return {"sign-in-downtime/daily.csv": plain(table("day minutes_down users_hit", rows))}


def _storage() -> Files:
    chance = Chance("storage")
    rows = []
    used = 31200.0
    for day in days():
        capacity = 60000 if at(day, 0) >= MORE_DISKS else 40000
        used += chance.around(24, 30)
        if day.month == 1 and day.day == 20:
            used -= 2600
        rows.append((day.isoformat(), "shared", round(used), capacity))
        rows.append((day.isoformat(), "archive", round(8100 + (at(day, 0) - START).days * 2.4), 15000))
        used = min(used, capacity * 0.991)
    types = {"day": "DATE", "pool": "VARCHAR", "used_gb": "INTEGER", "capacity_gb": "INTEGER"}
    return {"storage-usage/daily.parquet": columnar(table("day pool used_gb capacity_gb", rows), types)}


def _mailboxes() -> Files:
    chance = Chance("mailboxes")
    rows, used = [], 742
    for day in days():
        if day.weekday() == 0:
            used += chance.pick([(-2, 1), (0, 2), (1, 3), (2, 2), (3, 1)])
            season = 46 if day.month in (6, 7, 8) else 0
            rows.append((day.isoformat(), used + season))
    return {"mailboxes/weekly.csv": plain(table("counted mailboxes", rows))}


def _load() -> Files:
    """Processor load of the hosted servers, every six hours, as a share of what is bought."""
    chance = Chance("load")
    rows = []
    for day in days():
        for hour in (1, 7, 13, 19):
            busy = {1: 22, 7: 41, 13: 58, 19: 44}[hour] * (1.25 if day.month in (7, 8) else 1.0)
            rows.append((stamp(at(day, hour)), f"{min(99.0, max(8.0, chance.around(busy, 6))):.1f}", 100))
    return {"host-load/readings.csv.gz": zipped(table("time used capacity", rows))}


def _backups() -> Files:
    chance = Chance("backups")
    bad = {(2025, 8): 2, (2025, 9): 2, (2025, 11): 6, (2025, 12): 3}
    nights, drills = [], [(stamp(local("2024-11-06 09:30")), "files", 92)]
    for year, month in months():
        if (year, month) < (2026, 11):
            nights.append(
                {"month": f"{year}-{month:02}", "failed": bad.get((year, month), chance.pick([(0, 6), (1, 3)]))}
            )
        if (year, month) not in {(2025, 7), (2025, 8)}:
            held = datetime(year, month, 10 + chance.whole(0, 8), 9, 30, tzinfo=LONDON)
            held += timedelta(days=2 if held.isoweekday() > 5 else 0)
            drills.append(
                (stamp(held), chance.pick([("mail", 1), ("files", 1), ("booking", 1)]), round(chance.around(64, 16)))
            )
    return {
        "failed-backups/by-month.ndjson": plain("".join(_line(night) for night in nights)),
        "restore-drills/held.csv": plain(table("time system minutes", drills)),
    }


def _line(record: dict[str, object]) -> str:
    return f'{{"month": "{record["month"]}", "failed": {record["failed"]}}}\n'


def _ledger() -> Files:
    chance = Chance("ledger")
    rows: list[tuple[object, ...]] = []
    for year, month in months():
        if (year, month) == (2026, 11):
            continue
        last = f"{year}-{month:02}-{calendar.monthrange(year, month)[1]}"
        summer = 1.16 if month in (7, 8) else 1.0
        disks = 3100 if (year, month) == (2025, 12) else 0
        for line, budget, usual in (
            ("servers", 6200, 5850),
            ("disks", 1500, 1420),
            ("licences", 2400, 2390),
            ("people", 9800, 9700),
        ):
            actual = usual * chance.around(1, 0.02) * (summer if line == "servers" else 1) + (
                disks if line == "disks" else 0
            )
            rows.append((last, line, budget, f"{actual:.2f}", "GBP"))
        rows.append(
            (last, "payment fees", "", f"{chance.around(880, 60) * (1.5 if month in (6, 7, 8) else 1):.2f}", "EUR")
        )
        rows.append((last, "payment fees", 1000 if month not in (6, 7, 8) else 1400, "", "EUR"))
    return {"platform-ledger/entries.csv": plain(table("booked line budget actual currency", rows))}


def files() -> Files:
    """All files of the platform."""
    return {
        **_incidents(), **_planned(), **_sign_in(), **_storage(), **_mailboxes(), **_load(), **_backups(), **_ledger()
    }  # fmt: skip
