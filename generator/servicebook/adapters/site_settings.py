"""What the site needs of MkDocs's settings, where the author's `mkdocs.yml` leaves it open.

The theme is Material, both colour schemes are offered, and nothing is loaded from another host.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.plugins import BasePlugin, get_plugins
from mkdocs.theme import Theme

from servicebook.texts import ENGLISH, say, speaking

OVERRIDES = Path(__file__).parent / "theme"
"""Templates of ours that stand before the theme's, and behind the author's own."""

THEME = "material"
_UNSAID = "mkdocs"
"""The theme that MkDocs takes where an author names none."""

_FEATURES = (
    "navigation.tabs",
    "navigation.indexes",
    "navigation.prune",
    "navigation.top",
    "search.highlight",
    "search.suggest",
    "toc.follow",
)
_EDIT = "content.action.edit"


def settle(config: MkDocsConfig) -> list[str]:
    """Complete the settings in place; returns warnings about settings that were passed over."""
    if config.theme.name != THEME:
        _use_material(config)
    theme = config.theme
    theme.dirs.insert(1 if theme.custom_dir else 0, str(OVERRIDES))
    theme["font"] = False
    with speaking(language_of(config)):
        theme["palette"] = _palette(theme.get("palette"))
    theme["features"] = _features(theme.get("features"))
    tables = config.mdx_configs.setdefault("tables", {})
    # A style attribute would not pass a content security policy.
    tables.setdefault("use_align_attribute", True)
    return list(_drop_foreign(config))


def language_of(config: MkDocsConfig) -> str:
    """The language of the theme's own words, and of the author's: `en`, `de`, `pt-BR`."""
    return str(config.theme.get("language", ENGLISH))


def _use_material(config: MkDocsConfig) -> None:
    """Change the theme, and the search plugin for the one that belongs to it."""
    old = config.theme
    if old.name not in (_UNSAID, None):
        raise ConfigurationError(
            f"servicebook makes its pages for the theme '{THEME}', but mkdocs.yml names '{old.name}'"
        )
    config.theme = Theme(name=THEME, custom_dir=old.custom_dir)
    search = config.plugins.get("search")
    if search is None:
        return
    for methods in config.plugins.events.values():
        methods[:] = [method for method in methods if getattr(method, "__self__", None) is not search]
    del config.plugins["search"]
    name = f"{THEME}/search"
    made: BasePlugin[Any] = get_plugins()[name].load()()
    languages = search.config.get("lang")
    errors, _ = made.load_config({"lang": languages} if languages else {}, config.config_file_path)
    if errors:
        raise ConfigurationError(f"search: {errors[0][1]}")
    # Registered behind the plugin that is being asked just now, so that its own on_config is still called.
    config.plugins[name] = made


def _palette(written: Any) -> Any:
    """The author's palettes; both schemes, following the reader's system, where there are none."""
    if written:
        return written
    return [
        {
            "media": "(prefers-color-scheme: light)",
            "scheme": "default",
            "primary": "white",
            "accent": "indigo",
            "toggle": {"icon": "material/weather-night", "name": say("Switch to dark mode")},
        },
        {
            "media": "(prefers-color-scheme: dark)",
            "scheme": "slate",
            "primary": "black",
            "accent": "indigo",
            "toggle": {"icon": "material/weather-sunny", "name": say("Switch to light mode")},
        },
    ]


def _features(written: Iterable[str] | None) -> list[str]:
    """The author's features, else ours; the edit button belongs to every page."""
    features = list(written or _FEATURES)
    return features if _EDIT in features else [*features, _EDIT]


def _is_foreign(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.scheme or parts.netloc)


def _drop_foreign(config: MkDocsConfig) -> Iterable[str]:
    """Take out whatever would make a page ask another host."""
    for key in ("logo", "favicon"):
        address = config.theme.get(key)
        if isinstance(address, str) and _is_foreign(address):
            del config.theme[key]
            if key == "favicon":
                config.theme[key] = "assets/images/favicon.png"
            yield _left_out(f"theme.{key}", address)
    for name in ("extra_css", "extra_javascript"):
        kept = []
        for item in config[name]:
            if _is_foreign(str(item)):
                yield _left_out(name, str(item))
            else:
                kept.append(item)
        config[name] = kept
    for key in ("analytics", "polyfills"):
        if config.extra.pop(key, None) is not None:
            yield _left_out(f"extra.{key}", "loads scripts")


def _left_out(key: str, why: str) -> str:
    return f"{key} is left out ({why}): no page makes a request to another host"
