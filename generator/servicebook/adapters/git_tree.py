"""A git revision's files in a folder of their own, so that a catalogue can be compared with what it was.

Files are written as git stores them: no filter, hook or attribute of the repository is applied, nothing outside the
folder is touched, and the working tree and the index stay as they are.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO

DEFAULT_BRANCHES = (
    "refs/remotes/origin/HEAD",
    "refs/heads/main",
    "refs/heads/master",
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
)
"""Where the default branch is looked for."""
_SECONDS = 60
_CHUNK = 1 << 20
_FILES, _LINK = (b"100644", b"100755"), b"120000"


class GitError(ValueError):
    """What git can't do here, in a sentence."""


@dataclass(frozen=True, slots=True)
class _Stored:
    """A file of a revision."""

    mode: bytes
    id: str
    path: PurePosixPath
    """Relative to the catalogue's root."""


def base_commit(root: Path, base: str | None) -> str:
    """The commit that a revision names; without one the merge base with the default branch.

    Raises GitError where there is no git, no repository, no such revision or no default branch.
    """
    run(root, "rev-parse", "--git-dir", what="this folder is in no git repository")
    if base is not None:
        commit = _commit(root, base)
        if commit is None:
            raise GitError(f"git knows no revision '{base}'")
        return commit
    branch = next((name for name in DEFAULT_BRANCHES if _commit(root, name) is not None), None)
    if branch is None:
        raise GitError("there is no default branch (origin/HEAD, main or master): name the revision to compare with")
    if _commit(root, "HEAD") is None:
        raise GitError("nothing has been committed yet: there is nothing to compare with")
    short = branch.removeprefix("refs/").removeprefix("remotes/").removeprefix("heads/")
    what = f"HEAD and {short} have no commit in common (a shallow clone has too little history): name the revision to compare with"
    return run(root, "merge-base", "HEAD", branch, what=what).decode().split()[0]


def _commit(root: Path, name: str) -> str | None:
    """The commit of a name; None where git doesn't know it."""
    if not name or name.startswith("-") or "\0" in name:
        return None
    done = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return done.stdout.decode().strip() if done.returncode == 0 else None


def changed_files(root: Path, commit: str, path: str) -> tuple[str, ...]:
    """Files below a path that the working tree has otherwise than a commit, new ones too; what git ignores doesn't count."""
    changed = run(root, "diff", "--name-only", "-z", "--no-renames", "--relative", "--no-ext-diff", commit, "--", path)
    untracked = run(root, "ls-files", "--others", "--exclude-standard", "-z", "--", path)
    return tuple(sorted({os.fsdecode(name) for name in (*changed.split(b"\0"), *untracked.split(b"\0")) if name}))


@contextmanager
def empty_folder() -> Iterator[Path]:
    """A folder for a revision's files, gone afterwards."""
    with TemporaryDirectory(prefix="servicebook-base-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def write_files(root: Path, commit: str, paths: Sequence[str], folder: Path, *, suffixes: tuple[str, ...] = ()) -> None:
    """Write a commit's files below some paths of the catalogue (relative to `root`, which may be a sub-folder) into a folder.

    With `suffixes` only files whose names end so. Links are written where they stay inside the folder, submodules are
    left out. Raises GitError where git fails or a name would lead out of the folder.
    """
    stored = [each for each in _listed(root, commit, paths) if not suffixes or each.path.name.endswith(suffixes)]
    links = [each for each in stored if each.mode == _LINK]
    try:
        files = [each for each in stored if each.mode in _FILES]
        for each in files:
            _check_name(each.path)
            (folder / each.path).parent.mkdir(parents=True, exist_ok=True)
        _copy(root, files, folder)
        # Links come last, so that no file is written through one.
        for each, target in zip(links, _contents(root, links), strict=True):
            _check_name(each.path)
            _link(folder, each.path, os.fsdecode(target))
    except OSError as error:
        raise GitError(f"the files of {commit[:12]} can't be written: {error.strerror or error}") from error


def _listed(root: Path, commit: str, paths: Sequence[str]) -> Iterator[_Stored]:
    prefix = os.fsdecode(
        run(root, "rev-parse", "--show-prefix", what="this folder is in no working tree").rstrip(b"\n")
    )
    wanted = [place for path in paths if (place := prefix if path == "." else prefix + path)]
    listed = run(root, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *wanted)
    for record in filter(None, listed.split(b"\0")):
        head, _, name = record.partition(b"\t")
        mode, _, identity = head.split(b" ")
        below_root = os.fsdecode(name).removeprefix(prefix)
        yield _Stored(mode, identity.decode("ascii"), PurePosixPath(below_root))


def _check_name(path: PurePosixPath) -> None:
    """A tree that was made to harm may name what isn't below it."""
    if path.is_absolute() or ".." in path.parts or any(Path(part).name != part for part in path.parts):
        raise GitError(f"the revision holds a file whose name leads out of it: '{path}'")


def _link(folder: Path, path: PurePosixPath, target: str) -> None:
    place = folder / path
    leads_to = Path(os.path.normpath(place.parent / target))
    if Path(target).is_absolute() or not leads_to.is_relative_to(folder):
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(target)


def _contents(root: Path, stored: Sequence[_Stored]) -> list[bytes]:
    return list(blobs(root, [each.id for each in stored]))


def blobs(root: Path, identities: Iterable[str]) -> Iterator[bytes]:
    """The contents of stored files by their ids, read as they are asked for; GitError where the repository lacks one."""
    with _reader(root) as (asked, said):
        for identity in identities:
            yield b"".join(_blob(asked, said, identity))


def _copy(root: Path, stored: Iterable[_Stored], folder: Path) -> None:
    with _reader(root) as (asked, said):
        for each in stored:
            with (folder / each.path).open("xb") as file:
                file.writelines(_blob(asked, said, each.id))


@contextmanager
def _reader(root: Path) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """One process that gives the content of any number of files."""
    with subprocess.Popen(  # noqa: S603 - fixed arguments, no shell
        _command(root, "cat-file", "--batch"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise AssertionError
        yield process.stdin, process.stdout


def _blob(asked: IO[bytes], said: IO[bytes], identity: str) -> Iterator[bytes]:
    asked.write(identity.encode("ascii") + b"\n")
    asked.flush()
    head = said.readline().split()
    if len(head) != 3:
        raise GitError(f"the repository lacks an object of the revision: {identity[:12]}")
    left = int(head[2])
    while left:
        piece = said.read(min(left, _CHUNK))
        if not piece:
            raise GitError("git ended before all files were read")
        left -= len(piece)
        yield piece
    said.read(1)


def run(root: Path, *arguments: str, what: str = "") -> bytes:
    """What git says; GitError with `what` is wrong where it fails."""
    done = _git(root, *arguments)
    if done.returncode != 0:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        is_owner = any("dubious ownership" in line for line in reason)
        raise GitError(reason[0] if reason and (is_owner or not what) else what or "git failed")
    return done.stdout


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - fixed arguments, no shell
            _command(root, *arguments), capture_output=True, timeout=_SECONDS, check=False, env=_environment()
        )
    except FileNotFoundError as error:
        raise GitError("git isn't installed, or isn't on the path") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(f"git doesn't answer: {error}") from error


def _command(root: Path, *arguments: str) -> list[str]:
    return ["git", "-C", str(root), "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs", *arguments]


def _environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
