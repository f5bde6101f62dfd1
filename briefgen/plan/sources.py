"""The list of sources and one record for each: what is known of it, what is not, and every claim taken from it."""

from collections.abc import Iterator

from briefgen.kernel.sentences import with_stop
from briefgen.model.page import Page
from briefgen.model.site import SourceRecord
from briefgen.model.vocabulary import SOURCE_KINDS
from briefgen.plan import citation, claims, listing, urls
from briefgen.plan.listing import Heading, Slice
from briefgen.plan.parts import Parts
from briefgen.plan.urls import Here
from briefgen.views.pages import SourceGroup, SourcePage, Sources

SUMMARISED = "Summarised in a brief"
EVIDENCE = "Cited as evidence"


def list_pages(parts: Parts) -> Iterator[Page]:
    """Yield the pages of all sources: first those that briefs summarise, then those that they cite; newest first."""
    sources = parts.site.sources
    ids = sorted(parts.index.sources_newest_first, key=lambda id: sources[id].brief is None)
    for part in listing.slices(urls.SOURCES, ids, parts.page_size):
        yield page(parts, part, listing.heading(part, "Sources", f"sources of {parts.site.config.title}"))


def page(parts: Parts, part: Slice, heading: Heading) -> Page:
    """Return one page of a list of sources."""
    return Page(
        path=urls.path(part.here.url),
        kind="sources",
        template="sources.html",
        view=lambda: _list(parts, part, heading),
    )


def _list(parts: Parts, part: Slice, heading: Heading) -> Sources:
    here, ids, title, up = part.here, part.ids, heading.title, heading.up
    summarised = [id for id in ids if parts.site.sources[id].brief is not None]
    cited = [id for id in ids if parts.site.sources[id].brief is None]
    groups = ((SUMMARISED, summarised), (EVIDENCE, cited))
    shown = tuple(SourceGroup(words, parts.source_links(here, tuple(some))) for words, some in groups if some)
    named = ((link.title, urls.source(link.id)) for group in shown for link in group.sources)
    above = ((up.text, part.base),) if up else ()
    linked_data = parts.linked_data.listing(here, title, named, *above)
    return Sources(
        frame=parts.frame(here, title, heading.section, description=heading.about, linked_data=linked_data),
        groups=shown,
        total=part.total,
        pager=listing.pager(part),
        up=up,
    )


def pages(parts: Parts) -> Iterator[Page]:
    """One record for each source."""
    for record in parts.site.sources.values():
        yield _record(parts, record)


def _record(parts: Parts, record: SourceRecord) -> Page:
    return Page(
        path=urls.path(urls.source(record.id)),
        kind="source",
        template="source.html",
        origin=record.file,
        view=lambda: _view(parts, record),
    )


def _view(parts: Parts, record: SourceRecord) -> SourcePage:
    here = Here(urls.source(record.id))
    index = parts.index
    view = parts.source_view(here, record.id)
    brief = parts.site.briefs.get(record.brief) if record.brief else None
    own = [index.claims[f"{brief.id}#{claim.id}"] for claim in brief.data.claims] if brief else []
    kind, unique = SOURCE_KINDS[record.data.kind], index.unique_title(record)
    evidence_for = (parts.flag(here, flag, of=flagged) for flagged, flag in index.flags_by_evidence.get(record.id, ()))
    return SourcePage(
        frame=parts.frame(
            here,
            view.link.title,
            "sources",
            description=with_stop(f"What is known of this {kind} by {view.link.publisher.text}: {unique}"),
            unique=unique,
            mark=parts.site.marks.get(record.brief or "", ""),
            linked_data=parts.linked_data.source(record, view.link.title),
        ),
        source=view,
        claims=tuple(claims.claim(parts, here, entry) for entry in own),
        confirms=tuple(claims.claim(parts, here, entry) for entry in index.confirms.get(record.id, ())),
        evidence_for=tuple(evidence_for),
        citation=citation.of_source(parts, here, record),
    )
