"""Bytes to text, text to front matter and body."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from servicebook.loading.nodes import NOT_ALLOWED
from servicebook.loading.report import Report, excerpt
from servicebook.source import Position

MAX_FILE = 2_000_000
"""Bytes of a Markdown file or a YAML file."""
MAX_FRONT_MATTER = 1_000_000
"""Characters of front matter, or of a YAML file."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OPENING = re.compile(r"---[ \t]*")
_CLOSING = re.compile(r"(?:---|\.\.\.)[ \t]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file's YAML and its prose."""

    path: str
    front: str
    """The YAML, with line feeds as line ends."""
    first_line: int
    """The line of the file at which the YAML starts."""
    body: str = ""
    body_position: Position


def decode(data: bytes, path: str, report: Report) -> str | None:
    """The text of a file: UTF-8 (a byte order mark is taken off), every line end as a line feed.

    Characters that no text may hold are reported at the first of them and replaced, so that the rest is read too.
    None, with the problem reported, where the bytes aren't UTF-8 or are too many.
    """
    if len(data) > MAX_FILE:
        report.error(
            Position(path),
            "limit/file-size",
            f"the file is larger than {MAX_FILE // 1_000_000} MB",
            "split it, or shorten its prose",
        )
        return None
    if data.startswith(_UTF16):
        report.error(Position(path), "yaml/encoding", "the file is written in UTF-16", "save it as UTF-8")
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place(data[: error.start].decode("utf-8").removeprefix("\ufeff"), path)
        report.error(
            place, "yaml/encoding", f"the byte 0x{data[error.start]:02x} isn't UTF-8", "save the file as UTF-8"
        )
        return None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    bad = NOT_ALLOWED.search(text)
    if bad is not None:
        name = "a NUL" if bad[0] == "\0" else f"the character U+{ord(bad[0]):04X}"
        report.error(
            _place(text[: bad.start()], path),
            "yaml/control-character",
            f"{name} isn't allowed in a text",
            "take it out",
        )
        text = NOT_ALLOWED.sub("\ufffd", text)
    return text


def split(text: str, path: str, report: Report) -> Document | None:
    """The front matter of a Markdown file and what follows it; None, with the problem reported, where there is none."""
    lines = text.split("\n")
    if _OPENING.fullmatch(lines[0]) is None:
        _report_no_opening(lines, path, report)
        return None
    closing = next((number for number, line in enumerate(lines) if number and _CLOSING.fullmatch(line)), None)
    if closing is None:
        report.error(
            Position(path),
            "yaml/no-front-matter",
            "the front matter that opens here is never closed",
            "write a line with --- after its last key",
        )
        return None
    front = "".join(line + "\n" for line in lines[1:closing])
    if not _small_enough(front, path, report):
        return None
    return Document(
        path=path,
        front=front,
        first_line=2,
        body="\n".join(lines[closing + 1 :]),
        body_position=Position(path, closing + 2),
    )


def whole(text: str, path: str, report: Report) -> Document | None:
    """A file that is YAML from its first line to its last."""
    if not _small_enough(text, path, report):
        return None
    return Document(path=path, front=text, first_line=1, body_position=Position(path))


def _small_enough(front: str, path: str, report: Report) -> bool:
    if len(front) <= MAX_FRONT_MATTER:
        return True
    report.error(
        Position(path),
        "limit/front-matter-size",
        f"more than {MAX_FRONT_MATTER:,} characters of YAML",
        "split the file",
    )
    return False


def _report_no_opening(lines: list[str], path: str, report: Report) -> None:
    """Says what stands where `---` should stand."""
    number = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if not lines[number].strip():
        message = "the file is empty" if not "".join(lines) else "the file holds nothing but white space"
        report.error(
            Position(path), "yaml/no-front-matter", message, "begin with a line ---, then the keys, then a line ---"
        )
        return
    if lines[number].strip().startswith("---") and (number or lines[0] != lines[0].lstrip()):
        message, hint = "'---' has to be the first line of the file", "take out what stands before it"
    else:
        message = f"the file begins with '{excerpt(lines[number], 40)}' instead of '---'"
        hint = "put the keys between two lines with --- at the top of the file"
    report.error(Position(path, number + 1), "yaml/no-front-matter", message, hint)


def _place(before: str, path: str) -> Position:
    """The position right behind a text."""
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    return Position(path, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
