from __future__ import annotations

from types import MappingProxyType

import pytest

from servicebook.rendering import texts


def test_what_a_language_lacks_is_said_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """A regional language falls back to its language, and that to English."""
    german = MappingProxyType({"met": "eingehalten"})
    monkeypatch.setattr(texts, "LANGUAGES", {"de": german})

    assert texts.text("de-AT", "met") == "eingehalten"
    assert texts.text("de", "breached") == "breached"
