"""Follows every link of a built site."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

_LOADED = {
    "script": "src",
    "img": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "iframe": "src",
    "object": "data",
}
_LOADING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "preconnect", "dns-prefetch", "manifest"}
BASE = "https://site.example/"


@dataclass
class Read(HTMLParser):
    """What a page links to, loads and can be linked to at."""

    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "link" and "href" in attributes:
            rels = set(attributes.get("rel", "").split())
            (self.loads if rels & _LOADING_LINKS else self.links).append(attributes["href"])
        elif tag in ("a", "area") and "href" in attributes:
            self.links.append(attributes["href"])
        elif tag in _LOADED and attributes.get(_LOADED[tag]):
            self.loads.append(attributes[_LOADED[tag]])
        if attributes.get("srcset"):
            self.loads += [part.split()[0] for part in attributes["srcset"].split(",") if part.split()]
        if attributes.get("http-equiv", "").lower() == "refresh":
            self.links.append(attributes["content"].partition("url=")[2])


def pages(site: Path) -> dict[str, Read]:
    """Every page by its address from the site's root."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        read = Read()
        read.feed(file.read_text(encoding="utf-8"))
        found[file.relative_to(site).as_posix()] = read
    return found


def faults(site: Path) -> Iterator[str]:
    """Everything that leads nowhere, loads from another host, or has an id twice."""
    read = pages(site)
    for name, page in read.items():
        if name == "404.html":
            continue  # shown at any address, its links are absolute
        for address in page.loads:
            parts = urlsplit(address)
            if parts.scheme not in ("", "data") or parts.netloc:
                yield f"{name}: loads {address} from another host"
            elif not parts.scheme and _file(site, name, address) is None:
                yield f"{name}: loads {address}, which isn't there"
        for address in page.links:
            if not urlsplit(address).scheme and not urlsplit(address).netloc:
                yield from _followed(site, read, name, address)
        counts: dict[str, int] = defaultdict(int)
        for each in page.ids:
            counts[each] += 1
        yield from (
            f"{name}: the id '{each}' stands there {count} times" for each, count in counts.items() if count > 1
        )


def _followed(site: Path, read: dict[str, Read], name: str, address: str) -> Iterator[str]:
    target = _file(site, name, address)
    if target is None:
        yield f"{name}: leads to {address}, which isn't there"
        return
    anchor = unquote(urlsplit(address).fragment)
    page = read.get(target.relative_to(site).as_posix())
    if anchor and page is not None and anchor not in page.ids:
        yield f"{name}: leads to {address}, but there is no '#{anchor}'"


def _file(site: Path, name: str, address: str) -> Path | None:
    here = BASE + (name.removesuffix("index.html") if name.endswith("index.html") else name)
    path = unquote(urlsplit(urljoin(here, address)).path).lstrip("/")
    file = site / path
    if path == "" or path.endswith("/"):
        file = file / "index.html"
    elif file.is_dir():
        return None  # a web server redirects, a disk doesn't
    return file if file.is_file() else None
