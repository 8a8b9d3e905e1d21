"""The words of an agreement beside its targets: what kind it is, how long it holds, what counts as maintenance, its days."""

from __future__ import annotations

from servicebook.compliance.terms import Terms
from servicebook.insight.lifecycle import State, Status
from servicebook.model.agreement import Agreement, AgreementType, Basis
from servicebook.rendering import dates
from servicebook.rendering.wording import span_words
from servicebook.texts import marked, say

KINDS = {
    AgreementType.SLA: (marked("Service level agreement"), marked("With customers")),
    AgreementType.OLA: (marked("Operational level agreement"), marked("Between our units")),
    AgreementType.UC: (marked("Supplier contract"), marked("With suppliers")),
}
BASES = {
    Basis.SERVICE: marked("for a service"),
    Basis.CUSTOMER: marked("for a customer"),
    Basis.CORPORATE: marked("for everybody"),
}


def state_sentence(agreement: Agreement, status: Status) -> str:
    """From when to when it holds, and what happens then."""
    begin = dates.day(agreement.from_)
    if status.state is State.TERMINATED and status.until is not None:
        return say("It held from %(begin)s and was terminated on %(end)s.", begin=begin, end=dates.day(status.until))
    span = (
        say("from %(begin)s, open-ended", begin=begin)
        if status.until is None
        else say("from %(begin)s to %(end)s", begin=begin, end=dates.last_day(status.until))
    )
    if status.state is State.EXPIRED:
        return say("It held %(span)s.", span=span)
    if status.state in (State.DRAFT, State.IN_NEGOTIATION):
        return say("It is to hold %(span)s; nothing is promised before both sides have signed.", span=span)
    said = (
        say("It will hold %(span)s.", span=span)
        if status.state is State.AGREED
        else say("It holds %(span)s.", span=span)
    )
    renewal = agreement.renewal
    if renewal is not None and renewal.kind == "tacit" and renewal.term is not None and status.notice_by is not None:
        renews = say(
            "It renews by itself for %(term)s unless notice is given by %(day)s.",
            term=span_words(renewal.term.text),
            day=dates.day(status.notice_by),
        )
        return f"{said} {renews}"
    if status.until is not None:
        return f"{said} {say('It ends then unless it is renewed.')}"
    return said


def maintenance_words(terms: Terms) -> str:
    """The rules of maintenance in a sentence or two."""
    rules = terms.maintenance
    if rules is None:
        return say("Nothing is agreed about maintenance: planned downtime counts as downtime.")
    asked = []
    if rules.notice is not None:
        asked.append(say("it was announced at least %(notice)s ahead", notice=span_words(rules.notice.text)))
    if rules.windows is not None:
        asked.append(say("it lies inside the agreed windows"))
    if rules.allowance is not None:
        asked.append(say("it takes no more than %(allowance)s", allowance=span_words(rules.allowance.text)))
    said = (
        say("Announced maintenance isn't counted as far as %(asked)s.", asked=say(", and ").join(asked))
        if asked
        else say("Announced maintenance isn't counted.")
    )
    return said + " " + say("What goes beyond counts as downtime.")


def deadlines(agreement: Agreement, status: Status) -> tuple[tuple[str, str], ...]:
    """When it was signed and what falls due, each with its name."""
    said = [(say("Signed by both"), dates.day(status.signed) if status.signed else say("not yet"))]
    if status.next_review is not None:
        said.append((say("Next review"), dates.day(status.next_review)))
    if status.notice_by is not None:
        said.append((say("Last day to give notice"), dates.day(status.notice_by)))
    if agreement.renewal is not None:
        said.append(
            (say("Renewal"), say("by itself") if agreement.renewal.kind == "tacit" else say("only when both agree"))
        )
    return tuple(said)
