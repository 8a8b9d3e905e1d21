"""`servicebook build` and `servicebook serve`: MkDocs's own commands, run for a catalogue's folder."""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from mkdocs.commands.build import build as build_site
from mkdocs.commands.serve import serve as serve_site
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from servicebook.adapters.mkdocs_plugin import as_of_given, edition_given
from servicebook.rendering.edition import Kind

NAME = "servicebook"
SETTINGS = ("mkdocs.yml", "mkdocs.yaml")

FINE, FINDINGS, MISUSE = 0, 1, 2
"""Exit codes: the site is there; the catalogue has errors or, strictly, warnings; the settings are wrong."""

log = logging.getLogger("mkdocs.plugins.servicebook")


def build(
    root: Path,
    *,
    as_of: int | None = None,
    site_dir: Path | None = None,
    strict: bool = False,
    edition: Kind | None = None,
    party: str | None = None,
) -> int:
    """Build the site of the catalogue in `root`; returns the exit code.

    `as_of` in UTC microseconds (None: what `mkdocs.yml`, the environment or the clock say). `site_dir` replaces that of
    `mkdocs.yml`, as `edition` and `party` do. Whatever isn't fine leaves a site that is there as it was. Messages go to the `mkdocs` logger.
    """
    with as_of_given(as_of), edition_given(edition, party), _settings(root) as settings:
        try:
            config = load_config(
                settings,
                config_file_path=str(_path(root)),
                site_dir=str(site_dir.absolute()) if site_dir is not None else None,
                strict=strict or None,
            )
            _refuse_without_plugin(config.plugins)
        except (ConfigurationError, Abort) as error:
            return _told(error, MISUSE)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build_site(config)
        except ConfigurationError as error:
            return _told(error, MISUSE)
        except Abort as error:
            return _told(error, FINDINGS)
        finally:
            config.plugins.on_shutdown()
    log.info("the site is in %s", config.site_dir)
    return FINE


def serve(root: Path, *, as_of: int | None = None, address: str | None = None, open_in_browser: bool = False) -> int:
    """Show the site of the catalogue in `root` and build it anew on every change; returns when it is interrupted."""
    with as_of_given(as_of), _settings(root) as settings:
        try:
            serve_site(
                config_file=settings,
                config_file_path=str(_path(root)),
                dev_addr=address,
                open_in_browser=open_in_browser,
            )
        except MkDocsException as error:
            return _told(error, MISUSE)
    return FINE


@contextmanager
def messages(stream: TextIO | None = None) -> Iterator[None]:
    """Print, on standard error unless told otherwise, warnings and errors of MkDocs and everything of ours."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(message)s"))
    handler.addFilter(lambda record: record.levelno >= logging.WARNING or record.name == log.name)
    logger = logging.getLogger("mkdocs")
    before = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before[0])
        logger.propagate = before[1]


def _path(root: Path) -> Path:
    """The settings' file; where there is none, the place where it would be."""
    return next((root / name for name in SETTINGS if (root / name).is_file()), root / SETTINGS[0]).absolute()


@contextmanager
def _settings(root: Path) -> Iterator[str]:
    """The file of the settings: the author's, else one for the time being with the least that a catalogue needs."""
    path = _path(root)
    if path.is_file():
        yield str(path)
        return
    name = json.dumps(root.absolute().name or "Services")
    with tempfile.TemporaryDirectory(prefix="servicebook-") as folder:
        least = Path(folder, SETTINGS[0])
        least.write_text(f"site_name: {name}\ndocs_dir: content\nplugins: [search, {NAME}]\n", encoding="utf-8")
        yield str(least)


def _refuse_without_plugin(plugins: object) -> None:
    if NAME not in plugins:  # type: ignore[operator]  # a dict of plugins
        raise ConfigurationError(f"mkdocs.yml doesn't name the plugin '{NAME}': add it under 'plugins:'")


def _told(error: MkDocsException, code: int) -> int:
    log.error("%s", error.format_message())
    return code
