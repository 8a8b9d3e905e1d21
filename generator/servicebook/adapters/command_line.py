"""The command line: one verb for each thing that one can ask of a catalogue.

Exit codes: 0 fine; 1 findings; 2 wrong usage or configuration; 3 a fault of ours, with a file to report.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from servicebook.adapters import change_report, problem_report, rulebook
from servicebook.adapters.building import build as build_site
from servicebook.adapters.building import messages
from servicebook.adapters.building import serve as serve_site
from servicebook.adapters.catalogue_folder import WrongSettingsError, docs_folder
from servicebook.adapters.chain_text import chain_text
from servicebook.adapters.check_scope import NoSuchPathError, failing, within
from servicebook.adapters.clock import WrongMomentError, moment
from servicebook.adapters.closing import examine_folder, write_period
from servicebook.adapters.diffing import RefusedError
from servicebook.adapters.diffing import diff as compare_with
from servicebook.adapters.git_tree import GitError
from servicebook.adapters.reporting import NoPeriodError, service_report
from servicebook.adapters.tables import aligned, as_csv, backtest_table, columns
from servicebook.compliance.explain import Line, working
from servicebook.compliance.terms import Terms
from servicebook.insight.backtest import UnfitObjectiveError
from servicebook.insight.backtest import backtest as back_test
from servicebook.insight.closed import CHANGED, finished_in
from servicebook.insight.closed import close as close_period
from servicebook.insight.closed import restate as restate_period
from servicebook.insight.documents import agreements_document, backtest_document, entry_of, results_document
from servicebook.insight.documents_chain import chain_document, chains_document
from servicebook.loading import quantities
from servicebook.loading.report import Unreadable
from servicebook.metrics.export import parquet
from servicebook.model.common import Objective
from servicebook.model.result import Result, Verdict
from servicebook.pipeline import Examined, opened
from servicebook.rendering.reports import Form
from servicebook.rendering.sentences import target_sentence
from servicebook.source import Problem, did_you_mean
from servicebook.timeline.period import period_named
from servicebook.timeline.zone import zone

FINE, FINDINGS, MISUSE, FAULT = 0, 1, 2, 3
Verb = TypeVar("Verb", bound=Callable[..., Any])


def _options(command: Verb) -> Verb:
    """The options of every verb."""
    at = click.option(
        "--as-of", metavar="INSTANT", help="an instant with offset, or a date (midnight UTC); default: now"
    )
    where = click.option(
        "-C",
        "root",
        default=".",
        metavar="DIR",
        help="the catalogue's root; default: here",
        type=click.Path(path_type=Path),
    )
    return where(at(command))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="servicebook")
def cli() -> None:
    """Service level management as code."""


@cli.command()
@_options
@click.argument("paths", nargs=-1)
@click.option("--format", "form", type=click.Choice(list(problem_report.FORMATS)), default="text")
@click.option("--fail-on", type=click.Choice(["error", "warning", "never"]), default="error")
@click.option("--strict", is_flag=True, help="fail on warnings, but for those about rows of metric files")
def check(root: Path, as_of: str | None, paths: Sequence[str], form: str, fail_on: str, strict: bool) -> None:
    """Everything that can be wrong, all at once; PATHs show only what stands in them."""
    found = _examined(root, as_of)
    try:
        problems = within(found.problems, paths, root)
    except NoSuchPathError as error:
        _misuse(str(error))
    grave = failing(problems, fail_on=fail_on, strict=strict)
    _print(problem_report.FORMATS[form](problems, root, found.as_of, colour=_colour(), failing=grave))
    raise click.exceptions.Exit(FINDINGS if grave else FINE)


@cli.command()
@_options
@click.option("--agreement", metavar="ID")
@click.option("--target", metavar="ID")
@click.option("--period", metavar="NAME", help="2026-10, 2026-Q4, 2026-W41, 2026, 2026-10-05")
@click.option("--agreements", "list_agreements", is_flag=True, help="the agreements and their states instead")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv", "parquet"]), default="table")
@click.option("--fail-on", type=click.Choice(["breached", "never"]), default="never")
def evaluate(
    root: Path,
    as_of: str | None,
    agreement: str | None,
    target: str | None,
    period: str | None,
    list_agreements: bool,
    form: str,
    fail_on: str,
) -> None:
    """All results, or those of one agreement, target or period."""
    if period is not None:
        _known_period(period)
    found = _without_errors(_examined(root, as_of, [agreement] if agreement else []), root)
    _known_names(found.terms, agreement, target)
    if list_agreements:
        _print_agreements(found, agreement, form)
        return
    results = [
        result
        for result in found.results
        if agreement in (None, result.agreement)
        and target in (None, result.target)
        and (period is None or result.period == period or result.period.startswith(f"{period}/"))
    ]
    if period is not None and agreement is not None and not results:
        click.echo(f"{agreement}: not in force in {period}, or the period hasn't begun", err=True)
    _print_results(results, found.as_of, form)
    breached = fail_on == "breached" and any(result.verdict is Verdict.BREACHED for result in results)
    raise click.exceptions.Exit(FINDINGS if breached else FINE)


@cli.command()
@_options
@click.argument("agreement")
@click.argument("target")
@click.argument("period")
def explain(root: Path, as_of: str | None, agreement: str, target: str, period: str) -> None:
    """The working of one figure, as one would do it on paper."""
    found = _without_errors(_examined(root, as_of, [agreement]), root)
    _known_names(found.terms, agreement, target)
    mine = [result for result in found.results if (result.agreement, result.target) == (agreement, target)]
    chosen = [result for result in mine if result.period == period or result.period.startswith(f"{period}/")]
    if not chosen:
        there = ", ".join(result.period for result in mine[-6:]) or "none: the agreement isn't signed or hasn't begun"
        _misuse(f"{agreement}/{target} is not in force in {period} (its latest periods: {there})")
    for result in chosen:
        _print(_explained(result, found.terms[agreement]))


@cli.command()
@_options
@click.argument("agreement")
@click.option("--target", metavar="ID")
@click.option("--objective", metavar="TEXT", help='try another level: "at least 99.95 %"')
@click.option("--periods", "newest", type=click.IntRange(1, 1000), help="how many of the newest periods")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def backtest(
    root: Path,
    as_of: str | None,
    agreement: str,
    target: str | None,
    objective: str | None,
    newest: int | None,
    form: str,
) -> None:
    """How an agreement's terms would have fared on the history, signed or not."""
    folder = _folder(root)
    if objective is not None and target is None:
        _misuse("--objective needs --target: say which promise it is for")
    level = None if objective is None else _objective(objective)
    with opened(folder, _moment(as_of), content_dir=_content_dir(folder)) as book:
        if book.has_errors:
            _refuse(book.problems, folder, book.as_of)
        _known_names(book.terms, agreement, target)
        try:
            tests = back_test(
                book.catalogue, book.terms[agreement], book.records, target=target, objective=level, newest=newest
            )
        except UnfitObjectiveError as error:
            _misuse(str(error))
    if form == "json":
        _print(json.dumps(backtest_document(agreement, tests, book.as_of), indent=1, ensure_ascii=False))
    else:
        _print("\n\n".join(backtest_table(test) for test in tests) or "no target of it has a source")


