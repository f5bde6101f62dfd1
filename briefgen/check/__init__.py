"""Checks of a site as a whole: what loading cannot find in one file. They never touch the disk.

A check is a function from the site to the problems that it finds. All content is checked, drafts too.
"""

from collections.abc import Callable, Iterator
from datetime import date

from briefgen.check import (
    answers,
    briefs,
    claims,
    disputes,
    findings,
    likelihood,
    published,
    sources,
    translations,
    whole_site,
)
from briefgen.model.problem import Problem
from briefgen.model.site import Site

Check = Callable[[Site], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    # briefs
    briefs.as_of_before_published,
    briefs.expired_at_birth,
    likelihood.likelihood_with_confidence,
    briefs.corrections_out_of_order,
    briefs.retractions_without_notice,
    published.silent_edits,
    # claims
    answers.unfit_answers,
    claims.unfit_roles,
    claims.claims_after_their_source,
    claims.long_quotes,
    claims.unconfirmed_credibility,
    findings.unfit_findings,
    findings.findings_before_claims,
    disputes.impossible_relations,
    translations.misplaced_translations,
    translations.words_from_themselves,
    # disputes
    disputes.impossible_disputes,
    # sources
    sources.unknown_languages,
    sources.circular_citations,
    sources.self_evident_flags,
    sources.grades_without_reason,
    sources.private_addresses,
    sources.repeated_addresses,
    sources.repeated_copies,
    sources.retrieved_before_published,
    # actors, themes and sources as a whole
    whole_site.backward_roles,
    whole_site.unused_entries,
    whole_site.unknown_card_image,
)

ABSENCES: frozenset[Check] = frozenset((whole_site.unused_entries, published.silent_edits))
"""Checks that report what is missing or other than it was, which may be because of a file that could not be read."""


def run(site: Site, day: date, *, complete: bool = True) -> list[Problem]:
    """Return everything that the checks find, in the order of `CHECKS`, and then dates after the build day.

    `complete` is false for a site of which something could not be read. It may hold references that lead nowhere,
    which must not be taken out, because pointers count the entries of the file.
    """
    found = [problem for check in CHECKS if complete or check not in ABSENCES for problem in check(site)]
    return [*found, *whole_site.future_dates(site, day)]
