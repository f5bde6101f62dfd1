"""The site as it stood on a day: only what is dated until then, so that editions can be compared.

What a text said before it was corrected is not known any more, and a brief that was retracted later stays retracted.
"""

from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from briefgen.model import dates
from briefgen.model.claimed import written_claims
from briefgen.model.content import Actor, Brief, Claim, Publisher, Search, Source, SourceFile, Theme
from briefgen.model.disputes import keep_whole_disputes
from briefgen.model.references import Everything, Targets, Use, map_references
from briefgen.model.site import Site
from briefgen.plan.publish_filter import AllExcept, page_of

S = TypeVar("S", bound=Source)


def rewind(site: Site, day: date) -> Site:
    """Return the site without sources, claims, findings, readings, ratings and corrections of a later day.

    Briefs of a later day are in it; for that day, the publish filter takes them for scheduled ones.
    """
    sources = {
        id: replace(record, data=_source(record.data, day))
        for id, record in site.sources.items()
        if record.brief or not _is_later(record.data.published, day)
    }
    without_page = {f"sources/{id}" for id in site.sources if id not in sources}
    rewound = replace(
        site,
        config=replace(site.config, key_points=tuple(p for p in site.config.key_points if not _is_later(p.date, day))),
        briefs={id: replace(one, data=_brief(one.data, day)) for id, one in site.briefs.items()},
        sources=sources,
        actors={id: replace(one, data=_actor(one.data, day)) for id, one in site.actors.items()},
        themes={id: replace(one, data=_theme(one.data, day)) for id, one in site.themes.items()},
        publishers={id: replace(one, data=_publisher(one.data, day)) for id, one in site.publishers.items()},
        redirects={old: new for old, new in site.redirects.items() if new not in without_page},
        links={address: link for address, link in site.links.items() if not _is_later(link.since, day)},
    )
    claims = {one.key for one in written_claims(rewound)}
    keep: Targets = {
        "actor": Everything(),
        "theme": Everything(),
        "publisher": Everything(),
        "source": sources,
        "claim": claims,
        "link": AllExcept(without_page, page_of),
        "name": Everything(),
    }
    rewound = map_references(rewound, keep, _drop)
    return replace(
        rewound,
        themes={
            id: replace(one, data=replace(one.data, disputes=keep_whole_disputes(one.data.disputes)))
            for id, one in rewound.themes.items()
        },
    )


def _drop(_use: Use) -> None:
    """Drop a reference to what is later."""


def _is_later(when: str | None, day: date) -> bool:
    """Return whether a date is certainly after the day; what has no date counts as earlier."""
    return when is not None and when != dates.UNKNOWN and dates.span(when)[0] > day


def _brief(brief: Brief, day: date) -> Brief:
    return replace(
        brief,
        source=_source(brief.source, day) if brief.source else None,
        claims=_claims(brief.claims, day),
        corrections=tuple(one for one in brief.corrections if not _is_later(one.date, day)),
        searches=_searches(brief.searches, day),
    )


def _source(source: S, day: date) -> S:
    return replace(source, claims=_claims(source.claims, day)) if isinstance(source, SourceFile) else source


def _claims(claims: tuple[Claim, ...], day: date) -> tuple[Claim, ...]:
    return tuple(
        replace(claim, finding=None) if claim.finding and _is_later(claim.finding.date, day) else claim
        for claim in claims
        if not _is_later(claim.date, day)
    )


def _searches(searches: tuple[Search, ...], day: date) -> tuple[Search, ...]:
    return tuple(one for one in searches if not _is_later(one.date, day))


def _actor(actor: Actor, day: date) -> Actor:
    return replace(actor, roles=tuple(role for role in actor.roles if not _is_later(role.from_, day)))


def _theme(theme: Theme, day: date) -> Theme:
    """Return a theme whose disputes are open where the desk read them later."""
    return replace(
        theme,
        searches=_searches(theme.searches, day),
        disputes=tuple(
            replace(dispute, reading=None, state="open", evidence=(), searches=_searches(dispute.searches, day))
            if dispute.reading and _is_later(dispute.reading.date, day)
            else replace(dispute, searches=_searches(dispute.searches, day))
            for dispute in theme.disputes
        ),
    )


def _publisher(publisher: Publisher, day: date) -> Publisher:
    return replace(publisher, reliability=tuple(one for one in publisher.reliability if not _is_later(one.date, day)))