@cli.command()
@_options
@click.argument("base", required=False)
@click.option("--format", "form", type=click.Choice(list(change_report.FORMATS)), default="text")
@click.option("--fail-on", type=click.Choice(["error", "warning", "never"]), default="error")
def diff(root: Path, as_of: str | None, base: str | None, form: str, fail_on: str) -> None:
    """What a change does to the promises, against a git revision (default: the merge base with the default branch)."""
    folder, now = _folder(root), _moment(as_of)
    try:
        found = compare_with(folder, now, content_dir=_content_dir(folder), base=base)
    except GitError as error:
        _misuse(str(error))
    except RefusedError as error:
        _refuse(error.problems, folder, now)
    _print(change_report.FORMATS[form](found))
    raise click.exceptions.Exit(FINDINGS if fail_on == "warning" and found.new_problems else FINE)


@cli.command()
@_options
@click.argument("agreement", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def chain(root: Path, as_of: str | None, agreement: str | None, form: str) -> None:
    """What the promises under an SLA back, and where they fall short; without one, under each that isn't over."""
    found = _without_errors(_examined(root, as_of, [agreement] if agreement else []), root)
    _known_names(found.terms, agreement, None)
    if agreement is not None and agreement not in found.chains:
        _misuse(f"'{agreement}' has no chain", "only an SLA that isn't over has one")
    if form == "json":
        one = None if agreement is None else chain_document(found.chains[agreement], found.as_of)
        _print(json.dumps(one or chains_document(found.chains, found.as_of), indent=1, ensure_ascii=False))
    else:
        _print("\n\n".join(map(chain_text, found.chains.values())) or "no SLA that isn't over")


@cli.command()
@_options
@click.argument("period")
@click.option("--restate", metavar="AGREEMENT/TARGET", help="correct a published figure")
@click.option("--why", metavar="TEXT", help="the reason of the correction")
def close(root: Path, as_of: str | None, period: str, restate: str | None, why: str | None) -> None:
    """Freeze a finished period's figures: from then on a change of them is an error until it is restated."""
    if (restate is None) != (why is None or not why.strip()):
        _misuse("a correction needs both --restate AGREEMENT/TARGET and --why TEXT")
    found = _examined(root, as_of)
    others = [p for p in found.problems if p.is_error and p.rule != CHANGED.id]
    if others:
        _refuse(others, root, found.as_of)
    before = found.published.get(period)
    finished = finished_in(found.results, period)
    if restate is None:
        if not finished:
            _misuse(f"no target has a finished result in {period}")
        after = close_period(period, finished, before, found.as_of, f"data/published/{period}.json")
        said = f"{_figures(len(after.results) - len(before.results if before else ()))} closed"
    else:
        agreement, _, target = restate.partition("/")
        chosen = [result for result in finished if (result.agreement, result.target) == (agreement, target)]
        if before is None or not any(result.key in before.results for result in chosen):
            _misuse(f"{restate} has no closed figure in {period}")
        after = restate_period(before, chosen, (why or "").strip(), found.as_of)
        said = f"{_figures(len(after.restatements) - len(before.restatements))} restated"
    try:
        click.echo(f"{write_period(root, after)}: {said}")
    except OSError as error:
        _misuse(f"{after.path} can't be written: {error.strerror}")


def _figures(number: int) -> str:
    return f"{number} figure{'' if number == 1 else 's'}"


@cli.command()
@_options
@click.option("--site-dir", type=click.Path(path_type=Path), help="where the site goes; default: as mkdocs.yml says")
@click.option("--strict", is_flag=True, help="fail on warnings, but for those about rows of metric files")
def build(root: Path, as_of: str | None, site_dir: Path | None, strict: bool) -> None:
    """The site; what was published before stays until the new one is whole."""
    given = None if as_of is None else _moment(as_of)
    with messages():
        code = build_site(_folder(root), as_of=given, site_dir=site_dir, strict=strict)
    raise click.exceptions.Exit(code)


@cli.command()
@_options
@click.option("--address", metavar="HOST:PORT", help="default: as mkdocs.yml says, else 127.0.0.1:8000")
@click.option("--open", "open_in_browser", is_flag=True, help="open it in the browser")
def serve(root: Path, as_of: str | None, address: str | None, open_in_browser: bool) -> None:
    """Live preview: built anew at each change."""
    given = None if as_of is None else _moment(as_of)
    with messages():
        code = serve_site(_folder(root), as_of=given, address=address, open_in_browser=open_in_browser)
    raise click.exceptions.Exit(code)


@cli.command()
@_options
@click.argument("agreement")
@click.argument("period")
@click.option("--format", "form", type=click.Choice([each.value for each in Form]), default=Form.MARKDOWN.value)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="default: standard output"
)
def report(root: Path, as_of: str | None, agreement: str, period: str, form: str, output: Path | None) -> None:
    """The service report for the review meeting: one agreement, one month, quarter or year."""
    found = _without_errors(_examined(root, as_of), root)
    _known_names(found.terms, agreement, None)
    try:
        written = service_report(root, found, agreement, period, Form(form))
    except NoPeriodError as error:
        _misuse(str(error))
    if output is None:
        sys.stdout.buffer.write(written)
        return
    try:
        output.write_bytes(written)
    except OSError as error:
        _misuse(f"{output} can't be written: {error.strerror}")


