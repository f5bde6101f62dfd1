"""The list of themes and one page for each: its question, and who takes which position on it."""

from collections.abc import Iterator
from functools import partial

from briefgen.kernel.sentences import with_stop
from briefgen.model.page import Page
from briefgen.model.vocabulary import SOURCE_KINDS, STANCES
from briefgen.plan import briefs, listing, urls
from briefgen.plan.citation import cite_page
from briefgen.plan.claims import make_disputes, make_positions
from briefgen.plan.frame import make_frame, make_list_frame
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.pages import SourceGroup, StanceGroup, Themes, ThemeView

SOURCES_SHOWN = 50


def plan_pages(context: SiteContext) -> Iterator[Page]:
    """Yield the list of themes, then a page for each, and the older pages of its briefs."""
    yield context.page(urls.THEMES, "themes", _themes)
    for id, document in context.site.themes.items():
        url, ids = urls.theme(id), context.index.theme_briefs[id]
        yield context.page(url, "theme", partial(_theme, id=id), origin=document.file)
        yield from briefs.plan_older(context, url, ids, document.data.name, "on")


def _themes(views: ViewFactory) -> Themes:
    ids = views.index.themes_in_order
    names = ((views.site.themes[id].data.name, urls.theme(id)) for id in ids)
    about = with_stop(f"The themes and questions of {views.config.title}")
    return Themes(make_list_frame(views, "Themes", "themes", about, names), tuple(map(views.theme_card, ids)))


def _theme(views: ViewFactory, id: str) -> ThemeView:
    document = views.site.themes[id]
    theme = document.data
    entries, ids = views.index.by_theme[id], views.index.theme_briefs[id]
    part = listing.first_page(views.location.url, ids, views.config.page_size)
    positions = make_positions(views, entries, by_actor=True)
    groups = (
        StanceGroup(stance, label, tuple(position for position in positions if position.latest.stance == stance))
        for stance, label in STANCES.items()
    )
    about = theme.question or with_stop(f"Who claims what on {theme.name}")
    return ThemeView(
        frame=make_frame(views, theme.name, "themes", description=about, linked_data=views.linked_data.theme(id)),
        name=theme.name,
        question=theme.question or "",
        body=views.prose(document.body),
        stances=tuple(group for group in groups if group.positions),
        disputes=make_disputes(views, id),
        actors=tuple(map(views.actor, dict.fromkeys(entry.claim.actor for entry in entries))),
        sources=_sources(views, ids),
        briefs=tuple(map(views.card, part.ids)),
        total=len(ids),
        latest=views.date(entries[0].date) if entries else None,
        pager=listing.make_pager(part),
        citation=cite_page(views, theme.name),
    )


def _sources(views: ViewFactory, ids: list[str]) -> tuple[SourceGroup, ...]:
    """Return the sources of the newest briefs on a theme, by kind."""
    found = ((id, views.site.briefs[id].data.source) for id in ids[:SOURCES_SHOWN])
    sources = [(source.kind, source.id or id) for id, source in found if source]
    groups = (
        SourceGroup(label, views.source_links([id for of_kind, id in sources if of_kind == kind]))
        for kind, label in SOURCE_KINDS.items()
    )
    return tuple(group for group in groups if group.sources)
