"""What a draft says to the needs of its customer."""

from __future__ import annotations

from pathlib import Path

from servicebook.insight.answers import Fit, needs_answered
from tests.insight.builders import loaded, terms_of

TARGETS = (
    "targets: [{id: mail, measure: availability, source: mail-outages, objective: at least 99.5 %, per: month}, "
    "{id: length, measure: longest outage, source: mail-outages, objective: at most 4 h, per: month}]"
)


def need(requires: str, *, customer: str = "headquarters", status: str = "open", served_by: str = "[email]") -> str:
    """The file of a need."""
    reason = "reason: too dear\n" if status == "declined" else ""
    return (
        f"---\ntitle: Need\ncustomer: {customer}\npriority: must\nrequires: [{requires}]\nserved_by: {served_by}\n"
        f"status: {status}\n{reason}---\n"
    )


def fits(root: Path, text: str, *keys: str) -> list[tuple[str, str]]:
    """How each requirement of the need is answered, and by which target."""
    more = {
        "content/needs/need.md": text,
        "content/parties/branches.md": "---\ntitle: Branches\ntype: customer\n---\n",
        "content/services/network.md": "---\ntitle: Network\nstage: live\n---\n",
    }
    catalogue = loaded(root, "from: 2027-01-01", TARGETS, *keys, more=more)
    found = needs_answered(catalogue, terms_of(catalogue)["email-hq"])
    return [
        (answer.fit.value, answer.entry.target.id if answer.entry is not None else "")
        for each in found
        for answer in each.answers
    ]


def test_a_level_at_least_as_strict_answers(tmp_path: Path) -> None:
    """Half an hour is asked, four are offered: that falls short; nothing is said about speed."""
    asked = (
        "{measure: availability, objective: at least 99 %}, {measure: longest outage, objective: at most 30 min}, "
        "{measure: percentile, percentile: 95, objective: at most 300 ms}"
    )

    assert fits(tmp_path, need(asked)) == [
        (Fit.ANSWERED, "mail"),
        (Fit.SHORT, "length"),
        (Fit.OPEN, ""),
    ]


def test_needs_of_others_are_left_out_and_declined_ones(tmp_path: Path) -> None:
    """A corporate agreement is for every customer."""
    asked = "{measure: availability, objective: at least 99 %}"

    assert fits(tmp_path, need(asked, customer="branches")) == []
    assert fits(tmp_path, need(asked, customer="branches"), "basis: corporate") == [(Fit.ANSWERED, "mail")]
    assert fits(tmp_path, need(asked, status="declined")) == []
    assert fits(tmp_path, need(asked, served_by="[network]")) == []
