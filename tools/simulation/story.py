"""What happened to Farrow Sound Ferries: the events that several files have to agree on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from .chance import Chance
from .clock import END, LONDON, START, local


@dataclass(frozen=True, slots=True)
class Down:
    """A time in which something failed, in whole or in part."""

    start: datetime
    end: datetime
    cause: str
    share: int = 100
    """Per cent of the users that were hit."""

    def covers(self, moment: datetime) -> bool:
        """Whether it failed at that moment."""
        return self.start <= moment < self.end


def down(start: str, length: int, cause: str, share: int = 100) -> Down:
    """A failure that began at a time of London's clocks and lasted so many minutes."""
    begin = local(start)
    return Down(begin, begin + timedelta(minutes=length), cause, share)


REGION_OUTAGE = down("2026-02-11 02:40", 340, "Northlight's region North lost its cooling")
"""The supplier's bad night: everything that is hosted there was gone."""

RELEASE_WEEK = (
    down("2025-06-16 09:12", 53, "Booking 6.0: the database ran out of connections"),
    down("2025-06-16 17:40", 45, "Booking 6.0: seats of foot passengers were not shown", 50),
    down("2025-06-17 08:55", 55, "Booking 6.0: the database ran out of connections again"),
    down("2025-06-18 13:05", 75, "Booking 6.0: a repair locked the fares table"),
    down("2025-06-20 16:30", 32, "Return to booking 5.9"),
)

MONITOR_OFF = (local("2025-08-04 06:00"), local("2025-08-18 10:00"))
"""The monitor moved to another room and was forgotten there, unplugged."""

NEW_SEARCH = local("2025-09-15 00:00")
"""The faster search went live."""

NEW_CARRIER = local("2025-09-01 00:00")
"""Sundcom took over the lines to the islands."""

TORRISLE_FIBRE = local("2026-06-15 00:00")
"""Torrisle left the radio link for a cable on the sea bed."""

MAIL_MOVE = local("2026-03-14 08:00")
"""Mail moved to new servers; people found their folders in a new order."""

MORE_DISKS = local("2025-12-06 00:00")
"""The shared disks grew from 40 to 60 TB."""

PAYMENT_FAILURES = (
    down("2024-12-20 16:10", 48, "Card authorisations fail"),
    down("2025-04-17 10:25", 64, "Card authorisations are slow and time out"),
    down("2025-08-29 17:05", 37, "3-D Secure unavailable"),
    down("2025-12-19 15:20", 92, "Card authorisations fail"),
    down("2026-05-22 11:40", 26, "Contactless payments rejected"),
    # Corrected in November: the status page had said 55 minutes until then, and September was closed with them.
    down("2026-09-04 18:15", 41, "Card authorisations fail"),
)


def storms() -> list[tuple[datetime, datetime, float]]:
    """Beginning, end and strength (0 to 1) of the winter storms."""
    chance = Chance("storms")
    known = [
        (local("2026-11-04 03:00"), local("2026-11-05 09:00"), 0.75),
        (local("2026-11-13 14:00"), local("2026-11-14 20:00"), 0.8),
        (local("2026-11-19 15:00"), local("2026-11-20 06:00"), 0.6),
    ]
    found = []
    moment = START
    while moment < min(END, local("2026-11-01 00:00")):
        month = moment.astimezone(LONDON).month
        mean_days = {12: 4, 1: 3, 2: 4.5, 11: 8, 3: 12}.get(month, 60)
        length = timedelta(hours=chance.between(7, 30))
        found.append((moment, moment + length, chance.between(0.3, 0.9)))
        moment += length + timedelta(minutes=round(chance.wait(mean_days * 1440)))
    return [storm for storm in found[1:] if storm[1] < local("2026-11-01 00:00")] + known
