"""Booking: its outages, the monitor that looks at it every ten minutes, and whether bookings are completed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from .chance import Chance
from .clock import END, LONDON, START, at, days, first_sundays, local, minutes, stamp, wall
from .files import Files, columnar, json_lines, plain, table
from .story import MONITOR_OFF, NEW_SEARCH, PAYMENT_FAILURES, REGION_OUTAGE, RELEASE_WEEK, Down, down

_KNOWN = (
    *RELEASE_WEEK,
    Down(REGION_OUTAGE.start, REGION_OUTAGE.end, REGION_OUTAGE.cause),
    down("2024-12-27 10:02", 41, "More bookings than ever on the first day after Christmas"),
    down("2025-10-21 11:15", 24, "Expired certificate on one of two web servers", 50),
    down("2026-07-31 15:20", 90, "Overload on the Friday of the fair", 40),
    down("2026-08-14 16:35", 28, "Overload on a Friday in August", 40),
    down("2026-11-03 18:05", 65, "Winter timetable loaded twice"),
    down("2026-11-12 07:50", 45, "A change to the fares made the search fail"),
)
_SMALL = (
    "Web server restarted by its own watchdog",
    "Search index rebuilt after a fault",
    "A change was rolled back",
    "Slow disk on the database server",
    "Session store full",
)


def outages() -> list[Down]:
    """Everything that failed unplanned, in order of time."""
    chance = Chance("booking outages")
    small = []
    for day in days(end=local("2026-11-01 00:00")):
        if chance.happens(0.026) and not date(2025, 6, 14) <= day <= date(2025, 6, 22):
            start = at(day, chance.whole(6, 21), chance.whole(0, 59))
            small.append(Down(start, start + minutes(chance.between(6, 32)), chance.pick([(c, 1) for c in _SMALL])))
    return sorted([*_KNOWN, *small], key=lambda one: one.start)


def planned() -> list[tuple[datetime, datetime, datetime]]:
    """Planned work on the first Sunday night of each month: when announced, beginning, end."""
    chance = Chance("booking planned")
    found = []
    for day in first_sundays():
        start = at(day, 23, 30)
        length, ahead = chance.whole(4, 8) * 15, chance.whole(7, 12)
        if (day.year, day.month) == (2025, 3):
            ahead = 2
        if (day.year, day.month) == (2025, 10):
            length = 380
        if (day.year, day.month) == (2026, 9):
            start, length = at(day, 23, 0), 330
        announced = at(day - timedelta(days=ahead), 10, chance.whole(0, 59))
        found.append((announced, start, start + timedelta(minutes=length)))
    return found


def _lists() -> Files:
    rows: list[tuple[datetime, list[object]]] = []
    chance = Chance("booking list")
    for one in outages():
        written, other = ("-", wall(one.end)) if chance.happens(0.15) else (wall(one.end), "")
        rows.append((one.start, [wall(one.start), written, other, "incident", "", f"{one.share} %", one.cause]))
    for announced, start, end in planned():
        rows.append((start, [wall(start), wall(end), "", "maintenance", wall(announced), "100 %", "Monthly update"]))
    slip = local("2025-05-13 14:05")
    rows.append(
        (slip, [wall(slip), wall(slip - timedelta(days=30)), "", "incident", "", "100 %", "Session store full"])
    )
    rows.sort(key=lambda row: row[0])
    files: dict[str, list[list[object]]] = {}
    for number, (start, cells) in enumerate(rows, 1001):
        year = files.setdefault(wall(start, "%Y"), [])
        year.append([f"B-{number}", *cells])
        if start == local("2026-08-14 16:35"):
            year.append(year[-1])
    header = "number began ended closed kind announced_at share cause"
    return {f"booking-outages/{year}.csv": plain(table(header, cells)) for year, cells in files.items()}


def _probes() -> Files:
    chance = Chance("booking probes")
    failures, work = outages(), planned()
    halves: dict[str, list[tuple[object, ...]]] = {}
    moment = START
    while moment < END:
        if not MONITOR_OFF[0] <= moment < MONITOR_OFF[1]:
            failed = next((one for one in failures if one.covers(moment)), None)
            if any(start <= moment < end for _, start, end in work):
                status: int = 503
            elif (failed is not None and chance.happens(failed.share / 100)) or chance.happens(0.0004):
                status = chance.pick([(502, 1), (504, 2), (503, 1)])
            else:
                status = chance.pick([(200, 60), (302, 1)])
            elapsed = _elapsed(chance, moment) if status in (200, 302) else None
            half = f"{moment.year}-{'first' if moment.month < 7 else 'second'}"
            halves.setdefault(half, []).append((moment.strftime("%Y-%m-%d %H:%M:%S"), status, elapsed))
        moment += timedelta(minutes=10)
    types = {"checked_at": "TIMESTAMP", "status": "SMALLINT", "elapsed_ms": "SMALLINT"}
    return {
        f"booking-probes/{half}-half.parquet": columnar(table("checked_at status elapsed_ms", rows), types)
        for half, rows in halves.items()
    }


def _elapsed(chance: Chance, moment: datetime) -> int:
    """Milliseconds of a search: slow on Monday mornings, slower in summer, faster since the new search."""
    here = moment.astimezone(LONDON)
    typical = 390.0 if moment >= NEW_SEARCH else 520.0
    if 7 <= here.hour < 23:
        typical *= 1.2
    if here.weekday() == 0 and 7 <= here.hour < 10:
        typical *= 1.9
    if here.month in (6, 7, 8):
        typical *= 1.12 if here.year == 2025 else 1.2
    if here.month == 7 and here.weekday() >= 4:
        typical *= 1.15
    return round(typical * chance.between(0.75, 1.1) + chance.wait(typical * 0.24))


def _checkouts() -> Files:
    chance = Chance("booking checkouts")
    failures = outages()
    years: dict[str, list[dict[str, object]]] = {}
    for day in days():
        for hour, weight in ((0, 0.1), (6, 0.9), (12, 1.3), (18, 0.8)):
            begin, end = at(day, hour), at(day, hour) + timedelta(hours=6)
            season = {6: 1.4, 7: 1.9, 8: 1.9, 9: 1.2, 12: 1.1}.get(day.month, 0.8)
            lost = max((_overlap(one, begin, end) for one in failures), default=0.0)
            refused = max((_overlap(one, begin, end) for one in PAYMENT_FAILURES), default=0.0)
            for channel, usual, misses in (("web", 230, 0.017), ("counter", 70, 0.004)):
                started = max(3, round(chance.around(usual * weight * season, usual * weight * 0.12)))
                bad = misses + chance.between(0, 0.006) + lost * 0.9 + refused * 0.8
                completed = sum(not chance.happens(bad) for _ in range(started))
                record = {"from": stamp(begin), "channel": channel, "started": started, "completed": completed}
                years.setdefault(str(day.year), []).append(record)
    return {f"booking-checkouts/{year}.ndjson": plain(json_lines(records)) for year, records in years.items()}


def _overlap(one: Down, begin: datetime, end: datetime) -> float:
    """Which share of the time from `begin` to `end` was lost."""
    common = min(one.end, end) - max(one.start, begin)
    return max(0.0, common / (end - begin)) * one.share / 100


def files() -> Files:
    """All files of the booking service."""
    return {**_lists(), **_probes(), **_checkouts()}
