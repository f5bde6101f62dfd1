"""What a page's view can depend on, without making the view: all facts of the site, and the one text that it may show.

Only a page of a document shows a text, and only that document's. Everything else that a view holds comes from what
stands beside the texts. So while neither has changed, the view has not, and no one need make it to find out.
"""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from briefgen.kernel.digest import digest
from briefgen.model.page import Page
from briefgen.model.site import Document, Site

_encode = msgspec.msgpack.Encoder().encode


def bases(site: Site) -> Callable[[Page], str]:
    """A function from pages to their bases: equal bases of one path stand for equal views."""
    folders: tuple[Iterable[Document[Any]], ...] = (
        site.briefs.values(),
        site.actors.values(),
        site.themes.values(),
        site.pages.values(),
    )
    facts = digest(
        _encode(
            (
                site.config,
                [[(document.id, document.data) for document in documents] for documents in folders],
                [(document.id, document.file, document.data) for document in site.publishers.values()],
                list(site.sources.values()),
                site.statics,
                list(site.retracted.items()),
                list(site.links.items()),
                list(site.marks.items()),
                [*site.redirects.items(), *site.alias_addresses.items()],
            )
        )
    )
    texts = {document.file: document.body for documents in folders for document in documents}

    def basis(page: Page) -> str:
        text = texts.get(page.origin)
        return digest(_encode((facts, text)))

    return basis
