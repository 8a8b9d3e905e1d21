"""The sources' revision, where git knows it."""

from __future__ import annotations

import subprocess
from pathlib import Path

_SECONDS = 20


def revision(root: Path, sources: tuple[Path, ...] = ()) -> str | None:
    """The short name of the commit that the folder stands at, with `+` behind it where the sources differ from it.

    Without `sources` the whole folder counts; a built site in it, not committed, should not.

    None where git isn't installed, the folder is in no repository or nothing has been committed yet.
    """
    head = _git(root, "rev-parse", "--short=12", "HEAD")
    if not head:
        return None
    changed = _git(root, "status", "--porcelain", "--", *(str(path) for path in sources or (root,)))
    return f"{head}+" if changed else head


def _git(root: Path, *arguments: str) -> str | None:
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
