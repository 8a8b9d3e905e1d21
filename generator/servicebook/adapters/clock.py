"""What time it is: the only place that looks at a clock."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
"""The years that dates may have everywhere."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class WrongMomentError(ValueError):
    """A text that is no instant."""


def moment(text: str | None = None, environment: Mapping[str, str] | None = None) -> int:
    """`as_of` in UTC microseconds: the text, else `SOURCE_DATE_EPOCH`, else now (whole seconds).

    The text is an instant with its offset; a date is midnight UTC. Raises WrongMomentError for anything else.
    """
    if text:
        return _parsed(text.strip())
    seconds = (os.environ if environment is None else environment).get("SOURCE_DATE_EPOCH")
    if not seconds:
        return int(time.time()) * 1_000_000
    if not seconds.isascii() or not seconds.isdigit() or len(seconds) > 11:
        raise WrongMomentError(f"SOURCE_DATE_EPOCH is '{seconds}': whole seconds since 1970 are needed")
    return int(seconds) * 1_000_000


def _parsed(text: str) -> int:
    if _DATE.fullmatch(text):
        text += "T00:00:00Z"
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise WrongMomentError(f"'{text}' is no moment: write 2026-11-01 or 2026-11-01T08:00:00+01:00") from None
    if read.tzinfo is None:
        raise WrongMomentError(f"'{text}' has no offset from UTC: write {text}Z or {text}+01:00")
    if not EARLIEST_YEAR <= read.year <= LATEST_YEAR:
        raise WrongMomentError(f"'{text}' lies outside the years {EARLIEST_YEAR} to {LATEST_YEAR}")
    since = read - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
