"""What a catalogue says about its own words: which are vague, and where one may stand."""

from __future__ import annotations

from dataclasses import dataclass, field

from servicebook.model.common import Places, Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class VagueWords:
    """Words that promise nothing that could be measured."""

    words: str
    instead: str = ""
    """What to write instead."""
    places: Places = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedWords:
    """Vague words that an agreement may have, with the reason."""

    words: str
    agreement: Reference
    reason: str
    places: Places = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A file of `content/wording/`."""

    id: str
    vague: tuple[VagueWords, ...] = ()
    allow: tuple[AllowedWords, ...] = ()
    path: str = field(default="", compare=False)
    places: Places = field(compare=False)
