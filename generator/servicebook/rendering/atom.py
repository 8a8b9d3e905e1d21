"""What became known, for feed readers: results, restatements and new versions of agreements as Atom (RFC 4287).

An entry is as old as the moment when it became known: the end of its period, the day of its version or restatement;
never the time of the build.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from xml.etree import ElementTree as ET

from servicebook.model.result import Result
from servicebook.rendering import dates, head_links, links, sentences
from servicebook.rendering.book import Book
from servicebook.rendering.closures import closures
from servicebook.rendering.feeds import host
from servicebook.rendering.page import Asset
from servicebook.rendering.wording import capital, figure
from servicebook.texts import say, spoken
from servicebook.timeline.zone import format_utc, to_instant

ADDRESS = head_links.FEED
MOST = 100
_NAMESPACE = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that became known."""

    id: str
    moment: int
    title: str
    summary: str
    address: str
    """From the site's root."""


def assets(book: Book) -> Iterator[Asset]:
    """The feed."""
    yield Asset(url=ADDRESS, content=feed(book))


def feed(book: Book) -> bytes:
    """The newest hundred entries, newest first."""
    newest = sorted(entries(book), key=lambda entry: (-entry.moment, entry.id))[:MOST]
    root = ET.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": spoken()})
    _text(root, "id", f"urn:servicebook:{host(book.site.name)}:results")
    _text(root, "title", say("%(name)s: results and changes", name=book.site.name))
    _text(root, "updated", _moment(newest[0].moment if newest else book.site.as_of))
    _author(root, book.site.name)
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": _absolute(book, ADDRESS)})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": _absolute(book, links.SCORECARDS)})
    for entry in newest:
        _entry(root, book, entry)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def entries(book: Book) -> Iterator[Entry]:
    """Everything that became known by `as_of`, in no order."""
    for agreement, histories in book.histories.items():
        for history in histories.values():
            name = history.entry.target.name
            yield from (_result(book, agreement, name, r) for r in history.results if r.finished and _is_calendar(r))
    yield from _versions(book)
    yield from _restatements(book)


def _is_calendar(result: Result) -> bool:
    return not result.period.startswith("rolling-")


def _result(book: Book, agreement: str, name: str, result: Result) -> Entry:
    said = figure(result.shown) if result.shown else "–"
    verdict = say(result.verdict.value)
    title = book.title("agreements", agreement)
    period = dates.period(result.period)
    promised = sentences.limit(result.objective.comparison, result.objective.level)
    return Entry(
        id="/".join(result.key),
        moment=result.end,
        title=say(
            "%(agreement)s: %(target)s, %(period)s: %(verdict)s",
            agreement=title,
            target=name,
            period=period,
            verdict=verdict,
        ),
        summary=say("%(figure)s; promised %(promised)s.", figure=said, promised=promised),
        address=links.working(agreement, result.target, result.period),
    )


def _versions(book: Book) -> Iterator[Entry]:
    for agreement in book.catalogue.agreements.values():
        for revision in agreement.revisions:
            moment = _midnight(revision.date)
            if moment <= book.site.as_of:
                title = say("%(agreement)s: version %(version)s", agreement=agreement.title, version=revision.version)
                address = f"{links.agreement(agreement.id)}#history"
                key = f"{agreement.id}/version/{revision.version}"
                yield Entry(id=key, moment=moment, title=title, summary=revision.summary, address=address)


def _restatements(book: Book) -> Iterator[Entry]:
    for closure in closures(book):
        for number, each in enumerate(closure.corrections):
            title = say("%(agreement)s: %(target)s restated", agreement=each.agreement, target=each.target)
            yield Entry(
                id=f"restated/{closure.period}/{number}",
                moment=_midnight(each.day),
                title=f"{title}, {capital(dates.period(closure.period))}",
                summary=f"{each.old_figure} → {each.new_figure}. {each.why}",
                address=each.address or f"{links.DATA}#closed",
            )


def _midnight(day: date) -> int:
    return to_instant(datetime.combine(day, time(), UTC))


def _entry(root: ET.Element, book: Book, entry: Entry) -> None:
    element = ET.SubElement(root, "entry")
    _text(element, "id", f"urn:servicebook:{host(book.site.name)}:{entry.id}")
    _text(element, "title", entry.title)
    _text(element, "updated", _moment(entry.moment))
    _text(element, "summary", entry.summary)
    ET.SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": _absolute(book, entry.address)})


def _author(root: ET.Element, name: str) -> None:
    _text(ET.SubElement(root, "author"), "name", name)


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text


def _moment(instant: int) -> str:
    return format_utc(instant)


def _absolute(book: Book, address: str) -> str:
    """With the site's own address where it is known; else relative to the feed."""
    base = book.site.address
    return f"{base.rstrip('/')}/{address}" if base else links.relative("feeds/", address)