@cli.command()
@_options
@click.argument("rule", required=False)
def rules(rule: str | None, **_: object) -> None:
    """What each check means and how to satisfy it; the same for every catalogue and moment."""
    chosen = [each for each in rulebook.RULES if rule is None or each.id == rule or each.id.startswith(f"{rule}/")]
    if not chosen:
        _misuse(f"no rule '{rule}'", did_you_mean(rule or "", [each.id for each in rulebook.RULES]))
    _print("\n\n".join(f"{each.id}\n  {each.meaning}\n  {each.remedy}" for each in chosen))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; a fault of ours ends with a file to report, not with a traceback on the screen."""
    try:
        code = cli.main(args=arguments, prog_name="servicebook", standalone_mode=False)
    except click.exceptions.Exit as done:
        code = done.exit_code
    except click.exceptions.Abort:
        code = 130
    except click.ClickException as error:
        error.show()
        code = MISUSE
    except BrokenPipeError:
        code = FINE
        sys.stderr.close()
    except Exception:  # noqa: BLE001 - the last resort: what we didn't foresee is written down and reported
        code = _report_fault()
    sys.exit(code if isinstance(code, int) else FINE)


def _report_fault() -> int:
    with tempfile.NamedTemporaryFile(
        "w", prefix="servicebook-fault-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(traceback.format_exc())
    click.echo(
        f"servicebook: a fault of ours, nothing was written. Please report it with the file {file.name}", err=True
    )
    return FAULT


def _examined(root: Path, as_of: str | None, agreements: Sequence[str] = ()) -> Examined:
    folder = _folder(root)
    return examine_folder(folder, _moment(as_of), content_dir=_content_dir(folder), agreements=agreements)


def _content_dir(folder: Path) -> str:
    try:
        return docs_folder(folder)
    except WrongSettingsError as error:
        _misuse(str(error))


def _objective(text: str) -> Objective:
    try:
        return quantities.objective(text)
    except Unreadable as error:
        _misuse(f"--objective: {error}")


def _moment(as_of: str | None) -> int:
    try:
        return moment(as_of)
    except WrongMomentError as error:
        _misuse(str(error))


def _folder(root: Path) -> Path:
    if not root.is_dir():
        _misuse(f"{root} is no folder")
    if not any((root / name).exists() for name in ("mkdocs.yml", "mkdocs.yaml", "content", "data/metrics")):
        _misuse(f"{root} holds no catalogue", "a catalogue has an mkdocs.yml and a folder content/; -C names its root")
    return root


def _without_errors(found: Examined, root: Path) -> Examined:
    if found.has_errors:
        _refuse(found.problems, root, found.as_of)
    return found


def _refuse(problems: Sequence[Problem], root: Path, as_of: int) -> NoReturn:
    errors = [problem for problem in problems if problem.is_error]
    click.echo(problem_report.text(errors, root, as_of, colour=_colour()), err=True)
    raise click.exceptions.Exit(FINDINGS)


def _known_names(agreements: Mapping[str, Terms], agreement: str | None, target: str | None) -> None:
    if agreement is not None and agreement not in agreements:
        _misuse(f"no agreement '{agreement}'", did_you_mean(agreement, agreements))
    known = {name for key, terms in agreements.items() if agreement in (None, key) for name in terms.targets}
    if target is not None and target not in known:
        _misuse(f"no target '{target}'", did_you_mean(target, known))


def _known_period(name: str) -> None:
    """A rolling window is named by its day, which only the results tell; every other name is in the calendar or isn't."""
    if name.startswith("rolling-"):
        return
    try:
        period_named(name.partition("/")[0], zone("UTC"))
    except ValueError as error:
        _misuse(f"--period: {error}")


