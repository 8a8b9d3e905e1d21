"""The link checker finds what it is for."""

from pathlib import Path

from tests.site.links import faults


def page(site: Path, name: str, html: str) -> None:
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text(html)


def test_a_site_without_faults(tmp_path: Path) -> None:
    """Links to pages, folders, anchors and files; others' sites; mail."""
    page(
        tmp_path,
        "index.html",
        '<h1 id="top">A</h1><a href="b/#x">b</a><a href="#top">t</a><a href="https://x.example">x</a><a href="mailto:a@b">m</a>',
    )
    page(
        tmp_path,
        "b/index.html",
        '<p id="x"></p><a href="../">up</a><a href=".">here</a><img src="../p.png"><img src="data:,">',
    )
    page(tmp_path, "p.png", "")

    assert list(faults(tmp_path)) == []


def test_each_fault_is_named(tmp_path: Path) -> None:
    """With its page."""
    page(
        tmp_path,
        "index.html",
        '<a href="b/">b</a><a href="#none">n</a><p id="x"></p><p id="x"></p><script src="https://x.example/a.js"></script><img src="p.png">',
    )

    assert sorted(faults(tmp_path)) == [
        "index.html: leads to #none, but there is no '#none'",
        "index.html: leads to b/, which isn't there",
        "index.html: loads https://x.example/a.js from another host",
        "index.html: loads p.png, which isn't there",
        "index.html: the id 'x' stands there 2 times",
    ]
