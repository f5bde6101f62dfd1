"""The dates of a brief, and what retracts it."""

from collections.abc import Iterator

from briefgen.check.wording import on
from briefgen.model.dates import certainly_before
from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Site


def as_of_before_published(site: Site) -> Iterator[Problem]:
    """Find briefs whose state of knowledge certainly ends before their source was published."""
    for brief in site.briefs.values():
        source, as_of = brief.data.source, brief.data.as_of
        # Comparing the texts settles most cases without parsing a date.
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
        message = f"{subject} cannot know its source, published {on(source.published)}"
        hint = f"correct `{key}` or the source's `published`; if that is a guess, mark it: {source.published}?"
        yield Problem("as-of-before-published", message, Pointer(brief.file, (key,)), hint)


def expired_at_birth(site: Site) -> Iterator[Problem]:
    """Find briefs that expire on or before the day on which they are published."""
    for brief in site.briefs.values():
        date, expires = brief.data.date, brief.data.expires
        if expires is not None and expires <= date:
            message = f"a brief of {date} that expires on {expires} is never published"
            hint = "`expires` is the first day on which the brief is no longer shown: a day after `date`"
            yield Problem("expires-before-date", message, Pointer(brief.file, ("expires",)), hint)


def corrections_out_of_order(site: Site) -> Iterator[Problem]:
    """Find corrections dated before their brief, or before the correction above them."""
    for brief in site.briefs.values():
        latest = ""
        for number, correction in enumerate(brief.data.corrections):
            if correction.date < brief.data.date:
                message = f"a correction of {correction.date} in a brief of {brief.data.date}"
                hint = "`date` is the day of publication; what changed before that day needs no correction"
            elif correction.date < latest:
                message = f"a correction of {correction.date} comes after one of {latest}"
                hint = "the list only grows: put the newest correction last"
            else:
                latest = correction.date
                continue
            yield Problem("correction-date", message, Pointer(brief.file, ("corrections", number, "date")), hint)


def retractions_without_notice(site: Site) -> Iterator[Problem]:
    """Find retracted briefs without a notice, notices in other briefs, and notices from before the brief."""
    for brief in site.briefs.values():
        status, notice = brief.data.status, brief.data.retraction
        if status == "retracted" and notice is None:
            message = "a retracted brief does not say why"
            hint = "add `retraction:` with `date` and `why`; readers will see nothing else of this brief"
            yield Problem("retraction-notice", message, Pointer(brief.file, ("status",)), hint)
        elif notice is not None and status != "retracted":
            message = f'a notice of retraction in a brief whose status is "{status}"'
            hint = "write `status: retracted`, or remove the notice"
            yield Problem("retraction-notice", message, Pointer(brief.file, ("retraction",), key=True), hint)
        if notice is not None and notice.date < brief.data.date:
            message = f"a brief of {brief.data.date} was retracted on {notice.date}, before it was published"
            hint = "correct the date of the notice or that of the brief"
            yield Problem("retraction-date", message, Pointer(brief.file, ("retraction", "date")), hint)