def _print_agreements(found: Examined, agreement: str | None, form: str) -> None:
    chosen = {name: terms for name, terms in found.terms.items() if agreement in (None, name)}
    if form == "json":
        document = agreements_document(chosen, found.statuses, found.results, found.as_of, target_sentence)
        _print(json.dumps(document, indent=1, ensure_ascii=False))
        return
    if form != "table":
        _misuse("agreements are listed as a table or as json")
    width = max((len(name) for name in chosen), default=0)
    _print("\n".join(f"{name.ljust(width)}  {found.statuses[name].state}" for name in chosen))


def _print_results(results: Sequence[Result], as_of: int, form: str) -> None:
    if form == "parquet":
        sys.stdout.buffer.write(parquet(columns(results)))
    elif form == "json":
        _print(json.dumps(results_document(results, as_of), indent=1, ensure_ascii=False))
    elif form == "csv":
        click.echo(as_csv(results), nl=False)
    else:
        _print(aligned(results) if results else "no results")


def _explained(result: Result, terms: Terms) -> str:
    entry = entry_of(terms.targets[result.target], result)
    lines = working(result, entry.target, entry.calendar_id)
    width = max(len(_indented(line)) for line in lines)
    heading = f"{result.agreement} {result.version} · {entry.target.name} · {result.period}"
    body = [f"{_indented(line).ljust(width)}  {line.figure}".rstrip() for line in lines]
    files = [f"{each.path} ({each.rows} rows, sha256 {each.sha256})" for each in result.sources]
    return "\n".join([heading, *body, *files, ""])


def _indented(line: Line) -> str:
    return f"    {line.label}" if line.is_detail else line.label


def _misuse(message: str, hint: str = "") -> NoReturn:
    raise click.UsageError(f"{message}; {hint}" if hint else message)


def _colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and "CI" not in os.environ


def _print(text: str) -> None:
    click.echo(text)
