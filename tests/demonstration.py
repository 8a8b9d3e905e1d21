"""The demonstration catalogue's site, built once for all tests that look at it."""

import functools
import io
import tempfile
from pathlib import Path

from servicebook.adapters import building

ROOT = Path(__file__).parent.parent


@functools.cache
def site() -> Path:
    """The folder of the site."""
    folder = Path(tempfile.mkdtemp(prefix="servicebook-demonstration-")) / "site"
    said = io.StringIO()
    with building.messages(said):
        code = building.build(ROOT, site_dir=folder)
    if code != building.FINE:
        raise AssertionError(f"the demonstration doesn't build:\n{said.getvalue()}")
    return folder
