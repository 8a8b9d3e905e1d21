"""What all tests share: surroundings that don't leak in, and golden files."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

GOLDEN = Path(__file__).parent / "golden"

# A deadline measures the machine and what else runs on it, not the rule.
settings.register_profile("servicebook", parent=settings(), deadline=None)
settings.load_profile("servicebook")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--refresh-golden` writes the golden files anew instead of comparing with them."""
    parser.addoption("--refresh-golden", action="store_true", help="write tests/golden anew; review the difference")


def pytest_configure() -> None:
    """Take out of the environment what would move the moment that catalogues are built for."""
    os.environ.pop("SOURCE_DATE_EPOCH", None)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the file of that name below `tests/golden`: `golden("service.md", text)`."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--refresh-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"no golden file {name}: write it with `make golden`, and review it"
        assert text == path.read_text(encoding="utf-8")

    return compare
