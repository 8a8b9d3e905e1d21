from __future__ import annotations

import pytest

from servicebook.rendering import links


@pytest.mark.parametrize(
    ("here", "there", "link"),
    [
        ("", "services/email/", "services/email/"),
        ("services/email/", "", "../../"),
        ("services/email/", "services/", "../"),
        ("services/email/", "services/email/", "./"),
        ("services/email/", "agreements/email-sla/", "../../agreements/email-sla/"),
        ("scorecards/a/", "scorecards/a/#t-2026-10", "#t-2026-10"),
        ("services/", "scorecards/a/#t", "../scorecards/a/#t"),
        ("", "", "./"),
        ("data/", "assets/servicebook.css", "../assets/servicebook.css"),
    ],
)
def test_links_are_relative_so_that_a_site_works_under_any_prefix(here: str, there: str, link: str) -> None:
    assert links.relative(here, there) == link


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://desk.example", True),
        ("mailto:desk@example.org", True),
        ("tel:+49-30-0000", True),
        ("javascript:alert(1)", False),
        (" JavaScript:alert(1)", False),
        ("data:text/html,x", False),
        ("//evil.example", False),
        ("https://[", False),
        ("vbscript:x", False),
    ],
)
def test_only_web_mail_and_telephone_are_led_to(address: str, safe: bool) -> None:
    assert links.is_safe(address) is safe


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mailto:desk@example.org?subject=x", "desk@example.org"),
        ("tel:+49-30-0000", "+49\u00a030\u00a00000"),
        ("https://desk.example/request/", "desk.example/request"),
    ],
)
def test_contacts_read_as_people_write_them(address: str, words: str) -> None:
    assert links.contact_words(address) == words


@pytest.mark.parametrize(
    ("path", "address"), [("index.md", ""), ("guide/index.md", "guide/"), ("getting help.md", "getting%20help/")]
)
def test_the_author_s_own_pages_keep_the_addresses_that_the_engine_gives_them(path: str, address: str) -> None:
    assert links.page_of_file(path) == address
