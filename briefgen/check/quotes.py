"""A quote is few words, exact ones."""

from collections.abc import Iterator

from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.site import Site

LONGEST_QUOTE = 300  # characters


def long_quotes(site: Site) -> Iterator[Problem]:
    """Quotes that are passages."""
    for brief in site.briefs.values():
        for number, claim in enumerate(brief.data.claims):
            if claim.quote is not None and len(claim.quote) > LONGEST_QUOTE:
                yield Problem(
                    code="long-quote",
                    message=f"a quote of {len(claim.quote)} characters",
                    at=Pointer(brief.file, ("claims", number, "quote")),
                    hint=f"quote the few words that matter, {LONGEST_QUOTE} characters at most; `says` tells the rest",
                    severity=Severity.WARNING,
                )
