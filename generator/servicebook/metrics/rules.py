"""What can be wrong with metric files, and how to mend it."""

from __future__ import annotations

from servicebook.source import Rule, Severity


def _error(name: str, meaning: str, remedy: str) -> Rule:
    return Rule(id=name, meaning=meaning, remedy=remedy, severity=Severity.ERROR)


def _warning(name: str, meaning: str, remedy: str) -> Rule:
    return Rule(id=name, meaning=meaning, remedy=remedy, severity=Severity.WARNING)


NO_FILE = "metrics/no-file"
OUTSIDE = "metrics/outside"
UNREADABLE = "metrics/unreadable-file"
HEADER = "metrics/header"
RAGGED = "metrics/ragged-row"
NO_COLUMN = "metrics/no-such-column"
UNUSED_COLUMN = "metrics/absent-column"
MISSING_FIELD = "metrics/missing-field"
BAD_TIME = "metrics/unreadable-time"
NO_ZONE = "metrics/time-without-zone"
UNCLEAR_TIME = "metrics/unclear-time"
BAD_NUMBER = "metrics/unreadable-number"
BAD_WORD = "metrics/unreadable-word"
BAD_DURATION = "metrics/unreadable-duration"
BAD_PAUSES = "metrics/unreadable-pauses"
BAD_PERIOD = "metrics/unreadable-period"
DIFFERENT_KEY = "metrics/same-key"
NO_END = "metrics/no-declared-end"
END_BEFORE_START = "metrics/end-before-start"
NO_LENGTH = "metrics/no-length"
OPEN_ANNOUNCEMENT = "metrics/announcement-without-end"
EQUAL_ROWS = "metrics/equal-rows"
SAME_TIME = "metrics/same-time"
OUT_OF_ORDER = "metrics/out-of-order"
NO_CAPACITY = "metrics/no-capacity"
TICKET_ORDER = "metrics/answered-before-opened"
EMPTY_PAUSE = "metrics/pause-without-length"
BARE_PAUSE = "metrics/bare-pause"
RESOLVED_WITHOUT_TIME = "metrics/resolved-without-time"
NEGATIVE = "metrics/below-zero"
TOO_MANY_GOOD = "metrics/more-good-than-total"
TOO_BIG = "limit/file-size"
TOO_MANY_DIGITS = "limit/digits"

RULES: tuple[Rule, ...] = (
    _error(
        NO_FILE,
        "A pattern in `files` matches no file.",
        "Correct the pattern, or put the file where it looks: below data/metrics.",
    ),
    _error(OUTSIDE, "A pattern in `files` leads out of data/metrics.", "Keep metric files below data/metrics."),
    _error(
        UNREADABLE, "A metric file can't be read as what its suffix says.", "Export the file again, whole and in UTF-8."
    ),
    _error(
        HEADER, "A CSV file's first line doesn't name its columns, each once.", "Give every column a name of its own."
    ),
    _error(
        RAGGED,
        "A row has more or fewer fields than the header, or a quote that isn't closed.",
        "Export the file again; put fields that hold commas, quotes or line breaks in double quotes.",
    ),
    _error(
        NO_COLUMN,
        "A column that the definition needs is in none of its files.",
        "Correct the name, or map the field in `columns`.",
    ),
    _warning(
        UNUSED_COLUMN,
        "An optional field is mapped to a column that none of the files has.",
        "Correct the name, or take the line out of `columns`.",
    ),
    _error(
        MISSING_FIELD,
        "A row lacks a field that its kind of record needs.",
        "Fill the field in, or leave such rows out with the source's `where`.",
    ),
    _error(BAD_TIME, "A time can't be read.", "Write ISO 8601 (2026-03-01T08:00:00+01:00) or say `time_format`."),
    _error(
        NO_ZONE,
        "A time has no offset, and the source no time zone.",
        "Add `time_zone` to the source, or offsets to its times.",
    ),
    _error(
        UNCLEAR_TIME,
        "A local time that a clock change repeats or skips.",
        "Write it with its offset, or say `clock_changes: earlier` or `later`.",
    ),
    _error(BAD_NUMBER, "A number can't be read.", "Write digits with a decimal point and nothing else: 1234.5."),
    _error(
        BAD_WORD,
        "A yes or no can't be read.",
        "Write true or false (or yes/no, 1/0, ok/fail, up/down), or map the column with `is`.",
    ),
    _error(BAD_DURATION, "A duration can't be read.", "Write a number with its unit: 90 min, or 1 h 20 min."),
    _error(BAD_PAUSES, "Pauses can't be read.", "Write start/end; start/end in ISO 8601."),
    _error(
        BAD_PERIOD,
        "A period can't be read.",
        "Write a day 2026-10-05, a week 2026-W41, a month 2026-10, a quarter 2026-Q4 or a year 2026.",
    ),
    _error(
        DIFFERENT_KEY,
        "Two different rows have the same `key`.",
        "Correct the files, or name another column as the key.",
    ),
    _warning(
        NO_END,
        "An outage list says neither `complete_to` nor `until`, so no one knows how far it goes.",
        "Say `complete_to` with each delivery of data.",
    ),
    _warning(END_BEFORE_START, "A row ends before it begins; it isn't counted.", "Correct the times in the file."),
    _warning(
        NO_LENGTH, "A row ends in the instant in which it begins; it isn't counted.", "Correct the times in the file."
    ),
    _warning(OPEN_ANNOUNCEMENT, "Announced work has no end; it isn't counted.", "Fill in the planned end."),
    _warning(
        EQUAL_ROWS,
        "Rows are equal in every column; all of them count.",
        "Take the repeats out, or name the column that makes a row unique with `key`.",
    ),
    _warning(
        SAME_TIME,
        "Several rows have the same time.",
        "Of probes the worse state holds; of samples all count. Tell series apart with `where`.",
    ),
    _warning(OUT_OF_ORDER, "Rows aren't in the order of their times; they are sorted.", "Nothing has to be done."),
    _warning(
        NO_CAPACITY,
        "A reading of usage has no capacity, or 0; it isn't counted.",
        "Fill in the capacity, or give the service a `limit`.",
    ),
    _warning(
        TICKET_ORDER,
        "A ticket is answered, resolved or paused before it was opened; it isn't counted.",
        "Correct the ticket's times.",
    ),
    _warning(
        EMPTY_PAUSE,
        "A pause ends before it begins, or has no length; the pause isn't counted.",
        "Correct the ticket's pauses.",
    ),
    _warning(
        BARE_PAUSE,
        "Tickets say how long they were paused, but not when.",
        "Prefer `pauses` with their times: only those tell which working hours they took.",
    ),
    _warning(
        RESOLVED_WITHOUT_TIME,
        "An issue of a status page is resolved, but doesn't say when; it isn't counted.",
        "Fill in `resolvedWhen`.",
    ),
    _warning(
        NEGATIVE, "A number is below zero where that means nothing; the row isn't counted.", "Correct the number."
    ),
    _warning(TOO_MANY_GOOD, "More good events than events; the row isn't counted.", "Correct the numbers."),
    _error(TOO_BIG, "A metric file is larger than can be read.", "Split the file, or reduce it to what is needed."),
    _error(
        TOO_MANY_DIGITS,
        "A column's numbers have more digits than 38 places hold together.",
        "Round the numbers at their source.",
    ),
)
