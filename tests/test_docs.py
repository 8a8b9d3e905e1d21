"""The guide is true: what it shows is loaded, worked out and compared, and what exists is named in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from markdown.extensions.toc import slugify

from servicebook.adapters.command_line import cli
from servicebook.adapters.no_inline import POLICY
from servicebook.adapters.rulebook import RULES
from servicebook.compliance.display import shown as shown_figure
from servicebook.compliance.explain import duration
from servicebook.insight.lifecycle import State
from servicebook.loading import (
    agreements,
    breaches,
    calendars,
    kinds,
    load,
    parties,
    planning,
    quantities,
    services,
    sources,
    targets,
)
from servicebook.loading.kinds import FileKind
from servicebook.model.measurement import Kind
from servicebook.model.result import Verdict
from servicebook.model.target import RECORDS_OF, Measure
from servicebook.pipeline import examine
from servicebook.source import Severity
from servicebook.timeline.zone import HOUR, start_of_day, zone

DOCS = Path(__file__).parents[1] / "docs"
PAGES = sorted(DOCS.glob("*.md"))
AS_OF = 1_793_491_200_000_000
"""2026-11-01T00:00:00Z."""

_FENCE = re.compile(r'^```(?P<kind>\w+)?(?: title="(?P<title>[^"]*)")?\n(?P<text>.*?)^```$', re.DOTALL | re.MULTILINE)
_TOP_KEY = re.compile(r"^([a-z_]+):", re.MULTILINE)
_RULE = re.compile(r"^\| `([a-z]+/[a-z-]+)` \| (error|warning) \|", re.MULTILINE)
_FOLDERS = ("content/", "data/", "mkdocs.yml")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page."""

    page: str
    line: int
    kind: str
    title: str
    text: str

    @property
    def is_file(self) -> bool:
        """Whether it shows a whole file of a catalogue."""
        return self.title.startswith(_FOLDERS)

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def text_of(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


@lru_cache
def blocks(page: str) -> tuple[Block, ...]:
    text = text_of(page)
    return tuple(
        Block(page, text.count("\n", 0, m.start()) + 1, m["kind"] or "", m["title"] or "", m["text"])
        for m in _FENCE.finditer(text)
    )


def fragments(page: str) -> list[Block]:
    """Keys that a page shows without the file around them."""
    return [block for block in blocks(page) if block.kind == "yaml" and not block.title]


def written(root: Path, files: Mapping[str, str]) -> Path:
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def with_keys(base: str, keys: str) -> str:
    """The base without the keys that come anew, then these."""
    new = set(_TOP_KEY.findall(keys))
    kept = [line for line in base.splitlines() if line.partition(":")[0] not in new]
    return "\n".join([*kept, keys])


def without_code(text: str) -> str:
    return _FENCE.sub("", text)


# --- the first catalogue ---------------------------------------------------------------------------------------------


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """The catalogue of the first page, file by file as it stands there."""
    return written(tmp_path, {block.title: block.text for block in blocks("first-catalogue.md") if block.is_file})


def shown(title: str) -> str:
    (block,) = [block for block in blocks("first-catalogue.md") if block.title == f"output of {title}"]
    return block.text


def run(root: Path, verb: str, *arguments: str) -> str:
    done = CliRunner().invoke(cli, [verb, "-C", str(root), "--as-of", "2026-11-01", *arguments])
    return done.output


def test_the_first_catalogue_has_all_its_files(first: Path) -> None:
    """Seven small files, as the page counts them, and the settings."""
    files = {path.relative_to(first).as_posix() for path in first.rglob("*") if path.is_file()}
    assert "seven small files" in text_of("first-catalogue.md")
    assert len(files) == 7, files


def test_the_first_catalogue_is_sound_and_gives_the_figures_that_the_page_shows(first: Path) -> None:
    """`check` and `evaluate` print what stands on the page, to the letter."""
    assert run(first, "check") == shown("check")
    assert run(first, "evaluate") == shown("evaluate")


def test_the_working_of_the_first_catalogue(first: Path) -> None:
    """`explain` prints what stands on the page, and behind it the file with its hash."""
    printed = run(first, "explain", "email-warehouse", "availability", "2026-10")

    assert printed.startswith(shown("explain"))
    assert "data/metrics/mail-outages/2026.csv (2 rows, sha256 " in printed


@pytest.mark.parametrize(
    ("right", "wrong", "page", "title"),
    [
        ("source: mail-outages", "source: mail-outage", "first-catalogue.md", "output of check with a mistake"),
        ("objective: at least 99.9 %", "objective: 99.9 %", "problems.md", ""),
    ],
)
def test_a_mistake_is_reported_as_the_page_shows(first: Path, right: str, wrong: str, page: str, title: str) -> None:
    """The line, the caret and the hint are those that an editor will see."""
    agreement = first / "content/agreements/email-warehouse.md"
    agreement.write_text(agreement.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")
    (block,) = [block for block in blocks(page) if block.kind == "text" and block.title == title]

    assert run(first, "check").startswith(block.text)


# --- what the other pages show ---------------------------------------------------------------------------------------

AGREEMENT = """\
title: An example
type: sla
provider: mail-team
customer: headquarters
services: [email]
version: "1.0"
from: 2026-01-01
time_zone: Europe/Berlin
signatures: [{party: mail-team, role: Head, date: 2025-12-01}, {party: headquarters, role: Head, date: 2025-12-01}]
"""

SERVICE = """\
title: An example
stage: live
"""

_PARTIES = {
    "mail-team": "provider",
    "network-team": "provider",
    "service-management": "provider",
    "warehouse": "customer",
    "hosting-company": "supplier",
}

_SOURCES = {
    "mail-outages": ("records: outages\ncomplete_to: 2026-11-01T00:00Z", "start,end,site\n2026-02-03T10:00Z,2026-02-03T10:20Z,main-office\n"),
    "planned-work": ("records: outages\ncomplete_to: 2026-11-01T00:00Z", "start,end,announced,system\n2026-02-01T22:00Z,2026-02-01T23:00Z,2026-01-02T00:00Z,mail\n"),
    "mail-probes": ("records: probes\nevery: 60 s\nunit: ms", "time,ok,value\n2026-02-03T10:00Z,ok,120\n"),
    "latency": ("records: samples\nunit: ms", "time,value\n2026-02-03T10:00Z,120\n"),
    "deliveries": ("records: events", "time,good,total\n2026-02-03T10:00Z,99,100\n"),
    "tickets": ("records: tickets", "opened,responded,resolved,service,priority\n2026-02-03T10:00Z,2026-02-03T10:10Z,2026-02-03T11:00Z,email,1\n"),
    "backups": ("records: values\ntime_zone: Europe/Berlin", "period,value\n2026-02,1\n"),
    "survey": ("records: scores", "time,score,service\n2026-02-03T10:00Z,4,email\n"),
    "mail-usage": ("records: usage", "time,used,capacity\n2026-02-03T10:00Z,900,1000\n"),
    "mail-ledger": ("records: ledger", "time,budget,actual,currency\n2026-02-03T10:00Z,100,90,EUR\n"),
}  # fmt: skip


def markdown(keys: str) -> str:
    return f"---\n{keys}\n---\nProse.\n"


def _under(provider: str) -> str:
    """Keys of an agreement that carries whatever is promised above it."""
    signed = f"signatures: [{{party: {provider}, date: 2025-12-01}}, {{party: mail-team, date: 2025-12-01}}]"
    target = "{id: there, measure: availability, source: mail-outages, objective: at least 100 %, per: month}"
    return f"provider: {provider}\ncustomer: mail-team\n{signed}\ntargets: [{target}]"


def surroundings() -> Iterator[tuple[str, str]]:
    """A catalogue that holds whatever the pages name; the files that pages show whole come on top."""
    for name, kind in _PARTIES.items():
        yield f"content/parties/{name}.md", markdown(f"title: {name}\ntype: {kind}")
    for name in ("identity", "network", "mobile-network"):
        yield f"content/services/{name}.md", markdown(f"{SERVICE}type: supporting")
    yield "content/calendars/support-hours.yml", 'title: Support\nhours: {mon-fri: "07:00-19:00"}\n'
    for name, terms in (
        ("corporate-sla", "type: sla"),
        ("network-ola", f"type: ola\n{_under('network-team')}\nservices: [identity, network, mobile-network]"),
        ("hosting-uc", f"type: uc\n{_under('hosting-company')}"),
    ):
        yield f"content/agreements/{name}.md", markdown(with_keys(AGREEMENT, terms))
    for name, (definition, rows) in _SOURCES.items():
        yield f"data/metrics/{name}.yml", f"title: {name}\nfiles: {name}/*.csv\n{definition}\n"
        yield f"data/metrics/{name}/rows.csv", rows
    for page in (
        "services.md",
        "agreements.md",
        "calendars-and-time.md",
        "parties-needs-improvements.md",
        "breaches.md",
    ):
        yield from ((block.title, block.text) for block in blocks(page) if block.is_file)


@pytest.fixture
def frame(tmp_path: Path) -> Path:
    return written(tmp_path, dict(surroundings()))


def errors_in(root: Path) -> list[str]:
    """What keeps a catalogue from being published, and every problem with an example."""
    problems = examine(root, AS_OF).problems
    return [f"{p.position.path}:{p.position.line} {p.message} ({p.hint})" for p in problems if p.is_error]


def test_whole_files_of_the_pages_fit_together(frame: Path) -> None:
    """Services, agreements, parties, calendars, needs and improvements that are shown whole make one catalogue without a problem of their own.

    What the chain says isn't counted: the contracts under the promise aren't shown.
    """
    examined = examine(frame, AS_OF)
    shown_whole = {block.title for page in PAGES for block in blocks(page.name) if block.is_file}
    assert errors_in(frame) == []
    assert [p for p in examined.problems if p.position.path in shown_whole and p.group != "chain"] == []
    assert {"email-headquarters"} <= {result.agreement for result in examined.results}


@pytest.mark.parametrize(
    "block", [b for page in ("agreements.md", "measures.md", "figures.md") for b in fragments(page)], ids=str
)
def test_terms_that_a_page_shows_can_be_promised(block: Block, frame: Path) -> None:
    """Put into a signed agreement, they are checked and worked out; examples in them give what they expect."""
    written(frame, {"content/agreements/shown.md": markdown(with_keys(AGREEMENT, block.text))})
    assert errors_in(frame) == []


@pytest.mark.parametrize("block", fragments("services.md"), ids=str)
def test_keys_of_services_can_be_written(block: Block, frame: Path) -> None:
    """Put into a service, they are read and lead to sources that fit."""
    written(frame, {"content/services/shown.md": markdown(with_keys(SERVICE, block.text))})
    assert errors_in(frame) == []


@pytest.mark.parametrize("block", fragments("metric-files.md"), ids=str)
def test_definitions_of_sources_can_be_written(block: Block, tmp_path: Path) -> None:
    """Put into a definition, they are read without a problem."""
    base = "title: An example\nfiles: example/*.csv\n"
    written(tmp_path, {"data/metrics/shown.yml": with_keys(base, block.text)})

    loaded = load(tmp_path)

    assert loaded.problems == ()
    assert list(loaded.catalogue.sources) == ["shown"]


def test_the_metric_source_that_is_shown_whole(tmp_path: Path) -> None:
    """Its mapping fits its file: three rows of mail, one of them planned, one ended by its second column."""
    files = {block.title: block.text for block in blocks("metric-files.md") if block.is_file}
    examined = examine(written(tmp_path, {**files, "mkdocs.yml": "site_name: Example\n"}), AS_OF, content_dir="content")

    assert examined.problems == ()
    assert examined.reports["mail-outages"].kept == 3


def test_settings_that_are_shown_build(tmp_path: Path) -> None:
    """`mkdocs.yml` is shown in two forms; both are settings that the command line reads."""
    shown_settings = [block for block in blocks("publishing.md") if block.title == "mkdocs.yml"]
    assert len(shown_settings) == 2
    for block in shown_settings:
        written(tmp_path, {"mkdocs.yml": block.text, "content/index.md": "Welcome.\n"})
        assert run(tmp_path, "check") == "no problem found\n"


# --- what exists is named --------------------------------------------------------------------------------------------


def test_every_rule_is_explained_and_no_other() -> None:
    """`docs/problems.md` has a row for each rule, with its severity."""
    explained = dict(_RULE.findall(text_of("problems.md")))
    existing = {rule.id: str(rule.severity) for rule in RULES}

    missing = [f"| `{r.id}` | {r.severity} | {r.meaning} | {r.remedy} |" for r in RULES if r.id not in explained]
    assert missing == [], "add to docs/problems.md"
    assert {rule for rule in explained if rule not in existing} == set(), "take out of docs/problems.md"
    assert explained == existing
    assert set(explained.values()) == set(Severity)


@pytest.mark.parametrize("verb", sorted(cli.commands))
def test_every_verb_and_option_is_described(verb: str) -> None:
    """`docs/command-line.md` has a section for each verb, which names all of its options."""
    page = text_of("command-line.md")
    section = re.search(rf"^## {re.escape(verb)}$(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE)
    assert section is not None
    for parameter in cli.commands[verb].params:
        for option in parameter.opts:
            place = page if option in ("-C", "--as-of") else section[1]
            assert not option.startswith("-") or option in place, f"{verb} {option}"


def test_no_other_verb_is_described() -> None:
    """Only what exists."""
    described = set(
        re.findall(
            r"servicebook ([a-z]+)(?![a-z/-])",
            "\n".join(b.text for p in PAGES for b in blocks(p.name) if b.kind == "sh"),
        )
    )
    assert described <= set(cli.commands)
    titles = set(re.findall(r"^## (\w+)$", text_of("command-line.md"), re.MULTILINE))
    assert titles == set(cli.commands)


def test_every_measure_is_described_with_its_records() -> None:
    """The table of measures names the kinds of record that each is worked out from, and an example uses it."""
    page = text_of("measures.md")
    rows = {
        name: {kind.strip() for kind in kinds.split(",")}
        for name, kinds in re.findall(r"^\| \[([^\]]+)\]\([^)]*\) \| ([^|]+) \|", page, re.MULTILINE)
    }
    examples = set(re.findall(r"^ +measure: (.+)$", page, re.MULTILINE))

    assert rows == {str(measure): {str(kind) for kind in kinds} for measure, kinds in RECORDS_OF.items()}
    assert set(map(str, Measure)) <= examples


def test_every_kind_of_record_is_described_with_its_fields() -> None:
    """The table of kinds names all fields that a definition can map."""
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \| .* \|$", text_of("metric-files.md"), re.MULTILINE))
    for kind in Kind:
        assert set(re.findall(r"`(\w+)`", rows[str(kind)])) >= set(sources.COLUMNS_OF[kind]), kind


@pytest.mark.parametrize(
    ("page", "keys"),
    [
        ("services.md", services.KEYS),
        ("agreements.md", agreements.KEYS),
        ("agreements.md", targets.KEYS),
        ("metric-files.md", sources.KEYS),
        ("calendars-and-time.md", calendars.KEYS),
        ("parties-needs-improvements.md", parties.KEYS),
        ("parties-needs-improvements.md", planning.NEED_KEYS),
        ("parties-needs-improvements.md", planning.IMPROVEMENT_KEYS),
        ("breaches.md", breaches.BREACH_KEYS),
    ],
)
def test_every_key_is_described(page: str, keys: tuple[str, ...]) -> None:
    """Each key that a file may have stands in a table of its page."""
    in_tables = "\n".join(line for line in without_code(text_of(page)).splitlines() if line.startswith("|"))
    described = {name for line in in_tables.splitlines() for name in re.findall(r"`(\w+)`", line.split("|")[1])}
    assert set(keys) - described == set()


def test_the_policy_is_the_one_that_pages_carry() -> None:
    """The content security policy is quoted to the letter."""
    assert f"{POLICY}\n" in [block.text for block in blocks("publishing.md") if block.kind == "text"]


def test_lengths_of_months_that_the_pages_state() -> None:
    """October 2026 has 745 hours in Berlin, March 743, June 720."""
    berlin = zone("Europe/Berlin")

    def hours(month: int) -> int:
        start, end = (start_of_day(date(2026, each, 1), berlin) for each in (month, month + 1))
        return (end - start) // HOUR

    assert (hours(10), hours(3), hours(6)) == (745, 743, 720)


def test_budgets_that_the_pages_state() -> None:
    """(1 − objective) × service time, of 720 and of 160 hours."""
    rows = re.findall(r"^\| (at least [^|]+ %) \| ([^|]+) \| ([^|]+) \|$", text_of("figures.md"), re.MULTILINE)
    assert len(rows) == 4
    for written_objective, *budgets in rows:
        lost = 1 - quantities.objective(written_objective).level.share
        assert budgets == [duration(lost * hours * HOUR) for hours in (720, 160)]


def test_figures_are_shown_as_the_page_states() -> None:
    """Rounded towards the side of a breach, never to the other side of the objective."""
    rows = re.findall(r"^\| ([\d.]+) (%|ms) \| (at [^|]+) \| ([^|]+) \|$", text_of("figures.md"), re.MULTILINE)
    assert len(rows) == 3
    for exact, _, written_objective, expected in rows:
        objective = quantities.objective(written_objective)
        assert shown_figure(Fraction(exact), objective.level.number, objective, Fraction(1)) == expected


def test_every_verdict_and_state_is_described() -> None:
    """By the very words that the site uses."""
    assert [verdict for verdict in Verdict if f"**{verdict}**" not in text_of("figures.md")] == []
    assert [state for state in State if f"| {state} |" not in text_of("agreements.md")] == []


@pytest.mark.parametrize(
    "kind", [each for each in vars(kinds).values() if isinstance(each, FileKind)], ids=lambda kind: kind.name
)
def test_every_kind_of_file_is_on_the_map(kind: FileKind[object]) -> None:
    """The index names the folder of each kind of thing."""
    assert f"{kind.folder}/" in text_of("index.md")


# --- links -----------------------------------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    found: set[str] = set()
    for heading in re.findall(r"^#+ (.+)$", without_code(page.read_text(encoding="utf-8")), re.MULTILINE):
        found.add(slugify(heading.replace("`", ""), "-"))
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link within the guide names a page that is there, and a heading on it."""
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", without_code(page.read_text(encoding="utf-8"))):
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.is_file(), target
        assert not anchor or anchor in anchors(file), target


def test_the_map_names_every_page() -> None:
    """Whoever starts at the index finds all of the guide."""
    index = text_of("index.md")
    assert [page.name for page in PAGES if page.name != "index.md" and f"({page.name})" not in index] == []
