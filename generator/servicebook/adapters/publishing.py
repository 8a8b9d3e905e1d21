"""A build goes to a folder aside and replaces the site only when it is whole.

The folder is the site's sibling, so that putting it in place is a rename. Where the site itself can't be renamed (a
mounted volume, a parent folder of somebody else) its entries change places one by one, and go back if one of them fails.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MARKS = ("sitemap.xml", "404.html", "index.html")
"""A folder that holds one of these is taken for a site that may be replaced."""

_CANNOT_BE_RENAMED = (errno.EBUSY, errno.EXDEV, errno.EACCES, errno.EPERM)
_TAKEN_MEANWHILE = (errno.ENOTEMPTY, errno.EEXIST)
_ATTEMPTS = 20


class NotASiteError(Exception):
    """The folder to publish to holds something that no site has; nothing was touched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staging:
    """Where a build is put together, and where it goes."""

    site: Path
    folder: Path


def begin(site_dir: str | Path, *, keep_out: tuple[Path, ...] = ()) -> Staging:
    """Make an empty folder beside the site.

    `keep_out` are folders of sources: a site that would swallow one of them is refused, as is a folder with
    something else in it, with NotASiteError.
    """
    site = Path(os.path.realpath(site_dir))
    _refuse_what_is_no_site(site, keep_out)
    site.parent.mkdir(parents=True, exist_ok=True)
    return Staging(site=site, folder=_new_folder(site))


def publish(staging: Staging) -> None:
    """Put the folder in the site's place.

    Hidden files of the site (`.git`, `.nojekyll`) stay, as with MkDocs. When anything fails the site is as it was.
    """
    with suppress(FileNotFoundError):
        shutil.copymode(staging.site, staging.folder)
    try:
        _exchange(staging)
    except OSError as error:
        if error.errno not in _CANNOT_BE_RENAMED:
            raise
        _exchange_entries(staging)


def discard(staging: Staging) -> None:
    """Remove the folder aside, where it is still there."""
    shutil.rmtree(staging.folder, ignore_errors=True)


def _refuse_what_is_no_site(site: Path, keep_out: tuple[Path, ...]) -> None:
    for folder in keep_out:
        if Path(os.path.realpath(folder)).is_relative_to(site):
            raise NotASiteError(f"the site would replace the sources: '{site}' holds '{folder}'")
    if site.is_file():
        raise NotASiteError(f"'{site}' is a file, not a folder")
    if site.is_dir() and any(_visible(site)) and not any((site / mark).is_file() for mark in MARKS):
        raise NotASiteError(f"'{site}' holds files, but none of a site's; empty it, or name another folder")


def _visible(folder: Path) -> Iterator[Path]:
    return (entry for entry in sorted(folder.iterdir()) if not entry.name.startswith("."))


def _hidden(folder: Path) -> list[Path]:
    return [entry for entry in sorted(folder.iterdir()) if entry.name.startswith(".")]


def _new_folder(site: Path) -> Path:
    """An empty folder with the permissions that any new folder gets: beside the site, else within it."""
    for parent in (site.parent, site):
        folder = _unused(parent / f".{site.name}.building")
        try:
            folder.mkdir()
        except PermissionError:
            if parent is site or not site.is_dir():
                raise
        else:
            return folder
    raise AssertionError("one of the two folders was made, or its error raised")


def _unused(path: Path) -> Path:
    return path.with_name(f"{path.name}-{secrets.token_hex(6)}")


def _exchange(staging: Staging) -> None:
    """Rename the old site away and the new one into its place.

    Two builds that end together both succeed: the one that finds the place taken again begins anew.
    """
    for _ in range(_ATTEMPTS):
        old = _set_aside(staging.site)
        hidden = _carry_hidden(old, staging.folder)
        try:
            staging.folder.rename(staging.site)
        except OSError as error:
            if error.errno not in _TAKEN_MEANWHILE:
                _put_back(old, hidden, staging)
                raise
        else:
            _remove(old)
            return
        _remove(old)
    raise FileExistsError(errno.EEXIST, "other builds kept replacing the site", str(staging.site))


def _set_aside(site: Path) -> Path | None:
    """Rename the site away; None where there is none yet."""
    old = _unused(site.with_name(f".{site.name}.replaced"))
    try:
        return site.rename(old)
    except FileNotFoundError:
        return None


def _carry_hidden(old: Path | None, new: Path) -> list[str]:
    """Move hidden entries from the old site to the new one while both are out of everybody's sight; returns their names."""
    if old is None:
        return []
    entries = [entry for entry in _hidden(old) if not (new / entry.name).exists()]
    for entry in entries:
        entry.rename(new / entry.name)
    return [entry.name for entry in entries]


def _put_back(old: Path | None, hidden: list[str], staging: Staging) -> None:
    if old is None:
        return
    for name in hidden:
        (staging.folder / name).rename(old / name)
    old.rename(staging.site)


def _remove(folder: Path | None) -> None:
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


def _exchange_entries(staging: Staging) -> None:
    """Move the old entries out and the new ones in, all within the site; undo every step if one fails."""
    old = _unused(staging.site / ".replaced")
    old.mkdir()
    done: list[tuple[Path, Path]] = []
    try:
        steps = [(entry, old / entry.name) for entry in _visible(staging.site)]
        steps += [(entry, staging.site / entry.name) for entry in sorted(staging.folder.iterdir())]
        for before, after in steps:
            shutil.move(before, after)
            done.append((before, after))
    except OSError:
        for before, after in reversed(done):
            shutil.move(after, before)
        old.rmdir()
        raise
    _remove(old)
    discard(staging)
