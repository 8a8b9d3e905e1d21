"""Where a catalogue's documents are, as its mkdocs.yml says."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

SETTINGS = ("mkdocs.yml", "mkdocs.yaml")
DEFAULT = "content"


class WrongSettingsError(ValueError):
    """An mkdocs.yml that can't be read."""


class _Loader(get_yaml_loader(yaml.SafeLoader)):  # type: ignore[misc]  # a class that MkDocs makes
    """Reads settings without building the objects that their tags name."""


def _ignored(loader: Any, suffix: str, node: yaml.Node) -> None:
    """Tags such as `!!python/name:` are MkDocs's business."""


_Loader.add_multi_constructor("", _ignored)


def docs_folder(root: Path) -> str:
    """The folder of documents relative to the root; `content` where no settings name another.

    Raises WrongSettingsError where the settings can't be read or the folder lies outside the root.
    """
    path = next((root / name for name in SETTINGS if (root / name).is_file()), None)
    if path is None:
        return DEFAULT
    try:
        with path.open("rb") as file:
            settings = yaml_load(file, _Loader)
    except Exception as error:
        raise WrongSettingsError(f"{path}: {error}") from error
    if not isinstance(settings, dict):
        raise WrongSettingsError(f"{path}: settings are keys with values")
    named = str(settings.get("docs_dir", "docs"))
    folder = PurePosixPath(Path(named).as_posix())
    if folder.is_absolute() or ".." in folder.parts:
        raise WrongSettingsError(f"{path}: docs_dir '{named}' lies outside the catalogue")
    return folder.as_posix()
