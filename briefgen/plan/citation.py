"""Citations: how to cite what a page is about, as a text and in files for programs."""

from collections.abc import Iterable

from briefgen.kernel.sentences import with_stop
from briefgen.model.site import SourceRecord
from briefgen.plan import urls
from briefgen.plan.formatting import known
from briefgen.plan.view_factory import ViewFactory, once_per_depth
from briefgen.views.parts import Citation, Link

_FORMATS = (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "csl.json"))


def cite_brief(views: ViewFactory, id: str) -> Citation:
    """Return how to cite a brief as a page of this site."""
    brief = views.summaries.brief(id)
    text = _format_page(views, brief.title, brief.editor or "", views.date(brief.date).words)
    return Citation(text, id, _files(views, "briefs"))


def cite_page(views: ViewFactory, title: str) -> Citation:
    """Return how to cite any other page of this site in its state of knowledge; no file has an entry for it."""
    as_of = views.context.as_of
    return Citation(
        _format_page(views, title, "", views.gettext("as of {date}").format(date=as_of.words) if as_of else ""), "", ()
    )


def _format_page(views: ViewFactory, title: str, author: str, date: str) -> str:
    desk, address = views.config.publisher or "", views.context.absolute(views.location.url)
    return _format(views, author or desk, title, views.config.title, date=date, address=address)


def cite_source(views: ViewFactory, record: SourceRecord) -> Citation:
    """Return how to cite a source itself, as far as it is known."""
    source = record.data
    text = _format(
        views,
        known(source.author),
        known(source.title) or views.gettext("Untitled"),
        views.site.publishers[record.publisher].data.name if record.publisher else "",
        date=views.date(source.published).words,
        address=known(source.url) or source.archive or "",
        more=(
            source.title_translation,
            source.titling and views.gettext("title: {titling}").format(titling=source.titling),
        ),
    )
    return Citation(text, record.id, _files(views, "sources"))


def _format(
    views: ViewFactory, author: str, title: str, where: str, *, date: str, address: str, more: Iterable[str | None] = ()
) -> str:
    author, title, where = map(views.isolate, (author, title, where))
    quoted = views.gettext("“{title}”").format(title=title) + "".join(f" [{note}]" for note in more if note)
    *firsts, last = filter(None, (author, quoted, ", ".join(filter(None, (where, date))), address))
    return " ".join((*map(with_stop, firsts), last))


@once_per_depth
def _files(views: ViewFactory, name: str) -> tuple[Link, ...]:
    return tuple(Link(format, views.to(f"{urls.DATA}{name}.{suffix}")) for format, suffix in _FORMATS)
