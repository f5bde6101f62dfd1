"""The lists of actors and of themes, and one page for each.

An actor's page shows its latest position on every theme, and who reports it; a theme's page shows its question, and who
takes which position on it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice

from briefgen.kernel.messages import N_
from briefgen.kernel.sentences import with_stop
from briefgen.model.content import Dispute
from briefgen.model.page import Page
from briefgen.model.vocabulary import ACTOR_KINDS, SOURCE_KINDS
from briefgen.plan import briefs, listing, urls
from briefgen.plan.citation import cite_page
from briefgen.plan.claims import group_positions, make_claim, make_line, make_position
from briefgen.plan.disputes import make_dispute_cards
from briefgen.plan.frame import make_frame, make_list_frame
from briefgen.plan.listing import OlderTexts
from briefgen.plan.mentions import find_sentences
from briefgen.plan.positions import ClaimEntry
from briefgen.plan.timeline import make_claim_chart
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.cards import ActorGroup
from briefgen.views.claims import ClaimLine
from briefgen.views.pages import Actors, ActorView, Themes, ThemeView
from briefgen.views.parts import Link
from briefgen.views.positions import PositionView
from briefgen.views.sources import SourceGroup

CONTRADICTIONS_SHOWN = 12
SOURCES_SHOWN = 50
CLAIMS_SHOWN = 20
_BRIEFS_OF_ACTOR = OlderTexts(
    N_("{name}: older briefs, page {number}"), N_("Older briefs that mention {name}, page {number}.")
)
_BRIEFS_ON_THEME = OlderTexts(N_("{name}: older briefs, page {number}"), N_("Older briefs on {name}, page {number}."))
# Above those of a kind that have no office of another actor, where others of the kind have one.
_OTHERS: dict[str, str] = {
    "person": N_("Other people"),
    "state": N_("Other states"),
    "organisation": N_("Other organisations"),
    "group": N_("Other groups and unnamed voices"),
    "author": N_("Other unnamed authors of texts"),
}


def plan_actors(context: SiteContext) -> Iterator[Page]:
    """Yield the list of actors, then a page for each, and the older pages of its briefs."""
    yield context.page(urls.ACTORS, "actors", _actors)
    for id, document in context.site.actors.items():
        url, mentions = urls.actor(id), context.index.actor_briefs[id]
        yield context.page(url, "actor", partial(_actor, id=id), origin=document.file)
        yield from briefs.plan_older(context, url, mentions, document.data.name, _BRIEFS_OF_ACTOR)


def _actors(views: ViewFactory) -> Actors:
    actors, groups = views.site.actors, _by_side(views)
    names = ((actors[id].data.name, urls.actor(id)) for _, ids in groups for id in ids)
    about = with_stop(views.gettext("Who speaks and who is spoken of in {site}").format(site=views.config.title))
    return Actors(
        frame=make_list_frame(views, views.gettext("Actors"), "actors", about, names),
        groups=tuple(ActorGroup(heading, tuple(map(views.actor_row, ids))) for heading, ids in groups),
        total=len(actors),
    )


def _by_side(views: ViewFactory) -> list[tuple[str, list[str]]]:
    """Return (heading, ids) of all actors: those with an office of an actor beside it, the rest by kind.

    In each group, and of the first groups too, those with most claims are first.
    """
    actors, by_actor, ids = views.site.actors, views.index.by_actor, views.index.actors_by_claims
    sides: dict[str, list[str]] = {}
    for id in ids:
        roles = sorted(actors[id].data.roles, key=lambda role: (role.until is None, role.from_ or ""))
        side = next((role.of for role in reversed(roles) if role.of), None)
        if side:
            sides.setdefault(side, []).append(id)
    members = {id for side in sides.values() for id in side} | sides.keys()
    groups = [
        (actors[side].data.name, [side, *(id for id in sides[side] if id not in sides)])
        for side in sorted(sides, key=lambda side: -sum(len(by_actor[id]) for id in (side, *sides[side])))
    ]
    for kind, heading in ACTOR_KINDS.items():
        of_kind = [id for id in ids if actors[id].data.kind == kind]
        rest = [id for id in of_kind if id not in members]
        if rest:
            groups.append((views.gettext(heading if len(rest) == len(of_kind) else _OTHERS[kind]), rest))
    return groups


def _actor(views: ViewFactory, id: str) -> ActorView:
    document = views.site.actors[id]
    actor = document.data
    spoken, claims, mentions = views.index.by_actor[id], views.index.claims_of(id), views.index.actor_briefs[id]
    part = listing.first_page(views.location.url, mentions, views.config.page_size)
    previous, next = views.index.actor_neighbours[id]
    in_text = actor.in_text or actor.name
    about = views.gettext("What {name} says, by theme, and who reports it.").format(name=views.isolate(in_text))
    return ActorView(
        frame=make_frame(views, actor.name, "actors", description=about, linked_data=views.linked_data.actor(id)),
        name=actor.name,
        in_text=in_text,
        kind=actor.kind,
        kind_words=views.pgettext("actor", actor.kind),
        aliases=actor.aliases,
        roles=views.roles(id),
        wikidata=f"https://www.wikidata.org/wiki/{actor.wikidata}" if actor.wikidata else "",
        statements=len(spoken),
        on_behalf=len(claims) - len(spoken),
        latest=views.date(claims[0].date) if claims else None,
        body=views.prose(document.body),
        positions=_positions(views, id),
        contradicted=_contradicted(views, spoken),
        disputes=make_dispute_cards(views, _disputes(views, claims)),
        chart=make_claim_chart(views, claims),
        reported_by=_reported_by(views, spoken),
        mentions=tuple(map(views.card, part.ids)),
        sentences=find_sentences(views, part.ids, f"actors/{id}"),
        total=len(mentions),
        pager=listing.make_pager(part, views.messages),
        citation=cite_page(views, actor.name),
        previous=views.actor(previous) if previous else None,
        next=views.actor(next) if next else None,
    )


def _positions(views: ViewFactory, id: str) -> tuple[PositionView, ...]:
    """Return what an actor says and what is said on its behalf, by theme, the newest theme first."""
    index = views.index
    by_theme: dict[str | None, list[ClaimEntry]] = {}
    for entry in index.claims_of(id):
        by_theme.setdefault(entry.claim.theme, []).append(entry)
    return tuple(
        make_position(views, theme, entries, index.positions[theme].get(id) if theme else None, id)
        for theme, entries in by_theme.items()
    )


def _contradicted(views: ViewFactory, spoken: list[ClaimEntry]) -> tuple[tuple[ClaimLine, ClaimLine], ...]:
    """Return this actor's claims that others' contradict, each with the other one."""
    index = views.index
    own = {entry.key for entry in spoken}
    found = (
        (make_line(views, entry, has_source=True), make_line(views, index.claims[key], has_source=True))
        for entry in spoken
        for key in index.relations.get(entry.key, {}).get("contradicts", ())
        if key not in own
    )
    return tuple(islice(found, CONTRADICTIONS_SHOWN))


def _disputes(views: ViewFactory, spoken: list[ClaimEntry]) -> Iterable[tuple[str, Dispute]]:
    """Return the disputes that these claims are part of, each once."""
    found = (each for entry in spoken for each in views.index.disputes.get(entry.key, ()))
    return {dispute.id: (theme, dispute) for theme, dispute in found}.values()


def _reported_by(views: ViewFactory, spoken: list[ClaimEntry]) -> tuple[tuple[Link, int], ...]:
    """Return the publishers of the sources that this actor's claims come from, most claims first."""
    counts = Counter(views.site.sources[entry.source_id].publisher for entry in spoken if entry.source_id)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0] or ""))
    return tuple((views.publisher(publisher), count) for publisher, count in ranked)


