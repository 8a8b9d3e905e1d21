"""Times as metric files write them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servicebook.metrics import time_expressions
from servicebook.metrics.engine import Engine, quoted
from servicebook.metrics.times import TimeReader, Unreadable
from servicebook.model.common import Where
from servicebook.model.measurement import Kind
from servicebook.timeline.zone import format_utc, zone
from tests.metrics.builders import at, between, found, opened

BERLIN = zone("Europe/Berlin")
FORMATS = (
    None,
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%m-%d-%Y %H.%M.%S",
    "%d/%m/%Y %H:%M:%S %z",
    "unix s",
    "unix ms",
)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-01T08:00:00+01:00", "2026-03-01T07:00:00Z"),
        ("2026-03-01 08:00:00.250Z", "2026-03-01T08:00:00.25Z"),
        ("2026-03-01T08:00+0545", "2026-03-01T02:15:00Z"),
        ("2026-03-01T08:00-03", "2026-03-01T11:00:00Z"),
        ("2026-07-01T08:00", "2026-07-01T06:00:00Z"),
        ("2026-07-01T08:00:00.1230000000", "2026-07-01T06:00:00.123Z"),
        ("2026-03-01", "2026-02-28T23:00:00Z"),
    ],
)
def test_iso_8601_with_its_own_offset_or_in_the_zone(text: str, instant: str) -> None:
    """A `T` or a space, seconds or none; a bare date is the first instant of that day."""
    assert format_utc(TimeReader(zone=BERLIN).read(text)) == instant


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-02-30T08:00Z", "isn't a date in the calendar"),
        ("2026-03-01T24:00Z", "hours run from 00 to 23"),
        ("2026-03-01T08:60Z", "isn't a time of day"),
        ("2026-03-01T08:00:60Z", "leap seconds"),
        ("2026-03-01T08:00:00.0000001Z", "finer than a microsecond"),
        ("2026-03-01T08:00+24:00", "an offset that can't be"),
        ("0001-01-01T00:00+01:00", "outside the years 1 to 9999"),
        ("0000-01-01T00:00Z", "isn't a date in the calendar"),
        ("2026-03-29T02:30", "never comes"),
        ("2026-10-25T02:30", "comes twice"),
        ("01/03/2026 08:00", "isn't an ISO 8601 time"),
        ("٢٠٢٦-03-01T08:00Z", "isn't an ISO 8601 time"),
    ],
)
def test_what_is_no_time_is_told_why(text: str, reason: str) -> None:
    """Every refusal says what is wrong with this text."""
    with pytest.raises(Unreadable, match=reason):
        TimeReader(zone=BERLIN).read(text)


@pytest.mark.parametrize(
    ("text", "hint"),
    [("1767225600", "unix s"), ("1767225600000", "unix ms"), (" 2026-03-01", "white space"), ("3/1/26", "time_format")],
)
def test_a_refusal_hints_at_what_it_may_be(text: str, hint: str) -> None:
    """Elapsed seconds look like elapsed seconds."""
    with pytest.raises(Unreadable) as refusal:
        TimeReader(zone=BERLIN).read(text)
    assert hint in refusal.value.hint


def test_clock_changes_choose_between_two_instants() -> None:
    """Half past two comes twice in October and never in March."""
    earlier = TimeReader(zone=BERLIN, clock_changes="earlier")
    later = TimeReader(zone=BERLIN, clock_changes="later")

    assert format_utc(earlier.read("2026-10-25T02:30")) == "2026-10-25T00:30:00Z"
    assert format_utc(later.read("2026-10-25T02:30")) == "2026-10-25T01:30:00Z"
    assert format_utc(earlier.read("2026-03-29T02:30")) == "2026-03-29T00:30:00Z"
    assert format_utc(later.read("2026-03-29T02:30")) == "2026-03-29T01:30:00Z"


@pytest.mark.parametrize(
    ("form", "text", "instant"),
    [
        ("%d/%m/%Y %H:%M", "1/3/2026 8:05", "2026-03-01T07:05:00Z"),
        ("%d/%m/%Y", "01/03/2026", "2026-02-28T23:00:00Z"),
        ("%d/%m/%Y %H:%M:%S %z", "01/03/2026 08:00:00 +0545", "2026-03-01T02:15:00Z"),
        ("unix s", "1772352000", "2026-03-01T08:00:00Z"),
        ("unix s", "1772352000.5", "2026-03-01T08:00:00.5Z"),
        ("unix ms", "1.7723520005e12", "2026-03-01T08:00:00.5Z"),
        ("unix s", "-1", "1969-12-31T23:59:59Z"),
    ],
)
def test_other_formats(form: str, text: str, instant: str) -> None:
    """strptime patterns, and elapsed time since 1970."""
    assert format_utc(TimeReader(format=form, zone=BERLIN).read(text)) == instant


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("%d/%m/%Y", "2026-03-01"),
        ("%d/%m/%Y", "٠١/03/2026"),
        ("unix s", "0x10"),
        ("unix s", "1.00000001"),
        ("unix s", "99999999999999"),
        ("%H:%M %Z", "08:00 UTC"),
    ],
)
def test_other_formats_refuse_what_they_are_not(form: str, text: str) -> None:
    """Other digits, finer fractions, names of zones."""
    with pytest.raises(Unreadable):
        TimeReader(format=form, zone=BERLIN).read(text)


def test_a_naive_time_needs_a_zone(tmp_path: Path) -> None:
    """It is an error at its line, not a guess."""
    rows = "time,value\n2026-03-01T08:00Z,1\n2026-03-01T09:00,2\n2026-03-01T10:00,3\n"
    with opened(tmp_path, Kind.SAMPLES, {"a.csv": rows}) as store:
        assert found(store) == ["a.csv:3 metrics/time-without-zone ×2"]


_MOMENTS = st.datetimes(datetime(2008, 1, 1), datetime(2037, 12, 1))  # noqa: DTZ001 - naive on purpose
_ZONES = st.sampled_from(
    ["Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kolkata", "Africa/Casablanca"]
)


@settings(max_examples=60)
@given(_MOMENTS, _ZONES, st.sampled_from(FORMATS), st.sampled_from([None, "earlier", "later"]), st.integers(-14, 14))
def test_the_engine_reads_times_as_the_reader_does(
    moment: datetime, name: str, form: str | None, clock_changes: str | None, hours: int
) -> None:
    """Where the fast path gives an instant it is the reader's; where it gives none the reader is asked."""
    reader = TimeReader(format=form, zone=zone(name), clock_changes=clock_changes)  # type: ignore[arg-type] - of two texts
    texts = _written(moment, form, hours)
    assert all(fast in (None, _slow(text, reader)) for text, fast in zip(texts, _all_fast(texts, reader), strict=True))


