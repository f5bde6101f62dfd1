"""A source cannot report what had not been said yet."""

from collections.abc import Iterator

from briefgen.check.wording import on
from briefgen.model.dates import certainly_before
from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Site


def claims_after_their_source(site: Site) -> Iterator[Problem]:
    """Claims that were certainly made after the source that reports them was published."""
    for brief in site.briefs.values():
        if brief.data.source is None:
            continue
        published = brief.data.source.published
        for number, claim in enumerate(brief.data.claims):
            if claim.date is not None and certainly_before(published, claim.date):
                yield Problem(
                    code="claim-after-source",
                    message=f"a claim of {claim.date} in a source that was published {on(published)}",
                    at=Pointer(brief.file, ("claims", number, "date")),
                    hint="`date` is when the statement was made: at the latest when the source was published",
                )
