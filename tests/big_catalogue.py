"""A large catalogue, invented by chance with a seed: what speed and the size of the search index are measured on.

A third as many agreements as services, three targets each, and what stands under them; customers with sites, units, dependencies, and prose of the
length that people write.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

AS_OF = "2026-11-20"
_THINGS = """mail calendar files printing payroll travel library network wireless telephone video backup archive portal
    booking ticket catalogue laboratory cluster storage database identity directory licence software desktop laptop tablet
    camera badge door parking canteen invoice order purchase contract budget project board form survey course exam grade
    timetable room map sensor meter alarm report chart page blog wiki chat forum news feed translation speech scan
    signature certificate key vault proxy gateway firewall monitor log queue cache index search""".split()
_KINDS = "service platform desk store hub register exchange workspace assistant gateway".split()
_FOR = "students researchers teachers visitors clinics libraries workshops laboratories offices archives".split()
_VERBS = "order share keep find print sign book send restore change compare publish measure plan approve".split()
_CATEGORIES = "Work together|Teach|Research|Run the house|Data|Foundations|Money|People|Security|Help".split("|")
_SERVICE = """\
---
title: {title}
summary: {summary}
category: {category}
stage: live
owner: unit-{unit}
users: [customer-{customer}]
hours: office
synonyms: [{synonym}]
depends_on: [{needs}]
contacts:
  - {{for: requests, at: "https://desk.example/{name}"}}
  - {{for: incidents, at: "mailto:{name}@desk.example", hours: office}}
price: {{amount: "{price}", currency: EUR, per: user and month}}
---
## What it does for you
{prose}

## How to get it
{how}
"""
_AGREEMENT = """\
---
title: {title}
type: sla
basis: customer
provider: unit-{unit}
customer: customer-{customer}
services: [{services}]
version: "1.0"
from: 2025-01-01
until: 2028-01-01
time_zone: Europe/Berlin
hours: office
review: {{every: 6 months, last: 2026-09-01}}
signatures:
  - {{party: unit-{unit}, role: Head, date: 2024-12-01}}
  - {{party: customer-{customer}, role: Head, date: 2024-12-02}}
responsibilities:
  provider: [Announce planned work a week ahead]
  customer: [Report incidents at the desk]
targets:
  - {{id: usable, title: {title} is usable, measure: availability, source: outages, where: {{service: {first}}}, objective: at least {usable} %, per: month, minimum_coverage: 95 %}}
  - {{id: steady, title: {title} fails rarely, measure: outage count, source: outages, where: {{service: {first}}}, objective: at most 4 outages, per: quarter}}
  - {{id: succeeds, title: Requests to {title} succeed, measure: success rate, source: requests, where: {{service: {first}}}, objective: at least 99 %, per: month}}
---
{prose}
"""
_UNDER = """\
---
title: What unit {unit} runs
type: ola
provider: unit-{unit}
customer: unit-{other}
services: [{services}]
version: "1.0"
from: 2024-12-01
time_zone: Europe/Berlin
hours: office
signatures:
  - {{party: unit-{unit}, role: Head, date: 2024-11-01}}
  - {{party: unit-{other}, role: Head, date: 2024-11-02}}
targets:
  - {{id: usable, title: It is usable, measure: availability, source: outages, where: {{service: service-{unit}}}, objective: at least 99.99 %, per: month}}
