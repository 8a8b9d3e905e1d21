"""The command line: one verb for each thing that one can ask of a catalogue.

Exit codes: 0 fine; 1 findings; 2 wrong usage or configuration; 3 a fault of ours, with a file to report.
"""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from servicebook.adapters import change_report, problem_report, rulebook
from servicebook.adapters.chain_text import chain_text
from servicebook.adapters.check_scope import NoSuchPathError, failing, within
from servicebook.adapters.closing import write_period
from servicebook.adapters.diffing import RefusedError
from servicebook.adapters.diffing import diff as compare_with
from servicebook.adapters.git_tree import GitError
from servicebook.adapters.reporting import NoPeriodError, service_report
from servicebook.adapters.result_text import FORMATS, agreements_in, as_json, explained, results_in
from servicebook.adapters.tables import backtest_table
from servicebook.adapters.verb_site import build, serve
from servicebook.adapters.verb_support import (
    FAULT,
    FINDINGS,
    FINE,
    MISUSE,
    colour,
    content_dir_of,
    examined,
    folder_of,
    known_names,
    known_period,
    misuse,
    moment_of,
    options,
    refuse,
    without_errors,
)
from servicebook.insight.backtest import UnfitObjectiveError
from servicebook.insight.backtest import backtest as back_test
from servicebook.insight.closed import CHANGED, finished_in
from servicebook.insight.closed import close as close_period
from servicebook.insight.closed import restate as restate_period
from servicebook.insight.documents import backtest_document
from servicebook.insight.documents_chain import chain_document, chains_document
from servicebook.loading import quantities
from servicebook.loading.report import Unreadable
from servicebook.model.common import Objective
from servicebook.model.result import Verdict
from servicebook.pipeline import opened
from servicebook.rendering.reports import Form
from servicebook.source import did_you_mean


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="servicebook")
def cli() -> None:
    """Service level management as code."""


cli.add_command(build)
cli.add_command(serve)


@cli.command()
@options
@click.argument("paths", nargs=-1)
@click.option("--format", "form", type=click.Choice(list(problem_report.FORMATS)), default="text")
@click.option("--fail-on", type=click.Choice(["error", "warning", "never"]), default="error")
@click.option("--strict", is_flag=True, help="fail on warnings, but for those about rows of metric files")
def check(root: Path, as_of: str | None, paths: Sequence[str], form: str, fail_on: str, strict: bool) -> None:
    """Everything that can be wrong, all at once; PATHs show only what stands in them."""
    found = examined(root, as_of)
    try:
        problems = within(found.problems, paths, root)
    except NoSuchPathError as error:
        misuse(str(error))
    grave = failing(problems, fail_on=fail_on, strict=strict)
    click.echo(problem_report.FORMATS[form](problems, root, found.as_of, colour=colour(), failing=grave))
    raise click.exceptions.Exit(FINDINGS if grave else FINE)


@cli.command()
@options
@click.option("--agreement", metavar="ID")
@click.option("--target", metavar="ID")
@click.option("--period", metavar="NAME", help="2026-10, 2026-Q4, 2026-W41, 2026, 2026-10-05")
@click.option("--agreements", "list_agreements", is_flag=True, help="the agreements and their states instead")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table")
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
        known_period(period)
    found = without_errors(examined(root, as_of, [agreement] if agreement else []), root)
    known_names(found.terms, agreement, target)
    if list_agreements:
        if form not in ("table", "json"):
            misuse("agreements are listed as a table or as json")
        click.echo(agreements_in(form, found, agreement))
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
    click.echo(results_in(form, results, found.as_of), nl=form != "parquet")
    breached = fail_on == "breached" and any(result.verdict is Verdict.BREACHED for result in results)
    raise click.exceptions.Exit(FINDINGS if breached else FINE)


@cli.command()
@options
@click.argument("agreement")
@click.argument("target")
@click.argument("period")
def explain(root: Path, as_of: str | None, agreement: str, target: str, period: str) -> None:
    """The working of one figure, as one would do it on paper."""
    found = without_errors(examined(root, as_of, [agreement]), root)
    known_names(found.terms, agreement, target)
    mine = [result for result in found.results if (result.agreement, result.target) == (agreement, target)]
    chosen = [result for result in mine if result.period == period or result.period.startswith(f"{period}/")]
    if not chosen:
        there = ", ".join(result.period for result in mine[-6:]) or "none: the agreement isn't signed or hasn't begun"
        misuse(f"{agreement}/{target} is not in force in {period} (its latest periods: {there})")
    for result in chosen:
        click.echo(explained(result, found.terms[agreement]))


@cli.command()
@options
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
    folder = folder_of(root)
    if objective is not None and target is None:
        misuse("--objective needs --target: say which promise it is for")
    level = None if objective is None else _objective(objective)
    with opened(folder, moment_of(as_of), content_dir=content_dir_of(folder)) as book:
        if book.has_errors:
            refuse(book.problems, folder, book.as_of)
        known_names(book.terms, agreement, target)
        try:
            tests = back_test(
                book.catalogue, book.terms[agreement], book.records, target=target, objective=level, newest=newest
            )
        except UnfitObjectiveError as error:
            misuse(str(error))
    if form == "json":
        click.echo(as_json(backtest_document(agreement, tests, book.as_of)))
    else:
        click.echo("\n\n".join(backtest_table(test) for test in tests) or "no target of it has a source")


