"""The home page: what this is, what is contested, how far to trust each source, and what is new."""

from collections.abc import Iterator

from briefgen.model.page import Page
from briefgen.plan import claims, urls, words
from briefgen.plan.parts import Parts
from briefgen.plan.urls import Here
from briefgen.views.pages import Home, Link

BRIEFS_SHOWN = 10
DISPUTES_SHOWN = 4
ACTORS_SHOWN = 12


def pages(parts: Parts) -> Iterator[Page]:
    """The home page; `pages/index.md` introduces it."""
    introduction = parts.site.pages.get("index")
    yield Page(
        path=urls.path(urls.HOME),
        kind="home",
        template="home.html",
        origin=introduction.file if introduction else "",
        view=lambda: _view(parts),
    )


def _view(parts: Parts) -> Home:
    here = Here(urls.HOME)
    site = parts.site
    introduction = site.pages.get("index")
    latest = [parts.card(here, id) for id in list(site.briefs)[:BRIEFS_SHOWN]]
    disputes = [dispute for id in parts.themes_in_order for dispute in claims.disputes(parts, here, id)]
    disputes.sort(key=lambda dispute: dispute.state != "open")
    speakers = [id for id in parts.actors_by_voice if parts.index.actor_briefs[id]]
    return Home(
        frame=parts.frame(
            here,
            site.config.title,
            "home",
            description=site.config.description or "",
            linked_data=parts.linked_data.home(),
        ),
        introduction=parts.prose(here, introduction.body) if introduction else None,
        key_points=site.config.key_points,
        disputes=tuple(disputes[:DISPUTES_SHOWN]),
        questions=tuple(parts.link(dispute.question, dispute.url) for dispute in disputes[DISPUTES_SHOWN:]),
        sources=tuple(card for card in latest if card.source),
        briefs=tuple(latest),
        themes=tuple(parts.theme_card(here, id) for id in parts.themes_in_order),
        actors=tuple(parts.actor_row(here, id) for id in speakers[:ACTORS_SHOWN]),
        all_briefs=Link(f"All briefs ({len(site.briefs)})", here.to(urls.BRIEFS)),
        all_actors=Link(f"All actors ({len(site.actors)})", here.to(urls.ACTORS)),
        all_themes=Link(f"All themes ({len(site.themes)})", here.to(urls.THEMES)),
        all_sources=Link(f"All sources ({len(site.sources)})", here.to(urls.SOURCES)),
        reliability_scale=words.RELIABILITY_SCALE,
        credibility_scale=words.CREDIBILITY_SCALE,
    )
