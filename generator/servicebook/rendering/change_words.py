"""The terms that a change is about in words: the term's name, what it was, what it is now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction

from servicebook.compliance.terms import Entry, Terms
from servicebook.insight.change import Change, ChangeKind
from servicebook.insight.change.agreements import excluded_words, signed_words
from servicebook.insight.change.differences import USUAL_COVERAGE
from servicebook.model.agreement import Exclusion, Renewal, Signature
from servicebook.rendering import conditions, dates, hours, sentences
from servicebook.rendering.book import Book
from servicebook.rendering.wording import count, number, percent, span_words
from servicebook.texts import marked, say, say_as
from servicebook.timeline.zone import zone

_LABELS: Mapping[str, str] = {
    "measure": marked("What is measured"),
    "objective": marked("Objective"),
    "source": marked("Source"),
    "where": marked("Rows that count"),
    "per": marked("Looked at"),
    "of": marked("Of a ticket"),
    "within": marked("Limit"),
    "percentile": marked("Percentile"),
    "statistic": marked("Statistic"),
    "satisfied_from": marked("Score from which somebody is satisfied"),
    "attribute": marked("A ticket counts where it was"),
    "minimum_coverage": marked("Judged when observed for"),
    "minimum_count": marked("Judged from"),
    "unobserved": marked("Time that nobody observed"),
    "down_after": marked("Down after"),
    "up_after": marked("Up again after"),
    "credits": marked("Service credits"),
    "hours": marked("Service hours"),
    "services": marked("Services"),
    "sites": marked("Sites"),
    "from": marked("First day"),
    "until": marked("Last day"),
    "terminated": marked("Terminated"),
    "type": marked("Type"),
    "provider": marked("Provider"),
    "customer": marked("Customer"),
    "renewal": marked("Renewal"),
    "signatures": marked("Signature"),
    "time_zone": marked("Time zone"),
    "maintenance": marked("Maintenance"),
    "maintenance.windows": marked("Maintenance windows"),
    "maintenance.notice": marked("Notice of maintenance"),
    "maintenance.allowance": marked("Maintenance that isn't counted"),
    "maintenance.announcements": marked("Where maintenance is announced"),
    "exclusions": marked("Time left out"),
    "responsibilities.provider": marked("What the provider does"),
    "responsibilities.customer": marked("What the customer does"),
    "review": marked("Review"),
    "prose": marked("Further terms"),
}


def label(change: Change) -> str:
    """What the term is called; its key where it has no name of ours."""
    return say(_LABELS[change.field]) if change.field in _LABELS else change.field


def values(book: Book, change: Change) -> tuple[str, ...] | None:
    """What the term was and is now; one of them where it came or went. None where only `diff` has words for it."""
    if change.field == "target":
        return tuple(sentences.target_sentence(entry) for entry in change.entries if entry is not None)
    before, now = change.entries
    if change.target is not None and before is not None and now is not None:
        said = _OF_TARGETS.get(change.field)
        return None if said is None else (said(book, before), said(book, now))
    if change.field in _BY_TEXT:
        said_by = _BY_TEXT[change.field]
        texts = [None if each is None else said_by(book, change, each) for each in (change.old, change.new)]
        if change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED):
            return tuple(each for each in texts if each is not None)
        lacking = say_as("change", "no end") if change.field == "until" else say_as("change", "nothing")
        return tuple(lacking if each is None else each for each in texts)
    of_whole = _OF_WHOLES.get(change.field)
    if of_whole is None or change.terms is None:
        return None
    old, new = (of_whole(book, terms) for terms in change.terms)
    return None if old == new else (old, new)


def _references(book: Book, kind: str, ids: Iterable[str]) -> str:
    return ", ".join(book.title(kind, each) for each in ids) or say("none")


def _source(book: Book, entry: Entry) -> str:
    source = entry.target.source
    return say("no source yet") if source is None else book.title("sources", source.id)


def _services(book: Book, entry: Entry) -> str:
    named = entry.target.services
    return _references(book, "services", [each.id for each in named]) if named else say("all of the agreement")


def _least(_book: Book, entry: Entry) -> str:
    return count(entry.target.minimum_count or 1, "record", "records")


def _coverage(_book: Book, entry: Entry) -> str:
    return say("at least %(share)s of the time", share=percent(entry.target.minimum_coverage or USUAL_COVERAGE))


def _unobserved(_book: Book, entry: Entry) -> str:
    said = {"down": say("counts as down"), "up": say("counts as up")}
    return said.get(entry.target.unobserved or "", say("isn't counted"))


def _credits(_book: Book, entry: Entry) -> str:
    given = entry.target.credits
    if given is None:
        return say("none")
    bands = [f"{conditions.band(each)}: {percent(each.credit)}" for each in given.bands]
    cap = [] if given.cap is None else [say("at most %(share)s altogether", share=percent(given.cap))]
    return "; ".join([*bands, *cap])


def _hours(book: Book, entry: Entry) -> str:
    """The calendar with its hours; the zone only where it isn't plain."""
    if entry.calendar.always:
        return say("round the clock")
    title = book.title("calendars", entry.calendar_id)
    return f"{title} ({hours.in_words(entry.calendar.weekly)}, {dates.zone_words(entry.calendar.zone.key)})"


def _within(_book: Book, entry: Entry) -> str:
    limit = entry.target.within
    return say("none") if limit is None else sentences.level(limit)


def _number(value: Fraction | None) -> str:
    return say("none") if value is None else number(value, 4)


