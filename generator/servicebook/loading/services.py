"""Reads `content/services/*.md`."""

from __future__ import annotations

import re
from datetime import date

from servicebook.loading import quantities
from servicebook.loading.documents import Document
from servicebook.loading.fields import Fields
from servicebook.loading.nodes import Entries, Node
from servicebook.loading.report import Report, Unreadable, excerpt
from servicebook.loading.shared import PAGE_KEYS, read_aliases, read_audience, read_contacts, read_metered, read_where
from servicebook.model.service import Capacity, Dependency, Price, Service, ServiceType, Stage

KEYS = (
    *PAGE_KEYS, "type", "stage", "category", "owner", "users", "hours", "depends_on", "contacts", "price", "capacity", "cost", "satisfaction",
    "synonyms", "stages",
)  # fmt: skip


def read_service(document: Document, node: Entries, name: str, report: Report) -> Service | None:
    """The service of a file; None where what it must have isn't there."""
    fields = Fields(node, report, what="the service", keys=KEYS)
    title = fields.required_text("title")
    stage = fields.member("stage", Stage, required=True)
    service_type = fields.member("type", ServiceType)
    rest = {
        "summary": fields.text("summary"),
        "category": fields.text("category"),
    }
    owner, users, hours = fields.reference("owner"), fields.references("users"), fields.reference("hours")
    depends_on, contacts = _dependencies(fields), read_contacts(fields)
    price, capacity, stages = _price(fields), _capacity(fields), _stages(fields)
    cost, satisfaction = read_metered(fields, "cost"), read_metered(fields, "satisfaction", satisfied_from=True)
    audience, aliases, synonyms = read_audience(fields), read_aliases(fields), fields.texts("synonyms")
    if title is None or stage is None:
        return None
    return Service(
        id=name, title=title, stage=stage, type=service_type or ServiceType.CUSTOMER_FACING, owner=owner, users=users, hours=hours,
        depends_on=depends_on, contacts=contacts, price=price, capacity=capacity, cost=cost, satisfaction=satisfaction,
        audience=audience, aliases=aliases, synonyms=synonyms, stages=stages, body=document.body, body_position=document.body_position, path=document.path,
        places=fields.places, **rest,
    )  # fmt: skip


def _stages(fields: Fields) -> tuple[tuple[Stage, date], ...]:
    """From which day on the service is in which stage."""
    listed = []
    for item in fields.mappings("stages", what="a stage", keys=("stage", "from")):
        stage, begins = item.member("stage", Stage, required=True), item.day("from", required=True)
        if stage is not None and begins is not None:
            listed.append((stage, begins))
    return tuple(listed)


def _dependencies(fields: Fields) -> tuple[Dependency, ...]:
    read = (_dependency(fields, node) for node in fields.nodes("depends_on"))
    return tuple(dependency for dependency in read if dependency is not None)


def _dependency(fields: Fields, node: Node) -> Dependency | None:
    """A service, or `{any_of: [a, b]}`: one of them suffices."""
    if not isinstance(node, Entries):
        reference = fields.reference_of(node)
        return None if reference is None else Dependency((reference,))
    item = fields.mapping_of(node, what="a dependency", keys=("any_of",))
    if item is None or item.node("any_of", required=True) is None:
        return None
    alternatives = item.references("any_of")
    if len(alternatives) < 2:
        item.error(
            "any_of",
            "field/wrong-value",
            "'any_of' needs two services or more",
            "a single one stands in the list by itself",
        )
    return Dependency(alternatives) if alternatives else None


def _price(fields: Fields) -> Price | None:
    item = fields.mapping("price", what="the price", keys=("amount", "currency", "per"))
    if item is None:
        return None
    amount, written = item.number("amount"), item.scalar("amount", required=True)
    currency = item.read("currency", _currency, required=True)
    per = item.text("per")
    if amount is None or written is None or currency is None:
        return None
    if amount < 0:
        item.error("amount", "field/out-of-range", "a price below zero")
    return Price(amount=amount, text=quantities.tidy(written.text), currency=currency, per=per)


def _currency(text: str) -> str:
    if re.fullmatch("[A-Z]{3}", text) is None:
        raise Unreadable(f"'{excerpt(text)}' isn't a currency", "write its three letters, as in EUR")
    return text


def _capacity(fields: Fields) -> Capacity | None:
    item = fields.mapping("capacity", what="the capacity", keys=("source", "limit", "unit", "warn_at", "where"))
    if item is None:
        return None
    source = item.reference("source", required=True)
    limit, unit, warn_at, where = item.number("limit"), item.text("unit"), item.share("warn_at"), read_where(item)
    if limit is not None and limit <= 0:
        item.error("limit", "field/out-of-range", "a capacity has to be above zero")
    if source is None:
        return None
    return Capacity(source=source, limit=limit, unit=unit, warn_at=warn_at, where=where, places=item.places)
