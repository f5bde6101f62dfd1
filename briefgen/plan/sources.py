"""The list of sources and one record for each: what is known of it, what is not, and every claim taken from it."""

from collections.abc import Iterator, Sequence

from briefgen.model.page import Page
from briefgen.model.site import SourceRecord
from briefgen.model.vocabulary import SOURCE_KINDS
from briefgen.plan import claims, listing, urls
from briefgen.plan.parts import Parts
from briefgen.plan.urls import Here
from briefgen.plan.views import EvidenceView, Link, SourceGroup, SourcePage, Sources

SUMMARISED = "Summarised in a brief"
EVIDENCE = "Cited as evidence"


def list_pages(parts: Parts) -> Iterator[Page]:
    """All sources in pages: first those that briefs summarise, then those that they cite; newest first."""
    sources = parts.site.sources
    ids = sorted(parts.index.sources_newest_first, key=lambda id: sources[id].brief is None)
    for number, count, some in listing.slices(ids, parts.page_size):
        yield page(parts, urls.SOURCES, "Sources", "sources", number, count, some, len(ids))


def page(
    parts: Parts,
    base: str,
    title: str,
    section: str,
    number: int,
    count: int,
    ids: Sequence[str],
    total: int,
    *,
    up: str = "",
) -> Page:
    """One page of the list of sources at `base`."""
    here = Here(listing.address(base, number, count))
    summarised = [id for id in ids if parts.site.sources[id].brief is not None]
    cited = [id for id in ids if parts.site.sources[id].brief is None]
    groups = ((SUMMARISED, summarised), (EVIDENCE, cited))
    return Page(
        path=urls.path(here.url),
        kind="sources",
        template="sources.html",
        view=Sources(
            frame=parts.frame(here, title, section),
            groups=tuple(SourceGroup(heading, parts.source_links(here, tuple(some))) for heading, some in groups if some),
            total=total if number == count else 0,
            pager=listing.pager(here, base, number, count),
            up=Link(up, here.to(base)) if up else None,
        ),
    )


def pages(parts: Parts) -> Iterator[Page]:
    """One record for each source."""
    for record in parts.site.sources.values():
        yield _record(parts, record)


def _record(parts: Parts, record: SourceRecord) -> Page:
    here = Here(urls.source(record.id))
    index = parts.index
    view = parts.source_view(here, record.id)
    brief = parts.site.briefs.get(record.brief) if record.brief else None
    own = [index.claims[f"{brief.id}#{claim.id}"] for claim in brief.data.claims] if brief else []
    evidence_for = (
        EvidenceView(flag=parts.flag(here, flag), source=parts.source_link(here, flagged))
        for flagged, flag in index.flags_by_evidence.get(record.id, ())
    )
    return Page(
        path=urls.path(here.url),
        kind="source",
        template="source.html",
        origin=record.file,
        view=SourcePage(
            frame=parts.frame(
                here,
                view.link.title,
                "sources",
                description=f"What is known of this {SOURCE_KINDS[record.data.kind]} by {view.link.publisher.text}.",
                mark=parts.site.marks.get(record.brief or "", ""),
            ),
            source=view,
            claims=tuple(claims.claim(parts, here, entry) for entry in own),
            confirms=tuple(claims.claim(parts, here, entry) for entry in index.confirms.get(record.id, ())),
            evidence_for=tuple(evidence_for),
        ),
    )
