"""What of the author's folder is published: pages and assets; never a source as it lies."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from mkdocs.structure.files import File, Files
from mkdocs.utils.meta import get_data

from servicebook.rendering.edition import Edition
from servicebook.source import Position, Problem, Severity

KINDS = frozenset({"services", "agreements", "parties", "needs", "improvements", "breaches"})
"""Folders whose Markdown files are things of the catalogue; their pages are made from them."""

HOME = ("index.md", "README.md")
"""The author's home page, which becomes part of ours; the first of them that is there."""
_ORDINARY = ("index", "readme")
"""Names of files that are ordinary pages even in a folder of things."""

_SUFFIXES = (
    ".png .jpg .jpeg .gif .svg .webp .avif .ico .bmp .tif .tiff .pdf .css .js .mjs .map .woff .woff2 .ttf .otf .eot "
    ".mp4 .webm .ogv .mp3 .ogg .oga .wav .vtt .odt .ods .odp .docx .xlsx .pptx .txt .vcf .ics .drawio .zip"
)
ASSETS = frozenset(_SUFFIXES.split())
"""Suffixes of files that are published as they are. Whatever else lies there is a source or unknown, and stays at home."""


def sort_out(files: Files, docs_dir: str, docs: str) -> list[Problem]:
    """Take everything out of `files` that isn't to be published; the theme's and other plugins' files stay.

    `docs` is the folder of documents as problems name it. Returns what an editor should know.
    """
    root = Path(os.path.realpath(docs_dir))
    problems: list[Problem] = []
    for file in list(files):
        if file.src_dir != docs_dir:
            continue
        problem = None
        if _is_published(file):
            problem = _outside(file, root, docs) or _unreadable(file, docs)
            if problem is None:
                continue
            problems.append(problem)
        files.remove(file)
    return problems


def for_others(files: Files, docs_dir: str, edition: Edition) -> frozenset[str]:
    """Take out the author's pages whose front matter says that they are for others than an edition's readers; which these are."""
    gone: set[str] = set()
    if edition.is_whole:
        return frozenset()
    for file in [each for each in files if each.src_dir == docs_dir and each.is_documentation_page()]:
        if not edition.may_read(_audience(file)):
            files.remove(file)
            gone.add(file.src_uri)
    return frozenset(gone)


def _audience(file: File) -> tuple[str, ...]:
    """`audience` of a page: one word, or a list of parties; a page that can't be read is reported elsewhere."""
    try:
        _, meta = get_data(file.content_string)
    except (OSError, UnicodeDecodeError):
        return ()
    said = meta.get("audience") or ()
    return (said,) if isinstance(said, str) else tuple(str(each) for each in said)


def without(files: Files, taken: Iterable[File], docs_dir: str, docs: str) -> list[Problem]:
    """Take out the author's pages whose address belongs to a page of ours; the addresses of ours stay."""
    addresses = {file.dest_uri for file in taken}
    problems = []
    for file in [file for file in files if file.src_dir == docs_dir and file.dest_uri in addresses]:
        files.remove(file)
        # A README in a folder of things is for those who work in it.
        if not file.src_uri.endswith("/README.md"):
            problems.append(
                _warning(
                    file, docs, "prose/address-taken", "its address belongs to a page that is made", "rename the file"
                )
            )
    return problems


def welcome(files: Files, docs_dir: str) -> tuple[str, str | None]:
    """The prose of the author's home page without its front matter, and its path; empty without one."""
    for name in HOME:
        file = files.get_file_from_path(name)
        if file is not None and file.src_dir == docs_dir:
            try:
                text, _ = get_data(file.content_string)
            except (OSError, UnicodeDecodeError):
                return "", name
            return text, name
    return "", None


def _is_published(file: File) -> bool:
    parts = file.src_uri.split("/")
    if any(part.startswith(".") for part in parts):
        return False
    if file.is_documentation_page():
        is_thing = parts[0] in KINDS and PurePosixPath(parts[-1]).stem.lower() not in _ORDINARY
        return not is_thing and file.src_uri not in HOME
    return PurePosixPath(file.src_uri).suffix.lower() in ASSETS


def _outside(file: File, root: Path, docs: str) -> Problem | None:
    if Path(os.path.realpath(file.abs_src_path or "")).is_relative_to(root):
        return None
    return _warning(
        file, docs, "prose/outside", "a link that leads out of the folder is not published", "copy the file here"
    )


def _unreadable(file: File, docs: str) -> Problem | None:
    if not file.is_documentation_page():
        return None
    try:
        file.content_string  # noqa: B018 - reading it is the test
    except (OSError, UnicodeDecodeError) as error:
        return _warning(file, docs, "prose/unreadable", f"the page can't be read: {error}", "save it as UTF-8")
    return None


def _warning(file: File, docs: str, rule: str, message: str, hint: str) -> Problem:
    return Problem(
        position=Position(f"{docs}/{file.src_uri}"), rule=rule, message=message, hint=hint, severity=Severity.WARNING
    )
