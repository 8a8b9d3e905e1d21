"""The service report for the review meeting: one agreement, one period, everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from servicebook import texts
from servicebook.insight.breaches import Breach
from servicebook.insight.reporting import is_calendar
from servicebook.model.result import Result, Verdict
from servicebook.rendering import dates, sentences
from servicebook.rendering.book import SHOWN_PERIODS, WORST_FINISHED, Book, History
from servicebook.rendering.breach_words import missed_by, missed_sentence, recovery_words, repeat_words
from servicebook.rendering.breaches import outages_of
from servicebook.rendering.promises import detail, trend_words
from servicebook.rendering.report_content import (
    Block,
    Cell,
    Facts,
    Items,
    Paragraph,
    Report,
    Section,
    Side,
    Signatures,
    Table,
    Trend,
    any_of,
)
from servicebook.rendering.report_follow_up import actions, improvements, maintenance, satisfaction
from servicebook.rendering.report_material import Material
from servicebook.rendering.wording import capital, count, figure, in_words, joined, number, percent
from servicebook.texts import say, say_as, say_many
from servicebook.timeline.zone import local_date

_LISTED = 12
"""More outages of one breach than these are counted, not listed."""


def make_report(book: Book, agreement_id: str, period: str) -> Report:
    """The report of an agreement for a calendar period (`2026-10`, `2026-Q3`, `2026`); ValueError where the name is none."""
    material = Material(book, agreement_id, period)
    sections = (
        _summary(material),
        Section(
            title=say("Targets"),
            blocks=any_of([], say("The agreement has no target.")) if not material.histories else (),
        ),
        *(_target(material, history) for history in material.histories.values()),
        *_breaches(material),
        maintenance(material),
        satisfaction(material),
        improvements(material),
        actions(material),
        _signatures(material),
    )
    return Report(
        title=say("Service report: %(period)s", period=dates.period(material.period.name)),
        agreement=material.agreement.title,
        facts=_facts(material),
        sections=sections,
        note=_note(material),
        version=say("version %(version)s", version=material.agreement.version),
        author=book.title("parties", material.agreement.provider.id),
        language=texts.spoken(),
        as_of=book.site.as_of,
    )


def _note(material: Material) -> str:
    """As known at which moment, from which revision, of which site."""
    site = material.book.site
    known = dates.moment(site.as_of, material.home)
    if site.revision:
        return say(
            "As known at %(moment)s, revision %(revision)s. %(site)s.",
            moment=known,
            revision=site.revision,
            site=site.name,
        )
    return say("As known at %(moment)s. %(site)s.", moment=known, site=site.name)


def _facts(material: Material) -> Facts:
    book, agreement = material.book, material.agreement
    services = joined([book.title("services", service.id) for service in agreement.services])
    first, last = local_date(material.period.start, material.home), local_date(material.period.end - 1, material.home)
    named = say(
        "%(agreement)s, version %(version)s, %(state)s",
        agreement=agreement.title,
        version=agreement.version,
        state=say(book.status(agreement.id).state.value),
    )
    days = say(
        "%(first)s to %(last)s (%(zone)s)",
        first=dates.day(first),
        last=dates.day(last),
        zone=dates.zone_words(material.home.key),
    )
    return Facts(
        rows=(
            (say("Agreement"), named),
            (say("Provider"), book.title("parties", agreement.provider.id)),
            (say("Customer"), book.title("parties", agreement.customer.id)),
            *(((say("Services"), services),) if services else ()),
            (say("Period"), days),
        )
    )


def _summary(material: Material) -> Section:
    blocks: list[Block] = []
    if material.period.end > material.book.site.as_of:
        blocks.append(Paragraph(text=say("This period isn't over: the report shows how it stands."), quiet=True))
    blocks.append(Paragraph(text=_counted(material)))
    if material.breaches:
        blocks.append(Items(items=tuple(_breach_line(material, breach) for breach in material.breaches)))
    credits = [
        say(
            "%(name)s, %(period)s: %(share)s",
            name=material.name(r),
            period=dates.period(r.period),
            share=percent(r.credit),
        )
        for r in material.results
        if r.credit
    ]
    if credits:
        blocks.append(Paragraph(text=say("Credits due: %(credits)s.", credits="; ".join(credits))))
    return Section(title=say("Summary"), blocks=tuple(blocks))


def _counted(material: Material) -> str:
    """`Five results fall into October 2026: four met and one breached.`"""
    period = dates.period(material.period.name)
    if not material.results:
        return say("No result of this agreement falls into %(period)s.", period=period)
    finished = [r for r in material.results if r.finished]
    order = (*WORST_FINISHED[::-1], Verdict.ON_TRACK, Verdict.AT_RISK)
    counts = [(verdict, sum(r.verdict is verdict for r in material.results)) for verdict in order]
    said = joined(
        [
            say("%(times)s %(verdict)s", times=_so_many(number), verdict=say(verdict.value))
            for verdict, number in counts
            if number
        ]
    )
    number = len(material.results)
    fallen = say_many(
        "%(words)s result falls into %(period)s: %(said)s.",
        "%(words)s results fall into %(period)s: %(said)s.",
        number,
        words=capital(in_words(number)),
        period=period,
        said=said,
    )
    rest = number - len(finished)
    return f"{fallen} {_not_final(rest)}" if rest else fallen


def _not_final(number: int) -> str:
    return say_many(
        "%(words)s of them aren't final yet.",
        "%(words)s of them aren't final yet.",
        number,
        words=capital(_so_many(number)),
    )


def _so_many(number: int) -> str:
    """How many results, where the word stands without its noun."""
    return say_as("number of results", "one") if number == 1 else in_words(number)


def _breach_line(material: Material, breach: Breach) -> str:
    result = breach.result
    name, period, missed = material.name(result), dates.period(result.period), missed_by(result)
    if not breach.repeats.is_repeat:
        return say("%(name)s, %(period)s: %(missed)s.", name=name, period=period, missed=missed)
    times = repeat_words(breach.repeats, material.histories[result.target].entry_of(result).target.per)
    return say("%(name)s, %(period)s: %(missed)s (%(times)s).", name=name, period=period, missed=missed, times=times)


def _target(material: Material, history: History) -> Section:
    results = material.of(history)
    blocks: list[Block] = [Paragraph(text=f"{capital(sentences.target_sentence(history.entry))}.")]
    if results:
        blocks.append(_results_table(results))
    blocks += _going_on(material, history)
    past = [r for r in history.results if is_calendar(r) and r.end <= material.period.end][-SHOWN_PERIODS:]
    if len(past) > 1:
        labels = tuple(dates.axis_labels([result.period for result in past]))
        blocks.append(Trend(results=tuple(past), labels=labels, words=trend_words(tuple(past))))
    return Section(title=history.entry.target.name, blocks=tuple(blocks), level=3)


def _results_table(results: Sequence[Result]) -> Table:
    head = (
        say("Period"),
        say("Figure"),
        say("Promised"),
        say("Verdict"),
        say("Coverage"),
        say("Credit"),
        say("Made of"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            capital(dates.period(r.period)),
            figure(r.shown) if r.shown else "–",
            sentences.limit(r.objective.comparison, r.objective.level),
            r.verdict,
            percent(r.coverage) if r.coverage is not None else "–",
            percent(r.credit) if r.credit is not None else "–",
            detail(r),
        )
        for r in results
    )
    return Table(head=head, rows=rows, right=frozenset({1, 4, 5}))


def _going_on(material: Material, history: History) -> Iterator[Block]:
    """How a longer period goes on, and a rolling window: they don't end in the report's period."""
    newest = history.results[-1] if history.results else None
    if newest is None:
        yield Paragraph(text=say("No figure yet."), quiet=True)
    elif newest not in material.of(history) and (
        not is_calendar(newest) or newest.start < material.period.end < newest.end
    ):
        yield Paragraph(text=_stands(newest), quiet=True)
    elif not material.of(history):
        yield Paragraph(text=say("No period of this target ends here."), quiet=True)


def _stands(newest: Result) -> str:
    """`Fourth quarter 2026: 100 % so far, on track.`"""
    period, verdict = capital(dates.period(newest.period)), say(newest.verdict.value)
    if not newest.shown:
        return say("%(period)s: %(verdict)s.", period=period, verdict=verdict)
    shown = figure(newest.shown)
    if newest.finished:
        return say("%(period)s: %(figure)s, %(verdict)s.", period=period, figure=shown, verdict=verdict)
    return say("%(period)s: %(figure)s so far, %(verdict)s.", period=period, figure=shown, verdict=verdict)


def _breaches(material: Material) -> Iterator[Section]:
    none = Paragraph(text=say("No promise was missed."), quiet=True)
    yield Section(title=say("Breaches and their causes"), blocks=() if material.breaches else (none,))
    for breach in material.breaches:
        result = breach.result
        yield Section(
            title=f"{material.name(result)}, {dates.period(result.period)}",
            blocks=(Paragraph(text=missed_sentence(result)), _why(material, breach), *_outages(result)),
            level=3,
        )


def _why(material: Material, breach: Breach) -> Facts:
    rows: list[tuple[str, str]] = []
    for account in breach.accounts:
        rows += [(say("Cause"), account.cause), (say("Correction"), account.correction or say("none yet"))]
        if account.corrected is not None:
            rows.append((say("In place since"), dates.day(account.corrected)))
        if account.owner is not None:
            rows.append((say("Responsible"), material.book.title("parties", account.owner.id)))
    if not breach.accounts:
        rows.append((say("Cause"), say("not written down yet")))
    if breach.improvements:
        rows.append((say("Improvements"), joined([plan.title for plan in breach.improvements])))
    per = material.histories[breach.result.target].entry_of(breach.result).target.per
    times = repeat_words(breach.repeats, per)
    rows.append((say("Missed in"), say("%(times)s, up to and with this one", times=times)))
    rows.append((say("Since then"), recovery_words(breach.recovery)))
    return Facts(rows=tuple(rows))


def _outages(result: Result) -> Iterator[Block]:
    outages = outages_of(result)
    if outages:
        rows = tuple((each.start, each.end, each.length, each.note) for each in outages[:_LISTED])
        head = (say("Down from"), say("To"), say("Counted"), say("Note"))
        yield Table(head=head, rows=rows, right=frozenset({2}))
    if len(outages) > _LISTED:
        yield Paragraph(text=say("and %(number)s\u00a0more", number=number(len(outages) - _LISTED)), quiet=True)
    if result.missed:
        said = count(len(result.missed), "ticket wasn't within the limit", "tickets weren't within the limit")
        yield Paragraph(text=f"{capital(said)}.", quiet=True)


def _signatures(material: Material) -> Section:
    agreement, book = material.agreement, material.book
    roles = {signature.party.id: signature.role for signature in reversed(agreement.signatures)}
    sides = tuple(
        Side(part=part, party=book.title("parties", party.id), role=roles.get(party.id, ""))
        for part, party in ((say("Provider"), agreement.provider), (say("Customer"), agreement.customer))
    )
    return Section(title=say("Signatures"), blocks=(Signatures(sides=sides),))
