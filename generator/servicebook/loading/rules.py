"""The rules that single files follow, for `servicebook rules`."""

from __future__ import annotations

from servicebook.source import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        id="yaml/unreadable-file",
        meaning="A file or folder can't be read: no permission, no regular file, or a link that leads out of the catalogue.",
        remedy="Put an ordinary file there, or take it out.",
    ),
    Rule(
        id="yaml/encoding",
        meaning="A file isn't written in UTF-8.",
        remedy="Save it as UTF-8; editors call this an encoding or a character set.",
    ),
    Rule(
        id="yaml/control-character",
        meaning="A text holds a character that no page can show, such as NUL.",
        remedy="Take the character out.",
    ),
    Rule(
        id="yaml/no-front-matter",
        meaning="A Markdown file of a thing has no keys at its top, or they are never closed.",
        remedy="Begin the file with a line `---`, write the keys, and close them with a line `---`.",
    ),
    Rule(
        id="yaml/syntax",
        meaning="The YAML can't be read.",
        remedy="Look at the place that is named and follow the hint; most often a value needs quotes.",
    ),
    Rule(
        id="yaml/unsupported",
        meaning="YAML that the format doesn't use: anchors, aliases, tags, merge keys, keys that are no text, a second document.",
        remedy="Write the value out; text that begins with `*`, `&` or `!` goes in quotes.",
    ),
    Rule(
        id="yaml/not-a-mapping",
        meaning="A file holds no keys.",
        remedy="Write `key: value` lines.",
    ),
    Rule(
        id="field/unknown-key",
        meaning="A key that doesn't exist there.",
        remedy="Correct its name, or take it out: a misspelt key would be a term that nobody holds to.",
    ),
    Rule(
        id="field/duplicate-key",
        meaning="A key that is written twice; it would be unclear which one holds.",
        remedy="Keep one of them.",
    ),
    Rule(
        id="field/missing-key",
        meaning="A key that has to be there isn't, or has no value.",
        remedy="Write it.",
    ),
    Rule(
        id="field/misplaced-key",
        meaning="A key that doesn't go with this measure or kind of record.",
        remedy="Take it out, or choose the measure that it belongs to.",
    ),
    Rule(
        id="field/wrong-type",
        meaning="A list where a single value is needed, a value where keys are needed, and the like.",
        remedy="Write it in the shape that the hint shows.",
    ),
    Rule(
        id="field/wrong-value",
        meaning="A value that can't be read.",
        remedy="Write it as the hint shows.",
    ),
    Rule(
        id="field/wrong-unit",
        meaning="A number in a unit in which the figure can't be compared with it.",
        remedy="Write it in the unit that the hint names.",
    ),
    Rule(
        id="field/out-of-range",
        meaning="A number outside the range in which it makes sense.",
        remedy="Check the number and its unit.",
    ),
    Rule(
        id="field/ambiguous",
        meaning="A length of time that can be understood in two ways, such as `1 day`.",
        remedy="Write `24 h`, `8 working hours` or `1 working day`.",
    ),
    Rule(
        id="field/no-comparison",
        meaning="An objective that doesn't say on which side of its level the figure has to be.",
        remedy="Begin it with at least, at most, above or below.",
    ),
    Rule(
        id="field/bad-date",
        meaning="Not a date of the calendar.",
        remedy="Write year-month-day, as in 2026-10-31.",
    ),
    Rule(
        id="field/bad-time",
        meaning="Not a moment: no time, no offset and no time zone, or a local time that a clock change skips or doubles.",
        remedy="Write date, time and offset, as in 2026-03-03T10:00+01:00.",
    ),
    Rule(
        id="field/bad-id",
        meaning="An id that isn't well-formed.",
        remedy="Use small letters, digits and single hyphens, as in mail-hosting-uc.",
    ),
    Rule(
        id="field/duplicate-id",
        meaning="Two things of a kind have one id, or ids that differ in case or accents' encoding only.",
        remedy="Rename one of the files.",
    ),
    Rule(
        id="field/duplicate-value",
        meaning="A value that is listed twice.",
        remedy="Keep it once.",
    ),
    Rule(
        id="field/contradiction",
        meaning="Two values that can't both hold.",
        remedy="Take one of them out, or correct it.",
    ),
    Rule(
        id="field/bad-address",
        meaning="A contact's address that a reader can't follow.",
        remedy="Write an https:, mailto: or tel: address.",
    ),
    Rule(
        id="field/bad-path",
        meaning="A pattern of metric files that isn't a plain path below data/metrics.",
        remedy="Write a relative path with `*` and `?` within names.",
    ),
    Rule(
        id="field/bad-hours",
        meaning="Days or hours that can't be read.",
        remedy='Write them as in `mon-fri: "07:00-12:00, 13:00-20:00"`.',
    ),
    Rule(
        id="field/unknown-time-zone",
        meaning="A time zone that the IANA database doesn't have.",
        remedy="Write its name as in Europe/Berlin.",
    ),
    Rule(
        id="field/unknown-holidays",
        meaning="A country or subdivision whose public holidays aren't known.",
        remedy="Write ISO codes, or list the days under `also`.",
    ),
    Rule(
        id="lifecycle/no-length",
        meaning="Terms that end before they begin.",
        remedy="Check `from` and `until`; `until` is the first day without the terms.",
    ),
    Rule(
        id="exclusion/no-length",
        meaning="An exclusion that doesn't end after it starts.",
        remedy="Check both times and their offsets.",
    ),
    Rule(
        id="limit/file-size",
        meaning="A file that is too large to be written by a person.",
        remedy="Split it.",
    ),
    Rule(
        id="limit/front-matter-size",
        meaning="More YAML than one file may hold.",
        remedy="Split the file.",
    ),
    Rule(
        id="limit/depth",
        meaning="Lists, mappings or folders nested too deeply.",
        remedy="Nest less; a forgotten bracket or a link in a circle does this.",
    ),
    Rule(
        id="limit/nodes",
        meaning="More values than one file may hold.",
        remedy="Split the file.",
    ),
    Rule(
        id="limit/text-length",
        meaning="A value that is too long.",
        remedy="Shorten it; long texts go below the front matter.",
    ),
    Rule(
        id="limit/digits",
        meaning="A number with more digits than anybody can read.",
        remedy="Shorten it.",
    ),
    Rule(
        id="closed/unreadable",
        meaning="A file of a closed period isn't as the tool writes it, so its figures can't be held against today's.",
        remedy="Take the file from the last commit; corrections are made with `servicebook close --restate`.",
    ),
)
"""Every rule that `loading` reports."""
