"""What is new, by week: briefs, corrections, changed positions, readings of disputes, dead sources.

All of it is computed from content and the dates in it, so that the same content gives the same list on any day.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import Literal

from msgspec import Struct

from briefgen.kernel.sentences import with_stop
from briefgen.model import dates
from briefgen.model.links import bare
from briefgen.model.page import Page
from briefgen.plan import listing, urls
from briefgen.plan.briefs import make_correction
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.pages import Changes, Corrections
from briefgen.views.parts import CorrectionRow, CorrectionView, EventRow, EventWeek, Link, Text

EventKind = Literal["brief", "correction", "retraction", "position", "reading", "settled", "dead"]
EVENTS_SHOWN = 100  # on a page
WORDS: dict[EventKind, str] = {
    "brief": "New brief",
    "correction": "Corrected",
    "retraction": "Retracted",
    "position": "Changed its answer",
    "reading": "New reading of a dispute",
    "settled": "Dispute settled",
    "dead": "Source no longer at its address",
}


class Event(Struct, frozen=True):
    """Something new. `id` names it within its kind; `number` counts the corrections of a brief from 1."""

    day: str  # the earliest that `date` can mean
    kind: EventKind
    id: str
    date: str  # EDTF
    number: int = 0


def find_events(context: SiteContext) -> list[Event]:
    """Return all events with a date, newest first."""
    found = [event for find in (_of_briefs, _of_positions, _of_disputes, _of_links) for event in find(context)]
    return _sort(found)


def _sort(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=lambda event: (event.day, event.kind, event.id, event.number), reverse=True)


def _event(kind: EventKind, id: str, date: str, number: int = 0) -> Event:
    return Event(dates.span(date)[0].isoformat(), kind, id, date, number)


def _of_briefs(context: SiteContext) -> Iterator[Event]:
    for id, document in context.site.briefs.items():
        yield _event("brief", id, document.data.date)
        for number, correction in enumerate(document.data.corrections, start=1):
            yield _event("correction", id, correction.date, number)
    for id, notice in context.site.retracted.items():
        if notice:
            yield _event("retraction", id, notice.date)


def _of_positions(context: SiteContext) -> Iterator[Event]:
    for theme, positions in context.index.positions.items():
        for actor, position in positions.items():
            if position.change and position.change.kind == "changed":
                yield _event("position", f"{theme}/{actor}", position.change.since)


def _of_disputes(context: SiteContext) -> Iterator[Event]:
    for _, dispute in context.index.all_disputes:
        if dispute.reading:
            yield _event("settled" if dispute.state == "settled" else "reading", dispute.id, dispute.reading.date)


def _of_links(context: SiteContext) -> Iterator[Event]:
    links = context.site.links
    for id, record in context.site.sources.items() if links else ():
        known = links.get(bare(record.data.url))
        if known and known.state == "dead" and known.since:
            yield _event("dead", id, known.since)


def plan_changes(context: SiteContext) -> Iterator[Page]:
    """Yield the pages of what is new and of corrections, the newest of each first."""
    yield from _plan_list(context, urls.CHANGES, "What is new", find_events(context), _changes)
    corrected = [event for event in _sort(_of_briefs(context)) if event.kind != "brief"]
    yield from _plan_list(context, urls.CORRECTIONS, "Corrections", corrected, _corrections)


def _plan_list(
    context: SiteContext, base: str, title: str, events: list[Event], make: Callable[..., Struct]
) -> Iterator[Page]:
    kind = base.rstrip("/")
    for part in listing.paginate(base, events, EVENTS_SHOWN):
        number = "" if part.is_newest else f", page {part.number}"
        about = with_stop(f"{title} in {context.config.title}{number}")
        heading = listing.Heading(title + number, kind, about)
        yield context.page(part.url, kind, partial(make, part=part, heading=heading))


def _changes(views: ViewFactory, part: listing.Slice[Event], heading: listing.Heading) -> Changes:
    return Changes(
        listing.make_heading_frame(views, part, heading, ()),
        total=part.total,
        pager=listing.make_pager(part),
        weeks=tuple(
            EventWeek(views.date(monday), tuple([make_event(views, event) for event in some]))
            for monday, some in groupby(part.ids, _monday)
        ),
    )


def _corrections(views: ViewFactory, part: listing.Slice[Event], heading: listing.Heading) -> Corrections:
    return Corrections(
        listing.make_heading_frame(views, part, heading, ()),
        total=part.total,
        pager=listing.make_pager(part),
        rows=tuple([_correction_row(views, event) for event in part.ids]),
    )


def _correction_row(views: ViewFactory, event: Event) -> CorrectionRow:
    link, _ = _EVENT_LINKS[event.kind](views, event)
    if event.kind == "correction":
        return CorrectionRow(
            link, make_correction(views, views.summaries.brief(event.id).corrections[event.number - 1])
        )
    notice = views.site.retracted[event.id]
    return CorrectionRow(
        link, CorrectionView(views.date(event.date), "", "", views.text(notice.why if notice else None))
    )


def _monday(event: Event) -> str:
    """Return the first day of the week of an event (ISO 8601)."""
    day = dates.span(event.day)[0]
    return (day - timedelta(day.weekday())).isoformat()


def make_event(views: ViewFactory, event: Event) -> EventRow:
    """Return an event as a line of a list."""
    link, note = _EVENT_LINKS[event.kind](views, event)
    return EventRow(event.kind, WORDS[event.kind], views.date(event.date), link, note)


def _brief(views: ViewFactory, event: Event) -> tuple[Link, Text]:
    return views.brief(event.id), views.text(views.summaries.brief(event.id).lede)


def _correction(views: ViewFactory, event: Event) -> tuple[Link, Text]:
    correction = views.summaries.brief(event.id).corrections[event.number - 1]
    title = views.brief(event.id).text
    return views.link(title, views.to(f"{urls.brief(event.id)}#_corrections")), views.text(correction.why)


def _retraction(views: ViewFactory, event: Event) -> tuple[Link, Text]:
    notice = views.site.retracted[event.id]
    # Its title is not published any more.
    return Link("A brief", views.to(urls.brief(event.id))), views.text(notice.why if notice else None)


def _position(views: ViewFactory, event: Event) -> tuple[Link, Text]:
    theme, _, actor = event.id.partition("/")
    position = views.index.positions[theme][actor]
    before = views.answer(theme, position.change.before).words if position.change else ""
    name, about = (views.isolate(link.text) for link in (views.actor(actor), views.theme(theme)))
    note = f"On {about}: {views.answer(theme, position.answer).words}, before: {before}"
    return Link(name, views.to(position.best[0].url)), with_stop(note)


def _dispute(views: ViewFactory, event: Event) -> tuple[Link, Text]:
    dispute = views.index.dispute(event.id)
    reading = views.text(dispute.reading.says) if dispute.reading else ""
    return views.link(dispute.question, views.to(urls.dispute(event.id))), reading


def _source(views: ViewFactory, event: Event) -> tuple[Link, Text]:
    source = views.source_link(event.id)
    return Link(source.title, source.url, direction=source.direction), ""


_EVENT_LINKS = {
    "brief": _brief,
    "correction": _correction,
    "retraction": _retraction,
    "position": _position,
    "reading": _dispute,
    "settled": _dispute,
    "dead": _source,
}
