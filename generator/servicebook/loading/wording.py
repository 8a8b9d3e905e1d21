"""Reads what a catalogue says about its own words."""

from __future__ import annotations

from servicebook.loading.documents import Document
from servicebook.loading.fields import Fields
from servicebook.loading.nodes import Entries
from servicebook.loading.report import Report
from servicebook.model.wording import AllowedWords, VagueWords, Wording

KEYS = ("title", "vague", "allow")


def read_wording(document: Document, node: Entries, name: str, report: Report) -> Wording:
    """The lists of a file."""
    fields = Fields(node, report, what="the wording", keys=KEYS)
    fields.text("title")
    vague = [_vague(item) for item in fields.mappings("vague", what="an entry of 'vague'", keys=("words", "instead"))]
    allow = [
        _allowed(item)
        for item in fields.mappings("allow", what="an entry of 'allow'", keys=("words", "agreement", "reason"))
    ]
    return Wording(
        id=name,
        vague=tuple(each for each in vague if each is not None),
        allow=tuple(each for each in allow if each is not None),
        path=document.path,
        places=fields.places,
    )


def _vague(fields: Fields) -> VagueWords | None:
    words, instead = fields.required_text("words"), fields.text("instead")
    return None if words is None else VagueWords(words=words, instead=instead, places=fields.places)


def _allowed(fields: Fields) -> AllowedWords | None:
    words, reason = fields.required_text("words"), fields.required_text("reason")
    agreement = fields.reference("agreement", required=True)
    if words is None or reason is None or agreement is None:
        return None
    return AllowedWords(words=words, agreement=agreement, reason=reason, places=fields.places)
