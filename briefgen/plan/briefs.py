"""The river of briefs, newest first, in pages; and the older pages of an actor's or a theme's briefs."""

from collections.abc import Iterator, Sequence

from briefgen.model.page import Page
from briefgen.plan import listing, urls
from briefgen.plan.parts import Parts
from briefgen.plan.urls import Here
from briefgen.plan.views import Briefs, Link


def pages(parts: Parts) -> Iterator[Page]:
    """The river."""
    ids = tuple(parts.site.briefs)
    for number, count, some in listing.slices(ids, parts.page_size):
        yield _page(parts, urls.BRIEFS, "Briefs", "briefs", number, count, some, len(ids))


def older_pages(parts: Parts, base: str, title: str, section: str, ids: Sequence[str]) -> Iterator[Page]:
    """All but the newest page of the list of briefs at `base`, whose newest page stands on the page of `title` itself."""
    for number, count, some in listing.slices(ids, parts.page_size):
        if number < count:
            heading = f"{title}: older briefs, page {number}"
            yield _page(parts, base, heading, section, number, count, some, len(ids), up=title)


def _page(
    parts: Parts,
    base: str,
    title: str,
    section: str,
    number: int,
    count: int,
    ids: Sequence[str],
    total: int,
    *,
    up: str = "",
) -> Page:
    here = Here(listing.address(base, number, count))
    return Page(
        path=urls.path(here.url),
        kind="briefs",
        template="briefs.html",
        view=Briefs(
            frame=parts.frame(here, title, section),
            briefs=tuple(parts.card(here, id) for id in ids),
            total=total if number == count else 0,
            pager=listing.pager(here, base, number, count),
            up=Link(up, here.to(base)) if up else None,
        ),
    )
