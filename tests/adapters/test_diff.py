"""`diff`: what the working tree does to the promises of a git revision, with a real repository."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from servicebook.adapters import git_tree
from servicebook.adapters.change_report import replay_sentence
from servicebook.adapters.command_line import cli
from servicebook.adapters.git_tree import GitError, base_commit, write_files
from servicebook.insight.change import Replay

AGREEMENT = "content/agreements/shop-sla.md"
OUTAGES = "data/metrics/outages.csv"
FILES: Mapping[str, str] = {
    "mkdocs.yml": "site_name: Shop\ndocs_dir: content\nplugins: [search, servicebook]\n",
    "content/services/shop.md": "---\ntitle: Shop\nstage: live\nowner: team\n---\n",
    "content/parties/team.md": "---\ntitle: Team\ntype: provider\n---\n",
    "content/parties/stores.md": "---\ntitle: All | stores\ntype: customer\n---\n",
    AGREEMENT: """---
title: Shop
type: sla
provider: team
customer: stores
services: [shop]
version: "1"
from: 2026-01-01
signatures: [{party: team, date: 2025-12-01}, {party: stores, date: 2025-12-01}]
targets:
  - {id: usable, title: The shop is open, measure: availability, source: outages, objective: at least 99 %, per: month, minimum_coverage: 95 %}
---
""",
    "data/metrics/outages.yml": "title: Outages\nrecords: outages\nfiles: outages.csv\nfrom: 2025-01-01T00:00Z\ncomplete_to: 2026-11-01T00:00Z\n",
    OUTAGES: "start,end\n"
    + "".join(f"2026-{month:02}-05T10:00Z,2026-{month:02}-05T12:00Z\n" for month in (3, 5, 7, 9))
    + "2026-10-05T10:00Z,2026-10-05T20:00Z\n",
}
"""Two hours are 0.27 % of a month, ten are 1.3 %."""


def git(folder: Path, *arguments: str) -> str:
    settings = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def commit(root: Path, files: Mapping[str, str] = FILES) -> str:
    """Everything in the folder as a commit on the branch main."""
    write(root, files)
    if not (root / ".git").exists():
        git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "as it was")
    return git(root, "rev-parse", "HEAD")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A repository with a catalogue of one promise, broken in October."""
    commit(tmp_path)
    return tmp_path


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["diff", "-C", str(root), "--as-of", "2026-11-01", *arguments])


def document(root: Path, *arguments: str) -> Any:
    done = run(root, "--format", "json", *arguments)
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def test_the_document_of_a_tightened_promise(shop: Path) -> None:
    """`servicebook/diff/1` as the interfaces have it: the change, where it stands, whom it touches, and the last twelve months under both terms."""
    edit(shop, AGREEMENT, "at least 99 %", "at least 99.9 %")
    edit(shop, AGREEMENT, 'version: "1"', 'version: "2"')

    found = document(shop, "HEAD")

    assert list(found) == ["schema", "base", "as_of", "changes", "problems"]
    assert (found["schema"], found["base"]) == ("servicebook/diff/1", git(shop, "rev-parse", "HEAD"))
    assert found["as_of"] == "2026-11-01T00:00:00Z"
    assert found["changes"] == [
        {
            "agreement": "shop-sla",
            "target": "usable",
            "change": "tightened",
            "field": "objective",
            "old": "at least 99 %",
            "new": "at least 99.9 %",
            "path": AGREEMENT,
            "line": 11,
            "services": ["shop"],
            "customer": "stores",
            "replay": {"old": {"met": 11, "breached": 1}, "new": {"met": 7, "breached": 5}},
        }
    ]
    assert [(problem["rule"], problem["line"]) for problem in found["problems"]["new"]] == [
        ("lifecycle/backdated-amendment", 11),
        ("lifecycle/unversioned-amendment", 11),
    ]
    assert found["problems"]["gone"] == []


def test_the_text_says_it_in_the_domains_words(shop: Path) -> None:
    """By agreement and service, with whom it touches and what the history would have been."""
    edit(shop, AGREEMENT, "at least 99 %", "at least 99.9 %")
    edit(shop, "content/services/shop.md", "stage: live", "stage: retiring")

    done = run(shop, "main")

    assert done.exit_code == 0
    assert done.output.splitlines()[1:13] == [
        "",
        "shop-sla: Shop (for stores; shop)",
        "  tightened  usable: objective: at least 99 % → at least 99.9 %",
        "             5 of the last 12 months would have been breached, under the old terms 1",
        "",
        "service shop: Shop",
        "  changed    stage: live → retiring",
        "",
        "1 tightened, 1 changed · customer: All | stores · service: Shop",
        "",
        "2 new problems",
        f"  {AGREEMENT}:11:94: warning: the change (usable: objective) reaches back to 2026-01-01, into finished periods [lifecycle/backdated-amendment]",
    ]


