"""The card images that are made here: of the site, and of each brief where they can be drawn."""

from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urlsplit

from briefgen.model.page import Page
from briefgen.plan import words
from briefgen.plan.card_images import SITE, brief_path, drawable, drawn
from briefgen.plan.parts import Parts
from briefgen.views.formats import Card


def pages(parts: Parts) -> Iterator[Page]:
    """Yield a page for each card image."""
    images, config = parts.frames.card_images, parts.site.config
    if images.draws_site:
        host, path = urlsplit(config.base_url or "")[1:3]
        yield _page(SITE, lambda: Card(config.title, "", drawn(f"{host}{path}".rstrip("/"))))
    elif images.makes_site:
        yield _page(SITE, lambda: Card("", "", ""))
    if not images.draws:
        return
    above = drawn(config.title)
    for id in parts.site.briefs:
        if drawable(parts.summaries.brief(id).title):
            yield _page(brief_path(id), partial(_of_brief, parts, id, above))


def _of_brief(parts: Parts, id: str, above: str) -> Card:
    brief = parts.summaries.brief(id)
    return Card(brief.title, above, drawn(words.when(brief.date, parts.site.config.language).words))


def _page(path: str, view: Callable[[], Card]) -> Page:
    return Page(path=path, kind="card", template="", view=view, format="card")
