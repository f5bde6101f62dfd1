"""The list of themes and one page for each: its question, and who stands where."""

from collections.abc import Iterator

from briefgen.kernel.sentences import with_stop
from briefgen.model.page import Page
from briefgen.model.vocabulary import SOURCE_KINDS, STANCES
from briefgen.plan import briefs, citation, claims, listing, urls
from briefgen.plan.parts import Parts
from briefgen.plan.urls import Here
from briefgen.views.pages import SourceGroup, StanceGroup, Themes, ThemeView

SOURCES_SHOWN = 50


def list_pages(parts: Parts) -> Iterator[Page]:
    """All themes with their questions."""
    yield Page(
        path=urls.path(urls.THEMES),
        kind="themes",
        template="themes.html",
        view=lambda: _list(parts),
    )


def _list(parts: Parts) -> Themes:
    here = Here(urls.THEMES)
    named = ((parts.site.themes[id].data.name, urls.theme(id)) for id in parts.themes_in_order)
    return Themes(
        frame=parts.frame(
            here,
            "Themes",
            "themes",
            description=with_stop(f"The themes and questions of {parts.site.config.title}"),
            linked_data=parts.linked_data.listing(here, "Themes", named),
        ),
        themes=tuple(parts.theme_card(here, id) for id in parts.themes_in_order),
    )


def pages(parts: Parts) -> Iterator[Page]:
    """A page for each theme, and the older pages of its briefs."""
    for id in parts.site.themes:
        yield _page(parts, id)
        name = parts.site.themes[id].data.name
        yield from briefs.older_pages(parts, urls.theme(id), parts.index.theme_briefs[id], name, "on")


def _page(parts: Parts, id: str) -> Page:
    document = parts.site.themes[id]
    return Page(
        path=urls.path(urls.theme(id)),
        kind="theme",
        template="theme.html",
        origin=document.file,
        view=lambda: _view(parts, id),
    )


def _view(parts: Parts, id: str) -> ThemeView:
    here = Here(urls.theme(id))
    document = parts.site.themes[id]
    theme = document.data
    said = parts.index.by_theme[id]
    mentions = parts.index.theme_briefs[id]
    part = listing.first(urls.theme(id), mentions, parts.page_size)
    positions = claims.positions(parts, here, said, by_actor=True)
    groups = (
        StanceGroup(stance, word, tuple(position for position in positions if position.latest.stance == stance))
        for stance, word in STANCES.items()
    )
    return ThemeView(
        frame=parts.frame(
            here,
            theme.name,
            "themes",
            description=theme.question or with_stop(f"Who claims what on {theme.name}"),
            linked_data=parts.linked_data.theme(id),
        ),
        name=theme.name,
        question=theme.question or "",
        body=parts.prose(here, document.body),
        stances=tuple(group for group in groups if group.positions),
        disputes=claims.disputes(parts, here, id),
        actors=tuple(parts.actor(here, actor) for actor in dict.fromkeys(entry.claim.actor for entry in said)),
        sources=_sources(parts, here, mentions),
        briefs=tuple(parts.card(here, brief) for brief in part.ids),
        total=len(mentions),
        latest=parts.when(said[0].date) if said else None,
        pager=listing.pager(part),
        citation=citation.of_page(parts, here, theme.name),
    )


def _sources(parts: Parts, here: Here, mentions: list[str]) -> tuple[SourceGroup, ...]:
    """The sources of the newest briefs on a theme, by kind."""
    briefs_of_theme = (parts.site.briefs[id] for id in mentions[:SOURCES_SHOWN])
    sources = [
        (brief.data.source.kind, brief.data.source.id or brief.id) for brief in briefs_of_theme if brief.data.source
    ]
    groups = (
        SourceGroup(word, tuple(parts.source_link(here, id) for of_kind, id in sources if of_kind == kind))
        for kind, word in SOURCE_KINDS.items()
    )
    return tuple(group for group in groups if group.sources)
