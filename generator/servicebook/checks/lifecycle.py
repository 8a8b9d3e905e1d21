"""Dates, signatures and versions of agreements, and what is retired."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from servicebook.checks.finding import Context, finding, listed, warning
from servicebook.compliance.evaluate import has_results
from servicebook.compliance.terms import signed_on, span_of
from servicebook.insight.lifecycle import is_tacit, notice_day, renewed_once
from servicebook.model.common import Reference
from servicebook.model.service import Stage
from servicebook.model.target import Target
from servicebook.source import Position, Problem

UNSIGNED = warning(
    "lifecycle/unsigned",
    meaning="An agreement should be in force by its dates, but isn't signed by both parties: nothing in it counts as promised.",
    remedy="Add the missing signature with its date, or move `from`.",
)
STRANGER = warning(
    "lifecycle/foreign-signature",
    meaning="A signature of a party that is neither the provider nor the customer of the agreement; it counts for nothing.",
    remedy="Correct the party's id, or take the signature out.",
)
NEVER_IN_FORCE = warning(
    "lifecycle/never-in-force",
    meaning="Terms whose dates leave no day on which they hold.",
    remedy="Check `from`, `until` and `terminated` of the target and of its agreement.",
)
ENDED_ANYWAY = warning(
    "lifecycle/terminated-after-end",
    meaning="An agreement is terminated on a day on which it is over already.",
    remedy="Take `terminated` out, or correct `until`.",
)
NOTHING_TO_RENEW = warning(
    "lifecycle/renewal-without-end",
    meaning="An agreement says how it is renewed, but has no end.",
    remedy="Say `until`, the first day after its first term, or take `renewal` out.",
)
LATE_NOTICE = warning(
    "lifecycle/notice-too-long",
    meaning="The last day to give notice lies before the term that it would end begins: nobody can give it in that term.",
    remedy="Make the notice of `renewal` shorter than its `term`, and than the first term.",
)
SIGNED_WHEN_OVER = warning(
    "lifecycle/signed-when-over",
    meaning="An agreement was signed by both parties only when it was over.",
    remedy="Check the dates of the signatures, `until` and `terminated`, and their years.",
)
UNLISTED_VERSION = warning(
    "lifecycle/unlisted-version",
    meaning="The history of an agreement doesn't have its present version.",
    remedy="Add an entry to `revisions` that says what changed, or correct `version`.",
)
AHEAD = warning(
    "lifecycle/date-ahead",
    meaning="Something is said to be done on a day that is still to come.",
    remedy="Correct the date; what is only planned belongs under `due`.",
)
RETIRED = warning(
    "lifecycle/retired-service",
    meaning="An agreement in force, a need or another service relies on a service that is retired.",
    remedy="Name the service that took its place, or correct its `stage`.",
)
UNSERVED = warning(
    "lifecycle/unserved-need",
    meaning="A need is agreed, but no service is named that serves it.",
    remedy="Name the services under `served_by`.",
)
RULES = (
    UNSIGNED,
    STRANGER,
    NEVER_IN_FORCE,
    ENDED_ANYWAY,
    NOTHING_TO_RENEW,
    LATE_NOTICE,
    SIGNED_WHEN_OVER,
    UNLISTED_VERSION,
    AHEAD,
    RETIRED,
    UNSERVED,
)


def agreements_are_signed_when_they_begin(context: Context) -> Iterator[Problem]:
    """An agreement that should be in force by its dates has both signatures."""
    for terms in context.terms.values():
        agreement = terms.agreement
        today = context.today(terms.zone_name)
        if agreement.from_ > today or agreement.terminated is not None or has_results(terms, context.as_of):
            continue
        signed = {s.party.id for s in agreement.signatures if s.date is not None and s.date <= today}
        missing = [
            party for party in dict.fromkeys((agreement.provider.id, agreement.customer.id)) if party not in signed
        ]
        message = (
            f"the agreement began on {agreement.from_}, but {listed(missing, 'and')} {_have(missing)} not signed it"
        )
        ahead = [s for s in agreement.signatures if s.party.id in missing and s.date is not None]
        hint = "until both have signed, nothing in it counts as promised"
        if ahead:
            hint = f"the signature of {ahead[0].party.id} is dated {ahead[0].date}, which is still to come on {today}"
        related = (signature.places.of("date") for signature in ahead)
        yield finding(UNSIGNED, agreement.places.of("from"), message, hint=hint, related=related)


def _have(names: list[str]) -> str:
    return "has" if len(names) == 1 else "have"


def signatures_are_the_parties(context: Context) -> Iterator[Problem]:
    """Those who sign are the provider and the customer."""
    for agreement in context.catalogue.agreements.values():
        parties = (agreement.provider.id, agreement.customer.id)
        for signature in agreement.signatures:
            if signature.party.id not in parties and signature.party.id in context.catalogue.parties:
                message = f"'{signature.party.id}' is no party of this agreement: those are {listed(parties, 'and')}"
                yield finding(STRANGER, signature.party.position, message)


def terms_come_into_force(context: Context) -> Iterator[Problem]:
    """Dates leave a time in which agreements, and each entry of their targets, hold; what a termination cuts off was good to have."""
    held: dict[Position, tuple[Target, bool]] = {}
    for terms in context.terms.values():
        agreement = terms.agreement
        if agreement.terminated is not None and agreement.terminated <= agreement.from_:
            message = (
                f"terminated on {agreement.terminated}, which isn't after {agreement.from_}: the agreement never holds"
            )
            yield finding(
                NEVER_IN_FORCE, agreement.places.of("terminated"), message, related=(agreement.places.of("from"),)
            )
        if agreement.until is not None and agreement.until <= agreement.from_:
            continue  # an error by itself, and none of its targets' making
        for entry in terms.entries:
            low, high = entry.in_force(*span_of(terms))
            place = entry.target.places.position
            _, before = held.get(place, (entry.target, False))
            # One that begins on the very day of the next overlaps it, which is reported there.
            excused = agreement.terminated is not None or (
                entry.own_start is not None and entry.own_start == entry.own_end
            )
            held[place] = entry.target, before or low < high or excused
    for target, holds in held.values():
        if not holds:
            place = target.places.of("until" if target.until is not None else "from")
            message = f"this entry of the target '{target.id}' never holds within its agreement's dates"
            yield finding(NEVER_IN_FORCE, place, message)


def terminations_come_before_the_end(context: Context) -> Iterator[Problem]:
    """`terminated` ends what would have gone on."""
    for agreement in context.catalogue.agreements.values():
        if agreement.terminated is None or agreement.until is None or is_tacit(agreement):
            continue
        if agreement.terminated <= agreement.until:
            continue
        message = f"terminated on {agreement.terminated}, but over since {agreement.until} already"
        yield finding(ENDED_ANYWAY, agreement.places.of("terminated"), message, related=(agreement.places.of("until"),))


def renewals_have_an_end_to_renew(context: Context) -> Iterator[Problem]:
    """What renews has a first term that ends."""
    for agreement in context.catalogue.agreements.values():
        if agreement.renewal is not None and agreement.until is None and "until" not in agreement.places.keys:
            message = "the agreement has no end that could be renewed"
            yield finding(
                NOTHING_TO_RENEW,
                agreement.places.of("renewal"),
                message,
                hint="say `until`, the first day after its first term",
            )


def notice_can_be_given(context: Context) -> Iterator[Problem]:
    """The last day to give notice doesn't lie before the term that it would end begins, be that the first or a renewed one."""
    for agreement in context.catalogue.agreements.values():
        renewal, until = agreement.renewal, agreement.until
        if renewal is None or renewal.notice is None or until is None or not is_tacit(agreement):
            continue
        for begin, end in pairwise((agreement.from_, until, renewed_once(agreement) or until)):
            day = notice_day(agreement, end)
            if begin < end and day is not None and day < begin:
                message = f"notice of the term from {begin} to {end} would be due by {day}, before that term begins"
                related = (renewal.places.of("term"),)
                yield finding(LATE_NOTICE, renewal.places.of("notice"), message, related=related)
                break


