"""The embedded engine that metric files are read with."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

EngineError = duckdb.Error
"""What the engine raises for anything that it can't do."""

OutOfMemory = duckdb.OutOfMemoryException
"""What it raises when its memory doesn't suffice."""

MEMORY = "1GB"
"""How much memory the engine may use before it goes on in files."""


def quoted(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def named(name: str) -> str:
    """A name as an identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


class Engine:
    """A DuckDB database in memory, with a directory for what doesn't fit, gone when it is closed.

    It never reaches for the network: extensions are neither installed nor loaded.
    """

    def __init__(self, *, memory: str = MEMORY) -> None:
        self._directory = tempfile.TemporaryDirectory(prefix="servicebook-")
        self.directory = Path(self._directory.name)
        self._connection = duckdb.connect(":memory:")
        self._tables = 0
        for setting, value in (
            ("memory_limit", memory),
            ("temp_directory", str(self.directory / "spill")),
            ("autoinstall_known_extensions", "false"),
            ("autoload_known_extensions", "false"),
            ("allow_community_extensions", "false"),
            ("preserve_insertion_order", "true"),
            ("enable_progress_bar", "false"),
            ("TimeZone", "UTC"),
        ):
            self._connection.execute(f"SET {setting} = {quoted(value)}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of memory and files."""
        self._connection.close()
        self._directory.cleanup()

    def rows(self, query: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self._connection.execute(query, parameters or None).fetchall()

    def row(self, query: str, parameters: Sequence[object] = ()) -> tuple[Any, ...]:
        """The first row of a query that always has one."""
        return self.rows(query, parameters)[0]

    def run(self, statement: str, parameters: Sequence[object] = ()) -> None:
        """Run a statement for its effect."""
        self._connection.execute(statement, parameters or None)

    def new_table(self) -> str:
        """A name that no table has yet."""
        self._tables += 1
        return f"t{self._tables}"

    def new_file(self, suffix: str) -> Path:
        """A path for a file of our own that goes with the engine."""
        self._tables += 1
        return self.directory / f"f{self._tables}{suffix}"
