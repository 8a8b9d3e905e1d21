"""The words of the site, in each language that it is offered in.

A message's key is its English text, with `%(name)s` where a value goes. A language is a mapping from English texts to
its own; what it lacks is said in English, so that a page is never empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LANGUAGES: Mapping[str, Mapping[str, str]] = MappingProxyType({"en": MappingProxyType({})})
"""Texts by language; English needs none."""


def text(language: str, message: str) -> str:
    """A message in a language (`de`, or `de-AT`, which falls back to `de`), else in English."""
    for tag in (language, language.partition("-")[0]):
        found = LANGUAGES.get(tag, {}).get(message)
        if found is not None:
            return found
    return message
