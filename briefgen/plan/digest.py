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
    groups = make_groups(views, events)
    return Digest(
        site_title=context.config.title,
        url=views.to(HOME),
        publisher=context.config.publisher or "",
        language=context.config.language,
        direction=direction(context.config.language),
        since=views.date(first),
        as_of=context.as_of,
        groups=groups,
        heading=_heading(views, first, is_empty=not groups),
        signature=_signature(views),
    )


def _heading(views: ViewFactory, first: str, *, is_empty: bool) -> str:
    gettext, since, as_of = views.gettext, views.date(first).words, views.context.as_of
    text = gettext("Nothing is new since {date}") if is_empty else gettext("What is new since {date}")
    text = text.format(date=since)
    if as_of is None:
        return text
    return gettext("{text} (state of knowledge: {date})").format(text=text, date=as_of.words)


def _signature(views: ViewFactory) -> str:
    desk = views.config.publisher
    if not desk:
        return views.gettext("The whole briefing:")
    return views.gettext("The whole briefing of {publisher}:").format(publisher=desk)
