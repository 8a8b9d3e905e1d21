"""Which revision the sources have."""

import subprocess
from pathlib import Path

import pytest

from servicebook.adapters.revision import revision


def git(folder: Path, *arguments: str) -> str:
    settings = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(
        ["git", *settings, *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text("a")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")
    return tmp_path


def test_the_commit_that_the_sources_stand_at(repository: Path) -> None:
    """The last one that changed the sources: what else is committed makes no difference."""
    first = git(repository, "rev-parse", "--short=12", "HEAD")
    (repository / "README").write_text("x")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "second")

    assert revision(repository, (repository / "content",)) == first
    assert revision(repository) == git(repository, "rev-parse", "--short=12", "HEAD")


def test_a_plus_where_the_sources_differ(repository: Path) -> None:
    """A site that lies beside them, not committed, makes no difference."""
    sources = (repository / "content", repository / "data")
    (repository / "site").mkdir()
    (repository / "site" / "index.html").write_text("x")
    assert "+" not in (revision(repository, sources) or "")

    (repository / "content" / "b.md").write_text("b")

    assert (revision(repository, sources) or "").endswith("+")


def test_nothing_where_git_knows_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No repository, no commit, no git."""
    assert revision(tmp_path) is None
    git(tmp_path, "init", "-q")
    assert revision(tmp_path) is None
    monkeypatch.setenv("PATH", "")
    assert revision(tmp_path) is None
