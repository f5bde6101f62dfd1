"""The river of briefs, newest first, in pages; and the older pages of an actor's or a theme's briefs."""

from collections.abc import Iterator, Sequence

from briefgen.model.page import Page
from briefgen.plan import listing, urls
from briefgen.plan.listing import Heading, Slice
from briefgen.plan.parts import Parts
from briefgen.views.pages import Briefs


def pages(parts: Parts) -> Iterator[Page]:
    """Yield the pages of all briefs."""
    for part in listing.slices(urls.BRIEFS, tuple(parts.site.briefs), parts.page_size):
        yield _page(parts, part, listing.heading(part, "Briefs", f"briefs of {parts.site.config.title}"))


def older_pages(parts: Parts, base: str, ids: Sequence[str], name: str, about: str) -> Iterator[Page]:
    """Yield all but the newest page of the briefs of `name`, which is on the page at `base` itself.

    `about` says how they belong to it: they "mention" an actor.
    """
    section = base.partition("/")[0]
    for part in listing.slices(base, ids, parts.page_size):
        if not part.newest:
            yield _page(parts, part, listing.older(part, parts.named(name), section, "older briefs", f"briefs {about}"))


def _page(parts: Parts, part: Slice, heading: Heading) -> Page:
    return Page(
        path=urls.path(part.here.url),
        kind="briefs",
        template="briefs.html",
        view=lambda: _view(parts, part, heading),
    )


def _view(parts: Parts, part: Slice, heading: Heading) -> Briefs:
    here, title, up = part.here, heading.title, heading.up
    named = ((parts.summaries.brief(id).title, urls.brief(id)) for id in part.ids)
    above = ((up.text, part.base),) if up else ()
    linked_data = parts.linked_data.listing(here, title, named, *above)
    return Briefs(
        frame=parts.frame(here, title, heading.section, description=heading.about, linked_data=linked_data),
        briefs=tuple(parts.card(here, id) for id in part.ids),
        total=part.total,
        pager=listing.pager(part),
        up=up,
    )
