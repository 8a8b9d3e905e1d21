"""The rules that only a calculation can find broken."""

from __future__ import annotations

from servicebook.source import Rule, Severity

PAUSED_LONGER = Rule(
    id="metrics/paused-longer-than-worked",
    meaning="A ticket's bare `paused` length is longer than it was worked on in the target's hours, so its duration would lie below zero; the target doesn't count it.",
    remedy="Write `pauses` as intervals (start/end), or correct the length.",
    severity=Severity.WARNING,
)

RULES: tuple[Rule, ...] = (PAUSED_LONGER,)
