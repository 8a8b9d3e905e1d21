"""Parties: customers with their sites, provider units, suppliers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from servicebook.model.common import Contact, Places, Reference
from servicebook.source import Position


class PartyType(StrEnum):
    """What a party is to us."""

    CUSTOMER = "customer"
    PROVIDER = "provider"
    SUPPLIER = "supplier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place of a customer at which a service may have another level."""

    id: str
    title: str = ""
    note: str = ""
    places: Places = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A party as its file says it."""

    id: str
    title: str
    type: PartyType
    summary: str = ""
    sites: tuple[Site, ...] = ()
    relationship_manager: Reference | None = None
    contacts: tuple[Contact, ...] = ()
    aliases: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    body: str = field(default="", compare=False)
    body_position: Position | None = field(default=None, compare=False)
    path: str = field(default="", compare=False)
    places: Places = field(compare=False)