def plan_themes(context: SiteContext) -> Iterator[Page]:
    """Yield the list of themes, then a page for each, and the older pages of its briefs."""
    yield context.page(urls.THEMES, "themes", _themes)
    for id, document in context.site.themes.items():
        url, ids = urls.theme(id), context.index.theme_briefs[id]
        yield context.page(url, "theme", partial(_theme, id=id), origin=document.file)
        yield from briefs.plan_older(context, url, ids, document.data.name, _BRIEFS_ON_THEME)


def _themes(views: ViewFactory) -> Themes:
    ids = views.index.themes_in_order
    names = ((views.site.themes[id].data.name, urls.theme(id)) for id in ids)
    about = with_stop(views.gettext("The themes and questions of {site}").format(site=views.config.title))
    frame = make_list_frame(views, views.gettext("Themes"), "themes", about, names)
    return Themes(frame, tuple(map(views.theme_card, ids)))


def _theme(views: ViewFactory, id: str) -> ThemeView:
    document = views.site.themes[id]
    theme = document.data
    entries, ids = views.index.by_theme[id], views.index.theme_briefs[id]
    part = listing.first_page(views.location.url, ids, views.config.page_size)
    voices, unclear = _voices(views, entries), views.index.unclear(id)
    previous, next = views.index.theme_neighbours[id]
    about = theme.question or with_stop(views.gettext("Who claims what on {theme}").format(theme=theme.name))
    return ThemeView(
        frame=make_frame(views, theme.name, "themes", description=about, linked_data=views.linked_data.theme(id)),
        name=theme.name,
        question=theme.question or "",
        body=views.prose(document.body),
        given=tuple(views.answers_given(id)),
        answers=group_positions(views, id),
        voices=tuple(make_claim(views, entry) for entry in voices[:CLAIMS_SHOWN]),
        unclear=tuple(make_claim(views, entry) for entry in unclear[:CLAIMS_SHOWN]),
        more=max(0, len(voices) - CLAIMS_SHOWN) + max(0, len(unclear) - CLAIMS_SHOWN),
        unit=theme.unit or "",
        chart=make_claim_chart(views, entries),
        disputes=make_dispute_cards(views, ((id, dispute) for dispute in theme.disputes)),
        searches=views.searches(theme.searches),
        actors=tuple(map(views.actor, _speakers(views, entries))),
        sources=_theme_sources(views, ids, entries),
        briefs=tuple(map(views.card, part.ids)),
        sentences=find_sentences(views, part.ids, f"themes/{id}"),
        total=len(ids),
        latest=views.date(entries[0].date) if entries else None,
        pager=listing.make_pager(part, views.messages),
        citation=cite_page(views, theme.name),
        previous=views.theme(previous) if previous else None,
        next=views.theme(next) if next else None,
    )


