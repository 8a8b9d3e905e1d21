"""The network: lines between the ports, the spare mobile network, the speed of the island lines."""

from __future__ import annotations

from datetime import datetime, timedelta

from .chance import Chance
from .clock import END, LONDON, START, at, days, local, minutes, months, stamp, wall
from .files import Files, plain, table, zipped
from .story import MONITOR_OFF, NEW_CARRIER, TORRISLE_FIBRE, Down, down, storms

SPARE_SITES = ("hestay", "torrisle")
_KNOWN = (
    ("callan", down("2025-03-11 11:20", 200, "Digger cut the fibre on the quay")),
    ("callan", down("2026-05-19 08:10", 72, "Core switch failed, spare switch not configured")),
    ("head-office", down("2025-10-02 13:30", 25, "Power supply of a switch")),
    ("head-office", down("2026-01-27 07:45", 39, "Wrong configuration after an update")),
    ("head-office", down("2026-10-20 09:15", 58, "Switch in Quay House overheated")),
    ("skelm", down("2025-07-08 04:10", 310, "Mast without power")),
    ("torrisle", down("2025-12-09 06:30", 840, "Terminal closed, flooded by a spring tide")),
    ("hestay", down("2026-11-19 21:10", 445, "Radio link lost in a storm")),
)


def _flapping(site: str) -> list[Down]:
    """A radio link in its storms: down for some minutes, up for some, down again."""
    chance = Chance(f"line {site}")
    found = []
    for begin, end, strength in storms():
        if site == "torrisle" and begin >= TORRISLE_FIBRE:
            continue
        moment = begin + minutes(chance.between(5, 90))
        while moment < end:
            usual = 26 if moment < NEW_CARRIER else 19
            length = minutes(4 + chance.wait(usual * strength * (1.45 if site == "hestay" else 0.75)))
            if moment < local("2026-11-19 12:00"):
                found.append(Down(moment, moment + length, "Radio link lost in a storm"))
            moment += length + minutes(6 + chance.wait(38 / strength))
    return found


def line_outages() -> list[tuple[str, Down]]:
    """Site and outage, in order of time."""
    chance = Chance("line outages")
    found = list(_KNOWN)
    for site in ("hestay", "torrisle"):
        found += [(site, one) for one in _flapping(site)]
    for site, rate in (
        ("callan", 0.011),
        ("head-office", 0.009),
        ("hestay", 0.03),
        ("torrisle", 0.025),
        ("skelm", 0.02),
    ):
        for day in days():
            if chance.happens(rate):
                start = at(day, chance.whole(0, 23), chance.whole(0, 59))
                cause = chance.pick(
                    [("Line card restarted", 2), ("Carrier's fault, no cause given", 3), ("Short power cut", 2)]
                )
                length = chance.between(3, 22) if site in ("callan", "head-office") else 5 + chance.wait(38)
                found.append((site, Down(start, start + minutes(length), cause)))
    return sorted(found, key=lambda pair: (pair[1].start, pair[0]))


def _lines() -> Files:
    chance = Chance("line list")
    pattern = "%d/%m/%Y %H:%M"
    years: dict[str, list[tuple[object, ...]]] = {}
    for site, one in line_outages():
        row = (site, wall(one.start, pattern), wall(one.end, pattern), "confirmed", one.cause)
        years.setdefault(wall(one.start, "%Y"), []).append(row)
        if chance.happens(0.02):
            alarm = one.start + timedelta(hours=30)
            until = alarm + timedelta(minutes=12)
            row = (site, wall(alarm, pattern), wall(until, pattern), "false alarm", "Monitor was restarted")
            years[wall(one.start, "%Y")].append(row)
    return {
        f"line-outages/{year}.csv": plain(table("site down_at up_at status cause", rows))
        for year, rows in years.items()
    }


def _mobile() -> Files:
    chance = Chance("mobile")
    rows = []
    left = dict.fromkeys(SPARE_SITES, 0)
    moment = START
    stormy = storms()
    while moment < END:
        if not MONITOR_OFF[0] <= moment < MONITOR_OFF[1]:
            rough = any(begin <= moment < end for begin, end, _ in stormy)
            for site in SPARE_SITES:
                if left[site] == 0 and chance.happens(0.005 if rough else 0.0012):
                    left[site] = chance.whole(2, 5)
                single = chance.happens(0.006)
                rows.append((stamp(moment), site, "down" if left[site] or single else "up"))
                left[site] = max(0, left[site] - 1)
        moment += timedelta(hours=1)
    return {"mobile-probes/hourly.csv.gz": zipped(table("at site state", rows))}


def _speeds() -> Files:
    chance = Chance("speeds")
    rows = []
    for year, month in months():
        for day, site in ((6, "hestay"), (6, "torrisle"), (20, "hestay"), (20, "torrisle")):
            moment = datetime(year, month, day, 10, 15, tzinfo=LONDON)
            if moment >= END:
                continue
            speed = chance.around(58, 4) - (9 if month in (12, 1, 2) else 0)
            if site == "torrisle" and moment >= TORRISLE_FIBRE:
                speed = chance.around(480, 12)
            if (year, month, day, site) == (2026, 1, 20, "hestay"):
                speed = 33.4
            rows.append((stamp(moment), site, f"{speed:.1f}"))
    return {"line-speeds/measured.csv": plain(table("time site mbit_per_s", rows))}


def files() -> Files:
    """All files of the network."""
    return {**_lines(), **_mobile(), **_speeds()}