def test_the_comment_on_a_pull_request(shop: Path) -> None:
    """A table, what is to be seen to, and the rest behind a click; what authors write is no markup."""
    edit(shop, AGREEMENT, "at least 99 %", "at least 99.9 %")
    edit(shop, AGREEMENT, "title: Shop", 'title: "*Shop* @team #1 <b>"')
    (shop / "data/metrics/more.csv").write_text("a\n")

    done = run(shop, "--format", "markdown", "HEAD")

    assert done.output.splitlines()[:7] == [
        "## What this change does to the promises",
        "",
        "**1 tightened** · customer: All \\| stores · service: Shop",
        "",
        "| | Promise | Before | After |",
        "|---|---|---|---|",
        r"| 🔺 tightened | \*Shop\* &#64;team &#35;1 &lt;b&gt;: The shop is open, objective | at least 99 % | at least 99.9 %<br>5 of the last 12 months would have been breached, under the old terms 1 |",
    ]
    assert "**Amendments of terms in force**" in done.output
    assert "<details><summary>1 new problem</summary>\n\n- data/metrics/more.csv:1: warning:" in done.output


def test_long_comments_fold_their_rows(shop: Path) -> None:
    """Twelve rows at once, the next behind a click, and how many more there are."""
    for number in range(200):
        write(
            shop, {f"content/services/s{number:03}.md": f"---\ntitle: Service {number} {'x' * 200}\nstage: live\n---\n"}
        )

    done = run(shop, "--format", "markdown", "HEAD")

    assert "**200 added**" in done.output
    assert "<details><summary>188 more changes</summary>" in done.output
    assert "50 changes more: `servicebook diff` lists them all." in done.output
    assert " and 192 more" in done.output
    assert len(done.output) < 65_000


def test_nothing_changes(shop: Path) -> None:
    """Layout is no change, and the exit code is 0."""
    edit(shop, AGREEMENT, "version:", "# the first\nversion:")

    assert run(shop).output.splitlines()[2:] == ["no promise changes"]
    assert "No promise changes." in run(shop, "--format", "markdown").output
    assert document(shop)["changes"] == []


def test_problems_that_came_and_went(shop: Path) -> None:
    """They match by path, rule and message, whatever line they stand in now; `--fail-on warning` fails on new ones."""
    commit(shop, {"data/metrics/lost.csv": "a\n", "data/metrics/also.csv": "a\n"})
    (shop / "data/metrics/lost.csv").unlink()
    (shop / "data/metrics/new.csv").write_text("a\n")

    found = document(shop)["problems"]

    assert [(kind, p["path"]) for kind in ("new", "gone") for p in found[kind]] == [
        ("new", "data/metrics/new.csv"),
        ("gone", "data/metrics/lost.csv"),
    ]
    assert run(shop, "--fail-on", "warning").exit_code == 1
    assert run(shop, "--fail-on", "never").exit_code == 0
    assert "1 new problem\n" in run(shop).output
    assert "1 problem gone\n" in run(shop).output
    assert "1 problem is gone" in run(shop, "--format", "markdown").output


def test_old_terms_are_tried_on_the_present_metric_files(shop: Path) -> None:
    """What the change adds to the metric files is the history of both."""
    edit(shop, AGREEMENT, "at least 99 %", "at least 98 %")
    edit(shop, OUTAGES, "2026-09-05T12:00Z", "2026-09-05T20:00Z")

    (change,) = document(shop)["changes"]

    assert (change["change"], change["replay"]) == (
        "loosened",
        {"old": {"met": 10, "breached": 2}, "new": {"met": 12, "breached": 0}},
    )


def test_old_hours_are_tried_with_the_old_calendar(shop: Path) -> None:
    """Outages at ten o'clock UTC count in the old hours, and not in the new ones."""
    day = {"content/calendars/day.yml": 'title: Day\ntime_zone: UTC\nhours: {mon-sun: "08:00-18:00"}\n'}
    write(shop, day)
    edit(shop, AGREEMENT, "per: month", "per: month, hours: day")
    commit(shop, {})
    edit(shop, "content/calendars/day.yml", "08:00", "13:00")

    (change,) = document(shop)["changes"]

    assert (change["change"], change["field"], change["path"]) == ("loosened", "hours", "content/calendars/day.yml")
    assert change["replay"] == {"old": {"met": 11, "breached": 1}, "new": {"met": 11, "breached": 1}}


