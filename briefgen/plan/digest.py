"""A digest: what is new since a day, to be sent by e-mail. All its addresses are absolute."""

from datetime import date

from briefgen.kernel.languages import direction
from briefgen.plan.events import HEADINGS, Event, find_events, is_published, make_event
from briefgen.plan.urls import HOME, PageLocation
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.pages import Digest
from briefgen.views.parts import EventGroup


def make_digest(context: SiteContext, since: date) -> Digest:
    """Return what is new since a day and on it, by kind, the newest of each kind first.

    Args:
        context: A published site whose address is known.
        since: The first day.
    """
    views = ViewFactory(context, PageLocation(HOME, f"{context.base}/"))
    first = since.isoformat()
    events: dict[tuple[str, str, int], Event] = {}
    for event in find_events(context):
        if event.day >= first and is_published(context, event):
            # A dispute that was new and then read is one piece of news: the latest.
            subject = "dispute" if event.kind in ("dispute", "reading", "settled") else event.kind
            events.setdefault((subject, event.id, event.number), event)
    by_kind = {
        kind: tuple([make_event(views, event) for event in events.values() if event.kind == kind]) for kind in HEADINGS
    }
    return Digest(
        site_title=context.config.title,
        url=views.to(HOME),
        publisher=context.config.publisher or "",
        language=context.config.language,
        direction=direction(context.config.language),
        since=views.date(first),
        as_of=context.as_of,
        groups=tuple([EventGroup(HEADINGS[kind], found) for kind, found in by_kind.items() if found]),
    )
