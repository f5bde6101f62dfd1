"""What has happened has a date that is past: sources are published, read and reported in this order, up to today."""

from collections.abc import Iterator
from datetime import date, timedelta

from briefgen.check.places import Keys, source_keys
from briefgen.check.wording import on
from briefgen.model.dates import certainly_before
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.site import Site


def retrieved_before_published(site: Site) -> Iterator[Problem]:
    """Yield a problem for each source that was certainly read before it was published."""
    for source in site.sources.values():
        retrieved, published = source.data.retrieved, source.data.published
        if retrieved is not None and certainly_before(retrieved, published):
            yield Problem(
                code="retrieved-before-published",
                message=f"retrieved {on(retrieved)}, before it was published {on(published)}",
                at=Pointer(source.file, (*source_keys(source), "retrieved")),
                hint="correct `retrieved` or `published`",
                severity=Severity.WARNING,
            )


def future_dates(site: Site, day: date) -> Iterator[Problem]:
    """Yield a problem for each date of something past that is certainly after the build day."""
    # The build day is that of UTC; elsewhere it may be the day after.
    latest = min(day, date.max - timedelta(1)) + timedelta(1)
    for file, keys, written in _past(site):
        if certainly_before(latest.isoformat(), written):
            yield Problem(
                code="future-date",
                message=f"`{keys[-1]}` is {written}, after the day of this build",
                at=Pointer(file, keys),
                hint="write the date on which it happened, or `unknown`",
                severity=Severity.WARNING,
            )


def _past(site: Site) -> Iterator[tuple[str, Keys, str]]:
    for source in site.sources.values():
        yield source.file, (*source_keys(source), "published"), source.data.published
        if source.data.retrieved is not None:
            yield source.file, (*source_keys(source), "retrieved"), source.data.retrieved
    for brief in site.briefs.values():
        for number, claim in enumerate(brief.data.claims):
            if claim.date is not None:
                yield brief.file, ("claims", number, "date"), claim.date
            if claim.outcome is not None and claim.outcome.date is not None:
                yield brief.file, ("claims", number, "outcome", "date"), claim.outcome.date
