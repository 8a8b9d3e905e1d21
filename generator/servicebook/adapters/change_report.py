"""What a change does to the promises, as people read it: in a terminal, or as a comment on a pull request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from servicebook.adapters.diffing import Diff
from servicebook.adapters.problem_report import as_json as problems_as_json
from servicebook.insight.change import Change, ChangeKind, Replay, diff_document
from servicebook.source import Problem

OPEN_ROWS, MOST_ROWS = 12, 150
"""Rows of a comment that are shown at once, and behind a click; a comment has room for some 65,000 characters."""
WIDEST = 160
"""Characters of a term in a comment."""
_SIGNS: Mapping[ChangeKind, str] = {
    ChangeKind.ADDED: "➕",
    ChangeKind.REMOVED: "➖",
    ChangeKind.TIGHTENED: "🔺",
    ChangeKind.LOOSENED: "🔻",
    ChangeKind.EXTENDED: "⏩",
    ChangeKind.SHORTENED: "⏪",
    ChangeKind.SIGNED: "✍️",
    ChangeKind.CHANGED: "✏️",
}
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "#": "&#35;"} | {mark: f"\\{mark}" for mark in r"\`*_[]|~"}
)


def text(diff: Diff) -> str:
    """The changes by agreement and service, what the history would have been, and the problems that came and went."""
    lines = [f"compared with {diff.base[:12]}", ""]
    if not diff.changes:
        lines += ["no promise changes", ""]
    for _, group in groupby(diff.changes, key=_thing):
        changes = list(group)
        lines += [_printable(_heading(changes)), *(line for change in changes for line in _in_text(change)), ""]
    if diff.changes:
        lines += [f"{counted(diff.changes)}{_touched(diff, _printable)}", ""]
    lines += _problems_in_text("new problem", diff.new_problems)
    lines += _problems_in_text("problem gone", diff.gone_problems)
    errors = sum(problem.is_error for problem in diff.base_problems)
    if errors:
        lines += [_with_errors(errors), ""]
    return "\n".join(lines).rstrip()


def as_json(diff: Diff) -> str:
    """`servicebook/diff/1`."""
    new, gone = (
        json.loads(problems_as_json(found, as_of=diff.as_of))["problems"]
        for found in (diff.new_problems, diff.gone_problems)
    )
    document = diff_document(diff.changes, diff.base, diff.as_of, new=new, gone=gone)
    return json.dumps(document, indent=1, ensure_ascii=False)


def markdown(diff: Diff) -> str:
    """A comment: what changes in numbers, a table, what is to be seen to, and the rest behind a click."""
    parts = ["## What this change does to the promises"]
    if diff.changes:
        parts.append(f"**{counted(diff.changes)}**{_touched(diff, _escaped)}")
        parts.append(_table(diff.changes[:OPEN_ROWS]))
        rest = diff.changes[OPEN_ROWS:MOST_ROWS]
        if rest:
            parts.append(_details(f"{_number(len(diff.changes) - OPEN_ROWS, 'more change')}", _table(rest)))
        if len(diff.changes) > MOST_ROWS:
            parts.append(f"{_number(len(diff.changes) - MOST_ROWS, 'change')} more: `servicebook diff` lists them all.")
    else:
        parts.append("No promise changes.")
    if diff.amendments:
        parts.append("**Amendments of terms in force**\n\n" + _problem_list(diff.amendments))
    others = tuple(problem for problem in diff.new_problems if problem not in diff.amendments)
    for found, noun in ((others, "new problem"), (diff.gone_problems, "problem that is gone")):
        if found:
            title = _number(len(found), noun) if noun == "new problem" else _gone(len(found))
            parts.append(_details(title, _problem_list(found)))
    errors = sum(problem.is_error for problem in diff.base_problems)
    if errors:
        parts.append(_with_errors(errors))
    parts.append(
        f"<sub>Compared with {diff.base[:12]}. Replays judge the newest periods that old and new terms both judge.</sub>"
    )
    return "\n\n".join(parts)


FORMATS: Mapping[str, Callable[[Diff], str]] = {"text": text, "markdown": markdown, "json": as_json}
"""The formats of `diff --format`, by name."""


def counted(changes: Sequence[Change]) -> str:
    """`2 tightened, 1 loosened`."""
    numbers = [(kind, sum(change.kind is kind for change in changes)) for kind in ChangeKind]
    return ", ".join(f"{number} {kind}" for kind, number in numbers if number)


def replay_sentence(replay: Replay) -> str:
    """`4 of the last 12 months would have been breached, under the old terms none`."""
    judged = len(replay.periods)
    is_same = replay.new_breached == replay.old_breached
    if judged == 1:
        said = f"the last {replay.noun} would {'' if replay.new_breached else 'not '}have been breached"
        return f"{said}, as under the old terms" if is_same else said
    nouns = replay.noun.replace("month's end", "months' end") + "s"
    said = f"{_count(replay.new_breached)} of the last {judged} {nouns} would have been breached"
    return (
        f"{said}, as under the old terms" if is_same else f"{said}, under the old terms {_count(replay.old_breached)}"
    )


def _count(number: int) -> str:
    return str(number) if number else "none"


def _thing(change: Change) -> tuple[str, str]:
    return change.agreement or "", change.service or ""


def _heading(changes: Sequence[Change]) -> str:
    first = changes[0]
    if first.service is not None:
        return f"service {first.service}: {first.title}"
    return f"{first.agreement}: {first.title} (for {first.customer}; {', '.join(first.services)})"


def _in_text(change: Change) -> list[str]:
    what = (
        f"{change.target}: {change.field}"
        if change.target is not None and change.field != "target"
        else change.target or change.field
    )
    lines = [f"  {str(change.kind).ljust(9)}  {what}: {_values(change)}{_since(change)}"]
    return [_printable(line) for line in (*lines, *(f"  {' ' * 9}  {said}" for said in _history(change)))]


def _history(change: Change) -> list[str]:
    """What the history would have been; of a whole agreement for each target with another outcome."""
    if change.replay is None:
        return []
    if change.target is not None:
        return [replay_sentence(change.replay)]
    moved = [f"{target}: {replay_sentence(each)}" for target, each in change.effects if each.is_another_outcome]
    return moved or ["in the last periods as many would have been breached as under the old terms"]


def _printable(line: str) -> str:
    """A line without characters that would steer a terminal."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in line)


