"""What a catalogue's mkdocs.yml says that is needed without building the site."""

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
    path, settings = _settings(root)
    if path is None:
        return DEFAULT
    named = str(settings.get("docs_dir", "docs"))
    folder = PurePosixPath(Path(named).as_posix())
    if folder.is_absolute() or ".." in folder.parts:
        raise WrongSettingsError(f"{path}: docs_dir '{named}' lies outside the catalogue")
    return folder.as_posix()


def name_and_language(root: Path) -> tuple[str, str]:
    """What the site is called, and the language of its words; the folder's name and English where nothing is said.

    Raises WrongSettingsError where the settings can't be read.
    """
    _, settings = _settings(root)
    theme = settings.get("theme")
    language = theme.get("language") if isinstance(theme, dict) else None
    return str(settings.get("site_name") or root.resolve().name), str(language or "en")


def _settings(root: Path) -> tuple[Path | None, dict[str, Any]]:
    path = next((root / name for name in SETTINGS if (root / name).is_file()), None)
    if path is None:
        return None, {}
    try:
        with path.open("rb") as file:
            settings = yaml_load(file, _Loader)
    except Exception as error:
        raise WrongSettingsError(f"{path}: {error}") from error
    if not isinstance(settings, dict):
        raise WrongSettingsError(f"{path}: settings are keys with values")
    return path, settings
