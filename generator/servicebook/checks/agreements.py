"""Who agrees with whom, and what is left out of the account."""

from __future__ import annotations

from collections.abc import Iterator

from servicebook.checks.finding import Context, finding, listed, warning
from servicebook.compliance.terms import span_of
from servicebook.model.agreement import AgreementType
from servicebook.model.party import PartyType
from servicebook.source import Problem
from servicebook.timeline.zone import format_utc

PARTY_TYPE = warning(
    "reference/party-type",
    meaning="A party that an agreement of this type isn't made with: an SLA is with a customer, an OLA between provider units, a contract (uc) with a supplier.",
    remedy="Correct the agreement's `type`, the party's id or the party's `type`.",
)
SAME_PARTY = warning(
    "reference/same-party",
    meaning="An agreement of a party with itself: there is nobody to whom anything is promised, and one signature counts as both.",
    remedy="Name the other party as `provider` or `customer`.",
)
UNDERPINNING = warning(
    "reference/underpinning",
    meaning="What can't underpin a promise is named under `underpinned_by`: an SLA, or the agreement itself.",
    remedy="Name OLAs and contracts with suppliers (uc).",
)
OUTSIDE = warning(
    "exclusion/outside",
    meaning="An exclusion lies outside the time in which its agreement holds; it excludes nothing.",
    remedy="Check its times, and their year.",
)
APPROVER = warning(
    "exclusion/approver",
    meaning="An exclusion was approved by somebody who is no party of the agreement.",
    remedy="Name the party that agreed to it: the customer.",
)
DECLARED_AHEAD = warning(
    "exclusion/declared-ahead",
    meaning="An exclusion is said to be declared on a day that is still to come.",
    remedy="Correct `declared`: the day on which both parties knew.",
)
RULES = (PARTY_TYPE, SAME_PARTY, UNDERPINNING, OUTSIDE, APPROVER, DECLARED_AHEAD)

_BOTH = {
    AgreementType.SLA: (None, PartyType.CUSTOMER),
    AgreementType.OLA: (PartyType.PROVIDER, PartyType.PROVIDER),
    AgreementType.UC: (PartyType.SUPPLIER, None),
}
"""The types of the provider and the customer of each type of agreement; None: any."""
_WITH = {
    AgreementType.SLA: "an SLA is made with a customer",
    AgreementType.OLA: "an OLA is made between our own provider units",
    AgreementType.UC: "an underpinning contract is made with a supplier",
}


def parties_fit_the_agreement(context: Context) -> Iterator[Problem]:
    """An SLA is made with a customer, an OLA between provider units, an underpinning contract with a supplier."""
    for agreement in context.catalogue.agreements.values():
        for reference, wanted in zip((agreement.provider, agreement.customer), _BOTH[agreement.type], strict=True):
            party = context.catalogue.parties.get(reference.id)
            if wanted is None or party is None or party.type is wanted:
                continue
            message = f"'{party.id}' is a {party.type}; {_WITH[agreement.type]}"
            yield finding(PARTY_TYPE, reference.position, message, related=(party.places.of("type"),))


def two_parties_agree(context: Context) -> Iterator[Problem]:
    """Who provides and who is provided for are two."""
    for agreement in context.catalogue.agreements.values():
        if agreement.provider.id == agreement.customer.id and agreement.customer.id in context.catalogue.parties:
            message = f"'{agreement.customer.id}' is the provider too"
            yield finding(SAME_PARTY, agreement.customer.position, message, related=(agreement.provider.position,))


def promises_are_underpinned_from_below(context: Context) -> Iterator[Problem]:
    """What backs a promise is an OLA or a contract with a supplier."""
    for agreement in context.catalogue.agreements.values():
        for reference in agreement.underpinned_by:
            below = context.catalogue.agreements.get(reference.id)
            if below is agreement:
                yield finding(UNDERPINNING, reference.position, "the agreement can't underpin itself")
            elif below is not None and below.type is AgreementType.SLA:
                message = f"'{below.id}' is an SLA; promises are underpinned by OLAs and contracts with suppliers"
                yield finding(UNDERPINNING, reference.position, message, related=(below.places.of("type"),))


def exclusions_lie_within(context: Context) -> Iterator[Problem]:
    """An exclusion touches the time in which its agreement holds."""
    for terms in context.terms.values():
        start, end = span_of(terms)
        for exclusion in terms.agreement.exclusions:
            if exclusion.end <= start:
                message = f"the exclusion is over before the agreement begins at {format_utc(start)}"
                yield finding(
                    OUTSIDE, exclusion.places.of("end"), message, related=(terms.agreement.places.of("from"),)
                )
            elif exclusion.start >= end:
                message = f"the exclusion starts after the agreement ended at {format_utc(end)}"
                key = "until" if terms.agreement.terminated is None else "terminated"
                yield finding(OUTSIDE, exclusion.places.of("start"), message, related=(terms.agreement.places.of(key),))


def exclusions_are_approved_by_a_party(context: Context) -> Iterator[Problem]:
    """Both parties agree to an exclusion, so one of them approves it; and nobody did so in the future."""
    for terms in context.terms.values():
        agreement, today = terms.agreement, context.today(terms.zone_name)
        parties = (agreement.provider.id, agreement.customer.id)
        for exclusion in agreement.exclusions:
            approver = exclusion.approved_by
            if approver.id not in parties and approver.id in context.catalogue.parties:
                message = f"'{approver.id}' is no party of this agreement: those are {listed(parties, 'and')}"
                yield finding(APPROVER, approver.position, message)
            if exclusion.declared > today:
                message = f"declared on {exclusion.declared}, which is still to come on {today}"
                yield finding(DECLARED_AHEAD, exclusion.places.of("declared"), message)
