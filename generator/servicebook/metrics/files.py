"""Metric files as bytes: which there are, their hash, whether they are whole and text."""

from __future__ import annotations

import codecs
import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from servicebook.metrics.engine import Engine
from servicebook.metrics.findings import Broken, Findings
from servicebook.metrics.rules import NO_FILE, OUTSIDE, TOO_BIG, UNREADABLE
from servicebook.model.metric_source import MetricSource

FOLDER = "data/metrics"
"""Where metric files lie, relative to the catalogue's root."""

CHUNK = 1 << 20
MOST_BYTES = 8 << 30
"""The longest text that a compressed file may hold."""
BOMB_FROM, BOMB_RATIO = 64 << 20, 500
"""From so many bytes on, text that is so many times longer than its file is taken for a trap."""

_SUFFIXES = {".csv": "csv", ".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson", ".parquet": "parquet"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricFile:
    """A file as it was found."""

    path: str
    """Relative to the catalogue's root, with forward slashes."""
    location: Path
    sha256: str
    size: int
    text: Path
    """Where its text lies: the file itself, or what it was decompressed to."""
    mixed_line_ends: bool = False
    fault: Broken | None = None


def matching(root: Path, source: MetricSource, findings: Findings) -> tuple[str, ...]:
    """The files that a source's patterns name, relative to the catalogue's root, sorted; each once."""
    found: dict[str, None] = {}
    for pattern in source.files:
        parts = PurePosixPath(pattern).parts
        if not parts or ".." in parts or pattern.startswith("/") or "\\" in pattern:
            findings.add(OUTSIDE, source.places.of("files"), f"'{pattern}' leads out of {FOLDER}")
            continue
        folder = root / FOLDER
        hits = sorted(_below(folder, folder.resolve(), parts))
        if not hits:
            findings.add(
                NO_FILE,
                source.places.of("files"),
                f"no file matches '{pattern}'",
                hint=f"patterns start below {FOLDER}",
            )
        found.update((path.relative_to(root).as_posix(), None) for path in hits)
    return tuple(found)


def _below(folder: Path, home: Path, parts: tuple[str, ...]) -> Iterator[Path]:
    wanted = _name_pattern(parts[0])
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir()):
        if not wanted.fullmatch(entry.name) or (entry.name.startswith(".") and not parts[0].startswith(".")):
            continue
        if len(parts) > 1:
            yield from _below(entry, home, parts[1:])
        elif entry.is_file() and entry.resolve().is_relative_to(home):
            yield entry


def _name_pattern(text: str) -> re.Pattern[str]:
    """`*` and `?` within a name; everything else stands for itself."""
    return re.compile("".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in text), re.DOTALL)


def format_of(path: str, declared: str) -> str:
    """`csv`, `json`, `ndjson`, `parquet` or a neighbour's format; empty where the suffix tells nothing."""
    if declared:
        return declared
    name = path.removesuffix(".gz")
    return _SUFFIXES.get(PurePosixPath(name).suffix.lower(), "")


def inspect(engine: Engine, root: Path, path: str, *, binary: bool) -> MetricFile:
    """Read a file's bytes once: its hash, and whether it is whole, UTF-8 and free of NUL characters.

    A compressed file is decompressed into the engine's directory; of a `binary` one only the hash is taken. What is
    wrong is told in `fault`.
    """
    location = root / path
    digest, watch = hashlib.sha256(), _Text()
    text, fault, size = location, None, 0
    try:
        with location.open("rb") as file:
            if path.endswith(".gz"):
                text = engine.new_file(".txt")
                with text.open("wb") as target:
                    for piece in _decompressed(_hashed(file, digest)):
                        watch.see(piece)
                        target.write(piece)
            else:
                for piece in _hashed(file, digest):
                    if not binary:
                        watch.see(piece)
        if not binary:
            watch.end()
    except Broken as broken:
        fault = broken
    except OSError as error:
        fault = Broken(UNREADABLE, 1, f"can't be opened: {error.strerror or error}")
    if fault is not None:
        digest = _hash_whole(location)
    size = location.stat().st_size if location.exists() else 0
    return MetricFile(
        path=path,
        location=location,
        sha256=digest.hexdigest(),
        size=size,
        text=text,
        mixed_line_ends=watch.mixed,
        fault=fault,
    )


def _hashed(file: BinaryIO, digest: hashlib._Hash) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        yield chunk


def _hash_whole(location: Path) -> hashlib._Hash:
    digest = hashlib.sha256()
    try:
        with location.open("rb") as file:
            for _ in _hashed(file, digest):
                pass
    except OSError:
        return hashlib.sha256()  # the file can't be opened, which is reported already
    return digest


def _decompressed(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The text of a gzip file of one or more members; Broken where it is cut off, damaged or a trap."""
    member = zlib.decompressobj(wbits=31)
    read = written = 0
    begun = False
    try:
        for chunk in chunks:
            read += len(chunk)
            rest = chunk
            while rest:
                if member.eof:
                    if not rest.strip(b"\0"):
                        break  # padding, as tapes have it
                    member = zlib.decompressobj(wbits=31)
                begun = True
                piece = member.decompress(rest, CHUNK)
                rest = member.unconsumed_tail or member.unused_data
                written += len(piece)
                if written > MOST_BYTES or (written > BOMB_FROM and written > read * BOMB_RATIO):
                    raise Broken(TOO_BIG, 1, f"holds more than {written:,} bytes once decompressed")
                yield piece
        while begun and not member.eof:
            piece = member.decompress(b"", CHUNK)
            if not piece:
                break
            yield piece
    except zlib.error as error:
        raise Broken(UNREADABLE, 1, "isn't a whole gzip file", f"the decompressor says: {error}") from error
    if begun and not member.eof:
        raise Broken(UNREADABLE, 1, "is cut off: the gzip file has no end")


class _Text:
    """Watches bytes go by: valid UTF-8, no NUL, and which line ends there are."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._lines = self._returns = self._pairs = 0
        self._last = b""

    def see(self, chunk: bytes) -> None:
        if not chunk:
            return
        if b"\0" in chunk:
            line = self._lines + chunk.count(b"\n", 0, chunk.index(b"\0")) + 1
            raise Broken(UNREADABLE, line, "holds a NUL character, so it is no text", "is it compressed, or UTF-16?")
        try:
            self._decoder.decode(chunk)
        except UnicodeDecodeError as error:
            line = self._lines + chunk.count(b"\n", 0, max(0, error.start)) + 1
            raise Broken(UNREADABLE, line, "isn't UTF-8", "export it again in UTF-8") from error
        if b"\r" in chunk or self._last == b"\r":
            self._returns += chunk.count(b"\r")
            self._pairs += chunk.count(b"\r\n") + (self._last == b"\r" and chunk[:1] == b"\n")
        self._lines += chunk.count(b"\n")
        self._last = chunk[-1:]

    def end(self) -> None:
        try:
            self._decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            raise Broken(UNREADABLE, self._lines + 1, "isn't UTF-8: it ends within a character") from error

    @property
    def mixed(self) -> bool:
        """Whether lines end in different ways, or in carriage returns alone."""
        return self._returns > 0 and not self._returns == self._pairs == self._lines
