"""When rows of metric files were committed as they stand, with real repositories."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree

import pytest

from servicebook.adapters.row_commits import row_commits
from servicebook.model.history import Unknown
from servicebook.source import Position
from tests.adapters.test_first_commits import FILES, commit, git, noon, write

PATH = "data/metrics/outages.csv"
HEAD = "start,end,planned,announced\n"
MARCH = "2026-03-03T09:00Z,2026-03-03T11:30Z,yes,2026-02-20T08:00Z\n"
MAY = "2026-05-03T09:00Z,2026-05-03T11:30Z,yes,2026-04-20T08:00Z\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """March is announced in February, May in June: after the work."""
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "2026-02-20", {**FILES, PATH: HEAD + MARCH})
    commit(tmp_path, "2026-06-01", {PATH: HEAD + MARCH + MAY})
    return tmp_path


def known(root: Path, *lines: int, path: str = PATH) -> dict[int, int | Unknown]:
    return {line: found for (_, line), found in row_commits(root, [Position(path, line) for line in lines]).items()}


def test_each_row_has_its_own_commit(shop: Path) -> None:
    """The row of May came with a later commit than that of March."""
    assert known(shop, 2, 3) == {2: noon("2026-02-20"), 3: noon("2026-06-01")}


def test_a_row_that_was_changed_is_as_old_as_the_change(shop: Path) -> None:
    """Whoever moves the announcement afterwards commits another row."""
    commit(shop, "2026-07-01", {PATH: HEAD + MARCH.replace("2026-02-20", "2026-02-01") + MAY})

    assert known(shop, 2) == {2: noon("2026-07-01")}


def test_what_isnt_committed_isnt_known(shop: Path) -> None:
    """Neither a new row nor one that was changed in the working tree."""
    write(shop, {PATH: HEAD + MARCH + MAY + MAY.replace("-05-", "-08-")})

    assert known(shop, 3, 4) == {3: noon("2026-06-01"), 4: Unknown.NOT_COMMITTED}


def test_a_shallow_clone_knows_what_came_later(shop: Path, tmp_path: Path) -> None:
    """Rows of its oldest commit may be older."""
    commit(shop, "2026-07-01", {PATH: HEAD + MARCH + MAY + MAY.replace("-05-", "-08-")})
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{shop}", str(tmp_path / "clone"))

    assert known(tmp_path / "clone", 2, 3, 4) == {2: Unknown.CUT, 3: Unknown.CUT, 4: noon("2026-07-01")}


def test_packed_files_have_no_lines(shop: Path) -> None:
    """Nor is anything known without a repository."""
    assert known(shop, 2, path="data/metrics/outages.csv.gz") == {2: Unknown.NOT_TEXT}
    rmtree(shop / ".git")
    assert known(shop, 2) == {2: Unknown.NO_HISTORY}
