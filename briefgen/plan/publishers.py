"""The list of publishers and one page for each: who they are, and what the desk found in their texts. No score."""

from collections import Counter
from collections.abc import Iterator

from briefgen.kernel.sentences import with_stop
from briefgen.model.page import Page
from briefgen.model.vocabulary import FLAG_KINDS
from briefgen.plan import citation, listing, sources, urls, words
from briefgen.plan.parts import Parts
from briefgen.plan.urls import Here
from briefgen.views.pages import PublisherRow, Publishers, PublisherView, RatingView


def list_pages(parts: Parts) -> Iterator[Page]:
    """All publishers by name."""
    yield Page(
        path=urls.path(urls.PUBLISHERS),
        kind="publishers",
        template="publishers.html",
        view=lambda: _list(parts),
    )


def _list(parts: Parts) -> Publishers:
    here = Here(urls.PUBLISHERS)
    ids = sorted(parts.site.publishers, key=lambda id: (parts.site.publishers[id].data.name.casefold(), id))
    named = ((parts.site.publishers[id].data.name, urls.publisher(id)) for id in ids)
    linked_data = parts.linked_data.listing(here, "Publishers", named)
    about = with_stop(f"Who published the sources of {parts.site.config.title}")
    return Publishers(
        frame=parts.frame(here, "Publishers", "publishers", description=about, linked_data=linked_data),
        publishers=tuple(_row(parts, here, id) for id in ids),
        total=len(ids),
    )


def pages(parts: Parts) -> Iterator[Page]:
    """A page for each publisher, and the older pages of its sources."""
    for id in parts.site.publishers:
        yield _page(parts, id)
        name = parts.site.publishers[id].data.name
        held = parts.index.publisher_sources.get(id, ())
        for part in listing.slices(urls.publisher(id), held, parts.page_size):
            if not part.newest:
                heading = listing.older(part, parts.named(name), "publishers", "more sources", "sources from")
                yield sources.page(parts, part, heading)


def _row(parts: Parts, here: Here, id: str) -> PublisherRow:
    publisher = parts.site.publishers[id].data
    ratings = _ratings(parts, id)
    return PublisherRow(
        link=parts.publisher(here, id),
        kind=publisher.kind or "",
        country=publisher.country or "",
        grade=ratings[0].grade if ratings else None,
        sources=len(parts.index.publisher_sources.get(id, ())),
    )


def _ratings(parts: Parts, id: str) -> tuple[RatingView, ...]:
    found = []
    for rating in sorted(parts.site.publishers[id].data.reliability, key=lambda rating: rating.date, reverse=True):
        grade = words.reliability(rating.grade, rating.reason)
        if grade:
            found.append(RatingView(date=parts.when(rating.date), grade=grade))
    return tuple(found)


def _page(parts: Parts, id: str) -> Page:
    document = parts.site.publishers[id]
    return Page(
        path=urls.path(urls.publisher(id)),
        kind="publisher",
        template="publisher.html",
        origin=document.file,
        view=lambda: _view(parts, id),
    )


def _view(parts: Parts, id: str) -> PublisherView:
    here = Here(urls.publisher(id))
    document = parts.site.publishers[id]
    publisher = document.data
    held = parts.index.publisher_sources.get(id, ())
    part = listing.first(urls.publisher(id), held, parts.page_size)
    tally: Counter[str] = Counter(flag.kind for source in held for flag in parts.site.sources[source].data.flags)
    return PublisherView(
        frame=parts.frame(
            here,
            publisher.name,
            "publishers",
            description=with_stop(f"What is known of {parts.isolated(publisher.name)}"),
            linked_data=parts.linked_data.publisher(id),
        ),
        name=publisher.name,
        kind=publisher.kind or "",
        owner=publisher.owner or "",
        country=publisher.country or "",
        interest=publisher.interest or "",
        url=publisher.url or "",
        note=publisher.note or "",
        aliases=publisher.aliases,
        ratings=_ratings(parts, id),
        sources=parts.source_links(here, tuple(part.ids)),
        flags=tuple((word, tally[kind]) for kind, word in FLAG_KINDS.items() if tally[kind]),
        total=len(held),
        pager=listing.pager(part),
        citation=citation.of_page(parts, here, publisher.name),
    )
