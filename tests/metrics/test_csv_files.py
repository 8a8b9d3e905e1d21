"""Comma separated values."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from servicebook.model.common import Where
from servicebook.model.measurement import Kind
from tests.metrics.builders import between, found, opened, where

YEAR = between("2026-01-01/2027-01-01")


def values(tmp_path: Path, content: str | bytes, name: str = "a.csv") -> tuple[list[str], int]:
    """Problems of a file of samples, and how many records it has."""
    with opened(tmp_path, Kind.SAMPLES, {name: content}) as store:
        return found(store), sum(store.series("s", Where()).counts([YEAR]))


@pytest.mark.parametrize(
    "content",
    [
        "time,value\n2026-03-01T08:00Z,1\n2026-03-02T08:00Z,2\n",
        "time,value\r\n2026-03-01T08:00Z,1\r\n2026-03-02T08:00Z,2\r\n",
        "time,value\r2026-03-01T08:00Z,1\r2026-03-02T08:00Z,2\r",
        "\ufefftime,value\n2026-03-01T08:00Z,1\n2026-03-02T08:00Z,2",
        "\n\ntime,value\n\n2026-03-01T08:00Z,1\n\n2026-03-02T08:00Z,2\n\n",
        '"time","value"\n"2026-03-01T08:00Z","1"\n"2026-03-02T08:00Z","2"\n',
        "time,value\n2026-03-01T08:00Z,1\r\n2026-03-02T08:00Z,2\n",
        'time,value,"a\nnote"\n2026-03-01T08:00Z,1,"x, ""y""\nz"\n2026-03-02T08:00Z,2,\n',
        "time,value\n2026-03-01T08:00Z,1,\n2026-03-02T08:00Z,2\n",
    ],
)
def test_the_dialect(tmp_path: Path, content: str) -> None:
    """Any line end, a byte order mark, blank lines, quotes, line breaks within quotes, a comma at the end."""
    assert values(tmp_path, content) == ([], 2)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("time,value\n2026-03-01T08:00Z,1\n2026-03-02T08:00Z\nx,y,z\n", "a.csv:3 metrics/ragged-row ×2"),
        ('time,value\n2026-03-01T08:00Z,"1\n', "a.csv:2 metrics/ragged-row"),
        ('time,value\n2026-03-01T08:00Z,"1"x\n', "a.csv:2 metrics/ragged-row"),
        ("time,time\n", "a.csv:1 metrics/header"),
        ("time,\n", "a.csv:1 metrics/header"),
        ("", "a.csv:1 metrics/unreadable-file"),
        ("\n\n", "a.csv:1 metrics/unreadable-file"),
        (b"time,value\n\xff,1\n", "a.csv:2 metrics/unreadable-file"),
        (b"time,value\n2026-03-01T08:00Z,\xc3", "a.csv:2 metrics/unreadable-file"),
        ("time,value\n2026-03-01T08:00Z,1\n2026\0,1\n", "a.csv:3 metrics/unreadable-file"),
        (f"time,value\n2026-03-01T08:00Z,{'1' * 2_000_000}\n", "a.csv:2 limit/file-size"),
    ],
)
def test_what_is_wrong_stands_at_its_line(tmp_path: Path, content: str | bytes, problem: str) -> None:
    """Ragged rows, open quotes, headers, text that isn't UTF-8."""
    assert values(tmp_path, content) == ([problem], 0)


def test_a_header_without_rows_is_fine(tmp_path: Path) -> None:
    """Nothing has happened yet."""
    assert values(tmp_path, "time,value\n") == ([], 0)


def test_lines_count_line_breaks_within_quotes(tmp_path: Path) -> None:
    """The third record begins on the fifth line."""
    content = 'time,value,note\n2026-03-01T08:00Z,1,"a\nb\nc"\n2026-03-02T08:00Z,x,\n'
    assert values(tmp_path, content)[0] == ["a.csv:5 metrics/unreadable-number"]


def test_lines_hold_in_long_files(tmp_path: Path) -> None:
    """The engine reads in parallel; rows keep their places."""
    rows = [f"2026-03-01T08:{n // 60 % 60:02}:{n % 60:02}Z,{n}" for n in range(300_000)]
    rows[250_000] = "2026-03-01T08:00Z,x"
    assert "a.csv:250002 metrics/unreadable-number" in values(tmp_path, "time,value\n" + "\n".join(rows))[0]


def test_gzip_in_one_or_more_members(tmp_path: Path) -> None:
    """Lines are those of the decompressed text."""
    parts = ["time,value\n2026-03-01T08:00Z,1\n", "2026-03-02T08:00Z,x\n"]
    content = b"".join(gzip.compress(part.encode()) for part in parts)
    assert values(tmp_path, content + b"\0\0", "a.csv.gz") == (["a.csv.gz:3 metrics/unreadable-number"], 1)


