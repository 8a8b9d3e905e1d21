"""Freight, telephones and the crews' pilot."""

from __future__ import annotations

from datetime import timedelta

from .chance import Chance
from .clock import LONDON, at, days, local, minutes, stamp, wall
from .files import Files, plain, table, zipped


def _transfers() -> Files:
    """Seconds until the harbour authority has confirmed a cargo list."""
    chance = Chance("transfers")
    years: dict[str, list[tuple[object, ...]]] = {}
    for day in days(start=local("2025-03-28 00:00")):
        if day.weekday() in (4, 5):
            continue
        for minute in sorted({chance.whole(0, 719) for _ in range(chance.whole(4, 7))}):
            moment = at(day, 16) + timedelta(minutes=minute)
            seconds = 5 + chance.wait(9)
            if day.isoformat()[:7] == "2025-08" and day.day >= 20:
                seconds += chance.between(10, 35)
            if chance.happens(0.0016):
                seconds += chance.between(180, 420)
            years.setdefault(str(day.year), []).append((wall(moment, "%Y-%m-%d %H:%M:%S"), f"{seconds:.1f}"))
    return {f"cargo-transfers/{year}.csv": plain(table("sent seconds", rows)) for year, rows in years.items()}


def _boards_delay() -> Files:
    """Seconds from a change of the timetable until the boards show it."""
    chance = Chance("boards delay")
    rows = []
    for day in days():
        faulty = day.isoformat()[:7] == "2026-01" and day.day < 22
        for minute in sorted({chance.whole(0, 1079) for _ in range(chance.whole(6, 10))}):
            moment = at(day, 5) + timedelta(minutes=minute)
            busy = day.weekday() == 0 and moment.astimezone(LONDON).hour < 9
            seconds = 6 + chance.wait(30 if faulty else 24 if busy else 14)
            rows.append((int(moment.timestamp() * 1000), f"{seconds:.1f}"))
    return {"boards-delay/changes.csv.gz": zipped(table("changed_at seconds", rows))}


def _calls() -> Files:
    """A sample of telephone calls; the old exchange stopped exporting them in September 2026."""
    chance = Chance("calls")
    rows = []
    for day in days(end=local("2026-09-15 00:00")):
        bad = 0.006 if at(day, 12) < local("2026-01-01 00:00") else 0.027
        for minute in sorted({chance.whole(0, 599) for _ in range(chance.whole(3, 12) if day.weekday() < 5 else 2)}):
            moment = at(day, 8) + timedelta(minutes=minute)
            rows.append((stamp(moment), "failed" if chance.happens(bad) else "connected"))
    return {"phone-calls/sample.csv.gz": zipped(table("dialled outcome", rows))}


def _crew_app() -> Files:
    chance = Chance("crew app")
    rows = []
    for day in days(start=local("2026-06-01 00:00")):
        if chance.happens(0.1):
            start = at(day, chance.whole(4, 22), chance.whole(0, 59))
            end = start + minutes(8 + chance.wait(70 if day.month < 8 else 28))
            rows.append(
                (
                    stamp(start),
                    stamp(end),
                    chance.pick([("App crashed", 2), ("No roster shown", 2), ("Sign-in failed", 1)]),
                )
            )
    return {"crew-app/outages.csv": plain(table("start end cause", rows))}


def files() -> Files:
    """All files of freight, telephones and the pilot."""
    return {**_transfers(), **_boards_delay(), **_calls(), **_crew_app()}
