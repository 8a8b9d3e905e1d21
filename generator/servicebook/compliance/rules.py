"""The rules that only a calculation can find broken."""

from __future__ import annotations

from servicebook.source import Rule, Severity

PAUSED_LONGER = Rule(
    id="metrics/paused-longer-than-worked",
    meaning="A ticket's bare `paused` length is longer than it was worked on in the target's hours, so its duration would lie below zero; the target doesn't count it.",
    remedy="Write `pauses` as intervals (start/end), or correct the length.",
    severity=Severity.WARNING,
)

SEVERAL_CURRENCIES = Rule(
    id="terms/several-currencies",
    meaning="The records of a target of cost against budget are in more than one currency, and amounts of two currencies can't be added up.",
    remedy="Choose one with `where: {currency: EUR}`, and write a target for each of the others.",
)

RULES: tuple[Rule, ...] = (PAUSED_LONGER, SEVERAL_CURRENCIES)
