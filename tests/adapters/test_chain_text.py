"""The verb `chain`: what stands under a promise, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from servicebook.adapters.command_line import cli

FILES = {
    "content/parties/team.md": "---\ntitle: Team\ntype: provider\n---\n",
    "content/parties/network-team.md": "---\ntitle: Network team\ntype: provider\n---\n",
    "content/parties/stores.md": "---\ntitle: Stores\ntype: customer\n---\n",
    "content/services/shop.md": "---\ntitle: Shop\nstage: live\ndepends_on: [power, {any_of: [network, mobile]}, lines]\n---\n",
    "content/services/network.md": "---\ntitle: Network\nstage: live\ndepends_on: [power]\n---\n",
    "content/services/mobile.md": "---\ntitle: Mobile\nstage: live\n---\n",
    "content/services/power.md": "---\ntitle: Power\nstage: live\n---\n",
    "content/services/lines.md": "---\ntitle: Lines\nstage: live\n---\n",
    "content/agreements/shop.md": """---
title: Shop
type: sla
provider: team
customer: stores
services: [shop]
version: "1"
from: 2026-01-01
signatures: [{party: team, date: 2025-12-01}, {party: stores, date: 2025-12-01}]
targets:
  - id: usable
    measure: availability
    source: outages
    objective: at least 99.5 %
    per: month
    minimum_coverage: 99 %
    credits: [{below: 99.5 %, credit: 20 %}]
  - {id: lately, measure: availability, source: outages, objective: at least 99 %, per: rolling 30 days, minimum_coverage: 99 %}
  - {id: fixed, measure: share within, of: resolution, within: 4 h, source: tickets, objective: at least 90 %, per: month}
  - {id: answered, measure: share within, of: response, within: 1 h, source: tickets, objective: at least 90 %, per: month}
---
""",
    "content/agreements/network.md": """---
title: Network
type: ola
provider: network-team
customer: team
services: [network, mobile, power]
version: "1"
from: 2025-01-01
signatures: [{party: network-team, date: 2024-12-01}, {party: team, date: 2024-12-01}]
targets:
  - {id: reachable, measure: availability, source: outages, objective: at least 99 %, per: month, minimum_coverage: 99 %, credits: [{below: 99 %, credit: 5 %}]}
  - {id: fixed, measure: share within, of: resolution, within: 5 h, source: tickets, objective: at least 90 %, per: month}
---
""",
    "data/metrics/outages.yml": "title: Outages\nrecords: outages\nfiles: outages.csv\nfrom: 2026-01-01T00:00Z\ncomplete_to: 2026-06-10T00:00Z\n",
    "data/metrics/outages.csv": "start,end\n2026-02-03T00:00Z,2026-02-03T01:00Z\n",
    "data/metrics/tickets.yml": "title: Tickets\nrecords: tickets\nfiles: tickets.csv\n",
    "data/metrics/tickets.csv": "opened,responded,resolved\n2026-02-03T00:00Z,2026-02-03T00:10Z,2026-02-03T01:00Z\n",
    "mkdocs.yml": "site_name: Shop\ndocs_dir: content\nplugins: [search, servicebook]\n",
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["chain", *words, "-C", str(root), "--as-of", "2026-06-10"])


def test_the_text_shows_each_promise_with_its_tree_and_the_gaps(shop: Path) -> None:
    """Power × (1 − 1 % × 1 %) = 98.9901 %: power is needed anyway and stands once; nobody promises lines."""
    done = run(shop, "shop")

    assert done.exit_code == 0
    assert (
        done.output
        == """\
shop

  answered: share within 1 h, at least 90 % per month
    nothing under it is promised of the kind
    - shop: by the provider itself
      - power: network promises nothing of the kind
      - one of:
        - network: network promises nothing of the kind
          - power (see above)
        - mobile: network promises nothing of the kind
      - lines: promised by nobody

  fixed: share within 4 h, at least 90 % per month
    NOT BACKED: a limit under it passes later
    - shop: by the provider itself
      - power: network/fixed within 5 h
      - one of:
        - network: network/fixed within 5 h
          - power (see above)
        - mobile: network/fixed within 5 h
      - lines: promised by nobody

  lately: availability, at least 99 % in rolling 30 days
    informs only: what binds are calendar periods
    - shop: by the provider itself
      - power: network/reachable at least 99 % per month, returns up to 5 % of its charge
      - one of:
        - network: network/reachable at least 99 % per month, returns up to 5 % of its charge
          - power (see above)
        - mobile: network/reachable at least 99 % per month, returns up to 5 % of its charge
      - lines: promised by nobody

  usable: availability, at least 99.5 % per month, owes up to 20 % of the charge
    NOT BACKED: 98.9901 % at most
    - shop: by the provider itself
      - power: network/reachable at least 99 % per month, returns up to 5 % of its charge, the weakest
      - one of:
        - network: network/reachable at least 99 % per month, returns up to 5 % of its charge
          - power (see above)
        - mobile: network/reachable at least 99 % per month, returns up to 5 % of its charge
      - lines: promised by nobody

  3 gaps:
    content/agreements/shop.md:6:12: 'shop' needs 'lines', for which no agreement or contract is signed and in time [chain/uncovered]
      see content/services/shop.md:4:50
    content/agreements/shop.md:14:16: 'usable' promises at least 99.5 %, what stands under it backs 98.9901 % at most (power: network/reachable backs 99 %; network: network/reachable backs 99 %; mobile: network/reachable backs 99 %) [chain/ceiling]
      see content/agreements/network.md:11:72
    content/agreements/shop.md:19:97: 'fixed' promises resolution within 4 h, network/fixed within 5 h: opened on 2026-06-10 00:00, it is due on 2026-06-10 04:00 here and on 2026-06-10 05:00 there [chain/limit]
      see content/agreements/network.md:12:64
