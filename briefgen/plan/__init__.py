"""Site → pages: decide every output and how its view is made. There are no templates, no disk and no clock here."""

from collections.abc import Callable, Iterable, Iterator

from briefgen.kernel.dependencies import DependencyTracker
from briefgen.kernel.messages import Messages
from briefgen.model.page import Constant, Copy, Output, Page, PlannedFile
from briefgen.model.site import Site
from briefgen.plan import (
    briefs,
    changes,
    coverage,
    data,
    disputes,
    feeds,
    home,
    matrix,
    programs,
    quotations,
    search,
    site_files,
    sources,
    subjects,
    timeline,
    urls,
)
from briefgen.plan.as_of import rewind, without_links
from briefgen.plan.digest import make_digest
from briefgen.plan.edition import make_edition
from briefgen.plan.publish_filter import Admission, filter_published, publication_state
from briefgen.plan.view_factory import SiteContext

__all__ = [
    "PAGE_KINDS",
    "Admission",
    "SiteContext",
    "filter_published",
    "make_digest",
    "make_edition",
    "plan_assets",
    "plan_outputs",
    "publication_state",
    "rewind",
    "without_links",
]

# In reading order; each yields the pages of one kind, or of a list together with what it lists.
PAGE_KINDS: tuple[Callable[[SiteContext], Iterator[Page]], ...] = (
    home.plan_home,
    briefs.plan_lists,
    briefs.plan_pages,
    briefs.plan_retracted,
    subjects.plan_actors,
    subjects.plan_themes,
    matrix.plan_matrix,
    disputes.plan_disputes,
    changes.plan_changes,
    timeline.plan_timeline,
    sources.plan_sources,
    sources.plan_publishers,
    home.plan_free_pages,
    quotations.plan_quotations,
    search.plan_page,
    coverage.plan_coverage,
    data.plan_pages,
    site_files.plan_cards,
    site_files.plan_redirects,
    feeds.plan_pages,
)


def plan_outputs(
    site: Site,
    asset_paths: Iterable[str],
    *,
    can_draw: bool = False,
    has_search: bool = False,
    dependencies: DependencyTracker | None = None,
    messages: Messages | None = None,
) -> Iterator[PlannedFile]:
    """Yield every output of a published site, pages first. A view is made when it is needed and not kept.

    `asset_paths` are the site theme's assets, relative to its folder of assets; `can_draw` is true if card images can
    be drawn, `has_search` if there is to be a search page and an index. Paths may still collide: see
    `output_checks.find_collisions`. While a view is made, the ids of the briefs whose summaries it shows are recorded
    in `dependencies`. Texts of the interface are in `messages`.
    """
    paths = sorted(asset_paths)
    context = SiteContext(
        site,
        can_draw=can_draw,
        has_search=has_search,
        dependencies=dependencies,
        assets=paths,
        messages=messages,
    )
    pages = [page for plan in PAGE_KINDS for page in plan(context)]
    yield from pages
    yield from site_files.plan_sitemap(context, pages)
    yield from programs.plan_files(context, pages)
    yield from plan_assets(site, paths)
    yield from search.plan_index(context)


def plan_assets(site: Site, asset_paths: Iterable[str]) -> Iterator[Output]:
    """Yield assets, static files, and `.nojekyll`, without which GitHub Pages leaves out some files."""
    for path in asset_paths:
        yield Copy(path=urls.ASSETS + path, file=path, asset=True)
    for static in site.statics:
        yield Copy(path=static.path, file=static.file)
    yield Constant(path=".nojekyll")
