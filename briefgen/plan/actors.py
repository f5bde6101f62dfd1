"""The list of actors and one page for each: its latest position on every theme, and who reports it."""

from collections.abc import Iterator

from briefgen.kernel.sentences import with_stop
from briefgen.model.page import Page
from briefgen.model.vocabulary import ACTOR_KINDS
from briefgen.plan import briefs, citation, claims, listing, urls
from briefgen.plan.index import ClaimEntry
from briefgen.plan.parts import Parts
from briefgen.plan.urls import Here
from briefgen.views.pages import ActorGroup, Actors, ActorView, ClaimLink, Link

QUOTES_SHOWN = 12
CONTRADICTIONS_SHOWN = 12


def list_pages(parts: Parts) -> Iterator[Page]:
    """All actors by kind, those who speak most first."""
    yield Page(
        path=urls.path(urls.ACTORS),
        kind="actors",
        template="actors.html",
        view=lambda: _list(parts),
    )


def _list(parts: Parts) -> Actors:
    here = Here(urls.ACTORS)
    actors = parts.site.actors
    groups = [
        (heading, [id for id in parts.actors_by_voice if actors[id].data.kind == kind])
        for kind, heading in ACTOR_KINDS.items()
    ]
    named = ((actors[id].data.name, urls.actor(id)) for _, ids in groups for id in ids)
    return Actors(
        frame=parts.frame(
            here,
            "Actors",
            "actors",
            description=with_stop(f"Who speaks and who is spoken of in {parts.site.config.title}"),
            linked_data=parts.linked_data.listing(here, "Actors", named),
        ),
        groups=tuple(
            ActorGroup(heading, tuple(parts.actor_row(here, id) for id in ids)) for heading, ids in groups if ids
        ),
        total=len(parts.site.actors),
    )


def pages(parts: Parts) -> Iterator[Page]:
    """A page for each actor, and the older pages of its briefs."""
    for id in parts.site.actors:
        yield _page(parts, id)
        name = parts.site.actors[id].data.name
        yield from briefs.older_pages(parts, urls.actor(id), parts.index.actor_briefs[id], name, "that mention")


def _page(parts: Parts, id: str) -> Page:
    document = parts.site.actors[id]
    return Page(
        path=urls.path(urls.actor(id)),
        kind="actor",
        template="actor.html",
        origin=document.file,
        view=lambda: _view(parts, id),
    )


def _view(parts: Parts, id: str) -> ActorView:
    here = Here(urls.actor(id))
    document = parts.site.actors[id]
    actor = document.data
    spoken = parts.index.by_actor[id]
    mentions = parts.index.actor_briefs[id]
    part = listing.first(urls.actor(id), mentions, parts.page_size)
    quoted = [entry for entry in spoken if parts.summaries.claim(entry.brief.id, entry.claim.id).quote]
    return ActorView(
        frame=parts.frame(
            here,
            actor.name,
            "actors",
            description=f"What {parts.isolated(actor.name)} says, by theme, and who reports it.",
            linked_data=parts.linked_data.actor(id),
        ),
        name=actor.name,
        kind=actor.kind,
        aliases=actor.aliases,
        roles=parts.roles(here, id),
        wikidata=f"https://www.wikidata.org/wiki/{actor.wikidata}" if actor.wikidata else "",
        body=parts.prose(here, document.body),
        positions=claims.positions(parts, here, spoken),
        spoken_for=claims.positions(
            parts, here, [entry for entry in parts.index.on_behalf[id] if entry.claim.actor != id]
        ),
        quotes=tuple(claims.claim(parts, here, entry) for entry in quoted[:QUOTES_SHOWN]),
        contradicted_by=_contradicted_by(parts, here, spoken),
        reported_by=_reported_by(parts, here, spoken),
        mentions=tuple(parts.card(here, brief) for brief in part.ids),
        total=len(mentions),
        pager=listing.pager(part),
        citation=citation.of_page(parts, here, actor.name),
    )


def _contradicted_by(parts: Parts, here: Here, spoken: list[ClaimEntry]) -> tuple[ClaimLink, ...]:
    """Others' claims that contradict this actor's."""
    index = parts.index
    others = dict.fromkeys(key for entry in spoken for key in index.contradictions.get(entry.key, ()))
    own = {entry.key for entry in spoken}
    found = [index.claims[key] for key in others if key not in own]
    return tuple(claims.claim_link(parts, here, entry) for entry in found[:CONTRADICTIONS_SHOWN])


def _reported_by(parts: Parts, here: Here, spoken: list[ClaimEntry]) -> tuple[tuple[Link, int], ...]:
    """Publishers of the sources that this actor's claims come from, most claims first."""
    counts: dict[str | None, int] = {}
    for entry in spoken:
        if entry.source_id:
            publisher = parts.site.sources[entry.source_id].publisher
            counts[publisher] = counts.get(publisher, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0] or ""))
    return tuple((parts.publisher(here, publisher), count) for publisher, count in ranked)
