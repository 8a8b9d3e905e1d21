"""When exclusions were first committed, from the history of the agreements' files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from servicebook.adapters.file_versions import FileVersion, cut_at, file_versions
from servicebook.adapters.git_tree import GitError, blobs, run
from servicebook.loading.versions import exclusion_spans
from servicebook.model.agreement import Agreement
from servicebook.model.history import ExclusionKey, FirstCommits, Unknown


def first_commits(root: Path, agreements: Iterable[Agreement]) -> FirstCommits:
    """The first commit of each exclusion that has the same start and end, however it is written; renames are followed.

    Where git can't tell, nothing is known. Costs nothing where no agreement has an exclusion.
    """
    asked = {each.path: each for each in agreements if each.exclusions and each.path}
    if not asked:
        return FirstCommits()
    try:
        prefix = run(root, "rev-parse", "--show-prefix", what="this folder is in no working tree").rstrip(b"\n")
        cut = cut_at(root)
        versions = file_versions(root, {prefix + os.fsencode(path): path for path in asked})
        found: dict[ExclusionKey, int | Unknown] = {}
        for path, agreement in asked.items():
            found |= _first(root, agreement, versions.get(path, []), cut)
    except GitError:
        # A repository that can't be read tells as little as none: every exclusion is of unknown age.
        return FirstCommits()
    return FirstCommits(exclusions=found)


def _first(
    root: Path, agreement: Agreement, versions: list[FileVersion], cut: frozenset[str]
) -> Iterator[tuple[ExclusionKey, int | Unknown]]:
    """For each exclusion the oldest version that has it."""
    sought = {(each.start, each.end) for each in agreement.exclusions}
    oldest_first = versions[::-1]
    for version, data in zip(oldest_first, blobs(root, [each.blob for each in oldest_first]), strict=True):
        for start, end in sought & exclusion_spans(data, agreement.path):
            yield (agreement.id, start, end), Unknown.CUT if version.commit in cut else version.moment
            sought.discard((start, end))
        if not sought:
            return
    for start, end in sought:
        yield (agreement.id, start, end), Unknown.NOT_COMMITTED
