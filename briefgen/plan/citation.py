"""How to cite what a page is about: in words, and where programs find it."""

from functools import lru_cache

from briefgen.kernel.sentences import with_stop
from briefgen.model.dates import UNKNOWN
from briefgen.model.site import SourceRecord
from briefgen.plan import urls, words
from briefgen.plan.parts import Parts
from briefgen.plan.urls import DATA, Here
from briefgen.views.pages import Citation, Link

_FORMATS = (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "csl.json"))


def of_brief(parts: Parts, here: Here, id: str) -> Citation:
    """Return how to cite a brief as a page of this site."""
    config, brief = parts.site.config, parts.summaries.brief(id)
    desk = brief.editor or config.publisher or ""
    at = f"{parts.frames.base}/{urls.brief(id)}" if parts.frames.base else ""
    date = words.when(brief.date, config.language).words
    said = _words(parts, desk, brief.title, config.title, date=date, address=at)
    return Citation(said, id, _files(here.root, "briefs"))


def of_page(parts: Parts, here: Here, title: str) -> Citation:
    """Any other page of this site, in its state of knowledge; no file has an entry for it."""
    config, known = parts.site.config, parts.frames.as_of
    at = f"{parts.frames.base}/{here.url}" if parts.frames.base else ""
    said = _words(parts, config.publisher or "", title, config.title, date=known.words if known else "", address=at)
    return Citation(said, "", ())


def of_source(parts: Parts, here: Here, record: SourceRecord) -> Citation:
    """The source itself, as far as it is known."""
    source = record.data
    publisher = parts.site.publishers[record.publisher].data.name if record.publisher else ""
    title = source.title if source.title != UNKNOWN else "Untitled"
    author = source.author if source.author != UNKNOWN else ""
    date = words.when(source.published, parts.site.config.language).words
    address = source.url if source.url != UNKNOWN else source.archive or ""
    said = _words(parts, author, title, publisher, date=date, address=address, titling=source.titling or "")
    return Citation(said, record.id, _files(here.root, "sources"))


def _words(parts: Parts, author: str, title: str, where: str, *, date: str, address: str, titling: str = "") -> str:
    author, title, where = map(parts.isolated, (author, title, where))
    named = f"“{title}”" + (f" [title: {titling}]" if titling else "")
    *firsts, last = filter(None, (author, named, ", ".join(filter(None, (where, date))), address))
    return " ".join((*map(with_stop, firsts), last))


@lru_cache
def _files(root: str, name: str) -> tuple[Link, ...]:
    here = Here("", base=root)
    return tuple(Link(format, here.to(f"{DATA}{name}.{suffix}")) for format, suffix in _FORMATS)
