"""A brief must be there before it can go."""

from collections.abc import Iterator

from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Site


def expired_at_birth(site: Site) -> Iterator[Problem]:
    """Briefs that expire on or before the day on which they are published."""
    for brief in site.briefs.values():
        date, expires = brief.data.date, brief.data.expires
        if expires is not None and expires <= date:
            yield Problem(
                code="expires-before-date",
                message=f"a brief of {date} that expires on {expires} is never published",
                at=Pointer(brief.file, ("expires",)),
                hint="`expires` is the first day on which the brief is no longer shown: a day after `date`",
            )
