"""Reads `content/parties/*.md`."""

from __future__ import annotations

from servicebook.loading.documents import Document
from servicebook.loading.fields import Fields, new_id
from servicebook.loading.nodes import Entries
from servicebook.loading.report import Report
from servicebook.loading.shared import PAGE_KEYS, read_aliases, read_audience, read_contacts
from servicebook.model.party import Party, PartyType, Site

KEYS = (*PAGE_KEYS, "type", "sites", "relationship_manager", "contacts")


def read_party(document: Document, node: Entries, name: str, report: Report) -> Party | None:
    """The party of a file; None where what it must have isn't there."""
    fields = Fields(node, report, what="the party", keys=KEYS)
    title, kind, summary = (
        fields.required_text("title"),
        fields.member("type", PartyType, required=True),
        fields.text("summary"),
    )
    sites, manager, contacts = _sites(fields), fields.reference("relationship_manager"), read_contacts(fields)
    audience, aliases = read_audience(fields), read_aliases(fields)
    if title is None or kind is None:
        return None
    return Party(
        id=name, title=title, type=kind, summary=summary, sites=sites, relationship_manager=manager, contacts=contacts, audience=audience,
        aliases=aliases, body=document.body, body_position=document.body_position, path=document.path, places=fields.places,
    )  # fmt: skip


def _sites(fields: Fields) -> tuple[Site, ...]:
    found: dict[str, Site] = {}
    for item in fields.mappings("sites", what="a site", keys=("id", "title", "note")):
        name = item.read("id", new_id, required=True)
        title, note = item.text("title"), item.text("note")
        if name is None:
            continue
        site = Site(id=name, title=title, note=note, places=item.places)
        first = found.setdefault(name, site)
        if first is not site:
            place, earlier = item.place("id"), first.places.of("id")
            fields.report.error(
                place, "field/duplicate-value", f"two sites '{name}'", "give each an id of its own", related=(earlier,)
            )
    return tuple(found.values())