def _values(change: Change) -> str:
    if change.old is None or change.new is None:
        return change.new or change.old or "—"
    return f"{change.old} → {change.new}"


def _since(change: Change) -> str:
    return f" from {change.since} on" if change.since is not None and change.field not in ("from", "until") else ""


def _touched(diff: Diff, said: Callable[[str], str]) -> str:
    """Which customers and services the changes touch."""
    parties = {**diff.old.catalogue.parties, **diff.new.catalogue.parties}
    offered = {**diff.old.catalogue.services, **diff.new.catalogue.services}
    customers = dict.fromkeys(change.customer for change in diff.changes if change.customer is not None)
    services = dict.fromkeys(service for change in diff.changes for service in change.services)
    names = (
        ("customer", [parties[name].title if name in parties else name for name in customers]),
        ("service", [offered[name].title if name in offered else name for name in services]),
    )
    return "".join(
        f" · {noun}{'s' if len(found) > 1 else ''}: {said(_listed(found))}" for noun, found in names if found
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")


def _problems_in_text(noun: str, problems: Sequence[Problem]) -> list[str]:
    if not problems:
        return []
    first, _, rest = noun.partition(" ")
    plural = f"{first}{'s' if first == 'problem' else ''} {rest}{'s' if rest == 'problem' else ''}"
    lines = [f"{len(problems)} {noun if len(problems) == 1 else plural}"]
    for problem in problems:
        place = problem.position
        lines.append(
            f"  {place.path}:{place.line}:{place.column}: {problem.severity}: {problem.message} [{problem.rule}]"
        )
    return [*lines, ""]


def _with_errors(errors: int) -> str:
    return f"The revision that is compared with has {_number(errors, 'error')}: what they touch could not be compared."


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _gone(count: int) -> str:
    return "1 problem is gone" if count == 1 else f"{count} problems are gone"


def _table(changes: Iterable[Change]) -> str:
    rows = ["| | Promise | Before | After |", "|---|---|---|---|"]
    for change in changes:
        what = f"{change.title}: {change.name}" if change.target is not None else change.title
        field = "" if change.field in ("target", "agreement", "service") else f", {change.field}"
        said = "".join(f"<br>{_escaped(sentence)}" for sentence in _history(change))
        cells = (
            f"{_SIGNS[change.kind]} {change.kind}",
            f"{_escaped(what)}{_escaped(field)}",
            _cell(change.old),
            f"{_cell(change.new)}{_since(change)}{said}",
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _cell(value: str | None) -> str:
    if value is None:
        return "—"
    return _escaped(value if len(value) <= WIDEST else f"{value[:WIDEST].rstrip()} …")


def _details(title: str, body: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"


def _problem_list(problems: Sequence[Problem]) -> str:
    items = [
        f"- {_escaped(problem.position.path)}:{problem.position.line}: {problem.severity}: {_escaped(problem.message)}"
        for problem in problems[:MOST_ROWS]
    ]
    more = [f"- and {len(problems) - MOST_ROWS} more"] if len(problems) > MOST_ROWS else []
    return "\n".join([*items, *more])


def _escaped(words: str) -> str:
    """Words that mean nothing to Markdown: no markup, no link, and nobody is called by name."""
    return " ".join(words.split()).translate(_ESCAPES)