def test_an_exclusion_is_tried_on_every_target(shop: Path) -> None:
    """It belongs to the whole agreement; said for each target with another outcome."""
    line = 'exclusions: [{start: "2026-10-05T10:00Z", end: "2026-10-05T20:00Z", reason: Power cut, declared: 2026-10-06, approved_by: stores}]'
    edit(shop, AGREEMENT, "targets:", f"{line}\ntargets:")

    (change,) = document(shop)["changes"]

    assert (change["target"], change["field"], change["change"]) == (None, "exclusions", "loosened")
    assert change["replay"] == {"old": {"met": 11, "breached": 1}, "new": {"met": 12, "breached": 0}}
    assert "usable: none of the last 12 months would have been breached, under the old terms 1" in run(shop).output
    edit(shop, AGREEMENT, "T20:00Z", "T10:01Z")
    assert "in the last periods as many would have been breached as under the old terms" in run(shop).output


@pytest.mark.parametrize(
    ("judged", "noun", "old", "new", "sentence"),
    [
        (12, "month", 0, 4, "4 of the last 12 months would have been breached, under the old terms none"),
        (3, "month's end", 1, 1, "1 of the last 3 months' ends would have been breached, as under the old terms"),
        (1, "quarter", 0, 1, "the last quarter would have been breached"),
        (1, "quarter", 0, 0, "the last quarter would not have been breached, as under the old terms"),
    ],
)
def test_how_a_replay_is_said(judged: int, noun: str, old: int, new: int, sentence: str) -> None:
    """In one sentence, of one period as of many."""
    names = tuple(str(number) for number in range(judged))
    replay = Replay(
        periods=names, noun=noun, old_met=judged - old, old_breached=old, new_met=judged - new, new_breached=new
    )

    assert replay_sentence(replay) == sentence


def test_a_promise_that_nothing_backs_any_more(shop: Path) -> None:
    """A gap in the chain that the change opens is a new problem."""
    contract = (
        FILES[AGREEMENT]
        .replace("type: sla", "type: ola")
        .replace("customer: stores", "customer: desk")
        .replace("stores", "desk")
    )
    commit(
        shop,
        {
            "content/agreements/shop-ola.md": contract,
            "content/parties/desk.md": "---\ntitle: Desk\ntype: provider\n---\n",
        },
    )
    edit(shop, AGREEMENT, "at least 99 %", "at least 99.9 %")

    rules = [problem["rule"] for problem in document(shop)["problems"]["new"]]

    assert [rule for rule in rules if rule.startswith("chain/")] == ["chain/ceiling"]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("per: month", "per: quarter", "per"),
        ("source: outages", "source: others", "source"),
        ("minimum_coverage: 95 %", "minimum_coverage: 95 %, credits: [{below: 99 %, credit: 5 %}]", "credits"),
    ],
)
def test_no_replay_where_both_judge_no_period(shop: Path, old: str, new: str, field: str) -> None:
    """Months and quarters have none in common, another source has its own; credits judge nothing."""
    commit(
        shop,
        {
            "data/metrics/others.yml": "title: Others\nrecords: outages\nfiles: others.csv\n",
            "data/metrics/others.csv": "start,end\n",
        },
    )
    edit(shop, AGREEMENT, old, new)

    (change,) = document(shop)["changes"]

    assert (change["field"], change["replay"]) == (field, None)


def test_no_replay_of_a_source_that_became_another(shop: Path) -> None:
    """Old terms would mean something else on the records that the source has now."""
    write(
        shop,
        {
            "data/metrics/outages.yml": "title: Speed\nrecords: samples\nunit: ms\nfiles: outages.csv\n",
            OUTAGES: "time,value\n2026-09-05T12:00Z,3\n",
        },
    )
    edit(
        shop,
        AGREEMENT,
        "measure: availability, source: outages, objective: at least 99 %",
        "measure: mean, source: outages, objective: at most 3 ms",
    )

    changes = document(shop)["changes"]

    assert [(change["field"], change["replay"]) for change in changes] == [("measure", None)]


def test_errors_of_the_working_tree_refuse(shop: Path) -> None:
    """As for every other verb: exit code 1, and nothing is compared; a wrong example is one."""
    example = "examples: [{given: [{outage: ['2026-06-03T10:00Z', '2026-06-03T10:45Z']}], expect: {target: usable, period: 2026-06, verdict: breached}}]\ntargets:"
    edit(shop, AGREEMENT, "targets:", example)
    done = run(shop)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "[example/wrong]" in done.stderr

    edit(shop, AGREEMENT, "source: outages", "source: outage")
    done = run(shop)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "no source 'outage'" in done.stderr