---
"""
_OUTAGES = (
    "title: Outages\nrecords: outages\nfiles: outages.csv\nfrom: 2025-01-01T00:00Z\ncomplete_to: 2026-11-20T00:00Z\n"
)
_REQUESTS = "title: Requests\nrecords: events\nfiles: requests.csv\ncolumns: {time: day}\ntime_zone: UTC\n"


def write(folder: Path, services: int, seed: int = 5) -> int:
    """Write a catalogue of so many services; the number of its agreements."""
    chance = random.Random(seed)
    agreements = max(services // 3, 1)
    for name, text in _files(chance, services, agreements):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return agreements


def _files(chance: random.Random, services: int, agreements: int) -> Iterator[tuple[str, str]]:
    units, customers = max(services // 40, 2), max(services // 30, 2)
    yield (
        "mkdocs.yml",
        "site_name: Big\ndocs_dir: content\ntheme: {name: material, font: false}\nplugins: [search, servicebook]\n",
    )
    yield (
        "content/calendars/office.yml",
        'title: Office hours\ntime_zone: Europe/Berlin\nhours: {mon-fri: "08:00-18:00"}\n',
    )
    for number in range(units):
        yield (
            f"content/parties/unit-{number}.md",
            f"---\ntitle: Unit {number}\ntype: provider\n---\n{_sentence(chance)}\n",
        )
    for number in range(customers):
        sites = f"[{{id: north-{number}, title: North {number}}}, {{id: south-{number}, title: South {number}}}]"
        head = f"---\ntitle: Customer {number}\ntype: customer\nsites: {sites}\n---\n"
        yield f"content/parties/customer-{number}.md", f"{head}{_sentence(chance)}\n"
    titles = [_title(chance, number) for number in range(services)]
    for number, title in enumerate(titles):
        yield f"content/services/service-{number}.md", _service(chance, number, title, units, customers)
    for number in range(agreements):
        unit = number % units
        own = chance.sample([each for each in range(services) if each % units == unit], min(3, services // units))
        text = _AGREEMENT.format(
            title=titles[number],
            unit=unit,
            customer=chance.randrange(customers),
            services=", ".join(f"service-{each}" for each in own),
            first=f"service-{own[0]}",
            usable=chance.choice(["99", "99.5", "99.9"]),
            prose=_paragraphs(chance, 3),
        )
        yield f"content/agreements/agreement-{number}.md", text
    for unit in range(units):
        run = ", ".join(f"service-{each}" for each in range(unit, services, units))
        text = _UNDER.format(unit=unit, other=(unit + 1) % units, services=run)
        yield f"content/agreements/under-{unit}.md", text
    yield "data/metrics/outages.yml", _OUTAGES
    yield "data/metrics/outages.csv", "".join(_outages(chance, services))
    yield "data/metrics/requests.yml", _REQUESTS
    yield "data/metrics/requests.csv", "".join(_requests(chance, services))


def _service(chance: random.Random, number: int, title: str, units: int, customers: int) -> str:
    # A unit builds on what it runs itself.
    lower = range(number % units, number, units)
    needs = chance.sample(lower, min(len(lower), chance.randrange(4)))
    return _SERVICE.format(
        name=f"service-{number}",
        title=title,
        summary=_sentence(chance),
        category=chance.choice(_CATEGORIES),
        unit=number % units,
        customer=chance.randrange(customers),
        synonym=f"{chance.choice(_THINGS)} {chance.choice(_FOR)}",
        needs=", ".join(f"service-{each}" for each in needs),
        price=f"{chance.randrange(100, 2000) / 100:.2f}",
        prose=_paragraphs(chance, 4),
        how=_paragraphs(chance, 2),
    )


def _title(chance: random.Random, number: int) -> str:
    return f"{chance.choice(_THINGS).capitalize()} {chance.choice(_KINDS)} {number}"


def _sentence(chance: random.Random) -> str:
    what = f"You {chance.choice(_VERBS)} a {chance.choice(_THINGS)} or a {chance.choice(_THINGS)}"
    return f"{what} with the {chance.choice(_KINDS)} of {chance.choice(_FOR)}, as {chance.choice(_FOR)} do."


def _paragraphs(chance: random.Random, number: int) -> str:
    return "\n\n".join(" ".join(_sentence(chance) for _ in range(chance.randrange(3, 7))) for _ in range(number))


def _outages(chance: random.Random, services: int) -> Iterator[str]:
    yield "start,end,service\n"
    first = date(2025, 1, 1)
    for day in range(680):
        for _ in range(max(services // 100, 1)):
            start = f"{first + timedelta(days=day)}T{chance.randrange(9, 15):02}"
            yield f"{start}:00Z,{start}:{chance.randrange(5, 59):02}Z,service-{chance.randrange(services)}\n"


def _requests(chance: random.Random, services: int) -> Iterator[str]:
    yield "day,total,good,service\n"
    for number in range(services):
        for month in range(22):
            total = chance.randrange(1000, 9000)
            day = f"{2025 + month // 12}-{month % 12 + 1:02}-15"
            yield f"{day},{total},{total - chance.randrange(max(total // 70, 1))},service-{number}\n"
