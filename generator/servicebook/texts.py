"""What the product says, in each language that it is offered in.

A message's key is its English text, with `%(name)s` where a value goes and `%%` for a percent sign. The texts of a
language stand in `locales/<language>/*.po`; what one lacks is said in English, so that a page is never empty. Which
language is spoken is set once, around the making of a site or report (`speaking`); everything else speaks English.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

ENGLISH = "en"
_FOLDER = files("servicebook") / "locales"
_SPOKEN: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Speak a language (`de`, or `de-AT`, which is spoken as `de`) for the time being; English where it isn't offered."""
    before = _SPOKEN.set(offered(tag))
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def spoken() -> str:
    """The language that is spoken: one that is offered."""
    return _SPOKEN.get()


def locale() -> Locale:
    """How the spoken language writes dates and numbers; English ones are British."""
    return _locale(_SPOKEN.get())


def offered(tag: str) -> str:
    """The offered language that comes closest to a tag: `de` for `de-AT`, `en` where there is none."""
    language = tag.replace("_", "-").partition("-")[0].lower()
    return language if language in languages() else ENGLISH


def lang_of(tag: str) -> str:
    """The language that elements of ours have to declare within a page in the language of the tag; empty where it's the same."""
    language = tag.replace("_", "-").partition("-")[0].lower()
    return "" if spoken() == language else spoken()


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Every language that is offered, in alphabetical order."""
    return tuple(sorted({ENGLISH, *(folder.name for folder in _FOLDER.iterdir() if folder.is_dir())}))


def say(message: str, **values: object) -> str:
    """A message in the spoken language, with its values put in."""
    return translated(message) % values


def say_many(one: str, many: str, number: int, /, **values: object) -> str:
    """The form of a message that suits a number, which is its value `number` unless another is given."""
    return translated_many(one, many, number) % {"number": number, **values}


def say_as(context: str, message: str, **values: object) -> str:
    """A message whose words mean different things in different places; the context tells translators which."""
    return translated_as(context, message) % values


def marked(message: str) -> str:
    """The message itself: it is said elsewhere, and marked here so that translators find it."""
    return message


def translated(message: str) -> str:
    """A message in the spoken language, its values not put in yet."""
    return _texts(_SPOKEN.get()).ugettext(message)


def translated_many(one: str, many: str, number: int) -> str:
    """The form for a number, its values not put in yet."""
    return _texts(_SPOKEN.get()).ungettext(one, many, number)


def translated_as(context: str, message: str) -> str:
    """A message in its context, its values not put in yet."""
    return str(_texts(_SPOKEN.get()).upgettext(context, message))


@lru_cache(maxsize=8)
def _locale(language: str) -> Locale:
    return Locale.parse("en_GB" if language == ENGLISH else language)


@lru_cache(maxsize=8)
def _texts(language: str) -> NullTranslations:
    """All texts of a language, from each of its files."""
    merged: NullTranslations = NullTranslations()
    if language == ENGLISH:
        return merged
    for part in sorted((_FOLDER / language).iterdir(), key=lambda path: path.name):
        with part.open("rb") as stream:
            catalog = read_po(stream, locale=language, abort_invalid=True)
        compiled = BytesIO()
        write_mo(compiled, catalog)
        compiled.seek(0)
        found = Translations(compiled)
        merged = merged.merge(found) if isinstance(merged, Translations) else found
    return merged
