"""The service report of an agreement, from a catalogue's folder to a file."""

from __future__ import annotations

from pathlib import Path

from servicebook.adapters.catalogue_folder import SETTINGS, docs_folder, name_and_language
from servicebook.adapters.making import Order, site_of
from servicebook.adapters.revision import revision
from servicebook.pipeline import Examined
from servicebook.rendering.reports import Form, render_report
from servicebook.timeline.period import period_named
from servicebook.timeline.zone import zone


class NoPeriodError(ValueError):
    """A name that is no period's."""


def service_report(root: Path, examined: Examined, agreement: str, period: str, form: Form) -> bytes:
    """The report for a period such as `2026-10`, `2026-Q3` or `2026`; raises NoPeriodError where that names none."""
    try:
        period_named(period, zone(examined.terms[agreement].zone_name))
    except ValueError as error:
        raise NoPeriodError(str(error)) from error
    docs = docs_folder(root)
    name, language = name_and_language(root)
    sources = (root / docs, root / "data", *(root / settings for settings in SETTINGS if (root / settings).exists()))
    order = Order(
        root=root,
        docs=docs,
        as_of=examined.as_of,
        name=name,
        language=language,
        revision=revision(root, sources),
    )
    return render_report(site_of(order, examined), agreement, period, form)
