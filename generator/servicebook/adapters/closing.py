"""A catalogue held against its history: closed periods against the last commit, exclusions against their first; and
closed periods written to files.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile

from servicebook.adapters.first_commits import first_commits
from servicebook.adapters.revision import git
from servicebook.insight.closed import lost_figures, published_text
from servicebook.insight.late_exclusions import late_exclusions
from servicebook.loading.published import FOLDER, read_period
from servicebook.model.published import PublishedPeriod
from servicebook.pipeline import Examined, examine
from servicebook.source import in_order


def examine_folder(
    root: Path, as_of: int, *, content_dir: str = "content", agreements: Collection[str] = ()
) -> Examined:
    """Examine a catalogue, and hold its closed periods and its exclusions against the history where git knows it."""
    found = examine(root, as_of, content_dir=content_dir, agreements=agreements)
    commits = first_commits(root, found.catalogue.agreements.values())
    late = late_exclusions(found.terms, commits)
    found = replace(found, commits=commits, problems=in_order((*found.problems, *late)))
    lost = tuple(lost_figures(committed_periods(root), found.published))
    if not lost:
        return found
    return replace(found, problems=in_order((*found.problems, *lost)), results=())


def committed_periods(root: Path) -> dict[str, PublishedPeriod]:
    """The closed periods of the last commit; none where git doesn't know the folder."""
    listed = git(root, "ls-tree", "--name-only", "HEAD", f"{FOLDER}/") or ""
    found = {}
    for path in listed.splitlines():
        text = git(root, "show", f"HEAD:./{path}") if path.endswith(".json") else None
        if text is None:
            continue
        try:
            period = read_period(text.encode(), path)
        except ValueError:
            continue  # what was committed broken can't be held against anything
        found[period.period] = period
    return found


def write_period(root: Path, period: PublishedPeriod) -> Path:
    """Write the file of a closed period, whole or not at all."""
    path = root / FOLDER / f"{period.period}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, prefix=".", suffix=".tmp", delete=False, encoding="utf-8") as file:
        file.write(published_text(period))
    Path(file.name).chmod(0o644)
    os.replace(file.name, path)  # noqa: PTH105 - one step, on every system
    return path