def what_is_signed_is_not_over(context: Context) -> Iterator[Problem]:
    """Both parties have signed by the day on which an agreement ends."""
    for agreement in context.catalogue.agreements.values():
        signed = signed_on(agreement)
        ends = (agreement.terminated, None if is_tacit(agreement) else agreement.until)
        over = min((day for day in ends if day is not None), default=None)
        if signed is None or over is None or signed < over or over <= agreement.from_:
            continue
        parties = (agreement.provider.id, agreement.customer.id)
        last = next(s for s in agreement.signatures if s.date == signed and s.party.id in parties)
        key = "terminated" if over == agreement.terminated else "until"
        message = f"both had signed by {signed} only; the agreement was over on {over}"
        yield finding(SIGNED_WHEN_OVER, last.places.of("date"), message, related=(agreement.places.of(key),))


def versions_have_their_entry(context: Context) -> Iterator[Problem]:
    """Where there is a history, it has the present version."""
    for agreement in context.catalogue.agreements.values():
        listed_versions = [revision.version for revision in agreement.revisions]
        if listed_versions and agreement.version not in listed_versions:
            message = f"'revisions' has no entry of the version {agreement.version}"
            related = (agreement.places.of("revisions"),)
            yield finding(
                UNLISTED_VERSION,
                agreement.places.of("version"),
                message,
                hint="say there what changed",
                related=related,
            )


