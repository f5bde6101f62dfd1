"""Whoever retracts says so, and why."""

from collections.abc import Iterator

from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Site


def retractions_without_notice(site: Site) -> Iterator[Problem]:
    """Retracted briefs without a notice, notices in other briefs, and notices from before the brief."""
    for brief in site.briefs.values():
        status, notice = brief.data.status, brief.data.retraction
        if status == "retracted" and notice is None:
            yield Problem(
                code="retraction-notice",
                message="a retracted brief does not say why",
                at=Pointer(brief.file, ("status",)),
                hint="add `retraction:` with `date` and `why`; readers will see nothing else of this brief",
            )
        elif notice is not None and status != "retracted":
            yield Problem(
                code="retraction-notice",
                message=f'a notice of retraction in a brief whose status is "{status}"',
                at=Pointer(brief.file, ("retraction",), key=True),
                hint="write `status: retracted`, or remove the notice",
            )
        if notice is not None and notice.date < brief.data.date:
            yield Problem(
                code="retraction-date",
                message=f"a brief of {brief.data.date} was retracted on {notice.date}, before it was published",
                at=Pointer(brief.file, ("retraction", "date")),
                hint="correct the date of the notice or that of the brief",
            )