@pytest.mark.parametrize("cut", [5, 30, -4])
def test_gzip_that_is_cut_off(tmp_path: Path, cut: int) -> None:
    """Half a file isn't read as a shorter one."""
    content = gzip.compress(b"time,value\n" + b"2026-03-01T08:00Z,1\n" * 50)
    assert values(tmp_path, content[:cut], "a.csv.gz") == (["a.csv.gz:1 metrics/unreadable-file"], 0)


def test_gzip_with_a_wrong_checksum(tmp_path: Path) -> None:
    """The last bytes don't fit the text."""
    content = bytearray(gzip.compress(b"time,value\n2026-03-01T08:00Z,1\n"))
    content[-6] ^= 1
    assert values(tmp_path, bytes(content), "a.csv.gz") == (["a.csv.gz:1 metrics/unreadable-file"], 0)


def test_gzip_that_unfolds_without_measure(tmp_path: Path) -> None:
    """A hundred kilobytes that hold a hundred megabytes of nothing are a trap."""
    content = gzip.compress(b"time,value\n" + b" " * 100_000_000)
    assert values(tmp_path, content, "a.csv.gz") == (["a.csv.gz:1 limit/file-size"], 0)


def test_files_of_one_source_may_differ(tmp_path: Path) -> None:
    """A column that a file lacks is missing in all its rows; names may hold anything."""
    files = {
        "a/[x] 1.csv": "time,value,site\n2026-03-01T08:00Z,1,hq\n",
        "a/b'2.csv": "value,time\n2,2026-03-02T08:00Z\n",
        "a/c.ndjson": '{"time": "2026-03-03T08:00Z", "value": 3, "site": "hq"}\n',
    }
    with opened(tmp_path, Kind.SAMPLES, files, wanted=[where(site="hq")], patterns=["a/*"]) as store:
        assert found(store) == []
        assert store.columns("s") == ("time", "value", "site")
        assert store.matches("s", where(site="hq")) == 2
        assert store.matches("s", where(site="")) == 1
        assert store.matches("s", where(nowhere="x")) == 0
        assert store.files_read == {"data/metrics/a/[x] 1.csv", "data/metrics/a/b'2.csv", "data/metrics/a/c.ndjson"}


def test_patterns(tmp_path: Path) -> None:
    """`*` and `?` stay within a name; brackets stand for themselves; hidden files are nobody's."""
    row = "time,value\n2026-03-01T08:00Z,1\n"
    files = {"a1.csv": row, "a22.csv": row, "b/a1.csv": row, ".a3.csv": row}
    with opened(tmp_path, Kind.SAMPLES, files, patterns=["a?.csv", "*/a*", "[a]1.csv"]) as store:
        assert store.files_read == {"data/metrics/a1.csv", "data/metrics/b/a1.csv"}
        assert found(store) == ["a1.csv:2 metrics/equal-rows"] * 0 + [
            "b/a1.csv:2 metrics/equal-rows",
            "s.yml:3 metrics/no-file",
        ]


def test_paths_that_lead_out(tmp_path: Path) -> None:
    """Metric files lie below data/metrics, links included."""
    (tmp_path / "secret.csv").write_text("time,value\n2026-03-01T08:00Z,1\n")
    (tmp_path / "data" / "metrics").mkdir(parents=True)
    (tmp_path / "data" / "metrics" / "link.csv").symlink_to(tmp_path / "secret.csv")
    with opened(tmp_path, Kind.SAMPLES, {}, patterns=["../../secret.csv", "link.csv", "nowhere/*.csv"]) as store:
        assert found(store) == ["s.yml:3 metrics/no-file", "s.yml:3 metrics/no-file", "s.yml:3 metrics/outside"]
        assert store.files_read == frozenset()


def test_a_suffix_that_tells_nothing(tmp_path: Path) -> None:
    """Unless the definition says what it is."""
    rows = "time,value\n2026-03-01T08:00Z,1\n"
    assert values(tmp_path, rows, "a.txt") == (["a.txt:1 metrics/unreadable-file"], 0)
    with opened(tmp_path, Kind.SAMPLES, {"a.txt": rows}, format="csv") as store:
        assert found(store) == []


def test_more_columns_than_anybody_has(tmp_path: Path) -> None:
    """Thousands of columns are a slip, not a table."""
    assert values(tmp_path, ",".join(f"c{n}" for n in range(5000)) + "\n") == (["a.csv:1 limit/file-size"], 0)


def test_text_before_a_character_is_whole(tmp_path: Path) -> None:
    """A first megabyte may end within a character."""
    note = "x" * ((1 << 20) - len("time,value,note\n2026-03-01T08:00Z,1,") - 1) + "üü"
    assert values(tmp_path, f"time,value,note\n2026-03-01T08:00Z,1,{note}\n") == ([], 1)