def test_the_engine_reads_the_common_forms_by_itself() -> None:
    """The fast path isn't empty."""
    reader = TimeReader(zone=BERLIN)
    for text in ("2026-03-01T08:00:00Z", "2026-03-01 08:00:00+05:45", "2026-07-01T08:00", "2026-07-01 08:00:00.5"):
        assert _fast(text, reader) == reader.read(text)
    dotted = TimeReader(format="%d/%m/%Y %H:%M", zone=BERLIN)
    assert _fast("01/07/2026 08:00", dotted) == dotted.read("01/07/2026 08:00")
    assert _fast("1/7/2026 8:00", dotted) is None


def test_clock_changes_of_every_kind_in_the_engine() -> None:
    """Each minute around the changes of two years, in zones that shift by an hour and by half an hour."""
    for name in ("Europe/Berlin", "Australia/Lord_Howe"):
        for changes in (None, "earlier", "later"):
            reader = TimeReader(zone=zone(name), clock_changes=changes)  # type: ignore[arg-type] - of two texts
            texts = [t for day in _days_of_change(zone(name)) for t in _minutes(day)]
            told = _all_fast(texts, reader)
            assert [t for t, fast in zip(texts, told, strict=True) if fast not in (None, _slow(t, reader))] == []
            assert sum(fast is None for fast in told) == (
                0 if changes else sum(_slow(t, reader) is None for t in texts)
            )


def _days_of_change(own: ZoneInfo) -> list[datetime]:
    days = [datetime(2025, 1, 1) + timedelta(days=n) for n in range(730)]  # noqa: DTZ001 - naive on purpose
    return [
        d for d in days if d.replace(tzinfo=own).utcoffset() != (d + timedelta(days=1)).replace(tzinfo=own).utcoffset()
    ]


def _minutes(day: datetime) -> list[str]:
    return [(day + timedelta(minutes=n)).isoformat() for n in range(300)]


def _written(moment: datetime, form: str | None, hours: int) -> list[str]:
    if form in ("unix s", "unix ms"):
        micros = (moment - datetime(1970, 1, 1)) // timedelta(microseconds=1)  # noqa: DTZ001 - naive on purpose
        unit = 10**6 if form == "unix s" else 10**3
        return [str(micros // unit), f"{micros // unit}.{micros % unit:0{6 if unit == 10**6 else 3}}"]
    if form is not None:
        return [moment.strftime(form.replace("%z", f"{hours:+03}30"))]
    whole = moment.replace(microsecond=0).isoformat()
    return [moment.isoformat(), whole.replace("T", " "), f"{whole}Z", f"{moment.isoformat()}{hours:+03}:30", whole[:10]]


def _slow(text: str, reader: TimeReader) -> int | None:
    try:
        return reader.read(text)
    except Unreadable:
        return None


def _fast(text: str, reader: TimeReader) -> int | None:
    return _all_fast([text], reader)[0]


_ENGINE = Engine()


def _all_fast(texts: list[str], reader: TimeReader) -> list[int | None]:
    values = ", ".join(f"({n}, {quoted(text)})" for n, text in enumerate(texts))
    exact, clock = time_expressions.exact("x", reader), time_expressions.naive("x", reader)
    told = f"FROM (VALUES {values}) v(n, x) SELECT n, {exact} AS e, {clock} AS c"
    return [
        row[0]
        for row in _ENGINE.rows(f"FROM ({told}) SELECT coalesce(e, {time_expressions.local('c', reader)}) ORDER BY n")
    ]


def test_bounds_of_a_source_are_half_open(tmp_path: Path) -> None:
    """A record at `complete_to` lies outside."""
    rows = "time,value\n2026-03-01T08:00Z,1\n2026-03-02T08:00Z,2\n"
    with opened(tmp_path, Kind.SAMPLES, {"a.csv": rows}, complete_to=at("2026-03-02T08:00")) as store:
        assert store.series("s", Where()).counts([between("2026-01-01/2027-01-01")]) == [1]
