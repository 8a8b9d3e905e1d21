"""Whatever a cell holds, it ends in a row or in a problem."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from servicebook.metrics.fields import FIELDS
from servicebook.model.common import Where
from servicebook.model.measurement import Kind
from servicebook.timeline.interval import Intervals
from tests.metrics.builders import opened

CELLS = [
    "",
    "?",
    "1",
    "-1",
    "1e400",
    "9" * 40,
    "0." + "1" * 40,
    "NaN",
    "yes",
    "maybe",
    "2026-03-01",
    "2026-03-01T08:00",
    "2026-03-29T02:30",
    "2026-10-25T02:30",
    "9999-12-31T23:59:59-14:00",
    "0001-01-01",
    "9999-12-31",
    "9999",
    "2026-W53",
    "90 min",
    "50 %",
    "2026-03-01T08:00Z/2026-03-01T09:00Z",
    "a/b; c",
    "\x1f",
    "\x1fa\x1f",
    "it's",
    '"q"',
    "a\nb",
    "🙂",
]
GOOD = {
    "time": "2026-03-01T08:00Z",
    "start": "2026-03-01T08:00Z",
    "opened": "2026-03-01T08:00Z",
    "ok": "up",
    "value": "1",
}
ALL_TIME = [Intervals.span(0, 2 * 10**15), Intervals()]


@settings(max_examples=60)
@given(
    st.data(),
    st.sampled_from(Kind),
    st.sampled_from([None, "Europe/Berlin"]),
    st.sampled_from([None, "unix s", "%d/%m/%Y", "%Q %"]),
)
def test_any_cell_in_any_kind_of_record(data: st.DataObject, kind: Kind, zone: str | None, form: str | None) -> None:
    """No text is too strange: every kind answers everything that may be asked of it."""
    names = [field.name for field in FIELDS[kind]]
    cell = st.one_of(
        st.sampled_from(CELLS), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
    )
    rows = data.draw(st.lists(st.tuples(*(st.one_of(st.just(GOOD.get(name, "")), cell) for name in names)), max_size=6))
    text = io.StringIO()
    csv.writer(text).writerows([names, *rows])
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(
            Path(folder),
            kind,
            {"a.csv": text.getvalue()},
            time_zone=zone,
            time_format=form,
            missing=("?",),
            announcements=kind is Kind.OUTAGES,
        ) as store,
    ):
        store.report("s")
        store.evidence("s", Where())
        match kind:
            case Kind.OUTAGES:
                store.outages("s", Where(), announcements=True)
                assert all(row.end is None or row.end > row.start for row in store.outages("s", Where()).outages)
            case Kind.TICKETS:
                assert all(
                    row.resolved is None or row.resolved >= row.opened for row in store.tickets("s", Where()).tickets
                )
            case Kind.DOWNTIME:
                assert all(day.weighted >= 0 for day in store.downtime("s", Where()).days)
            case Kind.PROBES:
                store.probes("s", Where()).instants.counts(ALL_TIME)
            case Kind.EVENTS | Kind.LEDGER:
                store.series("s", Where()).ratios(ALL_TIME)
            case Kind.USAGE:
                assert all(reading.capacity > 0 for reading in store.series("s", Where()).readings(ALL_TIME)[0])
            case _:
                store.series("s", Where()).summaries(ALL_TIME)
