"""The order of tabs."""

from servicebook import texts
from servicebook.adapters.navigation import arranged, titles, understood

TABS = {"Services": "services/index.md", "Agreements": "agreements/index.md"}
MORE = {"Method": "method/index.md"}


def test_without_an_authors_nav() -> None:
    """Home, the sections, then the author's pages and the rest."""
    assert arranged(None, home="index.md", tabs=TABS, more=MORE, own=["guide/b.md", "about.md"]) == [
        {"Home": "index.md"},
        {"Services": "services/index.md"},
        {"Agreements": "agreements/index.md"},
        {"More": ["about.md", {"Guide": ["guide/b.md"]}, {"Method": "method/index.md"}]},
    ]


def test_in_german() -> None:
    """What the site's own tabs are called is said in its language."""
    with texts.speaking("de"):
        assert arranged(None, home="index.md", tabs={}, more={"Methode": "method/index.md"}, own=[]) == [
            {"Start": "index.md"},
            {"Mehr": [{"Methode": "method/index.md"}]},
        ]


def test_with_one_only_what_it_leaves_out_is_added() -> None:
    """However deep it names the others."""
    written = ["index.md", {"Offers": [{"All": "services/index.md"}, "about.md"]}]

    assert arranged(written, home="index.md", tabs=TABS, more=MORE, own=["about.md"]) == [
        *written,
        {"Agreements": "agreements/index.md"},
        {"More": [{"Method": "method/index.md"}]},
    ]


def test_nothing_is_added_to_a_nav_that_names_all() -> None:
    """Not even an empty section."""
    written = ["services/index.md", "agreements/index.md", "method/index.md"]

    assert arranged(written, home="index.md", tabs=TABS, more=MORE, own=[]) == written


def test_addresses_of_ours_are_understood() -> None:
    """As paths, wherever they stand; what isn't text stays."""
    nav = ["services/", {"A": [{"Mail": "services/email/"}]}, None]

    read = understood(nav, {"services/": "services/index.md", "services/email/": "services/email.md"})

    assert read == ["services/index.md", {"A": [{"Mail": "services/email.md"}]}, None]
    assert titles(read) == {"services/email.md": "Mail"}
    assert understood(None, {}) is None
