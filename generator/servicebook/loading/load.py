"""Reads a whole catalogue."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from servicebook.loading import kinds
from servicebook.loading.documents import Document, decode, split, whole
from servicebook.loading.fields import new_id
from servicebook.loading.files import Found, files_in, read_bytes
from servicebook.loading.kinds import FileKind
from servicebook.loading.nodes import Entries, compose, describe
from servicebook.loading.report import Report, Unreadable, excerpt
from servicebook.model.catalogue import ROUND_THE_CLOCK, Catalogue
from servicebook.source import Position, Problem, in_order

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A catalogue as its files say it, and everything that is wrong in single files."""

    catalogue: Catalogue
    problems: tuple[Problem, ...]
    broken: frozenset[tuple[str, str]]
    """Kind and id of what isn't in the catalogue because of an error: a reference to it is not unknown. The kinds are
    service, agreement, party, need, improvement, breach, calendar, source and target (then the id is `agreement/target`)."""
    ordinary_pages: tuple[str, ...] = ()
    """Paths of pages among the things that are none: `index.md` and `README.md`."""


@dataclass(slots=True)
class _Run:
    """What one run has found so far."""

    root: Path
    report: Report = field(default_factory=Report)
    pages: list[str] = field(default_factory=list)


def load(root: Path, *, content_dir: str = "content") -> Loaded:
    """Reads all files of the catalogue below `root`; never raises because of what they hold."""
    run = _Run(root)
    content = _content(run, content_dir)
    catalogue = Catalogue(
        services=_read_all(run, kinds.SERVICE, content),
        agreements=_read_all(run, kinds.AGREEMENT, content),
        parties=_read_all(run, kinds.PARTY, content),
        calendars=_read_all(run, kinds.CALENDAR, content),
        needs=_read_all(run, kinds.NEED, content),
        improvements=_read_all(run, kinds.IMPROVEMENT, content),
        sources=_read_all(run, kinds.SOURCE, root, nested=False),
        breaches=_read_all(run, kinds.BREACH, content),
        wording=_read_all(run, kinds.WORDING, content),
    )
    return Loaded(
        catalogue=catalogue,
        problems=in_order(run.report.problems),
        broken=frozenset(run.report.broken),
        ordinary_pages=tuple(sorted(run.pages)),
    )


def _content(run: _Run, content_dir: str) -> Path | None:
    """The folder of the content; None, with the problem reported, where it lies outside the catalogue."""
    folder = Path(os.path.normpath(run.root / content_dir))
    if folder.is_relative_to(os.path.normpath(run.root)):
        return run.root / folder.relative_to(os.path.normpath(run.root))
    message = f"the content folder '{excerpt(content_dir)}' lies outside the catalogue"
    run.report.error(Position("mkdocs.yml"), "yaml/unreadable-file", message, "name a folder beside mkdocs.yml")
    return None


def _read_all(run: _Run, kind: FileKind[T], parent: Path | None, *, nested: bool = True) -> Mapping[str, T]:
    """All things of a kind below a folder by id, ordered by id."""
    if parent is None:
        return MappingProxyType({})
    folder = parent / kind.folder
    things: dict[str, T] = {}
    for name, found in _identified(run, kind, files_in(folder, run.root, kind.suffixes, run.report, nested=nested)):
        thing = _read(run, kind, found, name)
        if thing is None:
            run.report.broken.add((kind.name, name))
        else:
            things[name] = thing
    return MappingProxyType(dict(sorted(things.items())))


def _identified(run: _Run, kind: FileKind[T], files: Iterable[Found]) -> list[tuple[str, Found]]:
    """Files with the ids of their things; of several with one id the first."""
    first: dict[str, Found] = {}
    identified = []
    for found in files:
        if kind.is_prose and found.stem.lower() in ("index", "readme"):
            run.pages.append(found.path)
            continue
        name = unicodedata.normalize("NFC", found.stem)
        try:
            new_id(name)
        except Unreadable as error:
            run.report.error(Position(found.path), error.rule, f"the file's name: {error.message}", error.hint)
            run.report.broken.add((kind.name, name.casefold()))
        if kind is kinds.CALENDAR and name == ROUND_THE_CLOCK:
            run.report.error(
                Position(found.path),
                "field/duplicate-id",
                f"the calendar '{name}' is built in",
                "give the file another name",
            )
            continue
        earlier = first.setdefault(unicodedata.normalize("NFKC", name).casefold(), found)
        if earlier is not found:
            message = f"a second {kind.name} '{name}': the first is {earlier.path}"
            hint = "ids are unique over all sub-folders, and don't differ in case or accents' encoding alone"
            run.report.error(
                Position(found.path), "field/duplicate-id", message, hint, related=(Position(earlier.path),)
            )
            run.report.broken.add((kind.name, name))
            continue
        identified.append((name, found))
    return identified


def _read(run: _Run, kind: FileKind[T], found: Found, name: str) -> T | None:
    data = read_bytes(found, run.report)
    text = None if data is None else decode(data, found.path, run.report)
    if text is None:
        return None
    document = (split if kind.is_prose else whole)(text, found.path, run.report)
    node = None if document is None else _mapping(document, run.report, kind.name)
    if document is None or node is None:
        return None
    return kind.read(document, node, name, run.report)


def _mapping(document: Document, report: Report, kind: str) -> Entries | None:
    """The keys of a document, as a mapping that begins where its file begins."""
    before = len(report.problems)
    node = compose(document.front, document.path, document.first_line, report)
    if isinstance(node, Entries):
        return Entries(node.entries, Position(document.path))
    if len(report.problems) > before:
        return None
    place = Position(
        document.path,
        document.first_line if node is None else node.position.line,
        1 if node is None else node.position.column,
    )
    message = (
        f"no keys are written here; a {kind} has some"
        if node is None
        else f"{describe(node)} instead of the keys of a {kind}"
    )
    report.error(place, "yaml/not-a-mapping", message, "write `key: value` lines, `title:` first")
    return None