@cli.command()
@options
@click.argument("base", required=False)
@click.option("--format", "form", type=click.Choice(list(change_report.FORMATS)), default="text")
@click.option("--fail-on", type=click.Choice(["error", "warning", "never"]), default="error")
def diff(root: Path, as_of: str | None, base: str | None, form: str, fail_on: str) -> None:
    """What a change does to the promises, against a git revision (default: the merge base with the default branch)."""
    folder, now = folder_of(root), moment_of(as_of)
    try:
        found = compare_with(folder, now, content_dir=content_dir_of(folder), base=base)
    except GitError as error:
        misuse(str(error))
    except RefusedError as error:
        refuse(error.problems, folder, now)
    click.echo(change_report.FORMATS[form](found))
    raise click.exceptions.Exit(FINDINGS if fail_on == "warning" and found.new_problems else FINE)


@cli.command()
@options
@click.argument("agreement", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def chain(root: Path, as_of: str | None, agreement: str | None, form: str) -> None:
    """What the promises under an SLA back, and where they fall short; without one, under each that isn't over."""
    found = without_errors(examined(root, as_of, [agreement] if agreement else []), root)
    known_names(found.terms, agreement, None)
    if agreement is not None and agreement not in found.chains:
        misuse(f"'{agreement}' has no chain", "only an SLA that isn't over has one")
    if form == "json":
        one = None if agreement is None else chain_document(found.chains[agreement], found.as_of)
        click.echo(as_json(one or chains_document(found.chains, found.as_of)))
    else:
        click.echo("\n\n".join(map(chain_text, found.chains.values())) or "no SLA that isn't over")


@cli.command()
@options
@click.argument("period")
@click.option("--restate", metavar="AGREEMENT/TARGET", help="correct a published figure")
@click.option("--why", metavar="TEXT", help="the reason of the correction")
def close(root: Path, as_of: str | None, period: str, restate: str | None, why: str | None) -> None:
    """Freeze a finished period's figures: from then on a change of them is an error until it is restated."""
    if (restate is None) != (why is None or not why.strip()):
        misuse("a correction needs both --restate AGREEMENT/TARGET and --why TEXT")
    found = examined(root, as_of)
    others = [p for p in found.problems if p.is_error and p.rule != CHANGED.id]
    if others:
        refuse(others, root, found.as_of)
    before = found.published.get(period)
    finished = finished_in(found.results, period)
    if restate is None:
        if not finished:
            misuse(f"no target has a finished result in {period}")
        after = close_period(period, finished, before, found.as_of, f"data/published/{period}.json")
        said = f"{_figures(len(after.results) - len(before.results if before else ()))} closed"
    else:
        agreement, _, target = restate.partition("/")
        chosen = [result for result in finished if (result.agreement, result.target) == (agreement, target)]
        if before is None or not any(result.key in before.results for result in chosen):
            misuse(f"{restate} has no closed figure in {period}")
        after = restate_period(before, chosen, (why or "").strip(), found.as_of)
        said = f"{_figures(len(after.restatements) - len(before.restatements))} restated"
    try:
        click.echo(f"{write_period(root, after)}: {said}")
    except OSError as error:
        misuse(f"{after.path} can't be written: {error.strerror}")


def _figures(number: int) -> str:
    return f"{number} figure{'' if number == 1 else 's'}"


@cli.command()
@options
@click.argument("agreement")
@click.argument("period")
@click.option("--format", "form", type=click.Choice([each.value for each in Form]), default=Form.MARKDOWN.value)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="default: standard output"
)
def report(root: Path, as_of: str | None, agreement: str, period: str, form: str, output: Path | None) -> None:
    """The service report for the review meeting: one agreement, one month, quarter or year."""
    found = without_errors(examined(root, as_of), root)
    known_names(found.terms, agreement, None)
    try:
        written = service_report(root, found, agreement, period, Form(form))
    except NoPeriodError as error:
        misuse(str(error))
    if output is None:
        sys.stdout.buffer.write(written)
        return
    try:
        output.write_bytes(written)
    except OSError as error:
        misuse(f"{output} can't be written: {error.strerror}")


@cli.command()
@options
@click.argument("rule", required=False)
def rules(rule: str | None, **_: object) -> None:
    """What each check means and how to satisfy it; the same for every catalogue and moment."""
    chosen = [each for each in rulebook.RULES if rule is None or each.id == rule or each.id.startswith(f"{rule}/")]
    if not chosen:
        misuse(f"no rule '{rule}'", did_you_mean(rule or "", [each.id for each in rulebook.RULES]))
    click.echo("\n\n".join(f"{each.id}\n  {each.meaning}\n  {each.remedy}" for each in chosen))


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


def _objective(text: str) -> Objective:
    try:
        return quantities.objective(text)
    except Unreadable as error:
        misuse(f"--objective: {error}")
