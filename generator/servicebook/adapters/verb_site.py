"""The verbs that make the site: `build` and `serve`."""

from __future__ import annotations

from pathlib import Path

import click

from servicebook.adapters.building import build as build_site
from servicebook.adapters.building import messages
from servicebook.adapters.building import serve as serve_site
from servicebook.adapters.verb_support import folder_of, moment_of, options
from servicebook.rendering.edition import Kind


@click.command()
@options
@click.option("--site-dir", type=click.Path(path_type=Path), help="where the site goes; default: as mkdocs.yml says")
@click.option("--strict", is_flag=True, help="fail on warnings, but for those about rows of metric files")
@click.option(
    "--edition", type=click.Choice([each.value for each in Kind]), help="default: as mkdocs.yml says, else internal"
)
@click.option(
    "--for", "party", metavar="PARTY", help="the customer edition for one party: its agreements, what it may see"
)
def build(
    root: Path, as_of: str | None, site_dir: Path | None, strict: bool, edition: str | None, party: str | None
) -> None:
    """The site; what was published before stays until the new one is whole."""
    given = None if as_of is None else moment_of(as_of)
    with messages():
        kind = Kind(edition) if edition is not None else None
        code = build_site(folder_of(root), as_of=given, site_dir=site_dir, strict=strict, edition=kind, party=party)
    raise click.exceptions.Exit(code)


@click.command()
@options
@click.option("--address", metavar="HOST:PORT", help="default: as mkdocs.yml says, else 127.0.0.1:8000")
@click.option("--open", "open_in_browser", is_flag=True, help="open it in the browser")
def serve(root: Path, as_of: str | None, address: str | None, open_in_browser: bool) -> None:
    """Live preview: built anew at each change."""
    given = None if as_of is None else moment_of(as_of)
    with messages():
        code = serve_site(folder_of(root), as_of=given, address=address, open_in_browser=open_in_browser)
    raise click.exceptions.Exit(code)
