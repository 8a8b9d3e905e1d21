"""Parts that several kinds of file have: row filters, contacts, aliases, audience, metered values."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from servicebook.loading.fields import Fields, new_id, reference_id
from servicebook.loading.nodes import Entries, Items, Node, Scalar
from servicebook.loading.report import Unreadable, excerpt
from servicebook.model.common import Contact, Where
from servicebook.model.service import MeteredBy
from servicebook.source import did_you_mean
from servicebook.timeline.zone import UnknownZone, zone, zone_names

PAGE_KEYS = ("title", "summary", "aliases", "audience")
"""Keys of every kind that has a page with prose."""

_SCHEMES = ("https", "http", "mailto", "tel")
_ADDRESS = re.compile(
    r"(https?://[^\s<>\"'`\\^{}|]+|mailto:[^\s<>\"'`\\{}|,;:@/?]+@[^\s<>\"'`\\{}|,;:@/]+|tel:\+?[0-9][0-9().-]*)",
    re.IGNORECASE,
)
_AUDIENCES = ("customers", "internal")


def read_where(fields: Fields, key: str = "where") -> Where:
    """A filter of rows: each column with the text that it reads as, or a list of texts."""
    node = fields.node(key)
    if node is None:
        return Where()
    if not isinstance(node, Entries):
        fields.error(
            key,
            "field/wrong-type",
            f"'{key}' names columns and the texts that they read as",
            "write for example `{site: hq}`",
        )
        return Where()
    conditions = ((column.text, _accepted(fields, column.text, value)) for column, value in node.entries)
    return Where(tuple(sorted((column, texts) for column, texts in conditions if texts)))


def _accepted(fields: Fields, column: str, node: Node) -> tuple[str, ...]:
    items = node.items if isinstance(node, Items) else (node,)
    if not items:
        fields.report.error(
            node.position, "field/wrong-value", f"'{excerpt(column)}' accepts nothing", "name at least one text"
        )
    texts = (_exact(fields, column, item) for item in items)
    return tuple(dict.fromkeys(text for text in texts if text is not None))


def _exact(fields: Fields, column: str, node: Node) -> str | None:
    """A text that rows are compared with, exactly as written."""
    scalar = fields.scalar_of(node, f"a text of '{excerpt(column)}'")
    if scalar is None:
        return None
    if scalar.plain and not scalar.text:
        fields.report.error(
            scalar.position,
            "field/wrong-value",
            f"'{excerpt(column)}' says no text",
            'write the text; an empty one is ""',
        )
        return None
    return fields.parse(scalar, str)


def read_contacts(fields: Fields) -> tuple[Contact, ...]:
    """Whom to ask for what."""
    read = (
        _contact(item) for item in fields.mappings("contacts", what="a contact", keys=("for", "at", "hours", "role"))
    )
    return tuple(contact for contact in read if contact is not None)


def _contact(fields: Fields) -> Contact | None:
    purpose = fields.required_text("for")
    at = fields.read("at", address, required=True)
    hours = fields.reference("hours")
    role = fields.text("role")
    if purpose is None or at is None:
        return None
    return Contact(purpose=purpose, at=at, hours=hours, role=role)


def address(text: str) -> str:
    """An address that a reader can follow: https, http, mailto or tel."""
    text = text.strip()
    if _ADDRESS.fullmatch(text):
        return text
    scheme = text.partition(":")[0].lower()
    if ":" in text and scheme not in _SCHEMES:
        raise Unreadable(
            f"an address with '{excerpt(scheme, 20)}:' isn't allowed",
            "write https:, mailto: or tel:",
            rule="field/bad-address",
        )
    hint = "write for example https://desk.example/request, mailto:desk@example.org or tel:+49-30-0000"
    if re.fullmatch(r"[^\s@:/]+@[^\s@:/]+", text):
        hint = f"write 'mailto:{text}'"
    elif re.fullmatch(r"\+?[0-9][0-9 ()/.-]+", text):
        hint = f"write 'tel:{re.sub(r'[ /]', '-', text)}'"
    raise Unreadable(f"'{excerpt(text)}' isn't an address", hint, rule="field/bad-address")


def read_aliases(fields: Fields) -> tuple[str, ...]:
    """Old ids, whose addresses lead to the thing."""
    read = (
        fields.parse(scalar, new_id)
        for node in fields.nodes("aliases")
        if (scalar := fields.scalar_of(node, "an alias")) is not None
    )
    return tuple(dict.fromkeys(alias for alias in read if alias is not None))


def read_audience(fields: Fields) -> tuple[str, ...]:
    """`customers`, `internal`, or parties by id; empty: customers."""
    node = fields.node("audience")
    if isinstance(node, Scalar):
        word = fields.parse(node, reference_id)
        near = did_you_mean(word or "", _AUDIENCES)
        if word is not None and word not in _AUDIENCES and near:
            fields.error("audience", "field/wrong-value", f"'{excerpt(word)}' isn't an audience", near)
            return ()
    return tuple(reference.id for reference in fields.references("audience"))


def read_metered(fields: Fields, key: str, *, satisfied_from: bool = False) -> MeteredBy | None:
    """A metric source with a filter of rows; its bare id is enough."""
    node = fields.node(key)
    if node is None:
        return None
    if isinstance(node, Scalar):
        source = fields.reference(key)
        return None if source is None else MeteredBy(source=source)
    keys = ("source", "where", "satisfied_from") if satisfied_from else ("source", "where")
    item = fields.mapping(key, what=f"'{key}'", keys=keys)
    if item is None:
        return None
    source = item.reference("source", required=True)
    where = read_where(item)
    level = item.number("satisfied_from") if satisfied_from else None
    return None if source is None else MeteredBy(source=source, where=where, satisfied_from=level)


def read_zone(fields: Fields, key: str = "time_zone") -> ZoneInfo | None:
    """An IANA time zone."""

    def parse(text: str) -> ZoneInfo:
        try:
            return zone(text)
        except UnknownZone as error:
            by_case = {name.lower(): name for name in zone_names()}
            near = by_case.get(text.strip().lower().replace(" ", "_"))
            hint = f"did you mean '{near}'?" if near else did_you_mean(text, zone_names())
            raise Unreadable(
                f"no time zone '{excerpt(text)}'",
                hint or "write the name of the IANA database, as in Europe/Berlin",
                rule="field/unknown-time-zone",
            ) from error

    return fields.read(key, parse)
