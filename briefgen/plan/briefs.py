"""The river of briefs, newest first, in pages; and the older pages of an actor's or a theme's briefs."""

from collections.abc import Iterator, Sequence

from briefgen.model.page import Page
from briefgen.plan import listing, urls
from briefgen.plan.listing import Slice
from briefgen.plan.parts import Parts
from briefgen.plan.views import Briefs, Link


def pages(parts: Parts) -> Iterator[Page]:
    """The river."""
    for part in listing.slices(urls.BRIEFS, tuple(parts.site.briefs), parts.page_size):
        yield _page(parts, part, "Briefs", "briefs")


def older_pages(parts: Parts, base: str, title: str, section: str, ids: Sequence[str]) -> Iterator[Page]:
    """All but the newest page of the briefs of `title`, whose newest page stands on the page at `base` itself."""
    for part in listing.slices(base, ids, parts.page_size):
        if not part.newest:
            heading = f"{parts.isolated(title)}: older briefs, page {part.number}"
            yield _page(parts, part, heading, section, up=parts.link(title, part.here.to(base)))


def _page(parts: Parts, part: Slice, title: str, section: str, up: Link | None = None) -> Page:
    return Page(
        path=urls.path(part.here.url),
        kind="briefs",
        template="briefs.html",
        view=lambda: _view(parts, part, title, section, up),
    )


def _view(parts: Parts, part: Slice, title: str, section: str, up: Link | None = None) -> Briefs:
    here = part.here
    named = ((parts.site.briefs[id].data.title, urls.brief(id)) for id in part.ids)
    above = ((up.text, part.base),) if up else ()
    return Briefs(
        frame=parts.frame(here, title, section, linked_data=parts.linked_data.listing(here, title, named, *above)),
        briefs=tuple(parts.card(here, id) for id in part.ids),
        total=part.total,
        pager=listing.pager(part),
        up=up,
    )