def what_is_done_lies_behind(context: Context) -> Iterator[Problem]:
    """Reviews, steps of a negotiation, declared exclusions, improvements and corrections aren't done on a day still to come."""
    for improvement in context.catalogue.improvements.values():
        if improvement.done is not None:
            yield from _ahead(
                improvement.done, context.today(), improvement.places.of("done"), "the improvement is done"
            )
    for account in context.catalogue.breaches.values():
        if account.corrected is not None:
            yield from _ahead(
                account.corrected, context.today(), account.places.of("corrected"), "the breach is corrected"
            )
    for terms in context.terms.values():
        agreement, today = terms.agreement, context.today(terms.zone_name)
        if agreement.review is not None and agreement.review.last is not None:
            yield from _ahead(agreement.review.last, today, agreement.review.places.of("last"), "the last review was")
        for step in agreement.negotiation:
            if step.done is not None:
                yield from _ahead(step.done, today, step.places.of("done"), "the step is done")


def _ahead(day: date, today: date, position: Position, what: str) -> Iterator[Problem]:
    if day > today:
        yield finding(AHEAD, position, f"{what} on {day}, which is still to come on {today}")


def nothing_relies_on_the_retired(context: Context) -> Iterator[Problem]:
    """Agreements in force, needs that aren't declined and services that aren't retired name no retired service."""
    for terms in context.terms.values():
        start, end = span_of(terms)
        if start <= context.as_of < end and has_results(terms, context.as_of):
            yield from _retired(context, terms.agreement.services, "the agreement for it is in force")
    for need in context.catalogue.needs.values():
        if need.status != "declined":
            yield from _retired(context, need.served_by, "the need isn't declined")
    for service in context.catalogue.services.values():
        if service.stage is not Stage.RETIRED:
            for dependency in service.depends_on:
                yield from _retired(context, dependency.alternatives, f"'{service.id}', which depends on it, isn't")


def _retired(context: Context, references: tuple[Reference, ...], but: str) -> Iterator[Problem]:
    for reference in references:
        service = context.catalogue.services.get(reference.id)
        if service is not None and service.stage is Stage.RETIRED:
            message = f"the service '{service.id}' is retired, but {but}"
            yield finding(RETIRED, reference.position, message, related=(service.places.of("stage"),))


def agreed_needs_are_served(context: Context) -> Iterator[Problem]:
    """A need that is agreed names the services that serve it."""
    for need in context.catalogue.needs.values():
        if need.status == "agreed" and not need.served_by and "served_by" not in need.places.keys:
            message = "the need is agreed, but no service is named that serves it"
            yield finding(UNSERVED, need.places.of("status"), message, hint="name the services under `served_by`")
