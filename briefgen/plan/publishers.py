"""The list of publishers and one page for each: who they are, and what the desk found in their texts. No score."""

from collections import Counter
from collections.abc import Iterator
from functools import partial

from briefgen.kernel.sentences import with_stop
from briefgen.model.content import Publisher
from briefgen.model.page import Page
from briefgen.model.vocabulary import FLAG_KINDS
from briefgen.plan import formatting, listing, sources, urls
from briefgen.plan.citation import cite_page
from briefgen.plan.frame import make_frame
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.pages import PublisherRow, Publishers, PublisherView, RatingView


def plan_pages(context: SiteContext) -> Iterator[Page]:
    """Yield the list of publishers by name, then a page for each, and the older pages of its sources."""
    yield context.page(urls.PUBLISHERS, "publishers", _publishers)
    for id, document in context.site.publishers.items():
        url, ids = urls.publisher(id), context.index.publisher_sources.get(id, ())
        yield context.page(url, "publisher", partial(_publisher, id=id), origin=document.file)
        texts = {"name": document.data.name, "what": "more sources", "about": "sources from"}
        yield from listing.plan_older(context, "sources", sources.make_list, url, ids, **texts)


def _publishers(views: ViewFactory) -> Publishers:
    names = {id: document.data.name for id, document in views.site.publishers.items()}
    ids = sorted(names, key=lambda id: (names[id].casefold(), id))
    items = ((names[id], urls.publisher(id)) for id in ids)
    return Publishers(
        frame=make_frame(
            views,
            "Publishers",
            "publishers",
            description=with_stop(f"Who published the sources of {views.context.config.title}"),
            linked_data=views.context.linked_data.listing(urls.PUBLISHERS, "Publishers", items),
        ),
        publishers=tuple(_row(views, id) for id in ids),
        total=len(ids),
    )


def _row(views: ViewFactory, id: str) -> PublisherRow:
    publisher = views.site.publishers[id].data
    ratings = _ratings(views, publisher)
    return PublisherRow(
        link=views.publisher(id),
        kind=publisher.kind or "",
        country=publisher.country or "",
        grade=ratings[0].grade if ratings else None,
        sources=len(views.index.publisher_sources.get(id, ())),
    )


def _ratings(views: ViewFactory, publisher: Publisher) -> tuple[RatingView, ...]:
    return tuple(
        RatingView(views.date(rating.date), formatting.reliability(rating.grade, rating.reason))
        for rating in sorted(publisher.reliability, key=lambda rating: rating.date, reverse=True)
    )


def _publisher(views: ViewFactory, id: str) -> PublisherView:
    publisher, context = views.site.publishers[id].data, views.context
    ids = views.index.publisher_sources.get(id, ())
    part = listing.first_page(urls.publisher(id), ids, context.config.page_size)
    tally: Counter[str] = Counter(flag.kind for source in ids for flag in views.site.sources[source].data.flags)
    return PublisherView(
        frame=make_frame(
            views,
            publisher.name,
            "publishers",
            description=with_stop(f"What is known of {context.isolate(publisher.name)}"),
            linked_data=context.linked_data.publisher(id),
        ),
        name=publisher.name,
        kind=publisher.kind or "",
        owner=publisher.owner or "",
        country=publisher.country or "",
        interest=publisher.interest or "",
        url=publisher.url or "",
        note=publisher.note or "",
        aliases=publisher.aliases,
        ratings=_ratings(views, publisher),
        sources=views.source_links(part.ids),
        flags=tuple((label, tally[kind]) for kind, label in FLAG_KINDS.items() if tally[kind]),
        total=len(ids),
        pager=listing.make_pager(part),
        citation=cite_page(views, publisher.name),
    )