def _of(_book: Book, entry: Entry) -> str:
    said = {"response": say("until it is answered"), "resolution": say("until it is resolved")}
    return said.get(entry.target.of or "", say("none"))


def _attribute(_book: Book, entry: Entry) -> str:
    said = {"opened": say("opened"), "resolved": say("resolved")}
    return said.get(entry.target.attribute or "", say("not said"))


_OF_TARGETS: Mapping[str, Callable[[Book, Entry], str]] = {
    "measure": lambda _, e: sentences.target_sentence(e),
    "objective": lambda _, e: sentences.objective(e.target),
    "source": _source,
    "where": lambda _, e: conditions.rows(e.target.where) or say("all"),
    "per": lambda _, e: sentences.per(e.target),
    "of": _of,
    "within": _within,
    "percentile": lambda _, e: _number(e.target.percentile),
    "satisfied_from": lambda _, e: _number(e.target.satisfied_from),
    "attribute": _attribute,
    "minimum_coverage": _coverage,
    "minimum_count": _least,
    "unobserved": _unobserved,
    "credits": _credits,
    "hours": _hours,
    "services": _services,
}


def _by_id(kind: str) -> Callable[[Book, Change, str], str]:
    return lambda book, _change, text: book.title(kind, text)


def _day(_book: Book, _change: Change, text: str) -> str:
    return dates.day(date.fromisoformat(text))


def _last_day(_book: Book, _change: Change, text: str) -> str:
    return dates.last_day(date.fromisoformat(text))


def _zone(_book: Book, _change: Change, text: str) -> str:
    return dates.zone_words(text)


def _as_written(_book: Book, _change: Change, text: str) -> str:
    return text


def _signature(book: Book, change: Change, text: str) -> str:
    listed = [each for terms in change.terms or () for each in terms.agreement.signatures]
    found: Signature | None = next((each for each in listed if signed_words(each) == text), None)
    if found is None or found.date is None:
        return text
    parts = (book.title("parties", found.party.id), found.name, found.role, dates.day(found.date))
    return ", ".join(part for part in parts if part)


def _exclusion(_book: Book, change: Change, text: str) -> str:
    if change.terms is None:
        return text
    home = change.terms[1].zone_name
    listed: list[Exclusion] = [each for terms in change.terms for each in terms.agreement.exclusions]
    found = next((each for each in listed if excluded_words(each, home) == text), None)
    if found is not None:
        span = {"start": dates.moment(found.start, zone(home)), "end": dates.moment(found.end, zone(home))}
        return say("%(start)s to %(end)s: %(reason)s", **span, reason=found.reason)
    return text


_BY_TEXT: Mapping[str, Callable[[Book, Change, str], str]] = {
    "provider": _by_id("parties"),
    "customer": _by_id("parties"),
    "services": _by_id("services"),
    "sites": _as_written,
    "from": _day,
    "until": _last_day,
    "terminated": _day,
    "time_zone": _zone,
    "signatures": _signature,
    "exclusions": _exclusion,
    "responsibilities.provider": _as_written,
    "responsibilities.customer": _as_written,
    "prose": _as_written,
}
"""Ids, days and authors' own words: what stands in a change is all that there is to it."""


def _renewal(_book: Book, terms: Terms) -> str:
    renewal: Renewal | None = terms.agreement.renewal
    if renewal is None:
        return say("none")
    said = [say("by itself") if renewal.kind == "tacit" else say("only when both agree")]
    if renewal.term is not None:
        said.append(say("for %(term)s", term=span_words(renewal.term.text)))
    if renewal.notice is not None:
        said.append(say("notice %(notice)s ahead", notice=span_words(renewal.notice.text)))
    return ", ".join(said)


def _review(_book: Book, terms: Terms) -> str:
    review = terms.agreement.review
    return say("none") if review is None else say("every %(span)s", span=span_words(review.every.text))


def _notice(_book: Book, terms: Terms) -> str:
    rules = terms.maintenance
    return say("none") if rules is None or rules.notice is None else span_words(rules.notice.text)


def _allowance(_book: Book, terms: Terms) -> str:
    rules = terms.maintenance
    return say("as much as there is") if rules is None or rules.allowance is None else span_words(rules.allowance.text)


def _windows(book: Book, terms: Terms) -> str:
    rules = terms.maintenance
    return say("any time") if rules is None or rules.windows is None else book.title("calendars", rules.windows.id)


def _announcements(book: Book, terms: Terms) -> str:
    rules = terms.maintenance
    if rules is None or rules.announcements is None:
        return say("not said")
    where = conditions.rows(rules.announcements.where)
    title = book.title("sources", rules.announcements.source.id)
    return f"{title} ({where})" if where else title


def _maintenance(book: Book, terms: Terms) -> str:
    rules = terms.maintenance
    if rules is None:
        return say("none")
    said = []
    if rules.notice is not None:
        said.append(say("announced %(notice)s ahead", notice=_notice(book, terms)))
    if rules.windows is not None:
        said.append(say("inside the agreed windows"))
    if rules.allowance is not None:
        said.append(say("at most %(allowance)s", allowance=_allowance(book, terms)))
    return ", ".join(said) or say("all planned downtime")


_OF_WHOLES: Mapping[str, Callable[[Book, Terms], str]] = {
    "renewal": _renewal,
    "review": _review,
    "maintenance": _maintenance,
    "maintenance.windows": _windows,
    "maintenance.announcements": _announcements,
    "maintenance.notice": _notice,
    "maintenance.allowance": _allowance,
}
