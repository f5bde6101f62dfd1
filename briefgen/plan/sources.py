"""The lists of sources and of publishers, and one page for each.

A source's page shows what is known of it, what is not, and every claim taken from it; a publisher's page shows who it
is and what the desk found in its texts, without a score.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial

from briefgen.kernel.messages import N_
from briefgen.kernel.sentences import with_stop
from briefgen.model.content import Publisher
from briefgen.model.grades import by_use
from briefgen.model.page import Page
from briefgen.model.site import SourceRecord
from briefgen.model.vocabulary import FLAG_KINDS, RELIABILITY
from briefgen.plan import formatting, listing, urls
from briefgen.plan.citation import cite_page, cite_source
from briefgen.plan.claims import make_claim
from briefgen.plan.frame import make_frame, make_list_frame
from briefgen.plan.listing import Heading, OlderTexts, Slice
from briefgen.plan.mentions import make_mentions
from briefgen.plan.quotations import count_in_claims
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.pages import (
    Publishers,
    PublisherView,
    SourcePage,
    Sources,
)
from briefgen.views.sources import PublisherGroup, PublisherRow, RatingView, SourceGroup

_SUMMARISED = N_("Summarised in a brief")
_EVIDENCE = N_("Cited as evidence")
_OLDER = OlderTexts(N_("{name}: more sources, page {number}"), N_("Older sources from {name}, page {number}."))
CLAIMS_SHOWN = 20


def plan_sources(context: SiteContext) -> Iterator[Page]:
    """Yield the list of sources, then a record for each: those that briefs summarise first, then those they cite."""
    sources = context.site.sources
    yield from listing.plan_list(context, "sources", _list, _in_order(context))
    for record in sources.values():
        yield context.page(urls.source(record.id), "source", partial(_source, record), origin=record.file)


def _in_order(context: SiteContext) -> list[str]:
    sources = context.site.sources
    found: list[str] = context.cache.get(
        ("sources in order",),
        lambda: sorted(context.index.sources_newest_first, key=lambda id: sources[id].brief is None),
    )
    return found


def _list(part: Slice[str], heading: Heading, views: ViewFactory) -> Sources:
    sources = views.site.sources
    pager = listing.make_pager(part, views.messages)
    groups = (
        (_SUMMARISED, [id for id in part.ids if sources[id].brief is not None]),
        (_EVIDENCE, [id for id in part.ids if sources[id].brief is None]),
    )
    shown = tuple(SourceGroup(views.gettext(title), views.source_links(ids)) for title, ids in groups if ids)
    items = ((link.title, urls.source(link.id)) for group in shown for link in group.sources)
    return Sources(
        frame=listing.make_heading_frame(views, part, heading, items),
        groups=shown,
        total=part.total,
        pager=listing.add_periods(
            views, pager, _in_order(views.context), views.config.page_size, lambda id: sources[id].data.published
        ),
        up=heading.up,
    )


def _source(record: SourceRecord, views: ViewFactory) -> SourcePage:
    index, source = views.index, views.source(record.id)
    brief = views.site.briefs.get(record.brief) if record.brief else None
    owner, taken = (brief.id, brief.data.claims) if brief else (record.id, record.claims)
    claims = [index.claims[f"{owner}#{claim.id}"] for claim in taken]
    unique = index.unique_title(record)
    about = views.gettext("How far this text by {publisher} can be trusted, and what we took from it: {title}").format(
        publisher=source.link.publisher.text, title=unique
    )
    return SourcePage(
        frame=make_frame(
            views,
            source.link.title,
            "sources",
            description=with_stop(about),
            unique_title=unique,
            mark=record.brief or "",
            linked_data=views.linked_data.source(record, source.link.title),
        ),
        source=source,
        claims=tuple(make_claim(views, entry, is_home=brief is None) for entry in claims),
        confirms=tuple(make_claim(views, entry) for entry in index.confirms.get(record.id, ())),
        evidence_for=tuple(
            views.flag(flag, of=flagged) for flagged, flag in index.flags_by_evidence.get(record.id, ())
        ),
        citation=cite_source(views, record),
        quotations=count_in_claims(views, claims),
        mentions=make_mentions(views, f"sources/{record.id}"),
    )


def plan_publishers(context: SiteContext) -> Iterator[Page]:
    """Yield the list of publishers by name, then a page for each, and the older pages of its sources."""
    yield context.page(urls.PUBLISHERS, "publishers", _publishers)
    for id, document in context.site.publishers.items():
        url, ids = urls.publisher(id), context.index.publisher_sources.get(id, ())
        yield context.page(url, "publisher", partial(_publisher, id=id), origin=document.file)
        yield from listing.plan_older(context, "sources", _list, url, ids, name=document.data.name, texts=_OLDER)


def _publishers(views: ViewFactory) -> Publishers:
    publishers, ids = views.site.publishers, views.index.publishers_by_name
    items = ((publishers[id].data.name, urls.publisher(id)) for id in ids)
    about = with_stop(views.gettext("Who published the sources of {site}").format(site=views.config.title))
    return Publishers(
        frame=make_list_frame(views, views.gettext("Publishers"), "publishers", about, items),
        groups=tuple(_group_by_grade(views, (_row(views, id) for id in ids))),
        total=len(ids),
    )


def _group_by_grade(views: ViewFactory, rows: Iterable[PublisherRow]) -> Iterator[PublisherGroup]:
    """Yield publishers by grade, A first and those without one last; those of one grade keep their order."""
    found: dict[str, list[PublisherRow]] = {}
    for row in rows:
        found.setdefault(row.rating.grade.mark if row.rating else "", []).append(row)
    for mark in (*RELIABILITY, ""):
        if mark in found:
            yield PublisherGroup(formatting.reliability(mark, views.messages) if mark else None, tuple(found[mark]))


def find_trusted(views: ViewFactory, limit: int) -> Iterator[PublisherGroup]:
    """Yield the publishers graded A and those graded B, of each at most `limit`, those of most sources first."""
    for group in _group_by_grade(views, (_row(views, id) for id in views.index.publishers_by_name)):
        if group.grade and group.grade.mark in ("A", "B"):
            ranked = sorted(group.publishers, key=lambda row: -row.sources)
            yield PublisherGroup(group.grade, tuple(ranked[:limit]), more=len(ranked[limit:]))


def _row(views: ViewFactory, id: str) -> PublisherRow:
    publisher = views.site.publishers[id].data
    ratings = _ratings(views, publisher)
    return PublisherRow(
        link=views.publisher(id),
        kind=publisher.kind or "",
        country=publisher.country or "",
        rating=ratings[0] if ratings else None,
        interest=bool(publisher.interest),
        sources=len(views.index.publisher_sources.get(id, ())),
    )


def _ratings(views: ViewFactory, publisher: Publisher) -> tuple[RatingView, ...]:
    return tuple(
        RatingView(
            views.date(rating.date),
            formatting.reliability(rated.facts, views.messages, rating.reason),
            formatting.reliability(rated.opinion, views.messages) if rated.opinion != rated.facts else None,
        )
        for rating in sorted(publisher.reliability, key=lambda rating: rating.date, reverse=True)
        for rated in (by_use(rating.grade),)
    )


def _publisher(views: ViewFactory, id: str) -> PublisherView:
    publisher = views.site.publishers[id].data
    ids = views.index.publisher_sources.get(id, ())
    part = listing.first_page(views.location.url, ids, views.config.page_size)
    tally: Counter[str] = Counter(flag.kind for source in ids for flag in views.site.sources[source].data.flags)
    previous, next = views.index.publisher_neighbours[id]
    name = views.isolate(publisher.name)
    about = views.gettext("What {name} is, how far we trust it, and which sources are from it.").format(name=name)
    return PublisherView(
        frame=make_frame(
            views, publisher.name, "publishers", description=about, linked_data=views.linked_data.publisher(id)
        ),
        name=publisher.name,
        kind=publisher.kind or "",
        owner=publisher.owner or "",
        country=publisher.country or "",
        interest=publisher.interest or "",
        url=publisher.url or "",
        note=views.text(publisher.note),
        aliases=publisher.aliases,
        ratings=_ratings(views, publisher),
        claims=tuple(make_claim(views, entry) for entry in views.index.by_publisher.get(id, ())[:CLAIMS_SHOWN]),
        sources=views.source_links(part.ids),
        flags=tuple((views.gettext(label), tally[kind]) for kind, label in FLAG_KINDS.items() if tally[kind]),
        total=len(ids),
        pager=listing.make_pager(part, views.messages),
        citation=cite_page(views, publisher.name),
        previous=views.publisher(previous) if previous else None,
        next=views.publisher(next) if next else None,
    )
