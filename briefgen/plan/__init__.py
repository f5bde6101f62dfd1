"""Site → pages. Decides every output and builds its view; knows no template, no disk and no clock."""

from collections.abc import Callable, Iterable, Iterator

from briefgen.kernel.dependencies import DependencyTracker
from briefgen.model.page import Constant, Copy, Output, Page
from briefgen.model.site import Site
from briefgen.plan import (
    actors,
    brief,
    briefs,
    card_pages,
    data,
    feeds,
    free_pages,
    home,
    publishers,
    redirects,
    sitemap,
    sources,
    themes,
    urls,
)
from briefgen.plan.parts import Parts
from briefgen.plan.published import Admission, published, state

__all__ = ["PAGE_KINDS", "Admission", "assets", "outputs", "published", "state"]

# In reading order; each yields the pages of one kind, or of a list together with what it lists.
PAGE_KINDS: tuple[Callable[[Parts], Iterator[Page]], ...] = (
    home.pages,
    briefs.pages,
    brief.pages,
    brief.retracted_pages,
    actors.list_pages,
    actors.pages,
    themes.list_pages,
    themes.pages,
    sources.list_pages,
    sources.pages,
    publishers.list_pages,
    publishers.pages,
    free_pages.pages,
    free_pages.not_found,
    data.pages,
    card_pages.pages,
    redirects.pages,
    feeds.pages,
)


def outputs(
    site: Site, asset_paths: Iterable[str], *, draws: bool = False, dependencies: DependencyTracker | None = None
) -> Iterator[Output]:
    """Every output of a published site; pages first. Views are made as they are asked for and not kept.

    `asset_paths` are the site theme's assets, relative to its folder of assets; `draws` says whether card images can be
    drawn. Paths may still collide: see `paths.collisions`. While a view is made, the ids of the briefs whose
    summaries it shows are recorded in `dependencies`.
    """
    parts = Parts(site, draws=draws, dependencies=dependencies)
    planned = [page for pages in PAGE_KINDS for page in pages(parts)]
    yield from planned
    yield from sitemap.pages(parts, planned)
    yield from assets(site, asset_paths)


def assets(site: Site, asset_paths: Iterable[str]) -> Iterator[Output]:
    """What is not a page: assets, static files, and `.nojekyll`, without which GitHub Pages drops some files."""
    for path in sorted(asset_paths):
        yield Copy(path=urls.ASSETS + path, file=path, asset=True)
    for static in site.statics:
        yield Copy(path=static.path, file=static.file)
    yield Constant(path=".nojekyll")
