"""What the product says in other languages, and that nothing is left unsaid in them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.checkers import python_format
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from servicebook import texts
from servicebook.insight.answers import Fit
from servicebook.insight.lifecycle import State
from servicebook.insight.needs import Answer
from servicebook.loading.planning import PRIORITIES, STATUSES
from servicebook.model.measurement import Kind
from servicebook.model.party import PartyType
from servicebook.model.result import Verdict
from servicebook.model.service import ServiceType, Stage
from servicebook.model.target import Measure

PACKAGE = Path(str(files("servicebook")))
KEYWORDS: dict[str, Any] = {
    "say": None,
    "say_many": (1, 2),
    "say_as": ((1, "c"), 2),
    "marked": None,
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
VALUES = sorted(
    {
        str(value)
        for kind in (State, Verdict, Answer, Fit, Stage, ServiceType, PartyType, Kind, Measure)
        for value in kind
    }
    | {*PRIORITIES, *STATUSES}
)
"""What results say and authors choose from: pages say it by its value."""
OTHERS = [tag for tag in texts.languages() if tag != texts.ENGLISH]


def said() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    """Every message of the sources: where it stands, its English text or texts, its context."""
    yield from extracted(PACKAGE, KEYWORDS)
    # Things that are counted, in rendering alone: elsewhere `count` is Python's own.
    yield from extracted(PACKAGE / "rendering", {"count": (2, 3)})


def extracted(folder: Path, keywords: dict[str, Any]) -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    """The messages of a folder that stand in calls of the keywords."""
    found = extract_from_dir(
        str(folder),
        method_map=[("**.py", "python"), ("**.html", "jinja2")],
        options_map={"**.html": {"trimmed": "true"}},
        keywords=keywords,
    )
    for path, line, message, _, context in found:
        yield f"{path}:{line}", message, context


def catalogs(language: str) -> list[tuple[str, Catalog]]:
    """The files of a language."""
    folder = PACKAGE / "locales" / language
    return [(path.name, read_po(BytesIO(path.read_bytes()), locale=language)) for path in sorted(folder.glob("*.po"))]


def written(language: str) -> dict[tuple[str | tuple[str, ...], str | None], Message]:
    """The messages of a language by English text and context."""
    listed = [message for _, catalog in catalogs(language) for message in catalog if message.id]
    return {(message.id, message.context): message for message in listed}


def test_a_language_is_spoken_for_the_time_being() -> None:
    """Within `speaking` everything is said in that language, and in English again behind it."""
    with texts.speaking("de"):
        assert texts.say("met") == "eingehalten"

    assert texts.say("met") == "met"


def test_a_regional_language_falls_back_to_its_language_and_that_to_english() -> None:
    """`de-AT` is spoken as `de`; what isn't offered, and a text that is lacking, is English."""
    assert texts.offered("de-AT") == "de"
    assert texts.offered("pt_BR") == "en"
    with texts.speaking("de"):
        assert texts.say("no language has %(this)s", this="that") == "no language has that"


def test_what_is_said_in_another_language_than_its_page_declares_it() -> None:
    """On a French page, where French isn't offered, ours is English; on a German one it's the page's own language."""
    with texts.speaking("fr"):
        assert texts.lang_of("fr") == "en"
    with texts.speaking("de-AT"):
        assert texts.lang_of("de-AT") == ""
    assert texts.lang_of("en") == ""


def test_the_number_of_a_message_may_be_said_in_words() -> None:
    """`number` is the number itself unless another value is given."""
    assert texts.say_many("%(number)s day", "%(number)s days", 2) == "2 days"
    assert texts.say_many("%(number)s day", "%(number)s days", 1, number="one") == "one day"


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_said_in_every_language(language: str) -> None:
    """No page is half in English: each message of Python and templates has its text in each language."""
    have = written(language)
    lacking = [f"{where}: {message}" for where, message, context in said() if not _is_there(have, message, context)]

    assert not lacking, "\n".join(lacking)


def _is_there(
    have: dict[tuple[str | tuple[str, ...], str | None], Message], message: str | tuple[str, ...], context: str | None
) -> bool:
    found = have.get((message, context))
    if found is None:
        return False
    return all(found.string) if isinstance(found.string, tuple) else bool(found.string)


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_is_left_of_a_message_that_is_gone(language: str) -> None:
    """What nobody says any more is taken out; states, verdicts and the like are said by their value."""
    said_now = {(message, context) for _, message, context in said()} | {(value, None) for value in VALUES}
    left = [f"{key[0]}" for key in written(language) if key not in said_now]

    assert not left, "\n".join(left)


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_is_written_twice(language: str) -> None:
    """Two files of a language don't differ on one message."""
    listed = [(message.id, message.context) for _, catalog in catalogs(language) for message in catalog if message.id]

    assert len(listed) == len(set(listed)), sorted(str(key[0]) for key in set(listed) if listed.count(key) > 1)


@pytest.mark.parametrize("language", OTHERS)
def test_texts_have_the_values_of_their_message(language: str) -> None:
    """A translation puts in the same values as the English text."""
    for name, catalog in catalogs(language):
        for message in catalog:
            if message.id:
                message.flags.add("python-format")
                python_format(catalog, message)
                assert not message.fuzzy, f"{name}: {message.id}"


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("value", VALUES)
def test_every_state_has_its_word(language: str, value: str) -> None:
    """States, verdicts, and what authors choose from are said in each language."""
    assert (value, None) in written(language)
