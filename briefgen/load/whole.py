"""A site with broken references → one without them, so that checks and planning can go on and find the rest."""

from collections.abc import Container, Iterable

from msgspec.structs import replace

from briefgen.model.content import Actor, Brief, Claim, Source, Theme
from briefgen.model.site import Body, Reference, Site


def whole(site: Site) -> Site:
    """The site less everything that refers to what does not exist; each such reference is a problem already."""
    known = {
        f"{id}#{claim.id}"
        for id, brief in site.briefs.items()
        for claim in brief.data.claims
        if claim.actor in site.actors
    }
    return replace(
        site,
        briefs={
            id: replace(document, data=_brief(site, known, document.data), body=_body(site, document.body))
            for id, document in site.briefs.items()
        },
        actors={
            id: replace(document, data=_actor(site, document.data), body=_body(site, document.body))
            for id, document in site.actors.items()
        },
        themes={
            id: replace(document, data=_theme(known, document.data), body=_body(site, document.body))
            for id, document in site.themes.items()
        },
        sources={id: replace(record, data=_source(site, record.data)) for id, record in site.sources.items()},
        pages={id: replace(document, body=_body(site, document.body)) for id, document in site.pages.items()},
    )


def _those(ids: Iterable[str], known: Container[str]) -> tuple[str, ...]:
    return tuple(id for id in ids if id in known)


def _brief(site: Site, known: set[str], brief: Brief) -> Brief:
    return replace(
        brief,
        actors=_those(brief.actors, site.actors),
        themes=_those(brief.themes, site.themes),
        source=brief.source and _source(site, brief.source),
        # The second of two claims with one id goes, too: an id names one claim.
        claims=tuple(
            {
                claim.id: _claim(site, known, claim) for claim in reversed(brief.claims) if claim.actor in site.actors
            }.values()
        )[::-1],
    )


def _claim(site: Site, known: set[str], claim: Claim) -> Claim:
    outcome = claim.outcome
    return replace(
        claim,
        for_=claim.for_ if claim.for_ in site.actors else None,
        theme=claim.theme if claim.theme in site.themes else None,
        confirmed_by=_those(claim.confirmed_by, site.sources),
        disputes=_those(claim.disputes, known),
        outcome=outcome and replace(outcome, evidence=_those(outcome.evidence, site.sources)),
    )


def _source(site: Site, source: Source) -> Source:
    return replace(
        source,
        cites=_those(source.cites, site.sources),
        flags=tuple(replace(flag, evidence=_those(flag.evidence, site.sources)) for flag in source.flags),
    )


def _actor(site: Site, actor: Actor) -> Actor:
    return replace(
        actor, roles=tuple(replace(role, of=role.of if role.of in site.actors else None) for role in actor.roles)
    )


def _theme(known: set[str], theme: Theme) -> Theme:
    return replace(
        theme,
        disputes=tuple(replace(dispute, claims=_those(dispute.claims, known)) for dispute in theme.disputes),
    )


def _body(site: Site, body: Body) -> Body:
    return replace(body, references=tuple(_reference(site, reference) for reference in body.references))


def _reference(site: Site, reference: Reference) -> Reference:
    """The reference, without a target if that does not exist."""
    folder, _, id = reference.target.partition("/")
    folders: dict[str, Container[str]] = {"actors": site.actors, "themes": site.themes, "sources": site.sources}
    known = folders.get(folder, ())
    return reference if reference.kind in ("link", "image") or id in known else replace(reference, target="")
