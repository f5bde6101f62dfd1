"""Sources that pass a story round in a circle have no origin for it."""

from collections.abc import Iterator

from briefgen.check.places import source_keys
from briefgen.model.origins import circles
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.site import Site


def circular_citations(site: Site) -> Iterator[Problem]:
    """Sources that cite each other in a circle; once per circle, at its first member."""
    for circle in circles(site.sources):
        first = site.sources[circle[0]]
        if len(circle) == 1:
            message = f'"{first.id}" cites itself'
            hint = "`cites` says where the source has its story from; leave it out if that is not known"
        else:
            message = f"sources cite each other in a circle: {' → '.join((*circle, first.id))}"
            hint = "one of these citations must be the wrong way round; until then they count as one origin"
        following = circle[1 % len(circle)]
        yield Problem(
            code="circular-citation",
            message=message,
            at=Pointer(first.file, (*source_keys(first), "cites", first.data.cites.index(following))),
            hint=hint,
            severity=Severity.WARNING,
        )