def test_errors_of_the_revision_are_said(shop: Path) -> None:
    """What they don't touch is compared: a file that couldn't be read was not added by mending it."""
    broken = {
        AGREEMENT: FILES[AGREEMENT].replace("type: sla", "type: slo"),
        "content/calendars/day.yml": "hours: {mon: 1}\n",
    }
    commit(shop, broken)
    write(
        shop,
        {
            AGREEMENT: FILES[AGREEMENT].replace("per: month", "per: month, hours: day"),
            "content/calendars/day.yml": 'title: Day\nhours: {mon: "08:00-12:00"}\n',
        },
    )
    edit(shop, "content/services/shop.md", "stage: live", "stage: retiring")

    found = document(shop)
    assert [change.get("service") for change in found["changes"]] == ["shop"]
    assert {problem["severity"] for problem in found["problems"]["gone"]} == {"error"}
    words = f"The revision that is compared with has {len(found['problems']['gone'])} errors: what they touch could not be compared."
    assert words in run(shop).output
    assert words in run(shop, "--format", "markdown").output


def test_terms_with_an_error_are_not_tried(shop: Path) -> None:
    """The old source is unknown: the change is said, without a replay; what can't be read in the settings is where it is now."""
    commit(
        shop,
        {
            AGREEMENT: FILES[AGREEMENT].replace("type: sla", "type: sla\nunderpinned_by: [nobody]"),
            "mkdocs.yml": "- a\n",
        },
    )
    write(shop, FILES)
    edit(shop, AGREEMENT, "at least 99 %", "at least 99.9 %")

    (change,) = document(shop)["changes"]

    assert (change["change"], change["replay"]) == ("tightened", None)


