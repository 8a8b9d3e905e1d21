"""Which files are read, what their names say, and what happens to those that can't be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from servicebook.loading import load
from servicebook.loading.files import MAX_FOLDERS
from tests.loading.builders import CALENDAR, PARTY, SERVICE, SOURCE, lines, read


def test_an_empty_folder_is_an_empty_catalogue(tmp_path: Path) -> None:
    """Nothing there is nothing wrong."""
    loaded = load(tmp_path)

    assert lines(loaded) == []
    assert not any((loaded.catalogue.services, loaded.catalogue.agreements, loaded.catalogue.sources))


def test_the_stem_is_the_id_and_sub_folders_are_free(tmp_path: Path) -> None:
    """`content/services/mail/web.md` is the service `web`; things are ordered by id; calendars end in .yml or .yaml."""
    loaded = read(
        tmp_path,
        {
            "content/services/mail/web.md": SERVICE,
            "content/services/archive.md": SERVICE,
            "content/calendars/a.yml": CALENDAR,
            "content/calendars/b.yaml": CALENDAR,
        },
    )

    assert lines(loaded) == []
    assert list(loaded.catalogue.services) == ["archive", "web"]
    assert list(loaded.catalogue.calendars) == ["a", "b"]
    assert loaded.catalogue.services["web"].path == "content/services/mail/web.md"


def test_only_files_directly_in_data_metrics_are_definitions(tmp_path: Path) -> None:
    """An Upptime history further down is a metric file, whatever it holds."""
    loaded = read(
        tmp_path, {"data/metrics/mail.yml": SOURCE, "data/metrics/mail/history.yml": "url: https://mail.example\n"}
    )

    assert lines(loaded) == []
    assert list(loaded.catalogue.sources) == ["mail"]


def test_ordinary_pages_and_hidden_files_are_no_things(tmp_path: Path) -> None:
    """`index.md` and `README.md` are pages; what begins with a dot is nobody's; pictures are welcome."""
    loaded = read(
        tmp_path,
        {
            "content/services/index.md": "# Our services\n",
            "content/services/README.md": "Notes.\n",
            "content/services/.draft.md": "x",
            "content/services/.old/mail.md": "x",
            "content/services/mail.png": b"\x89PNG",
        },
    )

    assert lines(loaded) == []
    assert loaded.ordinary_pages == ("content/services/README.md", "content/services/index.md")


def test_another_content_folder(tmp_path: Path) -> None:
    """`docs_dir` of the site may have another name."""
    read(tmp_path, {"docs/services/mail.md": SERVICE})

    assert list(load(tmp_path, content_dir="docs").catalogue.services) == ["mail"]


@pytest.mark.parametrize("name", ["..", "../elsewhere", "/etc", "docs/../.."])
def test_a_content_folder_outside_the_catalogue(name: str, tmp_path: Path) -> None:
    """Nothing is read there."""
    read(tmp_path / "elsewhere", {"services/mail.md": SERVICE})

    loaded = load(tmp_path / "catalogue", content_dir=name)

    assert lines(loaded) == [
        f"mkdocs.yml:1:1 yaml/unreadable-file: the content folder '{name}' lies outside the catalogue"
    ]
    assert not loaded.catalogue.services


def test_a_content_folder_may_be_written_in_a_roundabout_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`./docs/../content` is `content`, and the catalogue may be where one stands."""
    read(tmp_path, {"content/services/mail.md": SERVICE, "services/web.md": SERVICE})
    monkeypatch.chdir(tmp_path)

    assert list(load(Path(), content_dir="./docs/../content").catalogue.services) == ["mail"]
    assert list(load(Path(), content_dir=".").catalogue.services) == ["web"]


def test_ids_are_unique_among_their_kind(tmp_path: Path) -> None:
    """The second of two equal ids is an error that points at the first; a party may be called like a service."""
    loaded = read(
        tmp_path,
        {
            "content/services/a/mail.md": SERVICE,
            "content/services/b/mail.md": SERVICE,
            "content/parties/mail.md": PARTY,
        },
    )

    assert lines(loaded) == [
        "content/services/b/mail.md:1:1 field/duplicate-id: a second service 'mail': the first is content/services/a/mail.md"
    ]
    assert [place.path for place in loaded.problems[0].related] == ["content/services/a/mail.md"]


@pytest.mark.parametrize(("first", "second"), [("caf\u00e9", "cafe\u0301"), ("mail", "Mail")])
def test_ids_that_differ_in_case_or_encoding_alone_are_one(first: str, second: str, tmp_path: Path) -> None:
    """They would be one file on another computer, and one address on the site."""
    loaded = read(tmp_path, {f"content/services/a/{first}.md": SERVICE, f"content/services/b/{second}.md": SERVICE})

    assert "field/duplicate-id" in [problem.rule for problem in loaded.problems]


def test_a_file_name_that_is_no_id(tmp_path: Path) -> None:
    """It is still read, so that references to it aren't reported on top."""
    loaded = read(tmp_path, {"content/services/Web Mail.md": SERVICE})

    assert lines(loaded, hints=True) == [
        (
            "content/services/Web Mail.md:1:1 field/bad-id: the file's name: 'Web Mail' isn't a well-formed id: small letters, digits and single "
            "hyphens | call it 'web-mail'"
        )
    ]
    assert list(loaded.catalogue.services) == ["Web Mail"]


