"""The list of corrections only grows at its end, and only after publication."""

from collections.abc import Iterator

from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Site


def corrections_out_of_order(site: Site) -> Iterator[Problem]:
    """Corrections dated before their brief, or before the correction above them."""
    for brief in site.briefs.values():
        latest = ""
        for number, correction in enumerate(brief.data.corrections):
            if correction.date < brief.data.date:
                message = f"a correction of {correction.date} in a brief of {brief.data.date}"
                hint = "`date` is the day of publication; what changed before that day needs no correction"
            elif correction.date < latest:
                message = f"a correction of {correction.date} stands after one of {latest}"
                hint = "the list only grows: the newest correction stands last"
            else:
                latest = correction.date
                continue
            yield Problem(
                code="correction-date",
                message=message,
                at=Pointer(brief.file, ("corrections", number, "date")),
                hint=hint,
            )
