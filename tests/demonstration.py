"""The demonstration catalogue's site, built once for all tests that look at it."""

import atexit
import functools
import io
import shutil
import tempfile
from pathlib import Path

from servicebook.adapters import building

ROOT = Path(__file__).parent.parent


@functools.cache
def site() -> Path:
    """The folder of the site."""
    above = tempfile.mkdtemp(prefix="servicebook-demonstration-")
    atexit.register(shutil.rmtree, above, ignore_errors=True)
    folder = Path(above) / "site"
    said = io.StringIO()
    with building.messages(said):
        code = building.build(ROOT, site_dir=folder)
    if code != building.FINE:
        raise AssertionError(f"the demonstration doesn't build:\n{said.getvalue()}")
    return folder
