"""The service desk: its tickets, the changes to cargo lists, and what people think of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from .chance import Chance
from .clock import END, LONDON, after_work, at, days, local, opening, stamp, wall
from .files import Files, json_list, plain, table, zipped
from .story import MAIL_MOVE

_SERVICES = (
    ("email", 22),
    ("file-storage", 16),
    ("booking", 20),
    ("desk-phones", 9),
    ("identity", 18),
    ("freight-manifest", 8),
)
_CUSTOMERS = (("passenger-services", 38), ("head-office", 30), ("freight", 18), ("fleet", 14))
_PRIORITIES = (("1", 3.4), ("2", 15), ("3", 57), ("4", 25))
_ANSWER = {"1": 6, "2": 11, "3": 15, "4": 24}
"""Mean working minutes until somebody answers."""
_WORK = {"1": 62, "2": 220, "3": 480, "4": 900}
"""Mean working minutes of the part of the solution that varies."""


def _backlog(day: date) -> float:
    """How much longer everything takes: people are on holiday, or too much comes at once."""
    if date(2024, 12, 20) <= day <= date(2025, 1, 12):
        return 2.4
    if date(2025, 12, 19) <= day <= date(2026, 1, 14):
        return 2.9
    if day.month in (7, 8):
        return 1.12
    if MAIL_MOVE.date() <= day <= date(2026, 4, 10):
        return 1.9
    return 1.0


def _arrivals(chance: Chance, day: date) -> int:
    usual = {0: 15.0, 1: 11.0, 2: 10.0, 3: 10.0, 4: 9.0, 5: 2.5, 6: 0.8}[day.weekday()]
    if opening(day) is None:
        usual = 0.8
    return chance.number(usual * (1.7 if MAIL_MOVE.date() <= day <= date(2026, 3, 31) else 1.0))


def _tickets() -> Files:
    chance = Chance("desk tickets")
    years: dict[str, list[tuple[object, ...]]] = {}
    number = 40000
    for day in days():
        moments = sorted(at(day, 0) + timedelta(minutes=chance.whole(360, 1230)) for _ in range(_arrivals(chance, day)))
        for opened in moments:
            number += chance.whole(1, 3)
            years.setdefault(str(day.year), []).append(_ticket(chance, number, opened))
    header = "number opened first_reply called_back resolved pauses priority customer service"
    return {f"desk-tickets/{year}.csv.gz": zipped(table(header, rows)) for year, rows in years.items()}


def _ticket(chance: Chance, number: int, opened: datetime) -> tuple[object, ...]:
    day = opened.astimezone(LONDON).date()
    moved = MAIL_MOVE <= opened < local("2026-04-01 00:00")
    service = "email" if moved and chance.happens(0.45) else chance.pick(_SERVICES)
    customer, priority = chance.pick(_CUSTOMERS), chance.pick(_PRIORITIES)
    if service == "freight-manifest":
        customer = "freight"
    slow = _backlog(day) if priority != "1" else 1 + (_backlog(day) - 1) * 0.45
    answered = after_work(opened, 1 + chance.wait(_ANSWER[priority] * slow))
    solved = after_work(answered, 12 + chance.wait(_WORK[priority] * slow))
    pauses = ""
    if priority in ("3", "4") and chance.happens(0.14):
        asked = after_work(answered, chance.whole(5, 40))
        replied = asked + timedelta(minutes=chance.whole(300, 3600))
        if asked < solved:
            pauses, solved = (
                f"{stamp(asked)}/{stamp(replied)}",
                after_work(replied, (solved - asked).total_seconds() / 240),
            )
    reply, call = ("", wall(answered)) if chance.happens(0.2) else (wall(answered), "")
    known = [
        text if moment < END else "" for text, moment in ((reply, answered), (call, answered), (wall(solved), solved))
    ]
    return (f"D{number}", wall(opened), *known, pauses, priority, customer, service)


def _amendments() -> Files:
    chance = Chance("amendments")
    records = []
    number = 700
    for day in days(start=local("2025-03-25 00:00")):
        for _ in range(chance.number(3.2 if opening(day) else 0.6)):
            opened = at(day, 0) + timedelta(minutes=chance.whole(400, 1200))
            number += 1
            slow = _backlog(day) * (1.3 if day.weekday() == 0 else 1.0)
            resolved = after_work(opened, 20 + chance.wait(260 * slow))
            record: dict[str, object] = {"number": number, "opened": stamp(opened), "ship": chance.pick(_SHIPS)}
            if chance.happens(0.1):
                asked = after_work(opened, chance.whole(30, 90))
                replied = asked + timedelta(minutes=chance.whole(200, 2600))
                if asked < resolved:
                    resolved = after_work(replied, chance.whole(30, 200))
                    record["pauses"] = [[stamp(asked), stamp(replied)]]
            if resolved < END:
                record["resolved"] = stamp(resolved)
            records.append(record)
    return {"cargo-amendments/requests.json": plain(json_list(records))}


_SHIPS = (("Farrow Lass", 3), ("Hestay Star", 2), ("Grey Heron", 2))


def _survey() -> Files:
    chance = Chance("survey")
    rows: list[tuple[object, ...]] = []
    for day in days():
        if opening(day) is None or (date(2025, 7, 1) <= day <= date(2025, 8, 31) and chance.happens(0.8)):
            continue
        for service, mean in (("service-desk", 1.2), ("email", 0.62)):
            rows += [_answer(chance, service, day) for _ in range(chance.number(mean))]
    rows.insert(400, rows[399])
    return {"satisfaction/answers.csv": plain(table("answered service stars", rows))}


def _answer(chance: Chance, service: str, day: date) -> tuple[object, ...]:
    unhappy = 0.0
    if service == "email" and MAIL_MOVE.date() <= day <= date(2026, 6, 30):
        unhappy = 0.55 if day < date(2026, 6, 1) else 0.3
    if service == "service-desk":
        unhappy = (_backlog(day) - 1) * 0.14
    if chance.happens(unhappy):
        stars = chance.pick([(1, 3), (2, 4), (3, 3)])
    else:
        stars = chance.pick([(5, 50), (4, 36), (3, 10), (2, 3), (1, 1)])
    moment = at(day, chance.whole(8, 17), chance.whole(0, 59)) + timedelta(seconds=chance.whole(0, 59))
    return stamp(moment), service, stars


def files() -> Files:
    """All files of the service desk."""
    return {**_tickets(), **_amendments(), **_survey()}
