"""Free pages (about, method …) and the page for addresses that lead nowhere."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from briefgen.model.content import FreePage
from briefgen.model.page import Page
from briefgen.model.site import Document
from briefgen.plan import urls
from briefgen.plan.parts import Parts
from briefgen.plan.urls import Here
from briefgen.views.pages import Link, NotFound, PageView


def pages(parts: Parts) -> Iterator[Page]:
    """A page for each file of `pages/` but `index`, which introduces the home page."""
    for id, document in parts.site.pages.items():
        if id != "index":
            yield _page(parts, document)


def _page(parts: Parts, document: Document[FreePage]) -> Page:
    return Page(
        path=urls.path(urls.free_page(document.id)),
        kind="page",
        template="page.html",
        origin=document.file,
        view=lambda: _view(parts, document),
    )


def _view(parts: Parts, document: Document[FreePage]) -> PageView:
    here = Here(urls.free_page(document.id))
    return PageView(
        frame=parts.frame(
            here,
            document.data.title,
            "pages",
            description=document.data.description or "",
            linked_data=parts.linked_data.free_page(document.id, document.data.title),
        ),
        body=parts.prose(here, document.body),
    )


def not_found(parts: Parts) -> Iterator[Page]:
    """404.html. A server shows it at any depth, so its addresses begin at the base address's path, not at the page."""
    yield Page(
        path=urls.path(urls.NOT_FOUND),
        kind="not_found",
        template="not_found.html",
        view=lambda: _not_found(parts),
    )


def _not_found(parts: Parts) -> NotFound:
    base = urlsplit(parts.frames.base).path + "/"
    here = Here(urls.NOT_FOUND, base=base)
    return NotFound(
        frame=parts.frame(here, "Page not found", "pages"), all_briefs=Link("All briefs", here.to(urls.BRIEFS))
    )
