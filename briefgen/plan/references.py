"""References to sources and briefs, for files that programs cite from."""

from collections.abc import Iterator

from briefgen.plan import urls
from briefgen.plan.data_entries import published_briefs, published_sources
from briefgen.plan.formatting import known
from briefgen.plan.index import last_change
from briefgen.plan.view_factory import SiteContext
from briefgen.views.formats import Reference


def cite_sources(context: SiteContext) -> Iterator[Reference]:
    """Yield how to cite each source itself."""
    for record in published_sources(context):
        source, credit = record.data, context.index.credit(record)
        notes = (f"title: {source.titling}" if source.titling else "", f"text of {credit}" if credit else "")
        yield Reference(
            key=record.id,
            kind=source.kind,
            title=known(source.title),
            author=known(source.author),
            publisher=context.site.publishers[record.publisher].data.name if record.publisher else "",
            published=known(source.published),
            retrieved=known(source.retrieved),
            url=known(source.url),
            archive=source.archive or "",
            language=source.language or "",
            note="; ".join(filter(None, notes)),
        )


def cite_briefs(context: SiteContext) -> Iterator[Reference]:
    """Yield how to cite each brief as a page of this site."""
    config = context.config
    for id in published_briefs(context):
        brief = context.summaries.brief(id)
        yield Reference(
            key=id,
            kind="brief",
            title=brief.title,
            author=brief.editor or config.publisher or "",
            publisher=config.title,
            published=brief.date,
            url=context.absolute(urls.brief(id)),
            language=config.language,
            note=f"corrected {last_change(brief)}" if brief.corrections else "",
        )
