"""Every input ends in problems with a line: collections of naughty texts, and texts made up at random."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from servicebook.loading import load, rules
from servicebook.loading.load import Loaded
from servicebook.source import in_order

ROOT = Path(__file__).parents[2]
ACCEPTANCE = ROOT.parent / "shared/acceptance"
CORPORA = ACCEPTANCE / "corpora"
HEAD = "---\ntitle: E-mail\ntype: sla\nprovider: a\ncustomer: b\nversion: 1\nfrom: 2026-01-01\n"

with_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason="the acceptance material isn't beside the project")


def sound(loaded: Loaded, root: Path) -> None:
    """Every problem has a known rule and a place that exists in its file; they are in order."""
    known = {rule.id for rule in rules.RULES}
    assert loaded.problems == in_order(loaded.problems)
    for problem in loaded.problems:
        assert problem.rule in known
        assert problem.message
        assert "\n" not in problem.message + problem.hint
        text = (root / problem.position.path).read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= problem.position.line <= len(lines)
        assert 1 <= problem.position.column <= len(lines[problem.position.line - 1]) + 1


def attempt(root: Path, number: int, content: bytes) -> None:
    """A content as a service, as an agreement's keys, as a calendar and as a source."""
    for path in (f"content/services/s{number}.md", f"content/calendars/c{number}.yml", f"data/metrics/m{number}.yml"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)


@with_corpora
@pytest.mark.parametrize("parser", ["CSafeLoader", "SafeLoader"])
def test_the_yaml_test_suite(parser: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All its cases, valid and invalid, as front matter and as files of their own, with either parser, within seconds."""
    if parser == "SafeLoader":
        monkeypatch.delattr(yaml, "CSafeLoader")
    for number, case in enumerate(sorted((CORPORA / "yaml-test-suite").glob("*.yaml"))):
        attempt(tmp_path, number, case.read_bytes())
        (tmp_path / f"content/services/s{number}.md").write_bytes(b"---\n" + case.read_bytes() + b"\n---\n")
    start = perf_counter()

    loaded = load(tmp_path)

    assert perf_counter() - start < 20
    sound(loaded, tmp_path)
    assert {problem.position.path for problem in loaded.problems} >= {f"content/services/s{n}.md" for n in range(10)}


@with_corpora
def test_naughty_strings_as_values_and_keys(tmp_path: Path) -> None:
    """Each of the big list as a title in quotes, as a bare value, as a key and as a whole file."""
    strings = json.loads((CORPORA / "blns/blns.json").read_text(encoding="utf-8"))
    for number, text in enumerate(strings):
        attempt(tmp_path, number, text.encode("utf-8", "surrogatepass"))
        quoted = json.dumps(text, ensure_ascii=False)
        content = f"{HEAD}summary: {quoted}\nhours: {text}\n{text}: x\nsites: [{quoted}]\n---\n{text}\n"
        path = tmp_path / f"content/agreements/a{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8", "surrogatepass"))

    sound(load(tmp_path), tmp_path)


@with_corpora
@pytest.mark.parametrize(
    "folder", ["JSONTestSuite", "html5lib", "xss-payloadbox", "commonmark", "csv-spectrum", "parquet-bad"]
)
def test_files_of_other_kinds(folder: str, tmp_path: Path) -> None:
    """Hostile JSON (which is nearly YAML), HTML, Markdown, CSV and binary files in place of content."""
    for number, case in enumerate(sorted(path for path in (CORPORA / folder).rglob("*") if path.is_file())):
        attempt(tmp_path, number, case.read_bytes())

    sound(load(tmp_path), tmp_path)


CATALOGUES = ("real", "generated/seed-1", "generated/seed-2", "generated/wide-4")


@with_corpora
@pytest.mark.parametrize("parser", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize("name", CATALOGUES)
def test_catalogues_in_order_have_no_problems(name: str, parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything in the acceptance catalogues is read, and nothing is wrong with it; both parsers see the same."""
    whole = load(ACCEPTANCE / name)
    if parser == "SafeLoader":
        monkeypatch.delattr(yaml, "CSafeLoader")
    loaded = load(ACCEPTANCE / name)

    assert loaded.problems == ()
    assert loaded.broken == frozenset()
    assert loaded == whole
    files = [path for path in (ACCEPTANCE / name / "content/agreements").iterdir() if path.suffix == ".md"]
    assert len(loaded.catalogue.agreements) == len(files)


SNIPPETS = st.sampled_from(
    [
        "---\n",
        "title: x\n",
        "targets:\n",
        "  - id: a\n",
        "    objective: at least 99 %\n",
        "&a",
        "*a",
        "<<: ",
        "!!int ",
        "? ",
        ": ",
        "- ",
        "{",
        "}",
        "[",
        "]",
        '"',
        "'",
        "|\n",
        ">\n",
        "\t",
        "\x00",
        "\ufeff",
        "\u2028",
        "\x85",
        "\r",
        "\\",
        "%YAML 1.1\n",
        "...\n",
        "2026-02-30",
        "9" * 60,
        "é",
        "😀",
    ]
)


@settings(max_examples=150, deadline=10_000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=200), st.lists(SNIPPETS, max_size=40).map("".join)))
@example(text="a: \u2028\n@")
def test_any_text_as_front_matter(text: str, tmp_path: Path) -> None:
    """Whatever somebody types between the lines of an agreement, there is an answer."""
    path = tmp_path / "content/agreements/a.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(f"{HEAD}{text}\n---\n{text}".encode("utf-8", "surrogatepass"))
    (tmp_path / "data/metrics").mkdir(parents=True, exist_ok=True)
    (tmp_path / "data/metrics/m.yml").write_bytes(text.encode("utf-8", "surrogatepass"))

    sound(load(tmp_path), tmp_path)
