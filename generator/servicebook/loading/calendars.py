"""Reads `content/calendars/*.yml`."""

from __future__ import annotations

from datetime import date

from servicebook.loading import moments
from servicebook.loading.documents import Document
from servicebook.loading.fields import Fields, reference_id
from servicebook.loading.nodes import Entries, Items, Node, Scalar
from servicebook.loading.report import Report, Unreadable, excerpt
from servicebook.loading.shared import read_aliases, read_zone
from servicebook.model.catalogue import CalendarEntry
from servicebook.source import Position
from servicebook.timeline.calendar import Holidays, check_holidays, parse_days, parse_hours

KEYS = ("title", "time_zone", "hours", "holidays", "aliases")
HOLIDAY_KEYS = ("country", "subdivision", "also", "except")

_DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Ranges = tuple[tuple[int, int], ...]


def read_calendar(document: Document, node: Entries, name: str, report: Report) -> CalendarEntry | None:
    """The calendar of a file; None where what it must have isn't there."""
    fields = Fields(node, report, what="the calendar", keys=KEYS)
    title, zone, aliases = fields.required_text("title"), read_zone(fields), read_aliases(fields)
    hours = fields.node("hours", required=True)
    weekly, written = _week(fields, hours) if hours is not None else (None, ())
    holidays = _holidays(fields)
    if title is None or weekly is None:
        return None
    return CalendarEntry(
        id=name, title=title, time_zone=zone.key if zone is not None else None, weekly=weekly, holidays=holidays, hours_text=written,
        aliases=aliases, path=document.path, places=fields.places,
    )  # fmt: skip


def _week(fields: Fields, node: Node) -> tuple[tuple[Ranges, ...] | None, tuple[tuple[str, str], ...]]:
    """Seven days of hours, Monday first, and what was written; None where a day can't be read."""
    if not isinstance(node, Entries):
        fields.error(
            "hours",
            "field/wrong-type",
            "'hours' names days and their hours",
            'write for example `{mon-fri: "08:00-17:00"}`',
        )
        return None, ()
    if not node.entries:
        fields.error(
            "hours", "field/wrong-value", "'hours' names no day", "a calendar without hours has no service time"
        )
        return None, ()
    week: dict[int, Ranges] = {}
    named: dict[int, Position] = {}
    written: list[tuple[str, str]] = []
    sound = True
    for key, value in node.entries:
        days, ranges = fields.parse(key, _days), _ranges(fields, value)
        if days is None or ranges is None:
            sound = False
            continue
        written.append((key.text.strip(), ", ".join(_texts(value))))
        for day in days:
            if day in named:
                message = f"{_DAY_NAMES[day]} comes twice"
                hint = "name each day once; several ranges of a day are separated by commas"
                fields.report.error(key.position, "field/duplicate-value", message, hint, related=(named[day],))
            named.setdefault(day, key.position)
            week.setdefault(day, ranges)
    if not sound:
        return None, ()
    return tuple(week.get(day, ()) for day in range(7)), tuple(written)


def _texts(node: Node) -> list[str]:
    items = node.items if isinstance(node, Items) else (node,)
    return [" ".join(item.text.split()) for item in items if isinstance(item, Scalar)]


def _ranges(fields: Fields, node: Node) -> Ranges | None:
    """The hours of a day: one text, or a list of them; nothing written means closed."""
    items = node.items if isinstance(node, Items) else (node,)
    scalars = [fields.scalar_of(item, "the hours of a day") for item in items]
    if any(scalar is None for scalar in scalars):
        return None
    written = [scalar for scalar in scalars if scalar is not None and not scalar.is_null]
    if not written:
        return ()
    joined = Scalar(", ".join(scalar.text for scalar in written), written[0].position, plain=False)
    return fields.parse(joined, _hours)


def _days(text: str) -> tuple[int, ...]:
    try:
        return parse_days(text)
    except ValueError as error:
        low = text.strip().lower()
        hint = ""
        if low != text.strip() or any(part[:3] in _DAY_NAMES and len(part) > 3 for part in low.split("-")):
            hint = f"write '{'-'.join(part[:3] for part in low.split('-'))}'"
        raise Unreadable(str(error), hint, rule="field/bad-hours") from error


def _hours(text: str) -> Ranges:
    try:
        return parse_hours(text)
    except ValueError as error:
        raise Unreadable(str(error), 'write for example "07:00-12:00, 13:00-20:00"', rule="field/bad-hours") from error


def _holidays(fields: Fields) -> Holidays | None:
    item = fields.mapping("holidays", what="'holidays'", keys=HOLIDAY_KEYS)
    if item is None:
        return None
    country, subdivision = item.read("country", reference_id), item.read("subdivision", reference_id)
    also, but = _dates(item, "also"), _dates(item, "except")
    for day in sorted(set(also) & set(but)):
        item.report.error(
            but[day],
            "field/contradiction",
            f"{day} is in both 'also' and 'except'",
            "take it out of one of them",
            related=(also[day],),
        )
    if subdivision is not None and country is None and "country" not in item.written:
        item.missing("country", "a subdivision belongs to a country")
        return None
    try:
        check_holidays(country, subdivision)
    except ValueError as error:
        key = "subdivision" if subdivision is not None and _known_country(country) else "country"
        item.error(
            key,
            "field/unknown-holidays",
            excerpt(str(error), 300),
            "write ISO codes, as in `{country: DE, subdivision: BE}`",
        )
        return None
    return Holidays(country=country, subdivision=subdivision, also=frozenset(also), except_=frozenset(but))


def _known_country(country: str | None) -> bool:
    try:
        check_holidays(country, None)
    except ValueError:
        return False
    return True


def _dates(fields: Fields, key: str) -> dict[date, Position]:
    """Dates and where they stand."""
    found: dict[date, Position] = {}
    for node in fields.nodes(key):
        scalar = fields.scalar_of(node, f"an item of '{key}'")
        day = None if scalar is None else fields.parse(scalar, moments.day)
        if day is None:
            continue
        if day in found:
            fields.report.error(
                node.position,
                "field/duplicate-value",
                f"{day} comes twice in '{key}'",
                "keep it once",
                related=(found[day],),
            )
        found.setdefault(day, node.position)
    return found
