"""The rules that the author's own pages and files follow when the site is published, for `servicebook rules`."""

from __future__ import annotations

from servicebook.source import Rule, Severity

RULES: tuple[Rule, ...] = (
    Rule(
        id="prose/address-taken",
        meaning="An ordinary page has the address of a page that is made from the catalogue, so it isn't published.",
        remedy="Give its file another name or folder.",
        severity=Severity.WARNING,
    ),
    Rule(
        id="prose/outside",
        meaning="A file among the documents is a link that leads out of their folder; it isn't published.",
        remedy="Put a copy of the file there.",
        severity=Severity.WARNING,
    ),
    Rule(
        id="prose/unreadable",
        meaning="An ordinary page can't be read as text, so it isn't published.",
        remedy="Save it as UTF-8.",
        severity=Severity.WARNING,
    ),
    Rule(
        id="prose/front-matter",
        meaning="The front matter of an ordinary page isn't valid YAML; none of it is used.",
        remedy="Write `key: value` lines between two lines with `---`.",
        severity=Severity.WARNING,
    ),
)
