"""Authors' prose: Markdown, made safe. The corpora of hostile texts are read where they lie beside the project."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from servicebook.rendering.prose import PREFIX, Place, plain_text, render_prose, sanitise

CORPORA = Path(__file__).parents[3] / "shared" / "acceptance" / "corpora"
PLACE = Place(
    here="services/email/",
    file="services/email.md",
    pages={"agreements/email-sla.md": "agreements/email-sla/", "needs/slow.md": "needs/#slow"},
)


def html(text: str, **options: int) -> str:
    return str(render_prose(text, PLACE, **options).html)


def test_headings_move_below_the_one_that_they_stand_under_without_a_gap() -> None:
    prose = render_prose("# One\n\n#### Deep\n\n# Two\n\n# Two\n", PLACE, top=3)

    assert [(h.title, h.id, h.level) for h in prose.headings] == [
        ("One", "text-one", 3),
        ("Deep", "text-deep", 4),
        ("Two", "text-two", 3),
        ("Two", "text-two-2", 3),
    ]
    assert '<h4 id="text-deep">Deep</h4>' in prose.html


@pytest.mark.parametrize(
    ("written", "leads_to"),
    [
        ("../agreements/email-sla.md", "../../agreements/email-sla/"),
        ("../agreements/email-sla.md#terms", "../../agreements/email-sla/#text-terms"),
        ("../getting-help.md", "../../getting-help/"),
        ("../getting-help.md#how", "../../getting-help/#how"),
        ("../needs/slow.md", "../../needs/#slow"),
        ("#here", "#text-here"),
        ("plan.pdf", "../plan.pdf"),
        ("plan.pdf?x=1#p", "../plan.pdf?x=1#p"),
        ("https://example.org/a.md", "https://example.org/a.md"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_links_between_files_become_links_between_pages(written: str, leads_to: str) -> None:
    assert f'href="{leads_to}"' in html(f"[words]({written})")


@pytest.mark.parametrize(
    "written",
    [
        "javascript:alert(1)",
        "../../../etc/passwd.md",
        "../../../x.png",
        "//evil.example",
        "data:text/html,x",
        "https://[",
    ],
)
def test_links_that_lead_astray_lose_their_address(written: str) -> None:
    assert "href" not in html(f"[words](<{written}>)")


def test_pictures_come_from_beside_the_file_only() -> None:
    """No page makes a request to another host."""
    assert 'src="../rack.png"' in html("![rack](rack.png)")
    for address in (
        "https://evil.example/x.png",
        "//evil.example/x.png",
        "\\\\evil.example\\x.png",
        "/\t/evil.example/x",
        "data:x",
        "http://[",
    ):
        assert "src" not in html(f'<img src="{address}" alt="x">')


def test_raw_markup_is_harmless() -> None:
    text = html(
        '<div onclick="x()" class="sb-badge admonition" style="color:red" id="targets">words</div><script>bad()</script>'
    )

    assert "words" in text
    assert not re.search(r"onclick|style|script|sb-badge|targets|bad", text)


def test_what_authors_need_survives() -> None:
    text = html('| a | b |\n|---|--:|\n| 1 | 2 |\n\n!!! note "Look"\n    Here\n\n```\nx < 1\n```\n\nTerm\n:   Said\n')

    assert '<td align="right">2</td>' in text
    assert '<div class="admonition note">' in text
    assert "<code>x &lt; 1" in text
    assert "<dd>Said</dd>" in text


def test_ids_of_prose_never_meet_ours() -> None:
    assert f'id="{PREFIX}x"' in sanitise('<h2 id="x">X</h2>')
    assert sanitise('<h2 id="text-x">X</h2>') == '<h2 id="text-x">X</h2>'


def test_no_prose_is_no_page() -> None:
    prose = render_prose("  \n", PLACE)

    assert not prose
    assert prose.headings == ()


def test_text_that_nests_too_deep_is_shown_as_written() -> None:
    assert "&gt;" in html(">" * 5_000 + " deep") or "<blockquote>" in html(">" * 5_000 + " deep")


def test_a_summary_is_one_plain_line() -> None:
    assert plain_text("a <b>\n c") == "a &lt;b&gt; c"


class _Executable(HTMLParser):
    """Collects whatever a browser could run, load or be led to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "form",
            "input",
            "button",
            "link",
            "meta",
            "base",
            "svg",
            "math",
            "video",
        }:
            self.found.append(tag)
        for name, value in attrs:
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name.startswith("on") or name in {"style", "srcset", "srcdoc", "formaction", "background"}:
                self.found.append(name)
            if name in {"href", "src"} and re.match(r"(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*:", address):
                self.found.append(f"{name}={address}")
            if name == "src" and address.startswith(("http", "//", "\\")):
                self.found.append(f"{name}={address}")


def executable(text: str) -> list[str]:
    parser = _Executable()
    parser.feed(text)
    parser.close()
    return parser.found


def hostile() -> Iterator[str]:
    """Every text of the corpora."""
    yield from json.loads((CORPORA / "blns" / "blns.json").read_text(encoding="utf-8"))
    yield from (CORPORA / "xss-payloadbox" / "xss-payload-list.txt").read_text(encoding="utf-8").splitlines()
    yield from (str(case) for case in json.loads((CORPORA / "xss-owasp" / "payloads.json").read_text(encoding="utf-8")))
    yield from (
        case["markdown"] for case in json.loads((CORPORA / "commonmark" / "examples.json").read_text(encoding="utf-8"))
    )
    for path in sorted((CORPORA / "html5lib").glob("*.test")):
        tests = json.loads(path.read_text(encoding="utf-8"))
        yield from (case["input"] for case in tests.get("tests", tests.get("xmlViolationTests", [])))
    for path in sorted((CORPORA / "patt").rglob("*")):
        if path.is_file():
            yield path.read_text(encoding="utf-8", errors="replace")


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora of hostile texts aren't beside the project")
def test_nothing_executable_survives_and_cleaning_twice_changes_nothing() -> None:
    """Thousands of known attacks and oddities, as Markdown and as raw markup."""
    for text in hostile():
        for made in (html(text), sanitise(text)):
            assert executable(made) == [], text
        once = sanitise(text)
        assert sanitise(once) == once, text
