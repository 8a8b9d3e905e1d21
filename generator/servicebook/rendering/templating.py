"""Templates: compiled once, everything escaped, nothing undefined passed over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from servicebook import texts
from servicebook.insight.lifecycle import State
from servicebook.model.result import Verdict
from servicebook.rendering import dates, drawings, hours, icons, links, sentences, wording
from servicebook.rendering.book import Book
from servicebook.rendering.page import Heading, Page

_BREAKS = re.compile(r"(?<=[/.@])(?=.)")


@pass_context
def _to(context: Context, there: str) -> str:
    """The relative link from the page that is being made."""
    return links.relative(context["here"], there)


@pass_context
def _moment(context: Context, instant: int, zone: ZoneInfo | None = None) -> Markup:
    """A moment in the page's zone, or another, as a `<time>` element."""
    where = zone or context["zone"]
    return Markup('<time datetime="{}">{}</time>').format(dates.iso(instant, where), dates.moment(instant, where))


def _day(value: date) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), dates.day(value))


def _contact(address: str) -> Markup:
    """A contact's address as a link, where it is one that a page may lead to; else its words alone."""
    # A long address breaks behind its slashes, dots and at.
    words = Markup("<wbr>").join(_BREAKS.split(links.contact_words(address)))
    if not links.is_safe(address):
        return words
    return Markup('<a href="{}">{}</a>').format(address.strip(), words)


def _badge(state: Verdict | State, word: str = "") -> Markup:
    return icons.badge(state, word or texts.say(state.value))


def _mark(state: Verdict | State, word: str = "") -> Markup:
    return icons.mark(state, word or texts.say(state.value))


@pass_context
def _lang(context: Context) -> Markup:
    """The attribute of what is said in the spoken language on a page of another: where the site's isn't offered."""
    return _lang_attribute(texts.lang_of(context["site"].language))


def _lang_english() -> Markup:
    """The attribute of what is English on every page, such as the messages of `check`; nothing on English pages."""
    return _lang_attribute("" if texts.spoken() == texts.ENGLISH else texts.ENGLISH)


def _lang_attribute(language: str) -> Markup:
    return Markup(' lang="{}"').format(language) if language else Markup("")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates' surroundings; what they say is in the language that is spoken when they are rendered."""
    made = Environment(
        loader=PackageLoader("servicebook.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # from the extension
        texts.translated, texts.translated_many, newstyle=True, pgettext=texts.translated_as
    )
    made.globals.update(
        to=_to,
        moment=_moment,
        day=_day,
        contact=_contact,
        word=texts.say,
        lang=_lang,
        lang_english=_lang_english,
        badge=_badge,
        mark=_mark,
        shape=icons.shape,
        state_key=icons.key_of,
        sprite=icons.SPRITE,
        links=links,
        dates=dates,
        hours=hours,
        sentences=sentences,
        drawings=drawings,
        w=wording,
        Verdict=Verdict,
    )
    made.filters.update(
        figure=wording.figure, capital=wording.capital, period=dates.period, period_short=dates.period_short
    )
    return made


def make(
    book: Book,
    template: str,
    *,
    url: str,
    title: str,
    section: str,
    description: str = "",
    headings: tuple[Heading, ...] = (),
    edit_path: str | None = None,
    aliases: tuple[str, ...] = (),
    zone: ZoneInfo | None = None,
    wide: bool = True,
    in_search: bool = True,
    other_names: tuple[str, ...] = (),
    head_links: tuple[tuple[str, str, str], ...] = (),
    named: str = "",
    values: Mapping[str, object],
) -> Page:
    """A page from its template; `zone` is that of its times, UTC unless said.

    `named` is what each sheet of a printed page calls it, where the title alone would leave a doubt.
    """
    where = zone or book.utc
    said = [named or title, texts.say("As of %(moment)s", moment=dates.moment(book.site.as_of, where))]
    if book.site.revision:
        said.append(texts.say("revision %(revision)s", revision=book.site.revision))
    running = " · ".join(said)
    known = {"here": url, "title": title, "zone": where, "wide": wide, "site": book.site, "running": running}
    html = environment().get_template(template).render(values, book=book, **known)
    return Page(
        url=url,
        title=title,
        html=html.strip() + "\n",
        section=section,
        description=description,
        headings=headings,
        edit_path=edit_path,
        aliases=aliases,
        in_search=in_search,
        other_names=other_names,
        running=running,
        links=head_links,
    )
