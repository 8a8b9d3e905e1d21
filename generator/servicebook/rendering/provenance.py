"""Where the terms of a multi-level agreement come from: taken over as they are, or replacing those of another."""

from __future__ import annotations

from dataclasses import dataclass

from servicebook.compliance.terms import Entry, Terms, ancestry
from servicebook.model.catalogue import Catalogue

KEYS = ("hours", "maintenance", "time_zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The agreement that a term comes from, or whose term it replaces."""

    agreement: str
    is_taken_over: bool
    """Else it is written here, and replaces that of the other."""


def origins(catalogue: Catalogue, terms: Terms) -> dict[str, Origin]:
    """For `hours`, `maintenance` and `time_zone`: where each comes from; none for what no other agreement says too."""
    found = {}
    for key in KEYS:
        if key in terms.inherited:
            found[key] = Origin(agreement=terms.inherited[key], is_taken_over=True)
        elif getattr(terms.agreement, key) is not None:
            base = next(
                (each for each in ancestry(catalogue, terms.agreement)[1:] if getattr(each, key) is not None), None
            )
            if base is not None:
                found[key] = Origin(agreement=base.id, is_taken_over=False)
    return found


def target_origin(catalogue: Catalogue, terms: Terms, entry: Entry) -> Origin | None:
    """The agreement that a target is taken over from, or whose target of the same id it replaces."""
    if entry.owner != terms.agreement.id:
        return Origin(agreement=entry.owner, is_taken_over=True)
    for each in ancestry(catalogue, terms.agreement)[1:]:
        if any(own.id == entry.target.id for own in each.targets):
            return Origin(agreement=each.id, is_taken_over=False)
    return None
