"""Editions of a site: nothing of what is taken out is anywhere in what is published."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from servicebook.adapters import building
from servicebook.adapters.command_line import cli
from servicebook.rendering.edition import Edition, Kind
from servicebook.timeline.zone import to_instant

AS_OF = to_instant(datetime.fromisoformat("2026-11-01T00:00:00Z"))
SIGNED = "signatures: [{{party: {one}, date: 2025-12-01}}, {{party: {two}, date: 2025-12-01}}]"
TARGET = """targets:
  - {{id: {id}, title: {title}, measure: availability, source: {source}, objective: at least 95 %, per: month, minimum_coverage: 95 %}}
"""


def agreement(title: str, kind: str, provider: str, customer: str, service: str, target: str, *more: str) -> str:
    """An agreement in force with one target on the list of outages of its service."""
    keys = [f"title: {title}", f"type: {kind}", f"provider: {provider}", f"customer: {customer}", f"services: [{service}]",
            'version: "1"', "from: 2026-01-01", "time_zone: UTC", SIGNED.format(one=provider, two=customer), *more]  # fmt: skip
    body = TARGET.format(id="usable", title=target, source=f"{service}-outages")
    return "---\n" + "\n".join(keys) + "\n" + body + "---\n"


def source(name: str) -> dict[str, str]:
    return {
        f"data/metrics/{name}-outages.yml": f"title: Outages of {name}\nrecords: outages\nfiles: {name}-outages.csv\nfrom: 2026-01-01T00:00Z\ncomplete_to: 2026-11-01T00:00Z\n",
        f"data/metrics/{name}-outages.csv": "start,end\n2026-03-05T10:00Z,2026-03-07T20:00Z\n",
    }


def usage(name: str, used: int) -> dict[str, str]:
    return {
        f"data/metrics/{name}.yml": f"title: Use of {name}\nrecords: usage\nfiles: {name}.csv\n",
        f"data/metrics/{name}.csv": f"time,used\n2026-03-05T10:00Z,{used}\n",
    }


FILES: Mapping[str, str] = {
    "mkdocs.yml": "site_name: Shop\ndocs_dir: content\nplugins: [search, servicebook]\n",
    "content/index.md": "Read [the secret notes](notes.md) or [the open ones](open.md).\n",
    "content/notes.md": "---\naudience: internal\n---\n# Zebrafinch\n",
    "content/open.md": "# Open\n\nSee [the engine](services/engine.md) and [the shop](services/shop.md).\n",
    "content/services/shop.md": "---\ntitle: Shop\nstage: live\nowner: team\nusers: [stores, rivals]\ndepends_on: [engine]\ncost: {source: ledger}\ncapacity: {source: tills, limit: 40}\n---\nSee [the engine](engine.md).\n",
    "content/services/engine.md": "---\ntitle: Hippogriff\nstage: live\nowner: mechanics\naudience: internal\ncapacity: {source: pistons, limit: 8}\n---\n",
    "content/services/parlour.md": "---\ntitle: Parlour\nstage: live\nowner: team\naudience: [rivals]\ncapacity: {source: chairs, limit: 9}\n---\n",
    "content/parties/team.md": "---\ntitle: Team\ntype: provider\n---\n",
    "content/parties/mechanics.md": "---\ntitle: Wolpertinger\ntype: provider\n---\n",
    "content/parties/stores.md": "---\ntitle: Stores\ntype: customer\n---\n",
    "content/parties/rivals.md": "---\ntitle: Rivals\ntype: customer\n---\n",
    "content/parties/vendor.md": "---\ntitle: Basilisk\ntype: supplier\n---\n",
    "content/agreements/shop-sla.md": agreement(
        "Shop for stores", "sla", "team", "stores", "shop", "Open", "underpinned_by: [engine-ola, vendor-uc]"
    ),
    "content/agreements/rivals-sla.md": agreement("Shop for rivals", "sla", "team", "rivals", "shop", "Chupacabra"),
    "content/agreements/engine-ola.md": agreement("Jackalope", "ola", "mechanics", "team", "engine", "Snipe"),
    "content/agreements/vendor-uc.md": agreement("Quetzal", "uc", "vendor", "team", "engine", "Drop bear"),
    "content/needs/more.md": "---\ntitle: Bunyip\ncustomer: rivals\npriority: must\nserved_by: [shop]\nstatus: open\n---\n",
    "content/improvements/oil.md": "---\ntitle: Kelpie\nfor: [{agreement: engine-ola, target: usable}]\nowner: mechanics\ndue: 2026-12-01\n---\n",
    "data/metrics/ledger.yml": "title: Unicorn\nrecords: ledger\nfiles: ledger.csv\n",
    "data/metrics/ledger.csv": "time,budget,actual,currency\n2026-03-01T00:00Z,77777,88888,EUR\n",
    **usage("tills", 31),
    **usage("pistons", 6),
    **usage("chairs", 5),
    **source("shop"),
    **source("engine"),
}
INTERNAL = ("Zebrafinch", "Hippogriff", "Wolpertinger", "Basilisk", "Jackalope", "Snipe", "Quetzal", "Drop bear", "Kelpie", "Unicorn", "77777", "88888", "engine-ola", "vendor-uc")  # fmt: skip
OF_RIVALS = ("Chupacabra", "Bunyip", "rivals-sla", "Parlour")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    root = tmp_path / "catalogue"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def built(root: Path, kind: Kind | None = None, party: str | None = None) -> dict[str, str]:
    """Every file of the site that holds text, by its path; the theme's own left out."""
    site = root.parent / f"site-{kind}-{party}"
    assert building.build(root, as_of=AS_OF, site_dir=site, edition=kind, party=party) == 0
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {
        name: path.read_bytes().decode("utf-8", "ignore")
        for name, path in files.items()
        if not name.startswith("assets/javascripts") and not name.endswith((".pdf", ".gz", ".map"))
    }


