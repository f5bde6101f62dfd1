"""A site with broken references → one without them, so that planning can go on and find the other problems."""

from msgspec.structs import replace

from briefgen.model.references import Everything, Targets, map_references
from briefgen.model.site import Site


def drop_broken_references(site: Site) -> Site:
    """Return the site without references to what does not exist; each of them is a problem already."""
    claims = {
        f"{id}#{claim.id}"
        for id, brief in site.briefs.items()
        for claim in brief.data.claims
        if claim.actor in site.actors
    }
    keep: Targets = {
        "actor": site.actors,
        "theme": site.themes,
        "source": site.sources,
        "claim": claims,
        "link": Everything(),
        "name": (),
    }
    return _with_unique_claims(map_references(site, keep, lambda _: None))


def _with_unique_claims(site: Site) -> Site:
    """Keep the first of several claims of a brief with one id, because an id names one claim."""
    briefs = dict(site.briefs)
    for id, document in briefs.items():
        claims = document.data.claims
        unique = tuple({claim.id: claim for claim in reversed(claims)}.values())[::-1]
        if len(unique) < len(claims):
            briefs[id] = replace(document, data=replace(document.data, claims=unique))
    return replace(site, briefs=briefs)
