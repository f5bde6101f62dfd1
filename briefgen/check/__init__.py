"""A site → what is wrong with it, beyond what loading can see in one file. Never touches the disk.

One file per check: a function from the site to the problems that it finds. All content is checked, drafts too.
"""

from collections.abc import Callable, Iterator
from datetime import date

from briefgen.check.addresses import repeated_addresses
from briefgen.check.as_of import as_of_before_published
from briefgen.check.card_image import unknown_card_image
from briefgen.check.circles import circular_citations
from briefgen.check.claim_dates import claims_after_their_source
from briefgen.check.corrections import corrections_out_of_order
from briefgen.check.credibility import unconfirmed_credibility
from briefgen.check.days import future_dates, retrieved_before_published
from briefgen.check.disputes import impossible_disputes
from briefgen.check.evidence import self_evident_flags
from briefgen.check.expiry import expired_at_birth
from briefgen.check.languages import unknown_languages
from briefgen.check.likelihood import likelihood_with_confidence
from briefgen.check.outcomes import outcomes_before_claims
from briefgen.check.quotes import long_quotes
from briefgen.check.retractions import retractions_without_notice
from briefgen.check.role_dates import backward_roles
from briefgen.check.roles import unfit_roles
from briefgen.check.unused import unused_entries
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
    unfit_roles,
    claims_after_their_source,
    long_quotes,
    unconfirmed_credibility,
    outcomes_before_claims,
    impossible_disputes,
    # sources
    unknown_languages,
    circular_citations,
    self_evident_flags,
    repeated_addresses,
    retrieved_before_published,
    # actors, themes and sources as a whole
    backward_roles,
    unused_entries,
    unknown_card_image,
)

# What these miss may be in a file that could not be read.
ABSENCES: frozenset[Check] = frozenset((unused_entries,))


def run(site: Site, day: date, *, complete: bool = True) -> list[Problem]:
    """Return everything that the checks find, in the order of `CHECKS`, and then what is not past on the build day.

    `complete` is false for a site of which something could not be read. References that lead nowhere may then stand
    in it; they must not be taken out, because pointers count the entries of the file.
    """
    found = [problem for check in CHECKS if complete or check not in ABSENCES for problem in check(site)]
    return [*found, *future_dates(site, day)]
