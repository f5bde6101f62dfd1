"""Checks of a site as a whole: what loading cannot find in one file. They never touch the disk.

A check is a function from the site to the problems that it finds. All content is checked, drafts too.
"""

from collections.abc import Callable, Iterator
from datetime import date

from briefgen.check.answers import unfit_answers
from briefgen.check.briefs import (
    as_of_before_published,
    corrections_out_of_order,
    expired_at_birth,
    retractions_without_notice,
)
from briefgen.check.claims import (
    claims_after_their_source,
    long_quotes,
    unconfirmed_credibility,
    unfit_roles,
)
from briefgen.check.disputes import impossible_disputes, impossible_relations
from briefgen.check.findings import findings_before_claims, unfit_findings
from briefgen.check.likelihood import likelihood_with_confidence
from briefgen.check.sources import (
    circular_citations,
    grades_without_reason,
    repeated_addresses,
    retrieved_before_published,
    self_evident_flags,
    unknown_languages,
)
from briefgen.check.translations import misplaced_translations, words_from_themselves
from briefgen.check.whole_site import backward_roles, future_dates, unknown_card_image, unused_entries
from briefgen.model.problem import Problem
from briefgen.model.site import Site

Check = Callable[[Site], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    # briefs
    as_of_before_published,
    expired_at_birth,
    likelihood_with_confidence,
    corrections_out_of_order,
    retractions_without_notice,
    # claims
    unfit_answers,
    unfit_roles,
    claims_after_their_source,
    long_quotes,
    unconfirmed_credibility,
    unfit_findings,
    findings_before_claims,
    impossible_relations,
    misplaced_translations,
    words_from_themselves,
    # disputes
    impossible_disputes,
    # sources
    unknown_languages,
    circular_citations,
    self_evident_flags,
    grades_without_reason,
    repeated_addresses,
    retrieved_before_published,
    # actors, themes and sources as a whole
    backward_roles,
    unused_entries,
    unknown_card_image,
)

ABSENCES: frozenset[Check] = frozenset((unused_entries,))
"""Checks that report what is missing, which may be in a file that could not be read."""


def run(site: Site, day: date, *, complete: bool = True) -> list[Problem]:
    """Return everything that the checks find, in the order of `CHECKS`, and then dates after the build day.

    `complete` is false for a site of which something could not be read. It may hold references that lead nowhere,
    which must not be taken out, because pointers count the entries of the file.
    """
    found = [problem for check in CHECKS if complete or check not in ABSENCES for problem in check(site)]
    return [*found, *future_dates(site, day)]
