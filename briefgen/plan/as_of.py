"""The site as it stood on a day: only what is dated until then, so that editions can be compared.

What a text said before it was corrected is not known any more, and a brief that was retracted later stays retracted.
"""

from collections.abc import Container, Iterable
from datetime import date
from typing import TypeVar, get_args

from msgspec.structs import replace

from briefgen.model import dates
from briefgen.model.checks import SourceCheck
from briefgen.model.claimed import written_claims
from briefgen.model.content import (
    Actor,
    Brief,
    Claim,
    Dispute,
    Id,
    KnownLink,
    Publisher,
    Role,
    Search,
    Source,
    SourceFile,
    Theme,
)
from briefgen.model.references import Everything, Kind, Targets, Use, map_references
from briefgen.model.site import Site
from briefgen.plan.publish_filter import AllExcept, drop_references

S = TypeVar("S", bound=Source)


def rewind(site: Site, day: date) -> Site:
    """Return the site without what is of a later day: sources, claims, findings, readings, ratings, checks and so on.

    What rests on a source of a later day is itself later. Briefs of a later day are in it; for that day, the publish
    filter takes them for scheduled ones.
    """
    edition = _Edition(site, day)
    sources = {
        id: replace(record, data=edition.source(record.data))
        for id, record in site.sources.items()
        if record.brief or id not in edition.later_sources
    }
    points = tuple(point for point in site.config.key_points if not edition.is_later(point.date))
    rewound = replace(
        site,
        config=replace(site.config, key_points=points),
        briefs={id: replace(one, data=edition.brief(one.data)) for id, one in site.briefs.items()},
        sources=sources,
        actors={id: replace(one, data=edition.actor(one.data)) for id, one in site.actors.items()},
        themes={id: replace(one, data=edition.theme(one.data)) for id, one in site.themes.items()},
        publishers={id: replace(one, data=edition.publisher(one.data)) for id, one in site.publishers.items()},
        links={address: edition.link(link) for address, link in site.links.items() if not edition.is_later(link.since)},
        checks={id: check for id, check in site.checks.items() if not edition.is_later_check(check)},
    )
    claims = {one.key for one in written_claims(rewound)}
    return drop_references(rewound, claims, {f"sources/{id}" for id in site.sources if id not in sources}, _drop)


def without_links(site: Site, targets: Container[str]) -> Site:
    """Return the site without links to these targets; of each link its words stay."""
    keep: Targets = {**dict.fromkeys(get_args(Kind), Everything()), "link": AllExcept(targets, str)}
    return map_references(site, keep, _drop)


def _drop(_use: Use) -> None:
    """Drop a reference to what is later."""


class _Edition:
    """Takes out of each part of a site what is of a later day."""

    def __init__(self, site: Site, day: date) -> None:
        self._day = day
        self.later_sources = frozenset(
            id
            for id, record in site.sources.items()
            if self.is_later(site.briefs[record.brief].data.date if record.brief else record.data.published)
        )

    def is_later(self, when: str | None) -> bool:
        """Return whether a date is certainly after the day; what has no date counts as earlier."""
        return when is not None and when != dates.UNKNOWN and dates.span(when)[0] > self._day

    def _rests_on_later(self, evidence: Iterable[Id]) -> bool:
        return not self.later_sources.isdisjoint(evidence)

    def brief(self, brief: Brief) -> Brief:
        retraction = brief.retraction
        return replace(
            brief,
            source=self.source(brief.source) if brief.source else None,
            claims=self._claims(brief.claims),
            corrections=tuple(one for one in brief.corrections if not self.is_later(one.date)),
            searches=self._searches(brief.searches),
            # Of a brief that is not there yet, there is no notice either.
            status="published" if self.is_later(brief.date) and brief.status == "retracted" else brief.status,
            retraction=None if retraction and self.is_later(retraction.date) else retraction,
        )

    def source(self, source: S) -> S:
        source = replace(
            source,
            retrieved=None if self.is_later(source.retrieved) else source.retrieved,
            flags=tuple(flag for flag in source.flags if not self._rests_on_later(flag.evidence)),
        )
        return replace(source, claims=self._claims(source.claims)) if isinstance(source, SourceFile) else source

    def _claims(self, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        return tuple(
            replace(claim, finding=None)
            if claim.finding and (self.is_later(claim.finding.date) or self._rests_on_later(claim.finding.evidence))
            else claim
            for claim in claims
            if not self.is_later(claim.date)
        )

    def _searches(self, searches: tuple[Search, ...]) -> tuple[Search, ...]:
        return tuple(one for one in searches if not self.is_later(one.date))

    def actor(self, actor: Actor) -> Actor:
        return replace(actor, roles=tuple(self._role(role) for role in actor.roles if not self.is_later(role.from_)))

    def _role(self, role: Role) -> Role:
        return replace(role, until=None) if self.is_later(role.until) else role

    def theme(self, theme: Theme) -> Theme:
        disputes = tuple(self._dispute(dispute) for dispute in theme.disputes)
        return replace(theme, searches=self._searches(theme.searches), disputes=disputes)

    def _dispute(self, dispute: Dispute) -> Dispute:
        """Return a dispute as the desk read it on that day, without the evidence for a later reading; else as open."""
        dispute = replace(dispute, searches=self._searches(dispute.searches))
        is_read_later = dispute.reading is not None and self.is_later(dispute.reading.date)
        if not is_read_later and not self._rests_on_later(dispute.evidence):
            return dispute
        earlier = tuple(one for one in dispute.earlier if not self.is_later(one.date))
        dispute = replace(dispute, reading=None, state="open", evidence=(), earlier=earlier[1:])
        if not earlier:
            return dispute
        # Which side held is not on record: it may have been another one.
        sides = tuple(replace(side, holds=False) for side in dispute.sides)
        return replace(dispute, reading=earlier[0], state=earlier[0].state, sides=sides)

    def publisher(self, publisher: Publisher) -> Publisher:
        ratings = tuple(one for one in publisher.reliability if not self.is_later(one.date))
        return replace(publisher, reliability=ratings)

    def link(self, link: KnownLink) -> KnownLink:
        return replace(link, answered=None) if self.is_later(link.answered) else link

    def is_later_check(self, check: SourceCheck) -> bool:
        """Return whether anything of a source was checked later. What was known of its words before is not recorded."""
        places = (place for quote in check.quotes for place in (quote.archive, quote.page) if place)
        days = (check.retrieved, *(quote.checked for quote in check.quotes), *(place.date for place in places))
        return any(map(self.is_later, days))
