"""Where the texts of briefs name an actor, a theme, a source or another brief: the sentence that has the link."""

import re
from collections.abc import Iterable

from briefgen.model.content import Actor, Theme
from briefgen.model.site import Document
from briefgen.model.texts import Reference
from briefgen.plan.view_factory import ViewFactory
from briefgen.views.parts import Mention

MENTIONS_SHOWN = 12

_PLACE = re.compile(r"(\s*)\0(\d+)\0")


def make_mentions(views: ViewFactory, page: str) -> tuple[Mention, ...]:
    """Return where briefs name a source or another brief, `sources/x`, the newest first."""
    briefs = views.index.mentions.get(page, ())[:MENTIONS_SHOWN]
    site = views.site
    return tuple(
        [
            Mention(views.brief(id), views.date(site.briefs[id].data.date), find_sentence(views, id, page))
            for id in briefs
        ]
    )


def find_sentences(views: ViewFactory, briefs: Iterable[str], page: str) -> tuple[str, ...]:
    """Return for each brief the sentence in which its text names a page; empty where it does not."""
    return tuple([find_sentence(views, id, page) for id in briefs])


def find_sentence(views: ViewFactory, brief: str, page: str) -> str:
    """Return the first sentence in which the text of a brief names a page, as plain text; empty if it does not."""
    found = views.summaries.mention(brief, page)
    if found is None:
        return ""
    first, references = found

    def words(match: re.Match[str]) -> str:
        text = _words(views, references[int(match[2])])
        return match[1] + text if text else ""

    return _PLACE.sub(words, first.sentence).strip()


def _words(views: ViewFactory, reference: Reference) -> str:
    """Return the words of a link to an actor or theme, or those quoted from a source, else nothing."""
    if reference.kind == "cite":
        return views.gettext("“{quote}”").format(quote=views.isolate(reference.quote)) if reference.quote else ""
    folder, _, id = reference.target.partition("/")
    documents: dict[str, Document[Actor]] | dict[str, Document[Theme]]
    documents = views.site.actors if folder == "actors" else views.site.themes
    return views.isolate(reference.label or (documents[id].data.name if id in documents else reference.target))
