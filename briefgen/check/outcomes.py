"""A forecast comes before what it foretells."""

from collections.abc import Iterator

from briefgen.check.wording import on
from briefgen.model.claimed import claimed
from briefgen.model.dates import certainly_before
from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Site


def outcomes_before_claims(site: Site) -> Iterator[Problem]:
    """Outcomes that were certainly known before the claim was made."""
    for brief in site.briefs.values():
        for number, claim in enumerate(brief.data.claims):
            if claim.outcome is None or claim.outcome.date is None:
                continue
            when = claimed(brief.data, claim)
            if not when.at_latest and certainly_before(claim.outcome.date, when.date):
                yield Problem(
                    code="outcome-before-claim",
                    message=f"an outcome {on(claim.outcome.date)} of a claim that was made {on(when.date)}",
                    at=Pointer(brief.file, ("claims", number, "outcome", "date")),
                    hint="correct one of the dates"
                    if when.of == "claim"
                    else f"the claim has no date of its own, so that of the {when.of} counts: correct it or add `date`",
                )
