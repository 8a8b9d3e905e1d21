"""What of the author's folder is published: pages and assets; never a source as it lies."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from mkdocs.structure.files import File, Files

from servicebook.source import Position, Problem, Severity

KINDS = frozenset({"services", "agreements", "parties", "calendars", "needs", "improvements"})
"""Folders whose Markdown files are things of the catalogue; their pages are made from them."""

ASSETS = frozenset(
    ".png .jpg .jpeg .gif .svg .webp .avif .ico .bmp .tif .tiff .pdf .css .js .mjs .map .woff .woff2 .ttf .otf .eot "
    ".mp4 .webm .ogv .mp3 .ogg .oga .wav .vtt .odt .ods .odp .docx .xlsx .pptx .txt .vcf .ics .drawio .zip".split()
)
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


def without(files: Files, taken: Iterable[File], docs_dir: str, docs: str) -> list[Problem]:
    """Take out the author's pages whose address belongs to a page of ours; the addresses of ours stay."""
    addresses = {file.dest_uri for file in taken}
    problems = []
    for file in [file for file in files if file.src_dir == docs_dir and file.dest_uri in addresses]:
        files.remove(file)
        problems.append(
            _warning(file, docs, "prose/address-taken", "its address belongs to a page that is made", "rename the file")
        )
    return problems


def _is_published(file: File) -> bool:
    parts = file.src_uri.split("/")
    if any(part.startswith(".") for part in parts):
        return False
    if file.is_documentation_page():
        return parts[0] not in KINDS and file.src_uri not in ("index.md", "README.md")
    return os.path.splitext(file.src_uri)[1].lower() in ASSETS


def _outside(file: File, root: Path, docs: str) -> Problem | None:
    if Path(os.path.realpath(file.abs_src_path or "")).is_relative_to(root):
        return None
    return _warning(file, docs, "prose/outside", "a link that leads out of the folder is not published", "copy the file here")


def _unreadable(file: File, docs: str) -> Problem | None:
    if not file.is_documentation_page():
        return None
    try:
        file.content_string  # noqa: B018 - reading it is the test
    except (OSError, UnicodeDecodeError) as error:
        return _warning(file, docs, "prose/unreadable", f"the page can't be read: {error}", "save it as UTF-8")
    return None


def _warning(file: File, docs: str, rule: str, message: str, hint: str) -> Problem:
    return Problem(position=Position(f"{docs}/{file.src_uri}"), rule=rule, message=message, hint=hint, severity=Severity.WARNING)
