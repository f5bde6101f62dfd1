"""What a page's view can depend on, without making the view: equal bases of one path stand for equal views.

Only a page of a document shows a text, and only that document's. Everything else that a view holds comes from what
stands beside the texts. Most of that can matter to any page: which entries there are, their names, dates and how they
refer to each other. The words of a brief matter to those pages alone that looked the brief up when their views were
made (`plan.parts.Parts.notes`). So after a change of a title, all other views need not be made to see that they stand.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec.structs import replace

from briefgen.kernel.digest import digest
from briefgen.model.content import Brief
from briefgen.model.page import Page
from briefgen.model.site import Document, Site

_encode = msgspec.msgpack.Encoder().encode


class Bases:
    """The bases of a site's pages. Briefs are named by their place in the order of the site."""

    def __init__(self, site: Site) -> None:
        self._places = {id: place for place, id in enumerate(site.briefs)}
        briefs = [_apart(document.data) for document in site.briefs.values()]
        self._words = [digest(_encode(words)) for _, words in briefs]
        folders: tuple[Iterable[Document[Any]], ...] = (site.actors.values(), site.themes.values(), site.pages.values())
        self._facts = digest(
            _encode(
                (
                    site.config,
                    [(id, rest) for id, (rest, _) in zip(site.briefs, briefs, strict=True)],
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
        documents = (document for folder in (site.briefs.values(), *folders) for document in folder)
        self._texts = {document.file: document.body for document in documents}

    def places(self, ids: Iterable[str]) -> tuple[int, ...]:
        """Where these briefs stand."""
        return tuple(sorted(map(self._places.__getitem__, ids)))

    def of(self, page: Page, shown: Iterable[int]) -> str:
        """The basis of a page whose view shows the briefs at these places."""
        try:
            words = [self._words[place] for place in shown]
        except IndexError:
            return ""  # of another site, and no basis at all
        return digest(_encode((self._facts, self._texts.get(page.origin), words)))


def _apart(brief: Brief) -> tuple[Brief, tuple[Any, ...]]:
    """A brief without its words, and these. A new key is no word until somebody lists it here."""
    claims = tuple([replace(claim, says="", quote=None, note=None) for claim in brief.claims])
    rest = replace(brief, title="", lede=None, key_points=(), assessments=(), claims=claims)
    said = [(claim.says, claim.quote, claim.note) for claim in brief.claims]
    return rest, (brief.title, brief.lede, brief.key_points, brief.assessments, said)
