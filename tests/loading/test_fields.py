"""Keys and their types: what is unknown, missing, twice or of the wrong type gets a line, all in one run."""

from __future__ import annotations

from pathlib import Path

import pytest

from servicebook.loading.fields import new_id, reference_id
from servicebook.loading.report import Unreadable
from tests.loading.builders import lines, places, read

MAIL = "content/services/mail.md"


def service(keys: str) -> dict[str, str | bytes]:
    """A service with further keys from line 4 on."""
    return {MAIL: f"---\ntitle: E-mail\nstage: live\n{keys}---\n"}


def test_every_problem_of_a_file_is_found_in_one_run(tmp_path: Path) -> None:
    """One run names the misspelt key, the missing one, the wrong word and the bad date's neighbour alike."""
    loaded = read(
        tmp_path,
        {
            MAIL: "---\nstage: life\nownr: x\nusers: [a, a]\n---\n",
            "content/improvements/one.md": "---\ntitle: One\ndue: 2026-02-30\ndone:\n---\n",
        },
    )

    assert lines(loaded, hints=True) == [
        "content/improvements/one.md:3:6 field/bad-date: there is no 30 February 2026 | February 2026 has 28 days",
        f"{MAIL}:1:1 field/missing-key: the service: 'title' is missing | ",
        f"{MAIL}:2:8 field/wrong-value: 'life' isn't a value of 'stage' | did you mean 'live'?",
        f"{MAIL}:3:1 field/unknown-key: the service has no key 'ownr' | did you mean 'owner'?",
        f"{MAIL}:4:12 field/duplicate-value: 'a' comes twice in 'users' | keep it once",
    ]


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("ownr", "did you mean 'owner'?"),
        ("Owner", "did you mean 'owner'?"),
        ("depends-on", "did you mean 'depends_on'?"),
        ("status", "did you mean 'stage'?"),
        ("description", "did you mean 'summary'?"),
        ("dependencies", "did you mean 'depends_on'?"),
        (
            "zzz",
            (
                "known here: aliases, audience, capacity, category, contacts, cost, depends_on, hours, owner, price, satisfaction, stage, "
                "stages, summary, synonyms, title, type, users"
            ),
        ),
    ],
)
def test_an_unknown_key_is_suggested(key: str, hint: str, tmp_path: Path) -> None:
    """A near miss, another spelling, a common synonym; else all that are known."""
    assert lines(read(tmp_path, service(f"{key}: x\n")), hints=True) == [
        f"{MAIL}:4:1 field/unknown-key: the service has no key '{key}' | {hint}"
    ]


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_a_key_without_a_value_is_not_written(nothing: str, tmp_path: Path) -> None:
    """`done:` with nothing behind it means that it isn't done."""
    loaded = read(tmp_path, {"content/improvements/one.md": f"---\ntitle: One\ndone: {nothing}\n---\n"})

    assert lines(loaded) == []
    assert loaded.catalogue.improvements["one"].done is None


@pytest.mark.parametrize("nothing", ["", "~", '""', '" "'])
def test_a_key_that_is_needed_needs_a_value(nothing: str, tmp_path: Path) -> None:
    """An empty title is as good as none."""
    (line,) = lines(read(tmp_path, {MAIL: f"---\ntitle: {nothing}\nstage: live\n---\n"}))

    assert line.startswith(f"{MAIL}:2:")
    assert line.endswith("field/missing-key: the service: 'title' is empty")


WRONG_TYPES = {
    "summary: [a]": "4:10 field/wrong-type: 'summary' is a list; a single value is needed | text that starts with [ or { goes in quotes",
    "owner: {a: b}": "4:8 field/wrong-type: 'owner' is a mapping of keys to values; a single value is needed | text that starts with [ or { "
    "goes in quotes",
    "users: [[a]]": "4:9 field/wrong-type: a reference is a list; a single value is needed | text that starts with [ or { goes in quotes",
    "users: [a, ]\nhours: [b]": "5:8 field/wrong-type: 'hours' is a list; a single value is needed | text that starts with [ or { goes in quotes",
    "users:\n  - a\n  -": "6:4 field/wrong-type: an empty item in 'users' | write its value, or take the item out",
    "price: 5 EUR": "4:8 field/wrong-type: the price is a single value; a mapping of keys to values is needed | write keys and values, as in "
    "`{amount: …}`",
    "contacts: desk": "4:11 field/wrong-type: 'contacts' is a single value; a list is needed | write a list of mappings",
    "contacts: {for: x, at: y}": "4:11 field/wrong-type: 'contacts' is a mapping of keys to values; a list is needed | begin each item with '- '",
    "satisfaction: {source: s, where: email}": "4:34 field/wrong-type: 'where' names columns and the texts that they read as | write for example "
    "`{site: hq}`",
    'owner: ""': "4:8 field/wrong-value: an empty reference | write the id of the thing that is meant",
}


