"""The list of sources and a record for each: what is known of it, what is not, and every claim taken from it."""

from collections.abc import Iterator
from functools import partial

from briefgen.kernel.sentences import with_stop
from briefgen.model.page import Page
from briefgen.model.site import SourceRecord
from briefgen.model.vocabulary import SOURCE_KINDS
from briefgen.plan import listing, urls
from briefgen.plan.citation import cite_source
from briefgen.plan.claims import make_claim
from briefgen.plan.frame import make_frame
from briefgen.plan.listing import Heading, Slice
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.pages import SourceGroup, SourcePage, Sources

_SUMMARISED = "Summarised in a brief"
_EVIDENCE = "Cited as evidence"


def plan_pages(context: SiteContext) -> Iterator[Page]:
    """Yield the list of sources, then a record for each: those that briefs summarise first, then those they cite."""
    sources = context.site.sources
    ids = sorted(context.index.sources_newest_first, key=lambda id: sources[id].brief is None)
    yield from listing.plan_list(context, "sources", make_list, ids)
    for record in sources.values():
        yield context.page(urls.source(record.id), "source", partial(_record, record=record), origin=record.file)


def make_list(part: Slice, heading: Heading, views: ViewFactory) -> Sources:
    """Return one page of a list of sources."""
    sources = views.site.sources
    groups = (
        (_SUMMARISED, [id for id in part.ids if sources[id].brief is not None]),
        (_EVIDENCE, [id for id in part.ids if sources[id].brief is None]),
    )
    shown = tuple(SourceGroup(title, views.source_links(ids)) for title, ids in groups if ids)
    items = ((link.title, urls.source(link.id)) for group in shown for link in group.sources)
    return Sources(
        frame=listing.make_list_frame(views, part, heading, items),
        groups=shown,
        total=part.total,
        pager=listing.make_pager(part),
        up=heading.up,
    )


def _record(views: ViewFactory, record: SourceRecord) -> SourcePage:
    index, source = views.index, views.source(record.id)
    brief = views.site.briefs.get(record.brief) if record.brief else None
    own = [index.claims[f"{brief.id}#{claim.id}"] for claim in brief.data.claims] if brief else []
    kind, unique = SOURCE_KINDS[record.data.kind], index.unique_title(record)
    return SourcePage(
        frame=make_frame(
            views,
            source.link.title,
            "sources",
            description=with_stop(f"What is known of this {kind} by {source.link.publisher.text}: {unique}"),
            unique_title=unique,
            mark=views.site.marks.get(record.brief or "", ""),
            linked_data=views.context.linked_data.source(record, source.link.title),
        ),
        source=source,
        claims=tuple(make_claim(views, entry) for entry in own),
        confirms=tuple(make_claim(views, entry) for entry in index.confirms.get(record.id, ())),
        evidence_for=tuple(
            views.flag(flag, of=flagged) for flagged, flag in index.flags_by_evidence.get(record.id, ())
        ),
        citation=cite_source(views, record),
    )
