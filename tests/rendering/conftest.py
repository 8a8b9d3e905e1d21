from __future__ import annotations

from collections.abc import Callable

import pytest

from servicebook.rendering import Output, Page, Site, render

from .catalogue import FILES, site_of, write


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small catalogue of `catalogue.py` with its results."""
    return site_of(write(tmp_path_factory.mktemp("catalogue"), FILES), welcome="# Welcome\n\nAsk the *desk*.")


@pytest.fixture(scope="session")
def output(site: Site) -> Output:
    """Its pages."""
    return render(site)


@pytest.fixture(scope="session")
def page(output: Output) -> Callable[[str], Page]:
    """Finds a page by its address."""
    pages = {made.url: made for made in output.pages}
    return pages.__getitem__
