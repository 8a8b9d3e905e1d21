"""The sources' revision, where git knows it."""

from __future__ import annotations

import subprocess
from pathlib import Path

_SECONDS = 20


def revision(root: Path, sources: tuple[Path, ...] = ()) -> str | None:
    """The short name of the last commit that changed the sources, with `+` behind it where they differ from it.

    Without `sources` the whole folder counts; a built site in it, not committed, should not. None where git isn't
    installed, the folder is in no repository or the sources have never been committed.
    """
    paths = tuple(str(path) for path in sources or (root,))
    commit = git(root, "log", "-1", "--abbrev=12", "--format=%h", "--", *paths)
    if not commit:
        return None
    changed = git(root, "status", "--porcelain", "--", *paths)
    return f"{commit}+" if changed else commit


def git(root: Path, *arguments: str) -> str | None:
    """What git says in a folder, trimmed; None where it can't or won't."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments, no shell
            ["git", "-C", str(root), "--no-optional-locks", *arguments],  # noqa: S607 - the git that the user has
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