@pytest.mark.parametrize("keys", WRONG_TYPES)
def test_a_value_has_a_type(keys: str, tmp_path: Path) -> None:
    """A list where a value belongs, a value where keys belong, an empty item."""
    assert lines(read(tmp_path, service(keys + "\n")), hints=True) == [f"{MAIL}:{WRONG_TYPES[keys]}"]


def test_a_misspelt_key_is_not_missing_too(tmp_path: Path) -> None:
    """One slip is one line."""
    assert lines(read(tmp_path, {MAIL: "---\ntitle: E-mail\nstag: live\n---\n"})) == [
        f"{MAIL}:3:1 field/unknown-key: the service has no key 'stag'"
    ]


def test_one_value_stands_for_a_list_of_one(tmp_path: Path) -> None:
    """`users: headquarters` needs no brackets."""
    loaded = read(tmp_path, service("users: headquarters\n"))

    assert [str(user) for user in loaded.catalogue.services["mail"].users] == ["headquarters"]


def test_long_values_are_limited(tmp_path: Path) -> None:
    """A number of 5,000 digits, a reference of a thousand characters, a summary of a megabyte: a line each."""
    keys = f"price: {{amount: {'9' * 5000}, currency: EUR}}\nowner: {'x' * 1000}\nsummary: {'y' * 20_000}\n"

    assert places(read(tmp_path, service(keys))) == [
        "4:17 limit/text-length",
        "5:8 limit/text-length",
        "6:10 limit/text-length",
    ]


def test_texts_are_tidied_and_filters_are_not(tmp_path: Path) -> None:
    """A summary over several lines is one line for readers; what rows are compared with stays as it is."""
    loaded = read(
        tmp_path,
        service(
            'summary: >\n  Mail and\n  calendars.\nsatisfaction: {source: s, where: {team: " a  b ", p: [no, 1.0], q: ""}}\n'
        ),
    )

    mail = loaded.catalogue.services["mail"]
    assert lines(loaded) == []
    assert mail.summary == "Mail and calendars."
    assert mail.satisfaction is not None
    assert mail.satisfaction.where.conditions == (("p", ("no", "1.0")), ("q", ("",)), ("team", (" a  b ",)))


def test_where_every_key_stands_is_kept(tmp_path: Path) -> None:
    """Checks point at values: line and column of each, and the file's first line for the thing itself."""
    mail = read(tmp_path, service("owner: messaging-team\nusers:\n  - hq\n")).catalogue.services["mail"]

    assert (mail.places.position.line, mail.places.position.column) == (1, 1)
    assert (mail.places.of("owner").line, mail.places.of("owner").column) == (4, 8)
    assert (mail.users[0].position.line, mail.users[0].position.column) == (6, 5)
    assert mail.places.of("hours") == mail.places.position


@pytest.mark.parametrize("name", ["mail", "mail-hosting-uc", "p1", "2026-01", "büro-netz"])
def test_a_well_formed_id(name: str) -> None:
    """Small letters of any script, digits, single hyphens."""
    assert new_id(name) == name


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("Mail", "mail"),
        ("mailHosting", "mail-hosting"),
        ("mail_hosting", "mail-hosting"),
        ("mail hosting", "mail-hosting"),
        ("-mail-", "mail"),
        ("a--b", "a-b"),
    ],
)
def test_an_id_that_is_not_well_formed(name: str, better: str) -> None:
    """A better one is proposed."""
    with pytest.raises(Unreadable) as caught:
        new_id(name)

    assert (caught.value.rule, caught.value.hint) == ("field/bad-id", f"call it '{better}'")


def test_ids_are_compared_in_one_normal_form() -> None:
    """`é` as one character or as two is one id."""
    assert reference_id("cafe\u0301") == new_id("cafe\u0301") == "café"
