"""What the views of a site can depend on, told without making one; so whatever is equal need not be made again.

Only a page of a document shows a text, and only that document's. Everything else that a view holds comes from what
stands beside the texts. Most of that can matter to any page: which entries there are, their names, dates and how they
refer to each other. The words of a brief matter to those pages alone that looked the brief up when their views were
made (`plan.parts.Parts.notes`). So after a change of a title, all other views need not be made to see that they stand.
"""

from collections.abc import Collection, Mapping
from itertools import chain
from typing import Any

import msgspec
from msgspec import Struct

from briefgen.kernel.digest import digest
from briefgen.load.document import Parsed
from briefgen.load.prints import Prints, prints
from briefgen.model.page import Page
from briefgen.model.site import Document, Site

_encode = msgspec.msgpack.Encoder().encode


class Basis(Struct, frozen=True, array_like=True):
    """All that the views of a site can depend on."""

    facts: str = ""  # empty: nothing is known
    words: tuple[str, ...] = ()  # digests, briefs in the order of the site
    texts: dict[str, str] = {}  # digests by content file


def basis(site: Site, parsed: Mapping[str, Parsed[Any]]) -> Basis:
    """The basis of a site as readers see it; `parsed` has by file what was read."""

    def of(document: Document[Any]) -> Prints:
        # Most documents are what was read: they had nothing to resolve, and nothing to hide.
        read = parsed.get(document.file)
        return read.prints if read and read.prints and read.document is document else prints(document)

    folders = [
        [(document.id, document.file, of(document)) for document in documents]
        for documents in (site.briefs.values(), site.actors.values(), site.themes.values(), site.pages.values())
    ]
    facts = (
        site.config,
        [[(id, file, found.facts) for id, file, found in folder] for folder in folders],
        [(document.id, document.file, document.data) for document in site.publishers.values()],
        list(site.sources.values()),
        site.statics,
        list(site.retracted.items()),
        list(site.links.items()),
        list(site.marks.items()),
        [*site.redirects.items(), *site.alias_addresses.items()],
    )
    return Basis(
        digest(_encode(facts)),
        tuple([found.words for _, _, found in folders[0]]),
        {file: found.text for _, file, found in chain.from_iterable(folders)},
    )


class Comparison:
    """What of the views that were made on one basis stands on another."""

    def __init__(self, before: Basis, now: Basis) -> None:
        self._facts = bool(before.facts) and before.facts == now.facts
        pairs = zip(before.words, now.words, strict=False)
        self._reworded = frozenset(place for place, (old, new) in enumerate(pairs) if old != new)
        self._texts = frozenset(file for file, text in now.texts.items() if before.texts.get(file) != text)

    def stands(self, page: Page, shown: Collection[int]) -> bool:
        """Whether the view of a page stands that showed the briefs at these places in the order of the site."""
        return self._facts and page.origin not in self._texts and self._reworded.isdisjoint(shown)
