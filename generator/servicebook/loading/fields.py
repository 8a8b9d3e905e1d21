"""A mapping of an author's file, read key by key with its types.

A reader asks for each key with the type that it wants and gets the value, or None where the key isn't
written or its value is wrong; what is wrong is in the report by then. So one run finds every
problem, and readers of a kind hold nothing but the names of its keys.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import TypeVar

from servicebook.loading import moments, quantities
from servicebook.loading.nodes import Entries, Items, Node, Scalar, describe
from servicebook.loading.report import Report, Unreadable, excerpt
from servicebook.model.common import Places, Reference
from servicebook.source import Position, did_you_mean

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

MAX_TEXT = 10_000
"""Characters of a text that readers see."""
MAX_VALUE = 200
"""Characters of an id, a number, a date or a word."""

_BLANKS = re.compile(r"[ \t\r\n]+")
_ID = re.compile(r"[^\W_]+(?:-[^\W_]+)*")

SYNONYMS: Mapping[str, str] = MappingProxyType(
    {
        "name": "title", "description": "summary", "start": "from", "begin": "from", "valid_from": "from", "from_date": "from",
        "end": "until", "to": "until", "valid_until": "until", "valid_to": "until", "expires": "until", "timezone": "time_zone", "tz": "time_zone",
        "zone": "time_zone", "calendar": "hours", "opening_hours": "hours", "service_hours": "hours", "supplier": "provider", "client": "customer",
        "status": "stage", "state": "stage", "kind": "type", "metric": "measure", "goal": "objective", "threshold": "objective",
        "limit": "within", "period": "per", "window": "per", "windows": "per", "filter": "where", "data": "source", "coverage": "minimum_coverage",
        "min_coverage": "minimum_coverage", "min_count": "minimum_count", "penalties": "credits", "penalty": "credits", "depends": "depends_on",
        "dependencies": "depends_on", "requires": "depends_on", "file": "files", "path": "files", "interval": "every", "cadence": "every",
        "type": "records", "filters": "where", "signed": "signatures", "signed_by": "signatures", "contact": "contacts", "url": "at", "email": "at",
        "deadline": "due", "completed": "done", "finished": "done", "ended": "terminated", "reasons": "reason", "services": "served_by",
        "nulls": "missing", "na": "missing",
    }
)  # fmt: skip
"""Words that authors use for a key; a hint only where the key is known there."""


class Fields:
    """One mapping that is being read."""

    def __init__(self, node: Entries, report: Report, *, what: str, keys: Iterable[str]) -> None:
        """`what` names the thing in messages ("a target"); `keys` are all that it may have."""
        self.report = report
        self.what = what
        self.position = node.position
        self._nodes: dict[str, Node] = {}
        self._keys: dict[str, Position] = {}
        self._meant: set[str] = set()
        known = frozenset(keys)
        for key, value in node.entries:
            self._keys[key.text] = key.position
            if key.text not in known:
                self._unknown(key, known)
            elif not (isinstance(value, Scalar) and value.is_null):
                self._nodes[key.text] = value

    @property
    def places(self) -> Places:
        """Where the mapping and its values stand."""
        return Places(
            position=self.position, keys=MappingProxyType({key: node.position for key, node in self._nodes.items()})
        )

    @property
    def written(self) -> frozenset[str]:
        """The known keys that have a value."""
        return frozenset(self._nodes)

    def node(self, key: str, *, required: bool = False) -> Node | None:
        """The value as it is; None where nothing is written."""
        found = self._nodes.get(key)
        if found is None and required:
            self.missing(key)
        return found

    def place(self, key: str) -> Position:
        """Where a value stands, else its key, else the thing."""
        found = self._nodes.get(key)
        return found.position if found is not None else self._keys.get(key, self.position)

    def missing(self, key: str, hint: str = "") -> None:
        """Reports that a key has to be there, unless a misspelt one is reported already."""
        if key in self._meant:
            return
        written = "is empty" if key in self._keys else "is missing"
        self.report.error(self.place(key), "field/missing-key", f"{self.what}: '{key}' {written}", hint)

    def error(self, key: str, rule: str, message: str, hint: str = "") -> None:
        """Reports something about a value."""
        self.report.error(self.place(key), rule, message, hint)

    def scalar(self, key: str, *, required: bool = False) -> Scalar | None:
        """A single value; a list or mapping is an error."""
        return self.scalar_of(self.node(key, required=required), f"'{key}'")

    def scalar_of(self, node: Node | None, name: str) -> Scalar | None:
        """The node where it is a single value; anything else is an error."""
        if node is None or isinstance(node, Scalar):
            return node
        self.report.error(
            node.position,
            "field/wrong-type",
            f"{name} is {describe(node)}; a single value is needed",
            _bracket_hint(node),
        )
        return None

    def read(self, key: str, parse: Callable[[str], T], *, required: bool = False) -> T | None:
        """A single value, read by `parse`, which raises `Unreadable`."""
        scalar = self.scalar(key, required=required)
        return None if scalar is None else self.parse(scalar, parse)

    def parse(self, scalar: Scalar, parse: Callable[[str], T]) -> T | None:
        """The value of a node, read by `parse`."""
        if len(scalar.text) > MAX_VALUE:
            message = f"a value of {len(scalar.text):,} characters; at most {MAX_VALUE} are read here"
            self.report.error(scalar.position, "limit/text-length", message)
            return None
        try:
            return parse(scalar.text)
        except Unreadable as error:
            self.report.unreadable(scalar.position, error)
            return None

    def text(self, key: str, *, required: bool = False) -> str:
        """A text for readers, white space tidied; empty where nothing is written."""
        return self.text_of(self.scalar(key, required=required)) or ""

    def text_of(self, scalar: Scalar | None) -> str | None:
        """The text of a node."""
        if scalar is None:
            return None
        if len(scalar.text) > MAX_TEXT:
            message = f"a text of {len(scalar.text):,} characters; at most {MAX_TEXT:,} are read here"
            self.report.error(scalar.position, "limit/text-length", message, "long texts go below the front matter")
            return None
        return _BLANKS.sub(" ", scalar.text).strip(" ")

    def required_text(self, key: str) -> str | None:
        """A text that has to be there and not be empty."""
        scalar = self.scalar(key, required=True)
        text = self.text_of(scalar)
        if scalar is not None and text == "":
            self.missing(key)
        return text or None

    def choice(self, key: str, allowed: Iterable[str], *, required: bool = False) -> str | None:
        """One word of a few; written in another case it is suggested, not guessed."""
        words = tuple(allowed)

        def parse(text: str) -> str:
            word = _BLANKS.sub(" ", text).strip(" ")
            if word in words:
                return word
            hint = did_you_mean(word, words) or "write " + ", ".join(words[:-1]) + f" or {words[-1]}"
            raise Unreadable(f"'{excerpt(text)}' isn't a value of '{key}'", hint)

        return self.read(key, parse, required=required)

    def member(self, key: str, members: type[E], *, required: bool = False) -> E | None:
        """A member of an enumeration by its value."""
        word = self.choice(key, tuple(members), required=required)
        return None if word is None else members(word)

    def reference(self, key: str, *, required: bool = False) -> Reference | None:
        """The id of another thing."""
        scalar = self.scalar(key, required=required)
        return None if scalar is None else self.reference_of(scalar)

    def reference_of(self, node: Node | None) -> Reference | None:
        """The id that a node holds."""
        scalar = self.scalar_of(node, "a reference")
        if scalar is None:
            return None
        name = self.parse(scalar, reference_id)
        return None if name is None else Reference(name, scalar.position)

    def references(self, key: str) -> tuple[Reference, ...]:
        """A list of ids, each once; a single id stands for a list of one."""
        found: dict[str, Reference] = {}
        for node in self.nodes(key):
            reference = self.reference_of(node)
            if reference is None:
                continue
            first = found.setdefault(reference.id, reference)
            if first is not reference:
                self.report.error(
                    reference.position,
                    "field/duplicate-value",
                    f"'{excerpt(reference.id)}' comes twice in '{key}'",
                    "keep it once",
                    related=(first.position,),
                )
        return tuple(found.values())

    def nodes(self, key: str) -> tuple[Node, ...]:
        """The items of a list; anything else stands for a list of one. Empty items are errors."""
        node = self.node(key)
        if node is None:
            return ()
        items = node.items if isinstance(node, Items) else (node,)
        return tuple(item for item in items if not self._empty(item, key))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts for readers."""
        read = (self.text_of(self.scalar_of(node, f"an item of '{key}'")) for node in self.nodes(key))
        return tuple(text for text in read if text)

    def day(self, key: str, *, required: bool = False) -> date | None:
        """A date."""
        return self.read(key, moments.day, required=required)

    def number(self, key: str) -> Fraction | None:
        """A plain number."""
        return self.read(key, quantities.number)

    def share(self, key: str) -> Fraction | None:
        """A share from 0 to 1."""
        return self.read(key, quantities.share)

    def mapping(self, key: str, *, what: str, keys: Iterable[str], required: bool = False) -> Fields | None:
        """A mapping below a key."""
        node = self.node(key, required=required)
        return None if node is None else self.mapping_of(node, what=what, keys=keys)

    def mapping_of(self, node: Node, *, what: str, keys: Iterable[str], named_by: str = "") -> Fields | None:
        """The node as a mapping; anything else is an error. Messages call it by the value of the key `named_by`."""
        names = tuple(keys)
        if isinstance(node, Entries):
            name = next(
                (value.text for key, value in node.entries if key.text == named_by and isinstance(value, Scalar)), ""
            )
            what = f"{what} '{excerpt(name, 40)}'" if name else what
            return Fields(node, self.report, what=what, keys=names)
        example = f"write keys and values, as in `{{{names[0]}: …}}`" if names else ""
        self.report.error(
            node.position,
            "field/wrong-type",
            f"{what} is {describe(node)}; a mapping of keys to values is needed",
            example,
        )
        return None

    def mappings(self, key: str, *, what: str, keys: Iterable[str], named_by: str = "") -> tuple[Fields, ...]:
        """A list of mappings, which messages call by the value of the key `named_by`."""
        names = tuple(keys)
        node = self.node(key)
        if node is None:
            return ()
        if not isinstance(node, Items):
            hint = "begin each item with '- '" if isinstance(node, Entries) else "write a list of mappings"
            self.report.error(node.position, "field/wrong-type", f"'{key}' is {describe(node)}; a list is needed", hint)
            return ()
        read = (
            self.mapping_of(item, what=what, keys=names, named_by=named_by)
            for item in node.items
            if not self._empty(item, key)
        )
        return tuple(fields for fields in read if fields is not None)

    def _empty(self, node: Node, key: str) -> bool:
        if not (isinstance(node, Scalar) and node.is_null):
            return False
        self.report.error(
            node.position, "field/wrong-type", f"an empty item in '{key}'", "write its value, or take the item out"
        )
        return True

    def _unknown(self, key: Scalar, known: frozenset[str]) -> None:
        name = key.text
        lowered = name.strip().lower().replace("-", "_").replace(" ", "_")
        meant = lowered if lowered in known else SYNONYMS.get(lowered, "")
        hint = f"did you mean '{meant}'?" if meant in known else did_you_mean(name[:MAX_VALUE], known)
        self._meant.update(key for key in known if f"'{key}'" in hint)
        hint = hint or "known here: " + ", ".join(sorted(known))
        self.report.error(key.position, "field/unknown-key", f"{self.what} has no key '{excerpt(name)}'", hint)


def _bracket_hint(node: Node) -> str:
    return "text that starts with [ or { goes in quotes" if isinstance(node, Items | Entries) else ""


def reference_id(text: str) -> str:
    """An id as a reference writes it, in the normal form; it need not be well-formed, only known."""
    name = unicodedata.normalize("NFC", text.strip())
    if not name:
        raise Unreadable("an empty reference", "write the id of the thing that is meant")
    return name


def new_id(text: str) -> str:
    """An id that a thing is given: kebab-case, in the normal form."""
    name = unicodedata.normalize("NFC", text)
    if len(name) > 100:
        raise Unreadable("an id of more than 100 characters", rule="limit/text-length")
    if _ID.fullmatch(name) is None or name != name.lower():
        better = suggested_id(name)
        raise Unreadable(
            f"'{excerpt(text)}' isn't a well-formed id: small letters, digits and single hyphens",
            f"call it '{better}'" if better else "",
            rule="field/bad-id",
        )
    return name


def suggested_id(name: str) -> str:
    """The nearest well-formed id of a name; empty where nothing is left of it."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name)
    return "-".join(re.findall(r"[^\W_]+", spaced.lower()))