def test_the_merge_base_with_the_default_branch(shop: Path) -> None:
    """What main has got since makes no difference; what the branch committed does."""
    git(shop, "checkout", "-q", "-b", "topic")
    edit(shop, AGREEMENT, "at least 99 %", "at least 99.5 %")
    commit(shop, {})
    git(shop, "checkout", "-q", "main")
    edit(shop, "content/services/shop.md", "stage: live", "stage: retiring")
    main = commit(shop, {})
    git(shop, "checkout", "-q", "topic")

    assert [change["field"] for change in document(shop)["changes"]] == ["objective"]
    assert [change["field"] for change in document(shop, main)["changes"]] == ["objective", "stage"]

    git(shop, "branch", "-q", "-m", "main", "trunk")
    git(shop, "update-ref", "refs/remotes/origin/trunk", "trunk")
    git(shop, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
    assert [change["field"] for change in document(shop)["changes"]] == ["objective"]


def test_a_catalogue_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    """Paths are relative to the catalogue; the content may have been elsewhere before."""
    root = tmp_path / "catalogues" / "shop"
    write(root, FILES)
    commit(tmp_path, {"README.md": "Nothing here."})
    edit(root, AGREEMENT, "at least 99 %", "at least 99.9 %")
    edit(root, "mkdocs.yml", "docs_dir: content", "docs_dir: text")
    (root / "content").rename(root / "text")

    (change,) = document(root)["changes"]

    assert (change["change"], change["path"]) == ("tightened", AGREEMENT.replace("content", "text"))
    assert git(tmp_path, "status", "--porcelain", "--", "catalogues/shop/data") == ""


def test_a_catalogue_that_wasnt_there(tmp_path: Path) -> None:
    """Everything is added."""
    commit(tmp_path, {"README.md": "Nothing here."})
    write(tmp_path, FILES)

    assert {change["change"] for change in document(tmp_path)["changes"]} == {"added"}
    assert (
        "shop-sla: Shop (for stores; shop)\n  added      agreement: Shop, sla between team and stores\n  added      usable: availability, at least 99 %"
        in run(tmp_path).output
    )


def test_a_second_entry_says_from_when(shop: Path) -> None:
    """The day from which new terms hold stands behind them."""
    line = "  - {id: usable, measure: availability, source: outages, objective: at least 99.9 %, per: month, minimum_coverage: 95 %, from: 2027-01-01}\n"
    edit(shop, AGREEMENT, "95 %}\n", "95 %}\n" + line)

    assert "usable: objective: at least 99 % → at least 99.9 % from 2027-01-01 on" in run(shop).output


def test_what_git_cannot_do_is_said(tmp_path: Path, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 2 and a sentence: no such revision, no default branch, nothing in common, nothing committed, no repository, no git."""
    for name in ("nowhere", "--all", ""):
        done = run(shop, "--", name)
        assert (done.exit_code, f"git knows no revision '{name}'" in done.output) == (2, True)

    git(shop, "checkout", "-q", "--orphan", "other")
    assert "nothing has been committed yet" in run(shop).output
    git(shop, "commit", "-q", "-m", "alone")
    assert "HEAD and main have no commit in common" in run(shop).output
    git(shop, "branch", "-q", "-D", "main")
    assert "there is no default branch" in run(shop).output

    (shop / ".git").rename(tmp_path / "gone")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    done = run(shop)
    assert (done.exit_code, "this folder is in no git repository" in done.output) == (2, True)
    monkeypatch.setenv("PATH", "")
    assert "git isn't installed" in run(shop).output


def test_files_come_as_git_stores_them(shop: Path, tmp_path: Path) -> None:
    """No attribute leaves one out or changes it; a link is written where it stays inside."""
    (shop / ".gitattributes").write_text("*.md export-ignore\n*.csv export-subst\n")
    (shop / "content/here.md").symlink_to("index.md")
    (shop / "content/out.md").symlink_to("../../elsewhere.md")
    (shop / "content/away.md").symlink_to("/etc/hostname")
    write(shop, {"content/index.md": "Übersicht\n", "content/a.csv": "$Format:%H$\n"})
    revision = commit(shop, {})
    folder = tmp_path / "out"

    write_files(shop, revision, ["content"], folder)

    assert (folder / AGREEMENT).read_text(encoding="utf-8") == FILES[AGREEMENT]
    assert (folder / "content/here.md").read_text(encoding="utf-8") == "Übersicht\n"
    assert (folder / "content/a.csv").read_text(encoding="utf-8") == "$Format:%H$\n"
    assert not (folder / "content/out.md").is_symlink()
    assert not (folder / "content/away.md").is_symlink()
    assert not (folder / "mkdocs.yml").exists()


def test_names_that_lead_out_are_refused(shop: Path, tmp_path: Path) -> None:
    """A tree that git itself wouldn't write, but that somebody may have made."""
    blob = git(shop, "rev-parse", f"HEAD:{AGREEMENT}")
    inner = subprocess.run(
        ["git", "hash-object", "-t", "tree", "-w", "--stdin", "--literally"],
        cwd=shop, input=b"100644 ..\0" + bytes.fromhex(blob), capture_output=True, check=True,
    ).stdout.decode().strip()  # fmt: skip
    outer = subprocess.run(
        ["git", "hash-object", "-t", "tree", "-w", "--stdin", "--literally"],
        cwd=shop, input=b"40000 content\0" + bytes.fromhex(inner), capture_output=True, check=True,
    ).stdout.decode().strip()  # fmt: skip
    revision = git(shop, "commit-tree", outer, "-m", "bad")

    with pytest.raises(GitError, match="leads out"):
        write_files(shop, revision, ["content"], tmp_path / "out")


def test_a_repository_that_lacks_objects_is_said(shop: Path, tmp_path: Path) -> None:
    """And a folder that can't be written to."""
    revision = base_commit(shop, "HEAD")
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(GitError, match="can't be written"):
        write_files(shop, revision, ["content"], tmp_path / "taken")

    blob = git(shop, "rev-parse", f"HEAD:{AGREEMENT}")
    (shop / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(GitError, match="lacks an object"):
        write_files(shop, revision, ["content"], tmp_path / "out")


def test_a_git_that_fails_or_hangs_is_said(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its first line, or that it doesn't answer."""
    with pytest.raises(GitError, match=r"bad object|unknown revision|bad revision"):
        git_tree.changed_files(shop, "0" * 40, "data")

    def hang(*_arguments: object, **_options: object) -> None:
        raise subprocess.TimeoutExpired("git", 60)

    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(GitError, match="doesn't answer"):
        base_commit(shop, None)


def test_a_change_says_since_when_it_holds(shop: Path) -> None:
    """A second entry of the target with a `from` of its own: the day stands apart from the level."""
    later = ", per: month, minimum_coverage: 95 %}\n  - {id: usable, title: The shop is open, measure: availability, source: outages, objective: at least 99.9 %, per: month, minimum_coverage: 95 %, from: 2026-12-01}"
    edit(shop, AGREEMENT, ", per: month, minimum_coverage: 95 %}", later)

    assert "| at least 99.9 % from 2026-12-01 on<br>" in run(shop, "--format", "markdown", "HEAD").output
