"""What an author's own page may hold."""

import pytest

from servicebook.adapters.ordinary_pages import own_edit_url, safe_text, sanitised, without_broken_front_matter


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="top">Top<a class="headerlink" href="#top" title="Permanent link">¶</a></h2>',
        '<div class="admonition note"><p class="admonition-title">Note</p></div>',
        '<div class="tabbed-set" data-tabs="1:2"><input checked="checked" id="__tabbed_1_1" name="__tabbed_1" type="radio"></div>',
        '<details class="note" open=""><summary>More</summary></details>',
        '<table><tbody><tr><td align="right">1</td></tr></tbody></table>',
        '<a class="md-button" href="x/">Go</a>',
        '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>',
        '<img alt="A picture" src="../a.png" width="20">',
    ],
)
def test_what_markdown_and_the_theme_make_passes(html: str) -> None:
    """Headings with their anchors, admonitions, tabs, tables, footnotes, buttons."""
    kept = sanitised(html)

    assert [name in kept for name in ("id=", "class=", "href=", "src=")] == [
        name in html for name in ("id=", "class=", "href=", "src=")
    ]
    assert sanitised(kept) == kept


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<script>alert(1)</script>a", "a"),
        ("<!-- note -->a", "a"),
        ('<p style="color:red" onclick="x()">a</p>', "<p>a</p>"),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
        ('<img src="https://elsewhere.example/a.png" alt="a">', '<img alt="a">'),
        ('<img src="//elsewhere.example/a.png" alt="a">', '<img alt="a">'),
        ('<img src="/\\elsewhere.example/a.png" alt="a">', '<img alt="a">'),
        ('<img src="/\t/elsewhere.example/a.png" alt="a">', '<img alt="a">'),
        ('<img src="https://[" alt="a">', '<img alt="a">'),
        ('<pre class="mermaid">graph</pre>', "<pre>graph</pre>"),
        ('<div class="md-header note" id="__search">a</div>', '<div class="note">a</div>'),
        ('<input type="password" name="__config">', '<input type="checkbox">'),
        ("<form action=x><input></form>a", "a"),
        ("<iframe src=x></iframe><svg><a></a></svg>a", "a"),
    ],
)
def test_what_runs_loads_or_pretends_does_not(html: str, kept: str) -> None:
    """Scripts, styles, other hosts, forms, and the theme's own parts."""
    assert sanitised(html) == kept


@pytest.mark.parametrize(
    ("title", "safe"),
    [("A & B", "A &amp; B"), ("A &amp; B", "A &amp; B"), ("<b>A</b> &lt; B", "A &lt; B"), ('"A"', "&quot;A&quot;")],
)
def test_a_title_is_escaped_once(title: str, safe: str) -> None:
    """Whether it was text or HTML."""
    assert safe_text(title) == safe
    assert safe_text(safe) == safe


@pytest.mark.parametrize(
    ("text", "left", "told"),
    [
        ("# A\n", "# A\n", False),
        ("---\n\nBehind a rule.\n", "---\n\nBehind a rule.\n", False),
        ("---\na: [\n---\n# A\n", "# A\n", True),
        ("---\na: [\n...\n# A\n", "# A\n", True),
        ("---\nnever: closed\n\n# A\n", "# A\n", True),
        ("---\nnever: closed", "", True),
    ],
)
def test_a_front_matter_that_is_still_there_is_taken_out(text: str, left: str, told: bool) -> None:
    """MkDocs leaves what it can't read in front of the text."""
    kept, problem = without_broken_front_matter(text, "content/a.md")

    assert kept == left
    assert (problem is not None) is told


def test_the_address_of_an_edit_button() -> None:
    """It stays an address, and in its attribute."""
    assert own_edit_url(None) is None
    assert (
        own_edit_url("https://git.example/edit/main/content/a%20b.md")
        == "https://git.example/edit/main/content/a%20b.md"
    )
    assert own_edit_url('https://git.example/a" x="<.md') == "https://git.example/a%22%20x=%22%3C.md"
