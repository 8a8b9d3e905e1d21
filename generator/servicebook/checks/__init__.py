"""Rules over the whole catalogue: what single files can't tell. Each is a small generator of problems."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from servicebook.checks import (
    agreements,
    cycles,
    lifecycle,
    metrics,
    prose,
    references,
    services,
    targets,
    ticket_limits,
    unsaid,
)
from servicebook.checks.finding import Context
from servicebook.checks.metrics import MetricFacts
from servicebook.compliance.terms import Terms
from servicebook.model.catalogue import Catalogue
from servicebook.source import Problem, Rule, in_order

__all__ = ["CHECKS", "RULES", "MetricFacts", "check", "check_metrics"]

CHECKS: tuple[Callable[[Context], Iterator[Problem]], ...] = (
    references.everything_named_exists,
    references.targets_named_exist,
    references.sites_are_the_customers,
    references.services_of_targets_are_agreed,
    references.aliases_are_free,
    cycles.extends_comes_to_an_end,
    cycles.dependencies_come_to_an_end,
    targets.targets_have_a_source,
    targets.sources_hold_what_is_measured,
    targets.other_sources_hold_what_is_needed,
    targets.tickets_say_which_time,
    targets.levels_are_in_the_sources_unit,
    targets.keys_have_an_effect,
    targets.daily_files_have_the_targets_zone,
    targets.tight_targets_say_their_coverage,
    targets.working_days_have_fitting_hours,
    targets.entries_of_a_target_dont_overlap,
    targets.credits_are_for_what_is_missed,
    agreements.parties_fit_the_agreement,
    agreements.two_parties_agree,
    agreements.promises_are_underpinned_from_below,
    agreements.exclusions_lie_within,
    agreements.exclusions_are_approved_by_a_party,
    lifecycle.agreements_are_signed_when_they_begin,
    lifecycle.signatures_are_the_parties,
    lifecycle.terms_come_into_force,
    lifecycle.terminations_come_before_the_end,
    lifecycle.renewals_have_an_end_to_renew,
    lifecycle.notice_can_be_given,
    lifecycle.what_is_signed_is_not_over,
    lifecycle.versions_have_their_entry,
    lifecycle.what_is_done_lies_behind,
    lifecycle.nothing_relies_on_the_retired,
    lifecycle.agreed_needs_are_served,
    services.one_source_has_one_capacity,
    prose.words_can_be_measured,
    prose.allowed_words_are_there,
    prose.prose_agrees_with_the_terms,
    ticket_limits.limits_of_tickets_fit_together,
    unsaid.agreements_say_their_hours,
)
"""Every check of the catalogue itself."""

RULES: tuple[Rule, ...] = (
    *references.RULES,
    *cycles.RULES,
    *targets.RULES,
    *agreements.RULES,
    *lifecycle.RULES,
    *services.RULES,
    *prose.RULES,
    *ticket_limits.RULES,
    *unsaid.RULES,
    *metrics.RULES,
)
"""Every rule that `checks` reports."""


def check(
    catalogue: Catalogue, terms: Mapping[str, Terms], *, as_of: int, broken: Collection[tuple[str, str]] = frozenset()
) -> tuple[Problem, ...]:
    """Everything that is wrong across files, in order.

    `terms` are those of all agreements by id, `broken` kind and id of what isn't in the catalogue because its own
    file has an error (see `loading.Loaded`): a reference to it is not unknown.
    """
    context = Context(catalogue=catalogue, terms=terms, as_of=as_of, broken=broken)
    return in_order(problem for each in CHECKS for problem in each(context))


def check_metrics(
    catalogue: Catalogue,
    terms: Mapping[str, Terms],
    facts: MetricFacts,
    files: Collection[str],
    *,
    broken: Collection[tuple[str, str]] = frozenset(),
) -> tuple[Problem, ...]:
    """Everything that is wrong between the catalogue and its metric files, in order.

    `files` are all files below data/metrics, relative to the catalogue's root.
    """
    context = Context(catalogue=catalogue, terms=terms, as_of=0, broken=broken)
    found = (
        *metrics.filters_fit_the_files(context, facts),
        *metrics.utilisation_has_a_capacity(context, facts),
        *metrics.values_are_there(context, facts),
        *metrics.working_days_know_when_pauses_were(context, facts),
        *unsaid.priorities_have_targets(context, facts),
        *metrics.files_are_read(context, facts, files),
    )
    return in_order(found)
