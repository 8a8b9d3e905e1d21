"""Small catalogues as texts, and problems as lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from servicebook.loading import Loaded, load
from servicebook.loading.report import Unreadable

SERVICE = """\
---
title: E-mail
stage: live
---
"""

PARTY = """\
---
title: Headquarters
type: customer
---
"""

AGREEMENT = """\
---
title: E-mail for headquarters
type: sla
provider: messaging-team
customer: headquarters
version: 2.10
from: 2026-01-01
"""
"""Front matter that isn't closed yet; the next key stands in line 8."""

CALENDAR = """\
title: Office hours
hours: {mon-fri: "08:00-17:00"}
"""

SOURCE = """\
title: Mail outages
records: outages
files: mail/*.csv
"""


def read(root: Path, files: dict[str, str | bytes]) -> Loaded:
    """The catalogue of some files."""
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load(root)


def lines(loaded: Loaded, *, hints: bool = False) -> list[str]:
    """Problems as `path:line:column rule: message`, with ` | hint` where asked."""
    return [
        f"{p.position.path}:{p.position.line}:{p.position.column} {p.rule}: {p.message}"
        + (f" | {p.hint}" if hints else "")
        for p in loaded.problems
    ]


def places(loaded: Loaded) -> list[str]:
    """Problems as `line:column rule`."""
    return [f"{p.position.line}:{p.position.column} {p.rule}" for p in loaded.problems]


def refused(parse: Callable[[str], object], text: str) -> str:
    """Why a text is refused, as `rule: message | hint`."""
    with pytest.raises(Unreadable) as caught:
        parse(text)
    return f"{caught.value.rule}: {caught.value.message} | {caught.value.hint}"