def told(site: Mapping[str, str], words: tuple[str, ...]) -> set[str]:
    """The words that occur in a file or in its name."""
    return {word for word in words if any(word in text or word in name for name, text in site.items())}


def test_the_internal_edition_holds_everything(shop: Path) -> None:
    """It is the one that is made unless another is asked for."""
    site = built(shop)

    assert told(site, (*INTERNAL, *OF_RIVALS)) == {*INTERNAL, *OF_RIVALS}
    assert "services/engine/index.html" in site


def test_the_customer_edition_lacks_what_is_internal(shop: Path) -> None:
    """No page, index, feed, table, badge or calendar says a word of it; other customers' agreements are there."""
    site = built(shop, Kind.CUSTOMER)

    assert told(site, INTERNAL) == set()
    assert told(site, OF_RIVALS) == {"Chupacabra", "Bunyip", "rivals-sla"}
    assert "services/shop/index.html" in site
    assert "scorecards/shop-sla/index.html" in site


def test_the_edition_for_a_party_lacks_what_is_others(shop: Path) -> None:
    """Stores see their own agreement; rivals theirs, and what names them."""
    stores, rivals = built(shop, party="stores"), built(shop, party="rivals")

    assert told(stores, (*INTERNAL, *OF_RIVALS)) == set()
    assert told(rivals, INTERNAL) == set()
    assert told(rivals, OF_RIVALS) == set(OF_RIVALS)
    assert "Shop for stores" not in "".join(rivals.values())


def test_a_supplier_sees_its_own_contract(shop: Path) -> None:
    """And nobody's agreement with a customer."""
    site = built(shop, party="vendor")

    assert told(site, ("Quetzal", "Drop bear")) == {"Quetzal", "Drop bear"}
    assert told(site, ("Jackalope", "Shop for stores", "Chupacabra")) == set()


def test_what_is_counted_of_services_is_told_where_pages_tell_it(shop: Path) -> None:
    """Programs read of the services that an edition has, and of their cost in the internal one alone."""
    sites = {
        party or str(kind): built(shop, kind, party)
        for kind, party in ((Kind.INTERNAL, None), (Kind.CUSTOMER, None), (None, "rivals"), (None, "vendor"))
    }
    told_of = {
        name: {
            service["id"]: [part for part in ("cost", "capacity", "satisfaction") if service[part] is not None]
            for service in json.loads(site["api/v1/metering.json"])["services"]
        }
        for name, site in sites.items()
    }

    assert told_of == {
        "internal": {"engine": ["capacity"], "parlour": ["capacity"], "shop": ["cost", "capacity"]},
        "customer": {"shop": ["capacity"]},
        "rivals": {"parlour": ["capacity"], "shop": ["capacity"]},
        "vendor": {"shop": ["capacity"]},
    }
    assert [name for name, site in sites.items() if "downloads/costs.csv" in site] == ["internal"]
    assert [name for name, site in sites.items() if "costs/index.html" in site] == ["internal"]
    assert "engine" not in sites["customer"]["downloads/capacity.csv"]


def test_words_of_links_stay_and_the_links_go(shop: Path) -> None:
    """In the author's own pages and in prose; what is there is still linked."""
    site = built(shop, Kind.CUSTOMER)

    assert "the secret notes" in site["index.html"]
    assert "notes/" not in site["index.html"]
    assert re.search(r'href="[^"]*services/shop/"', site["open/index.html"])
    assert "the engine" in site["open/index.html"]
    assert not any("services/engine" in text for text in site.values())


def test_settings_may_say_the_edition(shop: Path) -> None:
    """The command line's word comes first."""
    settings = FILES["mkdocs.yml"].replace(
        "plugins: [search, servicebook]", "plugins: [search, {servicebook: {edition: customer}}]"
    )
    (shop / "mkdocs.yml").write_text(settings, encoding="utf-8")

    assert told(built(shop), INTERNAL) == set()
    assert "Hippogriff" in "".join(built(shop, Kind.INTERNAL).values())


def test_an_unknown_party_is_wrong_usage(shop: Path) -> None:
    """With the near miss; nothing is published."""
    done = CliRunner().invoke(cli, ["build", "-C", str(shop), "--as-of", "2026-11-01", "--for", "store"])

    assert done.exit_code == 2
    assert "no party 'store': did you mean 'stores'?" in done.output
    assert not (shop / "site").exists()


@pytest.mark.parametrize(
    ("edition", "audience", "may"),
    [
        (Edition(), ("internal",), True),
        (Edition(kind=Kind.CUSTOMER), (), True),
        (Edition(kind=Kind.CUSTOMER), ("customers",), True),
        (Edition(kind=Kind.CUSTOMER), ("internal",), False),
        (Edition(kind=Kind.CUSTOMER), ("stores",), False),
        (Edition(party="stores"), ("stores",), True),
        (Edition(party="stores"), ("rivals",), False),
        (Edition(kind=Kind.INTERNAL, party="stores"), ("internal",), False),
    ],
)
def test_an_audience_is_read_by(edition: Edition, audience: tuple[str, ...], may: bool) -> None:
    """Unless said it is for customers; a list is for those parties."""
    assert edition.may_read(audience) is may
