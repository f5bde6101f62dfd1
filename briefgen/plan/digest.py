"""A digest: what is new since a day, to be sent by e-mail. All its addresses are absolute."""

from datetime import date

from briefgen.kernel.languages import direction
from briefgen.plan.events import find_events, is_published, make_groups
from briefgen.plan.urls import HOME, PageLocation
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.pages import Digest


def make_digest(context: SiteContext, since: date) -> Digest:
    """Return what is new since a day and on it, by kind, the newest of each kind first.

    Args:
        context: A published site whose address is known.
        since: The first day.
    """
    views = ViewFactory(context, PageLocation(HOME, f"{context.base}/"))
    first = since.isoformat()
    events = [event for event in find_events(context) if event.day >= first and is_published(context, event)]
    return Digest(
        site_title=context.config.title,
        url=views.to(HOME),
        publisher=context.config.publisher or "",
        language=context.config.language,
        direction=direction(context.config.language),
        since=views.date(first),
        as_of=context.as_of,
        groups=make_groups(views, events),
    )