def test_the_built_in_calendar_can_not_be_replaced(tmp_path: Path) -> None:
    """`round-the-clock` means one thing everywhere."""
    assert lines(read(tmp_path, {"content/calendars/round-the-clock.yml": CALENDAR})) == [
        "content/calendars/round-the-clock.yml:1:1 field/duplicate-id: the calendar 'round-the-clock' is built in"
    ]


def test_what_can_not_be_read_is_a_line(tmp_path: Path) -> None:
    """A folder with a file's name, a pipe, a link that leads nowhere, one that leads out: a problem each, and no waiting."""
    services = tmp_path / "catalogue/content/services"
    (services / "folder.md").mkdir(parents=True)
    os.mkfifo(services / "pipe.md")
    (services / "nowhere.md").symlink_to("gone.md")
    (tmp_path / "outside.md").write_text(SERVICE)
    (services / "outside.md").symlink_to(tmp_path / "outside.md")
    (services / "others").symlink_to(tmp_path)
    (services / "circle.md").symlink_to("circle.md")

    found = lines(load(tmp_path / "catalogue"))

    assert found == [
        "content/services/circle.md:1:1 yaml/unreadable-file: the file can't be read: too many levels of symbolic links",
        "content/services/folder.md:1:1 yaml/unreadable-file: this is a folder, though its name is that of a file",
        "content/services/nowhere.md:1:1 yaml/unreadable-file: the file can't be read: no such file or directory",
        "content/services/others:1:1 yaml/unreadable-file: this link leads out of the catalogue",
        "content/services/outside.md:1:1 yaml/unreadable-file: this link leads out of the catalogue",
        "content/services/pipe.md:1:1 yaml/unreadable-file: this is no regular file, though its name is that of a file",
    ]


def test_a_link_inside_the_catalogue_is_followed(tmp_path: Path) -> None:
    """A thing may be linked from a second place of the catalogue under another name."""
    read(tmp_path, {"content/services/mail.md": SERVICE})
    (tmp_path / "content/services/web.md").symlink_to("mail.md")

    assert list(load(tmp_path).catalogue.services) == ["mail", "web"]


def test_a_link_in_a_circle_ends(tmp_path: Path) -> None:
    """A folder that holds itself is a line, and what it holds is read once."""
    read(tmp_path, {"content/services/mail.md": SERVICE})
    (tmp_path / "content/services/again").symlink_to(".")

    assert lines(load(tmp_path)) == ["content/services/again:1:1 yaml/unreadable-file: this link leads in a circle"]


def test_folders_have_a_depth(tmp_path: Path) -> None:
    """A tower of folders is given up at a depth that nobody needs."""
    (tmp_path / "content/services" / "/".join("a" * (MAX_FOLDERS + 1))).mkdir(parents=True)

    (line,) = lines(load(tmp_path))

    assert line.endswith(f"limit/depth: more than {MAX_FOLDERS} folders inside one another")


def test_a_file_without_permission_is_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system says is said in plain words."""
    read(tmp_path, {"content/services/mail.md": SERVICE})

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)

    assert lines(load(tmp_path)) == [
        "content/services/mail.md:1:1 yaml/unreadable-file: the file can't be read: permission denied"
    ]


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    """`content/services` as a file is said too."""
    loaded = read(tmp_path, {"content/services": "x"})

    assert lines(loaded) == ["content/services:1:1 yaml/unreadable-file: the folder can't be read: not a directory"]


def test_a_name_that_is_not_utf_8(tmp_path: Path) -> None:
    """Its bytes are replaced where the problem names it."""
    folder = tmp_path / "content/services"
    folder.mkdir(parents=True)
    (folder / os.fsdecode(b"b\xfcro.md")).write_text(SERVICE)

    (line,) = lines(load(tmp_path))

    assert line.startswith("content/services/b\ufffdro.md:1:1 field/bad-id")


def test_what_is_broken_is_remembered(tmp_path: Path) -> None:
    """References to it won't be reported as unknown on top of what is wrong with it."""
    loaded = read(
        tmp_path, {"content/services/mail.md": "title: x\n", "content/parties/hq.md": "---\ntitle: HQ\n---\n"}
    )

    assert loaded.broken == {("service", "mail"), ("party", "hq")}
    assert not loaded.catalogue.services
