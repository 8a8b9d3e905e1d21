"""Putting a site in place."""

import errno
import shutil
import stat
import threading
from pathlib import Path

import pytest

from servicebook.adapters.publishing import NotASiteError, begin, discard, publish


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that is there already."""
    folder = tmp_path / "www" / "site"
    write(folder, "old")
    return folder


def write(folder: Path, text: str) -> None:
    (folder / "page").mkdir(parents=True, exist_ok=True)
    (folder / "sitemap.xml").write_text(text)
    (folder / "page" / "index.html").write_text(text)


def texts(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): file.read_text() for file in sorted(folder.rglob("*")) if file.is_file()
    }


OLD = {"sitemap.xml": "old", "page/index.html": "old"}
NEW = {"sitemap.xml": "new", "page/index.html": "new"}


def test_the_site_is_replaced_whole(site: Path) -> None:
    """What the new one lacks is gone, and nothing else lies in the folder around it."""
    (site / "gone.html").write_text("old")
    staging = begin(site)
    write(staging.folder, "new")

    publish(staging)

    assert texts(site) == NEW
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_until_then_the_old_one_stays(site: Path) -> None:
    """A build that is given up leaves no trace."""
    staging = begin(site)
    write(staging.folder, "new")
    assert texts(site) == OLD

    discard(staging)

    assert texts(site) == OLD
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_a_first_site_needs_no_old_one(tmp_path: Path) -> None:
    """Folders on the way are made, with the permissions of any new folder."""
    staging = begin(tmp_path / "a" / "b" / "site")
    write(staging.folder, "new")

    publish(staging)

    assert texts(tmp_path / "a/b/site") == NEW
    ordinary = tmp_path / "ordinary"
    ordinary.mkdir()
    assert stat.S_IMODE((tmp_path / "a/b/site").stat().st_mode) == stat.S_IMODE(ordinary.stat().st_mode)


def test_permissions_and_hidden_files_stay(site: Path) -> None:
    """`.git` of a site in a repository, `.nojekyll`; the mode that a web server needs."""
    (site / ".nojekyll").write_text("kept")
    site.chmod(0o2750)
    staging = begin(site)
    write(staging.folder, "new")

    publish(staging)

    assert texts(site) == {**NEW, ".nojekyll": "kept"}
    assert stat.S_IMODE(site.stat().st_mode) == 0o2750


def test_a_link_to_the_site_stays_a_link(site: Path, tmp_path: Path) -> None:
    """What it leads to is replaced."""
    link = tmp_path / "current"
    link.symlink_to(site)
    staging = begin(link)
    write(staging.folder, "new")

    publish(staging)

    assert link.is_symlink()
    assert texts(site) == NEW


def test_a_failure_brings_the_old_one_back(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the new one can't be put in place the old one is there again."""
    staging = begin(site)
    write(staging.folder, "new")
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self == staging.folder:
            raise OSError(errno.EIO, "the disk")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="the disk"):
        publish(staging)

    assert texts(site) == OLD


@pytest.fixture
def mounted(monkeypatch: pytest.MonkeyPatch, site: Path) -> Path:
    """A site that can't be renamed, as a mounted volume can't."""
    rename = Path.rename

    def refusing(self: Path, target: Path) -> Path:
        if self == site:
            raise OSError(errno.EBUSY, "busy")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refusing)
    return site


def test_a_mounted_site_is_replaced_entry_by_entry(mounted: Path) -> None:
    """The result is the same."""
    (mounted / "gone.html").write_text("old")
    (mounted / ".nojekyll").write_text("kept")
    staging = begin(mounted)
    write(staging.folder, "new")

    publish(staging)

    assert texts(mounted) == {**NEW, ".nojekyll": "kept"}
    assert [path.name for path in mounted.parent.iterdir()] == ["site"]


def test_a_failure_on_the_way_takes_every_step_back(mounted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a site is never left."""
    staging = begin(mounted)
    write(staging.folder, "new")
    move = shutil.move

    def failing(before: Path, after: Path) -> object:
        if before == staging.folder / "sitemap.xml":
            raise OSError(errno.ENOSPC, "full")
        return move(before, after)

    monkeypatch.setattr(shutil, "move", failing)
    with pytest.raises(OSError, match="full"):
        publish(staging)

    assert texts(mounted) == OLD


def test_a_parent_folder_of_somebody_else(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the folder aside lies in the site, hidden."""
    mkdir = Path.mkdir

    def refusing(self: Path, *args: object, **kwargs: object) -> None:
        if self.parent == site.parent and self != site.parent and not kwargs:
            raise PermissionError(errno.EACCES, "not yours")
        mkdir(self, *args, **kwargs)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(Path, "mkdir", refusing)
    staging = begin(site)

    assert staging.folder.parent == site
    assert staging.folder.name.startswith(".")
    with pytest.raises(PermissionError):
        begin(site.parent / "elsewhere")


def test_builds_at_the_same_time_do_not_destroy_each_other(site: Path) -> None:
    """Each builds in its own folder; one of them stands in the end, whole."""
    stagings = [begin(site) for _ in range(8)]
    for number, staging in enumerate(stagings):
        write(staging.folder, str(number))
    threads = [threading.Thread(target=publish, args=(staging,)) for staging in stagings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = texts(site)
    assert set(found) == set(NEW)
    assert len(set(found.values())) == 1
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_giving_up_when_others_never_end(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place that is always taken again is an error, not a loop."""
    staging = begin(site)
    rename = Path.rename

    def taken(self: Path, target: Path) -> Path:
        if self == staging.folder:
            raise OSError(errno.ENOTEMPTY, "taken")
        result = rename(self, target)
        write(site, "of another")
        return result

    monkeypatch.setattr(Path, "rename", taken)
    with pytest.raises(FileExistsError):
        publish(staging)
    assert texts(site) == {"sitemap.xml": "of another", "page/index.html": "of another"}


def test_what_is_no_site_is_left_alone(tmp_path: Path) -> None:
    """A folder of something else, a file, or one that holds the sources."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.odt").write_text("years of work")
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotASiteError, match="none of a site's"):
        begin(tmp_path / "home")
    with pytest.raises(NotASiteError, match="is a file"):
        begin(tmp_path / "file")
    with pytest.raises(NotASiteError, match="would replace the sources"):
        begin(tmp_path, keep_out=(tmp_path / "home",))

    assert texts(tmp_path) == {"home/thesis.odt": "years of work", "file": "x"}


def test_an_empty_folder_may_become_a_site(tmp_path: Path) -> None:
    """As may one with hidden files only, such as an empty repository."""
    (tmp_path / "site" / ".git").mkdir(parents=True)
    staging = begin(tmp_path / "site")
    write(staging.folder, "new")

    publish(staging)

    assert texts(tmp_path / "site") == NEW
    assert (tmp_path / "site" / ".git").is_dir()
