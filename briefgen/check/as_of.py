"""Nobody can know an article before it is published."""

from collections.abc import Iterator

from briefgen.check.wording import on
from briefgen.model.dates import certainly_before
from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Site


def as_of_before_published(site: Site) -> Iterator[Problem]:
    """Briefs whose state of knowledge certainly ends before their source was published."""
    for brief in site.briefs.values():
        source, as_of = brief.data.source, brief.data.as_of
        # Texts of dates in order are in order as texts: most briefs need no more than that.
        if (
            source is None
            or (as_of or brief.data.date) >= source.published
            or not certainly_before(as_of or brief.data.date, source.published)
        ):
            continue
        if as_of:
            key, subject = "as_of", f"a brief as of {as_of}"
        else:
            key, subject = "date", f"a brief of {brief.data.date}"
        yield Problem(
            code="as-of-before-published",
            message=f"{subject} cannot know its source, published {on(source.published)}",
            at=Pointer(brief.file, (key,)),
            hint=f"correct `{key}` or the source's `published`; if that is a guess, mark it: {source.published}?",
        )
