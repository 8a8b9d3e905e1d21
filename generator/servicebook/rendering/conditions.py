"""What stands beside a target's sentence in a contract: from when to when it holds, its rows, conditions and credits."""

from __future__ import annotations

from functools import reduce

from servicebook.compliance.display import objective_said
from servicebook.compliance.terms import Entry
from servicebook.model.common import Where
from servicebook.model.target import Band
from servicebook.rendering import dates, sentences
from servicebook.rendering.book import Book
from servicebook.rendering.wording import capital, joined, number, percent
from servicebook.texts import say, say_many


def in_force(entry: Entry) -> str:
    """From when to when these words of a target hold, where not as long as the agreement."""
    start = say("from %(day)s", day=dates.day(entry.own_start)) if entry.own_start is not None else ""
    end = say("to %(day)s", day=dates.last_day(entry.own_end)) if entry.own_end is not None else ""
    return " ".join(part for part in (start, end) if part)


def at_another_time(entry: Entry) -> str:
    """What a target promised before, or will promise: `Until 31 December 2025: usable at least 99.5 % …`."""
    sentence = sentences.target_sentence(entry)
    start = dates.day(entry.own_start) if entry.own_start is not None else ""
    if entry.own_end is None:
        return (
            say("From %(start)s: %(sentence)s.", start=start, sentence=sentence) if start else capital(f"{sentence}.")
        )
    end = dates.last_day(entry.own_end)
    if start:
        return say("From %(start)s to %(end)s: %(sentence)s.", start=start, end=end, sentence=sentence)
    return say("Until %(end)s: %(sentence)s.", end=end, sentence=sentence)


def further(book: Book, entry: Entry) -> tuple[tuple[str, str], ...]:
    """Conditions under which a figure is judged at all, and how it is read."""
    target = entry.target
    said = []
    if target.minimum_coverage is not None:
        said.append(
            (
                say("Judged when observed for"),
                say("at least %(share)s of the time", share=percent(target.minimum_coverage)),
            )
        )
    if target.minimum_count is not None:
        said.append((say("Judged from"), _least(target.minimum_count)))
    if target.unobserved is not None:
        state = {"down": say("counts as down"), "up": say("counts as up")}
        said.append((say("Time that nobody observed"), state.get(target.unobserved, target.unobserved)))
    if target.attribute is not None:
        where = {"opened": say("opened"), "resolved": say("resolved")}
        said.append((say("A ticket counts where it was"), where.get(target.attribute, target.attribute)))
    if target.services:
        said.append((say("Speaks of"), joined([book.title("services", reference.id) for reference in target.services])))
    return tuple(said)


def _least(records: int) -> str:
    return say_many("%(number)s\u00a0record on", "%(number)s\u00a0records on", records, number=number(records))


def rows(where: Where) -> str:
    """Which rows of the source count: `priority: 1, site: callan or hestay`."""
    return ", ".join(f"{column}: {reduce(_either, texts)}" for column, texts in where.conditions)


def _either(before: str, last: str) -> str:
    return say("%(before)s or %(last)s", before=before, last=last)


def band(of: Band) -> str:
    """The figures for which a credit is owed: `below 99.5 %`, in English as its author wrote it."""
    return objective_said(of.comparison, of.level, of.text or sentences.limit(of.comparison, of.level))