def _speakers(views: ViewFactory, entries: Iterable[ClaimEntry]) -> dict[str, None]:
    """Return the actors that make these claims, without the unnamed authors of texts."""
    actors = dict.fromkeys(entry.claim.actor for entry in entries if entry.claim.actor)
    return {id: None for id in actors if views.site.actors[id].data.kind != "author"}


def _voices(views: ViewFactory, entries: list[ClaimEntry]) -> list[ClaimEntry]:
    """Return the claims that are made in a text's own voice."""
    actors = views.site.actors
    return [entry for entry in entries if not entry.claim.actor or actors[entry.claim.actor].data.kind == "author"]


def _theme_sources(views: ViewFactory, ids: list[str], entries: list[ClaimEntry]) -> tuple[SourceGroup, ...]:
    """Return the sources of the newest briefs on a theme, and those that carry claims on it, by kind."""
    found = ((id, views.site.briefs[id].data.source) for id in ids[:SOURCES_SHOWN])
    own = [entry.source_id for entry in entries if entry.source_id and not entry.brief][:SOURCES_SHOWN]
    records = dict.fromkeys((*(source.id or id for id, source in found if source), *own))
    sources = [(views.site.sources[id].data.kind, id) for id in records]
    groups = (
        SourceGroup(views.gettext(label), views.source_links([id for of_kind, id in sources if of_kind == kind]))
        for kind, label in SOURCE_KINDS.items()
    )
    return tuple(group for group in groups if group.sources)
