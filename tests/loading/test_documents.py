"""Bytes to front matter and body: no input ends in anything but a line that says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from servicebook.loading.documents import MAX_FILE, MAX_FRONT_MATTER, decode, split
from servicebook.loading.report import Report
from tests.loading.builders import lines, read

MAIL = "content/services/mail.md"

NO_FRONT_MATTER = {
    "": "1:1 yaml/no-front-matter: the file is empty | begin with a line ---, then the keys, then a line ---",
    " \n\n": "1:1 yaml/no-front-matter: the file holds nothing but white space | begin with a line ---, then the keys, then a line ---",
    "title: E-mail\n": "1:1 yaml/no-front-matter: the file begins with 'title: E-mail' instead of '---' | put the keys between two lines "
    "with --- at the top of the file",
    "\n---\ntitle: E-mail\n---\n": "2:1 yaml/no-front-matter: '---' has to be the first line of the file | take out what stands before it",
    "---\ntitle: E-mail\nstage: live\n": "1:1 yaml/no-front-matter: the front matter that opens here is never closed | write a line with --- "
    "after its last key",
    "---\n---\nProse.\n": "2:1 yaml/not-a-mapping: no keys are written here; a service has some | write `key: value` lines, `title:` first",
    "---\n# title\n---\n": "2:1 yaml/not-a-mapping: no keys are written here; a service has some | write `key: value` lines, `title:` first",
    "---\n- title\n---\n": "2:1 yaml/not-a-mapping: a list instead of the keys of a service | write `key: value` lines, `title:` first",
    "---\nE-mail\n---\n": "2:1 yaml/not-a-mapping: a single value instead of the keys of a service | write `key: value` lines, `title:` first",
}


@pytest.mark.parametrize(("text", "line"), NO_FRONT_MATTER.items())
def test_a_file_of_a_thing_begins_with_its_keys(text: str, line: str, tmp_path: Path) -> None:
    """Keys stand between `---` on the first line and the next `---`; whatever is there instead is named."""
    assert lines(read(tmp_path, {MAIL: text}), hints=True) == [f"{MAIL}:{line}"]


NOT_TEXT: dict[bytes, str] = {
    b"---\ntitle: B\xfcro\nstage: live\n---\n": "2:9 yaml/encoding: the byte 0xfc isn't UTF-8 | save the file as UTF-8",
    "---\ntitle: x\n---\n".encode("utf-16"): "1:1 yaml/encoding: the file is written in UTF-16 | save it as UTF-8",
    b"---\ntitle: \xc3\xa9 \0\nstage: live\n---\n": "2:10 yaml/control-character: a NUL isn't allowed in a text | take it out",
    b"---\ntitle: x\nstage: live\n---\nProse \x1b[31m.\n": "5:7 yaml/control-character: the character U+001B isn't allowed in a text | take it out",
    b'---\ntitle: "a\\0b"\nstage: live\n---\n': "2:8 yaml/control-character: the character U+0000 isn't allowed in a text | take the escape out",
    b"---\ntitle: x\nstage: live\n---\n"
    + b"x" * MAX_FILE: "1:1 limit/file-size: the file is larger than 2 MB | split it, or shorten its prose",
    b"---\n#"
    + b"x" * MAX_FRONT_MATTER
    + b"\n---\n": "1:1 limit/front-matter-size: more than 1,000,000 characters of YAML | split the file",
}


@pytest.mark.parametrize(("data", "line"), NOT_TEXT.items(), ids=range(len(NOT_TEXT)))
def test_a_file_is_text_in_utf_8(data: bytes, line: str, tmp_path: Path) -> None:
    """Other encodings, characters that no page can show and sizes that nobody writes by hand are refused at their place."""
    assert lines(read(tmp_path, {MAIL: data}), hints=True) == [f"{MAIL}:{line}"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_change_nothing(end: str, mark: str, tmp_path: Path) -> None:
    """Windows' and old Macs' line ends and a byte order mark leave lines, columns and the body as they are."""
    text = mark + "---\ntitle: E-mail\nstage: life\n---\nOne.\n\nTwo.\n".replace("\n", end)

    loaded = read(tmp_path, {MAIL: text, "content/services/web.md": text.replace("life", "live")})

    assert lines(loaded) == [f"{MAIL}:3:8 field/wrong-value: 'life' isn't a value of 'stage'"]
    assert loaded.catalogue.services["web"].body == "One.\n\nTwo.\n"


def test_the_body_knows_where_it_begins() -> None:
    """The body is everything behind the closing line, `---` or `...`, and its position is its first line."""
    report = Report()

    document = split("---  \ntitle: x\n...\t\nProse.\n---\nMore.", "a.md", report)

    assert report.problems == []
    assert document is not None
    assert (document.front, document.first_line) == ("title: x\n", 2)
    assert (document.body, document.body_position.line) == ("Prose.\n---\nMore.", 4)


def test_the_column_of_a_bad_byte_counts_characters() -> None:
    """Behind `é` and a byte order mark the bad byte stands in the third column of the second line."""
    report = Report()

    assert decode(b"\xef\xbb\xbfx\r\n\xc3\xa9y\xff", "a.md", report) is None
    assert (report.problems[0].position.line, report.problems[0].position.column) == (2, 3)
