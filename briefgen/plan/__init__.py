"""Site → pages. Decides every output and builds its view; knows no template, no disk and no clock."""

from collections.abc import Callable, Iterable, Iterator

from briefgen.kernel.notes import Notes
from briefgen.model.page import Constant, Copy, Output, Page
from briefgen.model.site import Site
from briefgen.plan import (
    actors,
    brief,
    briefs,
    card_images,
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

__all__ = ["PAGE_KINDS", "Admission", "anchors", "assets", "outputs", "published", "state"]

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
    card_images.pages,
    redirects.pages,
    feeds.pages,
)


def outputs(
    site: Site, asset_paths: Iterable[str], *, draws: bool = False, notes: Notes | None = None
) -> Iterator[Output]:
    """Every output of a published site; pages first. Views are made as they are asked for and not kept.

    `asset_paths` are the site theme's assets, relative to its folder of assets; `draws` says whether card images can be
    drawn. Paths may still collide: see `paths.collisions`. The ids of the briefs whose words a view shows are noted in
    `notes` as it is made.
    """
    parts = Parts(site, draws=draws, notes=notes)
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


def anchors(site: Site, planned: Iterable[Output]) -> dict[str, frozenset[str] | None]:
    """Output path → the element ids that texts may link to; None for files whose ids are not known.

    Ids that templates make are not known to planning, so a page without a text of its own answers None.
    """
    known: dict[str, frozenset[str] | None] = {output.path: None for output in planned}
    for id, document in site.briefs.items():
        claims = (claim.id for claim in document.data.claims)
        known[urls.path(urls.brief(id))] = frozenset((*document.body.anchors, *claims))
    for id, page in site.pages.items():
        known[urls.path(urls.free_page(id))] = frozenset(page.body.anchors)
    for id, theme in site.themes.items():
        disputes = (urls.dispute_anchor(dispute.id) for dispute in theme.data.disputes)
        known[urls.path(urls.theme(id))] = frozenset((*theme.body.anchors, *disputes))
    for id, actor in site.actors.items():
        known[urls.path(urls.actor(id))] = frozenset(actor.body.anchors)
    return known
