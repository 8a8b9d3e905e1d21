"""`servicebook report`: a file for the review meeting, or its text on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from servicebook.adapters.catalogue_folder import WrongSettingsError, name_and_language
from servicebook.adapters.command_line import cli

FILES = {
    "mkdocs.yml": "site_name: The shop's IT\ndocs_dir: content\nplugins: [search, servicebook]\n",
    "content/services/shop.md": "---\ntitle: Shop\nstage: live\nowner: team\n---\n",
    "content/parties/team.md": "---\ntitle: Team\ntype: provider\n---\n",
    "content/parties/stores.md": "---\ntitle: Stores\ntype: customer\n---\n",
    "content/agreements/shop-sla.md": """---
title: Shop for the stores
type: sla
provider: team
customer: stores
services: [shop]
version: "1"
from: 2026-01-01
signatures: [{party: team, date: 2025-12-01}, {party: stores, date: 2025-12-01}]
targets:
  - {id: usable, measure: availability, source: outages, objective: at least 99 %, per: month, minimum_coverage: 95 %}
---
""",
    "data/metrics/outages.yml": "title: Outages\nrecords: outages\nfiles: outages.csv\nfrom: 2026-01-01T00:00Z\ncomplete_to: 2026-03-01T00:00Z\n",
    "data/metrics/outages.csv": "start,end\n2026-01-05T10:00Z,2026-01-05T22:00Z\n",
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["report", "-C", str(root), "--as-of", "2026-03-01", *arguments])


def test_markdown_goes_to_standard_output(shop: Path) -> None:
    """Unless said otherwise; it names the site."""
    done = run(shop, "shop-sla", "2026-01")

    assert done.exit_code == 0
    assert done.output.startswith("# Service report: January 2026\n\n**Shop for the stores**\n")
    assert "The shop's IT." in done.output


@pytest.mark.parametrize(
    ("form", "start"), [("html", b"<!doctype html>"), ("pdf", b"%PDF-"), ("markdown", b"# Service")]
)
def test_each_form_goes_to_a_file(shop: Path, form: str, start: bytes) -> None:
    """Silently, and the same bytes each time."""
    first, second = shop / "first", shop / "second"

    assert run(shop, "shop-sla", "2026-Q1", "--format", form, "--output", str(first)).output == ""
    run(shop, "shop-sla", "2026-Q1", "--format", form, "--output", str(second))

    assert first.read_bytes().startswith(start)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("shop", "2026-01"), "no agreement 'shop'"),
        (("shop-sla", "2026-13"), "there is no 2026-13 in the calendar"),
        (("shop-sla", "January"), "'January' names no period"),
        (("shop-sla", "2026-01", "--output", "missing/report.md"), "can't be written"),
        (("shop-sla", "2026-01", "--format", "word"), "'word' is not one of"),
    ],
)
def test_wrong_usage_is_told(shop: Path, arguments: tuple[str, ...], said: str) -> None:
    """With exit code 2."""
    done = run(shop, *arguments)

    assert done.exit_code == 2
    assert said in done.output


def test_no_report_is_made_of_a_catalogue_with_errors(shop: Path) -> None:
    """It would be signed."""
    (shop / "content/services/shop.md").write_text("---\ntitle: Shop\nstage: alive\n---\n", encoding="utf-8")

    assert run(shop, "shop-sla", "2026-01").exit_code == 1


def test_the_sites_name_and_language(shop: Path, tmp_path: Path) -> None:
    """As mkdocs.yml has them; else the folder's name and English."""
    assert name_and_language(shop) == ("The shop's IT", "en")
    (shop / "mkdocs.yml").write_text("site_name: IT\ntheme: {name: material, language: de}\n", encoding="utf-8")
    assert name_and_language(shop) == ("IT", "de")
    (shop / "mkdocs.yml").unlink()
    assert name_and_language(shop) == (tmp_path.name, "en")
    (shop / "mkdocs.yml").write_text("- a\n", encoding="utf-8")
    with pytest.raises(WrongSettingsError, match="settings are keys"):
        name_and_language(shop)
