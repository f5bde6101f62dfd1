"""The edition: the whole briefing as one document, made of the views of its pages."""

from collections.abc import Callable, Iterator
from typing import Any

from briefgen.kernel.languages import direction
from briefgen.model.page import Page
from briefgen.plan import briefs, disputes, formatting, home, sources, subjects
from briefgen.plan.view_factory import SiteContext
from briefgen.views.edition import Edition


def make_edition(context: SiteContext) -> Edition:
    """Return the edition of a published site. The addresses of pages in it begin with the `root` of the context."""
    front = _views(context, home.plan_home, "home")[0][1]
    return Edition(
        site_title=context.config.title,
        description=context.config.description or "",
        publisher=context.config.publisher or "",
        address=context.base,
        language=context.config.language,
        direction=direction(context.config.language),
        as_of=context.as_of,
        introduction=front.introduction,
        key_points=front.key_points,
        themes=tuple(_views(context, subjects.plan_themes, "theme")),
        disputes=tuple(_views(context, disputes.plan_disputes, "dispute")),
        briefs=tuple(_views(context, briefs.plan_pages, "brief")),
        sources=tuple(page.source for _, page in _views(context, sources.plan_sources, "source")),
        reliability_scale=formatting.reliability_scale(context.messages),
        credibility_scale=formatting.credibility_scale(context.messages),
    )


def _views(context: SiteContext, plan: Callable[[SiteContext], Iterator[Page]], kind: str) -> list[tuple[str, Any]]:
    """Return the views of the pages of a kind, with their addresses."""
    pages = (page for page in plan(context) if page.kind == kind)
    return [(context.root + page.path.removesuffix("index.html"), page.view()) for page in pages]