"""
    )


def test_what_is_converted_says_what_it_backs_and_no_gap_is_said_too(shop: Path) -> None:
    """98 % of a quarter round the clock back February with 1 − 1.8 ÷ 28 days; the other SLA has no targets."""
    network = (shop / "content/agreements/network.md").read_text(encoding="utf-8")
    carried = network.replace("per: month, minimum_coverage", "per: quarter, minimum_coverage").replace(
        "power]", "power, lines]"
    )
    (shop / "content/agreements/network.md").write_text(
        carried.replace("at least 99 %", "at least 98 %"), encoding="utf-8"
    )
    terms = (shop / "content/agreements/shop.md").read_text(encoding="utf-8")
    lax = terms.replace("at least 99.5 %", "at least 80 %").replace("within: 4 h", "within: 9 h")
    (shop / "content/agreements/shop.md").write_text(lax, encoding="utf-8")
    bare = terms.partition("targets:")[0] + "---\n"
    (shop / "content/agreements/bare.md").write_text(bare, encoding="utf-8")

    assert "at least 98 % per quarter, backs 93.5714 %" in run(shop, "shop").output
    assert "backed: every limit under it is in time" in run(shop, "shop").output
    assert run(shop, "bare").output == "bare\n  no target of it is in force or to come\n\n  no gaps\n"


def test_the_document_is_that_of_the_interfaces(shop: Path) -> None:
    """Shares as exact decimals, limits in seconds, each link with the file and line of its promise; gaps as `check` has them."""
    document = json.loads(run(shop, "shop", "--format", "json").output)
    targets = {target["target"]: target for target in document["targets"]}

    assert list(document) == ["schema", "as_of", "agreement", "targets", "gaps"]
    assert (document["schema"], document["agreement"]) == ("servicebook/chain/1", "shop")
    assert {key: value for key, value in targets["usable"].items() if key != "links"} == {
        "target": "usable",
        "objective": "0.995",
        "ceiling": "0.989901",
        "backed": False,
    }
    assert targets["usable"]["links"][1] == {
        "service": "power",
        "agreement": "network",
        "target": "reachable",
        "path": "content/agreements/network.md",
        "line": 11,
        "limit": "0.99",
        "backs": "0.99",
    }
    assert (targets["fixed"]["links"][1]["limit"], targets["fixed"]["ceiling"]) == ("18000", None)
    assert [gap["rule"] for gap in document["gaps"]] == ["chain/uncovered", "chain/ceiling", "chain/limit"]
    assert document["gaps"][1]["related"] == [{"path": "content/agreements/network.md", "line": 11, "column": 72}]


def test_without_an_agreement_all_chains_are_listed(shop: Path) -> None:
    """As `api/v1/chain.json` has them: items with an `id`."""
    document = json.loads(run(shop, "--format", "json").output)

    assert [(item["id"], len(item["targets"])) for item in document["chains"]] == [("shop", 4)]
    assert run(shop).output.startswith("shop\n")


def test_only_slas_that_arent_over_have_a_chain(shop: Path) -> None:
    """Anything else is wrong usage."""
    assert run(shop, "network").exit_code == 2
    assert "did you mean 'shop'" in run(shop, "shp").output


def test_gaps_are_among_what_check_finds(shop: Path) -> None:
    """They warn."""
    done = CliRunner().invoke(cli, ["check", "-C", str(shop), "--as-of", "2026-06-10", "--format", "json"])
    found = [p for p in json.loads(done.output)["problems"] if p["rule"].startswith("chain/")]

    assert done.exit_code == 0
    assert [(p["line"], p["severity"]) for p in found] == [(6, "warning"), (14, "warning"), (19, "warning")]
